/* SPDX-License-Identifier: MIT */
/*
 * Incidents, counted by one thing at a time: a table of incidents and headline figures, and one of delays, each row
 * leading to the list that it counts. What is not known and what is left out stand beside what is counted.
 */
#include "render/html_statistics.h"

#include <string.h>

static const char *by_label(const struct view *v)
{
    return vocab_label(&vocab_facet, v->statistics.counts->by);
}

void html_statistics_head(struct page *p, const struct view *v)
{
    const struct list_info *info = &v->statistics.info;
    const char *count =
        words_count(p, v->statistics.counts->all.incidents, "data-breach incident", "data-breach incidents");
    bool filtered = info->text && *info->text;
    p->list = info;
    p->title = arena_printf(p->mem, "Statistics by %s%s%s", by_label(v), filtered ? ": incidents " : "",
                            filtered ? info->text : "");
    p->description = count ? arena_printf(p->mem,
                                          "%s%s%s by %s: how many, how many affected, and how long it took, "
                                          "with what is not known.",
                                          count, filtered ? " " : "", filtered ? info->text : "", by_label(v))
                           : NULL;
}

static void write_groupings(struct page *p, const struct view *v)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "nav", "class", "groupings", "aria-label", "Counted by");
    htmlw_open(w, "ul");
    for (size_t i = 0; i < v->statistics.n_groupings; i++) {
        const struct view_grouping *g = &v->statistics.groupings[i];
        htmlw_open(w, "li");
        htmlw_open(w, "a", "aria-current", g->by == v->statistics.counts->by ? "true" : NULL);
        htmlw_url(w, "href", "%p", g->url);
        htmlw_say(w, "By %s", vocab_label(&vocab_facet, g->by));
        htmlw_close(w, "a");
        htmlw_close(w, "li");
    }
    htmlw_close(w, "ul");
    htmlw_close(w, "nav");
}

/* --- tables --- */

/* A wide table moves sideways in a box of its own, which a keyboard can reach. */
static void table_open(struct page *p, const char *caption_id, const char *caption,
                       const char *const *columns, size_t n)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "section", "class", "wide", "tabindex", "0", "aria-labelledby", caption_id);
    htmlw_open(w, "table", "class", "statistics");
    htmlw_el(w, caption, "caption", "id", caption_id);
    htmlw_open(w, "thead");
    htmlw_open(w, "tr");
    for (size_t i = 0; i < n; i++)
        htmlw_el(w, columns[i], "th", "scope", "col");
    htmlw_close(w, "tr");
    htmlw_close(w, "thead");
    htmlw_open(w, "tbody");
}

static void table_close(struct page *p)
{
    htmlw_close(&p->w, "tbody");
    htmlw_close(&p->w, "table");
    htmlw_close(&p->w, "section");
}

/* The head of a row: what it counts, linked to the list of just these where there is one. */
static void write_row_head(struct page *p, const char *label, const char *url)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "th", "scope", "row");
    if (url) {
        htmlw_open(w, "a");
        htmlw_url(w, "href", "%p", url);
    }
    htmlw_text(w, label);
    if (url)
        htmlw_close(w, "a");
    htmlw_close(w, "th");
}

typedef void (*row_fn)(struct page *p, const struct statistics_group *g);

/* Every group, and all of them together. */
static void write_rows(struct page *p, const struct view *v, row_fn write)
{
    const struct statistics *x = v->statistics.counts;
    for (size_t i = 0; i < x->n; i++) {
        htmlw_open(&p->w, "tr");
        write_row_head(p, words_capital(p, v->statistics.groups[i].label), v->statistics.groups[i].url);
        write(p, &x->groups[i]);
        htmlw_close(&p->w, "tr");
    }
    htmlw_open(&p->w, "tr", "class", "all");
    write_row_head(p, "All", v->statistics.list);
    write(p, &x->all);
    htmlw_close(&p->w, "tr");
}

static void write_counts(struct page *p, const struct statistics_group *g)
{
    struct htmlw *w = &p->w;
    htmlw_el(w, say_number((int64_t)g->incidents, p->mem), "td");
    htmlw_open(w, "td");
    for (size_t i = 0; i < g->n_figures; i++)
        htmlw_el(w, say_sum(&g->figures[i], p->mem), "p");
    if (!g->n_figures)
        htmlw_el(w, "not known", "p", "class", "note");
    htmlw_close(w, "td");
    htmlw_el(w, say_number((int64_t)g->without_figure, p->mem), "td");
}

static void write_figures_table(struct page *p, const struct view *v, const char *label)
{
    const char *const columns[] = {label, "Incidents", "Headline figures added up, each unit by itself",
                                   "Without a figure"};
    table_open(p, "figures-caption",
               arena_printf(p->mem, "Incidents and how many were affected, by %s", by_label(v)), columns,
               sizeof columns / sizeof *columns);
    write_rows(p, v, write_counts);
    table_close(p);
}

/* "known of 5, not known of 4" */
static void write_known(struct page *p, const struct quantiles *q)
{
    htmlw_say(&p->w, "known of %s%s", q->unknown ? "" : "all ", say_number((int64_t)q->n, p->mem));
    if (q->unknown)
        htmlw_say(&p->w, ", not known of %s", say_number((int64_t)q->unknown, p->mem));
}

static void write_quantiles(struct page *p, const struct quantiles *q)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "td");
    if (!q->n) {
        htmlw_el(w, "not known", "p", "class", "note");
        htmlw_close(w, "td");
        return;
    }
    htmlw_say(w, "Median %s", say_delay(&q->median, p->mem));
    htmlw_open(w, "p", "class", "note");
    if (q->n >= QUARTILES_FROM)
        htmlw_say(w, "quartiles %s and %s; nine in ten within %s; ", say_delay(&q->q1, p->mem),
                  say_delay(&q->q3, p->mem), say_delay(&q->p90, p->mem));
    write_known(p, q);
    htmlw_close(w, "p");
    htmlw_close(w, "td");
}

static void write_delays(struct page *p, const struct statistics_group *g)
{
    write_quantiles(p, &g->occurred_to_discovered);
    write_quantiles(p, &g->discovered_to_disclosed);
    write_quantiles(p, &g->occurred_to_disclosed);
}

static void write_delays_table(struct page *p, const struct view *v, const char *label)
{
    const char *const columns[] = {label, "From occurrence to discovery", "From discovery to disclosure",
                                   "From occurrence to disclosure"};
    table_open(p, "delays-caption", arena_printf(p->mem, "How long it took, in days, by %s", by_label(v)),
               columns, sizeof columns / sizeof *columns);
    write_rows(p, v, write_delays);
    table_close(p);
}

/* --- the page --- */

static void write_definition(struct page *p, const char *id, const char *text)
{
    htmlw_open(&p->w, "a");
    htmlw_url(&p->w, "href", "%p/about#%s", p->env->base, id);
    htmlw_text(&p->w, text);
    htmlw_close(&p->w, "a");
}

static void write_left_out(struct page *p, const struct statistics *x)
{
    struct htmlw *w = &p->w;
    const char *left_out = say_left_out(x, p->mem);
    htmlw_open(w, "p", "class", "note left-out");
    if (!left_out || *left_out)
        htmlw_say(w, "Left out: %s. ", left_out);
    if (!x->exclusive)
        htmlw_text(w, "An incident can stand in several groups, so that they add up to more than all. ");
    write_definition(p, "statistics", "How this is counted");
    htmlw_close(w, "p");
}

void html_statistics_body(struct page *p, const struct view *v)
{
    struct htmlw *w = &p->w;
    const struct statistics *x = v->statistics.counts;
    const char *label = words_capital(p, by_label(v));
    htmlw_el(w, arena_printf(p->mem, "Statistics by %s", by_label(v)), "h1");
    htmlw_open(w, "p", "class", "summary");
    htmlw_text(w, "These are counts of reports, not of breaches: who has to report more is counted more. ");
    write_definition(p, "coverage", "What is covered");
    htmlw_close(w, "p");
    write_groupings(p, v);
    list_begin(p, &v->statistics.info, FORM_STATISTICS, "incident", "incidents");
    write_left_out(p, x);
    if (x->all.incidents) {
        part_section_open(p, "figures", "How many");
        statistics_draw_incidents(p, v);
        statistics_draw_people(p, v);
        write_figures_table(p, v, label);
        part_section_close(p);
        part_section_open(p, "delays", "How long");
        statistics_draw_delays(p, v);
        write_delays_table(p, v, label);
        htmlw_open(w, "p", "class", "note");
        htmlw_text(w, "Dates are seldom exact, so a delay is told by the least and the most it can be. ");
        write_definition(p, "delay-quantiles", "How medians are found");
        htmlw_close(w, "p");
        part_section_close(p);
    }
    list_end(p, &v->statistics.info);
}
