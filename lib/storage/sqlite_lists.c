/* SPDX-License-Identifier: MIT */
/*
 * Pages of lists: the rows that an order (sqlite_order.h) selects from the set that the filters leave.
 */
#include "storage/sqlite_order.h"

#include <errno.h>
#include <string.h>

static void read_via(struct row *r, void *item)
{
    struct via *x = item;
    x->id = row_text(r);
    x->name = row_text(r);
    x->relation = (enum org_relation)row_word(r, &vocab_org_relation);
}

/* Of a row of a list with reach: through whom it is reached. */
struct vias {
    bool has;
    struct via *list;
    size_t n;
};

/* Through whom incident N reaches the organisations of a query with reach; those that it names itself add nothing. */
static int load_via(struct storage_reader *rd, const struct query *q, int64_t n, struct arena *mem,
                    struct vias *ret)
{
    const struct filter_values *ids = &q->filters[FILTER_ORGANIZATION];
    const struct filter_values *reach = &q->filters[FILTER_REACH];
    *ret = (struct vias){.has = reach->n != 0};
    if (!ret->has)
        return 0;
    ret->list = arena_array(mem, ids->n, sizeof *ret->list);
    int outcome = ret->list ? 0 : -ENOMEM;
    for (size_t i = 0; i < ids->n && outcome == 0; i++) {
        _cleanup_row_ struct row r = row_run_of(rd, STMT_VIA, n, mem);
        struct via *found = NULL;
        size_t n_found = 0;
        row_bind_text(&r, ":value", ids->values[i]);
        row_bind_number(&r, ":inherited", filter_has(reach, vocab_id(&vocab_reach, REACH_OF_ALL)));
        outcome = row_all(&r, sizeof *found, read_via, &found, &n_found);
        if (outcome == 0 && n_found)
            ret->list[ret->n++] = found[0];
    }
    return outcome;
}

static void put_via(const struct vias *via, struct incident_row *x)
{
    x->has_via = via->has;
    x->via = via->list;
    x->n_via = via->n;
}

/* Each loads incident N as the item I of its form. */
static int load_row(struct storage_reader *rd, int64_t n, const struct vias *via, size_t i, struct arena *mem,
                    struct incident_page *page)
{
    int outcome = load_incident_row(rd, n, mem, &page->rows[i]);
    put_via(via, &page->rows[i]);
    return outcome;
}

static int load_whole(struct storage_reader *rd, int64_t n, const struct vias *via, size_t i,
                      struct arena *mem, struct incident_page *page)
{
    int outcome = load_whole_incident(rd, n, mem, &page->whole[i]);
    put_via(via, &page->whole[i].row);
    return outcome;
}

static int load_json(struct storage_reader *rd, int64_t n, const struct vias *via, size_t i,
                     struct arena *mem, struct incident_page *page)
{
    struct json_row *x = &page->json[i];
    *x = (struct json_row){.has_via = via->has, .via = via->list, .n_via = via->n};
    return rendered_row(rd, n, mem, &x->text, &x->size);
}

int load_incident_page(struct storage_reader *rd, const struct query *q, enum row_form form,
                       const struct selection *x, struct arena *mem, struct incident_page *ret)
{
    static int (*const loaders[])(struct storage_reader * rd, int64_t n, const struct vias *via, size_t i,
                                  struct arena *mem, struct incident_page *page) = {
        [ROWS_AS_MODEL] = load_row, [ROWS_AS_JSON] = load_json, [ROWS_WHOLE] = load_whole};
    struct incident_page page = {.n = x->n, .page = x->page};
    if (form == ROWS_AS_MODEL)
        page.rows = arena_array(mem, x->n, sizeof *page.rows);
    else if (form == ROWS_AS_JSON)
        page.json = arena_array(mem, x->n, sizeof *page.json);
    else
        page.whole = arena_array(mem, x->n, sizeof *page.whole);
    int outcome = page.rows || page.json || page.whole ? 0 : -ENOMEM;
    for (size_t i = 0; i < x->n && outcome == 0; i++) {
        struct vias via;
        outcome = load_via(rd, q, x->numbers[i], mem, &via);
        if (outcome == 0)
            outcome = loaders[form](rd, x->numbers[i], &via, i, mem, &page);
    }
    if (outcome == 0)
        *ret = page;
    return outcome;
}

/* Starts the question, and sees which rows answer it. */
static int select_listed(struct storage_reader *rd, const struct query *q, filter_fn filter,
                         struct arena *mem, struct selection *ret)
{
    const struct rowset *s;
    struct order o;
    reader_begin(rd);
    if (q->walk)
        return walk_on(rd, q, filter, mem, ret);
    int outcome = filter(rd, q, &s);
    if (outcome == 0)
        outcome = order_of(rd, q, s, &o);
    return outcome == 0 ? select_page(rd, q, &o, s, mem, ret) : outcome;
}

/* Whether a page holds the first of the rows that the filters leave, by row number. */
static bool takes_head(const struct query *q)
{
    return q->sort == SORT_NEWEST && !q->after.n && !q->before.n && !q->walk;
}

int storage_list_incidents(struct storage_reader *rd, const struct query *q, enum row_form form,
                           struct arena *mem, struct incident_page *ret)
{
    struct selection x;
    int outcome = select_listed(rd, q, takes_head(q) ? filter_incidents_head : filter_incidents, mem, &x);
    return outcome == 0 ? load_incident_page(rd, q, form, &x, mem, ret) : outcome;
}

int storage_list_organizations(struct storage_reader *rd, const struct query *q, struct arena *mem,
                               struct org_page *ret)
{
    struct selection x;
    int outcome = select_listed(rd, q, filter_organizations, mem, &x);
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
    x.modified = row_must_text(&r);
    row_source(&r, &x.cited);
    x.has_cited = x.cited.n != 0;
    outcome = row_end(&r);
    if (outcome == 0)
        *ret = x;
    return outcome;
}

int load_event_items(struct storage_reader *rd, const uint32_t *numbers, size_t n, struct arena *mem,
                     struct timeline_item **ret)
{
    struct timeline_item *items = arena_array(mem, n, sizeof *items);
    int outcome = items ? 0 : -ENOMEM;
    for (size_t i = 0; i < n && outcome == 0; i++)
        outcome = load_event_item(rd, (int64_t)numbers[i], mem, &items[i]);
    if (outcome == 0)
        *ret = items;
    return outcome;
}

int storage_list_events(struct storage_reader *rd, const struct query *q, struct arena *mem,
                        struct event_page *ret)
{
    struct selection x;
    int outcome = select_listed(rd, q, filter_events, mem, &x);
    struct timeline_item *items;
    if (outcome == 0)
        outcome = load_event_items(rd, x.numbers, x.n, mem, &items);
    if (outcome == 0)
        *ret = (struct event_page){.items = items, .n = x.n, .page = x.page};
    return outcome;
}
