/* SPDX-License-Identifier: MIT */
/*
 * What an incident's page draws: when things happened, to scale, and figures beside each other. Counts and ceilings have drawings
 * and axes of their own, so that nobody compares the one with the other by eye.
 */
#include "render/chart.h"
#include "render/html_incident.h"

#include <string.h>

/* --- when --- */

#define LANES 40 /* a page more than this is no help to the eye */

/* "29 March 2019 · disclosure"; how sure, where that is not confirmed. */
static const char *lane_label(struct page *p, const struct event *e)
{
    const char *when = edtf_words(&e->date, p->mem), *kind = vocab_label(&vocab_event_kind, e->kind);
    bool sure = e->e.certainty == CERTAINTY_CONFIRMED;
    return when ? arena_printf(p->mem, "%s · %s%s%s", when, kind, sure ? "" : ", ",
                               sure ? "" : vocab_label(&vocab_certainty, e->e.certainty))
                : NULL;
}

void incident_draw_timeline(struct page *p, const struct incident *x)
{
    struct chart_lane lanes[LANES];
    const struct edtf *dates[LANES];
    unsigned signs = 0;
    size_t n = 0;
    for (size_t i = 0; i < x->n_timeline && n < LANES; i++) {
        const struct event *e = &x->timeline[i];
        if (!e->date.text)
            continue;
        dates[n] = &e->date;
        lanes[n] = (struct chart_lane){lane_label(p, e), &dates[n], 1};
        signs |= 1u << chart_date_sign(&e->date);
        n++;
    }
    if (n < 2 || !chart_lanes_worth(lanes, n))
        return;
    chart_begin(p, "To scale: each event as long as it lasted, or as its date is not exact");
    chart_lanes(
        p,
        &(struct chart_text){"timeline-drawing", "When it happened",
                             "Each event on an axis of time, with the days that its date may mean. The list "
                             "beneath says the same in words."},
        lanes, n);
    chart_end(p, signs);
}

/* --- how many --- */

#define BARS 16 /* of one drawing */

/* Exact counts, estimates and floors; ceilings and ranges. */
enum panel { PANEL_COUNTS, PANEL_CEILINGS, _PANEL_N };

static const struct {
    const char *id, *title;
} panels[_PANEL_N] = {
    [PANEL_COUNTS] = {"counts", "Counts, estimates and floors"},
    [PANEL_CEILINGS] = {"ceilings", "Ceilings and ranges: no counts"},
};

static const struct {
    enum panel panel;
    enum chart_mark mark;
} marks[_QUALIFIER_N] = {
    [QUALIFIER_EXACT] = {PANEL_COUNTS, MARK_EXACT},     [QUALIFIER_ABOUT] = {PANEL_COUNTS, MARK_ABOUT},
    [QUALIFIER_AT_LEAST] = {PANEL_COUNTS, MARK_FLOOR},  [QUALIFIER_UP_TO] = {PANEL_CEILINGS, MARK_CEILING},
    [QUALIFIER_BETWEEN] = {PANEL_CEILINGS, MARK_RANGE},
};

/* The end of the bar of A; false: it has no number. */
static bool size_of(const struct amount *a, int64_t *ret)
{
    const struct count *const first[] = {&a->value, &a->max, &a->min};
    for (size_t i = 0; i < 3; i++)
        if (first[i]->known) {
            *ret = first[i]->value;
            return true;
        }
    return false;
}

/* Whether F answers how many were affected, or how many of them; what it is compared with stands in the table alone, as do
 * placeholders and what is denied. */
static bool is_drawn(const struct figure *f)
{
    static const bool scopes[_SCOPE_N] = {[SCOPE_AFFECTED] = true,
                                          [SCOPE_SUBSET] = true,
                                          [SCOPE_ATTACKER_CLAIM] = true,
                                          [SCOPE_ALTERNATIVE] = true};
    int64_t size;
    return scopes[f->scope] && f->amount.qualifier != QUALIFIER_PLACEHOLDER &&
           f->e.certainty != CERTAINTY_DENIED && size_of(&f->amount, &size);
}

static const char *unit_of(const struct figure *f)
{
    return f->unit == UNIT_MONEY && f->currency ? f->currency : vocab_label(&vocab_unit, f->unit);
}

/* "Claimed: up to 3.1 million people"; the digits that a round number is said with in the table are left out. */
static const char *bar_label(struct page *p, const struct figure *f)
{
    const char *sure = words_capital(p, vocab_label(&vocab_certainty, f->e.certainty));
    const char *amount = say_amount(&f->amount, unit_of(f), p->mem);
    const char *digits = amount ? strstr(amount, " (") : NULL;
    int length = digits ? (int)(digits - amount) : amount ? (int)strlen(amount) : 0;
    return sure && amount ? arena_printf(p->mem, "%s: %.*s", sure, length, amount) : NULL;
}

/* "says Toyota · part of those affected" */
static const char *bar_under(struct page *p, const struct incident *x, const struct figure *f)
{
    const struct source *s = incident_source(x, f->e.source);
    const char *who = f->e.asserted_by.name ? f->e.asserted_by.name
                      : s && s->publisher   ? s->publisher
                      : s                   ? "its source"
                                            : NULL;
    const char *scope = f->scope == SCOPE_AFFECTED ? NULL : vocab_label(&vocab_scope, f->scope);
    const char *said = who ? arena_printf(p->mem, "says %s", who) : "compiled from the record as a whole";
    return said ? arena_printf(p->mem, "%s%s%s", said, scope ? " · " : "", scope ? scope : "") : NULL;
}

static struct chart_bar bar_of(struct page *p, const struct incident *x, const struct figure *f)
{
    struct chart_bar b = {
        .label = bar_label(p, f), .under = bar_under(p, x, f), .mark = marks[f->amount.qualifier].mark};
    size_of(&f->amount, &b.to);
    if (b.mark == MARK_RANGE) {
        b.from = f->amount.min.known ? f->amount.min.value : 0;
        b.to = f->amount.max.known ? f->amount.max.value : b.to;
    }
    return b;
}

/* Figures in the unit of FIRST that belong into PANEL. */
static void draw_panel(struct page *p, const struct incident *x, const struct figure *first, enum panel panel)
{
    struct chart_bar bars[BARS];
    unsigned signs = 0;
    size_t n = 0;
    for (size_t i = 0; i < x->n_figures && n < BARS; i++) {
        const struct figure *f = &x->figures[i];
        if (!is_drawn(f) || marks[f->amount.qualifier].panel != panel ||
            strcmp(unit_of(f), unit_of(first)) != 0)
            continue;
        bars[n] = bar_of(p, x, f);
        signs |= 1u << chart_sign_of(bars[n++].mark);
    }
    if (!n)
        return;
    const char *title = arena_printf(p->mem, "%s, in %s", panels[panel].title, unit_of(first));
    const char *id =
        arena_printf(p->mem, "figures-%s-%s", vocab_id(&vocab_unit, first->unit), panels[panel].id);
    chart_begin(p, title);
    chart_bars(p,
               &(struct chart_text){
                   id ? id : "figures-drawing", title,
                   "A bar for each figure, with who says it and how sure. The table beneath says the "
                   "same in words."},
               bars, n);
    chart_end(p, signs);
}

/* The first figure of UNIT that is drawn, where there are others to see beside it. */
static const struct figure *first_of(const struct incident *x, enum unit unit)
{
    const struct figure *first = NULL;
    size_t n = 0;
    for (size_t i = 0; i < x->n_figures; i++) {
        const struct figure *f = &x->figures[i];
        if (f->unit != unit || !is_drawn(f) || (first && strcmp(unit_of(f), unit_of(first)) != 0))
            continue;
        first = first ? first : f;
        n++;
    }
    return n > 1 ? first : NULL;
}

void incident_draw_figures(struct page *p, const struct incident *x)
{
    bool any = false;
    for (unsigned unit = 0; unit < _UNIT_N; unit++) {
        const struct figure *first = first_of(x, unit);
        if (!first)
            continue;
        if (!any)
            htmlw_open(&p->w, "div", "class", "charts");
        any = true;
        for (unsigned panel = 0; panel < _PANEL_N; panel++)
            draw_panel(p, x, first, panel);
    }
    if (any)
        htmlw_close(&p->w, "div");
}
