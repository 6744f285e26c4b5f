/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_ANSWER_H
#define BREACHD_SERVER_ANSWER_H

/*
 * A finished answer: the headers and the body of one 200, in memory of their own, never changed again and counted, so
 * that the cache and any number of replies in any thread share it. HEAD and 304 are sent from it as well.
 */
#include "http.h"

struct answer;

/* What R, a 200 with a body, says: its headers and its body are copied. NULL: out of memory. */
struct answer *answer_new(const struct reply *r);

/* One more reference; returns A. */
struct answer *answer_acquire(struct answer *a);

/* One reference less. Accepts NULL; returns NULL. */
struct answer *answer_release(struct answer *a);

/* Makes of *RET, which holds nothing yet, a reply that says A and keeps it: the reply takes over the caller's reference. */
void answer_take(struct answer *a, struct reply *ret);

/* Makes of *RET, which holds nothing yet, the same reply in its own right: headers in MEM, a reference to the body. False: out of
 * memory. */
bool answer_spell(const struct answer *a, struct arena *mem, struct reply *ret);

/* Bytes of memory that it takes, with its form below, allocator included; an estimate from above. */
size_t answer_weight(const struct answer *a);

/* The same as the HTTP library has it; httpd.c knows what that is. */
struct answer_form {
    void *(*make)(const struct reply *r); /* of a reply that says it; NULL: cannot */
    void (*free)(void *form);
};

/* A's form, made of R, which says A, by the first who asks, and kept with A; NULL when it cannot be made. There is one KIND in
 * a program. */
void *answer_form(struct answer *a, const struct answer_form *kind, const struct reply *r);

#endif
