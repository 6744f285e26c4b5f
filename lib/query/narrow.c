/* SPDX-License-Identifier: MIT */
/* Adds and removes values of filters, and keeps the rest of the question in agreement with them. */
#include "query/narrow.h"

#include <errno.h>
#include <string.h>

/* The typed form of F as it is where F is not set. */
static void forget(struct query *q, enum filter f)
{
    if (f >= FILTER_DATE && f < FILTER_DATE + QUERY_DATES)
        q->dates[f - FILTER_DATE] = EDTF_UNKNOWN;
    else if (f == FILTER_TEXT)
        q->search = (struct search){0};
    else if (f == FILTER_AFFECTED_MIN)
        q->affected_min = (struct count){0};
    else if (f == FILTER_AFFECTED_MAX)
        q->affected_max = (struct count){0};
}

void narrow_set(struct query *q, enum filter f, struct filter_values values)
{
    bool by_default = q->sort == sort_default(q->list, q->filters[FILTER_TEXT].n);
    q->filters[f] = values;
    if (!values.n)
        forget(q, f);
    if (by_default)
        q->sort = sort_default(q->list, q->filters[FILTER_TEXT].n);
    q->after = q->before = (struct cursor){0};
    q->catalogue_changed = false;
    query_settle(q);
}

int narrow_add(struct query *q, enum filter f, const char *value, struct arena *mem)
{
    const struct filter_values *have = &q->filters[f];
    const char **values = arena_array(mem, have->n + 1, sizeof *values);
    size_t n = 0, i = 0;
    if (!values)
        return -ENOMEM;
    while (i < have->n && strcmp(have->values[i], value) < 0)
        values[n++] = have->values[i++];
    values[n++] = value;
    if (i < have->n && strcmp(have->values[i], value) == 0)
        i++;
    while (i < have->n)
        values[n++] = have->values[i++];
    narrow_set(q, f, (struct filter_values){values, n});
    return 0;
}

int narrow_remove(struct query *q, enum filter f, const char *value, struct arena *mem)
{
    const struct filter_values *have = &q->filters[f];
    const char **values = arena_array(mem, have->n, sizeof *values);
    size_t n = 0;
    if (!values)
        return -ENOMEM;
    for (size_t i = 0; i < have->n; i++)
        if (strcmp(have->values[i], value) != 0)
            values[n++] = have->values[i];
    narrow_set(q, f, (struct filter_values){values, n});
    return 0;
}

bool narrow_has(const struct query *q, enum filter f, const char *value)
{
    for (size_t i = 0; i < q->filters[f].n; i++)
        if (strcmp(q->filters[f].values[i], value) == 0)
            return true;
    return false;
}
