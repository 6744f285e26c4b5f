/* SPDX-License-Identifier: MIT */
/*
 * The iCalendar column of the matrix (RFC 5545, RFC 7986): events as whole days, in the words and with the doubts that
 * they have elsewhere. Nothing comes from the clock, so that a calendar in which nothing changed stays the same.
 *
 * A calendar has days and no doubts. An event whose date is known to within LIMIT_CALENDAR_DAYS takes all the days that it
 * may have been on, and its summary says in words what is known. One that lasted from one such date to another takes those
 * between them. One whose date is known less well, or open, is left out, and the calendar says how many are.
 */
#include "render/feed.h"
#include "render/icsw.h"
#include "render/matrix.h"

#include "util/clock.h"
#include "util/limits.h"

#include <errno.h>
#include <string.h>

#define DAY_SECONDS 86400

/* How often to look again: catalogues are made once a day or less. */
#define REFRESH "PT12H"

struct calendar {
    struct icsw w;
    const struct render_env *env;
    struct arena *mem;
    const char *root; /* before paths */
    const struct timeline_item *items;
    size_t n, total; /* TOTAL: there are */
};

/* --- dates --- */

/* The first and the last day, which lie within LIMIT_CALENDAR_DAYS; false: they do not. */
static bool is_close(const struct edtf *d)
{
    int32_t first, last;
    return edtf_day(d->earliest, &first) && edtf_day(d->latest, &last) && last - first < LIMIT_CALENDAR_DAYS;
}

static bool is_close_text(const char *text)
{
    struct edtf d;
    return text && edtf_parse(text, &d) == 0 && is_close(&d);
}

/* Whether an event of that date has a place in a calendar. */
static bool is_shown(const struct edtf *d, struct arena *mem)
{
    const char *slash = d->text ? strchr(d->text, '/') : NULL;
    if (!slash)
        return is_close(d);
    return is_close_text(arena_strndup(mem, d->text, (size_t)(slash - d->text))) && is_close_text(slash + 1);
}

/* TEXT, an RFC 3339 time or day, as iCalendar has it: "20190329T120000Z". */
static const char *basic(const char *text, struct arena *mem)
{
    char *copy = arena_strdup(mem, text), *to = copy;
    for (const char *from = copy; from && *from; from++)
        if (*from != '-' && *from != ':')
            *to++ = *from;
    if (copy)
        *to = '\0';
    return copy;
}

/* The day after BOUND: DTEND is not part of the event. */
static const char *day_after(const char bound[static 11], struct arena *mem)
{
    char text[CLOCK_TEXT_SIZE];
    int32_t day = 0;
    (void)edtf_day(bound, &day);
    clock_format(((int64_t)day + 1) * DAY_SECONDS, text);
    text[10] = '\0';
    return basic(text, mem);
}

/* --- an event --- */

/* What the summary has no room for, a line each. */
static const char *describe(const struct calendar *c, const struct timeline_item *t, const char *url)
{
    const struct evidence *e = &t->event.e;
    const char *what = say_event(t, c->mem), *who = say_cited(t, c->mem);
    const char *when = edtf_words(&t->event.date, c->mem);
    if (!what || !who || !when || !url)
        return NULL;
    return arena_printf(c->mem, "%s\n%s%s%s%s%s%s\nDate: %s\n%s", what, e->quote ? "“" : "",
                        e->quote ? e->quote : "", e->quote ? "”\n" : "", e->note ? e->note : "",
                        e->note ? "\n" : "", who, when, url);
}

static void write_event(struct calendar *c, const struct timeline_item *t)
{
    struct icsw *w = &c->w;
    const char *modified = basic(t->modified, c->mem);
    const char *url = arena_printf(c->mem, "%s/incidents/%s#%s", c->root, t->incident.id, t->event.id);
    const char *const categories[] = {vocab_label(&vocab_event_kind, t->event.kind),
                                      vocab_label(&vocab_certainty, t->event.e.certainty)};
    icsw_value(w, "BEGIN", "VEVENT");
    icsw_text(w, "UID", feed_event_uuid(t, c->mem));
    icsw_value(w, "DTSTAMP", modified);
    icsw_value(w, "LAST-MODIFIED", modified);
    icsw_value(w, "DTSTART;VALUE=DATE", basic(t->event.date.earliest, c->mem));
    icsw_value(w, "DTEND;VALUE=DATE", day_after(t->event.date.latest, c->mem));
    icsw_text(w, "SUMMARY", say_event_title(t, c->mem));
    icsw_text(w, "DESCRIPTION", describe(c, t, url));
    icsw_texts(w, "CATEGORIES", categories, 2);
    if (c->env->origin)
        icsw_value(w, "URL", url);
    icsw_value(w, "TRANSP", "TRANSPARENT");
    icsw_value(w, "END", "VEVENT");
}

/* --- the calendar --- */

static size_t count_shown(const struct calendar *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        n += is_shown(&c->items[i].event.date, c->mem);
    return n;
}

/* What is in it and what is not. */
static const char *describe_calendar(const struct calendar *c)
{
    size_t shown = count_shown(c);
    const char *unfit = say_number((int64_t)(c->n - shown), c->mem);
    const char *older = say_number((int64_t)(c->total - c->n), c->mem);
    const char *page = feed_url(c->env, FORMAT_HTML, c->mem);
    if (!unfit || !older || !page)
        return NULL;
    const char *wide = shown == c->n
                           ? ""
                           : arena_printf(c->mem,
                                          " Left out because no calendar can show how little is known of "
                                          "their dates: %s.",
                                          unfit);
    const char *old =
        c->total == c->n ? "" : arena_printf(c->mem, " Left out because there are newer ones: %s.", older);
    if (!wide || !old)
        return NULL;
    return arena_printf(c->mem, "Each event says how sure it is and who says so.%s%s All of them: %s", wide,
                        old, page);
}

static void write_text_twice(struct calendar *c, const char *name, const char *description)
{
    icsw_text(&c->w, "NAME", name); /* RFC 7986, and what calendars read before it */
    icsw_text(&c->w, "X-WR-CALNAME", name);
    icsw_text(&c->w, "DESCRIPTION", description);
    icsw_text(&c->w, "X-WR-CALDESC", description);
}

static void open_calendar(struct calendar *c, const struct view *v)
{
    struct icsw *w = &c->w;
    const char *newest = NULL, *url = feed_url(c->env, FORMAT_ICS, c->mem);
    for (size_t i = 0; i < c->n; i++)
        newest = feed_later(newest, c->items[i].modified);
    icsw_value(w, "BEGIN", "VCALENDAR");
    icsw_value(w, "VERSION", "2.0");
    icsw_text(w, "PRODID", arena_printf(c->mem, "-//breachd//breachd %s//EN", c->env->version));
    icsw_value(w, "CALSCALE", "GREGORIAN");
    icsw_text(w, "UID", feed_own_uuid(c->env, c->mem));
    write_text_twice(c, feed_title(v, c->mem), describe_calendar(c));
    if (newest)
        icsw_value(w, "LAST-MODIFIED", basic(newest, c->mem));
    icsw_value(w, "REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
    icsw_value(w, "X-PUBLISHED-TTL", REFRESH);
    if (!c->env->origin)
        return;
    icsw_value(w, "SOURCE;VALUE=URI", url);
    icsw_value(w, "URL", feed_url(c->env, FORMAT_HTML, c->mem));
}

static int render_calendar(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    _cleanup_arena_ struct arena *mem = arena_new(LIMIT_REQUEST_MEMORY);
    struct calendar c = {
        .w = ICSW_INIT(out), .env = env, .mem = mem, .root = mem ? feed_root(env, mem) : NULL};
    if (!c.root)
        return -ENOMEM;
    bool all = v->kind == VIEW_TIMELINE;
    c.items = all ? v->timeline.items : v->incident_timeline.items;
    c.n = all ? v->timeline.n : v->incident_timeline.n;
    c.total = all ? v->timeline.info.total : c.n;
    open_calendar(&c, v);
    for (size_t i = 0; i < c.n; i++)
        if (is_shown(&c.items[i].event.date, mem))
            write_event(&c, &c.items[i]);
    icsw_value(&c.w, "END", "VCALENDAR");
    int r = icsw_finish(&c.w);
    return r == 0 && arena_failed(mem) ? -ENOMEM : r;
}

const render_fn render_ics_views[_VIEW_N] = {
    [VIEW_TIMELINE] = render_calendar,
    [VIEW_INCIDENT_TIMELINE] = render_calendar,
};
