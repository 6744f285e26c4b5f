/* SPDX-License-Identifier: MIT */
/* Incidents in the making, for the adapters. */
#include "import/draft.h"

#include "import/reader.h"
#include "import/records.h"
#include "util/clock.h"
#include "util/limits.h"
#include "util/strbuf.h"
#include "util/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- lists --- */

#define LIST(name, type)                                                                                     \
    {                                                                                                        \
        offsetof(struct incident, name), offsetof(struct incident, n_##name), sizeof(type), #name            \
    }
static const struct {
    size_t items, n, size;
    const char *name;
} lists[_LIST_N] = {
    [LIST_DATES] = LIST(dates, struct date_fact),
    [LIST_PARTIES] = LIST(parties, struct party),
    [LIST_FIGURES] = LIST(figures, struct figure),
    [LIST_DATA_CLASSES] = LIST(data_classes, struct data_class),
    [LIST_ACTORS] = LIST(actors, struct actor),
    [LIST_ATTACK] = LIST(attack, struct attack),
    [LIST_TIMELINE] = LIST(timeline, struct event),
    [LIST_RELATED] = LIST(related, struct related),
    [LIST_CAVEATS] = LIST(caveats, struct caveat),
    [LIST_CONFLICTS] = LIST(conflicts, struct conflict),
    [LIST_SOURCES] = LIST(sources, struct source),
};

/* Room for one more of SIZE in an array of the arena, which may move. */
static void *append(struct draft *d, void **items, size_t *n, size_t *room, size_t size)
{
    if (*n == *room) {
        size_t more = *room ? *room * 2 : 4;
        void *bigger = arena_array(d->c->record, more, size);
        if (!bigger) {
            d->error = -ENOMEM;
            return NULL;
        }
        if (*n)
            memcpy(bigger, *items, *n * size);
        *items = bigger;
        *room = more;
    }
    return (char *)*items + (*n)++ * size;
}

static void *add(struct draft *d, enum list_name list)
{
    size_t *n = (size_t *)((char *)&d->x + lists[list].n);
    if (*n == LIMIT_FACTS) {
        draft_reject(d, lists[list].name, "more than %d members", LIMIT_FACTS);
        return NULL;
    }
    return append(d, (void **)((char *)&d->x + lists[list].items), n, &d->room[list], lists[list].size);
}

struct source *draft_source(struct draft *d, enum source_class class)
{
    struct source *s = add(d, LIST_SOURCES);
    if (s)
        *s = (struct source){.n = (int)d->x.n_sources, .class = class};
    return s;
}

#define FACT(certainty_, source_) ((struct evidence){.certainty = (certainty_), .source = (source_)})

struct date_fact *draft_date(struct draft *d, enum date_kind kind, enum certainty certainty, int source)
{
    struct date_fact *f = add(d, LIST_DATES);
    if (f)
        *f = (struct date_fact){.kind = kind, .e = FACT(certainty, source)};
    return f;
}

struct party *draft_party(struct draft *d, enum role role, enum certainty certainty, int source)
{
    struct party *f = add(d, LIST_PARTIES);
    if (f)
        *f = (struct party){.role = role, .e = FACT(certainty, source)};
    return f;
}

struct figure *draft_figure(struct draft *d, enum certainty certainty, int source)
{
    struct figure *f = add(d, LIST_FIGURES);
    if (f)
        *f = (struct figure){.e = FACT(certainty, source)};
    return f;
}

struct data_class *draft_class(struct draft *d, const char *id, enum certainty certainty, int source)
{
    int word = vocab_find(&vocab_data_class, id);
    struct data_class *f = add(d, LIST_DATA_CLASSES);
    if (f)
        *f = (struct data_class){.id = word < 0 ? (unsigned)vocab_find(&vocab_data_class, "other")
                                                : (unsigned)word,
                                 .e = FACT(certainty, source)};
    return f;
}

struct actor *draft_actor(struct draft *d, enum certainty certainty, int source)
{
    struct actor *f = add(d, LIST_ACTORS);
    if (f)
        *f = (struct actor){.e = FACT(certainty, source)};
    return f;
}

struct attack *draft_attack(struct draft *d, enum action action, enum certainty certainty, int source)
{
    struct attack *f = add(d, LIST_ATTACK);
    if (f)
        *f = (struct attack){.action = action, .e = FACT(certainty, source)};
    return f;
}

struct event *draft_event(struct draft *d, enum event_kind kind, enum certainty certainty, int source)
{
    struct event *f = add(d, LIST_TIMELINE);
    if (f)
        *f = (struct event){.kind = kind, .e = FACT(certainty, source)};
    return f;
}

struct caveat *draft_caveat(struct draft *d, int about, int source, const char *text)
{
    struct caveat *f = add(d, LIST_CAVEATS);
    if (f)
        *f = (struct caveat){.about = about, .source = source, .text = text};
    return f;
}

/* --- findings --- */

static void note(struct draft *d, const char *kind, const char *field, const char *format, va_list args)
{
    char reason[512];
    (void)vsnprintf(reason, sizeof reason, format, args);
    reason[utf8_truncate(reason, strlen(reason), sizeof reason - 1)] = '\0';
    int r = kind ? catalogue_warn(d->c, &d->fate, kind, field, "%s", reason)
                 : catalogue_reject(d->c, &d->fate, field, "%s", reason);
    if (r != 0)
        d->error = r;
}

void draft_reject(struct draft *d, const char *field, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    note(d, NULL, field, format, args);
    va_end(args);
}

void draft_warn(struct draft *d, const char *kind, const char *field, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    note(d, kind, field, format, args);
    va_end(args);
}

/* --- organisations --- */

struct party *draft_mention(struct draft *d, enum role role, enum certainty certainty, int source,
                            enum org_kind kind, const struct mention *m)
{
    if (!m->name)
        return NULL;
    struct party *p = draft_party(d, role, certainty, source);
    struct mention *kept =
        p ? append(d, (void **)&d->mentions, &d->n_mentions, &d->room_mentions, sizeof *d->mentions) : NULL;
    if (!kept)
        return NULL;
    *kept = *m;
    kept->party = d->x.n_parties - 1;
    p->organization = (struct org_ref){.name = m->name, .kind = kind};
    return p;
}

/* --- texts and dates --- */

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v' || c == 0xa0 ||
           c == 0x2028 || c == 0x2029;
}

/* How many bytes at S stand as they are, and are neither space nor beyond ASCII. */
static size_t plain_run(const char *s, size_t n)
{
    size_t k = 0;
    while (k < n && s[k] > 0x20 && s[k] < 0x7f)
        k++;
    return k;
}

/* Appends S to OUT as draft_text() says, but uncut. */
static void clean(const char *s, size_t n, bool lines, struct strbuf *out)
{
    bool gap = false, line = false;
    while (n) {
        uint32_t c = 0xfffd;
        size_t run = plain_run(s, n), k = run ? run : utf8_decode(s, n, &c);
        const char *bytes = k ? s : "\xef\xbf\xbd";
        size_t size = k ? k : 3;
        s += k ? k : 1;
        n -= k ? k : 1;
        if (!run && is_space(c)) {
            gap = true;
            line |= lines && (c == '\n' || c >= 0x2028);
            continue;
        }
        if (c < 0x20 || (c >= 0x7f && c < 0xa0))
            continue;
        if (gap && out->size)
            strbuf_addc(out, line ? '\n' : ' ');
        gap = line = false;
        strbuf_add(out, bytes, size);
    }
}

const char *draft_text(struct draft *d, const char *field, const char *s, size_t n, size_t most, bool lines)
{
    if (!s)
        return NULL;
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    clean(s, n == SIZE_MAX ? strlen(s) : n, lines, &b);
    size_t size = b.size > most ? utf8_truncate(b.data, b.size, most) : b.size;
    if (size < b.size)
        draft_warn(d, "cut", field, "is %zu bytes long; cut at %zu", b.size, size);
    char *text = b.failed ? NULL : b.size ? arena_strndup(d->c->record, b.data, size) : NULL;
    if (b.failed || (b.size && !text))
        d->error = -ENOMEM;
    return text;
}

const char *draft_format(struct draft *d, const char *format, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int n = vasprintf(&text, format, args);
    va_end(args);
    const char *kept = n >= 0 ? arena_strdup(d->c->record, text) : NULL;
    if (n >= 0)
        free(text);
    if (!kept)
        d->error = -ENOMEM;
    return kept;
}

struct edtf draft_date_of(struct draft *d, const char *field, int64_t year, int64_t month, int64_t day)
{
    struct edtf date = EDTF_UNKNOWN;
    bool year_ok = year >= LIMIT_YEAR_LEAST && year <= LIMIT_YEAR_MOST, month_ok = month >= 1 && month <= 12;
    bool ok = year_ok && (month == 0 ? day == 0 : month_ok) &&
              (day == 0 || (month_ok && day >= 1 && day <= clock_month_days((int)year, (int)month)));
    const char *text = !ok     ? NULL
                       : day   ? draft_format(d, "%04d-%02d-%02d", (int)year, (int)month, (int)day)
                       : month ? draft_format(d, "%04d-%02d", (int)year, (int)month)
                               : draft_format(d, "%04d", (int)year);
    if (!ok)
        draft_warn(d, "impossible-date", field, "%lld-%lld-%lld is no date; left out", (long long)year,
                   (long long)month, (long long)day);
    else if (text && edtf_parse(text, &date) != 0)
        draft_warn(d, "impossible-date", field, "%s is no date; left out", text);
    return date;
}

/* --- beginning and end --- */

void draft_begin(struct draft *d, struct catalogue *c, const char *dataset, const struct origin *from)
{
    arena_reset(c->record);
    *d = (struct draft){.c = c, .fate.from = *from};
    d->fate.from.dataset = dataset;
    d->x.row.dataset = dataset;
}

static void check(struct draft *d)
{
    if (!d->x.row.id || !reader_is_id(d->x.row.id))
        draft_reject(d, NULL, "has nothing to make an id of");
    if (!d->x.row.title)
        draft_reject(d, NULL, "has nothing to make a title of");
}

int draft_end(struct draft *d, size_t *ret_records)
{
    if (!d->error)
        check(d);
    if (d->error)
        return d->error;
    catalogue_saw_time(d->c, d->x.row.modified);
    if (d->fate.rejected) {
        int r = catalogue_lose(d->c, &d->c->lost_incidents, d->x.row.id);
        return r != 0 ? r : report_count(d->c->report, d->x.row.dataset, true, false);
    }
    int result = record_take(d->c, &d->x, &d->fate, d->mentions, d->n_mentions);
    *ret_records += result == 0;
    return result;
}
