/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_LOAD_H
#define BREACHD_SERVER_LOAD_H

/* What a loader works with: one request, understood, and the catalogue it is answered from. Internal to the dispatcher. */
#include "app.h"
#include "http/coding.h"
#include "reload.h"
#include "router.h"
#include "sandbox.h"
#include "snapshot.h"
#include "util/clock.h"

#include <stdatomic.h>

/* Only the slot, the first flag and the number change once the daemon runs. */
struct app {
    struct app_config cfg;
    struct snapshot_slot *slot;
    struct reload *reload;
    atomic_bool draining;
    atomic_uint coded_streams;     /* being sent in a content coding */
    char started[CLOCK_TEXT_SIZE]; /* RFC 3339 */
    struct sandbox_report sandbox; /* where confined: it was said */
    bool confined;
};

struct load {
    struct app *app;
    struct arena *mem;
    const struct request *req;
    struct snapshot *snap;     /* NULL: no catalogue */
    struct storage_reader *rd; /* leased for routes with a view */
    const struct route_match *match;
    const char *path; /* decoded, without base, with suffix: "/incidents.json" */
    const char *stem; /* the same without suffix */
    enum format format;
    enum coding coding;
    struct query q;
    struct repeat *repeat; /* the request as it came; recall.h */
    const char *key;       /* what it asks for, for the cache; NULL: not known, or there is none */
    const char *query;     /* of Q, as link_query() has it; NULL: not parsed yet */
    const char *origin;    /* "https://example.org" for absolute URLs, or NULL */

    /* outcomes */
    const char *location; /* LOAD_E_MOVED: path without base and suffix */
    unsigned moved_status;
    const struct incident_row *tombstone; /* LOAD_E_GONE */
    const char *license;                  /* URL of the licence of what is shown, or NULL */
    size_t total;                         /* of a list */
    bool is_list;
    bool more;                       /* of a walk: there are rows after these */
    const char *next, *prev, *first; /* for Link */
};

/* --- links.c: URLs under the base path; all in the arena, NULL when out of memory --- */

/* base + STEM + suffix of the format + "?" QUERY ("" for none). */
const char *link_to(const struct load *l, const char *stem, enum format f, const char *query);

/* What L asks for in format F. A feed has neither order nor page of the list that it is linked from. */
const char *link_form(const struct load *l, enum format f);

/* The canonical query of what L asks for, with its page: the same resource in any of its forms. */
const char *link_query(const struct load *l);

/* "/incidents/" + id, encoded. */
const char *link_path(struct arena *mem, const char *folder, const char *id);

/* What Q asks for, at STEM in L's format; of a page only its beginning. */
const char *link_asking(const struct load *l, const char *stem, const struct query *q);

/* The list of L without VALUE of filter F; with it beside those that are set; with it alone; in order S; with more values
 * of facet F. From its first page, in L's format. An organisation alone is so without its reach, as it is counted: by what names it. */
const char *link_without(const struct load *l, enum filter f, const char *value);
const char *link_beside(const struct load *l, enum filter f, const char *value);
const char *link_alone(const struct load *l, enum filter f, const char *value);
const char *link_sorted(const struct load *l, enum sort s);
const char *link_facet(const struct load *l, enum facet f);

/* Fills *ret for the list that L->q asks for, but for its facets; also L->total and its links. 0, -ENOMEM or STORAGE_E_*:
 * filters are said with the names of what they name. */
int link_list(struct load *l, const struct page_info *page, struct list_info *ret);

/* The same for a list that has no pages: N rows, all of them. 0 or -ENOMEM. */
int link_whole_list(struct load *l, size_t n, struct list_info *ret);

/* --- said.c --- */

/* Sets filters and text of *ret: what L->q asks for, in words. 0, -ENOMEM or STORAGE_E_*. */
int said_filters(const struct load *l, struct list_info *ret);

/* --- facets.c --- */

/* Sets facets of *ret: those asked for, and on pages those that the page has. After link_list(). 0, -ENOMEM or STORAGE_E_*. */
int facets_of_list(const struct load *l, struct list_info *ret);

/* --- orders.c --- */

/* Sets orders of *ret. 0 or -ENOMEM. */
int orders_of_list(const struct load *l, enum sort in_force, struct list_info *ret);

/* --- advice.c --- */

/* Of an empty list: sets how many there are without each of its filters, and with each of the words searched for. After
 * said_filters(). 0, -ENOMEM or STORAGE_E_*. */
int advice_for_empty(const struct load *l, struct list_info *ret);

/* --- feeds.c --- */

/* Fill what a feed has in place of a page: the incidents of a list or of organisation ID, or events, a calendar's too. As
 * loaders. */
int feed_of_incidents(struct load *l, struct view *ret);
int feed_of_organization(struct load *l, const char *id, struct view *ret);
int feed_events(const struct load *l, struct event_page *ret);

/* --- dispatch.c --- */

/* A reader for an answer to L that is yet to be made. As snapshot_lease(), and LOAD_E_SCARCE. */
int load_lease(const struct load *l, struct storage_reader **ret);

/* --- outflow.c --- */

/* A text that is made while it is sent: the struct stream of those who make it begins with one. */
struct outflow {
    struct strbuf text; /* not yet sent, from `sent` on */
    size_t sent;
    int (*more)(struct outflow *x); /* writes more text; 0, 1: there is no more, or an error */
};

/* As struct stream has it, of a struct outflow. */
ssize_t outflow_read(void *outflow, char *buffer, size_t room);

/* --- rows.c --- */

/* Whether L asks for all rows of a list that has pages otherwise. */
bool rows_are_streamed(const struct load *l);

/* Makes *RET the stream of them, its first rows made; L then knows their total. 0, -ENOMEM, -EINVAL or STORAGE_E_*. */
int rows_begin(struct load *l, struct reply *ret);

/* --- export.c --- */

/* The stream of everything as NDJSON. 0, -ENOMEM, STORAGE_E_* or LOAD_E_SCARCE. */
int export_reply(struct load *l, struct reply *ret);

/* --- download.c --- */

/* The catalogue's own file, or a part of it. 0, -ENOMEM, LOAD_E_PRECONDITION or LOAD_E_RANGE. */
int download_reply(struct load *l, struct reply *ret);

/* --- problem.c --- */

struct problem_kind {
    unsigned status;
    const char *type, *title;
};

/* One after the other; NULL after the last. */
const struct problem_kind *problem_kind_at(size_t place);

/* The kind for STATUS; one for 500 when it is none of ours. */
const struct problem_kind *problem_kind(unsigned status);

/* Whether an error is to be told as a page to one who accepts ACCEPT (NULL: nothing said). */
bool problem_as_page(const char *accept);

/* Fills *ret with the problem document or page; where even that cannot be had, with a constant document of 500. */
void problem_reply(struct load *l, bool page, const struct problem *p, struct reply *ret);

/* --- dispatch.c --- */

/* Answers TARGET as dispatch() would answer L's client, from L's catalogue and with its reader; its reply keeps L's memory. */
void dispatch_within(const struct load *l, const char *target, struct reply *ret);

/* --- headers.c --- */

/* The strong entity tag of L's answer, known before any work: from the catalogue's id and report, the address, the canonical query
 * with its page, the format, the build, the base path, the contact and, for pages and feeds, the origin. NULL when out of memory. */
const char *headers_etag(const struct load *l);

/* Last-Modified: when the catalogue was built. Nothing compares it. */
void headers_built(struct load *l, struct reply *ret);

/* What a view's answer says before it is loaded. */
void headers_view(struct load *l, const char *tag, struct reply *ret);

/* What it says once it is loaded: links and total. */
void headers_loaded(struct load *l, struct reply *ret);

/* A 200 with a tag that the client has becomes a 304 with the same headers. A body stays with it: it is not sent, but its
 * length is told (RFC 9110 section 8.6), and the connection can stay open. A stream goes. */
void headers_make_conditional(const struct request *req, struct reply *ret);

/* Security, CORS: on every reply, last. */
void headers_shared(struct reply *ret);

/* --- app.c --- */

/* V as the body of L's answer, for render_view() with all that it needs to know. As render_view(). */
int app_render(const struct load *l, enum format f, const struct view *v, struct blob **ret);

/* The same into OUT; GOING_ON: after other rows of the same table. */
int app_render_into(const struct load *l, enum format f, const struct view *v, bool going_on,
                    struct strbuf *out);

#endif
