/* SPDX-License-Identifier: MIT */
/* The orders that the page of a list offers. */
#include "load.h"

#include <errno.h>

/* The orders that pages offer, in the order of the offer; others are shown while they are in force. */
static const struct {
    enum sort sort;
    bool offered;
    const char *label;
    const char *label_of_orgs; /* NULL: the same */
} orders[] = {
    {SORT_RELEVANCE, true, "best match", NULL},
    {SORT_NAME, true, "name", NULL},
    {SORT_MOST_INCIDENTS, true, "most incidents", NULL},
    {SORT_NEWEST, true, "newest", "latest incident"},
    {SORT_DATE, true, "oldest", NULL},
    {SORT_MOST_AFFECTED, true, "most affected", NULL},
    {SORT_LEAST_AFFECTED, false, "least affected", NULL},
    {SORT_LAST_MODIFIED, true, "last changed", NULL},
    {SORT_MODIFIED, false, "first changed", NULL},
    {SORT_TITLE, true, "title", NULL},
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

int orders_of_list(const struct load *l, enum sort in_force, struct list_info *ret)
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
