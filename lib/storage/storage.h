/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_STORAGE_STORAGE_H
#define BREACHD_STORAGE_STORAGE_H

/*
 * Questions to one open catalogue. A catalogue never changes while open; readers are leased, one a request.
 * Answers live in the caller's arena. Nothing here knows HTTP, JSON or HTML; nothing above knows SQL.
 */
#include "model/counts.h"
#include "model/model.h"
#include "query/query.h"

enum {
    STORAGE_E_NOT_FOUND = 1,
    STORAGE_E_REFUSED, /* at open: not a catalogue this build can serve; the message says why */
    STORAGE_E_TIMEOUT, /* the reader's deadline passed */
    STORAGE_E_BUSY,    /* every reader is out until the deadline */
    STORAGE_E_CORRUPT, /* the file does not read as it did at open */
};

struct storage;
struct storage_reader;

/*
 * Opens the catalogue at PATH read-only and immutable, checks application id, schema version, size, stored
 * digest and counts (a small file page by page, LIMIT_CHECK_WHOLE_BYTES), and prepares the first reader. 0,
 * -ENOMEM, or STORAGE_E_REFUSED with *reterr (free() it): one line that names the file and what is wrong.
 */
int storage_open(const char *path, struct storage **ret, char **reterr);

/* Closes; every reader must be back. Accepts NULL; returns NULL. */
struct storage *storage_free(struct storage *st);

const struct catalogue_info *storage_info(const struct storage *st);

/* The very file that is open, whatever lies at its path by now: a descriptor to read it with (pread), which ends with ST, and
 * its size in bytes. */
int storage_file(const struct storage *st, uint64_t *ret_size);

/* Leases a reader, waiting at most MILLIS for one; the same span then bounds each question's time. 0,
 * -ENOMEM, STORAGE_E_BUSY or STORAGE_E_CORRUPT. */
int storage_lease(struct storage *st, unsigned millis, struct storage_reader **ret);

/* Gives it back. Accepts NULL; returns NULL. */
struct storage_reader *storage_return(struct storage_reader *rd);

static inline void storage_return_cleanup(struct storage_reader **rd)
{
    *rd = storage_return(*rd);
}
#define _cleanup_reader_ __attribute__((cleanup(storage_return_cleanup)))

/* A page of a list: its rows in order, the exact total of the query, and the sort keys of its first and last
 * row. */
struct page_info {
    size_t total;
    bool has_next, has_prev;
    struct cursor first, last; /* n == 0 on an empty page */
    enum sort sort;            /* the order it is in: the query's, or what stood in for it */
};

/*
 * All rows of a list, a few at a time: a question whose query has a walk gets the next `limit` of them in place of a page,
 * until page.has_next is false. The query stays the same from the first question on, and so does the catalogue; readers may
 * change. What is kept between questions is a set and some numbers. page has total, has_next and sort only.
 */
struct storage_walk *storage_walk_new(void); /* NULL: out of memory */

/* Accepts NULL; returns NULL. */
struct storage_walk *storage_walk_free(struct storage_walk *w);

/* In what form a page's rows are wanted. ROWS_AS_JSON only of a catalogue that has such rows (catalogue_info). */
enum row_form {
    ROWS_AS_MODEL, /* `rows` */
    ROWS_AS_JSON,  /* `json`: as rendered at import, for a renderer whose row format the catalogue has */
    ROWS_WHOLE,    /* `whole`: complete records */
};

/* Just the one that was asked for is set. */
struct incident_page {
    struct incident_row *rows;
    struct json_row *json;
    struct incident *whole;
    size_t n;
    struct page_info page;
};

struct org_page {
    struct org_row *rows;
    size_t n;
    struct page_info page;
};

struct event_page {
    struct timeline_item *items;
    size_t n;
    struct page_info page;
};

/* An incident that touches an organisation: as what, and through whom. */
struct touching {
    struct incident_row row;
    enum role role;           /* of the organisation itself, or of the one it is reached through */
    enum certainty certainty; /* of that party */
    struct via via;           /* id NULL: its own */
    bool group;               /* reached through what it owns (else inherited, when via is set) */
};

struct touching_page {
    struct touching *rows;
    size_t n, total;
};

/* All return 0, -ENOMEM, STORAGE_E_TIMEOUT, STORAGE_E_CORRUPT, and STORAGE_E_NOT_FOUND where one thing is
 * asked for. *ret untouched on failure. */

/*
 * Incidents that every filter of Q leaves, in Q's order (page.sort says which it is). What filters mean is said where they
 * are made: sqlite_filter.c, sqlite_parties.c, sqlite_words.c. QUERY_NONE is "not known", for organization "names none",
 * for party_kind "has no parties". Status withdrawn is every unlisted incident, merged ones too; they are found by it, or
 * with modified_since. Unknown ids and words are empty answers. Cursor keys, the id last: of -date and date the sort keys of
 * schema.h; of sizes the number in decimal, "" where there is none; of modified the time; of title schema_title_key();
 * of relevance what sqlite_relevance.c says. A cursor whose row is gone or has moved stands where it would stand.
 */
int storage_list_incidents(struct storage_reader *rd, const struct query *q, enum row_form form,
                           struct arena *mem, struct incident_page *ret);

/* Whole, whether listed or not. */
int storage_get_incident(struct storage_reader *rd, const char *id, struct arena *mem, struct incident *ret);

/* In Q's order: by name (case-folded), by incidents or by the latest one, ties by id. Cursor keys, the id last: the folded name;
 * the number of incidents; the sort keys of the latest incident.
 * QUERY_DEALERS: only dealers and dealer groups. */
int storage_list_organizations(struct storage_reader *rd, const struct query *q, struct arena *mem,
                               struct org_page *ret);
int storage_get_organization(struct storage_reader *rd, const char *id, struct arena *mem,
                             struct organization *ret);

/* The organisation that an id leads to which is no organisation's own. */
int storage_get_organization_alias(struct storage_reader *rd, const char *id, struct arena *mem,
                                   struct org_ref *ret);

/* Organisations whose present owner is ID, by name; at most LIMIT of them. page has total and has_next only. */
int storage_list_rooftops(struct storage_reader *rd, const char *id, size_t limit, struct arena *mem,
                          struct org_page *ret);

/* Listed incidents of ID, of what it owns, and of its owners and suppliers: own first, then group, then
 * inherited, each newest first. */
int storage_list_touching(struct storage_reader *rd, const char *id, size_t limit, struct arena *mem,
                          struct touching_page *ret);

/* Events of listed incidents, newest first: earliest, latest, incident id, order in the record, all
 * descending, unknown dates last. Filters: kind, date, organization with reach, role and
 * party_kind, incident. Cursor keys: sort keys of
 * schema.h, incident id, order in the record as decimal digits. */
int storage_list_events(struct storage_reader *rd, const struct query *q, struct arena *mem,
                        struct event_page *ret);

/* What feeds hold: of the incidents that Q's filters leave those that were modified last, by that time, ties as -date has
 * them; and of its events those of the incidents that were, the events of one incident as above. At most LIMIT; Q's order and
 * page have no effect. page has total, has_next and sort only. */
int storage_list_changed_incidents(struct storage_reader *rd, const struct query *q, size_t limit,
                                   struct arena *mem, struct incident_page *ret);
int storage_list_changed_events(struct storage_reader *rd, const struct query *q, size_t limit,
                                struct arena *mem, struct event_page *ret);

int storage_list_actors(struct storage_reader *rd, struct arena *mem, struct actor_row **ret,
                        size_t *ret_n); /* by name */
int storage_get_actor(struct storage_reader *rd, const char *id, struct arena *mem, struct actor_row *ret);
/* Listed incidents that name the actor, newest first; none when there is no such actor. page has total and
 * has_next only. */
int storage_list_actor_incidents(struct storage_reader *rd, const char *id, size_t limit, struct arena *mem,
                                 struct naming **ret, size_t *ret_n, size_t *ret_total);

/* One row for every class of the closed list that occurs, in the list's order. */
int storage_list_classes(struct storage_reader *rd, struct arena *mem, struct class_row **ret, size_t *ret_n);

int storage_list_datasets(struct storage_reader *rd, struct arena *mem, struct dataset **ret,
                          size_t *ret_n); /* by id */
int storage_get_dataset(struct storage_reader *rd, const char *id, struct arena *mem, struct dataset *ret);

struct year_count {
    const char *year; /* NULL: not known */
    size_t incidents;
};

/*
 * Counts of the incidents that Q leaves, for each facet that Q asks for, in the order of enum facet. Of each facet the
 * Q->facet_limit largest and the unknown one; every filter of Q narrows it but the facet's own.
 */
int storage_count_facets(struct storage_reader *rd, const struct query *q, struct arena *mem,
                         struct facet_counts **ret, size_t *ret_n);

/* Counts, figures and delays of the incidents that Q leaves, by Q->by; duplicates are left out and counted. */
int storage_count_statistics(struct storage_reader *rd, const struct query *q, struct arena *mem,
                             struct statistics *ret);

struct overview {
    struct catalogue_info totals; /* its incidents are the sum of by_year */
    struct year_count *by_year;   /* oldest first, unknown last; duplicates count once */
    size_t n_years;
    struct incident_row *latest, *largest; /* newest; most people by headline figure */
    size_t n_latest, n_largest;
    struct org_row *dealers; /* most own incidents, ties by name */
    size_t n_dealers;
};
int storage_overview(struct storage_reader *rd, size_t limit, struct arena *mem, struct overview *ret);

/* Records by their places in the default order, which are numbered from 1 without a gap; unlisted incidents have one too. */
enum address_kind { ADDRESS_INCIDENT, ADDRESS_ORGANIZATION };
struct record_address {
    int64_t n; /* its place */
    const char *id, *modified;
    bool is_dealer; /* of organisations */
};
struct record_range {
    int64_t after, last; /* places beyond AFTER, up to LAST */
    size_t limit;        /* the first so many of them */
};

/* The last place. */
int storage_count_addresses(struct storage_reader *rd, enum address_kind kind, struct arena *mem,
                            int64_t *ret);

/* What is listed in RANGE, in its order. The work is bounded by the range. */
int storage_list_addresses(struct storage_reader *rd, enum address_kind kind,
                           const struct record_range *range, struct arena *mem, struct record_address **ret,
                           size_t *ret_n);

/* Walks everything by its ids' index: call with *position NULL, until STORAGE_E_NOT_FOUND; ids only grow. *position is
 * the last id given, in MEM: copy it before MEM goes. Incidents withdrawn and merged ones too. */
int storage_walk_organizations(struct storage_reader *rd, const char **position, struct arena *mem,
                               struct organization *ret);
int storage_walk_incidents(struct storage_reader *rd, const char **position, struct arena *mem,
                           struct incident *ret);

/* The same incidents newest first, as they lie in the file, so that an export finds each one's pages at hand: call with *position 0, until
 * STORAGE_E_NOT_FOUND. */
int storage_next_incident(struct storage_reader *rd, uint32_t *position, struct arena *mem,
                          struct incident *ret);

/*
 * The full check of `breachctl check`: integrity, foreign keys, and the semantic rules that derived columns
 * agree with the facts. Each fault is one line to SAY. *ret_faults counts them. 0, -ENOMEM or
 * STORAGE_E_REFUSED as storage_open.
 */
int storage_check(const char *path, void (*say)(void *ctx, const char *line), void *ctx, size_t *ret_faults,
                  char **reterr);

/*
 * What an import asks of the file it has just written, before it takes the old one's place: that it opens as the daemon
 * will open it, and that no row refers to one that is not there. That derived columns agree with the facts they
 * were just derived from, and that every page of a large file is sound, is for storage_check. 0, -ENOMEM, or STORAGE_E_REFUSED
 * with *reterr (free() it): the first fault, one line.
 */
int storage_verify(const char *path, char **reterr);

/* Version of SQLite in use. */
const char *storage_library_version(void);

#endif
