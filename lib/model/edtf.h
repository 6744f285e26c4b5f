/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_MODEL_EDTF_H
#define BREACHD_MODEL_EDTF_H

/*
 * Dates as people know them: Extended Date/Time Format (Library of Congress, ISO 8601-2:2019), levels 0 and
 * 1, and of level 2 only the sets "one of" with a range: [a..b], [..b], [a..]. An interval a/b lasted from a
 * to b; a set [a..b] happened once within.
 */
#include "util/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct edtf {
    const char *text;  /* as stated; NULL: not known, and then all else is empty */
    char earliest[11]; /* "2019-03-21"; "" where the form leaves it open */
    char latest[11];
    bool approximate; /* ~ or % anywhere; a season too: its bounds are the whole year, as its months depend on
                         the hemisphere, and a winter reaches into a neighbouring year */
    bool uncertain;   /* ? or % anywhere */
};

#define EDTF_UNKNOWN ((struct edtf){0})

enum {
    EDTF_E_SYNTAX = 1, /* not EDTF, or of a level not read here */
    EDTF_E_RANGE,      /* EDTF, but no such day, or outside the years 0001 to 9999 */
    EDTF_E_ORDER,      /* an interval or set that ends before it begins */
};

/* Reads TEXT (kept by pointer: it must outlive *ret). 0 or EDTF_E_*; *ret untouched on failure. */
int edtf_parse(const char *text, struct edtf *ret);

/* Why a text was refused, as a clause: "is not an EDTF date". Never NULL. */
const char *edtf_reason(int outcome);

/* Days from 1970-01-01 of a bound ("2019-03-21"); false for "". */
bool edtf_day(const char bound[static 11], int32_t *ret);

/* A precise date: one day, neither approximate nor uncertain. */
bool edtf_is_day(const struct edtf *d);

/* Orders by earliest, then latest; an open earliest sorts as the far past, an open latest as the far future,
 * unknown last. */
int edtf_compare(const struct edtf *a, const struct edtf *b);

/* Same text. Two unknown dates are equal. */
bool edtf_equal(const struct edtf *a, const struct edtf *b);

/* The plainest text that has these bounds ("" where open; not both): "2019" from 2019-01-01 to 2019-12-31,
 * "2019-01/2019-06", "2019-03-29/..". In MEM; NULL when out of memory. */
const char *edtf_span(const char earliest[static 11], const char latest[static 11], struct arena *mem);

/* The date in words, in RET's arena: "29 March 2019", "about 21 March 2019", "March 2019", "2019
 * (uncertain)", "from 13 October to 13 December 2019" (interval), "some time between March and May 2021"
 * (set), "not known". NULL: out of memory. */
const char *edtf_words(const struct edtf *d, struct arena *mem);

#endif
