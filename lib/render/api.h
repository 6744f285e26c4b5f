/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_API_H
#define BREACHD_RENDER_API_H

/*
 * What the service offers, as data: made from the tables of routes and parameters (server/api.c) and shown twice, as the
 * page /api and as the OpenAPI document. Neither knows more than stands here, so they cannot disagree.
 */
#include "model/parameter.h"

#include <stddef.h>

enum {
    API_LIST = 1,        /* rows: X-Total-Count and, where there are pages, their links */
    API_MOVES = 2,       /* may lead elsewhere */
    API_GONE = 4,        /* may say 410 */
    API_LIVE = 8,        /* says what is so just now: no-store, and no tag */
    API_PARTS = 16,      /* a part of it may be asked for: 206, 412, 416 */
    API_UNREADY = 32,    /* 503 has the same shape as 200 */
    API_VIEW = 64,       /* rendered from the catalogue in each of its forms: says when that was built, and links */
    API_OPTIONAL = 128,  /* not there where it is not set up: 404 */
};

struct api_argument {
    const char *name, *about, *pattern, *example; /* of {name} in a path */
};
#define API_ARGUMENTS 2

/* One form of a resource. */
struct api_form {
    const char *type;   /* media type */
    const char *path;   /* of this form alone: "/incidents.json"; NULL: it has no address of its own */
    const char *name;   /* "Json": tells operations apart; "" for the main one */
    const char *schema; /* component that describes it, or NULL */
};
#define API_FORMS 16

/* The parameters of one list. */
struct api_list {
    const char *name; /* "incidents" */
    const struct parameter *parameters;
    size_t n;
};

struct api_resource {
    const char *path;    /* template: "/incidents/{id}" */
    const char *anchor;  /* on /api */
    const char *name;    /* of its operations: "getIncident" */
    const char *group;   /* name of its group */
    const char *title, *about;
    unsigned flags;
    bool negotiated; /* `path` answers in any form, by Accept */
    struct api_argument arguments[API_ARGUMENTS];
    size_t n_arguments;
    struct api_form forms[API_FORMS]; /* the page, if any, first */
    size_t n_forms;
    const struct api_list *list; /* NULL: takes no parameters */

    /* for the page: a question to this very service and its answer */
    const char *example;     /* its path and query, without base; NULL: the catalogue has nothing to ask for */
    const char *answer;      /* its body, JSON, or as much of it as was looked at; NULL: not shown */
    size_t answer_size;
    unsigned status;
};

struct api_group {
    const char *name, *about;
};

/* A status that says that something went wrong. */
struct api_problem {
    unsigned status;
    const char *title;
};

struct api {
    const char *root; /* absolute URL of the service without its last slash, or "" + base where no origin is known */
    int version;      /* what the promise is about */
    const struct api_group *groups;
    size_t n_groups;
    const struct api_list *lists;
    size_t n_lists;
    const struct api_resource *resources;
    size_t n_resources;
    const struct api_problem *problems; /* all that the service answers */
    size_t n_problems;
    const char *schemas; /* the component schemas, a JSON object */
    size_t schemas_size;
    const char *security; /* address of security.txt, or NULL */
};

/* A link of the catalogue of APIs (RFC 9727). */
struct api_link {
    const char *rel, *url, *type;
};

#endif
