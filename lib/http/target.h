/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_HTTP_TARGET_H
#define BREACHD_HTTP_TARGET_H

/*
 * Request targets (RFC 9112 section 3.2): the raw text, decoded exactly once into a path and arguments.
 * util/percent.h is the way back. The HTTP library's own decoding is not used: it decodes %2F, passes bad
 * escapes and stops at %00.
 */
#include "util/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    TARGET_E_BAD = 1,   /* malformed: 400 */
    TARGET_E_NOT_FOUND, /* well-formed, but no resource can have such a path: 404 */
    TARGET_E_TOO_LONG,  /* more than LIMIT_TARGET_BYTES: 414 */
    TARGET_E_ARGUMENTS, /* more than LIMIT_ARGUMENTS: 400 */
};

/* A query argument, decoded: UTF-8 without control characters, ending in a NUL that is not counted. */
struct target_argument {
    const char *name; /* may be empty ("?=x") */
    size_t name_length;
    const char *value; /* empty for "?a=" and "?a" */
    size_t value_length;
};

/* Everything in it lives in the arena. */
struct target {
    const char *authority; /* host[:port] of an absolute-form target (host.h), else NULL */
    const char *path;      /* decoded, starts with "/"; "*" for OPTIONS * */
    size_t path_length;
    const struct target_argument *arguments; /* in the order given, repetitions kept */
    size_t n_arguments;
};

/* Parses the LENGTH bytes at RAW, a target as it stood in the request line. OPTIONS tells whether the method
 * is OPTIONS, for which alone "*" is a target. 0; -ENOMEM; or an outcome with *reterr_reason, one plain
 * clause that quotes nothing of the request, constant or in the arena.
 *
 * Origin-form and, with the schemes http and https, absolute-form (section 3.2.2) are taken; an absolute one
 * without a path means "/". Arguments stand between "&"; empty pieces between them are nothing; the first "="
 * ends the name; "+" is a space in arguments and itself in the path.
 *
 * TARGET_E_BAD: an empty target or one of another form; a "#", a space or a control character in it; "%"
 * without two hexadecimal digits; escapes that give control characters (U+0000 to U+001F, U+007F) or bytes
 * that are not UTF-8.
 * TARGET_E_NOT_FOUND: a path with a segment "." or "..", an empty segment but the last, a backslash, an
 * escaped slash, however written, or more than LIMIT_SEGMENTS. A target that is also malformed is TARGET_E_BAD. */
int target_parse(const char *raw, size_t length, bool options, struct arena *mem, struct target *ret,
                 const char **reterr_reason);

#endif
