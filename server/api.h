/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_API_H
#define BREACHD_SERVER_API_H

/* The service describes itself: from the tables of routes and parameters and the words of api_table.c. */
#include "load.h"
#include "render/api.h"

/* Which thing of the loaded catalogue stands for {id} in an example. */
enum example_id {
    EXAMPLE_NONE,
    EXAMPLE_INCIDENT,
    EXAMPLE_DEALER,
    EXAMPLE_ORGANIZATION,
    EXAMPLE_ACTOR,
    EXAMPLE_DATASET,
    _EXAMPLE_N
};

/* As `example`: the year of the newest incident, so that something is found. */
#define EXAMPLE_YEAR "year"

struct api_doc {
    const char *path; /* of the route */
    const char *name, *group, *title, *about;
    const char *type;    /* media type of a route that has no view */
    const char *schema;  /* what its JSON looks like: a name in $defs of schemas/answers.json */
    unsigned flags;      /* API_* */
    enum example_id example_id;
    const char *example; /* query string of the example */
    bool quiet;          /* the answer says nothing to readers of the page, or other things at other times: not shown */
    bool cut;            /* only its first line is */
    struct api_argument arguments[API_ARGUMENTS];
};

extern const struct api_group api_groups[];
extern const size_t api_groups_n;

/* The words on the route with that path, or NULL; those at PLACE, or NULL after the last. */
const struct api_doc *api_doc(const char *path);
const struct api_doc *api_doc_at(size_t place);

/* Sets example and answer of each of the N resources. 0, -ENOMEM or STORAGE_E_*. */
int api_examples(struct load *l, struct api_resource *resources, size_t n);

/* Loader of /api; /openapi.json, "/.well-known/api-catalog" and "/.well-known/security.txt" as route.reply. */
int load_api(struct load *l, struct view *ret);
int api_openapi(struct load *l, struct reply *ret);
int api_catalog(struct load *l, struct reply *ret);
int api_security(struct load *l, struct reply *ret);

#endif
