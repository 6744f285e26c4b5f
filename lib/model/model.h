/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_MODEL_MODEL_H
#define BREACHD_MODEL_MODEL_H

/*
 * The model: what an incident, an organisation and a dataset are, as transparent structs. Import fills them
 * from input, storage fills them from a catalogue, renderers only read them. All memory is the caller's
 * arena's. NULL strings and EDTF_UNKNOWN dates mean "not known"; n == 0 means "none recorded". Nothing
 * unknown is a zero.
 */
#include "model/edtf.h"
#include "model/vocab.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A number that may be unknown. */
struct count {
    bool known;
    int64_t value;
};
#define COUNT_UNKNOWN ((struct count){0})
#define COUNT_OF(x)   ((struct count){.known = true, .value = (x)})

/* Who puts a fact forward; name NULL: the source speaks itself. */
struct asserter {
    const char *name;
    enum source_class class; /* meaningful only with a name */
};

/* The six members that every fact carries. */
struct evidence {
    enum certainty certainty;
    int source; /* the n of a source of the same record; 0: compiled from the record as a whole (JSON null) */
    struct asserter asserted_by;
    struct edtf asserted;
    const char *note, *quote;
};

/* A source, numbered from 1 within its record, for good. */
struct source {
    int n;
    const char *title, *description, *publisher, *url;
    struct edtf published;
    enum source_class class;
    struct edtf retrieved;
    const char *seen;
};

/* A reference to an incident or an organisation. */
struct incident_ref {
    const char *id, *title;
    enum status status; /* filled where shown with it */
};
struct org_ref {
    const char *id; /* NULL: an unnamed group */
    const char *name;
    enum org_kind kind;
};

struct date_fact {
    enum date_kind kind;
    struct edtf date;
    struct evidence e;
};

struct amount {
    struct count value, min, max;
    enum qualifier qualifier;
};

struct party {
    struct org_ref organization;
    enum role role;
    bool has_count; /* an unnamed group's stated size */
    struct amount count;
    struct evidence e;
};

struct figure {
    const char *id; /* derived: "people-1", unit and place among that unit */
    struct amount amount;
    enum unit unit;
    const char *currency; /* ISO 4217 with unit money, else NULL */
    enum scope scope;
    const char *of;
    struct org_ref organization; /* id NULL: none */
    struct evidence e;
};

struct data_class {
    unsigned id; /* index in vocab_data_class */
    const char *text;
    struct evidence e;
};

struct actor {
    const char *id, *name;
    const char *const *names;
    size_t n_names;
    enum actor_kind kind;
    struct evidence e;
};

struct attack {
    enum action action;
    const char *variety, *vector;
    struct evidence e;
};

struct event {
    const char *id; /* derived: "disclosure-2019-03-29" */
    struct edtf date;
    enum event_kind kind;
    const char *text;
    bool derived;
    struct evidence e;
};

struct related {
    struct incident_ref incident;
    enum relation relation;
    bool derived;
    struct evidence e;
};

struct caveat {
    const char *text;
    int about;  /* enum list_name, or -1 */
    int source; /* 0: none */
    struct asserter asserted_by;
    struct edtf asserted;
};

struct conflict {
    const char *text;
    int about; /* enum list_name, or -1 */
    const int *sources;
    size_t n_sources;
};

/* The headline figure, or the stated number of dealers: a figure with who says it. */
struct affected {
    bool known;
    struct amount amount;
    enum unit unit;
    enum scope scope; /* shown only in dealers.stated */
    enum certainty certainty;
    struct asserter asserted_by;
    struct edtf asserted;  /* for sentences; not in JSON */
    const char *publisher; /* of the source, or NULL */
    int source;            /* 0: none */
    const char *of;        /* for sentences; not in JSON */
    const char *figure;    /* its figure's id */
    size_t others;         /* rivals, not denied: of its scope or alternative; of dealers, in that unit */
};

/* Days between two dates, from their bounds; known false: cannot tell. */
struct delay {
    bool known;
    int32_t min, max;
};

struct withdrawal {
    const char *at, *reason, *by; /* at NULL: not withdrawn */
};

struct class_summary {
    unsigned id;
    enum certainty certainty;
};

struct via {
    const char *id, *name;
    enum org_relation relation; /* how the asked-for organisation is tied to ID */
};

/* An incident as a list shows it: given members and derived ones. */
struct incident_row {
    const char *id, *title, *summary;
    enum status status;
    const char *status_note;
    enum certainty exposure;      /* derived */
    struct edtf date;             /* derived: the first known of disclosed, notified, discovered, occurred */
    enum date_kind date_basis;    /* derived; meaningful when date is known */
    struct org_ref organization;  /* derived: the first party; name NULL when there is none */
    const char *country, *sector; /* derived: of that organisation */
    struct edtf occurred, discovered, disclosed; /* derived: the first of its kind that is not denied */
    struct affected affected;                    /* derived, rule headline-1 */
    size_t dealers_named;                        /* derived */
    struct affected dealers_stated;
    const unsigned *actions; /* derived: enum action, each once, in order of first mention; denied left out */
    size_t n_actions;
    const struct class_summary
        *classes; /* derived: each class once, strongest certainty; denied and unknown left out */
    size_t n_classes;
    const char *dataset, *dataset_record;
    const char *duplicate_of; /* derived: id or NULL */
    const char *added, *modified;
    struct withdrawal withdrawn;
    const char *merged_into;
    bool has_via; /* of a list with reach: VIA says through whom, empty for its own */
    const struct via *via;
    size_t n_via;
};

/* A row of a list of incidents as rendered in advance: a JSON object up to its last members, which depend on where it is
 * served ("url", "html_url", "via"), without the brace that closes it. */
struct json_row {
    const char *text;
    size_t size;
    bool has_via; /* as in struct incident_row */
    const struct via *via;
    size_t n_via;
};

/* An incident that names an actor, and the strongest certainty with which it does. */
struct naming {
    struct incident_row row;
    enum certainty certainty;
};

struct incident {
    struct incident_row row;
    struct edtf contained, notified;                                                     /* derived */
    struct delay occurred_to_discovered, discovered_to_disclosed, occurred_to_disclosed; /* derived */
    struct date_fact *dates;
    struct party *parties;
    struct figure *figures;
    struct data_class *data_classes;
    struct actor *actors;
    struct attack *attack;
    struct event *timeline;
    struct related *related;
    struct caveat *caveats;
    struct conflict *conflicts;
    struct source *sources;
    size_t n_dates, n_parties, n_figures, n_data_classes, n_actors, n_attack, n_timeline, n_related,
        n_caveats, n_conflicts, n_sources;
};

struct org_name {
    const char *name, *lang; /* BCP 47, or NULL */
    enum name_type type;
    const char *note;
};

struct org_link {
    struct org_ref organization;
    enum org_relation relation;
    struct edtf from, until;
    struct evidence e;
};

struct org_row {
    const char *id, *name;
    enum org_kind kind;
    const char *country, *region, *city;
    const char *const *brands;
    size_t n_brands;
    const char *sector;
    struct org_ref owner;         /* derived: the present owner; id NULL: none known */
    size_t own, group, inherited; /* derived: distinct incidents, each counted once, own first */
    struct incident_ref latest;   /* derived; id NULL: none */
    struct edtf latest_date;
    const char *modified;
};

struct organization {
    struct org_row row;
    struct org_name *names;
    struct org_link *links;
    struct source *sources;
    size_t n_names, n_links, n_sources;
    const char *website;
};

/* A timeline item outside its incident: the event, whose it is, and its source. */
struct timeline_item {
    struct event event;
    struct incident_ref incident;
    const char *modified; /* of the incident */
    bool has_cited;
    struct source cited;
};

struct reject {
    const char *file; /* base name, never a local path */
    const char *position, *field, *reason;
};

/* How many of a dataset's records ... */
struct dataset_counts {
    size_t read, imported, rejected, withdrawn, duplicates;
};

struct warning_count {
    const char *kind;
    size_t n;
};

struct dataset {
    const char *id, *title, *publisher, *license, *license_spdx, *license_url, *credit, *url;
    struct edtf retrieved;
    struct dataset_counts counts;         /* derived: of the import */
    const struct warning_count *warnings; /* derived */
    size_t n_warnings;
    const struct reject *rejects; /* derived; at most LIMIT_REPORT_REJECTS */
    size_t n_rejects, n_rejects_total;
};

/* How many incidents have a fact with each certainty (unknown not counted). */
struct certainty_counts {
    size_t confirmed, claimed, suspected, denied;
};

struct actor_row {
    const char *id, *name;
    const char *const *names;
    size_t n_names;
    enum actor_kind kind;
    struct certainty_counts incidents;
};

struct class_row {
    unsigned id; /* index in vocab_data_class */
    struct certainty_counts incidents;
};

/* What a catalogue says of itself. */
struct catalogue_info {
    const char *id;         /* lower-case hex */
    const char *built;      /* RFC 3339 */
    int schema, row_format; /* row_format: of its rows in JSON; 0: it has none */
    size_t incidents, organizations, dealers, events, sources,
        datasets; /* listed incidents and their facts */
};

/* The source with that number among X's, or NULL. */
static inline const struct source *incident_source(const struct incident *x, int n)
{
    for (size_t i = 0; i < x->n_sources; i++)
        if (x->sources[i].n == n)
            return &x->sources[i];
    return NULL;
}

static inline bool org_is_dealer(enum org_kind kind)
{
    return kind == ORG_DEALER || kind == ORG_DEALER_GROUP;
}

/* Whether a tie is one at present: neither ended nor said not to be. */
static inline bool org_link_holds(const struct org_link *l)
{
    return !l->until.text && l->e.certainty != CERTAINTY_DENIED;
}

/* Listed: neither withdrawn nor merged away. */
static inline bool incident_is_listed(const struct incident_row *r)
{
    return !r->withdrawn.at && !r->merged_into && r->status != STATUS_WITHDRAWN;
}

#endif
