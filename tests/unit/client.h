/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_TESTS_CLIENT_H
#define BREACHD_TESTS_CLIENT_H

/* A client without sockets: it asks dispatch() and looks at replies. */
#include "app.h"
#include "suite.h"

struct client {
    struct app *app;
    struct arena *mem; /* of requests and of what is read from replies */
};

/* Opens CATALOGUE as the daemon would; what cannot be served fails the test. */
void client_open(struct client *c, const char *catalogue, const char *base_path, const char *public_url);

/* The same with settings of the test's own. */
void client_open_as(struct client *c, const struct app_config *cfg);

void client_close(struct client *c);

/* ACCEPT and IF_NONE_MATCH may be NULL. End it with reply_done(). */
struct reply client_ask(struct client *c, const char *method, const char *target, const char *accept,
                        const char *if_none_match);

/* The same with the headers of the test's own. */
struct reply client_send(struct client *c, const char *method, const char *target,
                         const struct header *headers, size_t n);

/* The whole body; "" when there is none. A stream can be read once. */
const char *client_body(struct client *c, const struct reply *r);

/* The header's value, or NULL; one that is there twice fails the test. */
const char *header_of(const struct reply *r, const char *name);

/* VALUE NULL: it is not there. */
void assert_header(const struct reply *r, const char *name, const char *value);

/* Whether PART stands in TEXT. */
void assert_has(const char *text, const char *part);

/* What every reply carries, whatever it says. */
void assert_shared(const struct reply *r);

#endif
