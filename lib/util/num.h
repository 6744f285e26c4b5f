/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_UTIL_NUM_H
#define BREACHD_UTIL_NUM_H

/*
 * The only way text becomes an integer: ASCII digits, all of them, within bounds that the caller
 * must name. No space, no `+`, no base prefix, no locale, no errno.
 */
#include <stddef.h>
#include <stdint.h>

enum {
    NUM_E_SYNTAX = 1, /* not a number of the allowed form */
    NUM_E_RANGE,      /* a number, but outside the bounds */
};

enum num_flags {
    NUM_PLAIN = 0,         /* digits only; "0" is the one form that starts with a zero */
    NUM_LEADING_ZEROS = 1, /* "007" is 7 */
    NUM_MINUS = 2,         /* one leading "-" may stand before the digits; "-0" is 0 */
};

/* The LENGTH bytes at TEXT as a number from MIN to MAX. FLAGS is a set of num_flags; NUM_MINUS means nothing
 * to the unsigned one. 0, NUM_E_SYNTAX or NUM_E_RANGE; a text that is wrong in both ways is NUM_E_SYNTAX. */
int num_parse_u64(const char *text, size_t length, unsigned flags, uint64_t min, uint64_t max, uint64_t *ret);
int num_parse_i64(const char *text, size_t length, unsigned flags, int64_t min, int64_t max, int64_t *ret);

/* "65536", "64K", "64M", "1G": bytes, MAX at most; units are powers of 1,024. As num_parse_u64. */
int num_parse_size(const char *text, uint64_t max, uint64_t *ret);

#endif
