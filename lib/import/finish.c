/* SPDX-License-Identifier: MIT */
/*
 * What nobody stated but follows: who is meant, relations seen from the other side and found ones, and by
 * model/derive.h everything that an incident's facts imply. One incident at a time, whenever it is asked for; what it needs
 * of others are their titles and what they state of it. Called by order.c and rows.c.
 */
#include "import/duplicates.h"
#include "import/records.h"
#include "import/resolve.h"
#include "model/derive.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* How a relation looks from the other side. */
static const enum relation mirror_of[_RELATION_N] = {
    [RELATION_POSSIBLE_LINK] = RELATION_POSSIBLE_LINK, [RELATION_SAME_GROUP] = RELATION_SAME_GROUP,
    [RELATION_SAME_VENDOR] = RELATION_SAME_VENDOR,     [RELATION_FOLLOW_UP] = RELATION_FOLLOWED_BY,
    [RELATION_DUPLICATE_OF] = RELATION_HAS_DUPLICATE,
};

/* --- who mirrors what --- */

static bool is_relation(const struct edge *e)
{
    return e->index != MERGED && !e->dropped;
}

/* Whether REC states RELATION to the incident ID itself. */
static bool states(const struct incident_record *rec, const char *id, enum relation relation)
{
    for (size_t i = 0; i < rec->n_edges; i++)
        if (is_relation(&rec->edges[i]) && rec->edges[i].relation == relation &&
            strcmp(rec->edges[i].to, id) == 0)
            return true;
    return false;
}

static int add_mirror(struct catalogue *c, size_t to, size_t from, unsigned index)
{
    if (grow(&c->mirrors, c->n_mirrors, &c->room_mirrors, sizeof *c->mirrors) != 0)
        return -ENOMEM;
    c->mirrors[c->n_mirrors++] = (struct mirror){.to = (uint32_t)to, .from = (uint32_t)from, .index = index};
    return 0;
}

static int mirror_edges(struct catalogue *c, size_t from)
{
    const struct incident_record *rec = &c->incidents[from];
    int result = 0;
    for (size_t i = 0; i < rec->n_edges && result == 0; i++) {
        const struct edge *e = &rec->edges[i];
        size_t to = is_relation(e) ? catalogue_find_incident(c, e->to) : NOBODY;
        if (to == NOBODY ||
            (mirror_of[e->relation] == e->relation && states(&c->incidents[to], rec->id, e->relation)))
            continue;
        result = add_mirror(c, to, from, e->index);
    }
    if (result == 0 && rec->found)
        result = add_mirror(c, c->found[rec->found - 1].to, from, FOUND);
    return result;
}

static int by_target(const void *a, const void *b)
{
    const struct mirror *x = a, *y = b;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

int resolve_mirrors(struct catalogue *c)
{
    int result = 0;
    for (size_t i = 0; i < c->n_incidents && result == 0; i++)
        result = mirror_edges(c, i);
    if (c->n_mirrors > 1)
        qsort(c->mirrors, c->n_mirrors, sizeof *c->mirrors, by_target);
    return result;
}

/* The first mirror of incident TO; the others follow it. */
static size_t first_mirror(const struct catalogue *c, size_t to)
{
    size_t low = 0, high = c->n_mirrors;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->mirrors[middle].to < to)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* --- relations --- */

/* One incident being finished. */
struct finish {
    struct catalogue *c;
    const struct incident_record *rec;
    struct arena *mem;
    struct incident *x;
};

/* How incident AT is shown where another names it. */
static int name_incident(const struct finish *f, size_t at, struct incident *ret_other,
                         struct incident_ref *ret)
{
    int result = record_load(f->c, &f->c->incidents[at], f->mem, ret_other);
    if (result == 0)
        *ret = (struct incident_ref){ret_other->row.id, ret_other->row.title, ret_other->row.status};
    return result;
}

/* What F's record has in its list because it was found to be a duplicate. */
static int tell_found(const struct finish *f, struct related *ret)
{
    const struct duplicate *d = &f->c->found[f->rec->found - 1];
    struct incident other;
    *ret = (struct related){
        .relation = RELATION_DUPLICATE_OF,
        .derived = true,
        .e = {.certainty = CERTAINTY_SUSPECTED, .note = duplicates_note(d->features, f->mem)}};
    return ret->e.note ? name_incident(f, d->to, &other, &ret->incident) : -ENOMEM;
}

/* R, which the record FROM has, as F's shows it. The number of a source means nothing in another record. */
static int turn(const struct finish *f, const struct incident_ref *from, const struct related *r,
                struct related *ret)
{
    const char *note = arena_printf(f->mem, "As the record of the other incident states%s%s",
                                    r->e.note ? ": " : ".", r->e.note ? r->e.note : "");
    *ret = (struct related){
        .incident = *from,
        .relation = mirror_of[r->relation],
        .derived = true,
        .e = {.certainty = r->e.certainty,
              .asserted_by = r->e.asserted_by,
              .asserted = r->e.asserted,
              .note = note},
    };
    return note ? 0 : -ENOMEM;
}

static int tell_mirror(const struct finish *f, const struct mirror *m, struct related *ret)
{
    struct incident other;
    struct incident_ref from;
    struct related found;
    struct finish of = {f->c, &f->c->incidents[m->from], f->mem, &other};
    int result = name_incident(f, m->from, &other, &from);
    if (result == 0 && m->index == FOUND)
        result = tell_found(&of, &found);
    if (result != 0)
        return result;
    if (m->index != FOUND && m->index >= other.n_related)
        return -EIO;
    return turn(f, &from, m->index == FOUND ? &found : &other.related[m->index], ret);
}

/* Stated ones lead to what is there; those to rejected incidents are left out. */
static int settle_stated(const struct finish *f, struct related *list, size_t *n)
{
    int result = 0;
    for (size_t i = 0; i < f->rec->n_edges && result == 0; i++) {
        const struct edge *e = &f->rec->edges[i];
        struct incident other;
        if (!is_relation(e))
            continue;
        size_t to = catalogue_find_incident(f->c, e->to);
        if (to == NOBODY || e->index >= f->x->n_related)
            return -EIO;
        list[*n] = f->x->related[e->index];
        result = name_incident(f, to, &other, &list[(*n)++].incident);
    }
    return result;
}

static int settle_related(const struct finish *f, size_t i)
{
    size_t first = first_mirror(f->c, i), end = first, n = 0;
    while (end < f->c->n_mirrors && f->c->mirrors[end].to == i)
        end++;
    size_t most = (size_t)f->rec->n_edges + (f->rec->found ? 1 : 0) + (end - first);
    struct related *list = arena_array(f->mem, most, sizeof *list);
    if (!list)
        return -ENOMEM;
    int result = settle_stated(f, list, &n);
    if (result == 0 && f->rec->found)
        result = tell_found(f, &list[n++]);
    for (size_t k = first; k < end && result == 0; k++)
        result = tell_mirror(f, &f->c->mirrors[k], &list[n++]);
    f->x->related = list;
    f->x->n_related = n;
    return result;
}

/* --- organisations --- */

static void settle_tie(const struct finish *f, const struct tie *t)
{
    bool party = t->list == LIST_PARTIES;
    if (t->index >= (party ? f->x->n_parties : f->x->n_figures))
        return;
    struct org_ref *ref =
        party ? &f->x->parties[t->index].organization : &f->x->figures[t->index].organization;
    size_t at = t->id ? catalogue_find_org(f->c, t->id) : NOBODY;
    if (at != NOBODY)
        *ref = org_ref_of(&f->c->orgs[at].x);
    else if (t->nobody)
        ref->name = NULL;
}

/* A party that is nobody goes; a figure's absent organisation is none at all. */
static void settle_organizations(const struct finish *f)
{
    struct incident *x = f->x;
    size_t n = 0;
    for (size_t i = 0; i < f->rec->n_ties; i++)
        settle_tie(f, &f->rec->ties[i]);
    for (size_t i = 0; i < x->n_parties; i++)
        if (x->parties[i].organization.id || x->parties[i].organization.name)
            x->parties[n++] = x->parties[i];
    x->n_parties = n;
    for (size_t i = 0; i < x->n_figures; i++)
        if (!x->figures[i].organization.id && !x->figures[i].organization.name)
            x->figures[i].organization = (struct org_ref){0};
}

/* The headline organisation is the first party. */
static void settle_headline(const struct finish *f)
{
    struct incident *x = f->x;
    if (!x->n_parties)
        return;
    x->row.organization = x->parties[0].organization;
    size_t org = x->row.organization.id ? catalogue_find_org(f->c, x->row.organization.id) : NOBODY;
    if (org != NOBODY) {
        x->row.country = f->c->orgs[org].x.row.country;
        x->row.sector = f->c->orgs[org].x.row.sector;
    }
}

/* What X repeats: that is told of no incident that is withdrawn or merged, or what happened would be counted nowhere. */
static const char *duplicated(const struct finish *f)
{
    for (size_t i = 0; i < f->x->n_related; i++) {
        const struct related *r = &f->x->related[i];
        size_t at =
            r->relation == RELATION_DUPLICATE_OF ? catalogue_find_incident(f->c, r->incident.id) : NOBODY;
        if (at != NOBODY && record_is_listed(&f->c->incidents[at]))
            return r->incident.id;
    }
    return NULL;
}

int record_finish(struct catalogue *c, size_t i, struct arena *mem, struct incident *ret)
{
    struct incident x;
    const struct finish f = {c, &c->incidents[i], mem, &x};
    int result = record_load(c, f.rec, mem, &x);
    if (result == 0)
        result = settle_related(&f, i);
    if (result != 0)
        return result;
    settle_organizations(&f);
    x.row.duplicate_of = duplicated(&f);
    settle_headline(&f);
    result = derive_incident(&x, mem);
    if (result == 0)
        *ret = x;
    return result;
}
