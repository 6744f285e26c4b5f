/* SPDX-License-Identifier: MIT */
/*
 * Reads EDTF (https://www.loc.gov/standards/datetime/, 4 February 2019). A text is split into one or two
 * dates, each is matched against a table of shapes, and from what is stated follow the bounds that sorting
 * and filtering use. Import and query parameters call it.
 *
 * Read: level 0 whole; level 1 whole (where a qualifier may also follow an unspecified digit or a season, as
 * it "applies to the entire date"); of level 2 only [a..b], [..b], [a..]. The ends of intervals and sets are
 * years, months or days, each of which may be qualified: unspecified digits there are level 2, and a
 * time of day is excluded by level 0. An interval or set without any date says nothing and is refused.
 */
#include "model/edtf.h"

#include "model/edtf_parts.h"
#include "util/ascii.h"
#include "util/clock.h"

#include <string.h>

#define SUB_YEAR_LAST   41 /* 25 to 41 are quarters, halves and placed seasons of level 2 */
#define LONG_YEAR_LEAST 5  /* digits after a Y */

/* In a shape 0 stands for a digit, + for either sign; all else stands for itself. */
static const struct shape {
    const char *text;
    enum edtf_precision precision;
    bool end; /* may be an end of an interval or set */
} shapes[] = {
    {"0000", EDTF_YEAR, true},
    {"000X", EDTF_YEARS, false},
    {"00XX", EDTF_YEARS, false},
    {"0000-00", EDTF_MONTH, true},
    {"0000-XX", EDTF_SOME_MONTH, false},
    {"0000-00-00", EDTF_DAY, true},
    {"0000-00-XX", EDTF_SOME_DAY, false},
    {"0000-XX-XX", EDTF_SOME_DAY, false},
    {"0000-00-00T00:00:00", EDTF_TIME, false},
    {"0000-00-00T00:00:00Z", EDTF_TIME, false},
    {"0000-00-00T00:00:00+00", EDTF_TIME, false},
    {"0000-00-00T00:00:00+00:00", EDTF_TIME, false},
};

/* Where the numbers of a shape stand, and the most that those of a time may be. */
enum { AT_YEAR = 0, AT_MONTH = 5, AT_DAY = 8 };
static const struct {
    size_t at;
    int most;
} time_parts[] = {{11, 23}, {14, 59}, {17, 59}, {20, 23}, {23, 59}};

static bool shape_fits(const char *shape, const char *text, size_t length)
{
    if (strlen(shape) != length)
        return false;
    for (size_t i = 0; i < length; i++) {
        bool fits = shape[i] == '0'   ? ascii_is_digit(text[i])
                    : shape[i] == '+' ? text[i] == '+' || text[i] == '-'
                                      : text[i] == shape[i];
        if (!fits)
            return false;
    }
    return true;
}

static const struct shape *shape_find(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (shape_fits(shapes[i].text, text, length))
            return &shapes[i];
    return NULL;
}

/* The number of WIDTH characters at AT, with UNSPECIFIED for each X; 0 where the text is shorter. */
static int number_at(const char *text, size_t length, size_t at, size_t width, int unspecified)
{
    int value = 0;
    for (size_t i = at; i < at + width && i < length; i++)
        value = value * 10 + (text[i] == 'X' ? unspecified : text[i] - '0');
    return value;
}

/* Y170000002, Y-170000002: level 1, "when (and only when) the year exceeds four digits". */
static bool is_long_year(const char *text, size_t length)
{
    size_t at = 1, digits;
    if (length == 0 || text[0] != 'Y')
        return false;
    if (length > 1 && text[1] == '-')
        at = 2;
    for (digits = 0; at + digits < length && ascii_is_digit(text[at + digits]); digits++)
        ;
    return at + digits == length && digits >= LONG_YEAR_LEAST && text[at] != '0';
}

static bool time_is_real(const struct edtf_point *p)
{
    for (size_t i = 0; i < sizeof time_parts / sizeof *time_parts; i++)
        if (number_at(p->text, p->length, time_parts[i].at, 2, 0) > time_parts[i].most)
            return false;
    return true;
}

/* Whether the numbers of P name something on the calendar. */
static int point_check(const struct edtf_point *p)
{
    bool has_month = p->length > AT_MONTH && p->text[AT_MONTH] != 'X';
    bool has_day = p->precision == EDTF_DAY || p->precision == EDTF_TIME;
    if (p->precision == EDTF_MONTH && p->month > SEASON_LAST && p->month <= SUB_YEAR_LAST)
        return EDTF_E_SYNTAX;
    if (p->first_year < 1)
        return EDTF_E_RANGE;
    if (p->precision == EDTF_SEASON)
        return 0;
    if (has_month && (p->month < 1 || p->month > 12))
        return EDTF_E_RANGE;
    if (has_day && (p->day < 1 || p->day > clock_month_days(p->first_year, p->month)))
        return EDTF_E_RANGE;
    return p->precision == EDTF_TIME && !time_is_real(p) ? EDTF_E_RANGE : 0;
}

static void point_read_numbers(struct edtf_point *p)
{
    p->first_year = number_at(p->text, p->length, AT_YEAR, 4, 0);
    p->last_year = number_at(p->text, p->length, AT_YEAR, 4, 9);
    p->month = number_at(p->text, p->length, AT_MONTH, 2, 0);
    p->day = number_at(p->text, p->length, AT_DAY, 2, 0);
    if (p->precision == EDTF_MONTH && p->month >= SEASON_FIRST && p->month <= SEASON_LAST)
        p->precision = EDTF_SEASON;
}

static size_t point_read_qualifier(struct edtf_point *p, const char *text, size_t length)
{
    char last = length > 0 ? text[length - 1] : '\0';
    p->approximate = last == '~' || last == '%';
    p->uncertain = last == '?' || last == '%';
    return length - (p->approximate || p->uncertain ? 1 : 0);
}

/* One date; END: as an end of an interval or set. */
static int point_parse(const char *text, size_t length, bool end, struct edtf_point *ret)
{
    struct edtf_point p = {.presence = EDTF_STATED};
    size_t n = point_read_qualifier(&p, text, length);

    if (is_long_year(text, n))
        return EDTF_E_RANGE;
    bool before_zero = n > 0 && *text == '-';
    p.text = text + before_zero;
    p.length = n - before_zero;

    const struct shape *shape = shape_find(p.text, p.length);
    if (!shape || (end && !shape->end) || (shape->precision == EDTF_TIME && n != length))
        return EDTF_E_SYNTAX;
    p.precision = shape->precision;
    point_read_numbers(&p);
    if (end && p.precision == EDTF_SEASON)
        return EDTF_E_SYNTAX;

    int r = point_check(&p);
    if (r || before_zero)
        return r ? r : EDTF_E_RANGE;
    *ret = p;
    return 0;
}

/* An end as an interval or a set writes it: a date, or the nothing that stands for none. */
static int end_parse(const char *text, size_t length, enum edtf_kind kind, struct edtf_point *ret)
{
    if (length == 0) {
        ret->presence = kind == EDTF_SET ? EDTF_OPEN : EDTF_MISSING;
        return 0;
    }
    if (kind == EDTF_INTERVAL && length == 2 && memcmp(text, "..", 2) == 0) {
        ret->presence = EDTF_OPEN;
        return 0;
    }
    return point_parse(text, length, true, ret);
}

static void point_bounds(const struct edtf_point *p, char earliest[static 11], char latest[static 11])
{
    bool month_known = p->month > 0 && p->precision != EDTF_SEASON;
    int first_month = month_known ? p->month : 1, last_month = month_known ? p->month : 12;
    int last_day = p->day ? p->day : clock_month_days(p->last_year, last_month);

    earliest[0] = latest[0] = '\0';
    if (p->presence != EDTF_STATED)
        return;
    clock_format_day(p->first_year, first_month, p->day ? p->day : 1, earliest);
    clock_format_day(p->last_year, last_month, last_day, latest);
}

static bool ends_before_it_begins(const struct edtf_parts *parts)
{
    char first[11], last[11], unused[11];
    point_bounds(&parts->a, first, unused);
    point_bounds(&parts->b, unused, last);
    return first[0] && last[0] && strcmp(last, first) < 0;
}

/* Two ends at A and B. A fault of form comes before one of range, and that before one of order. */
static int ends_parse(enum edtf_kind kind, const char *a, size_t n_a, const char *b, size_t n_b,
                      struct edtf_parts *ret)
{
    struct edtf_parts parts = {.kind = kind};
    int r_a = end_parse(a, n_a, kind, &parts.a);
    int r_b = end_parse(b, n_b, kind, &parts.b);
    if (r_a == EDTF_E_SYNTAX || r_b == EDTF_E_SYNTAX)
        return EDTF_E_SYNTAX;
    if (r_a || r_b)
        return r_a ? r_a : r_b;
    if (parts.a.presence != EDTF_STATED && parts.b.presence != EDTF_STATED)
        return EDTF_E_SYNTAX;
    if (ends_before_it_begins(&parts))
        return EDTF_E_ORDER;
    *ret = parts;
    return 0;
}

static int set_split(const char *text, size_t length, struct edtf_parts *ret)
{
    const char *dots = strstr(text, "..");
    if (!dots || text[length - 1] != ']')
        return EDTF_E_SYNTAX;
    const char *end = text + length - 1, *second = dots + 2;
    return ends_parse(EDTF_SET, text + 1, (size_t)(dots - text) - 1, second, (size_t)(end - second), ret);
}

int edtf_split(const char *text, struct edtf_parts *ret)
{
    size_t length = strlen(text);
    const char *slash = strchr(text, '/');
    if (text[0] == '[')
        return set_split(text, length, ret);
    if (slash)
        return ends_parse(EDTF_INTERVAL, text, (size_t)(slash - text), slash + 1, strlen(slash + 1), ret);

    struct edtf_parts parts = {.kind = EDTF_SINGLE};
    int r = point_parse(text, length, false, &parts.a);
    if (r)
        return r;
    *ret = parts;
    return 0;
}

int edtf_parse(const char *text, struct edtf *ret)
{
    struct edtf_parts parts;
    char unused[11];
    int r = edtf_split(text, &parts);
    if (r)
        return r;

    const struct edtf_point *last = parts.kind == EDTF_SINGLE ? &parts.a : &parts.b;
    struct edtf d = {.text = text};
    point_bounds(&parts.a, d.earliest, unused);
    point_bounds(last, unused, d.latest);
    d.approximate = parts.a.approximate || last->approximate || parts.a.precision == EDTF_SEASON;
    d.uncertain = parts.a.uncertain || last->uncertain;
    *ret = d;
    return 0;
}

const char *edtf_reason(int outcome)
{
    static const char *const reasons[] = {
        [0] = "is an EDTF date",
        [EDTF_E_SYNTAX] = "is not an EDTF date",
        [EDTF_E_RANGE] = "names no day of the years 0001 to 9999",
        [EDTF_E_ORDER] = "ends before it begins",
    };
    if (outcome < 0 || outcome > EDTF_E_ORDER)
        return "cannot be read";
    return reasons[outcome];
}

bool edtf_day(const char bound[static 11], int32_t *ret)
{
    if (!memchr(bound, '\0', 11) || !shape_fits("0000-00-00", bound, strlen(bound)))
        return false;
    *ret = clock_days(number_at(bound, 10, AT_YEAR, 4, 0), number_at(bound, 10, AT_MONTH, 2, 0),
                      number_at(bound, 10, AT_DAY, 2, 0));
    return true;
}

bool edtf_is_day(const struct edtf *d)
{
    return d->text && strcmp(d->earliest, d->latest) == 0 && !d->approximate && !d->uncertain;
}

int edtf_compare(const struct edtf *a, const struct edtf *b)
{
    if (!a->text || !b->text)
        return !a->text - !b->text;
    /* "" is less than every bound, as the far past should be */
    int r = strcmp(a->earliest, b->earliest);
    if (r)
        return r;
    if (!a->latest[0] || !b->latest[0])
        return !a->latest[0] - !b->latest[0];
    return strcmp(a->latest, b->latest);
}

bool edtf_equal(const struct edtf *a, const struct edtf *b)
{
    if (!a->text || !b->text)
        return !a->text && !b->text;
    return strcmp(a->text, b->text) == 0;
}

/* How much of a day's text says it all, as the first (LAST: the last) day of its year or month; 0 where there is none. */
static int telling_part(const char day[static 11], bool last)
{
    if (!day[0])
        return 0;
    int month = number_at(day, 10, AT_MONTH, 2, 0);
    int edge = last ? clock_month_days(number_at(day, 10, AT_YEAR, 4, 0), month) : 1;
    if (number_at(day, 10, AT_DAY, 2, 0) != edge)
        return 10;
    return month == (last ? 12 : 1) ? 4 : 7;
}

const char *edtf_span(const char earliest[static 11], const char latest[static 11], struct arena *mem)
{
    int a = telling_part(earliest, false), b = telling_part(latest, true);
    int n = a > b ? a : b;
    if (a && b && strncmp(earliest, latest, (size_t)n) == 0)
        return arena_strndup(mem, earliest, (size_t)n);
    return arena_printf(mem, "%.*s/%.*s", a ? n : 2, a ? earliest : "..", b ? n : 2, b ? latest : "..");
}
