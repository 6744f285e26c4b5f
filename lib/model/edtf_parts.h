/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_MODEL_EDTF_PARTS_H
#define BREACHD_MODEL_EDTF_PARTS_H

/* What an EDTF text is made of: one date, or the two ends of an interval or set. Between edtf.c, which reads,
 * and edtf_words.c, which tells; nobody else needs it. */
#include <stdbool.h>
#include <stddef.h>

enum edtf_presence {
    EDTF_STATED,
    EDTF_OPEN,    /* "..": not bounded on this side */
    EDTF_MISSING, /* "": bounded, but where is not known */
};

/* In the place of a month: the level 1 seasons, independent of a hemisphere. */
#define SEASON_FIRST 21 /* spring */
#define SEASON_LAST  24 /* winter */

/* How much of a date is stated. */
enum edtf_precision {
    EDTF_YEAR,       /* 2019 */
    EDTF_YEARS,      /* 201X, 20XX */
    EDTF_SEASON,     /* 2019-21 */
    EDTF_MONTH,      /* 2019-03 */
    EDTF_SOME_MONTH, /* 2019-XX */
    EDTF_DAY,        /* 2019-03-29 */
    EDTF_SOME_DAY,   /* 2019-03-XX, and with month 0 2019-XX-XX */
    EDTF_TIME,       /* 2019-03-29T12:00:00Z */
};

/* One date; all but `presence` is meaningful only when it is stated. */
struct edtf_point {
    enum edtf_presence presence;
    enum edtf_precision precision;
    int first_year, last_year; /* differ only with EDTF_YEARS */
    int month;                 /* 1..12, of a season 21..24; 0: not stated */
    int day;                   /* 0: not stated */
    bool approximate, uncertain;
    const char *text; /* within the whole text, without its qualifier; not terminated */
    size_t length;
};

enum edtf_kind { EDTF_SINGLE, EDTF_INTERVAL, EDTF_SET };

struct edtf_parts {
    enum edtf_kind kind;
    struct edtf_point a, b; /* of a single date only a */
};

/* 0 or EDTF_E_*; *ret untouched on failure. */
int edtf_split(const char *text, struct edtf_parts *ret);

#endif
