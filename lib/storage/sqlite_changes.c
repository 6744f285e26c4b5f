/* SPDX-License-Identifier: MIT */
/*
 * What changed last: incidents, and events by their incidents. An import gives all that is new the same time, so ties are the
 * rule, and among them the newest come first, which their row numbers tell: by id, as lists part ties, a feed of a catalogue
 * just made would hold its oldest.
 */
#include "storage/sqlite_order.h"

#include <errno.h>
#include <stdlib.h>

/* So few events are led back to their incidents one by one; more of them are met soon enough among all incidents. */
#define FEW_EVENTS 4096

/* Incidents looked at for events at first; where they do not have enough, GROWTH times as many. */
#define FIRST_LOOK 256
#define GROWTH     8

/* The first of an order, as row numbers. */
struct found {
    uint32_t *numbers;
    size_t n;
};

struct change {
    uint32_t n;
    int64_t at;
};

static int compare_changes(const void *a, const void *b)
{
    const struct change *x = a, *y = b;
    if (x->at != y->at)
        return x->at > y->at ? -1 : 1;
    return x->n < y->n ? -1 : x->n > y->n;
}

/* Puts rows in order by what MODIFIED says of each. */
static int sort_changes(struct storage_reader *rd, const struct slices *modified, struct found *x)
{
    struct change *list = arena_array(rd->scratch, x->n, sizeof *list);
    if (!list)
        return -ENOMEM;
    for (size_t i = 0; i < x->n; i++) {
        list[i].n = x->numbers[i];
        if (!slices_value(modified, list[i].n, &list[i].at))
            return STORAGE_E_CORRUPT;
    }
    qsort(list, x->n, sizeof *list, compare_changes);
    for (size_t i = 0; i < x->n; i++)
        x->numbers[i] = list[i].n;
    return 0;
}

/* The K members of WITHIN, of incidents, that were changed last; all of them where there are fewer. */
static int last_changed(struct storage_reader *rd, const struct rowset *within, size_t k, struct found *ret)
{
    struct slices modified;
    size_t all = rowset_count(within);
    struct found x = {.n = k < all ? k : all};
    int64_t least;
    size_t place = all - x.n;
    int outcome = slices_get(rd, SLICES_MODIFIED, &modified);
    x.numbers = arena_array(rd->scratch, x.n, sizeof *x.numbers);
    if (outcome != 0 || !x.numbers || !x.n) {
        *ret = x;
        return outcome != 0 ? outcome : x.numbers ? 0 : -ENOMEM;
    }
    if (!slices_at(&modified, within, &place, 1, rd->scratch, &least))
        return -ENOMEM;
    const struct rowset *later = slices_from(&modified, within, least + 1, rd->scratch);
    const struct rowset *from = slices_from(&modified, within, least, rd->scratch);
    const struct rowset *ties = later && from ? rowset_subtract(from, later, rd->scratch) : NULL;
    if (!ties)
        return -ENOMEM;
    size_t taken = rowset_select(later, 0, x.n, x.numbers);
    if (taken + rowset_select(ties, 0, x.n - taken, x.numbers + taken) != x.n)
        return STORAGE_E_CORRUPT;
    *ret = x;
    return sort_changes(rd, &modified, ret);
}

int storage_list_changed_incidents(struct storage_reader *rd, const struct query *q, size_t limit,
                                   struct arena *mem, struct incident_page *ret)
{
    reader_begin(rd);
    const struct rowset *s;
    struct found x;
    int outcome = filter_incidents(rd, q, &s);
    if (outcome == 0)
        outcome = last_changed(rd, s, limit, &x);
    if (outcome != 0)
        return outcome;
    size_t total = rowset_count(s);
    const struct selection page = {
        .numbers = x.numbers,
        .n = x.n,
        .page = {.total = total, .has_next = x.n < total, .sort = SORT_LAST_MODIFIED}};
    return load_incident_page(rd, q, ROWS_AS_MODEL, &page, mem, ret);
}

/* --- events --- */

struct gathering {
    const struct rowset *events; /* that are wanted */
    struct found found;
    size_t limit;
};

/* The incidents of the events in S, and perhaps others. */
static int incidents_of(struct storage_reader *rd, const struct rowset *s, const struct rowset **ret)
{
    if (rowset_count(s) > FEW_EVENTS)
        return set_get(rd, SET_LISTED, SET_NONE, ret);
    return collect_each(rd, STMT_EVENT_INCIDENT, s, ret);
}

static int gather_of(struct storage_reader *rd, uint32_t incident, struct gathering *g)
{
    const struct rowset *s;
    struct found *x = &g->found;
    int outcome = collect_of(rd, STMT_EVENT_SET_INCIDENT, incident, &s);
    if (outcome == 0)
        outcome = filter_made(rowset_intersect(s, g->events, rd->scratch), &s);
    if (outcome == 0)
        x->n += rowset_select(s, 0, g->limit - x->n, x->numbers + x->n);
    return outcome;
}

static int gather(struct storage_reader *rd, const struct rowset *incidents, struct gathering *g)
{
    size_t all = rowset_count(incidents), done = 0;
    struct found look;
    int outcome = 0;
    for (size_t k = FIRST_LOOK; outcome == 0 && done < all && g->found.n < g->limit; k *= GROWTH) {
        outcome = last_changed(rd, incidents, k, &look);
        for (; outcome == 0 && done < look.n && g->found.n < g->limit; done++)
            outcome = gather_of(rd, look.numbers[done], g);
    }
    return outcome;
}

int storage_list_changed_events(struct storage_reader *rd, const struct query *q, size_t limit,
                                struct arena *mem, struct event_page *ret)
{
    reader_begin(rd);
    const struct rowset *incidents;
    struct timeline_item *items;
    struct gathering g = {.limit = limit, .found.numbers = arena_array(rd->scratch, limit, sizeof(uint32_t))};
    struct found *x = &g.found;
    int outcome = x->numbers ? filter_events(rd, q, &g.events) : -ENOMEM;
    if (outcome == 0)
        outcome = incidents_of(rd, g.events, &incidents);
    if (outcome == 0)
        outcome = gather(rd, incidents, &g);
    if (outcome == 0)
        outcome = load_event_items(rd, x->numbers, x->n, mem, &items);
    if (outcome != 0)
        return outcome;
    size_t total = rowset_count(g.events);
    *ret =
        (struct event_page){.items = items,
                            .n = x->n,
                            .page = {.total = total, .has_next = x->n < total, .sort = SORT_LAST_MODIFIED}};
    return 0;
}
