/* SPDX-License-Identifier: MIT */
/*
 * From keys to organisations: a union-find over keys and native records, joined step by step as organizations.h
 * says. Each step looks at what the steps before it made and at nothing of its own, so that the order within a
 * step makes no difference. Sorting finds what is equal: no table to be flooded, and about n log n for all.
 */
#include "import/organizations.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* --- nodes --- */

static int compare_keys(const struct org_key *a, const struct org_key *b)
{
    int order = strcmp(a->name, b->name);
    if (order == 0)
        order = strcmp(a->country, b->country);
    return order ? order : strcmp(a->region, b->region);
}

static int by_key(const void *a, const void *b)
{
    const struct org_spot *x = a, *y = b;
    int order = compare_keys(&x->key, &y->key);
    if (order == 0)
        order = (x->incident > y->incident) - (x->incident < y->incident);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* The node after the last one, for the spots from I on that have one key; how many they are. */
static size_t add_key(struct org_joins *j, size_t i)
{
    const struct org_key *key = &j->spots[i].key;
    size_t n = 0, node = j->n_nodes++;
    while (i + n < j->n_spots && compare_keys(key, &j->spots[i + n].key) == 0)
        j->spots[i + n++].node = node;
    j->nodes[node] = (struct org_node){.key = *key,
                                       .first = i,
                                       .n = n,
                                       .parent = node,
                                       .native = NOBODY,
                                       .has_country = *key->country,
                                       .has_region = *key->region};
    return n;
}

static int add_record(struct org_joins *j, size_t i)
{
    const struct organization *x = &j->c->orgs[i].x;
    const char *site = x->website ? org_site_fold(x->website, j->mem) : "";
    size_t node = j->n_nodes++;
    j->nodes[node] = (struct org_node){.id = x->row.id,
                                       .parent = node,
                                       .native = i,
                                       .has_country = x->row.country,
                                       .has_region = x->row.region,
                                       .has_site = site && *site};
    return site ? 0 : -ENOMEM;
}

static int make_nodes(struct org_joins *j)
{
    if (j->n_spots > 1)
        qsort(j->spots, j->n_spots, sizeof *j->spots, by_key);
    j->nodes = arena_array(j->mem, j->n_spots + j->c->n_orgs, sizeof *j->nodes);
    if (!j->nodes)
        return -ENOMEM;
    for (size_t i = 0; i < j->n_spots;)
        i += add_key(j, i);
    j->n_keys = j->n_nodes;
    int result = 0;
    for (size_t i = 0; i < j->c->n_orgs && result == 0; i++)
        result = add_record(j, i);
    for (size_t i = 0; i < j->n_spots; i++)
        j->nodes[j->spots[i].node].has_site |= *j->spots[i].site;
    return result;
}

/* --- union-find --- */

size_t org_joins_root(struct org_joins *j, size_t node)
{
    while (j->nodes[node].parent != node) {
        j->nodes[node].parent = j->nodes[j->nodes[node].parent].parent;
        node = j->nodes[node].parent;
    }
    return node;
}

static bool is_forbidden(struct org_joins *j, size_t a, size_t b)
{
    if (j->nodes[a].native != NOBODY && j->nodes[b].native != NOBODY)
        return true;
    if (!j->nodes[a].is_ruled || !j->nodes[b].is_ruled)
        return false;
    for (size_t i = 0; i < j->n_apart; i++) {
        size_t x = org_joins_root(j, j->apart[i][0]), y = org_joins_root(j, j->apart[i][1]);
        if ((x == a && y == b) || (x == b && y == a))
            return true;
    }
    return false;
}

static void give_reason(struct org_node *n, enum join why)
{
    if (n->why == JOIN_NONE)
        n->why = why;
}

bool org_joins_unite(struct org_joins *j, size_t a, size_t b, enum join why)
{
    size_t x = org_joins_root(j, a), y = org_joins_root(j, b);
    if (x != y && is_forbidden(j, x, y))
        return false;
    give_reason(&j->nodes[a], why);
    give_reason(&j->nodes[b], why);
    if (x == y)
        return true;
    struct org_node *to = &j->nodes[x], *from = &j->nodes[y];
    from->parent = x;
    to->native = to->native != NOBODY ? to->native : from->native;
    to->has_country |= from->has_country;
    to->has_region |= from->has_region;
    to->has_site |= from->has_site;
    to->is_ruled |= from->is_ruled;
    return true;
}

/* --- keys of native records --- */

static void join_natives(struct org_joins *j)
{
    for (size_t i = 0; i < j->n_keys; i++) {
        struct org_node *k = &j->nodes[i];
        size_t native = NOBODY;
        for (size_t s = k->first; s < k->first + k->n; s++) {
            if (j->spots[s].incident != NOBODY)
                continue;
            k->contested = k->contested || (native != NOBODY && native != j->spots[s].index);
            native = j->spots[s].index;
        }
        if (native != NOBODY && !k->contested)
            (void)org_joins_unite(j, i, j->n_keys + native, JOIN_NAME);
    }
}

/* --- websites --- */

struct site {
    const char *site;
    size_t node;
};

static int by_site(const void *a, const void *b)
{
    const struct site *x = a, *y = b;
    int order = strcmp(x->site, y->site);
    return order ? order : (x->node > y->node) - (x->node < y->node);
}

static int list_sites(struct org_joins *j, struct site **ret, size_t *ret_n)
{
    struct site *sites = arena_array(j->mem, j->n_spots + j->c->n_orgs, sizeof *sites);
    size_t n = 0;
    if (!sites)
        return -ENOMEM;
    for (size_t i = 0; i < j->n_spots; i++)
        if (*j->spots[i].site)
            sites[n++] = (struct site){j->spots[i].site, j->spots[i].node};
    for (size_t i = 0; i < j->c->n_orgs; i++) {
        const char *website = j->c->orgs[i].x.website;
        const char *site = website ? org_site_fold(website, j->mem) : "";
        if (!site)
            return -ENOMEM;
        if (*site)
            sites[n++] = (struct site){site, j->n_keys + i};
    }
    if (n > 1)
        qsort(sites, n, sizeof *sites, by_site);
    *ret = sites;
    *ret_n = n;
    return 0;
}

/* A website that two native records have says nothing of others either. */
static void join_site(struct org_joins *j, const struct site *sites, size_t n)
{
    size_t native = NOBODY;
    for (size_t i = 0; i < n; i++) {
        size_t one = j->nodes[org_joins_root(j, sites[i].node)].native;
        if (one != NOBODY && native != NOBODY && one != native)
            return;
        native = one != NOBODY ? one : native;
    }
    for (size_t i = 1; i < n; i++)
        if (sites[i].node != sites[0].node)
            (void)org_joins_unite(j, sites[0].node, sites[i].node, JOIN_WEBSITE);
}

static int join_sites(struct org_joins *j)
{
    struct site *sites = NULL;
    size_t n = 0;
    int result = list_sites(j, &sites, &n);
    for (size_t i = 0, end; i < n && result == 0; i = end) {
        for (end = i + 1; end < n && strcmp(sites[i].site, sites[end].site) == 0;)
            end++;
        join_site(j, sites + i, end - i);
    }
    return result;
}

/* --- keys that lack a part --- */

#define SEVERAL (SIZE_MAX - 1)

/* What the keys in question could be: per root, NOBODY, a node of the only candidate, or SEVERAL; and by which of its
 * own nodes it was found. */
struct candidates {
    size_t *found, *by;
};

static void note(struct org_joins *j, const struct candidates *c, size_t node, size_t candidate)
{
    size_t root = org_joins_root(j, node), to = org_joins_root(j, candidate);
    if (root == to || c->found[root] == SEVERAL)
        return;
    if (j->nodes[candidate].contested ||
        (c->found[root] != NOBODY && org_joins_root(j, c->found[root]) != to)) {
        c->found[root] = SEVERAL;
        return;
    }
    c->found[root] = candidate;
    c->by[root] = node;
}

/* END is one past the keys from I on that agree with key I in name, and in country where COUNTRY. */
static size_t run_end(const struct org_joins *j, size_t i, bool country)
{
    size_t end = i + 1;
    while (end < j->n_keys && strcmp(j->nodes[i].key.name, j->nodes[end].key.name) == 0 &&
           (!country || strcmp(j->nodes[i].key.country, j->nodes[end].key.country) == 0))
        end++;
    return end;
}

/* Names that many have, each in its own place, are never joined by a part of their key. */
static bool may_lack(const struct org_joins *j, size_t i)
{
    return !org_name_is_common(j->nodes[i].key.name);
}

/* The first key of a run is the one that lacks the part, if any does: "" sorts first. */
static void look_for_regions(struct org_joins *j, const struct candidates *c)
{
    for (size_t i = 0, end; i < j->n_keys; i = end) {
        end = run_end(j, i, true);
        if (*j->nodes[i].key.region || !*j->nodes[i].key.country ||
            j->nodes[org_joins_root(j, i)].has_region || !may_lack(j, i))
            continue;
        for (size_t k = i + 1; k < end; k++)
            note(j, c, i, k);
    }
}

static void look_for_countries(struct org_joins *j, const struct candidates *c)
{
    for (size_t i = 0, end; i < j->n_keys; i = end) {
        end = run_end(j, i, false);
        if (*j->nodes[i].key.country || j->nodes[org_joins_root(j, i)].has_country || !may_lack(j, i))
            continue;
        for (size_t k = i + 1; k < end; k++)
            note(j, c, i, k);
    }
}

/* Whether a website says that key BY is not CANDIDATE: it has another one, or one in another country. */
static bool is_contradicted(struct org_joins *j, size_t by, size_t candidate)
{
    const struct org_node *n = &j->nodes[by];
    for (size_t i = n->first; i < n->first + n->n; i++)
        if (org_site_is_elsewhere(j->spots[i].site, j->nodes[candidate].key.country))
            return true;
    return j->nodes[org_joins_root(j, by)].has_site && j->nodes[org_joins_root(j, candidate)].has_site;
}

static int join_lacking(struct org_joins *j, void (*look)(struct org_joins *j, const struct candidates *c),
                        enum join why)
{
    struct candidates c = {.found = arena_array(j->mem, j->n_nodes, sizeof(size_t)),
                           .by = arena_array(j->mem, j->n_nodes, sizeof(size_t))};
    if (!c.found || !c.by)
        return -ENOMEM;
    for (size_t i = 0; i < j->n_nodes; i++)
        c.found[i] = NOBODY;
    look(j, &c);
    /* looked at before any is joined, so that the order makes no difference */
    for (size_t i = 0; i < j->n_nodes; i++)
        if (c.found[i] < SEVERAL && is_contradicted(j, c.by[i], c.found[i]))
            c.found[i] = NOBODY;
    for (size_t i = 0; i < j->n_nodes; i++)
        if (c.found[i] < SEVERAL)
            (void)org_joins_unite(j, c.found[i], c.by[i], why);
    return 0;
}

/* --- ids --- */

static int by_id(const void *a, const void *b)
{
    const struct org_node *x = *(const struct org_node *const *)a, *y = *(const struct org_node *const *)b;
    int order = strcmp(x->id, y->id);
    return order ? order : (x > y) - (x < y);
}

/* Slugs of two keys are alike once in a long while; the later key then takes more digits. */
static int part_twins(struct org_joins *j)
{
    const struct org_node **nodes = arena_array(j->mem, j->n_keys, sizeof(struct org_node *));
    if (!nodes)
        return -ENOMEM;
    for (size_t i = 0; i < j->n_keys; i++)
        nodes[i] = &j->nodes[i];
    if (j->n_keys > 1)
        qsort(nodes, j->n_keys, sizeof *nodes, by_id);
    const char *last = "";
    for (size_t i = 0; i < j->n_keys; i++) {
        struct org_node *node = &j->nodes[nodes[i] - j->nodes];
        bool twin = strcmp(last, node->id) == 0;
        last = node->id;
        if (twin)
            node->id = org_key_id(&node->key, 24, j->c->mem);
        if (!node->id)
            return -ENOMEM;
    }
    return 0;
}

static int make_ids(struct org_joins *j)
{
    for (size_t i = 0; i < j->n_keys; i++) {
        j->nodes[i].id = org_key_id(&j->nodes[i].key, 0, j->c->mem);
        if (!j->nodes[i].id)
            return -ENOMEM;
    }
    return part_twins(j);
}

int org_joins_run(struct org_joins *j)
{
    int result = make_nodes(j);
    if (result == 0)
        result = make_ids(j);
    if (result == 0)
        result = org_rulings_apply(j);
    if (result != 0)
        return result;
    join_natives(j);
    result = join_sites(j);
    if (result == 0)
        result = join_lacking(j, look_for_regions, JOIN_REGION);
    return result != 0 ? result : join_lacking(j, look_for_countries, JOIN_COUNTRY);
}
