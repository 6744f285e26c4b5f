/* SPDX-License-Identifier: MIT */
/*
 * Row numbers as an order, forwards and backwards: a cursor's place is that of the row of its id, or, where a new
 * catalogue has the row no longer or elsewhere, found by bisecting the numbers by sort key.
 */
#include "storage/sqlite_order.h"

#include <errno.h>
#include <string.h>

/* What row numbers follow: the statement that reads a number's sort key, and how its parts compare. */
struct row_order {
    enum statement key, number; /* number: of the id that ends a key; STMT_NONE where a key has none */
    size_t n_keys;
    struct {
        bool descending, decimal; /* by bytes, or as digits without leading zeros */
    } keys[CURSOR_KEYS];
};

#define STMT_NONE _STMT_N

static const struct row_order incident_order = {
    STMT_INCIDENT_KEY, STMT_INCIDENT_NUMBER, 3, {{.descending = true}, {.descending = true}, {0}}};
static const struct row_order org_order = {STMT_ORG_KEY, STMT_ORG_NUMBER, 2, {{0}, {0}}};
static const struct row_order event_order = {STMT_EVENT_KEY,
                                             STMT_NONE,
                                             4,
                                             {{.descending = true},
                                              {.descending = true},
                                              {.descending = true},
                                              {.descending = true, .decimal = true}}};

static int row_key(struct storage_reader *rd, const struct order *o, uint32_t n, struct arena *mem,
                   struct cursor *ret)
{
    _cleanup_row_ struct row r = row_run_of(rd, o->rows->key, n, mem);
    int outcome = row_must_step(&r);
    if (outcome != 0)
        return outcome;
    struct cursor c = {.n = o->rows->n_keys};
    for (size_t i = 0; i < c.n; i++)
        c.keys[i] = row_must_text(&r);
    outcome = row_end(&r);
    if (outcome == 0)
        *ret = c;
    return outcome;
}

static int compare_decimal(const char *a, const char *b)
{
    size_t digits_a = strlen(a), digits_b = strlen(b);
    if (digits_a != digits_b)
        return digits_a < digits_b ? -1 : 1;
    return strcmp(a, b);
}

/* Below 0: A stands before B by row number. Missing parts compare as empty. */
static int compare_keys(const struct row_order *o, const struct cursor *a, const struct cursor *b)
{
    for (size_t i = 0; i < o->n_keys; i++) {
        const char *key_a = i < a->n && a->keys[i] ? a->keys[i] : "";
        const char *key_b = i < b->n && b->keys[i] ? b->keys[i] : "";
        int d = o->keys[i].decimal ? compare_decimal(key_a, key_b) : strcmp(key_a, key_b);
        if (d != 0)
            return o->keys[i].descending ? -d : d;
    }
    return 0;
}

/* The first number from LOW to HIGH (not among them) whose key does not stand before C; HIGH when there is none. */
static int bisect(struct storage_reader *rd, const struct order *o, const struct cursor *c, uint32_t low,
                  uint32_t high, uint32_t *ret)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        struct cursor key;
        int outcome = row_key(rd, o, middle, rd->scratch, &key);
        if (outcome != 0)
            return outcome;
        if (compare_keys(o->rows, &key, c) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *ret = low;
    return 0;
}

static uint32_t rows_of(const struct storage_reader *rd, const struct row_order *rows)
{
    const struct storage *st = rd->owner;
    return (uint32_t)(rows == &incident_order ? st->all_incidents
                      : rows == &org_order    ? st->info.organizations
                                              : st->info.events);
}

/* The number at which C stands: that of its row (*RET_THERE), or of the next one. */
static int find_place(struct storage_reader *rd, const struct order *o, const struct cursor *c, uint32_t *ret,
                      bool *ret_there)
{
    struct cursor key;
    int64_t n;
    int outcome = STORAGE_E_NOT_FOUND;
    if (o->rows->number != STMT_NONE && c->n == o->rows->n_keys)
        outcome = row_lookup(rd, o->rows->number, c->keys[c->n - 1], &n);
    if (outcome == 0)
        outcome = row_key(rd, o, (uint32_t)n, rd->scratch, &key);
    if (outcome == 0 && compare_keys(o->rows, &key, c) == 0) {
        *ret = (uint32_t)n;
        *ret_there = true;
        return 0;
    }
    if (outcome != 0 && outcome != STORAGE_E_NOT_FOUND)
        return outcome;
    uint32_t most = rows_of(rd, o->rows);
    outcome = bisect(rd, o, c, 1, most + 1, ret);
    *ret_there = false;
    if (outcome == 0 && *ret <= most) {
        outcome = row_key(rd, o, *ret, rd->scratch, &key);
        *ret_there = outcome == 0 && compare_keys(o->rows, &key, c) == 0;
    }
    return outcome;
}

static int forward_rank(struct storage_reader *rd, const struct order *o, const struct rowset *s,
                        const struct cursor *c, bool past, size_t *ret)
{
    uint32_t place;
    bool there;
    int outcome = find_place(rd, o, c, &place, &there);
    if (outcome == 0)
        *ret = rowset_rank(s, place + (past && there));
    return outcome;
}

static int forward_select(struct storage_reader *rd, const struct order *o, const struct rowset *s,
                          size_t start, size_t n, uint32_t *ret)
{
    (void)rd;
    (void)o;
    rowset_select(s, start, n, ret);
    return 0;
}

static const struct order_way forward = {forward_rank, forward_select, row_key};

/* Backwards among rows with a date; those without stand after them as they did. */
static int backward_rank(struct storage_reader *rd, const struct order *o, const struct rowset *s,
                         const struct cursor *c, bool past, size_t *ret)
{
    const struct rowset *dated = rowset_intersect(s, o->known, rd->scratch);
    const struct rowset *undated = rowset_subtract(s, o->known, rd->scratch);
    uint32_t place;
    bool there;
    int outcome = dated && undated ? find_place(rd, o, c, &place, &there) : -ENOMEM;
    if (outcome != 0)
        return outcome;
    if (c->n && c->keys[0][0])
        *ret = rowset_count(dated) - rowset_rank(dated, place + (!past && there));
    else
        *ret = rowset_count(dated) + rowset_rank(undated, place + (past && there));
    return 0;
}

static void reverse(uint32_t *numbers, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        uint32_t x = numbers[i];
        numbers[i] = numbers[n - 1 - i];
        numbers[n - 1 - i] = x;
    }
}

static int backward_select(struct storage_reader *rd, const struct order *o, const struct rowset *s,
                           size_t start, size_t n, uint32_t *ret)
{
    const struct rowset *dated = rowset_intersect(s, o->known, rd->scratch);
    const struct rowset *undated = rowset_subtract(s, o->known, rd->scratch);
    if (!dated || !undated)
        return -ENOMEM;
    size_t with = rowset_count(dated), head = start >= with ? 0 : with - start < n ? with - start : n;
    if (head)
        rowset_select(dated, with - start - head, head, ret);
    reverse(ret, head);
    rowset_select(undated, start + head - with, n - head, ret + head);
    return 0;
}

static const struct order_way backward = {backward_rank, backward_select, row_key};

int order_of(struct storage_reader *rd, const struct query *q, const struct rowset *s, struct order *ret)
{
    bool events = q->list == QUERY_TIMELINE;
    *ret = (struct order){.sort = q->sort, .way = &forward};
    ret->rows = events ? &event_order : q->list == QUERY_INCIDENTS ? &incident_order : &org_order;
    if (q->sort == SORT_DATE) {
        ret->way = &backward;
        return set_get(rd, events ? OF_EVENTS "date" : "date", DATE_KNOWN, &ret->known);
    }
    bool natural = ret->rows == &org_order ? q->sort == SORT_NAME : q->sort == SORT_NEWEST;
    int outcome = natural ? 0 : order_of_slices(rd, q, ret);
    if (outcome == 0 && q->sort == SORT_RELEVANCE)
        outcome = order_by_relevance(rd, q, s, ret);
    return outcome;
}

/* Which places the page takes: from *RET_START to *RET_END (not in it), of TOTAL. */
static int find_page(struct storage_reader *rd, const struct query *q, const struct order *o,
                     const struct rowset *s, size_t *ret_start, size_t *ret_end)
{
    size_t start = 0, end = rowset_count(s);
    int outcome = 0;
    if (q->after.n)
        outcome = o->way->rank(rd, o, s, &q->after, true, &start);
    else if (q->before.n)
        outcome = o->way->rank(rd, o, s, &q->before, false, &end);
    if (q->before.n && !q->after.n)
        start = end > q->limit ? end - q->limit : 0;
    else if (end - start > q->limit)
        end = start + q->limit;
    *ret_start = start;
    *ret_end = end;
    return outcome;
}

int select_page(struct storage_reader *rd, const struct query *q, const struct order *o,
                const struct rowset *s, struct arena *mem, struct selection *ret)
{
    size_t start, end;
    struct selection x = {.page = {.total = rowset_count(s), .sort = o->sort}};
    int outcome = find_page(rd, q, o, s, &start, &end);
    if (outcome != 0)
        return outcome;
    x.n = end - start;
    x.numbers = arena_array(mem, x.n, sizeof *x.numbers);
    if (!x.numbers)
        return -ENOMEM;
    x.page.has_prev = start > 0;
    x.page.has_next = end < x.page.total;
    if (x.n) {
        outcome = o->way->select(rd, o, s, start, x.n, x.numbers);
        if (outcome == 0)
            outcome = o->way->key(rd, o, x.numbers[0], mem, &x.page.first);
        if (outcome == 0)
            outcome = o->way->key(rd, o, x.numbers[x.n - 1], mem, &x.page.last);
    }
    if (outcome == 0)
        *ret = x;
    return outcome;
}
