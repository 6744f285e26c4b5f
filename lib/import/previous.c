/* SPDX-License-Identifier: MIT */
/*
 * What a catalogue owes to the one it replaces. Both are walked in order of id, side by side. Called by import.c: records
 * that are gone are buried before anything is derived; times are settled while records are written.
 */
#include "import/previous.h"

#include "import/content.h"
#include "import/records.h"
#include "import/resolve.h"
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
    row->withdrawn = (struct withdrawal){.reason = REJECTED};
    if (!rejected)
        row->withdrawn = (struct withdrawal){.reason = GONE, .by = d ? d->title : NULL};
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

/* What REC, which the inputs have, owes to OLD: its times where the inputs give none; `modified` only if its content turns
 * out to be the same. */
static void inherit(struct incident_record *rec, const struct previous_record *old)
{
    if (rec->added == TIME_OPEN)
        rec->added = record_seconds(old->added);
    rec->was_modified = record_seconds(old->modified);
    (void)snprintf(rec->digest, sizeof rec->digest, "%s", old->digest);
}

/* One old record, and what the inputs have of it, or NULL. */
static int look(struct burial *b, const struct previous_record *old, struct incident_record *rec)
{
    if (!old->title || !old->dataset || !old->added)
        return PREVIOUS_E_BROKEN;
    struct shrink *s = shrink_of(b, old->dataset);
    if (!s)
        return -ENOMEM;
    s->held += !old->withdrawn.at;
    s->gone += !old->withdrawn.at && !rec;
    if (!rec)
        return bury(b, old);
    inherit(rec, old);
    return 0;
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
        result = look(b, &old, i < b->n_present && order == 0 ? &b->c->incidents[i] : NULL);
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

static int inherit_orgs(struct catalogue *c, struct previous *p)
{
    struct previous_record old;
    size_t i = 0;
    int result = previous_first(p, PREVIOUS_ORGANIZATIONS);
    while (result == 0 && (result = previous_next(p, &old)) == 0) {
        while (i < c->n_orgs && strcmp(c->orgs[i].x.row.id, old.id) < 0)
            i++;
        if (i == c->n_orgs || strcmp(c->orgs[i].x.row.id, old.id) != 0 || c->orgs[i].x.row.modified ||
            strcmp(c->orgs[i].digest, old.digest) != 0)
            continue;
        c->orgs[i].x.row.modified = arena_strdup(c->mem, old.modified);
        result = c->orgs[i].x.row.modified ? 0 : -ENOMEM;
    }
    return result == PREVIOUS_E_END ? 0 : result;
}

/* What is new or changed takes a time after the old catalogue's. */
static void make_fresh(struct catalogue *c)
{
    int64_t old = c->previous ? record_seconds(previous_built(c->previous)) : TIME_OPEN;
    c->fresh = record_seconds(c->built);
    if (old != TIME_OPEN && c->fresh <= old)
        c->fresh = old + 1;
}

int previous_begin(struct catalogue *c)
{
    const char *fresh = NULL;
    int result = 0;
    make_fresh(c);
    for (size_t i = 0; i < c->n_orgs && result == 0; i++)
        result = content_organization(c, &c->orgs[i]);
    if (c->previous && result == 0)
        result = inherit_orgs(c, c->previous);
    for (size_t i = 0; i < c->n_orgs && result == 0; i++) {
        if (c->orgs[i].x.row.modified)
            continue;
        fresh = fresh ? fresh : record_time(c->fresh, c->mem);
        c->orgs[i].x.row.modified = fresh;
        c->is_changed = true;
        result = fresh ? 0 : -ENOMEM;
    }
    return result;
}

/* Whether the content is that of the old catalogue: then it has its id as soon as it has its `built`. */
static int is_same(struct catalogue *c, bool *ret)
{
    const char *wanted = c->built;
    *ret = false;
    if (c->is_changed)
        return 0;
    c->built = previous_built(c->previous);
    int result = resolve_identity(c);
    c->built = wanted;
    *ret = result == 0 && strcmp(c->id, previous_id(c->previous)) == 0;
    return result;
}

/* `built` never goes back, and moves on where the content does. */
int previous_settle(struct catalogue *c)
{
    bool same = false;
    int result = c->previous ? is_same(c, &same) : 0;
    if (result != 0)
        return result;
    if (!same)
        c->built = record_time(c->fresh, c->mem);
    else if (strcmp(c->built, previous_built(c->previous)) < 0)
        c->built = arena_strdup(c->mem, previous_built(c->previous));
    return c->built ? resolve_identity(c) : -ENOMEM;
}
