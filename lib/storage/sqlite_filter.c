/* SPDX-License-Identifier: MIT */
/*
 * Filters of incidents. The values of one filter unite, the filters intersect: first those whose sets are stored, the
 * smallest set first, then those that compare numbers, within what is left.
 *
 * What the filters mean beyond a value's set:
 *   - status: of listed incidents; "withdrawn" is every unlisted one, merged ones too. Without it only listed incidents
 *     are found, but with modified_since all of them.
 *   - a date: "possible" where the bounds overlap; "certain" where they lie within and are neither approximate nor
 *     uncertain. A bound that is open is further out than any.
 *   - affected_min, affected_max: of the headline figure's size when its unit is the one asked for.
 */
#include "storage/sqlite_filter.h"

#include "storage/sqlite_words.h"
#include "util/clock.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

int filter_made(const struct rowset *s, const struct rowset **ret)
{
    if (!s)
        return -ENOMEM;
    *ret = s;
    return 0;
}

int select_rows(const struct rowset *s, size_t skip, size_t limit, struct arena *mem, uint32_t **ret,
                size_t *ret_n)
{
    size_t left = rowset_count(s) > skip ? rowset_count(s) - skip : 0;
    uint32_t *numbers = arena_array(mem, left < limit ? left : limit, sizeof *numbers);
    if (!numbers)
        return -ENOMEM;
    *ret_n = rowset_select(s, skip, limit, numbers);
    *ret = numbers;
    return 0;
}

int collect_of(struct storage_reader *rd, enum statement id, int64_t n, const struct rowset **ret)
{
    _cleanup_rowset_builder_ struct rowset_builder *b = rowset_builder_new();
    _cleanup_row_ struct row r = row_run_of(rd, id, n, NULL);
    int outcome = b ? row_collect(&r, b) : -ENOMEM;
    return outcome == 0 ? filter_made(rowset_gathered(b, rd->scratch), ret) : outcome;
}

int collect_each(struct storage_reader *rd, enum statement id, const struct rowset *s,
                 const struct rowset **ret)
{
    _cleanup_rowset_builder_ struct rowset_builder *b = rowset_builder_new();
    struct rowset_walk walk = ROWSET_WALK(s);
    uint32_t numbers[ROWSET_BATCH];
    size_t n;
    int outcome = b ? 0 : -ENOMEM;
    while (outcome == 0 && (n = rowset_next(&walk, numbers)) != 0) {
        for (size_t i = 0; i < n && outcome == 0; i++) {
            _cleanup_row_ struct row r = row_run_of(rd, id, numbers[i], NULL);
            outcome = row_collect(&r, b);
        }
    }
    return outcome == 0 ? filter_made(rowset_gathered(b, rd->scratch), ret) : outcome;
}

const char *filter_set_value(const char *value)
{
    return strcmp(value, QUERY_NONE) == 0 ? SET_NONE : value;
}

/* Uniting few sets is quicker; of many each step would leave a set behind. */
#define UNITED_MOST 4

int filter_unite(struct storage_reader *rd, const struct rowset *const *sets, size_t n,
                 const struct rowset **ret)
{
    const struct rowset *any = rowset_empty();
    if (n <= UNITED_MOST) {
        for (size_t i = 0; i < n; i++)
            any = rowset_unite(any, sets[i], rd->scratch);
        return filter_made(any, ret);
    }
    _cleanup_rowset_builder_ struct rowset_builder *b = rowset_builder_new();
    if (!b)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++)
        rowset_add_set(b, sets[i]);
    return filter_made(rowset_gathered(b, rd->scratch), ret);
}

int filter_values(struct storage_reader *rd, const char *name, const struct filter_values *f,
                  const struct rowset **ret)
{
    const struct rowset **sets = arena_array(rd->scratch, f->n, sizeof *sets);
    int outcome = sets ? 0 : -ENOMEM;
    for (size_t i = 0; i < f->n && outcome == 0; i++)
        outcome = set_get(rd, name, filter_set_value(f->values[i]), &sets[i]);
    return outcome == 0 ? filter_unite(rd, sets, f->n, ret) : outcome;
}

/* Every incident, unlisted ones too. */
static int all_incidents(struct storage_reader *rd, const struct rowset **ret)
{
    return filter_made(rowset_range(1, (uint32_t)rd->owner->all_incidents, rd->scratch), ret);
}

static int listed_incidents(struct storage_reader *rd, const struct rowset **ret)
{
    return set_get(rd, SET_LISTED, SET_NONE, ret);
}

/* Whether unlisted incidents are found too. */
static bool wants_unlisted(const struct query *q)
{
    return q->filters[FILTER_MODIFIED_SINCE].n ||
           filter_has(&q->filters[FILTER_STATUS], vocab_id(&vocab_status, STATUS_WITHDRAWN));
}

/* ---- filters that are sets ---- */

static int listed_values(struct storage_reader *rd, const struct query *q, enum filter f,
                         const struct rowset **ret)
{
    char name[64];
    (void)snprintf(name, sizeof name, OF_LISTED "%s", filter_name(f));
    return filter_values(rd, name, &q->filters[f], ret);
}

static int by_values(struct storage_reader *rd, const struct query *q, enum filter f,
                     const struct rowset **ret)
{
    return wants_unlisted(q) ? filter_values(rd, filter_name(f), &q->filters[f], ret)
                             : listed_values(rd, q, f, ret);
}

/* Listed incidents of the statuses asked for, and with "withdrawn" every unlisted one. */
static int by_status(struct storage_reader *rd, const struct query *q, enum filter f,
                     const struct rowset **ret)
{
    const struct rowset *some, *listed, *all;
    int outcome = listed_values(rd, q, f, &some);
    if (outcome != 0 || !filter_has(&q->filters[f], vocab_id(&vocab_status, STATUS_WITHDRAWN)))
        return outcome == 0 ? filter_made(some, ret) : outcome;
    outcome = listed_incidents(rd, &listed);
    if (outcome == 0)
        outcome = all_incidents(rd, &all);
    return outcome == 0
               ? filter_made(rowset_unite(some, rowset_subtract(all, listed, rd->scratch), rd->scratch), ret)
               : outcome;
}

static int by_parties(struct storage_reader *rd, const struct query *q, enum filter f,
                      const struct rowset **ret)
{
    (void)f;
    return filter_parties(rd, q, ret);
}

/* One row a filter: whether its set leaves unlisted incidents out where they are not wanted, and what makes it. Sets of values
 * are called as the filter is. */
static const struct {
    enum filter filter;
    bool listed;
    int (*make)(struct storage_reader *rd, const struct query *q, enum filter f, const struct rowset **ret);
} stored[] = {
    {FILTER_STATUS, true, by_status},         {FILTER_COUNTRY, true, by_values},
    {FILTER_SECTOR, true, by_values},         {FILTER_ACTION, true, by_values},
    {FILTER_ACTOR, true, by_values},          {FILTER_DATA_CLASS, true, by_values},
    {FILTER_EXPOSURE, true, by_values},       {FILTER_DATASET, true, by_values},
    {FILTER_SOURCE_CLASS, true, by_values},   {FILTER_YEAR, true, by_values},
    {FILTER_ORGANIZATION, false, by_parties}, {FILTER_TEXT, false, filter_words},
};

/* The filters of parties are one: who, of what kind and in which role is asked of the same party. */
static bool is_set(const struct query *q, enum filter f)
{
    if (f == FILTER_ORGANIZATION)
        return q->filters[f].n || q->filters[FILTER_PARTY_KIND].n || q->filters[FILTER_ROLE].n;
    return q->filters[f].n != 0;
}

/* ---- filters that compare ---- */

int filter_date(struct storage_reader *rd, const char *name, const struct edtf *d, bool certain,
                const struct rowset *within, const struct rowset **ret)
{
    struct arena *mem = rd->scratch;
    char bound[64];
    struct slices earliest, latest;
    const struct rowset *s;
    int32_t from, to;
    bool has_from = edtf_day(d->earliest, &from), has_to = edtf_day(d->latest, &to);
    int outcome = set_get(rd, name, certain ? DATE_FIRM : DATE_KNOWN, &s);
    (void)snprintf(bound, sizeof bound, "%s" SLICES_EARLIEST, name);
    if (outcome == 0)
        outcome = slices_get(rd, bound, &earliest);
    (void)snprintf(bound, sizeof bound, "%s" SLICES_LATEST, name);
    if (outcome == 0)
        outcome = slices_get(rd, bound, &latest);
    if (outcome != 0)
        return outcome;
    s = rowset_intersect(s, within, mem);
    if (certain) {
        if (has_from)
            s = slices_from(&earliest, s, from, mem);
        if (has_to)
            s = slices_below(&latest, s, (int64_t)to + 1, mem);
    } else {
        if (has_to)
            s = rowset_subtract(s, slices_from(&earliest, s, (int64_t)to + 1, mem), mem);
        if (has_from)
            s = rowset_subtract(s, slices_below(&latest, s, from, mem), mem);
    }
    return filter_made(s, ret);
}

static int narrow_date(struct storage_reader *rd, const struct query *q, enum filter f,
                       const struct rowset *within, const struct rowset **ret)
{
    const struct edtf *d = &q->dates[f - FILTER_DATE];
    const struct rowset *known;
    if (d->text)
        return filter_date(rd, filter_name(f), d, q->filters[FILTER_MATCH].n != 0, within, ret);
    int outcome = set_get(rd, filter_name(f), DATE_KNOWN, &known);
    return outcome == 0 ? filter_made(rowset_subtract(within, known, rd->scratch), ret) : outcome;
}

/* Either bound of the size, or both: called once. */
static int narrow_size(struct storage_reader *rd, const struct query *q, enum filter f,
                       const struct rowset *within, const struct rowset **ret)
{
    struct slices size;
    const struct rowset *of_unit;
    (void)f;
    int outcome = slices_get(rd, SLICES_SIZE, &size);
    if (outcome == 0 && q->unit == QUERY_ANY_UNIT)
        of_unit = size.known;
    else if (outcome == 0)
        outcome = set_get(rd, SET_UNIT, vocab_id(&vocab_unit, (unsigned)q->unit), &of_unit);
    if (outcome != 0)
        return outcome;
    const struct rowset *s = rowset_intersect(within, of_unit, rd->scratch);
    if (q->affected_min.known)
        s = slices_from(&size, s, q->affected_min.value, rd->scratch);
    if (q->affected_max.known)
        s = slices_below(&size, s, q->affected_max.value + 1, rd->scratch);
    return filter_made(s, ret);
}

static int narrow_modified(struct storage_reader *rd, const struct query *q, enum filter f,
                           const struct rowset *within, const struct rowset **ret)
{
    struct slices modified;
    int64_t since = 0;
    int outcome = slices_get(rd, SLICES_MODIFIED, &modified);
    if (outcome != 0)
        return outcome;
    if (!clock_parse(q->filters[f].values[0], &since))
        return filter_made(rowset_empty(), ret);
    return filter_made(slices_from(&modified, within, since, rd->scratch), ret);
}

static int narrow_duplicates(struct storage_reader *rd, const struct query *q, enum filter f,
                             const struct rowset *within, const struct rowset **ret)
{
    const struct rowset *duplicates;
    (void)q;
    (void)f;
    int outcome = set_get(rd, SET_DUPLICATE, SET_NONE, &duplicates);
    return outcome == 0 ? filter_made(rowset_subtract(within, duplicates, rd->scratch), ret) : outcome;
}

static const struct {
    enum filter filter;
    int (*narrow)(struct storage_reader *rd, const struct query *q, enum filter f,
                  const struct rowset *within, const struct rowset **ret);
} compared[] = {
    {FILTER_DUPLICATES, narrow_duplicates}, {FILTER_DATE, narrow_date},
    {FILTER_OCCURRED, narrow_date},         {FILTER_DISCOVERED, narrow_date},
    {FILTER_CONTAINED, narrow_date},        {FILTER_NOTIFIED, narrow_date},
    {FILTER_DISCLOSED, narrow_date},        {FILTER_AFFECTED_MIN, narrow_size},
    {FILTER_AFFECTED_MAX, narrow_size},     {FILTER_MODIFIED_SINCE, narrow_modified},
};

#define COUNT_OF_ROWS(table) (sizeof(table) / sizeof *(table))

/* Those that only say how another is meant: of a party its kind and role, reach, match, unit. */
#define MEANINGS 5

/* Those that incidents have not: kind, incident, owner, brand. */
#define OF_OTHER_LISTS 4

_Static_assert(COUNT_OF_ROWS(stored) + COUNT_OF_ROWS(compared) + MEANINGS + OF_OTHER_LISTS == _FILTER_N,
               "a filter without a row would find everything");

/* ---- together ---- */

/* The sets of the stored filters, the smallest first. */
struct operands {
    const struct rowset *list[COUNT_OF_ROWS(stored) + 1];
    size_t n;
};

static void put_operand(struct operands *o, const struct rowset *s)
{
    size_t at = o->n++;
    for (; at > 0 && rowset_count(o->list[at - 1]) > rowset_count(s); at--)
        o->list[at] = o->list[at - 1];
    o->list[at] = s;
}

/* What is met with the sets of the filters, where these alone are not what is sought: with none, or with sets that hold unlisted
 * incidents. */
static int put_start(struct storage_reader *rd, const struct query *q, bool listed, struct operands *o)
{
    const struct rowset *s;
    bool unlisted = wants_unlisted(q);
    if (o->n && (listed || unlisted))
        return 0;
    int outcome = unlisted ? all_incidents(rd, &s) : listed_incidents(rd, &s);
    if (outcome == 0)
        put_operand(o, s);
    return outcome;
}

/* All of them; of the last meeting, which is the largest, as far as the first HEAD members reach. */
static int intersect_operands(struct storage_reader *rd, const struct operands *o, size_t head,
                              const struct rowset **ret)
{
    const struct rowset *s = o->list[0];
    for (size_t i = 1; i < o->n; i++)
        s = rowset_intersect_head(s, o->list[i], i + 1 == o->n ? head : SIZE_MAX, rd->scratch);
    return filter_made(s, ret);
}

static int intersect_stored(struct storage_reader *rd, const struct query *q, enum filter skip, size_t head,
                            const struct rowset **ret)
{
    struct operands o = {0};
    const struct rowset *s;
    bool listed = false;
    int outcome = 0;
    for (size_t i = 0; i < COUNT_OF_ROWS(stored) && outcome == 0; i++) {
        enum filter f = stored[i].filter;
        if (f == skip || !is_set(q, f))
            continue;
        outcome = stored[i].make(rd, q, f, &s);
        if (outcome == 0)
            put_operand(&o, s);
        listed = listed || stored[i].listed;
    }
    if (outcome == 0)
        outcome = put_start(rd, q, listed, &o);
    return outcome == 0 ? intersect_operands(rd, &o, head, ret) : outcome;
}

int filter_incidents_but(struct storage_reader *rd, const struct query *q, enum filter skip,
                         const struct rowset **ret)
{
    const struct rowset *s;
    struct query without;
    if (skip == FILTER_PARTY_KIND || skip == FILTER_ROLE || skip == FILTER_ORGANIZATION) {
        without = *q;
        without.filters[skip].n = 0;
        q = &without;
        skip = _FILTER_N;
    }
    int outcome = intersect_stored(rd, q, skip, SIZE_MAX, &s);
    for (size_t i = 0; i < COUNT_OF_ROWS(compared) && outcome == 0; i++) {
        if (compared[i].filter != skip && is_set(q, compared[i].filter) && rowset_count(s))
            outcome = compared[i].narrow(rd, q, compared[i].filter, s, &s);
    }
    if (outcome == 0)
        *ret = s;
    return outcome;
}

int filter_incidents(struct storage_reader *rd, const struct query *q, const struct rowset **ret)
{
    return filter_incidents_but(rd, q, _FILTER_N, ret);
}

int filter_incidents_head(struct storage_reader *rd, const struct query *q, const struct rowset **ret)
{
    for (size_t i = 0; i < COUNT_OF_ROWS(compared); i++)
        if (is_set(q, compared[i].filter))
            return filter_incidents(rd, q, ret);
    return intersect_stored(rd, q, _FILTER_N, q->limit, ret);
}
