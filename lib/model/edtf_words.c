/* SPDX-License-Identifier: MIT */
/*
 * EDTF in plain English, for pages, feeds and calendars. A year that both ends of a range share is said
 * once, at the end, as people do: "from 13 October to 13 December 2019".
 */
#include "model/edtf.h"
#include "model/edtf_parts.h"

#include <string.h>

static const char *const months[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
};
static const char *const seasons[] = {"spring", "summer", "autumn", "winter"};

static const char *month_name(const struct edtf_point *p)
{
    return p->precision == EDTF_SEASON ? seasons[p->month - SEASON_FIRST] : months[p->month - 1];
}

/* The time of day and its zone as stated: ", 23:20:30 UTC+04:30". */
static const char *time_words(const struct edtf_point *p, struct arena *mem)
{
    const char *zone = p->text + 19;
    int n_zone = (int)p->length - 19;
    bool utc = n_zone == 1;
    return arena_printf(mem, "%d %s %d, %.8s%s%.*s", p->day, month_name(p), p->first_year, p->text + 11,
                        n_zone > 0 ? " UTC" : "", utc ? 0 : n_zone, zone);
}

/* What is stated, without qualification. */
static const char *plain_words(const struct edtf_point *p, struct arena *mem)
{
    switch (p->precision) {
    case EDTF_YEAR:
        return arena_printf(mem, "%d", p->first_year);
    case EDTF_YEARS:
        return arena_printf(mem, "some year from %d to %d", p->first_year, p->last_year);
    case EDTF_SEASON:
    case EDTF_MONTH:
        return arena_printf(mem, "%s %d", month_name(p), p->first_year);
    case EDTF_SOME_MONTH:
        return arena_printf(mem, "some month of %d", p->first_year);
    case EDTF_DAY:
        return arena_printf(mem, "%d %s %d", p->day, month_name(p), p->first_year);
    case EDTF_SOME_DAY:
        if (!p->month)
            return arena_printf(mem, "some day of %d", p->first_year);
        return arena_printf(mem, "some day of %s %d", month_name(p), p->first_year);
    case EDTF_TIME:
        return time_words(p, mem);
    }
    return arena_strndup(mem, p->text, p->length);
}

static const char *qualified(const struct edtf_point *p, const char *plain, struct arena *mem)
{
    if (!plain)
        return NULL;
    return arena_printf(mem, "%s%s%s", p->approximate ? "about " : "", plain,
                        p->uncertain ? " (uncertain)" : "");
}

static const char *point_words(const struct edtf_point *p, struct arena *mem)
{
    return qualified(p, plain_words(p, mem), mem);
}

/* The first end without what the second repeats. */
static const char *first_words(const struct edtf_parts *x, struct arena *mem)
{
    const struct edtf_point *a = &x->a, *b = &x->b;
    if (a->precision != b->precision || a->first_year != b->first_year || a->uncertain || b->uncertain)
        return point_words(a, mem);
    if (a->precision == EDTF_MONTH)
        return qualified(a, month_name(a), mem);
    if (a->precision != EDTF_DAY)
        return point_words(a, mem);
    if (a->month == b->month && !b->approximate)
        return qualified(a, arena_printf(mem, "%d", a->day), mem);
    return qualified(a, arena_printf(mem, "%d %s", a->day, month_name(a)), mem);
}

static const char *range_words(const struct edtf_parts *x, struct arena *mem)
{
    bool set = x->kind == EDTF_SET;
    const char *some = set ? "some time " : "";
    const char *a, *b;

    if (x->a.presence != EDTF_STATED) {
        b = point_words(&x->b, mem);
        return b ? arena_printf(mem, "%sup to %s%s", some, b,
                                x->a.presence == EDTF_MISSING ? ", beginning not known" : "")
                 : NULL;
    }
    if (x->b.presence != EDTF_STATED) {
        a = point_words(&x->a, mem);
        return a ? arena_printf(mem, "%sfrom %s%s", some, a,
                                x->b.presence == EDTF_MISSING ? ", end not known" : " on")
                 : NULL;
    }
    if (x->a.length == x->b.length && memcmp(x->a.text, x->b.text, x->a.length) == 0 &&
        x->a.approximate == x->b.approximate && x->a.uncertain == x->b.uncertain)
        return point_words(&x->a, mem);
    a = first_words(x, mem);
    b = point_words(&x->b, mem);
    if (!a || !b)
        return NULL;
    return set ? arena_printf(mem, "some time between %s and %s", a, b)
               : arena_printf(mem, "from %s to %s", a, b);
}

const char *edtf_words(const struct edtf *d, struct arena *mem)
{
    struct edtf_parts parts;
    if (!d->text)
        return arena_strdup(mem, "not known");
    if (edtf_split(d->text, &parts))
        return arena_strdup(mem, d->text);
    return parts.kind == EDTF_SINGLE ? point_words(&parts.a, mem) : range_words(&parts, mem);
}
