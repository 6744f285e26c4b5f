/* SPDX-License-Identifier: MIT */
/*
 * Pages of lists. Row numbers are the default order, so a cursor's place is found by bisecting the numbers by
 * sort key, and a page is a selection from the set that the filters leave. Totals and the flags are exact.
 */
#include "storage/sqlite_filter.h"

#include <errno.h>
#include <string.h>

/* The order of a list: the statement that reads the sort key of a number, and how its parts compare. */
struct order {
    enum statement key;
    size_t n_keys;
    struct {
        bool descending, decimal; /* by bytes, or as digits without leading zeros */
    } keys[CURSOR_KEYS];
};

static const struct order by_date = {STMT_INCIDENT_KEY, 3, {{.descending = true}, {.descending = true}, {0}}};
static const struct order by_name = {STMT_ORG_KEY, 2, {{0}, {0}}};
static const struct order by_event = {STMT_EVENT_KEY,
                                      4,
                                      {{.descending = true},
                                       {.descending = true},
                                       {.descending = true},
                                       {.descending = true, .decimal = true}}};

/* The sort key of row N, as a cursor. */
static int load_key(struct storage_reader *rd, const struct order *o, uint64_t n, struct arena *mem,
                    struct cursor *ret)
{
    _cleanup_row_ struct row r = row_run_of(rd, o->key, (int64_t)n, mem);
    int outcome = row_must_step(&r);
    if (outcome != 0)
        return outcome;
    struct cursor c = {.n = o->n_keys};
    for (size_t i = 0; i < o->n_keys; i++)
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

/* Below 0: A stands before B in the list. Missing parts compare as empty. */
static int compare_keys(const struct order *o, const struct cursor *a, const struct cursor *b)
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

/* The first number whose key does not stand before C (PAST: stands after C); MOST + 1 when there is none. The
 * row of C itself may be gone: a catalogue was swapped. */
static int find_place(struct storage_reader *rd, const struct order *o, const struct cursor *c, bool past,
                      size_t most, struct arena *mem, uint64_t *ret)
{
    uint64_t low = 1, high = most + 1;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        struct cursor key;
        int outcome = load_key(rd, o, middle, mem, &key);
        if (outcome != 0)
            return outcome;
        int d = compare_keys(o, &key, c);
        if (d < 0 || (past && d == 0))
            low = middle + 1;
        else
            high = middle;
    }
    *ret = low;
    return 0;
}

/* Which rows a page holds. */
struct selection {
    uint32_t *numbers;
    size_t n;
    struct page_info page;
};

/* How many members of S stand before the page. */
static int find_start(struct storage_reader *rd, const struct order *o, const struct query *q,
                      const struct rowset *s, size_t most, struct arena *mem, size_t *ret_start,
                      size_t *ret_end)
{
    size_t total = rowset_count(s), start = 0, end = total;
    uint64_t place;
    if (q->after.n || q->before.n) {
        int outcome =
            find_place(rd, o, q->after.n ? &q->after : &q->before, q->after.n != 0, most, mem, &place);
        if (outcome != 0)
            return outcome;
        if (q->after.n)
            start = rowset_rank(s, (uint32_t)place);
        else
            end = rowset_rank(s, (uint32_t)place);
    }
    if (q->before.n)
        start = end > q->limit ? end - q->limit : 0;
    else if (end - start > q->limit)
        end = start + q->limit;
    *ret_start = start;
    *ret_end = end;
    return 0;
}

static int select_page(struct storage_reader *rd, const struct order *o, const struct query *q,
                       const struct rowset *s, size_t most, struct arena *mem, struct selection *ret)
{
    size_t start, end;
    int outcome = find_start(rd, o, q, s, most, mem, &start, &end);
    if (outcome != 0)
        return outcome;
    struct selection x = {.page.total = rowset_count(s)};
    outcome = select_rows(s, start, end - start, mem, &x.numbers, &x.n);
    if (outcome != 0)
        return outcome;
    x.page.has_prev = start > 0;
    x.page.has_next = end < x.page.total;
    if (x.n) {
        outcome = load_key(rd, o, x.numbers[0], mem, &x.page.first);
        if (outcome == 0)
            outcome = load_key(rd, o, x.numbers[x.n - 1], mem, &x.page.last);
    }
    if (outcome == 0)
        *ret = x;
    return outcome;
}

static void read_via(struct row *r, void *item)
{
    struct via *x = item;
    x->id = row_text(r);
    x->name = row_text(r);
    x->relation = (enum org_relation)row_word(r, &vocab_org_relation);
}

/* Through whom incident N reaches the organisations of a query with reach; those that it names itself add nothing. */
static int load_via(struct storage_reader *rd, const struct filter_values *ids, int64_t n, struct arena *mem,
                    struct incident_row *row)
{
    struct via *all = arena_array(mem, ids->n, sizeof *all);
    int outcome = all ? 0 : -ENOMEM;
    row->has_via = true;
    row->via = all;
    for (size_t i = 0; i < ids->n && outcome == 0; i++) {
        _cleanup_row_ struct row r = row_run_of(rd, STMT_VIA, n, mem);
        struct via *found = NULL;
        size_t n_found = 0;
        row_bind_text(&r, ":value", ids->values[i]);
        outcome = row_all(&r, sizeof *found, read_via, &found, &n_found);
        if (outcome == 0 && n_found)
            all[row->n_via++] = found[0];
    }
    return outcome;
}

int storage_list_incidents(struct storage_reader *rd, const struct query *q, struct arena *mem,
                           struct incident_page *ret)
{
    reader_begin(rd);
    const struct rowset *s;
    struct selection x;
    int outcome = filter_incidents(rd, q, &s);
    if (outcome == 0)
        outcome = select_page(rd, &by_date, q, s, rd->owner->all_incidents, mem, &x);
    if (outcome != 0)
        return outcome;
    struct incident_row *rows;
    outcome = load_incident_rows(rd, x.numbers, x.n, mem, &rows);
    for (size_t i = 0; i < x.n && outcome == 0 && q->filters[FILTER_REACH].n; i++)
        outcome = load_via(rd, &q->filters[FILTER_ORGANIZATION], (int64_t)x.numbers[i], mem, &rows[i]);
    if (outcome == 0)
        *ret = (struct incident_page){.rows = rows, .n = x.n, .page = x.page};
    return outcome;
}

int storage_list_organizations(struct storage_reader *rd, const struct query *q, struct arena *mem,
                               struct org_page *ret)
{
    reader_begin(rd);
    const struct rowset *s;
    struct selection x;
    int outcome = filter_organizations(rd, q, &s);
    if (outcome == 0)
        outcome = select_page(rd, &by_name, q, s, rd->owner->info.organizations, mem, &x);
    struct org_row *rows;
    if (outcome == 0)
        outcome = load_org_rows(rd, x.numbers, x.n, mem, &rows);
    if (outcome == 0)
        *ret = (struct org_page){.rows = rows, .n = x.n, .page = x.page};
    return outcome;
}

static int load_event_item(struct storage_reader *rd, int64_t n, struct arena *mem, struct timeline_item *ret)
{
    _cleanup_row_ struct row r = row_run_of(rd, STMT_EVENT_ROW, n, mem);
    int outcome = row_must_step(&r);
    if (outcome != 0)
        return outcome;
    struct timeline_item x = {0};
    read_event(&r, &x.event);
    x.incident.id = row_must_text(&r);
    x.incident.title = row_must_text(&r);
    x.incident.status = row_word(&r, &vocab_status);
    row_source(&r, &x.cited);
    x.has_cited = x.cited.n != 0;
    outcome = row_end(&r);
    if (outcome == 0)
        *ret = x;
    return outcome;
}

int storage_list_events(struct storage_reader *rd, const struct query *q, struct arena *mem,
                        struct event_page *ret)
{
    reader_begin(rd);
    const struct rowset *s;
    struct selection x;
    int outcome = filter_events(rd, q, &s);
    if (outcome == 0)
        outcome = select_page(rd, &by_event, q, s, rd->owner->info.events, mem, &x);
    if (outcome != 0)
        return outcome;
    struct timeline_item *items = arena_array(mem, x.n, sizeof *items);
    if (!items)
        return -ENOMEM;
    for (size_t i = 0; i < x.n && outcome == 0; i++)
        outcome = load_event_item(rd, (int64_t)x.numbers[i], mem, &items[i]);
    if (outcome == 0)
        *ret = (struct event_page){.items = items, .n = x.n, .page = x.page};
    return outcome;
}
