/* SPDX-License-Identifier: MIT */
/*
 * Pages of lists: the rows that an order (sqlite_order.h) selects from the set that the filters leave.
 */
#include "storage/sqlite_order.h"

#include <errno.h>

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
    struct order o;
    struct selection x;
    int outcome = filter_incidents(rd, q, &s);
    if (outcome == 0)
        outcome = order_of(rd, q, &o);
    if (outcome == 0 && q->sort == SORT_RELEVANCE)
        outcome = order_by_relevance(rd, q, s, &o);
    if (outcome == 0)
        outcome = select_page(rd, q, &o, s, mem, &x);
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
    struct order o;
    struct selection x;
    int outcome = filter_organizations(rd, q, &s);
    if (outcome == 0)
        outcome = order_of(rd, q, &o);
    if (outcome == 0)
        outcome = select_page(rd, q, &o, s, mem, &x);
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
    struct order o;
    struct selection x;
    int outcome = filter_events(rd, q, &s);
    if (outcome == 0)
        outcome = order_of(rd, q, &o);
    if (outcome == 0)
        outcome = select_page(rd, q, &o, s, mem, &x);
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
