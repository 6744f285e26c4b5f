/* SPDX-License-Identifier: MIT */
/*
 * Statistics: incidents in groups, and of each group how many, the sums of its headline figures by unit, and the medians
 * of its delays. Groups are stored sets, met with the rows that the query leaves; sums and medians come from slices, so
 * that no row is looked at singly.
 *
 * A group is what the query leaves and, with the grouping's filter set to the group's value, would leave too. Records that
 * repeat another are in no group, whatever the query says of them.
 */
#include "storage/sqlite_filter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum bound { LEAST, MOST, _BOUND_N };
#define DELAYS 3

/* What every group is counted by, of all incidents. */
struct columns {
    const struct rowset *units[_UNIT_N];           /* by the unit of a headline figure that counts */
    const struct rowset *qualifiers[_QUALIFIER_N]; /* by its qualifier */
    const struct rowset *ceilings;                 /* up to so many, or between two numbers */
    struct slices sizes, delays[DELAYS][_BOUND_N];
};

struct counting {
    struct storage_reader *rd;
    const struct query *q;
    struct columns columns;
    const struct rowset *rows; /* what is counted */
    struct arena *mem, *work;  /* the answer's; of one number that is looked for */
};

/* --- columns --- */

static int load_delays(struct storage_reader *rd, struct columns *c)
{
#define NAMES(delay)                                                                                         \
    {                                                                                                        \
        delay SLICES_MIN, delay SLICES_MAX                                                                   \
    }
    static const char *const names[DELAYS][_BOUND_N] = {
        NAMES("occurred_to_discovered"), NAMES("discovered_to_disclosed"), NAMES("occurred_to_disclosed")};
#undef NAMES
    int outcome = 0;
    for (size_t i = 0; i < DELAYS; i++)
        for (size_t b = 0; b < _BOUND_N && outcome == 0; b++)
            outcome = slices_get(rd, names[i][b], &c->delays[i][b]);
    return outcome;
}

/* Figures without a number, and placeholders, count as none. */
static int load_figures(struct storage_reader *rd, struct columns *c)
{
    int outcome = slices_get(rd, SLICES_SIZE, &c->sizes);
    for (unsigned i = 0; i < _QUALIFIER_N && outcome == 0; i++)
        outcome = set_get(rd, SET_QUALIFIER, vocab_id(&vocab_qualifier, i), &c->qualifiers[i]);
    if (outcome != 0)
        return outcome;
    c->ceilings = rowset_unite(c->qualifiers[QUALIFIER_UP_TO], c->qualifiers[QUALIFIER_BETWEEN], rd->scratch);
    if (!c->ceilings)
        return -ENOMEM;
    const struct rowset *counted =
        rowset_subtract(c->sizes.known, c->qualifiers[QUALIFIER_PLACEHOLDER], rd->scratch);
    for (unsigned i = 0; i < _UNIT_N && outcome == 0; i++) {
        outcome = set_get(rd, SET_UNIT, vocab_id(&vocab_unit, i), &c->units[i]);
        if (outcome == 0 && !(c->units[i] = rowset_intersect(c->units[i], counted, rd->scratch)))
            outcome = -ENOMEM;
    }
    return outcome;
}

/* --- one group --- */

/* The part of F's sum, over OF_UNIT, that ceilings make up. */
static int sum_ceilings(const struct counting *x, const struct rowset *of_unit, struct figure_sum *f)
{
    const struct rowset *ceilings = NULL;
    if (f->by_qualifier[QUALIFIER_UP_TO] + f->by_qualifier[QUALIFIER_BETWEEN] == 0) {
        f->ceilings = COUNT_OF(0);
        return 0;
    }
    if (!(ceilings = rowset_intersect(of_unit, x->columns.ceilings, x->work)))
        return -ENOMEM;
    f->ceilings = COUNT_OF(slices_sum(&x->columns.sizes, ceilings));
    return 0;
}

static int sum_figures(const struct counting *x, const struct rowset *rows, struct statistics_group *g)
{
    const struct columns *c = &x->columns;
    g->figures = arena_array(x->mem, _UNIT_N, sizeof *g->figures);
    if (!g->figures)
        return -ENOMEM;
    g->without_figure = g->incidents;
    for (unsigned u = 0; u < _UNIT_N; u++) {
        const struct rowset *of_unit = rowset_intersect(rows, c->units[u], x->work);
        if (!of_unit)
            return -ENOMEM;
        if (!rowset_count(of_unit))
            continue;
        struct figure_sum *f = &g->figures[g->n_figures++];
        int64_t sum = slices_sum(&c->sizes, of_unit);
        *f = (struct figure_sum){.unit = u, .incidents = rowset_count(of_unit)};
        f->sum = sum <= LIMIT_NUMBER ? COUNT_OF(sum) : COUNT_UNKNOWN;
        for (unsigned k = 0; k < _QUALIFIER_N; k++)
            f->by_qualifier[k] = rowset_intersect_count(of_unit, c->qualifiers[k]);
        g->without_figure -= f->incidents;
        if (f->sum.known && sum_ceilings(x, of_unit, f) != 0)
            return -ENOMEM;
        arena_reset_to(x->work, LIMIT_SCRATCH_BYTES);
    }
    return 0;
}

/* Where, from 0, PERCENT of N numbers in rising order end: the nearest rank. */
static size_t nearest_rank(size_t n, size_t percent)
{
    return (n * percent + 99) / 100 - 1;
}

#define QUANTILES 4

static int find_quantiles(const struct slices bounds[_BOUND_N], const struct rowset *rows, struct arena *work,
                          struct quantiles *ret)
{
    static const size_t percents[QUANTILES] = {25, 50, 75, 90};
    struct delay *const to[QUANTILES] = {&ret->q1, &ret->median, &ret->q3, &ret->p90};
    size_t places[QUANTILES];
    int64_t least[QUANTILES], most[QUANTILES];
    const struct rowset *known = rowset_intersect(rows, bounds[LEAST].known, work);
    if (!known)
        return -ENOMEM;
    ret->n = rowset_count(known);
    ret->unknown = rowset_count(rows) - ret->n;
    if (!ret->n)
        return 0;
    for (size_t i = 0; i < QUANTILES; i++)
        places[i] = nearest_rank(ret->n, percents[i]);
    if (!slices_at(&bounds[LEAST], known, places, QUANTILES, work, least) ||
        !slices_at(&bounds[MOST], known, places, QUANTILES, work, most))
        return -ENOMEM;
    arena_reset_to(work, LIMIT_SCRATCH_BYTES);
    for (size_t i = 0; i < QUANTILES; i++)
        *to[i] = (struct delay){.known = true, .min = (int32_t)least[i], .max = (int32_t)most[i]};
    return 0;
}

static int count_group(const struct counting *x, const struct rowset *rows, struct statistics_group *g)
{
    struct quantiles *const delays[DELAYS] = {&g->occurred_to_discovered, &g->discovered_to_disclosed,
                                              &g->occurred_to_disclosed};
    g->incidents = rowset_count(rows);
    int outcome = sum_figures(x, rows, g);
    for (size_t i = 0; i < DELAYS && outcome == 0; i++)
        outcome = find_quantiles(x->columns.delays[i], rows, x->work, delays[i]);
    return outcome;
}

/* --- groups --- */

/* What the sets of the grouping's values are called. */
static const char *set_name(const struct query *q)
{
    return filter_name(facet_filter(q->by));
}

/* Of VALUE in a status filter: listed ones of it, or everything unlisted. */
static int load_status(const struct counting *x, const char *value, const struct rowset **ret)
{
    const struct rowset *listed, *of_status;
    int outcome = set_get(x->rd, SET_LISTED, SET_NONE, &listed);
    if (outcome == 0)
        outcome = set_get(x->rd, SET_STATUS, value, &of_status);
    if (outcome == 0 && strcmp(value, vocab_id(&vocab_status, STATUS_WITHDRAWN)) == 0)
        *ret = rowset_subtract(x->rows, listed, x->rd->scratch);
    else if (outcome == 0)
        *ret = rowset_intersect(rowset_intersect(x->rows, listed, x->rd->scratch), of_status, x->rd->scratch);
    return outcome;
}

/* Of VALUE in a filter by kind, which is of the same party as what the query asks of parties. */
static int load_party_kind(const struct counting *x, const char *value, const struct rowset **ret)
{
    const struct rowset *rows;
    const char *filter = *value ? value : QUERY_NONE;
    struct query q = *x->q;
    q.filters[FILTER_PARTY_KIND] = (struct filter_values){&filter, 1};
    int outcome = filter_parties(x->rd, &q, &rows);
    if (outcome == 0)
        *ret = rowset_intersect(x->rows, rows, x->rd->scratch);
    return outcome;
}

/* What is counted and has VALUE (SET_NONE: not known). */
static int load_group(const struct counting *x, const char *value, const struct rowset **ret)
{
    const struct rowset *rows = NULL;
    int outcome;
    if (x->q->by == FACET_STATUS) {
        outcome = load_status(x, value, &rows);
    } else if (x->q->by == FACET_PARTY_KIND) {
        outcome = load_party_kind(x, value, &rows);
    } else {
        outcome = set_get(x->rd, set_name(x->q), value, &rows);
        rows = outcome == 0 ? rowset_intersect(x->rows, rows, x->rd->scratch) : NULL;
    }
    if (outcome == 0 && !rows)
        return -ENOMEM;
    *ret = rows;
    return outcome;
}

/* Whether groups have the length that stored sets of this name are wanted in: sectors are grouped by two digits. */
static bool is_group(enum facet by, const char *value)
{
    return by != FACET_SECTOR || strlen(value) == 2 || !*value;
}

/* What VALUE is called, where no vocabulary has a word for it. */
static int load_name(const struct counting *x, const char *value, const char **ret)
{
    if (x->q->by != FACET_DATASET || !*value)
        return 0;
    _cleanup_row_ struct row r = row_run(x->rd, STMT_DATASET_TITLE, x->mem);
    row_bind_text(&r, ":id", value);
    int outcome = row_must_step(&r);
    if (outcome != 0)
        return outcome;
    *ret = row_must_text(&r);
    return row_end(&r);
}

static int add_group(const struct counting *x, const char *value, struct statistics *s)
{
    const struct rowset *rows;
    struct statistics_group *g = &s->groups[s->n];
    int outcome = load_group(x, value, &rows);
    if (outcome != 0 || !rowset_count(rows))
        return outcome;
    s->n++;
    outcome = count_group(x, rows, g);
    if (outcome == 0 && *value && !(g->value = arena_strdup(x->mem, value)))
        outcome = -ENOMEM;
    return outcome == 0 ? load_name(x, value, &g->name) : outcome;
}

static int compare_values(const struct statistics_group *a, const struct statistics_group *b)
{
    if (!a->value || !b->value)
        return (a->value == NULL) - (b->value == NULL);
    return strcmp(a->value, b->value);
}

static int by_value(const void *a, const void *b)
{
    return compare_values(a, b);
}

static int by_incidents(const void *a, const void *b)
{
    const struct statistics_group *x = a, *y = b;
    if (!x->value || !y->value || x->incidents == y->incidents)
        return compare_values(x, y);
    return x->incidents < y->incidents ? 1 : -1;
}

/* The values that groups may have. Statuses are those of the vocabulary: what is merged away counts as withdrawn. */
static int list_values(const struct counting *x, const struct set_head **ret, size_t *ret_n)
{
    if (x->q->by != FACET_STATUS)
        return sets_list(x->rd, set_name(x->q), ret, ret_n);
    struct set_head *all = arena_array(x->rd->scratch, _STATUS_N, sizeof *all);
    if (!all)
        return -ENOMEM;
    for (unsigned i = 0; i < _STATUS_N; i++)
        all[i].value = vocab_id(&vocab_status, i);
    *ret = all;
    *ret_n = _STATUS_N;
    return 0;
}

static int add_groups(const struct counting *x, struct statistics *s)
{
    const struct set_head *values;
    size_t n;
    bool ordered = s->by == FACET_YEAR || s->by == FACET_SECTOR;
    int outcome = list_values(x, &values, &n);
    if (outcome != 0)
        return outcome;
    s->groups = arena_array(x->mem, n, sizeof *s->groups);
    if (!s->groups)
        return -ENOMEM;
    for (size_t i = 0; i < n && outcome == 0; i++)
        if (is_group(s->by, values[i].value))
            outcome = add_group(x, values[i].value, s);
    qsort(s->groups, s->n, sizeof *s->groups, ordered ? by_value : by_incidents);
    return outcome;
}

/* --- all of it --- */

/* What Q leaves. Where it says nothing of status, what is not listed is looked for too, to be counted and left out. */
static int filter_rows(struct counting *x, const struct query *q, size_t *ret_withdrawn,
                       const struct rowset **ret)
{
    struct query any = *q;
    const char *statuses[_STATUS_N];
    const struct rowset *rows, *listed;
    if (q->filters[FILTER_STATUS].n || q->filters[FILTER_MODIFIED_SINCE].n)
        return filter_incidents(x->rd, q, ret);
    for (unsigned i = 0; i < _STATUS_N; i++)
        statuses[i] = vocab_id(&vocab_status, i);
    any.filters[FILTER_STATUS] = (struct filter_values){statuses, _STATUS_N};
    int outcome = filter_incidents(x->rd, &any, &rows);
    if (outcome == 0)
        outcome = set_get(x->rd, SET_LISTED, SET_NONE, &listed);
    if (outcome != 0)
        return outcome;
    *ret_withdrawn = rowset_count(rows) - rowset_intersect_count(rows, listed);
    return filter_made(rowset_intersect(rows, listed, x->rd->scratch), ret);
}

/* What is counted, and how much is left out. */
static int load_rows(struct counting *x, struct statistics *s)
{
    const struct rowset *rows, *duplicates;
    struct query q = *x->q;
    q.filters[FILTER_DUPLICATES].n = 0;
    int outcome = filter_rows(x, &q, &s->left_out_withdrawn, &rows);
    if (outcome == 0)
        outcome = set_get(x->rd, SET_DUPLICATE, SET_NONE, &duplicates);
    if (outcome != 0)
        return outcome;
    s->left_out_duplicates = rowset_intersect_count(rows, duplicates);
    return filter_made(rowset_subtract(rows, duplicates, x->rd->scratch), &x->rows);
}

int storage_count_statistics(struct storage_reader *rd, const struct query *q, struct arena *mem,
                             struct statistics *ret)
{
    reader_begin(rd);
    _cleanup_arena_ struct arena *work = arena_new(LIMIT_REQUEST_MEMORY);
    struct counting x = {.rd = rd, .q = q, .mem = mem, .work = work};
    struct statistics s = {.by = q->by, .exclusive = facet_is_exclusive(q->by)};
    int outcome = work ? 0 : -ENOMEM;
    if (outcome == 0)
        outcome = load_figures(rd, &x.columns);
    if (outcome == 0)
        outcome = load_delays(rd, &x.columns);
    if (outcome == 0)
        outcome = load_rows(&x, &s);
    if (outcome == 0)
        outcome = count_group(&x, x.rows, &s.all);
    if (outcome == 0)
        outcome = add_groups(&x, &s);
    if (outcome == 0)
        *ret = s;
    return outcome;
}
