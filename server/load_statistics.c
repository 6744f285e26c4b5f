/* SPDX-License-Identifier: MIT */
/* Statistics, and where from each of its groups a list of just these incidents is. */
#include "loaders.h"

#include "query/narrow.h"
#include "storage/storage.h"

#include <errno.h>
#include <string.h>

/* In the order in which they are offered: what is asked most comes first. */
static const enum facet offered[] = {
    FACET_YEAR,       FACET_COUNTRY, FACET_SECTOR,   FACET_PARTY_KIND, FACET_ACTION,
    FACET_DATA_CLASS, FACET_STATUS,  FACET_EXPOSURE, FACET_DATASET,
};
#define N_OFFERED (sizeof offered / sizeof *offered)

/* Whether group VALUE has the incidents for which a filter has WANTED: a sector those of the sectors within it. */
static bool is_within(enum filter f, const char *value, const char *wanted)
{
    return f == FILTER_SECTOR ? strncmp(wanted, value, strlen(value)) == 0 : strcmp(wanted, value) == 0;
}

/*
 * Sets the grouping's filter of Q to what finds group VALUE: the value, or as much of it as the filter already wants. False:
 * the filter wants other values, which are in the group only because incidents can have several; no list asks for both.
 * -ENOMEM stands apart.
 */
static int narrow_to_group(const struct load *l, struct query *q, const char *value, bool *ret)
{
    enum filter f = facet_filter(q->by);
    const struct filter_values *have = &q->filters[f];
    const char **values = arena_array(l->mem, have->n + 1, sizeof *values);
    size_t n = 0;
    if (!values)
        return -ENOMEM;
    for (size_t i = 0; i < have->n; i++)
        if (is_within(f, value, have->values[i]))
            values[n++] = have->values[i];
    if (!have->n)
        values[n++] = value;
    narrow_set(q, f, (struct filter_values){values, n});
    *ret = n > 0;
    return 0;
}

static int fill_group(const struct load *l, const struct statistics_group *g, struct view_group *ret)
{
    struct query q = query_counted(&l->q);
    bool is_list;
    int r = narrow_to_group(l, &q, g->value ? g->value : QUERY_NONE, &is_list);
    if (r != 0)
        return r;
    ret->counts = g;
    ret->label = facet_label(q.by, g->value, g->name);
    ret->url = is_list ? link_asking(l, "/incidents", &q) : NULL;
    return is_list && !ret->url ? -ENOMEM : 0;
}

static int fill_groups(const struct load *l, const struct statistics *s, struct view *v)
{
    struct view_group *groups = arena_array(l->mem, s->n, sizeof *groups);
    struct query all = query_counted(&l->q);
    int r = groups && (v->statistics.list = link_asking(l, "/incidents", &all)) ? 0 : -ENOMEM;
    for (size_t i = 0; i < s->n && r == 0; i++)
        r = fill_group(l, &s->groups[i], &groups[i]);
    v->statistics.groups = groups;
    return r;
}

static int fill_groupings(const struct load *l, struct view *v)
{
    struct view_grouping *groupings = arena_array(l->mem, N_OFFERED, sizeof *groupings);
    if (!groupings)
        return -ENOMEM;
    for (size_t i = 0; i < N_OFFERED; i++) {
        struct query q = l->q;
        q.by = groupings[i].by = offered[i];
        if (!(groupings[i].url = link_asking(l, l->stem, &q)))
            return -ENOMEM;
    }
    v->statistics.groupings = groupings;
    v->statistics.n_groupings = N_OFFERED;
    return 0;
}

/* What a list says of itself, but that groups are no rows, and that the grouping stays when filters go. */
static int fill_info(struct load *l, size_t n, struct list_info *ret)
{
    struct query unfiltered = query_default(QUERY_STATISTICS);
    int r = link_list(l, &(struct page_info){.total = n, .sort = l->q.sort}, ret);
    l->is_list = false;
    l->first = NULL;
    ret->sort = NULL;
    unfiltered.by = l->q.by;
    ret->by = vocab_id(&vocab_facet, l->q.by);
    if (r == 0 && !(ret->clear = link_asking(l, l->stem, &unfiltered)))
        r = -ENOMEM;
    return r;
}

int load_statistics(struct load *l, struct view *ret)
{
    struct statistics *s = arena_alloc(l->mem, sizeof *s);
    int r = s ? storage_count_statistics(l->rd, &l->q, l->mem, s) : -ENOMEM;
    if (r != 0)
        return r;
    *ret = (struct view){.kind = VIEW_STATISTICS, .statistics = {.counts = s}};
    r = fill_groups(l, s, ret);
    if (r == 0)
        r = fill_groupings(l, ret);
    if (r == 0)
        r = fill_info(l, s->all.incidents, &ret->statistics.info);
    return r;
}
