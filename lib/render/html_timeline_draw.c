/* SPDX-License-Identifier: MIT */
/* Events of several incidents to scale: a lane for each incident, in which its events stand. */
#include "render/chart.h"

#include <string.h>

#define LANES 25 /* incidents; what is further down stands in the list alone */

struct lanes {
    struct chart_lane lanes[LANES];
    const char *ids[LANES];
    const struct edtf **dates; /* N places a lane */
    size_t n, places;
    unsigned signs;
};

/* The lane of T's incident; LANES: there is no more room. */
static size_t lane_of(struct lanes *x, const struct timeline_item *t)
{
    size_t at = 0;
    while (at < x->n && strcmp(x->ids[at], t->incident.id) != 0)
        at++;
    if (at < x->n || x->n == LANES)
        return at;
    x->ids[at] = t->incident.id;
    x->lanes[at] = (struct chart_lane){t->incident.title, x->dates + at * x->places, 0};
    x->n++;
    return at;
}

static void add(struct lanes *x, const struct timeline_item *t)
{
    size_t at = t->event.date.text ? lane_of(x, t) : LANES;
    if (at == LANES)
        return;
    x->dates[at * x->places + x->lanes[at].n++] = &t->event.date;
    x->signs |= 1u << chart_date_sign(&t->event.date);
}

/* Above the list where it leaves that in sight, else folded. */
#define LANES_OPEN 8

void draw_events(struct page *p, const struct timeline_item *items, size_t n)
{
    struct lanes x = {.places = n};
    x.dates = arena_array(p->mem, LANES * n, sizeof *x.dates);
    for (size_t i = 0; x.dates && i < n; i++)
        add(&x, &items[i]);
    if (!x.dates || !chart_lanes_worth(x.lanes, x.n))
        return;
    bool folded = x.n > LANES_OPEN;
    if (folded) {
        htmlw_open(&p->w, "details");
        htmlw_el(&p->w, "Draw these events to scale", "summary");
    }
    chart_begin(p, "To scale: each event as long as it lasted, or as its date is not exact");
    chart_lanes(p,
                &(struct chart_text){
                    "events-drawing", "When it happened",
                    "A lane for each incident, and in it the days that the dates of its events may mean. The "
                    "list beneath says the same in words."},
                x.lanes, x.n);
    chart_end(p, x.signs);
    if (folded)
        htmlw_close(&p->w, "details");
}
