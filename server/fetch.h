/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_FETCH_H
#define BREACHD_SERVER_FETCH_H

/*
 * One GET over HTTP or HTTPS, by libcurl, which only fetch.c knows. Certificates are always checked; redirects are followed,
 * LIMIT_REDIRECTS of them and never from https to http; a server that is not there, or too slow to be of use, is given up
 * (limits.h). Nothing is decoded: what is sent is what is asked for, byte by byte.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fetch_reply {
    unsigned status; /* of the last reply, which is no redirect */
    bool sized;
    uint64_t length; /* of the body, where sized */
    void *handle;    /* for fetch_field() */
};

struct fetch_request {
    const char *url;
    const char *ca;            /* file of the authorities that are trusted; NULL: the system's */
    const char *const *fields; /* "Name: value" */
    size_t n_fields;
    /* Once, when the head of the reply is there, and then for each piece of its body. False: that is enough. */
    bool (*head)(void *ctx, const struct fetch_reply *reply);
    bool (*body)(void *ctx, const void *bytes, size_t n);
    void *ctx;
};

/* The value of the field NAME, the first where there are several, or NULL; valid within head(). */
const char *fetch_field(const struct fetch_reply *reply, const char *name);

/* Whether URL is one to fetch: http or https, with a host, without a user's name or password. */
bool fetch_takes(const char *url);

/* 0: all of the reply was handed over; FETCH_E_STOPPED: head() or body() said that it is enough; FETCH_E_FAILED, with *reterr
 * (free() it): what happened and what to do about it, without the URL; or -ENOMEM. By one thread. */
enum { FETCH_E_STOPPED = 1, FETCH_E_FAILED };
int fetch_run(const struct fetch_request *rq, char **reterr);

#endif
