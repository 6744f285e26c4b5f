/* SPDX-License-Identifier: MIT */
/*
 * Facets: how many of a query's incidents have each value of something. Values come with the size of their set, largest
 * first, and none can count more than that: so the search ends with the first that could not be among the largest any
 * more, and what is said is exact all the same.
 */
#include "storage/sqlite_filter.h"

#include <errno.h>
#include <string.h>

/* Below this, incidents are asked for their organisations; above, organisations for their incidents. */
#define FEW_INCIDENTS 10000

/* The largest values so far: largest first, then by value. */
struct top {
    struct facet_value *values;
    size_t n, most;
};

/* One facet being counted. */
struct counting {
    struct storage_reader *rd;
    const struct query *q;
    const struct rowset *base; /* what every other filter leaves */
    struct arena *mem;
    struct top top;
    size_t unknown;
};

static bool stands_before(const struct facet_value *a, const struct facet_value *b)
{
    return a->count != b->count ? a->count > b->count : strcmp(a->value, b->value) < 0;
}

/* Whether a value that counts COUNT at most may still come among the largest. */
static bool may_enter(const struct top *t, size_t count)
{
    return count > 0 && (t->n < t->most || (t->n && count >= t->values[t->n - 1].count));
}

/* VALUE is copied where it comes among the largest. 0 or -ENOMEM. */
static int enter(struct counting *c, const char *value, size_t count)
{
    struct top *t = &c->top;
    struct facet_value x = {.value = value, .count = count};
    if (!may_enter(t, count) || (t->n == t->most && !stands_before(&x, &t->values[t->n - 1])))
        return 0;
    x.value = arena_strdup(c->mem, value);
    if (!x.value)
        return -ENOMEM;
    size_t at = t->n < t->most ? t->n++ : t->n - 1;
    for (; at > 0 && stands_before(&x, &t->values[at - 1]); at--)
        t->values[at] = t->values[at - 1];
    t->values[at] = x;
    return 0;
}

/* ---- values that are sets ---- */

/* What the facet's sets are called where the facet is not called so, and how much of a value counts. */
static bool is_counted(enum facet f, const char *value)
{
    return f != FACET_SECTOR || strlen(value) == 2;
}

static int count_set(struct counting *c, const char *name, const char *value)
{
    const struct rowset *s;
    int outcome = set_get(c->rd, name, value, &s);
    if (outcome != 0)
        return outcome;
    size_t count = rowset_intersect_count(c->base, s);
    if (*value)
        return enter(c, value, count);
    c->unknown = count;
    return 0;
}

static int count_values(struct counting *c, enum facet f)
{
    const char *name = filter_name(facet_filter(f));
    _cleanup_row_ struct row r = row_run(c->rd, STMT_ROWSETS_LARGEST, c->rd->scratch);
    int outcome;
    row_bind_text(&r, ":name", name);
    while ((outcome = row_step(&r)) == 0) {
        size_t size = row_size(&r);
        const char *value = row_must_text(&r);
        if (!may_enter(&c->top, size))
            break;
        if (*value && is_counted(f, value))
            outcome = count_set(c, name, value);
        if (outcome != 0)
            return outcome;
    }
    int fault = row_end(&r);
    if (outcome != 0 && outcome != STORAGE_E_NOT_FOUND)
        return outcome;
    return fault ? fault : count_set(c, name, SET_NONE);
}

/* Of listed incidents by their word; "withdrawn" is every unlisted one. */
static int count_statuses(struct counting *c, enum facet f)
{
    const struct rowset *listed, *base = c->base;
    int outcome = set_get(c->rd, SET_LISTED, SET_NONE, &listed);
    if (outcome == 0)
        outcome = filter_made(rowset_intersect(base, listed, c->rd->scratch), &c->base);
    if (outcome == 0)
        outcome = count_values(c, f);
    if (outcome != 0)
        return outcome;
    return enter(c, vocab_id(&vocab_status, STATUS_WITHDRAWN), rowset_count(base) - rowset_count(c->base));
}

/* A kind counts what asking for it too would find: a party of that kind that fits the organisations and roles asked for. */
static int count_party_kinds(struct counting *c, enum facet f)
{
    struct query with = *c->q;
    int outcome = 0;
    if (!with.filters[FILTER_ORGANIZATION].n && !with.filters[FILTER_ROLE].n)
        return count_values(c, f);
    for (unsigned kind = 0; kind <= _ORG_N && outcome == 0; kind++) {
        const char *const value = kind < _ORG_N ? vocab_id(&vocab_org_kind, kind) : QUERY_NONE;
        const struct rowset *s;
        with.filters[FILTER_PARTY_KIND] = (struct filter_values){.values = &value, .n = 1};
        outcome = filter_parties(c->rd, &with, &s);
        size_t count = outcome == 0 ? rowset_intersect_count(c->base, s) : 0;
        if (outcome == 0 && kind < _ORG_N)
            outcome = enter(c, value, count);
        else
            c->unknown = count;
    }
    return outcome;
}

/* ---- organisations ---- */

/* Whether a party of this kind and role fits the query. */
static bool fits(const struct query *q, const char *kind, const char *role)
{
    const struct filter_values *kinds = &q->filters[FILTER_PARTY_KIND], *roles = &q->filters[FILTER_ROLE];
    return (!kinds->n || filter_has(kinds, kind)) && (!roles->n || filter_has(roles, role));
}

/* Adds the organisations of one incident, each once, to COUNTS; LAST[n] is the incident that n was last counted for. */
static int count_incident(struct counting *c, uint32_t incident, uint32_t *counts, uint32_t *last)
{
    _cleanup_row_ struct row r = row_run_of(c->rd, STMT_PARTY_ORGANIZATIONS, incident, c->rd->scratch);
    int outcome;
    while ((outcome = row_step(&r)) == 0) {
        uint64_t n = (uint64_t)row_number(&r);
        unsigned kind = row_word(&r, &vocab_org_kind), role = row_word(&r, &vocab_role);
        if (n > c->rd->owner->info.organizations || last[n] == incident ||
            !fits(c->q, vocab_id(&vocab_org_kind, kind), vocab_id(&vocab_role, role)))
            continue;
        last[n] = incident;
        counts[n]++;
    }
    return outcome == STORAGE_E_NOT_FOUND ? row_end(&r) : outcome;
}

static int enter_organization(struct counting *c, int64_t n, size_t count)
{
    if (!may_enter(&c->top, count))
        return 0;
    _cleanup_row_ struct row r = row_run_of(c->rd, STMT_ORG_ID, n, c->rd->scratch);
    int outcome = row_must_step(&r);
    const char *id = outcome == 0 ? row_must_text(&r) : NULL;
    if (outcome == 0)
        outcome = row_end(&r);
    return outcome == 0 ? enter(c, id, count) : outcome;
}

static int ask_incidents(struct counting *c)
{
    size_t most = c->rd->owner->info.organizations;
    uint32_t *counts = arena_array(c->rd->scratch, most + 1, sizeof *counts);
    uint32_t *last = arena_array(c->rd->scratch, most + 1, sizeof *last);
    struct rowset_walk walk = ROWSET_WALK(c->base);
    uint32_t batch[ROWSET_BATCH];
    size_t n;
    int outcome = counts && last ? 0 : -ENOMEM;
    while (outcome == 0 && (n = rowset_next(&walk, batch)) != 0)
        for (size_t i = 0; i < n && outcome == 0; i++)
            outcome = count_incident(c, batch[i], counts, last);
    for (size_t i = 1; i <= most && outcome == 0; i++)
        outcome = enter_organization(c, (int64_t)i, counts[i]);
    return outcome;
}

/* Organisations by how many listed incidents name them; UNLISTED of the base are not among these. */
static int ask_organizations(struct counting *c, size_t unlisted)
{
    _cleanup_row_ struct row r = row_run(c->rd, STMT_ORG_LARGEST, c->rd->scratch);
    const struct filter_values *kinds = &c->q->filters[FILTER_PARTY_KIND];
    const struct rowset *s;
    int outcome;
    while ((outcome = row_step(&r)) == 0) {
        int64_t n = row_number(&r);
        size_t own = row_size(&r);
        const char *kind = vocab_id(&vocab_org_kind, row_word(&r, &vocab_org_kind));
        if (!may_enter(&c->top, own + unlisted))
            break;
        if (kinds->n && !filter_has(kinds, kind))
            continue;
        outcome = organization_incidents(c->rd, n, &c->q->filters[FILTER_ROLE], &s);
        if (outcome == 0)
            outcome = enter_organization(c, n, rowset_intersect_count(c->base, s));
        if (outcome != 0)
            return outcome;
    }
    int fault = row_end(&r);
    return outcome == 0 || outcome == STORAGE_E_NOT_FOUND ? fault : outcome;
}

static int count_organizations(struct counting *c, enum facet f)
{
    struct query with = *c->q;
    const char *const none = QUERY_NONE;
    const struct rowset *s, *listed;
    (void)f;
    with.filters[FILTER_ORGANIZATION] = (struct filter_values){.values = &none, .n = 1};
    int outcome = filter_parties(c->rd, &with, &s);
    if (outcome == 0)
        outcome = set_get(c->rd, SET_LISTED, SET_NONE, &listed);
    if (outcome != 0)
        return outcome;
    c->unknown = rowset_intersect_count(c->base, s);
    if (rowset_count(c->base) <= FEW_INCIDENTS)
        return ask_incidents(c);
    return ask_organizations(c, rowset_count(c->base) - rowset_intersect_count(c->base, listed));
}

/* ---- names ---- */

/* The first column that statement ID says of what is called VALUE. */
static int find_name(struct counting *c, enum statement id, struct facet_value *x)
{
    _cleanup_row_ struct row r = row_run(c->rd, id, c->mem);
    row_bind_text(&r, ":id", x->value);
    int outcome = row_step(&r);
    if (outcome != 0)
        return outcome == STORAGE_E_NOT_FOUND ? 0 : outcome;
    x->name = row_must_text(&r);
    return row_end(&r);
}

static const struct way {
    int (*count)(struct counting *c, enum facet f);
    enum statement
        name; /* of its values; 0 (no name is looked for by that statement): the vocabulary has them */
} ways[_FACET_N] = {
    [FACET_COUNTRY] = {count_values, 0},
    [FACET_SECTOR] = {count_values, 0},
    [FACET_ACTION] = {count_values, 0},
    [FACET_ACTOR] = {count_values, STMT_PROFILE_NAME},
    [FACET_DATA_CLASS] = {count_values, 0},
    [FACET_STATUS] = {count_statuses, 0},
    [FACET_EXPOSURE] = {count_values, 0},
    [FACET_DATASET] = {count_values, STMT_DATASET_TITLE},
    [FACET_YEAR] = {count_values, 0},
    [FACET_PARTY_KIND] = {count_party_kinds, 0},
    [FACET_ORGANIZATION] = {count_organizations, STMT_ORG_NAME},
};

static int count_facet(struct storage_reader *rd, const struct query *q, enum facet f,
                       const struct rowset *base, struct arena *mem, struct facet_counts *ret)
{
    struct counting c = {.rd = rd, .q = q, .base = base, .mem = mem, .top.most = q->facet_limit};
    c.top.values = arena_array(mem, c.top.most + 1, sizeof *c.top.values); /* one more: the unknown one */
    if (!c.top.values)
        return -ENOMEM;
    int outcome = c.top.most ? ways[f].count(&c, f) : 0;
    for (size_t i = 0; i < c.top.n && ways[f].name && outcome == 0; i++)
        outcome = find_name(&c, ways[f].name, &c.top.values[i]);
    if (outcome != 0)
        return outcome;
    if (c.unknown)
        c.top.values[c.top.n++] = (struct facet_value){.count = c.unknown};
    *ret = (struct facet_counts){.facet = f, .values = c.top.values, .n = c.top.n};
    return 0;
}

int storage_count_facets(struct storage_reader *rd, const struct query *q, struct arena *mem,
                         struct facet_counts **ret, size_t *ret_n)
{
    struct facet_counts *facets = arena_array(mem, _FACET_N, sizeof *facets);
    const struct rowset *all;
    size_t n = 0;
    reader_begin(rd);
    int outcome = facets ? filter_incidents(rd, q, &all) : -ENOMEM;
    for (unsigned f = 0; f < _FACET_N && outcome == 0; f++) {
        const struct rowset *base = all;
        if (!(q->facets & 1u << f))
            continue;
        if (q->filters[facet_filter((enum facet)f)].n)
            outcome = filter_incidents_but(rd, q, facet_filter((enum facet)f), &base);
        if (outcome == 0)
            outcome = count_facet(rd, q, (enum facet)f, base, mem, &facets[n++]);
    }
    if (outcome != 0)
        return outcome;
    *ret = facets;
    *ret_n = n;
    return 0;
}
