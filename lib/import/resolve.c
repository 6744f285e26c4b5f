/* SPDX-License-Identifier: MIT */
/*
 * Incidents among organisations and each other: one of each id, parties and relations that lead somewhere, no
 * circles of duplicates. Called by import.c when everything is read.
 */
#include "import/resolve.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* By id; of equal ids the one read first comes first (row holds the order of reading here). */
static int by_id(const void *a, const void *b)
{
    const struct incident_record *x = a, *y = b;
    int order = strcmp(x->x.row.id, y->x.row.id);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static void sort_incidents(struct catalogue *c)
{
    for (size_t i = 0; i < c->n_incidents; i++)
        c->incidents[i].row = i;
    if (c->n_incidents > 1)
        qsort(c->incidents, c->n_incidents, sizeof *c->incidents, by_id);
}

static int reject_twins(struct catalogue *c)
{
    int result = 0;
    const struct incident_record *first = c->incidents;
    for (size_t i = 1; i < c->n_incidents && result == 0; i++)
        if (strcmp(first->x.row.id, c->incidents[i].x.row.id) != 0)
            first = &c->incidents[i];
        else
            result = catalogue_reject_twin(c, &c->incidents[i].fate, first->x.row.id, &first->fate.from);
    return result;
}

/* Takes the rejected ones out, tallies them and remembers their ids. */
static int sweep(struct catalogue *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_incidents; i++)
        if (!c->incidents[i].fate.rejected)
            c->incidents[n++] = c->incidents[i];
        else if (report_count(c->report, c->incidents[i].x.row.dataset, true, false) != 0 ||
                 catalogue_lose(c, &c->lost_incidents, c->incidents[i].x.row.id) != 0)
            return -ENOMEM;
    c->n_incidents = n;
    return 0;
}

/* Puts name and kind to an id. A group in words stays as it is; an absent one becomes none at all. */
static int settle_org(struct catalogue *c, struct fate *fate, const char *list, size_t i, struct org_ref *ref)
{
    if (!ref->id) {
        if (!ref->name)
            *ref = (struct org_ref){0};
        return 0;
    }
    size_t found = catalogue_find_org(c, ref->id);
    if (found != NOBODY) {
        *ref = org_ref_of(&c->orgs[found].x);
        return 0;
    }
    char field[64];
    (void)snprintf(field, sizeof field, "%s[%zu].organization.id", list, i);
    if (catalogue_is_lost(&c->lost_orgs, ref->id))
        return catalogue_reject(c, fate, field, "organization \"%s\" was itself rejected; mend that record",
                                ref->id);
    return catalogue_reject_unknown(c, fate, field, "organization", ref->id, nearest_org(c, ref->id));
}

static int settle_orgs(struct catalogue *c, struct incident_record *rec)
{
    int result = 0;
    for (size_t i = 0; i < rec->x.n_parties && result == 0; i++)
        result = settle_org(c, &rec->fate, "parties", i, &rec->x.parties[i].organization);
    for (size_t i = 0; i < rec->x.n_figures && result == 0; i++)
        result = settle_org(c, &rec->fate, "figures", i, &rec->x.figures[i].organization);
    return result;
}

/* An incident named by another must be in the inputs, though it may have been rejected. */
static int check_target(struct catalogue *c, struct incident_record *rec, const char *field, const char *id)
{
    if (strcmp(id, rec->x.row.id) == 0)
        return catalogue_reject(c, &rec->fate, field, "is this incident itself; name another one");
    if (catalogue_find_incident(c, id) != NOBODY || catalogue_is_lost(&c->lost_incidents, id))
        return 0;
    return catalogue_reject_unknown(c, &rec->fate, field, "incident", id, nearest_incident(c, id));
}

static int check_targets(struct catalogue *c, struct incident_record *rec)
{
    int result = 0;
    for (size_t i = 0; i < rec->x.n_related && result == 0; i++) {
        char field[64];
        (void)snprintf(field, sizeof field, "related[%zu].incident.id", i);
        result = check_target(c, rec, field, rec->x.related[i].incident.id);
    }
    if (result == 0 && rec->x.row.merged_into)
        result = check_target(c, rec, "merged_into", rec->x.row.merged_into);
    return result;
}

/* What ID repeats or was merged into, or NULL. */
static const char *next_of(const struct incident *x)
{
    if (x->row.merged_into)
        return x->row.merged_into;
    for (size_t i = 0; i < x->n_related; i++)
        if (x->related[i].relation == RELATION_DUPLICATE_OF)
            return x->related[i].incident.id;
    return NULL;
}

/* Whether following duplicates and mergers from I leads back to it, through those before it only: so of every
 * circle just its last member is found. */
static bool closes_circle(const struct catalogue *c, size_t i)
{
    size_t at = i;
    for (size_t steps = 0; steps <= c->n_incidents; steps++) {
        const char *next = next_of(&c->incidents[at].x);
        at = next ? catalogue_find_incident(c, next) : NOBODY;
        if (at == i)
            return true;
        if (at == NOBODY || at > i || c->incidents[at].fate.rejected)
            return false;
    }
    return false;
}

static int reject_circles(struct catalogue *c)
{
    int result = 0;
    for (size_t i = 0; i < c->n_incidents && result == 0; i++)
        if (!c->incidents[i].fate.rejected && closes_circle(c, i))
            result = catalogue_reject(c, &c->incidents[i].fate,
                                      c->incidents[i].x.row.merged_into ? "merged_into" : "related",
                                      "duplicates and mergers go round in a circle; let one record stand");
    return result;
}

/* A page for a merged incident sends its readers on once: the target must be there to be read. */
static int check_merger(struct catalogue *c, struct incident_record *rec)
{
    if (!rec->x.row.merged_into || rec->fate.rejected)
        return 0;
    size_t at = catalogue_find_incident(c, rec->x.row.merged_into);
    if (at == NOBODY || c->incidents[at].fate.rejected)
        return catalogue_reject(c, &rec->fate, "merged_into",
                                "incident \"%s\" was itself rejected; mend that record",
                                rec->x.row.merged_into);
    const struct incident_row *target = &c->incidents[at].x.row;
    if (target->merged_into)
        return catalogue_reject(c, &rec->fate, "merged_into", "\"%s\" was merged itself; name \"%s\"",
                                target->id, target->merged_into);
    return 0;
}

/* Relations to what was rejected go; the others take the title of what they lead to. */
static int settle_related(struct catalogue *c, struct incident_record *rec)
{
    size_t n = 0;
    for (size_t i = 0; i < rec->x.n_related; i++) {
        struct related r = rec->x.related[i];
        size_t target = catalogue_find_incident(c, r.incident.id);
        if (target != NOBODY) {
            const struct incident_row *row = &c->incidents[target].x.row;
            r.incident = (struct incident_ref){.id = row->id, .title = row->title, .status = row->status};
            rec->x.related[n++] = r;
            continue;
        }
        char field[64];
        (void)snprintf(field, sizeof field, "related[%zu]", i);
        if (catalogue_warn(c, &rec->fate, "dropped-relation", field, "left out: incident \"%s\" was rejected",
                           r.incident.id) != 0)
            return -ENOMEM;
    }
    rec->x.n_related = n;
    return 0;
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
        result = each(c, settle_orgs);
    if (result == 0)
        result = each(c, check_targets);
    if (result == 0)
        result = reject_circles(c);
    if (result == 0)
        result = each(c, check_merger);
    if (result == 0)
        result = sweep(c);
    return result != 0 ? result : each(c, settle_related);
}
