/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_UTIL_PERCENT_H
#define BREACHD_UTIL_PERCENT_H

/* Percent-encoding (RFC 3986 section 2.1), the way out; http/target.h is the way in. */
#include "util/strbuf.h"

/* Where text is to stand in a URL. */
enum percent_part {
    PERCENT_SEGMENT, /* one path segment */
    PERCENT_PATH,    /* a whole decoded path: as PERCENT_SEGMENT, but "/" stays */
    PERCENT_QUERY,   /* a name or value of an argument */
};

/*
 * Appends LENGTH bytes encoded: every byte but RFC 3986's unreserved ones (letters, digits, "-._~") becomes %XX
 * with upper-case digits. In PERCENT_QUERY ",", ":" and "/" stay too, for readable lists, times and EDTF intervals;
 * a space is %20 there, never "+". One text has one encoded form, so links and cache keys may be built from it.
 * The segments "." and ".." cannot be encoded; no identifier is either.
 */
void percent_encode(enum percent_part part, const char *bytes, size_t length, struct strbuf *out);

#endif
