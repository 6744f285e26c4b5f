/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_ROUTER_H
#define BREACHD_SERVER_ROUTER_H

/*
 * Paths become rows of a table. Whole segments, exactly as many as the template; the format's suffix stands at the last
 * one. 404, 405, 406 and redirects follow from the rows.
 */
#include "query/query.h"
#include "render/render.h"
#include "util/arena.h"

struct load;
struct reply;

/* What a loader found, beside 0, -ENOMEM and STORAGE_E_*. */
enum {
    LOAD_E_MOVED = 100,  /* load->location, load->moved_status */
    LOAD_E_GONE,         /* load->tombstone */
    LOAD_E_PRECONDITION, /* If-Match */
    LOAD_E_RANGE,        /* none of the bytes asked for is there */
    LOAD_E_UNLOADED,     /* there is no catalogue */
    LOAD_E_NO_HOST,      /* addresses must be absolute, and nothing says what they begin with */
    LOAD_E_SCARCE,       /* there is no memory for a new answer (struct request) */
};

/*
 * One resource: a view in some formats (formats != 0, load set), or bytes of its own (reply set).
 */
struct route {
    const char *path; /* "/incidents/{id}", without suffix; {…} stands for a segment or a part of one */
    unsigned formats; /* set of 1 << enum format */
    enum query_list query;
    const char *schema; /* name under /schemas that describes its JSON, or NULL */
    /* Fills *ret from storage. */
    int (*load)(struct load *l, struct view *ret);
    /* Fills *ret whole: status, headers of its own, body. 0, -ENOMEM, STORAGE_E_*, or LOAD_E_*, to which headers in *ret are
     * kept. */
    int (*reply)(struct load *l, struct reply *ret);
};

extern const struct route routes[];
extern const size_t routes_n;

#define ROUTE_ARGUMENTS 2

struct route_match {
    const struct route *route;
    const char *arguments[ROUTE_ARGUMENTS]; /* what stood for {…}, in order */
    bool has_suffix;
    enum format format; /* of the suffix */
};

enum { ROUTER_E_NOT_FOUND = 1, ROUTER_E_SLASH /* as *ret, but for a slash at the end: redirect */ };

/* Matches decoded PATH ("/incidents/x.json"). 0, -ENOMEM or ROUTER_E_*. */
int router_match(const char *path, struct arena *mem, struct route_match *ret);

/* ".json"; "" for HTML. */
const char *format_suffix(enum format f);

/* "application/json", as it is negotiated; and as it is told: "text/csv; charset=utf-8; header=present". */
const char *format_media_type(enum format f);
const char *format_content_type(enum format f);

/* Whether an answer is a file to keep rather than something to look at, and without a limit holds the whole of a list. */
bool format_is_file(enum format f);

/* The same with its character set where it has one to be told. */
const char *format_content_type(enum format f);

/* Whether Accept may choose it; the others are asked for by suffix. */
bool format_is_negotiated(enum format f);

/* Whether it holds a list in an order of its own and without pages, at absolute URLs: of a query only the filters count. */
bool format_is_feed(enum format f);

#endif
