/* SPDX-License-Identifier: MIT */
/*
 * Which listed incidents touch which organisations: their own, those of what they own (transitively), and
 * those of their owners (transitively), their suppliers and their owners' suppliers. An incident counts once for
 * an organisation, by the shortest of these ways. Links that have ended lead nowhere.
 */
#include "import/resolve.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Indexes of one organisation's neighbours, or incidents. */
struct indexes {
    size_t *list, n, room;
};

struct part {
    size_t incident;
    enum role role;
    enum certainty certainty;
};

/* What stands around one organisation. */
struct node {
    struct indexes owners, suppliers, owned;
    struct part *own; /* listed incidents that name it, by id, each with its first part */
    size_t n_own, room_own;
};

struct graph {
    struct catalogue *c;
    struct node *nodes;
    size_t *org_seen;      /* the spreading that met each */
    size_t *incident_seen; /* the organisation, plus 1, that each was last added to */
    size_t spreading;
    struct indexes queue;
    struct org_row *row; /* of the organisation asked about */
    size_t asked;
};

static int add_index(struct indexes *x, size_t i)
{
    if (grow(&x->list, x->n, &x->room, sizeof *x->list) != 0)
        return -ENOMEM;
    x->list[x->n++] = i;
    return 0;
}

static int add_link(struct graph *g, size_t from, const struct org_link *l)
{
    size_t to = catalogue_find_org(g->c, l->organization.id);
    if (to == NOBODY || l->until.text)
        return 0;
    if (l->relation == ORG_SUPPLIED_BY)
        return add_index(&g->nodes[from].suppliers, to);
    int result = add_index(&g->nodes[from].owners, to);
    return result != 0 ? result : add_index(&g->nodes[to].owned, from);
}

static int add_part(struct graph *g, size_t incident, const struct party *p)
{
    size_t org = p->organization.id ? catalogue_find_org(g->c, p->organization.id) : NOBODY;
    if (org == NOBODY)
        return 0;
    struct node *node = &g->nodes[org];
    if (node->n_own && node->own[node->n_own - 1].incident == incident)
        return 0;
    if (grow(&node->own, node->n_own, &node->room_own, sizeof *node->own) != 0)
        return -ENOMEM;
    node->own[node->n_own++] = (struct part){incident, p->role, p->e.certainty};
    return 0;
}

static int fill_graph(struct graph *g)
{
    struct catalogue *c = g->c;
    int result = 0;
    for (size_t i = 0; i < c->n_orgs && result == 0; i++)
        for (size_t k = 0; k < c->orgs[i].x.n_links && result == 0; k++)
            result = add_link(g, i, &c->orgs[i].x.links[k]);
    for (size_t i = 0; i < c->n_incidents && result == 0; i++)
        for (size_t k = 0; k < c->incidents[i].x.n_parties && result == 0; k++)
            if (incident_is_listed(&c->incidents[i].x.row))
                result = add_part(g, i, &c->incidents[i].x.parties[k]);
    return result;
}

/* The latest incident is the newest of the nearest way that has any; FROM: where its rows begin. */
static void settle_latest(struct graph *g, size_t from)
{
    const struct catalogue *c = g->c;
    const struct incident_record *latest = NULL;
    for (size_t i = from; i < c->n_reach; i++)
        if (!latest || c->incidents[c->reach[i].incident].row < latest->row)
            latest = &c->incidents[c->reach[i].incident];
    if (!latest || g->row->latest.id)
        return;
    g->row->latest = (struct incident_ref){latest->x.row.id, latest->x.row.title, latest->x.row.status};
    g->row->latest_date = latest->x.row.date;
}

/* Adds the incidents of organisation VIA that were not met yet. */
static int add_reach(struct graph *g, enum reach reach, size_t via, enum org_relation relation)
{
    const struct node *node = &g->nodes[via];
    struct catalogue *c = g->c;
    size_t *const counts[] = {&g->row->own, &g->row->group, &g->row->inherited};
    for (size_t i = 0; i < node->n_own; i++) {
        size_t incident = node->own[i].incident;
        if (g->incident_seen[incident] == g->asked + 1)
            continue;
        g->incident_seen[incident] = g->asked + 1;
        if (grow(&c->reach, c->n_reach, &c->room_reach, sizeof *c->reach) != 0)
            return -ENOMEM;
        c->reach[c->n_reach++] = (struct reach_row){.organization = g->asked,
                                                    .incident = incident,
                                                    .via = reach == REACH_OWN ? NOBODY : via,
                                                    .reach = reach,
                                                    .relation = relation,
                                                    .role = node->own[i].role,
                                                    .certainty = node->own[i].certainty};
        ++*counts[reach];
    }
    return 0;
}

/* Puts those of X that were not met yet into the queue. */
static int enqueue(struct graph *g, const struct indexes *x)
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
static int spread(struct graph *g, size_t around_at)
{
    g->queue.n = 0;
    g->org_seen[g->asked] = ++g->spreading;
    int result = enqueue(g, (struct indexes *)((char *)&g->nodes[g->asked] + around_at));
    for (size_t i = 0; i < g->queue.n && result == 0; i++)
        result = enqueue(g, (struct indexes *)((char *)&g->nodes[g->queue.list[i]] + around_at));
    return result;
}

static int add_all(struct graph *g, size_t from, enum reach reach, enum org_relation relation)
{
    int result = 0;
    for (size_t i = from; i < g->queue.n && result == 0; i++)
        result = add_reach(g, reach, g->queue.list[i], relation);
    return result;
}

/* Owners, then suppliers of the organisation and of its owners, nearest first. */
static int add_inherited(struct graph *g)
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

static int add_own(struct graph *g)
{
    return add_reach(g, REACH_OWN, g->asked, ORG_OWNED_BY);
}

static int add_group(struct graph *g)
{
    int result = spread(g, offsetof(struct node, owned));
    return result != 0 ? result : add_all(g, 0, REACH_GROUP, ORG_OWNED_BY);
}

static int reach_of(struct graph *g, size_t i)
{
    static int (*const ways[_REACH_N])(struct graph * g) = {add_own, add_group, add_inherited};
    g->asked = i;
    g->row = &g->c->orgs[i].x.row;
    int result = 0;
    for (size_t way = 0; way < _REACH_N && result == 0; way++) {
        size_t from = g->c->n_reach;
        result = ways[way](g);
        settle_latest(g, from);
    }
    return result;
}

static void free_graph(struct graph *g)
{
    for (size_t i = 0; g->nodes && i < g->c->n_orgs; i++) {
        free(g->nodes[i].owners.list);
        free(g->nodes[i].suppliers.list);
        free(g->nodes[i].owned.list);
        free(g->nodes[i].own);
    }
    free(g->nodes);
    free(g->org_seen);
    free(g->incident_seen);
    free(g->queue.list);
}

int resolve_reach(struct catalogue *c)
{
    struct graph g = {
        .c = c,
        .nodes = calloc(c->n_orgs + 1, sizeof *g.nodes),
        .org_seen = calloc(c->n_orgs + 1, sizeof *g.org_seen),
        .incident_seen = calloc(c->n_incidents + 1, sizeof *g.incident_seen),
    };
    int result = g.nodes && g.org_seen && g.incident_seen ? fill_graph(&g) : -ENOMEM;
    for (size_t i = 0; i < c->n_orgs && result == 0; i++)
        result = reach_of(&g, i);
    free_graph(&g);
    return result;
}
