/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_EXCHANGE_H
#define BREACHD_SERVER_EXCHANGE_H

/* One request on its way through httpd.c, with its reply and its memory. Each thread has a stock of them, so that the
 * usual request allocates nothing. */
#include "http.h"

#include <stdint.h>
#include <time.h>

struct crowd_place;
struct visit;
struct worker;
struct MHD_Connection;

#define EXCHANGE_ID_SIZE 17

struct exchange {
    struct worker *worker;
    struct MHD_Connection *connection;
    struct visit *visit; /* whose connection it is */
    struct timespec since;
    struct request req; /* its memory is the exchange's */
    struct reply reply;
    size_t target_length; /* as sent; req.target is no longer than one past the limit */
    size_t head_bytes;    /* of its head, as the library keeps it */
    size_t held;          /* memory of its reply, once that is on its way */
    uint64_t sent;
    bool counted; /* in the tally */
    bool answered;
    bool crowded;              /* its client has too many requests in flight, */
    struct crowd_place *place; /* or this one is counted here */
    char id[EXCHANGE_ID_SIZE];
    struct exchange *next; /* in stock */
};

/* One thread's. */
struct exchange_stock {
    struct exchange *free;
    size_t n;
    uint64_t ids; /* the next request's */
};

void exchange_stock_init(struct exchange_stock *s);
void exchange_stock_done(struct exchange_stock *s);

/* One for a request with TARGET, of which it keeps what can be handled; NULL: out of memory. */
struct exchange *exchange_new(struct exchange_stock *s, const char *target);

/* Ends it and its reply. */
void exchange_free(struct exchange_stock *s, struct exchange *x);

/* Microseconds since it began. */
unsigned long exchange_micros(const struct exchange *x);

/* What X is called in logs: what the client calls it (X-Request-Id) where that is 1 to 64 letters, digits, ".", "_" or
 * "-", else a number of our own. */
const char *exchange_id(struct exchange *x);

/* Whether that is the client's own name for it. */
bool exchange_is_named(struct exchange *x);

/* Its traceparent, where there is just one and it is as it should be; else NULL. */
const char *exchange_trace(const struct exchange *x);

#endif
