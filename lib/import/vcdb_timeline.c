/* SPDX-License-Identifier: MIT */
/*
 * When, in a VERIS record. timeline.incident is the day of the first compromise, as far as it is known;
 * discovery, containment and exfiltration are spans counted from there, compromise one that ends there
 * (VERIS, "Discovery and response": "initial compromise to ..."). A span becomes the set of days on which its
 * end can lie, [a..b]:
 *
 *   Seconds, Minutes, Hours   that day or the next; with a value, so many whole days, or one more
 *   Days with a value         so many days; 1.5 is one or two
 *   Weeks, Months, Years      with a value, true to half a unit
 *   a unit alone              from one of it on: Days up to a month, Weeks up to two, Months up to a year, Years
 *                             without an end
 *
 * A date is impossible that is none, lies after the record was last changed, or is a notification before the
 * incident; and a containment that ends before the discovery begins cannot be told from one that was counted
 * from there. All of these stay without a date, and say so.
 */
#include "import/vcdb.h"

#include "util/clock.h"
#include "util/limits.h"
#include "util/num.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* --- record times --- */

/* N digits off *P; -1: there are not so many. */
static int digits(const char **p, size_t n)
{
    int64_t value;
    if (strspn(*p, "0123456789") < n || num_parse_i64(*p, n, NUM_LEADING_ZEROS, 0, 9999, &value) != 0)
        return -1;
    *p += n;
    return (int)value;
}

static bool skip(const char **p, const char *any)
{
    if (!**p || !strchr(any, **p))
        return false;
    ++*p;
    return true;
}

/* Seconds east of Greenwich: "Z", "+01:00", "-0500", "+01", "UTC", or nothing, which is taken for UTC. */
static bool zone(const char *p, int *ret)
{
    static const char *const utc[] = {"", "z", " z", " utc", "utc", " gmt", "gmt"};
    for (size_t i = 0; i < sizeof utc / sizeof *utc; i++)
        if (strcasecmp(p, utc[i]) == 0) {
            *ret = 0;
            return true;
        }
    (void)skip(&p, " ");
    int sign = *p == '-' ? -1 : 1;
    if (!skip(&p, "+-"))
        return false;
    int hours = digits(&p, 2), minutes = 0;
    if (*p) {
        (void)skip(&p, ":");
        minutes = digits(&p, 2);
    }
    *ret = sign * (hours * 60 + minutes) * 60;
    return hours >= 0 && hours <= 15 && minutes >= 0 && minutes < 60 && !*p;
}

static bool time_of_day(const char **p, int *ret)
{
    int h = digits(p, 2), m = skip(p, ":") ? digits(p, 2) : -1, s = 0;
    if (skip(p, ":"))
        s = digits(p, 2);
    if (skip(p, ".,"))
        *p += strspn(*p, "0123456789");
    if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 60)
        return false;
    *ret = (h * 60 + m) * 60 + (s == 60 ? 59 : s);
    return true;
}

/* RFC 3339, and what people write for it: a space, no zone, no seconds, no time of day. */
static bool moment(const char *p, int64_t *ret)
{
    int seconds = 0, east = 0;
    int year = digits(&p, 4), month = skip(&p, "-/") ? digits(&p, 2) : -1,
        day = skip(&p, "-/") ? digits(&p, 2) : -1;
    if (year < LIMIT_YEAR_LEAST || year > LIMIT_YEAR_MOST || month < 1 || month > 12 || day < 1 ||
        day > clock_month_days(year, month))
        return false;
    if (*p && (!skip(&p, "Tt ") || !time_of_day(&p, &seconds) || !zone(p, &east)))
        return false;
    *ret = (int64_t)clock_days(year, month, day) * 86400 + seconds - east;
    return true;
}

/* The time that PATH gives, in our form; NULL: none. */
static const char *record_time(struct vcdb *x, const char *path)
{
    const json_t *v = vcdb_get(x, path);
    int64_t seconds;
    char form[CLOCK_TEXT_SIZE];
    if (!v)
        return NULL;
    const char *text = draft_text(&x->d, path, json_string_value(v), SIZE_MAX, LIMIT_TITLE_BYTES, false);
    if (!text || !moment(text, &seconds)) {
        vcdb_odd(x, json_is_string(v) ? "impossible-time" : "wrong-type", path, v, "is no time");
        return NULL;
    }
    clock_format(seconds, form);
    return draft_format(&x->d, "%s", form);
}

void vcdb_put_times(struct vcdb *x)
{
    struct incident_row *row = &x->d.x.row;
    int64_t seconds;
    row->added = record_time(x, "plus.created");
    row->modified = record_time(x, "plus.modified");
    if (row->added && row->modified && strcmp(row->modified, row->added) < 0) {
        draft_warn(&x->d, "impossible-time", "plus.modified", "is %s, before it was created; %s is taken",
                   row->modified, row->added);
        row->modified = row->added;
    }
    x->known_by = INT32_MAX;
    if (row->modified && clock_parse(row->modified, &seconds))
        x->known_by = (int32_t)(seconds / 86400) + 1; /* zones reach a day ahead */
}

/* --- dates --- */

/* Adds a date of KIND as far as it is known; WORDS says what the record has instead, NULL: just the date. */
static void put_date(struct vcdb *x, enum date_kind kind, struct edtf date, const char *words)
{
    struct date_fact *f = draft_date(&x->d, kind, date.text ? x->told : CERTAINTY_UNKNOWN, 1);
    if (f) {
        f->date = date;
        f->e.note = words;
    }
}

/* One part of a date: 0 when not given. False: it is there, but no number. */
static bool part(struct vcdb *x, const json_t *date, const char *name, const char *path, int64_t *ret)
{
    const json_t *v = json_object_get(date, name);
    *ret = 0;
    if (!v || json_is_null(v))
        return true;
    if (!json_is_integer(v)) {
        draft_warn(&x->d, json_is_number(v) ? "impossible-date" : "wrong-type", path,
                   "%s is no whole number; the date is left out", name);
        return false;
    }
    *ret = json_integer_value(v);
    return true;
}

/* The parts as they stand, for a note. */
static const char *parts_words(struct vcdb *x, const json_t *date)
{
    static const char *const names[] = {"year", "month", "day"};
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    strbuf_adds(&b, "As coded:");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const json_t *v = json_object_get(date, names[i]);
        if (json_is_integer(v))
            strbuf_addf(&b, " %s %" JSON_INTEGER_FORMAT, names[i], json_integer_value(v));
        else if (json_is_real(v))
            strbuf_addf(&b, " %s %g", names[i], json_real_value(v));
        else if (json_is_string(v))
            strbuf_addf(&b, " %s \"%s\"", names[i], json_string_value(v));
    }
    return vcdb_keep(x, "timeline", &b, LIMIT_TITLE_BYTES);
}

/* The date that an object {year, month, day} gives; *ret_words is set where it is not what the object
 * says. */
static struct edtf date_at(struct vcdb *x, const char *path, const json_t *v, const char **ret_words)
{
    int64_t year, month, day;
    bool ok = part(x, v, "year", path, &year);
    ok = part(x, v, "month", path, &month) && ok;
    ok = part(x, v, "day", path, &day) && ok;
    if (ok && year && !month && day) {
        draft_warn(&x->d, "incomplete-date", path, "has a day without a month; only the year is taken");
        *ret_words = parts_words(x, v);
        day = 0;
    }
    struct edtf date = ok ? draft_date_of(&x->d, path, year, month, day) : EDTF_UNKNOWN;
    if (!date.text)
        *ret_words = parts_words(x, v);
    return date;
}

/* Whether DATE cannot have been known when the record was last changed. */
static bool is_ahead(struct vcdb *x, const char *path, const struct edtf *date)
{
    int32_t first;
    if (!edtf_day(date->earliest, &first) || first <= x->known_by)
        return false;
    draft_warn(&x->d, "impossible-date", path, "%s lies after the last change of the record; left out",
               date->text);
    return true;
}

static bool is_before(const struct edtf *a, const struct edtf *b)
{
    int32_t last, first;
    return edtf_day(a->latest, &last) && edtf_day(b->earliest, &first) && last < first;
}

static struct edtf put_occurred(struct vcdb *x)
{
    static const char path[] = "timeline.incident";
    const json_t *v = vcdb_get(x, path);
    const char *words = NULL;
    if (!json_is_object(v) || json_object_size(v) == 0)
        return EDTF_UNKNOWN;
    struct edtf date = date_at(x, path, v, &words);
    const char *time = vcdb_text(x, "timeline.incident.time", 64, false);
    if (is_ahead(x, path, &date)) {
        words = parts_words(x, v);
        date = EDTF_UNKNOWN;
    }
    if (time && !vcdb_is_unknown(time) && !words)
        words = draft_format(&x->d, "Time of day as coded: %s", time);
    put_date(x, DATE_OCCURRED, date, words);
    return date;
}

static void put_notified(struct vcdb *x, const struct edtf *occurred)
{
    static const char path[] = "plus.timeline.notification";
    const json_t *v = vcdb_get(x, path);
    const char *words = NULL;
    if (!json_is_object(v) || json_object_size(v) == 0)
        return;
    struct edtf date = date_at(x, path, v, &words);
    bool before = is_before(&date, occurred);
    if (before)
        draft_warn(&x->d, "impossible-date", path, "%s lies before the incident, %s; left out", date.text,
                   occurred->text);
    if (before || is_ahead(x, path, &date)) {
        words = parts_words(x, v);
        if (words && before)
            words = draft_format(&x->d, "%s; that is before the incident", words);
        date = EDTF_UNKNOWN;
    }
    put_date(x, DATE_NOTIFIED, date, words);
}

/* --- spans --- */

#define OPEN INT32_MAX

struct span {
    bool known;
    int32_t least, most; /* days; most OPEN: no bound */
    const char *words;   /* "2 Months"; NULL: the record gives none */
};

static const struct span_unit {
    const char *name;
    double days;
    int32_t least, most; /* of the unit alone */
} units[] = {
    {"Seconds", 1.0 / 86400, 0, 1},
    {"Minutes", 1.0 / 1440, 0, 1},
    {"Hours", 1.0 / 24, 0, 1},
    {"Days", 1, 1, 31},
    {"Weeks", 7, 7, 62},
    {"Months", 365.25 / 12, 28, 366},
    {"Years", 365.25, 365, OPEN},
};

static const struct span_unit *unit_named(const char *word)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t one = strlen(units[i].name) - 1; /* "Day" */
        if (strncasecmp(word, units[i].name, one) == 0 && strlen(word) <= one + 1 && strchr("sS", word[one]))
            return &units[i];
    }
    return NULL;
}

static struct span span_of(const struct span_unit *u, const json_t *value, const char *words)
{
    struct span s = {.known = true, .least = u->least, .most = u->most, .words = words};
    if (!value)
        return s;
    double half = u->days > 1 ? 0.5 : 0, n = json_number_value(value);
    double least = floor((n - half) * u->days), most = ceil((n + half) * u->days);
    s.least = least > 0 ? (int32_t)least : 0;
    s.most = u->days < 1 ? s.least + 1 : (int32_t)most;
    return s;
}

/* The span at timeline.NAME. */
static struct span span_at(struct vcdb *x, const char *name)
{
    static const double centuries = 36525 * 2; /* in days */
    char path[64];
    (void)snprintf(path, sizeof path, "timeline.%s.value", name);
    const json_t *value = vcdb_get(x, path);
    char *end = strrchr(path, '.');
    (void)snprintf(end, sizeof path - (size_t)(end - path), ".unit");
    const char *word = vcdb_text(x, path, 64, false);
    const struct span_unit *u = word ? unit_named(word) : NULL;
    *end = '\0';
    double n = json_number_value(value);
    if (value && (!json_is_number(value) || !(n >= 0) || (u && n * u->days > centuries))) {
        vcdb_odd(x, json_is_number(value) ? "impossible-number" : "wrong-type", path, value,
                 "is no span of time");
        u = NULL;
        value = NULL;
    }
    if (!word)
        return (struct span){0};
    const char *words = value ? draft_format(&x->d, "%g %s", n, word) : word;
    if (!u && !vcdb_is_unknown(word) && strcasecmp(word, "Never") != 0)
        draft_warn(&x->d, "unknown-word", path, "\"%.*s\" is no unit of time; kept in words",
                   VCDB_SHOWN(word));
    return u ? span_of(u, value, words) : (struct span){.words = words};
}

/* The day N as text into RET; false: outside the years that dates here have. */
static bool day_text(int64_t n, char ret[static 11])
{
    char form[CLOCK_TEXT_SIZE];
    if (n < clock_days(LIMIT_YEAR_LEAST, 1, 1) || n > clock_days(LIMIT_YEAR_MOST, 12, 31))
        return false;
    clock_format(n * 86400, form);
    memcpy(ret, form, 10);
    ret[10] = '\0';
    return true;
}

/* From day A to day B, or on from A. */
static struct edtf days_within(struct vcdb *x, int64_t a, int64_t b, bool open)
{
    char first[11], last[11] = "";
    struct edtf date = EDTF_UNKNOWN;
    if (!day_text(a, first) || (!open && !day_text(b, last)))
        return date;
    const char *text = strcmp(first, last) == 0 ? draft_format(&x->d, "%s", first)
                                                : draft_format(&x->d, "[%s..%s]", first, last);
    return text && edtf_parse(text, &date) == 0 ? date : EDTF_UNKNOWN;
}

/* S after the incident, or BEFORE it. */
static struct edtf end_of(struct vcdb *x, const struct edtf *occurred, const struct span *s, bool before)
{
    int32_t first, last;
    bool open = s->most == OPEN;
    if (!s->known || !edtf_day(occurred->earliest, &first) || !edtf_day(occurred->latest, &last))
        return EDTF_UNKNOWN;
    if (before)
        return open ? EDTF_UNKNOWN
                    : days_within(x, (int64_t)first - s->most, (int64_t)last - s->least, false);
    return days_within(x, (int64_t)first + s->least, open ? 0 : (int64_t)last + s->most, open);
}

/* A date that a span leads to. */
static struct edtf put_span(struct vcdb *x, enum date_kind kind, const char *path,
                            const struct edtf *occurred, const struct span *s, const struct edtf *not_before)
{
    if (!s->words)
        return EDTF_UNKNOWN;
    struct edtf date = end_of(x, occurred, s, false);
    const char *words = draft_format(&x->d, "As coded, after the first compromise: %s", s->words);
    if (is_ahead(x, path, &date))
        date = EDTF_UNKNOWN;
    if (not_before && is_before(&date, not_before)) {
        draft_warn(&x->d, "impossible-date", path, "%s lies before the discovery, %s; left out", date.text,
                   not_before->text);
        date = EDTF_UNKNOWN;
    }
    put_date(x, kind, date, words);
    return date;
}

/* What has no date of its own in the model, where its span tells more than the day of the incident. */
static void put_step(struct vcdb *x, enum event_kind kind, const char *path, struct edtf date,
                     const struct span *s, const char *format)
{
    if (!s->known || s->most <= 1 || !date.text || is_ahead(x, path, &date))
        return;
    struct event *e = draft_event(&x->d, kind, x->told, 1);
    if (e) {
        e->date = date;
        e->text = draft_format(&x->d, "%s: %s", format, s->words);
    }
}

/* The words of the spans that have no date here. */
static void put_words(struct vcdb *x, const struct span *compromise, const struct span *exfiltration)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    if (compromise->words)
        strbuf_addf(&b, "from the first action to the compromise: %s", compromise->words);
    if (exfiltration->words)
        strbuf_addf(&b, "%sfrom the compromise to the taking of data: %s", b.size ? "; " : "",
                    exfiltration->words);
    const char *text = vcdb_keep(x, "timeline", &b, LIMIT_TEXT_BYTES);
    if (text)
        text = draft_format(&x->d, "Spans as coded, %s", text);
    if (text)
        (void)draft_caveat(&x->d, LIST_DATES, 1, text);
}

int vcdb_put_dates(struct vcdb *x)
{
    struct edtf occurred = put_occurred(x);
    struct span compromise = span_at(x, "compromise"), exfiltration = span_at(x, "exfiltration"),
                discovery = span_at(x, "discovery"), containment = span_at(x, "containment");
    struct edtf found = put_span(x, DATE_DISCOVERED, "timeline.discovery", &occurred, &discovery, NULL);
    (void)put_span(x, DATE_CONTAINED, "timeline.containment", &occurred, &containment, &found);
    put_notified(x, &occurred);
    put_step(x, EVENT_INTRUSION, "timeline.compromise", end_of(x, &occurred, &compromise, true), &compromise,
             "The first action against it; until the compromise, as coded");
    put_step(x, EVENT_OTHER, "timeline.exfiltration", end_of(x, &occurred, &exfiltration, false),
             &exfiltration, "Data were taken out; since the compromise, as coded");
    put_words(x, &compromise, &exfiltration);
    int32_t first, last;
    if (!edtf_day(occurred.earliest, &first) || !edtf_day(occurred.latest, &last))
        return 0;
    return (occurred.earliest[0] - '0') * 1000 + (occurred.earliest[1] - '0') * 100 +
           (occurred.earliest[2] - '0') * 10 + (occurred.earliest[3] - '0');
}
