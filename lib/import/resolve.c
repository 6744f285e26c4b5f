/* SPDX-License-Identifier: MIT */
/*
 * Incidents among organisations and each other: one of each id, parties and relations that lead somewhere, no
 * circles of duplicates. Called by import.c when everything is read.
 */
#include "import/resolve.h"

#include "import/previous.h"
#include "import/records.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* By id; of equal ids the one read first comes first (row holds the order of reading here). */
static int by_id(const void *a, const void *b)
{
    const struct incident_record *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static void sort_incidents(struct catalogue *c)
{
    for (size_t i = 0; i < c->n_incidents; i++)
        c->incidents[i].row = (uint32_t)i;
    if (c->n_incidents > 1)
        qsort(c->incidents, c->n_incidents, sizeof *c->incidents, by_id);
}

static int reject_twin(struct catalogue *c, struct incident_record *rec, const struct incident_record *first)
{
    struct fate fate = {0};
    struct origin taken;
    arena_reset(c->record);
    int result = record_origin(c, rec, c->record, &fate.from);
    if (result == 0)
        result = record_origin(c, first, c->record, &taken);
    rec->rejected = true;
    return result != 0 ? result : catalogue_reject_twin(c, &fate, first->id, &taken);
}

static int reject_twins(struct catalogue *c)
{
    int result = 0;
    const struct incident_record *first = c->incidents;
    for (size_t i = 1; i < c->n_incidents && result == 0; i++)
        if (strcmp(first->id, c->incidents[i].id) != 0)
            first = &c->incidents[i];
        else
            result = reject_twin(c, &c->incidents[i], first);
    return result;
}

/* Takes the rejected ones out, tallies them and remembers their ids. */
static int sweep(struct catalogue *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_incidents; i++)
        if (!c->incidents[i].rejected)
            c->incidents[n++] = c->incidents[i];
        else if (report_count(c->report, c->incidents[i].dataset, true, false) != 0 ||
                 catalogue_lose(c, &c->lost_incidents, c->incidents[i].id) != 0)
            return -ENOMEM;
    c->n_incidents = n;
    return 0;
}

/* Rejects REC because FIELD names what is not there; NEAR may be NULL. */
static int reject_unknown(struct catalogue *c, struct incident_record *rec, const char *field,
                          const char *what, const char *id, const char *near)
{
    struct fate fate = {0};
    arena_reset(c->record);
    int result = record_origin(c, rec, c->record, &fate.from);
    rec->rejected = true;
    return result != 0 ? result : catalogue_reject_unknown(c, &fate, field, what, id, near);
}

/* An organisation that a record names must be there. */
static int check_tie(struct catalogue *c, struct incident_record *rec, const struct tie *t)
{
    if (!t->id || catalogue_find_org(c, t->id) != NOBODY)
        return 0;
    char field[64];
    (void)snprintf(field, sizeof field, "%s[%u].organization.id",
                   t->list == LIST_PARTIES ? "parties" : "figures", t->index);
    if (catalogue_is_lost(&c->lost_orgs, t->id))
        return record_reject(c, rec, field, "organization \"%s\" was itself rejected; mend that record",
                             t->id);
    return reject_unknown(c, rec, field, "organization", t->id, nearest_org(c, t->id));
}

static int check_ties(struct catalogue *c, struct incident_record *rec)
{
    int result = 0;
    for (size_t i = 0; i < rec->n_ties && result == 0; i++)
        result = check_tie(c, rec, &rec->ties[i]);
    return result;
}

/* Whether the replaced catalogue has it: then naming it is no slip of the pen, though it is gone. 0, -ENOMEM, or -EIO. */
static int is_gone(struct catalogue *c, const char *id, bool *ret)
{
    int result = c->previous ? previous_has(c->previous, id, ret) : 0;
    return result == PREVIOUS_E_BROKEN ? -EIO : result;
}

/* An incident named by another must be in the inputs, though it may have been rejected, or have been there before. */
static int check_target(struct catalogue *c, struct incident_record *rec, const char *field, const char *id)
{
    bool gone = false;
    if (strcmp(id, rec->id) == 0)
        return record_reject(c, rec, field, "is this incident itself; name another one");
    if (catalogue_find_incident(c, id) != NOBODY || catalogue_is_lost(&c->lost_incidents, id))
        return 0;
    int result = is_gone(c, id, &gone);
    if (result != 0 || gone)
        return result;
    return reject_unknown(c, rec, field, "incident", id, nearest_incident(c, id));
}

static int check_targets(struct catalogue *c, struct incident_record *rec)
{
    int result = 0;
    for (size_t i = 0; i < rec->n_edges && result == 0; i++) {
        const struct edge *e = &rec->edges[i];
        char field[64] = "merged_into";
        if (e->index != MERGED)
            (void)snprintf(field, sizeof field, "related[%u].incident.id", e->index);
        result = check_target(c, rec, field, e->to);
    }
    return result;
}

/* What REC was merged into, or NULL. */
static const char *merged_into(const struct incident_record *rec)
{
    const struct edge *last = rec->n_edges ? &rec->edges[rec->n_edges - 1] : NULL;
    return last && last->index == MERGED ? last->to : NULL;
}

/* What REC was merged into or repeats, or NULL. */
static const char *next_of(const struct incident_record *rec)
{
    const char *into = merged_into(rec);
    for (size_t i = 0; i < rec->n_edges && !into; i++)
        if (rec->edges[i].relation == RELATION_DUPLICATE_OF)
            into = rec->edges[i].to;
    return into;
}

/* Whether following duplicates and mergers from I leads back to it, through those before it only: so of every
 * circle just its last member is found. */
static bool closes_circle(const struct catalogue *c, size_t i)
{
    size_t at = i;
    for (size_t steps = 0; steps <= c->n_incidents; steps++) {
        const char *next = next_of(&c->incidents[at]);
        at = next ? catalogue_find_incident(c, next) : NOBODY;
        if (at == i)
            return true;
        if (at == NOBODY || at > i || c->incidents[at].rejected)
            return false;
    }
    return false;
}

static int reject_circles(struct catalogue *c)
{
    int result = 0;
    for (size_t i = 0; i < c->n_incidents && result == 0; i++)
        if (!c->incidents[i].rejected && closes_circle(c, i))
            result = record_reject(c, &c->incidents[i], c->incidents[i].merged ? "merged_into" : "related",
                                   "duplicates and mergers go round in a circle; let one record stand");
    return result;
}

/* A page for a merged incident sends its readers on once: the target must be there to be read. */
static int check_merger(struct catalogue *c, struct incident_record *rec)
{
    const char *id = merged_into(rec);
    if (!id || rec->rejected)
        return 0;
    size_t at = catalogue_find_incident(c, id);
    if (at == NOBODY || c->incidents[at].rejected)
        return record_reject(c, rec, "merged_into", "incident \"%s\" was itself rejected, or is gone; %s", id,
                             "mend that record");
    const struct incident_record *target = &c->incidents[at];
    if (target->merged)
        return record_reject(c, rec, "merged_into", "\"%s\" was merged itself; name \"%s\"", target->id,
                             merged_into(target));
    return 0;
}

/* Relations to what was rejected, or is gone, go. */
static int drop_edges(struct catalogue *c, struct incident_record *rec)
{
    int result = 0;
    for (size_t i = 0; i < rec->n_edges && result == 0; i++) {
        struct edge *e = &rec->edges[i];
        if (e->index == MERGED || catalogue_find_incident(c, e->to) != NOBODY)
            continue;
        char field[64];
        (void)snprintf(field, sizeof field, "related[%u]", e->index);
        e->dropped = true;
        result = record_warn(c, rec, "dropped-relation", field, "left out: incident \"%s\" %s", e->to,
                             catalogue_is_lost(&c->lost_incidents, e->to) ? "was rejected"
                                                                          : "is gone from its dataset");
    }
    return result;
}

static int each(struct catalogue *c, int (*verb)(struct catalogue *c, struct incident_record *rec))
{
    int result = 0;
    for (size_t i = 0; i < c->n_incidents && result == 0; i++)
        result = verb(c, &c->incidents[i]);
    return result;
}

int resolve_records(struct catalogue *c)
{
    int result = resolve_organizations(c);
    sort_incidents(c);
    if (result == 0 && c->n_incidents)
        result = reject_twins(c);
    if (result == 0)
        result = sweep(c);
    if (result == 0)
        result = resolve_mentions(c);
    if (result == 0)
        result = each(c, check_ties);
    if (result == 0)
        result = each(c, check_targets);
    if (result == 0)
        result = reject_circles(c);
    if (result == 0)
        result = each(c, check_merger);
    if (result == 0)
        result = sweep(c);
    return result != 0 ? result : each(c, drop_edges);
}
