/* SPDX-License-Identifier: MIT */
/*
 * What nobody stated but follows: relations seen from the other side, and by model/derive.h
 * everything that an incident's facts imply. Called by import.c when records and datasets are settled.
 */
#include "model/derive.h"
#include "import/resolve.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* How a relation looks from the other side. */
static const enum relation mirror_of[_RELATION_N] = {
    [RELATION_POSSIBLE_LINK] = RELATION_POSSIBLE_LINK, [RELATION_SAME_GROUP] = RELATION_SAME_GROUP,
    [RELATION_SAME_VENDOR] = RELATION_SAME_VENDOR,     [RELATION_FOLLOW_UP] = RELATION_FOLLOWED_BY,
    [RELATION_DUPLICATE_OF] = RELATION_HAS_DUPLICATE,
};

/* Whether X states REL to the incident ID itself. */
static bool states(const struct incident *x, const char *id, enum relation rel)
{
    for (size_t i = 0; i < x->n_related; i++)
        if (!x->related[i].derived && x->related[i].relation == rel &&
            strcmp(x->related[i].incident.id, id) == 0)
            return true;
    return false;
}

/* R, stated by FROM, as its target shows it. The number of a source means nothing in another record. */
static int turn(struct catalogue *c, const struct incident *from, const struct related *r,
                struct related *ret)
{
    const char *note = arena_printf(c->mem, "As the record of the other incident states%s%s",
                                    r->e.note ? ": " : ".", r->e.note ? r->e.note : "");
    if (!note)
        return -ENOMEM;
    *ret = (struct related){
        .incident = {.id = from->row.id, .title = from->row.title, .status = from->row.status},
        .relation = mirror_of[r->relation],
        .derived = true,
        .e = {.certainty = r->e.certainty,
              .asserted_by = r->e.asserted_by,
              .asserted = r->e.asserted,
              .note = note},
    };
    return 0;
}

/* How many relations each incident will get from others, then room for them, then the relations. */
struct mirrors {
    size_t *n;
    bool count_only;
};

static int mirror(struct catalogue *c, const struct incident *from, const struct related *r,
                  struct mirrors *m)
{
    size_t target = catalogue_find_incident(c, r->incident.id);
    if (target == NOBODY)
        return 0;
    struct incident *to = &c->incidents[target].x;
    if (mirror_of[r->relation] == r->relation && states(to, from->row.id, r->relation))
        return 0;
    if (m->count_only) {
        m->n[target]++;
        return 0;
    }
    return turn(c, from, r, &to->related[to->n_related++]);
}

static int mirror_all(struct catalogue *c, const size_t *stated, struct mirrors *m)
{
    int result = 0;
    for (size_t i = 0; i < c->n_incidents && result == 0; i++)
        for (size_t k = 0; k < stated[i] && result == 0; k++)
            result = mirror(c, &c->incidents[i].x, &c->incidents[i].x.related[k], m);
    return result;
}

static int make_room(struct catalogue *c, const struct mirrors *m)
{
    for (size_t i = 0; i < c->n_incidents; i++) {
        struct incident *x = &c->incidents[i].x;
        if (!m->n[i])
            continue;
        struct related *more = arena_array(c->mem, x->n_related + m->n[i], sizeof *more);
        if (!more)
            return -ENOMEM;
        if (x->n_related)
            memcpy(more, x->related, x->n_related * sizeof *more);
        x->related = more;
    }
    return 0;
}

static int add_mirrors(struct catalogue *c)
{
    size_t *stated = arena_array(c->mem, c->n_incidents, sizeof *stated);
    struct mirrors m = {.n = arena_array(c->mem, c->n_incidents, sizeof *m.n), .count_only = true};
    if (!stated || !m.n)
        return -ENOMEM;
    for (size_t i = 0; i < c->n_incidents; i++)
        stated[i] = c->incidents[i].x.n_related;
    int result = mirror_all(c, stated, &m);
    if (result == 0)
        result = make_room(c, &m);
    m.count_only = false;
    return result != 0 ? result : mirror_all(c, stated, &m);
}

/* The headline organisation is the first party. */
static void settle_headline(const struct catalogue *c, struct incident *x)
{
    if (!x->n_parties)
        return;
    x->row.organization = x->parties[0].organization;
    size_t org = x->row.organization.id ? catalogue_find_org(c, x->row.organization.id) : NOBODY;
    if (org != NOBODY) {
        x->row.country = c->orgs[org].x.row.country;
        x->row.sector = c->orgs[org].x.row.sector;
    }
}

static const char *duplicated(const struct incident *x)
{
    for (size_t i = 0; i < x->n_related; i++)
        if (x->related[i].relation == RELATION_DUPLICATE_OF)
            return x->related[i].incident.id;
    return NULL;
}

/* A pair of dates that cannot stand in this order has no delay; the reader of the report should look. */
static int warn_impossible(struct catalogue *c, struct incident_record *rec)
{
    const struct incident *x = &rec->x;
    const struct {
        const struct edtf *from, *to;
        const char *say;
    } pairs[] = {
        {&x->row.occurred, &x->row.discovered, "discovered before it occurred"},
        {&x->row.discovered, &x->row.disclosed, "disclosed before it was discovered"},
        {&x->row.occurred, &x->row.disclosed, "disclosed before it occurred"},
    };
    int result = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs && result == 0; i++) {
        bool impossible = false;
        (void)derive_delay(pairs[i].from, pairs[i].to, &impossible);
        if (impossible)
            result = catalogue_warn(c, &rec->fate, "impossible-delay", "dates", "%s; no delay is derived",
                                    pairs[i].say);
    }
    return result;
}

static int derive_one(struct catalogue *c, struct incident_record *rec)
{
    struct incident *x = &rec->x;
    x->row.duplicate_of = duplicated(x);
    settle_headline(c, x);
    int result = derive_incident(x, c->mem);
    return result != 0 ? result : warn_impossible(c, rec);
}

int resolve_derived(struct catalogue *c)
{
    int result = add_mirrors(c);
    for (size_t i = 0; i < c->n_incidents && result == 0; i++)
        result = derive_one(c, &c->incidents[i]);
    return result;
}
