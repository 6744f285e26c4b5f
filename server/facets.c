/* SPDX-License-Identifier: MIT */
/* Facets: what a list can be narrowed by, with counts and links. */
#include "load.h"
#include "query/narrow.h"
#include "storage/storage.h"
#include "util/limits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Those that tell most for what they cost: of actors and organisations there are too many. */
#define FACETS_OF_PAGES                                                                                      \
    (1u << FACET_YEAR | 1u << FACET_COUNTRY | 1u << FACET_STATUS | 1u << FACET_EXPOSURE |                    \
     1u << FACET_PARTY_KIND | 1u << FACET_DATA_CLASS | 1u << FACET_ACTION | 1u << FACET_SECTOR |             \
     1u << FACET_DATASET)

static int fill_choice(const struct load *l, enum facet f, const struct facet_value *v,
                       struct facet_choice *ret)
{
    enum filter filter = facet_filter(f);
    const char *value = v->value ? v->value : QUERY_NONE;
    bool chosen = narrow_has(&l->q, filter, value);
    *ret = (struct facet_choice){
        .value = v->value,
        .label = facet_label(f, v->value, v->name),
        .url = link_alone(l, filter, value),
        .toggle = chosen ? link_without(l, filter, value) : link_beside(l, filter, value),
        .counted = true,
        .chosen = chosen,
        .count = v->count,
    };
    return ret->url && ret->toggle ? 0 : -ENOMEM;
}

static bool is_counted(const struct facet_counts *c, const char *value)
{
    for (size_t i = 0; i < c->n; i++)
        if (strcmp(c->values[i].value ? c->values[i].value : QUERY_NONE, value) == 0)
            return true;
    return false;
}

/* Values in force that are not among those of C: they have to be seen to be taken back. Alone, such a value has what the
 * whole list has. */
static int fill_chosen(const struct load *l, const struct facet_counts *c, const struct list_info *info,
                       struct facet_choice *to, size_t *n)
{
    enum filter filter = facet_filter(c->facet);
    for (size_t i = 0; i < info->n_filters; i++) {
        const struct active_filter *a = &info->filters[i];
        if (strcmp(a->name, filter_name(filter)) != 0 || is_counted(c, a->value))
            continue;
        struct facet_value v = {.value = strcmp(a->value, QUERY_NONE) == 0 ? NULL : a->value,
                                .name = a->value_label,
                                .count = info->total};
        int r = fill_choice(l, c->facet, &v, &to[*n]);
        if (r != 0)
            return r;
        to[(*n)++].counted = l->q.filters[filter].n == 1;
    }
    return 0;
}

/* C as choices, for pages with what is in force before it. */
static int fill_facet(const struct load *l, const struct facet_counts *c, const struct list_info *info,
                      struct facet_list *ret)
{
    size_t n = 0, most = c->n + l->q.filters[facet_filter(c->facet)].n;
    struct facet_choice *choices = arena_array(l->mem, most, sizeof *choices);
    int r = choices ? 0 : -ENOMEM;
    if (r == 0 && l->format == FORMAT_HTML)
        r = fill_chosen(l, c, info, choices, &n);
    for (size_t i = 0; i < c->n && r == 0; i++)
        r = fill_choice(l, c->facet, &c->values[i], &choices[n++]);
    *ret = (struct facet_list){
        .facet = c->facet, .values = choices, .n = n, .asked = l->q.facets & 1u << c->facet};
    return r;
}

/* Latest first; what is not known stays last. */
static int by_year(const void *a, const void *b)
{
    const struct facet_value *x = a, *y = b;
    if (!x->value || !y->value)
        return !x->value - !y->value;
    return strcmp(y->value, x->value);
}

/* Leaves the first SHOWN known values of C, those in force, and the unknown one. Whether there were more than are shown. */
static bool cut(const struct load *l, struct facet_counts *c, size_t shown)
{
    enum filter f = facet_filter(c->facet);
    size_t known = 0, n = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct facet_value v = c->values[i];
        known += v.value != NULL;
        if (known <= shown || !v.value || narrow_has(&l->q, f, v.value))
            c->values[n++] = v;
    }
    c->n = n;
    return known > shown;
}

/* Counts FACETS, ASKED known values of each, and adds them to RET, SHOWN of each. */
static int add_facets(const struct load *l, unsigned facets, unsigned asked, size_t shown,
                      struct list_info *ret, struct facet_list *to)
{
    struct query q = l->q;
    struct facet_counts *counts;
    size_t n;
    q.facets = facets;
    q.facet_limit = asked;
    if (!facets)
        return 0;
    int r = storage_count_facets(l->rd, &q, l->mem, &counts, &n);
    for (size_t i = 0; r == 0 && i < n; i++, ret->n_facets++) {
        struct facet_counts *c = &counts[i];
        if (l->format == FORMAT_HTML && c->facet == FACET_YEAR)
            qsort(c->values, c->n, sizeof *c->values, by_year);
        bool more = cut(l, c, shown);
        r = fill_facet(l, c, ret, &to[ret->n_facets]);
        if (r == 0 && more && !(to[ret->n_facets].more = link_facet(l, c->facet)))
            r = -ENOMEM;
    }
    return r;
}

/* Of most facets one value more than is shown tells whether there are more; of years the latest are shown, which need not be
 * the largest. */
static int add_facets_of_page(const struct load *l, struct list_info *ret, struct facet_list *to)
{
    unsigned limit = l->q.facet_limit, asked = limit < LIMIT_FACET_MOST ? limit + 1 : limit;
    unsigned others = FACETS_OF_PAGES & ~l->q.facets, year = 1u << FACET_YEAR;
    int r = add_facets(l, l->q.facets & ~year, asked, limit, ret, to);
    if (r == 0)
        r = add_facets(l, l->q.facets & year, LIMIT_FACET_MOST, limit, ret, to);
    if (r == 0)
        r = add_facets(l, others & ~year, LIMIT_FACET_PAGE + 1, LIMIT_FACET_PAGE, ret, to);
    if (r == 0)
        r = add_facets(l, others & year, LIMIT_FACET_MOST, LIMIT_FACET_PAGE, ret, to);
    return r;
}

int facets_of_list(const struct load *l, struct list_info *ret)
{
    struct facet_list *lists = arena_array(l->mem, _FACET_N, sizeof *lists);
    if (!lists)
        return -ENOMEM;
    ret->facets = lists;
    return l->format == FORMAT_HTML
               ? add_facets_of_page(l, ret, lists)
               : add_facets(l, l->q.facets, l->q.facet_limit, l->q.facet_limit, ret, lists);
}
