/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_HTTP_H
#define BREACHD_SERVER_HTTP_H

/*
 * Requests and replies as plain data: what httpd.c translates from and to libmicrohttpd, and all that
 * dispatch() sees. No socket in sight, so the whole daemon can be tested in process.
 */
#include "util/arena.h"
#include "util/blob.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <strings.h>
#include <sys/types.h>

struct header {
    const char *name, *value;
};

struct request {
    const char *method;  /* as sent */
    const char *target;  /* raw, undecoded: "/incidents?year=2019" */
    const char *version; /* "HTTP/1.1" */
    const struct header *headers;
    size_t n_headers;

    /* By whom and how it was asked for, by what the connection shows or a trusted proxy says. */
    const char *client; /* numeric address, "unix", or NULL where memory ran out */
    const char *scheme; /* "http" or "https" */
    const char *host;   /* host[:port], good for links; NULL: HTTP/1.0 need not say */
    bool
        scarce; /* other replies hold so much memory (LIMIT_UNTAKEN_BYTES) that there is none for a new one */

    struct arena *mem; /* lives until the reply has been sent */
};

/* Whether H is called NAME (case-insensitive). Most names differ in their first letter. */
static inline bool header_is(const struct header *h, const char *name)
{
    return ((h->name[0] ^ name[0]) & ~0x20) == 0 && strcasecmp(h->name, name) == 0;
}

/* The value of the first header NAME (case-insensitive), or NULL. */
const char *request_header(const struct request *r, const char *name);

/* The values of all headers NAME, joined by commas, in the request's memory; NULL when there is none or memory ran out. */
const char *request_joined(const struct request *r, const char *name);

/* A body that is made while it is sent. One thread at a time calls it. */
struct stream {
    /* Fills up to ROOM bytes. Their number; 0: the end; negative: failed, the connection is closed. */
    ssize_t (*read)(void *ctx, char *buffer, size_t room);
    void (*free)(void *ctx);
    void *ctx;
    size_t holds; /* bytes of memory, about, until all is read */
};

#define REPLY_HEADERS 32

struct answer;
struct route;

/* What the cache had to do with a reply. */
enum reply_cache { REPLY_CACHE_NONE, REPLY_CACHE_MISS, REPLY_CACHE_HIT };

struct reply {
    unsigned status;
    struct header
        headers[REPLY_HEADERS]; /* names static; values static, in the request's arena or the answer's */
    size_t n_headers;
    struct blob *body;    /* one reference is the reply's, or the answer's; NULL: empty, or a stream */
    struct stream stream; /* read NULL: none */
    uint64_t length;      /* of the stream, in bytes; 0: nobody knows */
    bool close;           /* say Connection: close and mean it */
    struct answer *
        answer; /* what these headers and this body are of, whatever the status; NULL: they are the reply's own */
    const struct route
        *route; /* its row of the table (router.h), for log and metrics; NULL: none was found */
    enum reply_cache cache;
};

#define REPLY_INIT ((struct reply){.status = 500})

/* As REPLY_INIT, but for what the headers' array holds beyond n_headers: that is much, and nobody looks there. */
static inline void reply_init(struct reply *r)
{
    r->status = 500;
    r->n_headers = 0;
    r->body = NULL;
    r->stream = (struct stream){0};
    r->length = 0;
    r->close = false;
    r->answer = NULL;
    r->route = NULL;
    r->cache = REPLY_CACHE_NONE;
}

/* Adds a header. VALUE NULL adds nothing. */
void reply_header(struct reply *r, const char *name, const char *value);

/* The header NAME, as spelled where it was added, or NULL. */
struct header *reply_find(struct reply *r, const char *name);

/* Releases the body, the stream and the answer. */
void reply_done(struct reply *r);

#endif
