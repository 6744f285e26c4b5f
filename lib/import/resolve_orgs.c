/* SPDX-License-Identifier: MIT */
/*
 * Organisations among themselves: one of each id, links that lead somewhere, no circle of ownership. Called by
 * resolve.c first, since incidents name organisations.
 */
#include "import/resolve.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* By id; of equal ids the one read first comes first (row holds the order of reading here). */
static int by_id(const void *a, const void *b)
{
    const struct org_record *x = a, *y = b;
    int order = strcmp(x->x.row.id, y->x.row.id);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static void sort_orgs(struct catalogue *c)
{
    for (size_t i = 0; i < c->n_orgs; i++)
        c->orgs[i].row = i;
    if (c->n_orgs > 1)
        qsort(c->orgs, c->n_orgs, sizeof *c->orgs, by_id);
}

static int reject_twins(struct catalogue *c)
{
    int result = 0;
    const struct org_record *first = c->orgs;
    for (size_t i = 1; i < c->n_orgs && result == 0; i++)
        if (strcmp(first->x.row.id, c->orgs[i].x.row.id) != 0)
            first = &c->orgs[i];
        else
            result = catalogue_reject_twin(c, &c->orgs[i].fate, first->x.row.id, &first->fate.from);
    return result;
}

/* Takes the rejected ones out, and tallies and remembers them. */
static int sweep(struct catalogue *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_orgs; i++)
        if (!c->orgs[i].fate.rejected)
            c->orgs[n++] = c->orgs[i];
        else if (report_count(c->report, NULL, true, false) != 0 ||
                 catalogue_lose(c, &c->lost_orgs, c->orgs[i].x.row.id) != 0)
            return -ENOMEM;
    c->n_orgs = n;
    return 0;
}

static int reject_unknown_target(struct catalogue *c, struct org_record *o, size_t i)
{
    const char *id = o->x.links[i].organization.id;
    if (catalogue_find_org(c, id) != NOBODY || catalogue_is_lost(&c->lost_orgs, id))
        return 0;
    char field[64];
    (void)snprintf(field, sizeof field, "links[%zu].organization.id", i);
    return catalogue_reject_unknown(c, &o->fate, field, "organization", id, nearest_org(c, id));
}

static int reject_unknown_targets(struct catalogue *c)
{
    int result = 0;
    for (size_t i = 0; i < c->n_orgs && result == 0; i++)
        for (size_t k = 0; k < c->orgs[i].x.n_links && result == 0; k++)
            result = reject_unknown_target(c, &c->orgs[i], k);
    return result;
}

/* A search through owners: which were reached, and which wait. */
struct search {
    size_t *reached; /* stamp of the search that reached each */
    size_t *waiting;
};

static size_t add_owners(const struct catalogue *c, size_t i, size_t stamp, struct search *s, size_t n)
{
    const struct organization *x = &c->orgs[i].x;
    for (size_t k = 0; k < x->n_links; k++) {
        if (x->links[k].relation != ORG_OWNED_BY || !org_link_holds(&x->links[k]))
            continue;
        size_t owner = catalogue_find_org(c, x->links[k].organization.id);
        if (owner == NOBODY || c->orgs[owner].fate.rejected || s->reached[owner] == stamp)
            continue;
        s->reached[owner] = stamp;
        s->waiting[n++] = owner;
    }
    return n;
}

/* Whether the owners of organisation I lead back to it, going through those before it only: so of every circle
 * just its last member is found. */
static bool closes_circle(const struct catalogue *c, size_t i, struct search *s)
{
    size_t stamp = i + 1, n = add_owners(c, i, stamp, s, 0);
    while (n > 0) {
        size_t at = s->waiting[--n];
        if (at == i)
            return true;
        if (at < i)
            n = add_owners(c, at, stamp, s, n);
    }
    return false;
}

static int reject_circles(struct catalogue *c)
{
    struct search s = {.reached = arena_array(c->mem, c->n_orgs, sizeof(size_t)),
                       .waiting = arena_array(c->mem, c->n_orgs, sizeof(size_t))};
    if (!s.reached || !s.waiting)
        return -ENOMEM;
    int result = 0;
    for (size_t i = 0; i < c->n_orgs && result == 0; i++)
        if (!c->orgs[i].fate.rejected && closes_circle(c, i, &s))
            result =
                catalogue_reject(c, &c->orgs[i].fate, "links",
                                 "ownership goes round in a circle; end a link with \"until\", or remove it");
    return result;
}

/* Links to what was rejected go; the others take name and kind of whom they lead to. */
static int settle_links(struct catalogue *c, struct org_record *o)
{
    size_t n = 0;
    for (size_t i = 0; i < o->x.n_links; i++) {
        struct org_link l = o->x.links[i];
        size_t target = catalogue_find_org(c, l.organization.id);
        if (target != NOBODY) {
            l.organization = org_ref_of(&c->orgs[target].x);
            if (l.relation == ORG_OWNED_BY && org_link_holds(&l) && o->owner == NOBODY)
                o->owner = target;
            o->x.links[n++] = l;
            continue;
        }
        char field[64];
        (void)snprintf(field, sizeof field, "links[%zu]", i);
        if (catalogue_warn(c, &o->fate, "dropped-link", field,
                           "left out: organization \"%.128s\" was rejected", l.organization.id) != 0)
            return -ENOMEM;
    }
    o->x.n_links = n;
    return 0;
}

int resolve_organizations(struct catalogue *c)
{
    sort_orgs(c);
    int result = c->n_orgs ? reject_twins(c) : 0;
    if (result == 0)
        result = sweep(c);
    if (result == 0)
        result = reject_unknown_targets(c);
    if (result == 0)
        result = reject_circles(c);
    if (result == 0)
        result = sweep(c);
    for (size_t i = 0; i < c->n_orgs && result == 0; i++)
        result = settle_links(c, &c->orgs[i]);
    for (size_t i = 0; i < c->n_orgs; i++)
        if (c->orgs[i].owner != NOBODY)
            c->orgs[i].x.row.owner = org_ref_of(&c->orgs[c->orgs[i].owner].x);
    return result;
}
