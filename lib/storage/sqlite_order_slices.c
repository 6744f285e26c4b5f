/* SPDX-License-Identifier: MIT */
/*
 * Orders made of slices: by a number of the row, then by the place of its id; what has no number stands last. A cursor says
 * the number in words, and the id. Where the id is no longer there, its place is that of the next one.
 */
#include "storage/sqlite_order.h"

#include "util/clock.h"
#include "util/num.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Which row a cursor means, in this catalogue. */
struct target {
    int64_t n; /* 0: its id is not there */
    struct standing at[2];
};

struct slice_order {
    enum query_list list; /* QUERY_ORGANIZATIONS: of dealers too */
    enum sort sort;
    const char *by, *then; /* slices; THEN NULL: the first tell all rows apart */
    bool descending;
    size_t n_keys; /* before the id */
    /* The keys of row N, whose number is X, before its id. */
    int (*say)(struct storage_reader *rd, uint32_t n, const struct standing *x, struct arena *mem,
               struct cursor *ret);
    /* And back, into t->at[0]; t->n is known. False: what C says is no such number. */
    int (*read)(struct storage_reader *rd, const struct order *o, const struct cursor *c, struct target *t);
};

/* ---- numbers ---- */

static int say_number(struct storage_reader *rd, uint32_t n, const struct standing *x, struct arena *mem,
                      struct cursor *ret)
{
    (void)rd;
    (void)n;
    ret->keys[0] = x->known ? arena_printf(mem, "%" PRId64, x->value) : "";
    return ret->keys[0] ? 0 : -ENOMEM;
}

static int read_number(struct storage_reader *rd, const struct order *o, const struct cursor *c,
                       struct target *t)
{
    (void)rd;
    (void)o;
    t->at[0].known =
        num_parse_i64(c->keys[0], strlen(c->keys[0]), NUM_PLAIN, 0, INT64_MAX - 1, &t->at[0].value) == 0;
    return 0;
}

static int say_time(struct storage_reader *rd, uint32_t n, const struct standing *x, struct arena *mem,
                    struct cursor *ret)
{
    char text[CLOCK_TEXT_SIZE];
    (void)rd;
    (void)n;
    clock_format(x->value, text);
    ret->keys[0] = arena_strdup(mem, x->known ? text : "");
    return ret->keys[0] ? 0 : -ENOMEM;
}

static int read_time(struct storage_reader *rd, const struct order *o, const struct cursor *c,
                     struct target *t)
{
    (void)rd;
    (void)o;
    t->at[0].known = clock_parse(c->keys[0], &t->at[0].value);
    return 0;
}

/* ---- the date of an organisation's latest incident ---- */

static int say_newest(struct storage_reader *rd, uint32_t n, const struct standing *x, struct arena *mem,
                      struct cursor *ret)
{
    (void)x;
    _cleanup_row_ struct row r = row_run_of(rd, STMT_ORG_NEWEST, n, mem);
    int outcome = row_must_step(&r);
    if (outcome != 0)
        return outcome;
    ret->keys[0] = row_must_text(&r);
    ret->keys[1] = row_must_text(&r);
    return row_end(&r);
}

static int read_newest(struct storage_reader *rd, const struct order *o, const struct cursor *c,
                       struct target *t)
{
    (void)rd;
    (void)o;
    t->at[0].value = schema_newest(c->keys[0], c->keys[1]);
    t->at[0].known = t->at[0].value >= 0;
    return 0;
}

/* ---- titles ---- */

static int title_of(struct storage_reader *rd, uint32_t n, struct arena *mem, const char **ret_key,
                    const char **ret_id)
{
    _cleanup_row_ struct row r = row_run_of(rd, STMT_INCIDENT_TITLE, n, mem);
    int outcome = row_must_step(&r);
    if (outcome != 0)
        return outcome;
    const char *title = row_must_text(&r);
    *ret_id = row_must_text(&r);
    outcome = row_end(&r);
    if (outcome != 0)
        return outcome;
    *ret_key = schema_title_key(title, mem);
    return *ret_key ? 0 : -ENOMEM;
}

static int say_title(struct storage_reader *rd, uint32_t n, const struct standing *x, struct arena *mem,
                     struct cursor *ret)
{
    const char *id;
    (void)x;
    return title_of(rd, n, mem, &ret->keys[0], &id);
}

/* The one row at PLACE in the order of titles. */
static int row_at(struct storage_reader *rd, const struct slices *titles, int64_t place, uint32_t *ret)
{
    const struct rowset *s = slices_below(titles, titles->known, place + 1, rd->scratch);
    s = slices_from(titles, s, place, rd->scratch);
    if (!s)
        return -ENOMEM;
    return rowset_select(s, 0, 1, ret) == 1 ? 0 : STORAGE_E_CORRUPT;
}

/* The first place whose title and id do not stand before those of C. */
static int bisect_titles(struct storage_reader *rd, const struct slices *titles, const struct cursor *c,
                         int64_t *ret)
{
    int64_t low = 0, high = (int64_t)rowset_count(titles->known);
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        uint32_t n;
        const char *key, *id;
        int outcome = row_at(rd, titles, middle, &n);
        if (outcome == 0)
            outcome = title_of(rd, n, rd->scratch, &key, &id);
        if (outcome != 0)
            return outcome;
        int d = strcmp(key, c->keys[0]);
        if (d < 0 || (d == 0 && strcmp(id, c->keys[1]) < 0))
            low = middle + 1;
        else
            high = middle;
    }
    *ret = low;
    return 0;
}

static int read_title(struct storage_reader *rd, const struct order *o, const struct cursor *c,
                      struct target *t)
{
    const char *key, *id;
    int outcome = t->n ? title_of(rd, (uint32_t)t->n, rd->scratch, &key, &id) : 0;
    if (outcome != 0)
        return outcome;
    t->at[0].known = true;
    if (t->n && strcmp(key, c->keys[0]) == 0)
        return slices_value(&o->by[0], (uint32_t)t->n, &t->at[0].value) ? 0 : STORAGE_E_CORRUPT;
    t->n = 0; /* the row has another title now: the cursor stands between rows */
    return bisect_titles(rd, &o->by[0], c, &t->at[0].value);
}

/* ---- the orders ---- */

#define INCIDENTS(sort, by, descending, say, read)                                                           \
    {                                                                                                        \
        QUERY_INCIDENTS, sort, by, SLICES_ID, descending, 1, say, read                                       \
    }

static const struct slice_order orders[] = {
    INCIDENTS(SORT_MOST_AFFECTED, SLICES_SIZE, true, say_number, read_number),
    INCIDENTS(SORT_LEAST_AFFECTED, SLICES_SIZE, false, say_number, read_number),
    INCIDENTS(SORT_LAST_MODIFIED, SLICES_MODIFIED, true, say_time, read_time),
    INCIDENTS(SORT_MODIFIED, SLICES_MODIFIED, false, say_time, read_time),
    {QUERY_INCIDENTS, SORT_TITLE, SLICES_TITLE, NULL, false, 1, say_title, read_title},
    {QUERY_ORGANIZATIONS, SORT_MOST_INCIDENTS, OF_ORGANIZATIONS SLICES_INCIDENTS, OF_ORGANIZATIONS SLICES_ID,
     true, 1, say_number, read_number},
    {QUERY_ORGANIZATIONS, SORT_NEWEST, OF_ORGANIZATIONS SLICES_NEWEST, OF_ORGANIZATIONS SLICES_ID, true, 2,
     say_newest, read_newest},
};

static int read_id(struct storage_reader *rd, enum statement id, int64_t n, struct arena *mem,
                   const char **ret)
{
    _cleanup_row_ struct row r = row_run_of(rd, id, n, mem);
    int outcome = row_must_step(&r);
    if (outcome != 0)
        return outcome;
    *ret = row_must_text(&r);
    return row_end(&r);
}

static int sliced_key(struct storage_reader *rd, const struct order *o, uint32_t n, struct arena *mem,
                      struct cursor *ret)
{
    struct standing at[2];
    struct cursor c = {.n = o->made->n_keys + 1};
    bool incidents = o->made->list == QUERY_INCIDENTS;
    ordering_standing(o->parts, o->n_parts, n, at);
    int outcome = o->made->say(rd, n, at, mem, &c);
    if (outcome == 0)
        outcome = read_id(rd, incidents ? STMT_INCIDENT_ID : STMT_ORG_ID, n, mem, &c.keys[c.n - 1]);
    if (outcome == 0)
        *ret = c;
    return outcome;
}

/* Where the id of C stands among ids, and its row if it is there. */
static int read_target_id(struct storage_reader *rd, const struct order *o, const char *id, struct target *t)
{
    bool incidents = o->made->list == QUERY_INCIDENTS;
    int64_t n;
    int outcome = row_lookup(rd, incidents ? STMT_INCIDENT_NUMBER : STMT_ORG_NUMBER, id, &n);
    t->n = outcome == 0 ? n : 0;
    if (outcome == STORAGE_E_NOT_FOUND)
        outcome = row_lookup(rd, incidents ? STMT_INCIDENT_NEXT : STMT_ORG_NEXT, id, &n);
    t->at[1].known = true;
    if (outcome == STORAGE_E_NOT_FOUND) { /* after all of them */
        t->at[1].value = INT64_MAX;
        return 0;
    }
    if (outcome == 0 && o->n_parts == 2 && !slices_value(&o->by[1], (uint32_t)n, &t->at[1].value))
        outcome = STORAGE_E_CORRUPT;
    return outcome;
}

static int sliced_rank(struct storage_reader *rd, const struct order *o, const struct rowset *s,
                       const struct cursor *c, bool past, size_t *ret)
{
    struct target t = {0};
    struct standing own[2];
    if (c->n != o->made->n_keys + 1)
        return STORAGE_E_CORRUPT; /* query_parse lets no such cursor through */
    int outcome = read_target_id(rd, o, c->keys[c->n - 1], &t);
    if (outcome == 0)
        outcome = o->made->read(rd, o, c, &t);
    if (outcome != 0)
        return outcome;
    const struct rowset *before = ordering_before(o->parts, o->n_parts, s, t.at, rd->scratch);
    if (!before)
        return -ENOMEM;
    size_t rank = rowset_count(before);
    if (past && t.n && rowset_has(s, (uint32_t)t.n)) {
        ordering_standing(o->parts, o->n_parts, (uint32_t)t.n, own);
        rank += ordering_compare(o->parts, o->n_parts, own, t.at) == 0;
    }
    *ret = rank;
    return 0;
}

/* A row of a page with what it is sorted by. */
struct place {
    uint32_t n;
    struct standing at[2];
};

static int compare_places(const void *a, const void *b, void *order)
{
    const struct place *x = a, *y = b;
    const struct order *o = order;
    return ordering_compare(o->parts, o->n_parts, x->at, y->at);
}

/* A page holds few rows: putting each in its place costs less than asking for them. A walk takes more. */
static void sort_rows(const struct order *o, struct place *rows, size_t n)
{
    if (n > LIMIT_PAGE_MOST) {
        qsort_r(rows, n, sizeof *rows, compare_places, (void *)o);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        struct place x = rows[i];
        size_t at = i;
        for (; at > 0 && ordering_compare(o->parts, o->n_parts, x.at, rows[at - 1].at) < 0; at--)
            rows[at] = rows[at - 1];
        rows[at] = x;
    }
}

static int sliced_select(struct storage_reader *rd, const struct order *o, const struct rowset *s,
                         size_t start, size_t n, uint32_t *ret)
{
    if (start) /* the page is what is left when those before it are gone */
        s = rowset_subtract(s, ordering_first(o->parts, o->n_parts, s, start, false, rd->scratch),
                            rd->scratch);
    s = ordering_first(o->parts, o->n_parts, s, n, false, rd->scratch);
    struct place *rows = arena_array(rd->scratch, n, sizeof *rows);
    if (!s || !rows)
        return -ENOMEM;
    if (rowset_select(s, 0, n, ret) != n || rowset_count(s) != n)
        return STORAGE_E_CORRUPT; /* numbers that do not tell rows apart */
    for (size_t i = 0; i < n; i++) {
        rows[i].n = ret[i];
        ordering_standing(o->parts, o->n_parts, ret[i], rows[i].at);
    }
    sort_rows(o, rows, n);
    for (size_t i = 0; i < n; i++)
        ret[i] = rows[i].n;
    return 0;
}

static const struct order_way sliced = {sliced_rank, sliced_select, sliced_key};

static const struct slice_order *find_order(const struct query *q)
{
    enum query_list list = q->list == QUERY_DEALERS ? QUERY_ORGANIZATIONS : q->list;
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (orders[i].list == list && orders[i].sort == q->sort)
            return &orders[i];
    return NULL;
}

/* Sizes in another unit than the one asked for count as none. */
static int restrict_unit(struct storage_reader *rd, const struct query *q, struct slices *size)
{
    const struct rowset *of_unit;
    if (q->unit == QUERY_ANY_UNIT)
        return 0;
    int outcome = set_get(rd, SET_UNIT, vocab_id(&vocab_unit, (unsigned)q->unit), &of_unit);
    return outcome == 0 ? filter_made(rowset_intersect(size->known, of_unit, rd->scratch), &size->known)
                        : outcome;
}

int order_of_slices(struct storage_reader *rd, const struct query *q, struct order *ret)
{
    const struct slice_order *made = find_order(q);
    if (!made) { /* an order of another list, or one that needs a text where there is none */
        ret->sort = q->list == QUERY_INCIDENTS || q->list == QUERY_TIMELINE ? SORT_NEWEST : SORT_NAME;
        return 0;
    }
    int outcome = slices_get(rd, made->by, &ret->by[0]);
    if (outcome == 0 && made->then)
        outcome = slices_get(rd, made->then, &ret->by[1]);
    if (outcome == 0 && strcmp(made->by, SLICES_SIZE) == 0)
        outcome = restrict_unit(rd, q, &ret->by[0]);
    ret->way = &sliced;
    ret->made = made;
    ret->n_parts = made->then ? 2 : 1;
    ret->parts[0] = (struct ordering){&ret->by[0], made->descending};
    ret->parts[1] = (struct ordering){&ret->by[1], false};
    return outcome;
}
