/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_CATALOGUE_H
#define BREACHD_IMPORT_CATALOGUE_H

/*
 * A catalogue being gathered. Organisations are held as they are; of an incident only what is needed while others are
 * read, so that memory grows by a few hundred bytes an incident: its content is packed into a spool (records.h).
 * Readers append, resolve.c ties the records together and takes out what cannot stand, build.c writes it.
 */
#include "import/report.h"
#include "model/model.h"
#include "util/clock.h"
#include "util/strbuf.h"

#include <limits.h>
#include <stdint.h>

struct digest;   /* util/digest.h */
struct pool;     /* pool.h */
struct spool;    /* spool.h */
struct previous; /* previous.h */

#define CONTENT_SIZE 33 /* 32 hex digits and a NUL */

/* What is known of one record beside its content. */
struct fate {
    struct origin from;
    bool rejected, warned;
};

/* What a record says of an organisation, before it is known which one that is (organizations.h decides). */
struct mention {
    const char *name;             /* as the record writes it */
    const char *country, *region; /* ISO 3166-1; a state or province, by which equal names are kept apart */
    const char *city, *website, *sector; /* sector: NAICS digits */
    size_t party;                        /* index of the party that it stands for */
};

/* A party or a figure that names an organisation. Small types: there are several for each incident. */
struct tie {
    const char *id;                /* NULL: not known, or a group in words after all */
    const struct mention *mention; /* NULL: the record gave the id itself */
    uint16_t index;                /* in its list */
    uint8_t list;                  /* LIST_PARTIES or LIST_FIGURES */
    uint8_t role, certainty, kind; /* of a party: enums of these names */
    bool nobody;                   /* the mention has no words at all: the party is left out */
};

/* What a record states of another one. */
struct edge {
    const char *to;
    uint16_t index;   /* in the list `related`; MERGED: it is merged into that one */
    uint8_t relation; /* enum relation */
    bool dropped;     /* there is no such record any more */
};
#define MERGED UINT16_MAX

/* Our own times, in seconds since 1970. */
#define TIME_OPEN INT64_MIN /* not known yet, or none */

/* What is held of an incident. The three arrays are where they are in the catalogue's, with as many items. */
struct incident_record {
    const char *id;
    const char *dataset;    /* equal ones are one pointer; NULL: not said */
    const char *path;       /* of the file it was read from; the report's */
    uint64_t at, events_at; /* its content, and when it is finished its timeline, in their spools */
    int64_t added, modified, withdrawn;
    int64_t was_modified; /* in the catalogue that is replaced */
    uint64_t when;        /* order_key() of its date */
    struct tie *ties;
    struct edge *edges;
    uint64_t *traces; /* what it may have in common with a duplicate (duplicates.c) */
    uint32_t size, events_size;
    uint32_t row;                /* place in the default order, from 1 */
    uint32_t found;              /* 1 + index of what it was found to duplicate in `found`; 0: nothing */
    int32_t first_day, last_day; /* that its dates allow, where it has_days */
    uint16_t n_ties, n_edges, n_traces;
    uint8_t status;
    bool has_days, rejected, warned, merged;
    bool tombstone; /* not of the inputs: what is left of a record that is gone */
    char
        digest[CONTENT_SIZE]; /* of its content, all but times of our own; until it is written, the old one */
};

struct org_record {
    struct organization x;
    struct fate fate;
    size_t row;         /* as above */
    const char *folded; /* its name, case-folded: the sort key */
    size_t owner;       /* index of the present owner, or NOBODY */
    char digest[CONTENT_SIZE];
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

/* A duplicate that was found: indexes of incidents, and what decided, a bit each (duplicates.c). */
struct duplicate {
    uint32_t from, to;
    unsigned features;
};

/* A relation that one incident has because another one states it. */
struct mirror {
    uint32_t to, from;
    unsigned index; /* in the other's list; FOUND: it was found */
};
#define FOUND UINT_MAX

/* One event among all: where it stands in the timeline, whose it is. */
struct moment {
    uint64_t when; /* order_key() */
    uint32_t incident;
    uint16_t ordinal;
    bool listed;
};

struct catalogue {
    struct arena *mem;
    struct arena *record; /* for the record at hand; cleared when the next one begins */
    struct import_report *report;
    struct previous *previous; /* what is being replaced; NULL: nothing */
    struct spool *contents, *timelines;
    struct pool *words;    /* texts that many records have */
    struct strbuf packing; /* of the record at hand */
    struct incident_record *incidents;
    struct org_record *orgs;
    struct dataset *datasets;
    struct org_ruling *rulings;
    struct org_alias *org_aliases; /* by id */
    struct duplicate *found;       /* by `from` */
    struct mirror *mirrors;        /* by `to`, `from`, index */
    struct moment *events;
    size_t n_rulings, room_rulings, n_org_aliases, room_org_aliases, n_found, n_mirrors, room_mirrors;
    size_t n_incidents, room_incidents, n_orgs, room_orgs, n_datasets, room_datasets, n_events, room_events;
    struct lost lost_incidents, lost_orgs;
    char newest[CLOCK_TEXT_SIZE]; /* latest record time among the inputs; "" : none */
    struct digest *digest;
    int64_t fresh;   /* the time of what is new or changed */
    bool is_changed; /* something took it */
    const char *built;
    char id[65];
};

/* FOLDER (kept by pointer): where spools may be. NULL when out of memory. */
struct catalogue *catalogue_new(struct import_report *report, const char *folder);
struct catalogue *catalogue_free(struct catalogue *c);

static inline void catalogue_cleanup(struct catalogue **c)
{
    *c = catalogue_free(*c);
}
#define _cleanup_catalogue_ __attribute__((cleanup(catalogue_cleanup)))

/* Append a zeroed record; NULL when out of memory. Incidents: records.h. */
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
