/* SPDX-License-Identifier: MIT */
/*
 * How to go on from a list: filters in force and the way out of each, orders, facets, and for an empty list what was
 * looked for and what to try instead.
 */
#include "render/html.h"

#include <string.h>

/* --- filters in force --- */

/* What is called by a name of its own leads to its page; an id that nothing has is its own label. */
static void write_value(struct page *p, const struct active_filter *f)
{
    static const struct {
        const char *name, *path;
    } records[] = {
        {"organization", "/organizations/"}, {"owner", "/organizations/"}, {"actor", "/actors/"},
        {"dataset", "/datasets/"},           {"incident", "/incidents/"},
    };
    struct htmlw *w = &p->w;
    bool named = strcmp(f->value, "none") != 0 && strcmp(f->value, f->value_label) != 0;
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        if (!named || strcmp(f->name, records[i].name) != 0)
            continue;
        htmlw_open(w, "a");
        htmlw_url(w, "href", "%p%p%s", p->env->base, records[i].path, f->value);
        htmlw_text(w, f->value_label);
        htmlw_close(w, "a");
        return;
    }
    htmlw_text(w, f->value_label);
}

void choices_filters(struct page *p, const struct list_info *info)
{
    struct htmlw *w = &p->w;
    if (!info->n_filters)
        return;
    htmlw_open(w, "nav", "class", "filters", "aria-label", "Filters in force");
    htmlw_open(w, "ul");
    for (size_t i = 0; i < info->n_filters; i++) {
        const struct active_filter *f = &info->filters[i];
        htmlw_open(w, "li");
        htmlw_say(w, "%s: ", words_capital(p, f->name_label));
        write_value(p, f);
        htmlw_text(w, " ");
        htmlw_open(w, "a", "class", "remove");
        htmlw_url(w, "href", "%p", f->remove);
        htmlw_text(w, "remove");
        htmlw_open(w, "span", "class", "unseen");
        htmlw_say(w, " the filter %s %s", f->name_label, f->value_label);
        htmlw_close(w, "span");
        htmlw_close(w, "a");
        htmlw_close(w, "li");
    }
    if (info->n_filters > 1)
        part_way(p, NULL, info->clear, "Remove all");
    htmlw_close(w, "ul");
    htmlw_close(w, "nav");
}

/* --- orders --- */

void choices_orders(struct page *p, const struct list_info *info)
{
    struct htmlw *w = &p->w;
    if (!info->n_orders || info->total < 2)
        return;
    htmlw_open(w, "nav", "class", "orders", "aria-label", "Order");
    htmlw_open(w, "ul");
    for (size_t i = 0; i < info->n_orders; i++) {
        htmlw_open(w, "li");
        htmlw_open(w, "a", "rel", "nofollow", "aria-current", info->orders[i].chosen ? "true" : NULL);
        htmlw_url(w, "href", "%p", info->orders[i].url);
        htmlw_text(w, words_capital(p, info->orders[i].label));
        htmlw_close(w, "a");
        htmlw_close(w, "li");
    }
    htmlw_close(w, "ul");
    htmlw_close(w, "nav");
    if (info->sort_instead)
        htmlw_el(w, "Too many match to be put in order of how well they do. The newest come first.", "p",
                 "class", "note");
}

/* --- facets --- */

/* In the order of the page. */
static const struct {
    enum facet facet;
    const char *title;
    const char *help; /* where its words are explained, or NULL */
} titles[] = {
    {FACET_YEAR, "Year", "/about#date-basis"},
    {FACET_COUNTRY, "Country", NULL},
    {FACET_STATUS, "Did it happen?", "/about#status"},
    {FACET_EXPOSURE, "Did data get out?", "/about#exposure"},
    {FACET_PARTY_KIND, "Organisation involved", "/about#org-kind"},
    {FACET_DATA_CLASS, "Kind of data", "/about#data-class"},
    {FACET_ACTION, "What was done", "/about#action"},
    {FACET_SECTOR, "Line of business", "/about#sector"},
    {FACET_ORGANIZATION, "Organisation", NULL},
    {FACET_ACTOR, "Actor", "/actors"},
    {FACET_DATASET, "Dataset", "/datasets"},
};
_Static_assert(sizeof titles / sizeof *titles == _FACET_N, "each facet has a title");

static void write_choice(struct page *p, const struct facet_choice *c)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "li");
    htmlw_open(w, "a", "rel", "nofollow", "aria-current", c->chosen ? "true" : NULL);
    htmlw_url(w, "href", "%p", c->toggle);
    htmlw_text(w, words_capital(p, c->label));
    if (c->chosen)
        htmlw_el(w, " (in force: remove)", "span", "class", "unseen");
    htmlw_close(w, "a");
    if (c->counted) {
        htmlw_text(w, " ");
        htmlw_el(w, say_number((int64_t)c->count, p->mem), "span", "class", "count");
    }
    htmlw_close(w, "li");
}

/* Where there is nothing to choose between, nothing is offered. */
static bool is_choice(const struct facet_list *f)
{
    return f->n > 1 || (f->n == 1 && f->values[0].chosen);
}

static void write_facet(struct page *p, const struct facet_list *f, const char *title, const char *help)
{
    struct htmlw *w = &p->w;
    const char *id = words_id(p, "facet", vocab_id(&vocab_facet, f->facet));
    htmlw_open(w, "div", "class", "facet", "id", id);
    htmlw_open(w, "h2");
    htmlw_text(w, title);
    part_help(p, help, title);
    htmlw_close(w, "h2");
    htmlw_open(w, "ul");
    for (size_t i = 0; i < f->n; i++)
        write_choice(p, &f->values[i]);
    htmlw_close(w, "ul");
    if (f->more) {
        htmlw_open(w, "p", "class", "more");
        htmlw_open(w, "a", "rel", "nofollow");
        htmlw_url(w, "href", "%p#%s", f->more, id);
        htmlw_text(w, "More");
        htmlw_el(w, arena_printf(p->mem, " of: %s", title), "span", "class", "unseen");
        htmlw_close(w, "a");
        htmlw_close(w, "p");
    }
    htmlw_close(w, "div");
}

void choices_facets(struct page *p, const struct list_info *info)
{
    struct htmlw *w = &p->w;
    if (!info->n_facets)
        return;
    bool asked = false;
    for (size_t i = 0; i < info->n_facets; i++)
        asked = asked || info->facets[i].asked;
    htmlw_open(w, "details", "class", "facets", "open", asked ? "" : NULL);
    htmlw_el(w, "Narrow down", "summary");
    htmlw_open(w, "nav", "aria-label", "Narrow down");
    htmlw_open(w, "a", "class", "unseen");
    htmlw_url(w, "href", "#found");
    htmlw_text(w, "Skip to what was found");
    htmlw_close(w, "a");
    for (size_t t = 0; t < _FACET_N; t++)
        for (size_t i = 0; i < info->n_facets; i++)
            if (info->facets[i].facet == titles[t].facet && is_choice(&info->facets[i]))
                write_facet(p, &info->facets[i], titles[t].title, titles[t].help);
    htmlw_close(w, "nav");
    htmlw_close(w, "details");
}

/* --- nothing found --- */

/* One way on and what it finds. */
static void write_advice(struct page *p, const char *url, const char *what, const char *value,
                         const char *count)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "li");
    htmlw_open(w, "a");
    htmlw_url(w, "href", "%p", url);
    htmlw_say(w, "%s %s", what, value);
    htmlw_close(w, "a");
    htmlw_say(w, ": %s", count);
    htmlw_close(w, "li");
}

/* Other texts, and what there is without each filter, where that is anything. */
static void write_instead(struct page *p, const struct list_info *info, const char *one, const char *many)
{
    size_t n = info->n_instead;
    for (size_t i = 0; i < info->n_without; i++)
        n += info->without[i] > 0;
    if (!n)
        return;
    htmlw_open(&p->w, "ul", "class", "advice");
    for (size_t i = 0; i < info->n_instead; i++)
        write_advice(p, info->instead[i].url, "With the text",
                     arena_printf(p->mem, "“%s”", info->instead[i].text),
                     words_count(p, info->instead[i].count, one, many));
    for (size_t i = 0; i < info->n_without; i++)
        if (info->without[i])
            write_advice(
                p, info->filters[i].remove, "Without",
                arena_printf(p->mem, "%s %s", info->filters[i].name_label, info->filters[i].value_label),
                words_count(p, info->without[i], one, many));
    htmlw_close(&p->w, "ul");
}

static const char *searched(const struct list_info *info)
{
    for (size_t i = 0; i < info->n_filters; i++)
        if (strcmp(info->filters[i].name, "q") == 0)
            return info->filters[i].value;
    return NULL;
}

void choices_elsewhere(struct page *p, const struct list_info *info)
{
    static const struct {
        const char *path, *text;
    } lists[] = {
        {"/incidents", "incidents"},
        {"/dealers", "dealers"},
        {"/organizations", "organisations"},
    };
    struct htmlw *w = &p->w;
    const char *q = searched(info), *between = "Look for the same among ";
    if (!q)
        return;
    htmlw_open(w, "p", "class", "elsewhere");
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (p->env->path && strcmp(p->env->path, lists[i].path) == 0)
            continue;
        htmlw_text(w, between);
        htmlw_open(w, "a");
        htmlw_url(w, "href", "%p%p?q=%q", p->env->base, lists[i].path, q);
        htmlw_text(w, lists[i].text);
        htmlw_close(w, "a");
        between = " or ";
    }
    htmlw_text(w, ".");
    htmlw_close(w, "p");
}

/* A text searched for in vain may be spelt otherwise. */
static void write_spelling(struct page *p)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "p");
    htmlw_text(w, "Check the spelling, use fewer words, or only the beginning of one, as in ");
    htmlw_el(w, "toyo*", "code");
    htmlw_text(w, ".");
    htmlw_close(w, "p");
}

void choices_empty(struct page *p, const struct list_info *info, const char *one, const char *many)
{
    struct htmlw *w = &p->w;
    bool filtered = info->text && *info->text;
    htmlw_open(w, "div", "class", "empty");
    htmlw_open(w, "p");
    htmlw_say(w, "No %s found%s%s.", many, filtered ? " " : "", filtered ? info->text : "");
    const struct catalogue_info *c = &p->env->catalogue;
    if (c->id)
        htmlw_say(w, " Searched: all %s and %s of the catalogue built %s.",
                  words_count(p, c->incidents, "incident", "incidents"),
                  words_count(p, c->organizations, "organisation", "organisations"), words_day(p, c->built));
    htmlw_close(w, "p");
    write_instead(p, info, one, many);
    if (searched(info))
        write_spelling(p);
    part_not_listed(p);
    htmlw_close(w, "div");
}
