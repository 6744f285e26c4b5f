/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_RENDER_H
#define BREACHD_RENDER_RENDER_H

/*
 * Views become bytes. A matrix [format][view] of pure functions: same view and environment, same bytes; no
 * clock, no locale, no storage, no HTTP. An empty cell is a format that the view does not have.
 */
#include "model/counts.h"
#include "model/model.h"
#include "util/strbuf.h"

enum format { FORMAT_HTML, FORMAT_JSON, FORMAT_CSV, FORMAT_NDJSON, FORMAT_ATOM, FORMAT_ICS, _FORMAT_N };

enum view_kind {
    VIEW_OVERVIEW,
    VIEW_INCIDENTS, /* a page of incidents */
    VIEW_INCIDENT,
    VIEW_INCIDENT_TIMELINE, /* events of one incident */
    VIEW_ORGANIZATIONS,     /* a page of organisations, or of dealers */
    VIEW_ORGANIZATION,
    VIEW_TIMELINE, /* a page of events */
    VIEW_ACTORS,
    VIEW_ACTOR,
    VIEW_DATA_CLASSES,
    VIEW_DATASETS,
    VIEW_DATASET,
    VIEW_STATISTICS,
    VIEW_ABOUT,   /* HTML only */
    VIEW_API,     /* the reference, or the OpenAPI document */
    VIEW_LINKSET, /* JSON only: the catalogue of APIs */
    VIEW_PROBLEM, /* RFC 9457, or the page that says the same */
    VIEW_VERSION, /* JSON only, as the next two */
    VIEW_READY,
    VIEW_HEALTH,
    _VIEW_N
};

/* The same thing in another format; url NULL: it has no such format. */
struct render_form {
    const char *url, *type; /* type: "application/json" */
};

/* What holds for every page of one daemon, and what page this is. All URLs are path-absolute and begin with
 * `base`. */
struct render_env {
    const char *base;                    /* "" or "/b" */
    const char *path;                    /* this page without base and suffix: "/incidents/x" */
    const char *canonical;               /* absolute URL of this page, or NULL when the origin is not known */
    struct render_form forms[_FORMAT_N]; /* the route's formats, this one among them */
    const char *origin;                  /* before URLs that have to be absolute; NULL: not known */
    const char *query;                   /* canonical, of what is asked for; NULL: none */
    const char *contact;                 /* mailto: or https: URL for "Report an error", or NULL */
    const char *style;                   /* URL of the style sheet */
    const char *version;                 /* of the program */
    bool excel;                          /* CSV: for spreadsheets (csv.h) */
    bool going_on;                       /* CSV: more rows of a table that has its header */
    struct catalogue_info catalogue;     /* id NULL: none loaded */
};

/* A filter that is in force, said back. */
struct active_filter {
    const char *name, *value;             /* as in the URL */
    const char *name_label, *value_label; /* for people: "country", "Japan" */
    const char *remove;                   /* URL of the same page without it */
};

/* A value of a facet. */
struct facet_choice {
    const char *value; /* as in the URL; NULL: not known */
    const char *label;
    const char *url; /* of the list with this value alone, which has COUNT rows */
    const char
        *toggle;  /* of the list with this value beside those in force; without it, where it is in force */
    bool counted; /* false: in force, but COUNT is not known */
    bool chosen;  /* in force */
    size_t count;
};

struct facet_list {
    enum facet facet;
    const struct facet_choice *values;
    size_t n;
    const char *more; /* URL of the page that shows more of its values; NULL: it has no more */
    bool asked;       /* for by name, so that it should be seen */
};

/* An order that a list can have. */
struct order_choice {
    const char *label; /* "newest first" */
    const char *url;
    bool chosen;
};

/* Another text to search for. */
struct text_choice {
    const char *text, *url;
    size_t count; /* of what is found with it */
};

/* What a list says beside its rows. */
struct list_info {
    size_t total;
    unsigned limit;
    const char *next, *prev, *first; /* URLs in the format asked for, or NULL; `first` always set */
    bool catalogue_changed;
    const char
        *text; /* the filters in words, to follow what is listed: "in Japan, 2019 or 2020"; "" for none */
    const struct active_filter *filters;
    size_t n_filters;
    const size_t
        *without; /* where nothing is found: how many there are without each of the first n_without filters */
    size_t n_without;
    const struct text_choice *instead; /* then too: texts with which something is found */
    size_t n_instead;
    const char *clear; /* URL of the list without any filter */
    const char *sort;       /* the word of the order it is in: "-date"; NULL: it has but one */
    const char *sort_asked; /* the same, if another was asked for than it has by default; or NULL */
    const char *by;         /* of statistics: the grouping asked for, as in the URL; else NULL */
    bool sort_instead;      /* what was asked for could not be had: too many matches to rank them */
    const char *statistics; /* URL of the statistics of what is listed, or NULL */
    const struct order_choice *orders; /* for pages */
    size_t n_orders;
    const struct facet_list *facets;
    size_t n_facets;
};

struct problem_error {
    const char *parameter, *value, *detail, *suggestion;
};

/* RFC 9457. `type` is the anchor's name: "parameters" is /about#problem-parameters. */
struct problem {
    const char *type, *title, *detail, *instance;
    unsigned status;
    const struct problem_error *errors;
    size_t n_errors;
    const struct incident_row *tombstone; /* with 410: what was withdrawn, when, why; or NULL */
};

struct touching_row {
    const struct incident_row *row;
    enum role role;
    enum certainty certainty; /* of that part */
    struct via via;           /* id NULL: own */
    bool group;
};

/* Incidents as a feed has them, last changed first. */
struct feed_rows {
    const struct incident_row *rows;
    const struct dataset *datasets; /* that they are of: licence and credit */
    size_t n, n_datasets;
};

struct view_year {
    const char *value; /* NULL: not known */
    size_t incidents;
};

/* A group of statistics as it is shown. */
struct view_group {
    const char *label;
    const char *url; /* the list that it counts, in the format asked for; NULL: no list is just that */
    const struct statistics_group *counts;
};

struct view_grouping {
    enum facet by;
    const char *url; /* of the same statistics so grouped */
};

struct view_sandbox {
    const char *mode; /* NULL: nothing is known of it */
    bool no_new_privileges, seccomp;
    int landlock; /* ABI; 0: not in force */
};

struct view_check {
    const char *name, *status, *detail; /* detail may be NULL */
};

struct api;
struct api_link;

struct view {
    enum view_kind kind;
    union {
        struct {
            struct catalogue_info totals;
            const struct view_year *by_year;
            const struct incident_row *latest, *largest;
            const struct org_row *dealers;
            size_t n_years, n_latest, n_largest, n_dealers;
        } overview;
        struct {
            const struct incident_row *rows; /* one of rows, json and whole is set; pages have rows */
            size_t n;
            struct list_info info;
            const struct json_row *json;
            const struct incident *whole;
            struct feed_rows feed; /* in place of all these: in a feed */
        } incidents;
        struct {
            const struct incident *incident;
            const struct dataset *dataset; /* licence and credit of the record */
        } incident;
        struct {
            const struct incident *incident;
            const struct timeline_item *items;
            size_t n;
            struct list_info info;
        } incident_timeline;
        struct {
            bool dealers; /* /dealers rather than /organizations */
            const struct org_row *rows;
            size_t n;
            struct list_info info;
        } organizations;
        struct {
            const struct organization *organization;
            const struct org_row *rooftops;
            const struct touching_row *touching;
            const struct timeline_item *events;
            size_t n_rooftops, n_touching, n_events;             /* shown: at most LIMIT_EMBEDDED */
            size_t total_rooftops, total_touching, total_events; /* there are */
            struct feed_rows feed; /* in place of all these: in a feed, the incidents that touch it */
        } organization;
        struct {
            const struct timeline_item *items;
            size_t n;
            struct list_info info;
        } timeline;
        struct {
            const struct actor_row *rows;
            size_t n;
            struct list_info info;
        } actors;
        struct {
            const struct actor_row *actor;
            const struct naming *incidents;
            size_t n, total;
        } actor;
        struct {
            const struct class_row *rows;
            size_t n;
            struct list_info info;
        } data_classes;
        struct {
            const struct dataset *rows;
            size_t n;
            struct list_info info;
        } datasets;
        struct {
            const struct dataset *dataset;
        } dataset;
        struct {
            const struct statistics *counts;
            const struct view_group *groups; /* of each group of counts */
            const char *list;                /* URL of the list of all that is counted */
            const struct view_grouping *groupings;
            size_t n_groupings;
            struct list_info info;
        } statistics;
        const struct api *api; /* render/api.h */
        struct {
            const char *anchor;
            const struct api_link *links; /* each of a relation of its own */
            size_t n;
        } linkset;
        struct problem problem;
        struct {
            const char *name, *version, *revision, *started, *loaded;
            const char *const *libraries; /* name, version, name, version, …: n_libraries pairs */
            size_t n_libraries;
            int api;
            struct view_sandbox sandbox;
        } version;
        struct {
            bool ready;
            const struct view_check *checks;
            size_t n;
        } ready;
    };
};

bool render_supports(enum format f, enum view_kind v);

/* Writes the whole body. 0, -ENOMEM (out of memory or over the buffer's limit), or -EINVAL: text that is not
 * UTF-8, an unsupported cell. */
int render_view(enum format f, const struct view *v, const struct render_env *env, struct strbuf *out);

/* Call once before threads start: fixes the hash seed of the JSON library, which otherwise reads /dev/urandom
 * at the first object. */
void render_init(void);

/* Whether a URL from data may be linked: http or https, no control characters or spaces. */
bool render_link_ok(const char *url);

/* --- sentences, shared by pages and later by feeds; in the arena; NULL when out of memory --- */

/* "3,100,000" */
const char *say_number(int64_t n, struct arena *mem);

/* "3.1 million" where that is exact, else "3,123,456". */
const char *say_short(int64_t n, struct arena *mem);

/* "up to 3.1 million people (3,100,000)", "about 800 dealers", "between 10 and 20 files", "a placeholder figure
 * of 501, not a count". UNIT_LABEL is plural ("people"), or for money the code of its currency. */
const char *say_amount(const struct amount *a, const char *unit_label, struct arena *mem);

/* "Up to 3.1 million people (3,100,000), says Toyota, 29 March 2019, reported by ZDNet"; "The number of
 * people affected is not known." How sure that is has to stand before it. A placeholder is "given by" whoever
 * gives it. */
const char *say_affected(const struct affected *a, struct arena *mem);

/* "0 to 8 days", "1 day", "the same day"; D must be known. */
const char *say_delay(const struct delay *d, struct arena *mem);

/* "3.1 million people (3,100,000) in 2 incidents, of which 1 is a ceiling and 1 is an estimate". */
const char *say_sum(const struct figure_sum *s, struct arena *mem);

/* "3 records that repeat another and 1 withdrawn or merged record"; "" when nothing is left out. */
const char *say_left_out(const struct statistics *s, struct arena *mem);

/* "Attack confirmed · data loss suspected"; "Incident …" where neither hacking, malware nor social
 * engineering is recorded; "Record withdrawn", "Record merged into another". */
const char *say_answers(const struct incident_row *row, struct arena *mem);

/* "Disclosure: Toyo's sales companies"; how sure it is where it is not confirmed, and when in words where that is
 * not one day: "Intrusion (suspected), about 21 March 2019: Toyo's sales companies". */
const char *say_event_title(const struct timeline_item *t, struct arena *mem);

/* "Claimed: Told the press." */
const char *say_event(const struct timeline_item *t, struct arena *mem);

/* "says Toyo Motor (company), ZDNews"; "compiled from the record as a whole". */
const char *say_cited(const struct timeline_item *t, struct arena *mem);

/* Version of jansson in use. */
const char *render_library_version(void);

#endif
