/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_STORAGE_SQLITE_ORDER_H
#define BREACHD_STORAGE_SQLITE_ORDER_H

/*
 * The orders of lists, and pages cut from them. An order can say at what place among the members of a set a cursor
 * stands, which members stand at some places, and what the cursor of a row is; a page needs no more. Row numbers are one
 * order, that one backwards another; the others are made of slices.
 */
#include "storage/sqlite_filter.h"

struct order;

/* What an order can do. S is the set that the filters leave; all return 0 or what storage's functions do. */
struct order_way {
    /* How many members stand before C; PAST: before it or just at it. */
    int (*rank)(struct storage_reader *rd, const struct order *o, const struct rowset *s,
                const struct cursor *c, bool past, size_t *ret);
    /* The N members from place START on, in order, into RET. There are that many. */
    int (*select)(struct storage_reader *rd, const struct order *o, const struct rowset *s, size_t start,
                  size_t n, uint32_t *ret);
    /* The cursor of row N. */
    int (*key)(struct storage_reader *rd, const struct order *o, uint32_t n, struct arena *mem,
               struct cursor *ret);
};

struct row_order;
struct slice_order;
struct ranking;

struct order {
    const struct order_way *way;
    enum sort sort;
    const struct row_order *rows;   /* by row number: what the numbers follow */
    const struct rowset *known;     /* backwards: rows with a date */
    const struct slice_order *made; /* of slices: by what */
    const struct ranking *ranking;  /* by relevance: all that was found */
    struct slices by[2];
    struct ordering parts[2];
    size_t n_parts;
};

/* The order that Q asks for of the members of S; it holds until the reader's next question, where it is. */
int order_of(struct storage_reader *rd, const struct query *q, const struct rowset *s, struct order *ret);

/* Which rows a page holds. */
struct selection {
    uint32_t *numbers;
    size_t n;
    struct page_info page;
};

/* The page that Q asks for of the members of S. */
int select_page(struct storage_reader *rd, const struct query *q, const struct order *o,
                const struct rowset *s, struct arena *mem, struct selection *ret);

/* The rows that X selects of the list that Q asks for. */
int load_incident_page(struct storage_reader *rd, const struct query *q, enum row_form form,
                       const struct selection *x, struct arena *mem, struct incident_page *ret);

/* The rows that come next in the walk of Q, which is set, among those that FILTER leaves (sqlite_walk.c). */
int walk_on(struct storage_reader *rd, const struct query *q, filter_fn filter, struct arena *mem,
            struct selection *ret);

/* Of orders made of slices; what Q asks for may be none. Called by order_of. */
int order_of_slices(struct storage_reader *rd, const struct query *q, struct order *ret);

/* By relevance, in place of O, where the members of S, which Q's search found, can be ranked (sqlite_relevance.c). */
int order_by_relevance(struct storage_reader *rd, const struct query *q, const struct rowset *s,
                       struct order *o);

#endif
