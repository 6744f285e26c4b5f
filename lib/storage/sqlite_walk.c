/* SPDX-License-Identifier: MIT */
/*
 * A list to its end, a few rows a question. The set that the filters leave is kept, so they are worked out once; of the order
 * some places at a time, since some orders cost as much for a few rows as for many.
 */
#include "storage/sqlite_order.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define AHEAD 4096 /* rows put in order at once */

struct storage_walk {
    struct arena *mem;         /* of the set */
    const struct rowset *rows; /* NULL: not begun */
    enum sort sort;
    size_t at;      /* how many have been put in order */
    size_t next, n; /* of the numbers: the one that is due, and how many there are */
    uint32_t numbers[AHEAD];
};

struct storage_walk *storage_walk_new(void)
{
    struct storage_walk *w = calloc(1, sizeof *w);
    if (w && (w->mem = arena_new(0)))
        return w;
    return storage_walk_free(w);
}

struct storage_walk *storage_walk_free(struct storage_walk *w)
{
    if (w)
        arena_free(w->mem);
    free(w);
    return NULL;
}

/* A copy that outlives the question. */
static int keep_rows(struct storage_walk *w, const struct rowset *s)
{
    _cleanup_rowset_builder_ struct rowset_builder *b = rowset_builder_new();
    if (!b)
        return -ENOMEM;
    rowset_add_set(b, s);
    w->rows = rowset_gathered(b, w->mem);
    return w->rows ? 0 : -ENOMEM;
}

static int begin(struct storage_reader *rd, const struct query *q, filter_fn filter, struct storage_walk *w)
{
    const struct rowset *s;
    int outcome = filter(rd, q, &s);
    return outcome == 0 ? keep_rows(w, s) : outcome;
}

/* Puts the next rows in order. */
static int look_ahead(struct storage_reader *rd, const struct query *q, struct storage_walk *w)
{
    size_t left = rowset_count(w->rows) - w->at, n = left < AHEAD ? left : AHEAD;
    struct order o;
    int outcome = order_of(rd, q, w->rows, &o);
    if (outcome == 0 && n)
        outcome = o.way->select(rd, &o, w->rows, w->at, n, w->numbers);
    if (outcome != 0)
        return outcome;
    w->sort = o.sort;
    w->at += n;
    w->next = 0;
    w->n = n;
    return 0;
}

int walk_on(struct storage_reader *rd, const struct query *q, filter_fn filter, struct arena *mem,
            struct selection *ret)
{
    struct storage_walk *w = q->walk;
    int outcome = w->rows ? 0 : begin(rd, q, filter, w);
    if (outcome == 0 && w->next == w->n)
        outcome = look_ahead(rd, q, w);
    if (outcome != 0)
        return outcome;
    struct selection x = {.n = w->n - w->next, .page = {.total = rowset_count(w->rows), .sort = w->sort}};
    if (x.n > q->limit)
        x.n = q->limit;
    x.numbers = arena_array(mem, x.n, sizeof *x.numbers);
    if (!x.numbers)
        return -ENOMEM;
    memcpy(x.numbers, w->numbers + w->next, x.n * sizeof *x.numbers);
    w->next += x.n;
    x.page.has_next = w->next < w->n || w->at < x.page.total;
    *ret = x;
    return 0;
}
