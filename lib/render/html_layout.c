/* SPDX-License-Identifier: MIT */
/*
 * The frame of every page: head, skip link, masthead with the menu, main, footer. One style sheet by <link>,
 * no script.
 */
#include "render/html.h"
#include "util/utf8.h"

#include <string.h>

static const struct {
    const char *path, *label;
} menu[] = {
    {"/incidents", "Incidents"},       {"/dealers", "Dealers"},       {"/organizations", "Organisations"},
    {"/timeline", "Timeline"},         {"/statistics", "Statistics"}, {"/actors", "Actors"},
    {"/data-classes", "Data classes"}, {"/datasets", "Datasets"},     {"/about", "About"},
};
#define N_MENU (sizeof menu / sizeof *menu)

/* The other formats of a page as the page names them: one row makes a format's link in the head and beneath the content, on
 * every page whose route has it. */
static const struct {
    const char *name, *use;
} forms[_FORMAT_N] = {
    [FORMAT_JSON] = {"JSON", "for programs"},
    [FORMAT_CSV] = {"CSV", "for spreadsheets"},
    [FORMAT_NDJSON] = {"NDJSON", "for programs, a line each"},
    [FORMAT_ATOM] = {"Atom feed", "to be told of what is new"},
    [FORMAT_ICS] = {"iCalendar", "for a calendar that follows it"},
};

/* Search results and tabs cut a longer title; better at a word than within one. */
#define TITLE_CHARS 70

static const char *short_title(struct page *p)
{
    const char *t = p->title;
    if (!t)
        return NULL;
    const char *whole = arena_printf(p->mem, "%s – " SITE_NAME, t);
    if (!whole || utf8_count(whole, strlen(whole)) <= TITLE_CHARS)
        return whole;
    size_t n = strlen(t);
    if (utf8_count(t, n) <= TITLE_CHARS)
        return t;
    while (n > 0 && utf8_count(t, n) > TITLE_CHARS - 1)
        n = utf8_truncate(t, n, n - 1);
    const char *space = memrchr(t, ' ', n);
    if (space && (size_t)(space - t) > n / 2)
        n = (size_t)(space - t);
    return arena_printf(p->mem, "%.*s…", (int)n, t);
}

static void write_meta(struct page *p)
{
    struct htmlw *w = &p->w;
    htmlw_empty(w, "meta", "name", "description", "content", p->description);
    htmlw_empty(w, "meta", "property", "og:site_name", "content", SITE_NAME);
    htmlw_empty(w, "meta", "property", "og:type", "content", p->og_type);
    htmlw_empty(w, "meta", "property", "og:title", "content", p->og_title ? p->og_title : p->title);
    htmlw_empty(w, "meta", "property", "og:description", "content", p->description);
    if (p->env->canonical && !p->noindex)
        htmlw_empty(w, "meta", "property", "og:url", "content", p->env->canonical);
    if (p->noindex)
        htmlw_empty(w, "meta", "name", "robots", "content", "noindex");
}

/* <link rel href>; nothing when URL is NULL. */
static void write_link(struct page *p, const char *rel, const char *type, const char *url)
{
    if (!url)
        return;
    htmlw_empty(&p->w, "link", "rel", rel, "type", type);
    htmlw_url(&p->w, "href", "%p", url);
}

/* A problem has no other form at its address. */
static bool has_form(const struct page *p, unsigned f)
{
    return forms[f].name && p->env->forms[f].url && !p->noindex;
}

static void write_head(struct page *p)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "head");
    htmlw_empty(w, "meta", "charset", "utf-8");
    htmlw_el(w, short_title(p), "title");
    htmlw_empty(w, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    htmlw_empty(w, "meta", "name", "color-scheme", "content", "light dark");
    write_meta(p);
    write_link(p, "stylesheet", NULL, p->env->style);
    htmlw_empty(w, "link", "rel", "icon", "type", "image/svg+xml");
    htmlw_url(w, "href", "%p/favicon.svg", p->env->base);
    write_link(p, "canonical", NULL, p->noindex ? NULL : p->env->canonical);
    for (unsigned f = 0; f < _FORMAT_N; f++)
        if (has_form(p, f))
            write_link(p, "alternate", p->env->forms[f].type, p->env->forms[f].url);
    write_link(p, "service-doc", "text/html", arena_printf(p->mem, "%s/api", p->env->base));
    write_link(p, "service-desc", "application/vnd.oai.openapi+json",
               arena_printf(p->mem, "%s/openapi.json", p->env->base));
    if (p->list) {
        write_link(p, "prev", NULL, p->list->prev);
        write_link(p, "next", NULL, p->list->next);
    }
    htmlw_close(w, "head");
}

/* "page" on the menu's own page, "true" on those beneath it. */
static const char *current(const struct page *p, const char *path)
{
    const char *at = p->env->path;
    size_t n = strlen(path);
    if (!at || strncmp(at, path, n) != 0)
        return NULL;
    return at[n] == '\0' ? "page" : at[n] == '/' ? "true" : NULL;
}

static void write_masthead(struct page *p)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "header", "class", "masthead");
    htmlw_open(w, "p", "class", "site");
    htmlw_open(w, "a", "class", "site-name");
    htmlw_url(w, "href", "%p/", p->env->base);
    htmlw_text(w, SITE_NAME);
    htmlw_close(w, "a");
    htmlw_text(w, " ");
    htmlw_el(w, SITE_TAGLINE, "span", "class", "tagline");
    htmlw_close(w, "p");
    htmlw_open(w, "nav", "aria-label", "Main");
    htmlw_open(w, "ul");
    for (size_t i = 0; i < N_MENU; i++) {
        htmlw_open(w, "li");
        htmlw_open(w, "a", "aria-current", current(p, menu[i].path));
        htmlw_url(w, "href", "%p%p", p->env->base, menu[i].path);
        htmlw_text(w, menu[i].label);
        htmlw_close(w, "a");
        htmlw_close(w, "li");
    }
    htmlw_close(w, "ul");
    htmlw_close(w, "nav");
    htmlw_close(w, "header");
}

void layout_begin(struct page *p)
{
    struct htmlw *w = &p->w;
    htmlw_raw(w, "<!DOCTYPE html>\n");
    htmlw_open(w, "html", "lang", "en-GB");
    write_head(p);
    htmlw_open(w, "body");
    htmlw_open(w, "a", "class", "skip");
    htmlw_url(w, "href", "#main");
    htmlw_text(w, "Skip to the content");
    htmlw_close(w, "a");
    write_masthead(p);
    htmlw_open(w, "main", "id", "main", "tabindex", "-1");
}

/* The same thing in the other formats that it has. */
static void write_forms(struct page *p)
{
    struct htmlw *w = &p->w;
    bool any = false;
    for (unsigned f = 0; f < _FORMAT_N; f++)
        any = any || has_form(p, f);
    if (!any)
        return;
    htmlw_open(w, "nav", "class", "forms", "id", "formats", "aria-labelledby", "formats-label");
    htmlw_el(w, "This page as", "p", "id", "formats-label");
    htmlw_open(w, "ul");
    for (unsigned f = 0; f < _FORMAT_N; f++) {
        if (!has_form(p, f))
            continue;
        htmlw_open(w, "li");
        htmlw_open(w, "a", "type", p->env->forms[f].type);
        htmlw_url(w, "href", "%p", p->env->forms[f].url);
        htmlw_text(w, forms[f].name);
        htmlw_close(w, "a");
        htmlw_say(w, " %s", forms[f].use);
        htmlw_close(w, "li");
    }
    htmlw_close(w, "ul");
    htmlw_close(w, "nav");
}

static void write_catalogue(struct page *p)
{
    struct htmlw *w = &p->w;
    const struct catalogue_info *c = &p->env->catalogue;
    htmlw_open(w, "p");
    if (c->id) {
        htmlw_text(w, "Catalogue ");
        htmlw_el(w, arena_printf(p->mem, "%.12s", c->id), "code");
        htmlw_say(w, ", built %s. ", words_day(p, c->built));
    } else {
        htmlw_text(w, "No catalogue is loaded. ");
    }
    htmlw_say(w, SITE_NAME " %s.", p->env->version);
    htmlw_close(w, "p");
}

void layout_end(struct page *p)
{
    struct htmlw *w = &p->w;
    write_forms(p);
    htmlw_close(w, "main");
    htmlw_open(w, "footer", "class", "foot");
    htmlw_open(w, "ul");
    part_way(p, NULL, arena_printf(p->mem, "%s/about#cite", p->env->base), "How to cite");
    part_way(p, NULL, arena_printf(p->mem, "%s/datasets", p->env->base), "Licences and credits");
    part_way(p, NULL, arena_printf(p->mem, "%s/api", p->env->base), "API");
    part_way(p, NULL, p->env->contact, "Report an error");
    htmlw_close(w, "ul");
    write_catalogue(p);
    htmlw_open(w, "p");
    htmlw_text(
        w, "Every fact belongs to whoever is named beside it. Not listed is not the same as not breached.");
    htmlw_close(w, "p");
    htmlw_close(w, "footer");
    htmlw_close(w, "body");
    htmlw_close(w, "html");
}
