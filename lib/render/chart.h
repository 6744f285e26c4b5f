/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_CHART_H
#define BREACHD_RENDER_CHART_H

/*
 * Charts: numbers and dates laid out with the shapes of svg.h. Each draws what it is given into one picture of fixed height and
 * knows nothing of incidents; what is drawn stands as text beside it, which is its caller's to write. What is no exact count
 * has a mark of its own, so that no ceiling looks like a count; what is not known is drawn apart.
 *
 * All are linear in what they draw, and draw a bounded part of what would not fit on a page.
 */
#include "model/counts.h"
#include "render/html.h"

/* --- scales (chart_scale.c) --- */

struct chart_scale {
    int64_t from, to; /* values, from <= to */
    int left, right;  /* where they are drawn: hundredths of a percent */
};

/* Where VALUE is drawn, never outside the ends; where FROM is TO, at the left one. */
int chart_at(const struct chart_scale *s, int64_t value);

/* The least of 1, 2, 5, 10, 20, 50, ... that goes into MOST at most STEPS times; 1 where MOST is less than 1. */
int64_t chart_step(int64_t most, int64_t steps);

/* Durations are drawn on marks that are as far from each other on the page as they are not in time. */
struct chart_duration {
    int32_t days;
    const char *label;
};
#define CHART_DURATIONS 7
extern const struct chart_duration chart_durations[CHART_DURATIONS];

/* How many of these marks it takes to draw MOST days: at least 2. */
size_t chart_durations_for(int32_t most);

/* Where DAYS are drawn between LEFT and RIGHT, which are the first and the last of N marks. Even between two marks. */
int chart_duration_at(int32_t days, size_t n, int left, int right);

/* How many columns TEXT takes, of which a Chinese or Japanese character has two. NULL: none. */
size_t chart_columns(const char *text);

/* TEXT, or its beginning and "…", in at most COLUMNS columns; NULL for NULL. */
const char *chart_cut(struct arena *mem, const char *text, size_t columns);

/* --- drawings; TITLE and DESC as of svg_open() --- */

struct chart_text {
    const char *id, *title, *desc;
};

/* What kind of number is drawn. */
enum chart_mark {
    MARK_EXACT,
    MARK_ABOUT,   /* an estimate: its end is soft */
    MARK_FLOOR,   /* at least: its end is open */
    MARK_CEILING, /* up to: hollow */
    MARK_RANGE,   /* between FROM and TO: hollow, from one to the other */
    MARK_UNKNOWN, /* a count of what is not known */
    _MARK_N
};

extern const char *const chart_marks[_MARK_N]; /* their classes */

/* Counts by year, as columns (chart_years.c). */
struct chart_year {
    int year;
    size_t n;
};
/* Of N with VALUE, a year or NULL: true with *RET set, else N is added to *UNKNOWN. */
bool chart_year_of(const char *value, size_t n, struct chart_year *ret, size_t *unknown);

#define CHART_YEARS 80 /* columns; what is earlier is one of them */

/* YEARS in any order, each once. What is of no known year stands apart. ONE and MANY: what is counted. */
void chart_years(struct page *p, const struct chart_text *t, const struct chart_year *years, size_t n,
                 size_t unknown, const char *one, const char *many, enum chart_mark mark);

/* Amounts beside each other, as bars (chart_bars.c). */
struct chart_bar {
    const char *label, *value; /* VALUE at the other end of the same line, or NULL */
    const char *under;         /* a second line, or NULL */
    enum chart_mark mark;
    int64_t from, to; /* FROM only of MARK_RANGE */
};

/* All on one axis from 0, in the order given. */
void chart_bars(struct page *p, const struct chart_text *t, const struct chart_bar *bars, size_t n);

/* Dates to scale, a lane for each row of them (chart_lanes.c). */
struct chart_lane {
    const char *label;
    const struct edtf *const *dates;
    size_t n;
};

/* Whether LANES have more than a single day between them, so that a scale says anything. */
bool chart_lanes_worth(const struct chart_lane *lanes, size_t n);

void chart_lanes(struct page *p, const struct chart_text *t, const struct chart_lane *lanes, size_t n);

/* Distributions of delays, one in a row (chart_boxes.c). */
struct chart_box {
    const char *label, *value;
    const struct quantiles *quantiles; /* of which n is not 0 */
    bool median_only;
};
void chart_boxes(struct page *p, const struct chart_text *t, const struct chart_box *boxes, size_t n);

/* --- around a drawing (chart_frame.c) --- */

/* The key: what a mark means. */
enum chart_sign {
    SIGN_EXACT,
    SIGN_ABOUT,
    SIGN_FLOOR,
    SIGN_CEILING,
    SIGN_RANGE,
    SIGN_UNKNOWN,
    SIGN_DAY,
    SIGN_ROUGH_DAY,
    SIGN_WITHIN,
    SIGN_LASTED,
    SIGN_BOX,
    SIGN_BOX_MAY,
    SIGN_MEDIAN,
    SIGN_TAIL,
    _SIGN_N
};

void chart_begin(struct page *p, const char *caption);
/* SIGNS: a set of 1 << enum chart_sign. */
void chart_end(struct page *p, unsigned signs);

/* The sign of a date, which is known. */
enum chart_sign chart_date_sign(const struct edtf *d);

/* The sign of a bar's mark. */
enum chart_sign chart_sign_of(enum chart_mark mark);

#endif
