/* SPDX-License-Identifier: MIT */
/* The records of a catalogue being gathered; see catalogue.h. */
#include "import/catalogue.h"

#include "import/pool.h"
#include "import/spool.h"
#include "model/spelling.h"
#include "util/digest.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct catalogue *catalogue_new(struct import_report *report, const char *folder)
{
    struct catalogue *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->report = report;
    c->mem = arena_new(0);
    c->record = arena_new(0);
    c->words = c->mem ? pool_new(c->mem) : NULL;
    c->contents = spool_new(folder);
    c->timelines = spool_new(folder);
    c->digest = digest_new();
    return c->record && c->words && c->contents && c->timelines && c->digest ? c : catalogue_free(c);
}

struct catalogue *catalogue_free(struct catalogue *c)
{
    if (!c)
        return NULL;
    free(c->incidents);
    free(c->orgs);
    free(c->datasets);
    free(c->rulings);
    free(c->org_aliases);
    free(c->lost_incidents.ids);
    free(c->lost_orgs.ids);
    free(c->found);
    free(c->mirrors);
    free(c->events);
    strbuf_done(&c->packing);
    digest_free(c->digest);
    spool_free(c->contents);
    spool_free(c->timelines);
    pool_free(c->words);
    c->record = arena_free(c->record);
    c->mem = arena_free(c->mem);
    free(c);
    return NULL;
}

struct org_record *catalogue_add_org(struct catalogue *c)
{
    if (grow(&c->orgs, c->n_orgs, &c->room_orgs, sizeof *c->orgs) != 0)
        return NULL;
    struct org_record *rec = &c->orgs[c->n_orgs++];
    *rec = (struct org_record){.owner = NOBODY};
    return rec;
}

struct dataset *catalogue_add_dataset(struct catalogue *c)
{
    if (grow(&c->datasets, c->n_datasets, &c->room_datasets, sizeof *c->datasets) != 0)
        return NULL;
    struct dataset *d = &c->datasets[c->n_datasets++];
    *d = (struct dataset){0};
    return d;
}

int catalogue_lose(struct catalogue *c, struct lost *lost, const char *id)
{
    if (!id)
        return 0;
    const char *copy = arena_strdup(c->mem, id);
    if (!copy || grow(&lost->ids, lost->n, &lost->room, sizeof *lost->ids) != 0)
        return -ENOMEM;
    lost->ids[lost->n++] = copy;
    return 0;
}

bool catalogue_is_lost(const struct lost *lost, const char *id)
{
    for (size_t i = 0; i < lost->n; i++)
        if (strcmp(lost->ids[i], id) == 0)
            return true;
    return false;
}

/* Times are all of one form, so their bytes order them. */
void catalogue_saw_time(struct catalogue *c, const char *time)
{
    if (time && strcmp(time, c->newest) > 0)
        (void)snprintf(c->newest, sizeof c->newest, "%s", time);
}

static int note(struct catalogue *c, const struct fate *fate, const char *kind, const char *field,
                const char *format, va_list args)
{
    char reason[512];
    if (vsnprintf(reason, sizeof reason, format, args) < 0)
        return -EIO;
    return report_add(c->report, &fate->from, kind, field, reason);
}

int catalogue_reject(struct catalogue *c, struct fate *fate, const char *field, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int result = note(c, fate, NULL, field, format, args);
    va_end(args);
    fate->rejected = true;
    return result;
}

int catalogue_warn(struct catalogue *c, struct fate *fate, const char *kind, const char *field,
                   const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int result = note(c, fate, kind, field, format, args);
    va_end(args);
    fate->warned = true;
    return result;
}

static int incident_by_id(const void *key, const void *rec)
{
    return strcmp(key, ((const struct incident_record *)rec)->id);
}

static int org_by_id(const void *key, const void *rec)
{
    return strcmp(key, ((const struct org_record *)rec)->x.row.id);
}

size_t catalogue_find_incident(const struct catalogue *c, const char *id)
{
    const struct incident_record *rec =
        c->n_incidents ? bsearch(id, c->incidents, c->n_incidents, sizeof *rec, incident_by_id) : NULL;
    return rec ? (size_t)(rec - c->incidents) : NOBODY;
}

size_t catalogue_find_org(const struct catalogue *c, const char *id)
{
    const struct org_record *rec = c->n_orgs ? bsearch(id, c->orgs, c->n_orgs, sizeof *rec, org_by_id) : NULL;
    return rec ? (size_t)(rec - c->orgs) : NOBODY;
}

/* The nearest of the ids that the records of SIZE at RECORDS have; ID_AT is where a record's pointer to it is. */
static const char *nearest(const char *id, const void *records, size_t n, size_t size, size_t id_at)
{
    const char *best = NULL;
    unsigned distance = UINT_MAX;
    for (size_t i = 0; i < n; i++) {
        const char *other;
        memcpy(&other, (const char *)records + i * size + id_at, sizeof other);
        unsigned d = spelling_distance(id, other);
        if (d < distance && spelling_is_near(id, other)) {
            distance = d;
            best = other;
        }
    }
    return best;
}

const char *nearest_incident(const struct catalogue *c, const char *id)
{
    return nearest(id, c->incidents, c->n_incidents, sizeof *c->incidents,
                   offsetof(struct incident_record, id));
}

const char *nearest_org(const struct catalogue *c, const char *id)
{
    return nearest(id, c->orgs, c->n_orgs, sizeof *c->orgs, offsetof(struct org_record, x.row.id));
}

int catalogue_reject_twin(struct catalogue *c, struct fate *fate, const char *id, const struct origin *first)
{
    return catalogue_reject(c, fate, "id", "\"%s\" is taken by the record in %s%s%s; ids are unique", id,
                            first->file, first->position ? ", " : "", first->position ? first->position : "");
}

int catalogue_reject_unknown(struct catalogue *c, struct fate *fate, const char *field, const char *what,
                             const char *id, const char *near)
{
    if (near)
        return catalogue_reject(c, fate, field, "there is no %s \"%s\"; did you mean \"%s\"?", what, id,
                                near);
    return catalogue_reject(c, fate, field, "there is no %s \"%s\" in the inputs; add it, or correct the id",
                            what, id);
}
