/* SPDX-License-Identifier: MIT */
/*
 * What the page of a list offers to go on with: other orders, and, where nothing is found, how much there is without each of
 * its filters.
 */
#include "load.h"
#include "query/narrow.h"
#include "storage/storage.h"
#include "util/limits.h"

#include <errno.h>
#include <string.h>

/* --- orders --- */

/* The orders that pages offer, in the order of the offer; others are shown while they are in force. */
static const struct {
    enum sort sort;
    const char *label;
    const char *label_of_orgs; /* NULL: the same */
    bool offered;
} orders[] = {
    {SORT_RELEVANCE, "best match", NULL, true},
    {SORT_NAME, "name", NULL, true},
    {SORT_MOST_INCIDENTS, "most incidents", NULL, true},
    {SORT_NEWEST, "newest", "latest incident", true},
    {SORT_DATE, "oldest", NULL, true},
    {SORT_MOST_AFFECTED, "most affected", NULL, true},
    {SORT_LEAST_AFFECTED, "least affected", NULL, false},
    {SORT_LAST_MODIFIED, "last changed", NULL, true},
    {SORT_MODIFIED, "first changed", NULL, false},
    {SORT_TITLE, "title", NULL, true},
};
#define N_ORDERS (sizeof orders / sizeof *orders)

static bool is_offered(const struct query *q, size_t i)
{
    enum sort s = orders[i].sort;
    return sort_is_of(q->list, s) && (orders[i].offered || q->sort == s) &&
           (s != SORT_RELEVANCE || q->filters[FILTER_TEXT].n);
}

static const char *label_of(const struct query *q, size_t i)
{
    bool orgs = q->list == QUERY_DEALERS || q->list == QUERY_ORGANIZATIONS;
    return orgs && orders[i].label_of_orgs ? orders[i].label_of_orgs : orders[i].label;
}

int offer_orders(const struct load *l, enum sort in_force, struct list_info *ret)
{
    struct order_choice *choices = arena_array(l->mem, N_ORDERS, sizeof *choices);
    size_t n = 0;
    if (!choices)
        return -ENOMEM;
    for (size_t i = 0; i < N_ORDERS; i++) {
        if (!is_offered(&l->q, i))
            continue;
        choices[n].label = label_of(&l->q, i);
        choices[n].chosen = orders[i].sort == in_force;
        if (!(choices[n++].url = link_sorted(l, orders[i].sort)))
            return -ENOMEM;
    }
    ret->orders = choices;
    ret->n_orders = n > 1 ? n : 0;
    return 0;
}

/* --- advice --- */

static int count(const struct load *l, struct query *q, size_t *ret)
{
    struct incident_page incidents = {0};
    struct org_page orgs = {0};
    struct event_page events = {0};
    int r = -EINVAL;
    if (q->list == QUERY_STATISTICS)
        *q = query_counted(q);
    q->limit = 1;
    q->full = false;
    if (q->list == QUERY_INCIDENTS)
        r = storage_list_incidents(l->rd, q, ROWS_AS_MODEL, l->mem, &incidents);
    else if (q->list == QUERY_TIMELINE)
        r = storage_list_events(l->rd, q, l->mem, &events);
    else if (q->list == QUERY_DEALERS || q->list == QUERY_ORGANIZATIONS)
        r = storage_list_organizations(l->rd, q, l->mem, &orgs);
    *ret = incidents.page.total + orgs.page.total + events.page.total; /* two of them are none */
    return r;
}

/* What LIST would have without one of its filters. */
static int count_without(const struct load *l, const struct active_filter *f, size_t *ret)
{
    struct query q = l->q;
    enum filter filter = 0;
    while (strcmp(filter_name(filter), f->name) != 0)
        filter++;
    int r = narrow_remove(&q, filter, f->value, l->mem);
    return r == 0 ? count(l, &q, ret) : r;
}

int offer_without(const struct load *l, struct list_info *ret)
{
    size_t n = ret->n_filters < LIMIT_TRIED ? ret->n_filters : LIMIT_TRIED;
    size_t *without = arena_array(l->mem, n, sizeof *without);
    int r = without ? 0 : -ENOMEM;
    for (size_t i = 0; i < n && r == 0; i++)
        r = count_without(l, &ret->filters[i], &without[i]);
    ret->without = without;
    ret->n_without = n;
    return r;
}
