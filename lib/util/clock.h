/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_UTIL_CLOCK_H
#define BREACHD_UTIL_CLOCK_H

/* RFC 3339 times in UTC, to the second: "2026-01-31T12:00:00Z". Our own times (added, modified, built) only. */
#include <stdbool.h>
#include <stdint.h>

#define CLOCK_TEXT_SIZE 21

/* The first and the last second that can be said: years 0001 to 9999. */
#define CLOCK_FIRST (-62135596800)
#define CLOCK_LAST  253402300799

/* SECONDS since 1970 as text; outside the bounds above the nearest one. */
void clock_format(int64_t seconds, char ret[static CLOCK_TEXT_SIZE]);

/* "2019-03-29" of a year from 0 to 9999, a month and a day. */
void clock_format_day(int year, int month, int day, char ret[static 11]);

/* Parses exactly the form above, or the same with fractions or a numeric offset, which are folded to UTC seconds.
 * False when TEXT is no such time or no real date; *ret is then untouched. */
bool clock_parse(const char *text, int64_t *ret);

/* Days from 1970-01-01 of a proleptic Gregorian date (year 0..9999, month 1..12, day 1..31 not checked further). */
int32_t clock_days(int year, int month, int day);

/* Days in that month. */
int clock_month_days(int year, int month);

#endif
