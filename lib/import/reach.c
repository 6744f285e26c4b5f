/* SPDX-License-Identifier: MIT */
/* Links and parties as a graph, and walks through it; see reach.h. Called by rows.c. */
#include "import/reach.h"

#include "import/records.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Indexes of one organisation's neighbours. */
struct indexes {
    uint32_t *list;
    size_t n, room;
};

/* An incident that names an organisation, and its first part in it. */
struct part {
    uint32_t org, incident;
    uint16_t index; /* of the party in its record */
    uint8_t role, certainty;
};

/* What stands around one organisation. */
struct node {
    struct indexes owners, suppliers, owned;
    size_t first, n; /* its parts */
};

struct reach_graph {
    const struct catalogue *c;
    struct node *nodes;
    struct part *parts; /* by organisation, then incident, then place in the record */
    size_t n_parts, room_parts;
    uint32_t *org_seen;      /* the spreading that met each */
    uint32_t *incident_seen; /* the organisation, plus 1, that each was last added to */
    uint32_t spreading;
    struct indexes queue;
    size_t asked;
    struct reach_row *rows;
    size_t n_rows, room_rows;
};

static int add_index(struct indexes *x, size_t i)
{
    if (grow(&x->list, x->n, &x->room, sizeof *x->list) != 0)
        return -ENOMEM;
    x->list[x->n++] = (uint32_t)i;
    return 0;
}

static int add_link(struct reach_graph *g, size_t from, const struct org_link *l)
{
    size_t to = catalogue_find_org(g->c, l->organization.id);
    if (to == NOBODY || !org_link_holds(l))
        return 0;
    if (l->relation == ORG_SUPPLIED_BY)
        return add_index(&g->nodes[from].suppliers, to);
    int result = add_index(&g->nodes[from].owners, to);
    return result != 0 ? result : add_index(&g->nodes[to].owned, from);
}

static int add_part(struct reach_graph *g, size_t incident, const struct tie *t)
{
    size_t org = t->list == LIST_PARTIES && t->id ? catalogue_find_org(g->c, t->id) : NOBODY;
    if (org == NOBODY)
        return 0;
    if (grow(&g->parts, g->n_parts, &g->room_parts, sizeof *g->parts) != 0)
        return -ENOMEM;
    g->parts[g->n_parts++] = (struct part){(uint32_t)org, (uint32_t)incident, (uint16_t)t->index,
                                           (uint8_t)t->role, (uint8_t)t->certainty};
    return 0;
}

static int by_org(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    if (x->org != y->org)
        return x->org < y->org ? -1 : 1;
    if (x->incident != y->incident)
        return x->incident < y->incident ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static int add_parts(struct reach_graph *g)
{
    const struct catalogue *c = g->c;
    int result = 0;
    for (size_t i = 0; i < c->n_incidents && result == 0; i++) {
        const struct incident_record *rec = &c->incidents[i];
        for (size_t k = 0; k < rec->n_ties && result == 0; k++)
            if (record_is_listed(rec))
                result = add_part(g, i, &rec->ties[k]);
    }
    return result;
}

/* Each organisation's parts in a row, one an incident. */
static void settle_parts(struct reach_graph *g)
{
    size_t n = 0;
    if (g->n_parts > 1)
        qsort(g->parts, g->n_parts, sizeof *g->parts, by_org);
    for (size_t i = 0; i < g->n_parts; i++) {
        struct part p = g->parts[i];
        if (n && g->parts[n - 1].org == p.org && g->parts[n - 1].incident == p.incident)
            continue;
        if (!g->nodes[p.org].n++)
            g->nodes[p.org].first = n;
        g->parts[n++] = p;
    }
    g->n_parts = n;
}

static int fill_graph(struct reach_graph *g)
{
    const struct catalogue *c = g->c;
    int result = 0;
    for (size_t i = 0; i < c->n_orgs && result == 0; i++)
        for (size_t k = 0; k < c->orgs[i].x.n_links && result == 0; k++)
            result = add_link(g, i, &c->orgs[i].x.links[k]);
    if (result == 0)
        result = add_parts(g);
    if (result == 0)
        settle_parts(g);
    return result;
}

/* Adds the incidents of organisation VIA that were not met yet. */
static int add_reach(struct reach_graph *g, enum reach reach, size_t via, enum org_relation relation)
{
    const struct node *node = &g->nodes[via];
    for (size_t i = node->first; i < node->first + node->n; i++) {
        const struct part *p = &g->parts[i];
        if (g->incident_seen[p->incident] == g->asked + 1)
            continue;
        g->incident_seen[p->incident] = (uint32_t)g->asked + 1;
        if (grow(&g->rows, g->n_rows, &g->room_rows, sizeof *g->rows) != 0)
            return -ENOMEM;
        g->rows[g->n_rows++] = (struct reach_row){.incident = p->incident,
                                                  .via = reach == REACH_OWN ? NOBODY : via,
                                                  .reach = reach,
                                                  .relation = relation,
                                                  .role = p->role,
                                                  .certainty = p->certainty};
    }
    return 0;
}

/* Puts those of X that were not met yet into the queue. */
static int enqueue(struct reach_graph *g, const struct indexes *x)
{
    int result = 0;
    for (size_t i = 0; i < x->n && result == 0; i++) {
        if (g->org_seen[x->list[i]] == g->spreading)
            continue;
        g->org_seen[x->list[i]] = g->spreading;
        result = add_index(&g->queue, x->list[i]);
    }
    return result;
}

/* Everyone above or below the organisation asked about, nearest first, in the queue. */
static int spread(struct reach_graph *g, size_t around_at)
{
    g->queue.n = 0;
    g->org_seen[g->asked] = ++g->spreading;
    int result = enqueue(g, (struct indexes *)((char *)&g->nodes[g->asked] + around_at));
    for (size_t i = 0; i < g->queue.n && result == 0; i++)
        result = enqueue(g, (struct indexes *)((char *)&g->nodes[g->queue.list[i]] + around_at));
    return result;
}

static int add_all(struct reach_graph *g, size_t from, enum reach reach, enum org_relation relation)
{
    int result = 0;
    for (size_t i = from; i < g->queue.n && result == 0; i++)
        result = add_reach(g, reach, g->queue.list[i], relation);
    return result;
}

/* Owners, then suppliers of the organisation and of its owners, nearest first. */
static int add_inherited(struct reach_graph *g)
{
    int result = spread(g, offsetof(struct node, owners));
    size_t owners = g->queue.n;
    if (result == 0)
        result = enqueue(g, &g->nodes[g->asked].suppliers);
    for (size_t i = 0; i < owners && result == 0; i++)
        result = enqueue(g, &g->nodes[g->queue.list[i]].suppliers);
    size_t all = g->queue.n;
    g->queue.n = owners;
    if (result == 0)
        result = add_all(g, 0, REACH_INHERITED, ORG_OWNED_BY);
    g->queue.n = all;
    return result != 0 ? result : add_all(g, owners, REACH_INHERITED, ORG_SUPPLIED_BY);
}

static int add_own(struct reach_graph *g)
{
    return add_reach(g, REACH_OWN, g->asked, ORG_OWNED_BY);
}

static int add_group(struct reach_graph *g)
{
    int result = spread(g, offsetof(struct node, owned));
    return result != 0 ? result : add_all(g, 0, REACH_GROUP, ORG_OWNED_BY);
}

int reach_of(struct reach_graph *g, size_t org, struct reach_row **ret, size_t *ret_n)
{
    static int (*const ways[_REACH_N])(struct reach_graph * g) = {add_own, add_group, add_inherited};
    int result = 0;
    g->asked = org;
    g->n_rows = 0;
    for (size_t way = 0; way < _REACH_N && result == 0; way++)
        result = ways[way](g);
    *ret = g->rows;
    *ret_n = g->n_rows;
    return result;
}

struct reach_graph *reach_free(struct reach_graph *g)
{
    if (!g)
        return NULL;
    for (size_t i = 0; g->nodes && i < g->c->n_orgs; i++) {
        free(g->nodes[i].owners.list);
        free(g->nodes[i].suppliers.list);
        free(g->nodes[i].owned.list);
    }
    free(g->nodes);
    free(g->parts);
    free(g->org_seen);
    free(g->incident_seen);
    free(g->queue.list);
    free(g->rows);
    free(g);
    return NULL;
}

struct reach_graph *reach_new(const struct catalogue *c)
{
    struct reach_graph *g = calloc(1, sizeof *g);
    if (!g)
        return NULL;
    g->c = c;
    g->nodes = calloc(c->n_orgs + 1, sizeof *g->nodes);
    g->org_seen = calloc(c->n_orgs + 1, sizeof *g->org_seen);
    g->incident_seen = calloc(c->n_incidents + 1, sizeof *g->incident_seen);
    bool ready = g->nodes && g->org_seen && g->incident_seen && fill_graph(g) == 0;
    return ready ? g : reach_free(g);
}
