/* SPDX-License-Identifier: MIT */
/*
 * The drawings of statistics: incidents and people by group, delays as distributions. Sums of counts and of ceilings have drawings
 * of their own; a group of which nothing is known has no bar rather than an empty one.
 */
#include "render/html_statistics.h"

#include "render/chart.h"

#include <string.h>

#define BARS 12 /* of groups; the table has all of them */

/* A number of a group to draw; false: the group has none. */
typedef bool (*size_fn)(const struct statistics_group *g, int64_t *ret);

struct drawing {
    const struct chart_text *text;
    size_fn size;
    const char *one, *many;
    enum chart_mark mark;
};

static bool count_of(const struct statistics_group *g, int64_t *ret)
{
    *ret = (int64_t)g->incidents;
    return true;
}

static const struct figure_sum *people_of(const struct statistics_group *g)
{
    for (size_t i = 0; i < g->n_figures; i++)
        if (g->figures[i].unit == UNIT_PEOPLE && g->figures[i].sum.known && g->figures[i].ceilings.known)
            return &g->figures[i];
    return NULL;
}

static bool counted_of(const struct statistics_group *g, int64_t *ret)
{
    const struct figure_sum *f = people_of(g);
    *ret = f ? f->sum.value - f->ceilings.value : 0;
    return *ret > 0;
}

static bool ceilings_of(const struct statistics_group *g, int64_t *ret)
{
    const struct figure_sum *f = people_of(g);
    *ret = f ? f->ceilings.value : 0;
    return *ret > 0;
}

/* --- by year, or by anything else --- */

static void draw_years(struct page *p, const struct statistics *x, const struct drawing *d)
{
    struct chart_year *years = arena_array(p->mem, x->n, sizeof *years);
    size_t unknown = 0, n = 0;
    int64_t size;
    for (size_t i = 0; years && i < x->n; i++)
        if (d->size(&x->groups[i], &size))
            n += chart_year_of(x->groups[i].value, (size_t)size, &years[n], &unknown);
    if (years)
        chart_years(p, d->text, years, n, unknown, d->one, d->many, d->mark);
}

struct largest {
    int64_t sizes[BARS];
    size_t groups[BARS]; /* the largest first; of equal ones those that came first */
    size_t n;
};

/* One place stays free for what is not known. */
static void add_largest(struct largest *x, size_t group, int64_t size)
{
    size_t at = 0;
    while (at < x->n && x->sizes[at] >= size)
        at++;
    if (at == BARS - 1)
        return;
    size_t moved = (x->n < BARS - 1 ? x->n : BARS - 2) - at;
    memmove(&x->sizes[at + 1], &x->sizes[at], moved * sizeof *x->sizes);
    memmove(&x->groups[at + 1], &x->groups[at], moved * sizeof *x->groups);
    x->sizes[at] = size;
    x->groups[at] = group;
    x->n += x->n < BARS - 1;
}

static struct largest find_largest(const struct statistics *x, size_fn size_of)
{
    struct largest found = {0};
    int64_t size;
    size_t known = x->n && !x->groups[x->n - 1].value ? x->n - 1 : x->n;
    for (size_t i = 0; i < known; i++)
        if (size_of(&x->groups[i], &size))
            add_largest(&found, i, size);
    if (known < x->n && size_of(&x->groups[known], &size)) {
        found.sizes[found.n] = size;
        found.groups[found.n++] = known;
    }
    return found;
}

/* The largest groups that have a number, and what is not known: its bar is another. */
static void draw_groups(struct page *p, const struct view *v, const struct drawing *d)
{
    const struct statistics *x = v->statistics.counts;
    const struct largest found = find_largest(x, d->size);
    struct chart_bar bars[BARS];
    for (size_t i = 0; i < found.n; i++) {
        size_t at = found.groups[i];
        bars[i] = (struct chart_bar){.label = words_capital(p, v->statistics.groups[at].label),
                                     .value = say_short(found.sizes[i], p->mem),
                                     .mark = x->groups[at].value ? d->mark : MARK_UNKNOWN,
                                     .to = found.sizes[i]};
    }
    chart_bars(p, d->text, bars, found.n);
}

/* The marks that D uses, as a set of signs; a full bar needs no explanation. */
static unsigned signs_of(const struct statistics *x, const struct drawing *d)
{
    bool unknown = x->n && !x->groups[x->n - 1].value && d->size(&x->groups[x->n - 1], &(int64_t){0});
    return (d->mark == MARK_EXACT ? 0 : 1u << chart_sign_of(d->mark)) | (unknown ? 1u << SIGN_UNKNOWN : 0);
}

static bool any_of(const struct statistics *x, size_fn size)
{
    for (size_t i = 0; i < x->n; i++)
        if (size(&x->groups[i], &(int64_t){0}))
            return true;
    return false;
}

/* Nothing where no group has a number. */
static void draw(struct page *p, const struct view *v, const char *caption, const struct drawing *d)
{
    const struct statistics *x = v->statistics.counts;
    if (!any_of(x, d->size))
        return;
    chart_begin(p, caption);
    if (x->by == FACET_YEAR)
        draw_years(p, x, d);
    else
        draw_groups(p, v, d);
    chart_end(p, signs_of(x, d));
}

#define BESIDE "The table beneath has the numbers."

void statistics_draw_incidents(struct page *p, const struct view *v)
{
    const struct statistics *x = v->statistics.counts;
    const char *title = arena_printf(p->mem, "Incidents by %s", vocab_label(&vocab_facet, x->by));
    bool cut = x->by != FACET_YEAR && x->n > BARS;
    draw(p, v, cut ? arena_printf(p->mem, "%s: the %d largest groups", title ? title : "", BARS - 1) : title,
         &(struct drawing){&(struct chart_text){"incidents-drawing", title,
                                                "As long or as high as there are incidents. " BESIDE},
                           count_of, "incident", "incidents", MARK_EXACT});
}

void statistics_draw_people(struct page *p, const struct view *v)
{
    if (!any_of(v->statistics.counts, counted_of) && !any_of(v->statistics.counts, ceilings_of))
        return;
    htmlw_open(&p->w, "div", "class", "charts");
    draw(p, v, "People affected: counts, estimates and floors added up",
         &(struct drawing){&(struct chart_text){"people-drawing", "People affected, counted or estimated",
                                                "Sums of headline figures that are no ceilings. " BESIDE},
                           counted_of, "person", "people", MARK_EXACT});
    draw(p, v, "People affected at most: ceilings and tops of ranges added up, on an axis of their own",
         &(struct drawing){&(struct chart_text){"ceilings-drawing", "People affected at most",
                                                "Sums of headline figures that are ceilings. " BESIDE},
                           ceilings_of, "person", "people", MARK_CEILING});
    htmlw_close(&p->w, "div");
    htmlw_el(&p->w,
             "Drawn are people; what is counted in accounts, records and other units stands in the table.",
             "p", "class", "note");
}

/* --- how long --- */

static struct chart_box box_of(struct page *p, const char *label, const struct quantiles *q)
{
    const char *median = say_delay(&q->median, p->mem);
    return (struct chart_box){
        .label = label, .value = median, .quantiles = q, .median_only = q->n < QUARTILES_FROM};
}

static void draw_boxes(struct page *p, const char *caption, const struct chart_text *text,
                       const struct chart_box *boxes, size_t n)
{
    unsigned signs = 1u << SIGN_MEDIAN;
    for (size_t i = 0; i < n; i++)
        if (!boxes[i].median_only)
            signs |= 1u << SIGN_BOX | 1u << SIGN_BOX_MAY | 1u << SIGN_TAIL;
    if (!n)
        return;
    chart_begin(p, caption);
    chart_boxes(p, text, boxes, n);
    chart_end(p, signs);
}

static void draw_all_delays(struct page *p, const struct statistics_group *g)
{
    const struct {
        const char *label;
        const struct quantiles *q;
    } delays[] = {
        {"Occurrence to discovery", &g->occurred_to_discovered},
        {"Discovery to disclosure", &g->discovered_to_disclosed},
        {"Occurrence to disclosure", &g->occurred_to_disclosed},
    };
    struct chart_box boxes[3];
    size_t n = 0;
    for (size_t i = 0; i < 3; i++)
        if (delays[i].q->n)
            boxes[n++] = box_of(p, delays[i].label, delays[i].q);
    draw_boxes(p, "All of these: how long it took, with the median in words",
               &(struct chart_text){
                   "delays-drawing", "How long it took",
                   "Medians, quartiles and what nine in ten stay within, each between its bounds. " BESIDE},
               boxes, n);
}

static bool delays_of(const struct statistics_group *g, int64_t *ret)
{
    *ret = (int64_t)g->occurred_to_disclosed.n;
    return *ret > 0;
}

/* The years in which a delay is known, the latest first. */
static struct largest find_latest(const struct statistics *x)
{
    struct largest found = {0};
    for (size_t i = x->n; i > 0; i--)
        if (delays_of(&x->groups[i - 1], &(int64_t){0}))
            add_largest(&found, i - 1, 0);
    return found;
}

/* Of years the latest; of other groups those of which most is known. */
static void draw_group_delays(struct page *p, const struct view *v)
{
    const struct statistics *x = v->statistics.counts;
    const struct largest found = x->by == FACET_YEAR ? find_latest(x) : find_largest(x, delays_of);
    struct chart_box boxes[BARS];
    size_t n = found.n;
    for (size_t i = 0; i < n; i++)
        boxes[i] = box_of(p, words_capital(p, v->statistics.groups[found.groups[i]].label),
                          &x->groups[found.groups[i]].occurred_to_disclosed);
    draw_boxes(p,
               arena_printf(p->mem, "From occurrence to disclosure, by %s", vocab_label(&vocab_facet, x->by)),
               &(struct chart_text){"disclosure-drawing", "From occurrence to disclosure",
                                    "Medians, quartiles and what nine in ten stay within, by group. " BESIDE},
               boxes, n);
}

void statistics_draw_delays(struct page *p, const struct view *v)
{
    htmlw_open(&p->w, "div", "class", "charts");
    draw_all_delays(p, &v->statistics.counts->all);
    draw_group_delays(p, v);
    htmlw_close(&p->w, "div");
}
