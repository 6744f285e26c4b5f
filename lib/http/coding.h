/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_HTTP_CODING_H
#define BREACHD_HTTP_CODING_H

/* Content codings (RFC 9110 section 8.4.1): which one a client gets, what they are worth using for, and encoding in them. */
#include "util/blob.h"

#include <stdbool.h>

/* The server's order of preference, where a client likes several alike: smallest first. */
enum coding {
    CODING_BR,
    CODING_ZSTD,
    CODING_GZIP,
    CODING_IDENTITY,
    _CODING_N,
};

/* As it is called in Content-Encoding: "gzip". */
const char *coding_name(enum coding c);

/* What to send one who says ACCEPT_ENCODING, NULL for nothing; negotiate.h has the rules. STREAMED: of what an encoder makes, which
 * is not br: it wants megabytes for each. */
enum coding coding_choose(const char *accept_encoding, bool streamed);

/* Whether N bytes of media type TYPE gain by being encoded: not those that are few, nor what is compressed as it is. */
bool coding_gains(const char *type, size_t n);

/* BODY in coding C, which is not identity, at the level that is worth its time for an answer that is kept. NULL: out of
 * memory. */
struct blob *coding_encode(enum coding c, const struct blob *body);

/* Encodes what comes piece by piece, in two megabytes of memory at most. */
struct encoder;

/* C is gzip or zstd. NULL: out of memory. */
struct encoder *encoder_new(enum coding c);

/* Appends to *OUT what the N bytes make, which may be nothing yet; LAST: and all that is left. 0, or -ENOMEM, and then E is good for
 * nothing more. */
int encoder_feed(struct encoder *e, const void *bytes, size_t n, bool last, struct strbuf *out);

/* Accepts NULL; returns NULL. */
struct encoder *encoder_free(struct encoder *e);

#endif
