/* SPDX-License-Identifier: MIT */
/* /api, the reference: the resources as struct api tells them, each with a line to copy and what this service answered to it. */
#include "render/api.h"
#include "render/html.h"
#include "render/html_api_text.h"
#include "render/json_sketch.h"

#include <string.h>

#define DEPTH_SHOWN 3 /* an answer, its data, a record, and the names of what that has */

void html_api_head(struct page *p, const struct view *v)
{
    (void)v;
    p->title = "API reference";
    p->description = "Every resource of this service with its parameters, formats and a real answer, and "
                     "what you may rely on.";
}

/* Text in which `code` stands between backticks. */
static void write_prose(struct page *p, const char *text)
{
    bool code = false;
    for (const char *at = text;; code = !code) {
        size_t n = strcspn(at, "`");
        const char *piece = arena_strndup(p->mem, at, n);
        if (code)
            htmlw_el(&p->w, piece, "code");
        else
            htmlw_text(&p->w, piece);
        if (!at[n])
            return;
        at += n + 1;
    }
}

static void write_paragraph(struct page *p, const char *text)
{
    htmlw_open(&p->w, "p");
    write_prose(p, text);
    htmlw_close(&p->w, "p");
}

static void write_chapter(struct page *p, const struct api_chapter *c)
{
    part_section_open(p, c->id, c->title);
    for (size_t i = 0; i < c->n; i++)
        write_paragraph(p, c->paragraphs[i]);
    part_section_close(p);
}

/* --- contents --- */

static void write_jump(struct page *p, const char *id, const char *title)
{
    htmlw_open(&p->w, "li");
    htmlw_open(&p->w, "a");
    htmlw_url(&p->w, "href", "#%s", id);
    htmlw_text(&p->w, title);
    htmlw_close(&p->w, "a");
    htmlw_close(&p->w, "li");
}

static const char *group_id(struct page *p, const struct api_group *g)
{
    char *id = arena_printf(p->mem, "group-%s", g->name);
    for (char *c = id; c && *c; c++)
        *c = *c == ' ' ? '-' : *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    return id;
}

static void write_contents(struct page *p, const struct api *api)
{
    htmlw_open(&p->w, "nav", "class", "contents", "aria-label", "On this page");
    htmlw_open(&p->w, "ul");
    for (size_t i = 0; i < api_before_n; i++)
        write_jump(p, api_before[i].id, api_before[i].title);
    for (size_t i = 0; i < api->n_groups; i++)
        write_jump(p, group_id(p, &api->groups[i]), api->groups[i].name);
    for (size_t i = 0; i < api_after_n; i++)
        write_jump(p, api_after[i].id, api_after[i].title);
    write_jump(p, "descriptions", "For programs");
    htmlw_close(&p->w, "ul");
    htmlw_close(&p->w, "nav");
}

/* --- parameters --- */

/* Which word of V has this id; -1 also where V is not on /about, which explains those that have a title. */
static int explained(const struct vocab *v, const char *id)
{
    return v && v->title ? vocab_find(v, id) : -1;
}

static void write_words(struct page *p, const struct parameter *x)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "p", "class", "words");
    htmlw_text(w, x->n_words == 1 ? "Only " : "One of ");
    for (size_t i = 0; i < x->n_words; i++) {
        int value = explained(x->vocab, x->words[i]);
        if (i)
            htmlw_text(w, ", ");
        htmlw_open(w, "code");
        if (value >= 0) {
            htmlw_open(w, "a", "class", "word");
            htmlw_url(w, "href", "%p/about#%s", p->env->base, words_anchor(p, x->vocab, (unsigned)value));
            htmlw_text(w, x->words[i]);
            htmlw_close(w, "a");
        } else {
            htmlw_text(w, x->words[i]);
        }
        htmlw_close(w, "code");
    }
    htmlw_text(w, ".");
    htmlw_close(w, "p");
}

/* "Up to 50 values. From 1 to 200. 25 if not given." */
static void write_bounds(struct page *p, const struct parameter *x)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "p", "class", "bounds");
    if (x->list)
        htmlw_say(w, "Any of up to %s values. ", say_number(x->most_values, p->mem));
    if (x->is_number)
        htmlw_say(w, "A whole number from %s to %s. ", say_number((int64_t)x->min, p->mem),
                  say_number((int64_t)x->max, p->mem));
    if (x->fallback) {
        htmlw_el(w, x->fallback, "code");
        htmlw_text(w, " if not given. ");
    }
    if (x->example) {
        htmlw_text(w, "For example ");
        htmlw_el(w, x->example, "code");
    }
    htmlw_close(w, "p");
}

static void write_parameters(struct page *p, const struct api_resource *r)
{
    struct htmlw *w = &p->w;
    if (!r->list)
        return;
    htmlw_open(w, "details", "class", "parameters");
    htmlw_el(w, words_count(p, r->list->n, "parameter", "parameters"), "summary");
    htmlw_open(w, "dl");
    for (size_t i = 0; i < r->list->n; i++) {
        const struct parameter *x = &r->list->parameters[i];
        htmlw_open(w, "div", "id", words_id(p, r->anchor, x->name));
        htmlw_open(w, "dt");
        htmlw_el(w, x->name, "code");
        htmlw_close(w, "dt");
        htmlw_open(w, "dd");
        write_paragraph(p, x->about);
        if (x->n_words)
            write_words(p, x);
        if (x->list || x->is_number || x->fallback || x->example)
            write_bounds(p, x);
        htmlw_close(w, "dd");
        htmlw_close(w, "div");
    }
    htmlw_close(w, "dl");
    htmlw_close(w, "details");
}

/* --- resources --- */

static void write_forms(struct page *p, const struct api_resource *r)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "ul", "class", "forms-of");
    for (size_t i = 0; i < r->n_forms; i++) {
        const struct api_form *f = &r->forms[i];
        htmlw_open(w, "li");
        htmlw_el(w, f->path ? f->path : r->path, "code");
        htmlw_say(w, " %s", f->type);
        if (f->schema) {
            htmlw_text(w, ", ");
            htmlw_open(w, "a");
            htmlw_url(w, "href", "%p/schemas/answers.json#/$defs/%s", p->env->base, f->schema);
            htmlw_text(w, "schema");
            htmlw_close(w, "a");
        }
        htmlw_close(w, "li");
    }
    htmlw_close(w, "ul");
}

/* What R may answer beside 200, where that is not what all may. */
static void write_outcomes(struct page *p, const struct api_resource *r)
{
    static const struct {
        unsigned flag;
        const char *text;
    } outcomes[] = {
        {API_MOVES, "307 and 308 lead to where the record is."},
        {API_GONE, "410 says that the record was withdrawn."},
        {API_PARTS, "206 is the part that Range asks for; 416 says that there is none, 412 that If-Match "
                    "means another file."},
        {API_UNREADY, "503 has the same members."},
        {API_LIVE, "It says what is so just now, and is not to be kept."},
    };
    struct htmlw *w = &p->w;
    if (!(r->flags & (API_MOVES | API_GONE | API_PARTS | API_UNREADY | API_LIVE)))
        return;
    htmlw_open(w, "p", "class", "outcomes");
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
        if (r->flags & outcomes[i].flag)
            htmlw_say(w, "%s ", outcomes[i].text);
    htmlw_close(w, "p");
}

static void write_answer(struct page *p, const struct api_resource *r)
{
    struct htmlw *w = &p->w;
    _cleanup_strbuf_ struct strbuf text = STRBUF_INIT;
    json_sketch(r->answer, r->answer_size, DEPTH_SHOWN, &text);
    const char *shown = text.failed || !text.data ? NULL : arena_strdup(p->mem, text.data);
    const char *label = arena_printf(p->mem, "Answer of %s", r->path);
    htmlw_open(w, "pre", "class", "answer", "tabindex", "0", "role", "group", "aria-label", label);
    htmlw_el(w, shown, "code");
    htmlw_close(w, "pre");
}

/* A line for a shell, in which the address stands between quotes: it has none itself. */
static void write_example(struct page *p, const struct api *api, const struct api_resource *r)
{
    struct htmlw *w = &p->w;
    if (!r->example) {
        htmlw_el(w, "The catalogue that is served has none yet, so there is nothing to show.", "p", "class",
                 "nothing");
        return;
    }
    const char *label = arena_printf(p->mem, "Command for %s", r->path);
    htmlw_open(w, "pre", "class", "command", "tabindex", "0", "role", "group", "aria-label", label);
    htmlw_el(w, arena_printf(p->mem, "curl -s '%s%s'", api->root, r->example), "code");
    htmlw_close(w, "pre");
    if (r->answer)
        write_answer(p, r);
    htmlw_open(w, "p", "class", "whole");
    if (r->answer)
        htmlw_say(w, "Answered just so by this service, status %s; “…” stands for what is left out. ",
                  arena_printf(p->mem, "%u", r->status));
    htmlw_open(w, "a");
    htmlw_url(w, "href", "%p%p", p->env->base, r->example);
    htmlw_text(w, r->answer ? "The whole answer" : "Look at it");
    htmlw_close(w, "a");
    htmlw_close(w, "p");
}

static void write_resource(struct page *p, const struct api *api, const struct api_resource *r)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "article", "class", "resource", "id", r->anchor);
    htmlw_open(w, "h3");
    htmlw_text(w, r->title);
    htmlw_text(w, " ");
    htmlw_el(w, r->path, "code");
    htmlw_close(w, "h3");
    write_paragraph(p, r->about);
    write_forms(p, r);
    write_outcomes(p, r);
    write_parameters(p, r);
    write_example(p, api, r);
    htmlw_close(w, "article");
}

static void write_group(struct page *p, const struct api *api, const struct api_group *g)
{
    part_section_open(p, group_id(p, g), g->name);
    write_paragraph(p, g->about);
    for (size_t i = 0; i < api->n_resources; i++)
        if (strcmp(api->resources[i].group, g->name) == 0)
            write_resource(p, api, &api->resources[i]);
    part_section_close(p);
}

static void write_descriptions(struct page *p, const struct api *api)
{
    static const struct {
        const char *path, *text;
    } ways[] = {
        {"/openapi.json", "OpenAPI 3.1"},
        {"/schemas/answers.json", "JSON Schema of all answers"},
        {"/schemas/incident.json", "JSON Schema of incidents"},
        {"/schemas/organization.json", "JSON Schema of organisations"},
        {"/.well-known/api-catalog", "API catalogue (RFC 9727)"},
        {"/sitemap.xml", "Map of the site"},
    };
    part_section_open(p, "descriptions", "For programs");
    write_paragraph(p, "The same as on this page, for whatever makes clients, checks answers or finds its "
                       "way. Both are made from the "
                       "tables that requests are answered by.");
    htmlw_open(&p->w, "ul", "class", "ways");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        part_way(p, NULL, arena_printf(p->mem, "%s%s", p->env->base, ways[i].path), ways[i].text);
    part_way(p, NULL, api->security, "Security contact (RFC 9116)");
    htmlw_close(&p->w, "ul");
    part_section_close(p);
}

void html_api_body(struct page *p, const struct view *v)
{
    const struct api *api = v->api;
    struct htmlw *w = &p->w;
    htmlw_open(w, "div", "class", "lead");
    htmlw_el(w, "API reference", "h1");
    htmlw_el(w,
             "Everything that pages show is data too: each resource, its parameters, and what this service "
             "answers.",
             "p", "class", "summary");
    write_contents(p, api);
    htmlw_close(w, "div");
    for (size_t i = 0; i < api_before_n; i++)
        write_chapter(p, &api_before[i]);
    for (size_t i = 0; i < api->n_groups; i++)
        write_group(p, api, &api->groups[i]);
    for (size_t i = 0; i < api_after_n; i++)
        write_chapter(p, &api_after[i]);
    write_descriptions(p, api);
}
