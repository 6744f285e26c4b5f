/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_CATALOGUE_H
#define BREACHD_IMPORT_CATALOGUE_H

/*
 * A catalogue being gathered: every record read so far, where it came from, and what has become of it. Readers
 * append, resolve.c ties the records together and takes out what cannot stand, build.c writes it.
 */
#include "import/report.h"
#include "model/model.h"

#define CONTENT_SIZE 33 /* 32 hex digits and a NUL */

/* What is known of one record beside its content. */
struct fate {
    struct origin from;
    bool rejected, warned;
};

struct mention; /* draft.h */

struct incident_record {
    struct incident x;
    struct fate fate;
    const struct mention
        *mentions; /* parties whose organisation is not known by id yet; none in native records */
    size_t n_mentions;
    size_t row;                /* place in the default order, from 1 */
    char digest[CONTENT_SIZE]; /* of its content, all but times of our own */
    bool tombstone;            /* not of the inputs: what is left of a record that is gone */
};

struct org_record {
    struct organization x;
    struct fate fate;
    size_t row;         /* as above */
    const char *folded; /* its name, case-folded: the sort key */
    size_t owner;       /* index of the present owner, or NOBODY */
    char digest[CONTENT_SIZE];
};

enum reach { REACH_OWN, REACH_GROUP, REACH_INHERITED, _REACH_N };

/* One incident that touches one organisation. Indexes are those of the catalogue's arrays. */
struct reach_row {
    size_t organization, incident, via; /* via NOBODY: its own */
    enum reach reach;
    enum org_relation relation;
    enum role role;
    enum certainty certainty;
};

#define NOBODY SIZE_MAX

/* Ids of records that were read but rejected: naming one is no slip of the pen. */
struct lost {
    const char **ids;
    size_t n, room;
};

/* What native input says of organisations: these are one, or these are not. */
struct org_ruling {
    bool same;
    const char *const *ids;
    size_t n;
    struct fate fate;
};

/* An id that leads to the organisation that now has another one. */
struct org_alias {
    const char *id, *organization;
};

struct catalogue {
    struct arena *mem;
    struct import_report *report;
    struct incident_record *incidents;
    struct org_record *orgs;
    struct dataset *datasets;
    struct reach_row *reach;
    struct org_ruling *rulings;
    struct org_alias *org_aliases; /* by id */
    size_t n_rulings, room_rulings, n_org_aliases, room_org_aliases;
    size_t n_incidents, room_incidents, n_orgs, room_orgs, n_datasets, room_datasets, n_reach, room_reach;
    struct lost lost_incidents, lost_orgs;
    const char *newest; /* latest record time among the inputs, or NULL */
    const char *built;
    char id[65];
};

struct catalogue *catalogue_new(struct import_report *report);
struct catalogue *catalogue_free(struct catalogue *c);

static inline void catalogue_cleanup(struct catalogue **c)
{
    *c = catalogue_free(*c);
}
#define _cleanup_catalogue_ __attribute__((cleanup(catalogue_cleanup)))

/* Append a zeroed record; NULL when out of memory. */
struct incident_record *catalogue_add_incident(struct catalogue *c);
struct org_record *catalogue_add_org(struct catalogue *c);
struct dataset *catalogue_add_dataset(struct catalogue *c);

/* Takes note of the id of a record that was rejected; NULL is none. 0 or -ENOMEM. */
int catalogue_lose(struct catalogue *c, struct lost *lost, const char *id);
bool catalogue_is_lost(const struct lost *lost, const char *id);

/* Takes note of a record's time; NULL is none. */
void catalogue_saw_time(struct catalogue *c, const char *time);

/* Notes a fault of a record, which rejects it, or a warning. 0 or -ENOMEM. */
int catalogue_reject(struct catalogue *c, struct fate *fate, const char *field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
int catalogue_warn(struct catalogue *c, struct fate *fate, const char *kind, const char *field,
                   const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Index of the record with ID in an array sorted by id, or NOBODY. */
size_t catalogue_find_incident(const struct catalogue *c, const char *id);
size_t catalogue_find_org(const struct catalogue *c, const char *id);

/* The id that a mistyped one was probably meant to be, or NULL. */
const char *nearest_incident(const struct catalogue *c, const char *id);
const char *nearest_org(const struct catalogue *c, const char *id);

static inline struct org_ref org_ref_of(const struct organization *x)
{
    return (struct org_ref){.id = x->row.id, .name = x->row.name, .kind = x->row.kind};
}

/* Rejects the record of FATE because ID was taken by the one read at FIRST. */
int catalogue_reject_twin(struct catalogue *c, struct fate *fate, const char *id, const struct origin *first);

/* Rejects it because FIELD names what is not there; NEAR may be NULL. */
int catalogue_reject_unknown(struct catalogue *c, struct fate *fate, const char *field, const char *what,
                             const char *id, const char *near);

#endif
