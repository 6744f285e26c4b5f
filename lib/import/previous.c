/* SPDX-License-Identifier: MIT */
/*
 * What a catalogue owes to the one it replaces. Both are walked in order of id, side by side. Called by import.c: records
 * that are gone are buried before anything is derived, times are settled when everything is.
 */
#include "import/previous.h"

#include "import/records.h"
#include "import/resolve.h"
#include "util/clock.h"
#include "util/limits.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What stands in a tombstone. */
#define GONE     "gone from dataset"
#define REJECTED "no longer readable: its import was rejected"

/* --- records that are gone --- */

/* How many standing records of one dataset the old catalogue has, and how many of them are gone. */
struct shrink {
    const char *dataset;
    size_t held, gone;
};

struct burial {
    struct catalogue *c;
    struct previous *p;
    size_t n_present; /* records of the inputs; tombstones follow them */
    struct shrink *shrinks;
    size_t n_shrinks, room_shrinks;
};

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct incident_record *)a)->id, ((const struct incident_record *)b)->id);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static struct shrink *shrink_of(struct burial *b, const char *dataset)
{
    for (size_t i = 0; i < b->n_shrinks; i++)
        if (strcmp(b->shrinks[i].dataset, dataset) == 0)
            return &b->shrinks[i];
    const char *copy = arena_strdup(b->c->mem, dataset);
    if (!copy || grow(&b->shrinks, b->n_shrinks, &b->room_shrinks, sizeof *b->shrinks) != 0)
        return NULL;
    b->shrinks[b->n_shrinks] = (struct shrink){.dataset = copy};
    return &b->shrinks[b->n_shrinks++];
}

static const struct dataset *find_dataset(const struct catalogue *c, const char *id)
{
    for (size_t i = 0; i < c->n_datasets; i++)
        if (strcmp(c->datasets[i].id, id) == 0)
            return &c->datasets[i];
    return NULL;
}

/* A dataset that only tombstones are of is described as before. */
static int describe(struct burial *b, const char *id)
{
    struct dataset old;
    if (find_dataset(b->c, id))
        return 0;
    int result = previous_dataset(b->p, id, b->c->mem, &old);
    if (result != 0)
        return result;
    struct dataset *d = catalogue_add_dataset(b->c);
    if (!d)
        return -ENOMEM;
    *d = old;
    return 0;
}

/* Says why OLD, which this import withdraws, is gone; when, is left for the time that `built` is known. */
static int sign(struct burial *b, const struct previous_record *old, struct incident_row *row)
{
    const struct lost *lost = &b->c->lost_incidents;
    bool rejected = lost->n && bsearch(&old->id, lost->ids, lost->n, sizeof *lost->ids, by_text);
    const struct dataset *d = find_dataset(b->c, row->dataset);
    row->withdrawn = rejected ? (struct withdrawal){.reason = REJECTED}
                              : (struct withdrawal){.reason = GONE, .by = d ? d->title : NULL};
    row->modified = NULL;
    return report_gone(b->c->report, row->dataset, row->id);
}

/* Only what says that there was a record and why there is none. */
static int bury(struct burial *b, const struct previous_record *old)
{
    const struct fate fate = {0};
    struct incident x = {.row = {.id = old->id,
                                 .title = old->title,
                                 .status = STATUS_WITHDRAWN,
                                 .dataset = old->dataset,
                                 .dataset_record = old->dataset_record,
                                 .added = old->added,
                                 .modified = old->modified,
                                 .withdrawn = old->withdrawn}};
    int result = describe(b, old->dataset);
    if (result == 0 && !old->withdrawn.at)
        result = sign(b, old, &x.row);
    if (result == 0)
        result = record_take(b->c, &x, &fate, NULL, 0);
    if (result == 0)
        b->c->incidents[b->c->n_incidents - 1].tombstone = true;
    return result;
}

/* One old record, and whether the inputs have it. */
static int look(struct burial *b, const struct previous_record *old, bool present)
{
    if (!old->title || !old->dataset || !old->added)
        return PREVIOUS_E_BROKEN;
    struct shrink *s = shrink_of(b, old->dataset);
    if (!s)
        return -ENOMEM;
    s->held += !old->withdrawn.at;
    s->gone += !old->withdrawn.at && !present;
    return present ? 0 : bury(b, old);
}

static int look_at_all(struct burial *b)
{
    struct previous_record old;
    size_t i = 0;
    int result = previous_first(b->p, PREVIOUS_INCIDENTS);
    while (result == 0 && (result = previous_next(b->p, &old)) == 0) {
        int order = 1;
        while (i < b->n_present && (order = strcmp(b->c->incidents[i].id, old.id)) < 0)
            i++;
        result = look(b, &old, i < b->n_present && order == 0);
    }
    return result == PREVIOUS_E_END ? 0 : result;
}

static int judge(const struct burial *b, char **reterr)
{
    const struct shrink *worst = NULL;
    size_t others = 0;
    char more[64] = "";
    for (size_t i = 0; i < b->n_shrinks; i++) {
        const struct shrink *s = &b->shrinks[i];
        if (s->gone * 100 <= s->held * LIMIT_SHRINK_PERCENT)
            continue;
        others += worst != NULL;
        if (!worst || s->gone > worst->gone)
            worst = s;
    }
    if (!worst)
        return 0;
    if (others)
        (void)snprintf(more, sizeof more, ", and as much of %zu other dataset%s", others,
                       others == 1 ? "" : "s");
    if (asprintf(reterr, "would withdraw %zu of the %zu records of dataset \"%s\" (more than %d %%)%s",
                 worst->gone, worst->held, worst->dataset, LIMIT_SHRINK_PERCENT, more) < 0) {
        *reterr = NULL;
        return -ENOMEM;
    }
    return PREVIOUS_E_SHRINKS;
}

int previous_bury(struct catalogue *c, struct previous *p, bool allow_shrink, char **reterr)
{
    struct burial b = {.c = c, .p = p, .n_present = c->n_incidents};
    if (c->lost_incidents.n > 1)
        qsort(c->lost_incidents.ids, c->lost_incidents.n, sizeof *c->lost_incidents.ids, by_text);
    int result = look_at_all(&b);
    if (result == 0 && !allow_shrink)
        result = judge(&b, reterr);
    free(b.shrinks);
    if (result == 0 && c->n_incidents > b.n_present)
        qsort(c->incidents, c->n_incidents, sizeof *c->incidents, by_id);
    return result;
}

/* --- times --- */

/* An old time for *TIME unless the input gave one. */
static int inherit(struct catalogue *c, const char *old, const char **time)
{
    if (*time || !old)
        return 0;
    *time = arena_strdup(c->mem, old);
    return *time ? 0 : -ENOMEM;
}

static void inherit_time(const char *old, int64_t *time)
{
    if (*time == TIME_OPEN)
        *time = record_seconds(old);
}

static int inherit_incidents(struct catalogue *c, struct previous *p)
{
    struct previous_record old;
    size_t i = 0;
    int result = previous_first(p, PREVIOUS_INCIDENTS);
    while (result == 0 && (result = previous_next(p, &old)) == 0) {
        while (i < c->n_incidents && strcmp(c->incidents[i].id, old.id) < 0)
            i++;
        if (i == c->n_incidents || strcmp(c->incidents[i].id, old.id) != 0)
            return PREVIOUS_E_BROKEN; /* there is a tombstone at least */
        struct incident_record *rec = &c->incidents[i];
        inherit_time(old.added, &rec->added);
        if (strcmp(rec->digest, old.digest) == 0)
            inherit_time(old.modified, &rec->modified);
    }
    return result == PREVIOUS_E_END ? 0 : result;
}

static int inherit_orgs(struct catalogue *c, struct previous *p)
{
    struct previous_record old;
    size_t i = 0;
    int result = previous_first(p, PREVIOUS_ORGANIZATIONS);
    while (result == 0 && (result = previous_next(p, &old)) == 0) {
        while (i < c->n_orgs && strcmp(c->orgs[i].x.row.id, old.id) < 0)
            i++;
        if (i < c->n_orgs && strcmp(c->orgs[i].x.row.id, old.id) == 0 &&
            strcmp(c->orgs[i].digest, old.digest) == 0)
            result = inherit(c, old.modified, &c->orgs[i].x.row.modified);
    }
    return result == PREVIOUS_E_END ? 0 : result;
}

static bool fill_time(int64_t *time, int64_t built)
{
    bool open = *time == TIME_OPEN;
    if (open)
        *time = built;
    return open;
}

/* Gives BUILT to every time that is open; with NULL it only says whether there is one. */
static bool fill_times(struct catalogue *c, const char *built)
{
    bool any = false;
    int64_t seconds = record_seconds(built);
    for (size_t i = 0; i < c->n_orgs; i++)
        if (!c->orgs[i].x.row.modified) {
            c->orgs[i].x.row.modified = built;
            any = true;
        }
    for (size_t i = 0; i < c->n_incidents; i++) {
        struct incident_record *rec = &c->incidents[i];
        any |= fill_time(&rec->added, seconds);
        any |= fill_time(&rec->modified, seconds);
        any |= rec->tombstone && fill_time(&rec->withdrawn, seconds);
    }
    return any;
}

/* Whether the content is that of P: then it has P's id as soon as it has P's `built`. */
static int is_same(struct catalogue *c, const struct previous *p, bool *ret)
{
    const char *wanted = c->built;
    *ret = false;
    if (fill_times(c, NULL))
        return 0;
    c->built = previous_built(p);
    int result = resolve_identity(c);
    c->built = wanted;
    *ret = result == 0 && strcmp(c->id, previous_id(p)) == 0;
    return result;
}

/* `built` never goes back, and moves on where the content does. */
static int move_on(struct catalogue *c, const struct previous *p, bool same)
{
    int64_t wanted, old;
    if (!clock_parse(c->built, &wanted) || !clock_parse(previous_built(p), &old))
        return 0;
    int64_t least = same ? old : old + 1;
    if (wanted >= least)
        return 0;
    char *text = arena_alloc(c->mem, CLOCK_TEXT_SIZE);
    if (!text)
        return -ENOMEM;
    clock_format(least, text);
    c->built = text;
    return 0;
}

int previous_settle(struct catalogue *c, struct previous *p)
{
    bool same;
    int result = p ? inherit_incidents(c, p) : 0;
    if (p && result == 0)
        result = inherit_orgs(c, p);
    if (p && result == 0)
        result = is_same(c, p, &same);
    if (p && result == 0)
        result = move_on(c, p, same);
    if (result != 0)
        return result;
    (void)fill_times(c, c->built);
    return resolve_identity(c);
}
