/* SPDX-License-Identifier: MIT */
/* What feeds and calendars are filled with. They are asked for by filters alone: order and amount are theirs. */
#include "load.h"
#include "storage/storage.h"
#include "util/limits.h"

#include <errno.h>
#include <string.h>

int feed_events(const struct load *l, struct event_page *ret)
{
    struct query q = l->q;
    q.limit = LIMIT_CALENDAR;
    return l->format == FORMAT_ATOM ? storage_list_changed_events(l->rd, &q, LIMIT_FEED, l->mem, ret)
                                    : storage_list_events(l->rd, &q, l->mem, ret);
}

static bool is_among(const struct dataset *list, size_t n, const char *id)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].id, id) == 0)
            return true;
    return false;
}

/* The datasets of rows, each once. */
static int load_datasets_of(const struct load *l, struct feed_rows *x)
{
    struct dataset *list = arena_array(l->mem, x->n, sizeof *list);
    size_t n = 0;
    int r = list ? 0 : -ENOMEM;
    for (size_t i = 0; i < x->n && r == 0; i++)
        if (!is_among(list, n, x->rows[i].dataset))
            r = storage_get_dataset(l->rd, x->rows[i].dataset, l->mem, &list[n++]);
    x->datasets = list;
    x->n_datasets = n;
    return r;
}

static int feed_incidents(const struct load *l, const struct query *q, struct page_info *ret_page,
                          struct feed_rows *ret)
{
    struct incident_page p;
    int r = storage_list_changed_incidents(l->rd, q, LIMIT_FEED, l->mem, &p);
    if (r != 0)
        return r;
    *ret_page = p.page;
    *ret = (struct feed_rows){.rows = p.rows, .n = p.n};
    return load_datasets_of(l, ret);
}

int feed_of_incidents(struct load *l, struct view *ret)
{
    struct page_info page;
    *ret = (struct view){.kind = VIEW_INCIDENTS};
    int r = feed_incidents(l, &l->q, &page, &ret->incidents.feed);
    return r == 0 ? link_list(l, &page, &ret->incidents.info) : r;
}

int feed_of_organization(struct load *l, const char *id, struct view *ret)
{
    struct page_info page;
    struct query q = query_default(QUERY_INCIDENTS);
    static const char *const all = "all";
    q.filters[FILTER_ORGANIZATION] = (struct filter_values){&id, 1};
    q.filters[FILTER_REACH] = (struct filter_values){&all, 1};
    return feed_incidents(l, &q, &page, &ret->organization.feed);
}
