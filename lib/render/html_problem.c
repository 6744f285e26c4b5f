/* SPDX-License-Identifier: MIT */
/*
 * What went wrong, as a page: each fault with a suggestion, a readable tombstone for what was withdrawn, and
 * ways on. What the request said is shown as text only, never as markup or as a link.
 */
#include "render/html.h"

#include <string.h>

void html_problem_head(struct page *p, const struct view *v)
{
    const struct problem *b = &v->problem;
    p->title = b->tombstone ? arena_printf(p->mem, "Withdrawn: %s", b->tombstone->title) : b->title;
    p->description = b->detail ? b->detail : b->title;
    p->noindex = true;
}

static void write_fault(struct page *p, const struct problem_error *e)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "li");
    htmlw_open(w, "p", "class", "claim");
    htmlw_el(w, e->parameter, "code");
    if (e->value) {
        htmlw_text(w, " = ");
        htmlw_el(w, e->value, "code");
    }
    htmlw_say(w, ": %s.", e->detail);
    htmlw_close(w, "p");
    if (e->suggestion) {
        htmlw_open(w, "p", "class", "suggestion");
        htmlw_text(w, "Did you mean ");
        htmlw_el(w, e->suggestion, "code");
        htmlw_text(w, "?");
        htmlw_close(w, "p");
    }
    htmlw_close(w, "li");
}

static void write_faults(struct page *p, const struct problem *b)
{
    if (!b->n_errors)
        return;
    htmlw_open(&p->w, "ul", "class", "facts");
    for (size_t i = 0; i < b->n_errors; i++)
        write_fault(p, &b->errors[i]);
    htmlw_close(&p->w, "ul");
}

static void write_tombstone(struct page *p, const struct incident_row *r)
{
    struct htmlw *w = &p->w;
    htmlw_el(w,
             "This record was published here and has been taken back. Its address stays, so that whoever "
             "cited it can "
             "see what became of it.",
             "p", "class", "summary");
    htmlw_open(w, "dl", "class", "glance");
    part_pair(p, "Record", r->id);
    part_pair(p, "Withdrawn", words_day(p, r->withdrawn.at));
    part_pair(p, "Reason", r->withdrawn.reason ? r->withdrawn.reason : "not stated");
    part_pair(p, "By", r->withdrawn.by);
    htmlw_close(w, "dl");
}

/* Ways on, each said as what it leads to. */
static void write_ways(struct page *p, const struct problem *b)
{
    static const struct {
        const char *path, *text;
    } ways[] = {
        {"/incidents", "All incidents"},         {"/dealers", "Dealers and dealer groups"},
        {"/organizations", "All organisations"}, {"/", "The front page"},
        {"/about#coverage", "What is covered"},
    };
    struct htmlw *w = &p->w;
    htmlw_el(w, "Ways on", "h2");
    htmlw_open(w, "ul", "class", "ways");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        part_way(p, NULL, arena_printf(p->mem, "%s%s", p->env->base, ways[i].path), ways[i].text);
    part_way(p, NULL, arena_printf(p->mem, "%s/about#problem-%s", p->env->base, b->type),
             "What this answer means");
    htmlw_close(w, "ul");
}

void html_problem_body(struct page *p, const struct view *v)
{
    struct htmlw *w = &p->w;
    const struct problem *b = &v->problem;
    htmlw_open(w, "div", "class", "lead problem");
    htmlw_el(w, p->title, "h1");
    if (b->tombstone)
        write_tombstone(p, b->tombstone);
    else if (b->detail)
        htmlw_el(w, b->detail, "p", "class", "summary");
    write_faults(p, b);
    write_ways(p, b);
    htmlw_el(w, arena_printf(p->mem, "Status %u", b->status), "p", "class", "note");
    htmlw_close(w, "div");
}
