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

/* What to send one who says ACCEPT_ENCODING, NULL for nothing; negotiate.h has the rules. */
enum coding coding_choose(const char *accept_encoding);

/* Whether N bytes of media type TYPE gain by being encoded: not those that are few, nor what is compressed as it is. */
bool coding_gains(const char *type, size_t n);

/* BODY in coding C, which is not identity, at the level that is worth its time for an answer that is kept. NULL: out of
 * memory. */
struct blob *coding_encode(enum coding c, const struct blob *body);

#endif
