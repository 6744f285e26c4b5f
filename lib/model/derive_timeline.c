/* SPDX-License-Identifier: MIT */
/*
 * An incident's timeline: its dates told as events where nobody told them, oldest first, and an id for each
 * that is made of what it is (kind and date), so that feeds, calendars and anchors keep their meaning when
 * events are added.
 */
#include "model/derive_parts.h"

#include "model/derive.h"
#include "util/ascii.h"
#include "util/strbuf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What a date says when it is told as an event: its certainty is that of the date, not of the incident. */
static const struct {
    enum event_kind kind;
    const char *text;
} told[_DATE_N] = {
    [DATE_OCCURRED] = {EVENT_INTRUSION, "The date given for the incident."},
    [DATE_DISCOVERED] = {EVENT_DISCOVERY, "The date given for its discovery."},
    [DATE_CONTAINED] = {EVENT_CONTAINMENT, "The date given for its containment."},
    [DATE_NOTIFIED] = {EVENT_NOTIFICATION, "The date given for the notification."},
    [DATE_DISCLOSED] = {EVENT_DISCLOSURE, "The date given for its becoming public."},
};

/* How the marks of EDTF are spelled in an id. No two dates are spelled alike. */
static const struct {
    const char *mark, *word;
} spelled[] = {
    {"..", "open"},     {"/", "to"},      {"[", "within"}, {"]", ""}, {"~", "about"},
    {"?", "uncertain"}, {"%", "roughly"}, {"+", "plus"},   {":", ""},
};

enum event_kind derive_event_kind(enum date_kind kind)
{
    return told[kind].kind;
}

static bool is_told(const struct event *events, size_t n, enum event_kind kind, const struct edtf *date)
{
    for (size_t i = 0; i < n; i++)
        if (events[i].kind == kind && edtf_equal(&events[i].date, date))
            return true;
    return false;
}

/* Puts into EVENTS what was told, then what the dates add; how many in all. */
static size_t add_dates(const struct incident *x, struct event *events)
{
    size_t n = x->n_timeline;
    for (size_t i = 0; i < n; i++)
        events[i] = x->timeline[i];
    for (size_t i = 0; i < x->n_dates; i++) {
        const struct date_fact *d = &x->dates[i];
        if (!d->date.text || is_told(events, n, told[d->kind].kind, &d->date))
            continue;
        events[n++] = (struct event){.date = d->date,
                                     .kind = told[d->kind].kind,
                                     .text = told[d->kind].text,
                                     .derived = true,
                                     .e = d->e};
    }
    return n;
}

/* By date; on one date in the order they stand in, which is that of their addresses. */
static int compare_places(const void *a, const void *b)
{
    const struct event *x = *(const struct event *const *)a, *y = *(const struct event *const *)b;
    int r = edtf_compare(&x->date, &y->date);
    return r ? r : (x > y) - (x < y);
}

static struct event *sorted(const struct event *events, size_t n, struct arena *mem)
{
    const struct event **places = arena_array(mem, n, sizeof *places);
    struct event *ret = arena_array(mem, n, sizeof *ret);
    if (!places || !ret)
        return NULL;
    for (size_t i = 0; i < n; i++)
        places[i] = &events[i];
    qsort(places, n, sizeof *places, compare_places);
    for (size_t i = 0; i < n; i++)
        ret[i] = *places[i];
    return ret;
}

static void add_hyphen(struct strbuf *b)
{
    if (b->size > 0 && b->data[b->size - 1] != '-')
        strbuf_addc(b, '-');
}

/* Adds one mark as a word with hyphens around it; how many characters of TEXT that took, 0: it is no mark. */
static size_t add_mark(struct strbuf *b, const char *text)
{
    for (size_t i = 0; i < sizeof spelled / sizeof *spelled; i++) {
        size_t length = strlen(spelled[i].mark);
        if (strncmp(text, spelled[i].mark, length) != 0)
            continue;
        add_hyphen(b);
        strbuf_adds(b, spelled[i].word);
        add_hyphen(b);
        return length;
    }
    return 0;
}

/* "disclosure-2019-03-29", "intrusion-2018-10-to-2018-12", "claim-2019-about"; of [a-z0-9-] only. */
static const char *base_id(const struct event *e, struct arena *mem)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    strbuf_adds(&b, vocab_id(&vocab_event_kind, e->kind));
    strbuf_addc(&b, '-');
    for (const char *p = e->date.text ? e->date.text : "undated"; *p && !b.failed;) {
        size_t length = add_mark(&b, p);
        if (length == 0)
            strbuf_addc(&b, ascii_lower(*p));
        p += length ? length : 1;
    }
    if (b.failed)
        return NULL;
    while (b.data[b.size - 1] == '-')
        b.size--;
    return arena_strndup(mem, b.data, b.size);
}

static bool id_is_taken(const struct event *events, size_t n, const char *id)
{
    for (size_t i = 0; i < n; i++)
        if (events[i].id && strcmp(events[i].id, id) == 0)
            return true;
    return false;
}

/* The first of each kind and date has the plain id; only then are repeats numbered, so that none of them
 * ("claim-2019-12", the twelfth claim of 2019) takes another's ("claim-2019-12", of December). */
static int number_events(struct event *events, size_t n, struct arena *mem)
{
    const char **bases = arena_array(mem, n, sizeof *bases);
    if (!bases)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++) {
        bases[i] = base_id(&events[i], mem);
        if (!bases[i])
            return -ENOMEM;
        events[i].id = id_is_taken(events, i, bases[i]) ? NULL : bases[i];
    }
    for (size_t i = 0; i < n; i++) {
        unsigned repeat = 1;
        for (size_t j = 0; j < i && !events[i].id; j++)
            repeat += strcmp(bases[j], bases[i]) == 0;
        while (!events[i].id) {
            const char *id = arena_printf(mem, "%s-%u", bases[i], repeat++);
            if (!id)
                return -ENOMEM;
            events[i].id = id_is_taken(events, n, id) ? NULL : id;
        }
    }
    return 0;
}

int derive_timeline(struct incident *x, struct arena *mem)
{
    struct event *events = arena_array(mem, x->n_timeline + x->n_dates, sizeof *events);
    if (!events)
        return -ENOMEM;
    size_t n = add_dates(x, events);
    events = sorted(events, n, mem);
    if (!events || number_events(events, n, mem))
        return -ENOMEM;
    x->timeline = events;
    x->n_timeline = n;
    return 0;
}
