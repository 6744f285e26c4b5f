/* SPDX-License-Identifier: MIT */
/*
 * Incidents by their parties. Kinds and roles of parties are sets; organisations in a role are sets where they have many
 * incidents, else an index has them. An organisation has one kind, and a party that is one has the kind of its record.
 *
 * With reach, an organisation stands for all around it: with "group" what it owns, and what that owns; with "all" also
 * its owners and theirs, its suppliers, and the suppliers of its owners. Links that have ended lead nowhere.
 */
#include "storage/sqlite_filter.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Where there is no set of an organisation in a role, what an index lists. */
static int few_incidents(struct storage_reader *rd, int64_t n, const char *role, const struct rowset **ret)
{
    _cleanup_rowset_builder_ struct rowset_builder *b = rowset_builder_new();
    _cleanup_row_ struct row r = row_run_of(rd, STMT_SET_ORGANIZATION, n, NULL);
    if (!b)
        return -ENOMEM;
    row_bind_text(&r, ":role", role);
    int outcome = row_collect(&r, b);
    return outcome == 0 ? filter_made(rowset_gathered(b, rd->scratch), ret) : outcome;
}

/* The incidents in which organisation N has ROLE. What an index listed is kept as sets are: that there are none, too, and most roles have
 * none. */
static int role_incidents(struct storage_reader *rd, int64_t n, const char *role, const struct rowset **ret)
{
    char value[64];
    const struct rowset *few;
    (void)snprintf(value, sizeof value, "%lld %s", (long long)n, role);
    if (set_recall(rd, SET_ORGANIZATION, value, ret))
        return 0;
    int outcome = set_get(rd, SET_ORGANIZATION, value, ret);
    if (outcome != 0 || rowset_count(*ret))
        return outcome;
    outcome = few_incidents(rd, n, role, &few);
    return outcome == 0 ? set_keep(rd, SET_ORGANIZATION, value, few, ret) : outcome;
}

int organization_incidents(struct storage_reader *rd, int64_t n, const struct filter_values *roles,
                           const struct rowset **ret)
{
    const struct rowset *sets[_ROLE_N];
    size_t n_sets = 0;
    int outcome = 0;
    for (unsigned role = 0; role < _ROLE_N && outcome == 0; role++) {
        const char *word = vocab_id(&vocab_role, role);
        if (roles->n && !filter_has(roles, word))
            continue;
        outcome = role_incidents(rd, n, word, &sets[n_sets]);
        n_sets += outcome == 0 && rowset_count(sets[n_sets]); /* most have none */
    }
    return outcome == 0 ? filter_unite(rd, sets, n_sets, ret) : outcome;
}

/* Organisations, each once, in the order met. */
struct circle {
    struct arena *mem;
    uint32_t *list;
    size_t n, room;
    uint64_t *seen;
    size_t most; /* numbers are 1..most */
    bool failed; /* out of memory */
};

static int new_circle(struct storage_reader *rd, struct circle *ret)
{
    size_t most = rd->owner->info.organizations;
    struct circle c = {.mem = rd->scratch, .most = most};
    c.seen = arena_array(rd->scratch, most / 64 + 1, sizeof *c.seen);
    if (!c.seen)
        return -ENOMEM;
    *ret = c;
    return 0;
}

/* Few have more than some dozens around them. */
static void grow(struct circle *c)
{
    size_t room = c->room ? 2 * c->room : 64;
    uint32_t *more = arena_array(c->mem, room, sizeof *more);
    c->failed = c->failed || !more;
    if (!more)
        return;
    if (c->n)
        memcpy(more, c->list, c->n * sizeof *more);
    c->list = more;
    c->room = room;
}

static void meet(struct circle *c, int64_t n)
{
    uint64_t number = (uint64_t)n;
    if (n < 1 || number > c->most || c->seen[number / 64] >> (number % 64) & 1)
        return;
    if (c->n == c->room)
        grow(c);
    if (c->failed)
        return;
    c->seen[number / 64] |= UINT64_C(1) << (number % 64);
    c->list[c->n++] = (uint32_t)number;
}

/* Adds those next to organisation N by statement ID. */
static int meet_next(struct storage_reader *rd, struct circle *c, enum statement id, int64_t n)
{
    _cleanup_row_ struct row r = row_run_of(rd, id, n, NULL);
    int outcome;
    while ((outcome = row_step(&r)) == 0)
        meet(c, row_number(&r));
    if (c->failed)
        return -ENOMEM;
    return outcome == STORAGE_E_NOT_FOUND ? row_end(&r) : outcome;
}

/* From all in C in steps of statement ID as far as they lead. */
static int spread(struct storage_reader *rd, struct circle *c, enum statement id)
{
    int outcome = 0;
    for (size_t at = 0; at < c->n && outcome == 0; at++)
        outcome = meet_next(rd, c, id, c->list[at]);
    return outcome;
}

/* Owners of the first N of C, then the suppliers of these and of them. They spread by themselves: that the group has met one does not end
 * its way upwards. */
static int spread_up(struct storage_reader *rd, struct circle *c, size_t n)
{
    struct circle up;
    int outcome = new_circle(rd, &up);
    if (outcome != 0)
        return outcome;
    for (size_t i = 0; i < n; i++)
        meet(&up, c->list[i]);
    outcome = spread(rd, &up, STMT_ORG_OWNERS);
    for (size_t i = 0, owners = up.n; i < owners && outcome == 0; i++)
        outcome = meet_next(rd, &up, STMT_ORG_SUPPLIERS, up.list[i]);
    for (size_t i = 0; i < up.n && outcome == 0; i++)
        meet(c, up.list[i]);
    return outcome == 0 && c->failed ? -ENOMEM : outcome;
}

/* Those that are called IDS, without what is none. */
static int meet_named(struct storage_reader *rd, const struct filter_values *ids, struct circle *c)
{
    int outcome = 0;
    for (size_t i = 0; i < ids->n && (outcome == 0 || outcome == STORAGE_E_NOT_FOUND); i++) {
        int64_t n;
        outcome = row_lookup(rd, STMT_ORG_NUMBER, ids->values[i], &n);
        if (outcome == 0)
            meet(c, n);
    }
    if (outcome == STORAGE_E_NOT_FOUND)
        outcome = 0;
    return outcome == 0 && c->failed ? -ENOMEM : outcome;
}

/* Around all that Q names at once: what two have in common is looked at once. */
static int find_circle(struct storage_reader *rd, const struct query *q, struct circle *ret)
{
    const struct filter_values *reach = &q->filters[FILTER_REACH];
    int outcome = new_circle(rd, ret);
    if (outcome == 0)
        outcome = meet_named(rd, &q->filters[FILTER_ORGANIZATION], ret);
    size_t named = outcome == 0 ? ret->n : 0;
    if (outcome == 0 && reach->n)
        outcome = spread(rd, ret, STMT_ORG_HOLDINGS);
    if (outcome == 0 && filter_has(reach, vocab_id(&vocab_reach, REACH_OF_ALL)))
        outcome = spread_up(rd, ret, named);
    return outcome;
}

/* Whether organisation N is of one of KINDS (none: any). */
static int is_of_kind(struct storage_reader *rd, int64_t n, const struct filter_values *kinds, bool *ret)
{
    *ret = true;
    if (!kinds->n)
        return 0;
    _cleanup_row_ struct row r = row_run_of(rd, STMT_ORG_KIND, n, NULL);
    int outcome = row_must_step(&r);
    if (outcome == 0)
        *ret = filter_has(kinds, vocab_id(&vocab_org_kind, row_word(&r, &vocab_org_kind)));
    return outcome == 0 ? row_end(&r) : outcome;
}

/* Incidents with a party among those around the organisations that Q names. */
static int by_organizations(struct storage_reader *rd, const struct query *q, const struct rowset **ret)
{
    const struct rowset **sets;
    struct circle c;
    size_t n = 0;
    int outcome = find_circle(rd, q, &c);
    if (outcome != 0)
        return outcome;
    sets = arena_array(rd->scratch, c.n, sizeof *sets);
    outcome = sets ? 0 : -ENOMEM;
    for (size_t i = 0; outcome == 0 && i < c.n; i++) {
        bool fits;
        outcome = is_of_kind(rd, c.list[i], &q->filters[FILTER_PARTY_KIND], &fits);
        if (outcome == 0 && fits)
            outcome = organization_incidents(rd, c.list[i], &q->filters[FILTER_ROLE], &sets[n++]);
    }
    return outcome == 0 ? filter_unite(rd, sets, n, ret) : outcome;
}

/* Incidents with a party of KIND in ROLE. */
static int of_kind_and_role(struct storage_reader *rd, const char *kind, const char *role,
                            const struct rowset **ret)
{
    char value[64];
    if (!*kind &&
        !*role) /* "not known" and a known one are never of one party, and so no set has that name */
        return set_get(rd, SET_PARTY_KIND, SET_NONE, ret);
    (void)snprintf(value, sizeof value, "%s %s", kind, role);
    return set_get(rd, SET_PARTY, value, ret);
}

/* Incidents with a party of one of KINDS in one of ROLES, both set. */
static int by_kind_and_role(struct storage_reader *rd, const struct filter_values *kinds,
                            const struct filter_values *roles, const struct rowset **ret)
{
    size_t n = kinds->n * roles->n;
    const struct rowset **sets = arena_array(rd->scratch, n, sizeof *sets);
    int outcome = sets ? 0 : -ENOMEM;
    for (size_t i = 0; i < n && outcome == 0; i++)
        outcome = of_kind_and_role(rd, filter_set_value(kinds->values[i / roles->n]),
                                   filter_set_value(roles->values[i % roles->n]), &sets[i]);
    return outcome == 0 ? filter_unite(rd, sets, n, ret) : outcome;
}

/* Incidents with a party of these kinds and roles, whoever it is; ALL where neither is set. */
static int by_kinds(struct storage_reader *rd, const struct query *q, const struct rowset *all,
                    const struct rowset **ret)
{
    const struct filter_values *kinds = &q->filters[FILTER_PARTY_KIND], *roles = &q->filters[FILTER_ROLE];
    if (kinds->n && roles->n)
        return by_kind_and_role(rd, kinds, roles, ret);
    if (kinds->n || roles->n)
        return filter_values(rd, kinds->n ? SET_PARTY_KIND : SET_ROLE, kinds->n ? kinds : roles, ret);
    return filter_made(all, ret);
}

/* Incidents that name no organisation, but a group of that kind and role where these are asked for. */
static int by_no_organization(struct storage_reader *rd, const struct query *q, const struct rowset **ret)
{
    const struct rowset *named, *some,
        *all = rowset_range(1, (uint32_t)rd->owner->all_incidents, rd->scratch);
    int outcome = set_get(rd, SET_NAMED, SET_NONE, &named);
    if (outcome == 0)
        outcome = by_kinds(rd, q, all, &some);
    return outcome == 0 ? filter_made(rowset_subtract(some, named, rd->scratch), ret) : outcome;
}

int filter_parties(struct storage_reader *rd, const struct query *q, const struct rowset **ret)
{
    const struct filter_values *ids = &q->filters[FILTER_ORGANIZATION];
    const struct rowset *some, *none;
    if (!ids->n)
        return by_kinds(rd, q, NULL, ret);
    int outcome = by_organizations(rd, q, &some);
    if (outcome != 0 || !filter_has(ids, QUERY_NONE))
        return outcome == 0 ? filter_made(some, ret) : outcome;
    outcome = by_no_organization(rd, q, &none);
    return outcome == 0 ? filter_made(rowset_unite(some, none, rd->scratch), ret) : outcome;
}
