/* SPDX-License-Identifier: MIT */
/*
 * Dates to scale. A day that is certain is a dot; what lasted is a full bar; what happened once within a span is a hollow one, as
 * long as the span: a date known by its month alone is as wide as that month. What is approximate or uncertain has a hollow
 * dot. A span that is open runs to the edge.
 */
#include "render/chart.h"
#include "render/svg.h"
#include "util/clock.h"

#include <string.h>

/* Down, in hundredths of an em. */
#define LINE  130
#define TRACK 95
#define LANE  (LINE + TRACK + 25)
#define MARK  50
#define AXIS  150

#define COLUMNS     46
#define LEFT        150
#define RIGHT       (SVG_WIDE - 150)
#define LEAST       60 /* a span is seen as one */
#define DAY_SECONDS 86400

static bool bounds_of(const struct edtf *d, int32_t *ret_first, int32_t *ret_last)
{
    bool from = d->text && edtf_day(d->earliest, ret_first), to = d->text && edtf_day(d->latest, ret_last);
    if (!from && to)
        *ret_first = *ret_last;
    if (from && !to)
        *ret_last = *ret_first;
    return from || to;
}

/* The first and the last day that dates of LANES may mean; open ends count for nothing. False when there are no two. */
static bool bounds_of_all(const struct chart_lane *lanes, size_t n, int32_t *ret_first, int32_t *ret_last)
{
    bool any = false;
    int32_t first, last;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < lanes[i].n; k++) {
            if (!bounds_of(lanes[i].dates[k], &first, &last))
                continue;
            *ret_first = !any || first < *ret_first ? first : *ret_first;
            *ret_last = !any || last > *ret_last ? last : *ret_last;
            any = true;
        }
    return any;
}

bool chart_lanes_worth(const struct chart_lane *lanes, size_t n)
{
    int32_t first = 0, last = 0;
    return bounds_of_all(lanes, n, &first, &last) && first < last;
}

/* --- the axis --- */

/* Year, month and day of DAY. */
static void split(int64_t day, int ret[static 3])
{
    char text[CLOCK_TEXT_SIZE];
    clock_format(day * DAY_SECONDS, text);
    const struct {
        size_t at, n;
    } parts[3] = {{0, 4}, {5, 2}, {8, 2}};
    for (size_t i = 0; i < 3; i++) {
        ret[i] = 0;
        for (size_t k = 0; k < parts[i].n; k++)
            ret[i] = ret[i] * 10 + (text[parts[i].at + k] - '0');
    }
}

struct ticks {
    struct page *p;
    struct chart_scale s;
    int height;
};

static void write_tick(const struct ticks *x, int32_t day, const char *label)
{
    int at = chart_at(&x->s, day);
    if (day < x->s.from || day > x->s.to)
        return;
    svg_line(&x->p->w, "grid", at, 0, at, x->height);
    svg_text(&x->p->w, NULL, at, x->height + LINE - 20,
             at < SVG_WIDE / 12        ? SVG_START
             : at > SVG_WIDE * 11 / 12 ? SVG_END
                                       : SVG_MIDDLE,
             label);
}

/* Years, months or days, at most six of them. */
static void write_year_ticks(const struct ticks *x, int first, int last)
{
    int step = (int)chart_step(last - first, 5);
    for (int year = first; year <= last; year++)
        if (year % step == 0)
            write_tick(x, clock_days(year, 1, 1), arena_printf(x->p->mem, "%d", year));
}

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static void write_month_ticks(const struct ticks *x, const int first[3], const int last[3])
{
    int from = first[0] * 12 + first[1] - 1, to = last[0] * 12 + last[1] - 1;
    int step = to - from > 12 ? 6 : to - from > 6 ? 3 : to - from > 4 ? 2 : 1;
    for (int month = from; month <= to; month++)
        if (month % step == 0)
            write_tick(x, clock_days(month / 12, month % 12 + 1, 1),
                       arena_printf(x->p->mem, "%s %d", months[month % 12], month / 12));
}

static void write_day_ticks(const struct ticks *x)
{
    int32_t step = (int32_t)chart_step(x->s.to - x->s.from, 4);
    for (int32_t day = (int32_t)x->s.from; day <= x->s.to; day += step) {
        int date[3];
        split(day, date);
        write_tick(x, day, arena_printf(x->p->mem, "%d %s", date[2], months[date[1] - 1]));
    }
}

#define MONTHS_FROM 62 /* days in all */
#define YEARS_FROM  800

static void write_axis(const struct ticks *x)
{
    int64_t days = x->s.to - x->s.from;
    int first[3], last[3];
    split(x->s.from, first);
    split(x->s.to, last);
    if (days >= YEARS_FROM)
        write_year_ticks(x, first[0], last[0]);
    else if (days >= MONTHS_FROM)
        write_month_ticks(x, first, last);
    else
        write_day_ticks(x);
}

/* --- marks --- */

/* Lasted from one date to another, rather than happened once within. */
static bool is_interval(const struct edtf *d)
{
    return strchr(d->text, '/') != NULL;
}

static bool is_one_day(const struct edtf *d)
{
    return *d->earliest && strcmp(d->earliest, d->latest) == 0;
}

enum chart_sign chart_date_sign(const struct edtf *d)
{
    if (is_one_day(d))
        return d->approximate || d->uncertain ? SIGN_ROUGH_DAY : SIGN_DAY;
    return is_interval(d) ? SIGN_LASTED : SIGN_WITHIN;
}

/* The classes of these signs. */
static const char *const date_marks[_SIGN_N] = {
    [SIGN_DAY] = "day", [SIGN_ROUGH_DAY] = "rough-day", [SIGN_LASTED] = "lasted", [SIGN_WITHIN] = "within"};

static void write_date(struct page *p, const struct chart_scale *s, const struct edtf *d, int y)
{
    struct htmlw *w = &p->w;
    int32_t first, last;
    if (!bounds_of(d, &first, &last))
        return;
    const char *tip = edtf_words(d, p->mem), *class = date_marks[chart_date_sign(d)];
    int from = *d->earliest ? chart_at(s, first) : 0, to = *d->latest ? chart_at(s, last) : SVG_WIDE;
    if (is_one_day(d))
        svg_dot(w, class, from, y + MARK, 36, tip);
    else
        svg_rect(w, class, from, y + MARK - 28, to - from < LEAST ? LEAST : to - from, 56, tip);
}

void chart_lanes(struct page *p, const struct chart_text *t, const struct chart_lane *lanes, size_t n)
{
    int32_t first = 0, last = 0;
    if (!bounds_of_all(lanes, n, &first, &last))
        return;
    struct ticks x = {.p = p, .s = {first, last, LEFT, RIGHT}, .height = (int)n * LANE};
    svg_open(&p->w, t->id, x.height + AXIS, t->title, t->desc);
    write_axis(&x);
    for (size_t i = 0; i < n; i++) {
        int y = (int)i * LANE;
        svg_text(&p->w, "label", 0, y + LINE - 30, SVG_START, chart_cut(p->mem, lanes[i].label, COLUMNS));
        svg_line(&p->w, "track", 0, y + LINE + MARK, SVG_WIDE, y + LINE + MARK);
        for (size_t k = 0; k < lanes[i].n; k++)
            write_date(p, &x.s, lanes[i].dates[k], y + LINE);
    }
    svg_close(&p->w);
}
