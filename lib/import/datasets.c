/* SPDX-License-Identifier: MIT */
/*
 * Where records come from: every incident is of a dataset that has a row, and each row says how its import
 * went. Called by import.c after the records are settled, and again at the end.
 */
#include "import/records.h"
#include "import/resolve.h"

#include "util/limits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The dataset of native records that name none. */
#define OWN_DATASET "local"
#define OWN_TITLE   "Records of this catalogue's own"

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct dataset *)a)->id, ((const struct dataset *)b)->id);
}

static struct dataset *find(const struct catalogue *c, const char *id)
{
    for (size_t i = 0; i < c->n_datasets; i++)
        if (strcmp(c->datasets[i].id, id) == 0)
            return &c->datasets[i];
    return NULL;
}

static int describe(struct catalogue *c, struct incident_record *rec)
{
    bool named = rec->dataset != NULL;
    if (!named)
        rec->dataset = OWN_DATASET;
    if (find(c, rec->dataset))
        return 0;
    struct dataset *d = catalogue_add_dataset(c);
    if (!d)
        return -ENOMEM;
    d->id = rec->dataset;
    d->title = named ? d->id : OWN_TITLE;
    if (!named)
        return 0;
    return record_warn(c, rec, "dataset-not-described", "dataset.id",
                       "no dataset \"%s\" is described in the inputs; add its licence and credit", d->id);
}

int resolve_datasets(struct catalogue *c)
{
    int result = 0;
    for (size_t i = 0; i < c->n_incidents && result == 0; i++)
        result = describe(c, &c->incidents[i]);
    if (c->n_datasets > 1)
        qsort(c->datasets, c->n_datasets, sizeof *c->datasets, by_id);
    return result;
}

static int tally_incidents(struct catalogue *c)
{
    for (size_t i = 0; i < c->n_incidents; i++) {
        const struct incident_record *rec = &c->incidents[i];
        struct dataset *d = find(c, rec->dataset);
        if (!d || (!rec->tombstone && report_count(c->report, d->id, false, rec->warned) != 0))
            return -ENOMEM;
        d->counts.withdrawn += rec->status == STATUS_WITHDRAWN;
        d->counts.duplicates += record_is_duplicate(rec);
    }
    return 0;
}

static int by_kind(const void *a, const void *b)
{
    return strcmp(((const struct warning_count *)a)->kind, ((const struct warning_count *)b)->kind);
}

static bool is_of(const struct import_finding *f, const struct dataset *d, bool warning)
{
    return f->warning == warning && strcmp(f->dataset, d->id) == 0;
}

/* A kind is one of a few words, so looking through those met so far is quick. */
static void count_kind(struct warning_count *counts, size_t *n, const char *kind)
{
    size_t i = 0;
    while (i < *n && strcmp(counts[i].kind, kind) != 0)
        i++;
    if (i == *n)
        counts[(*n)++].kind = kind;
    counts[i].n++;
}

static int tell_warnings(struct catalogue *c, struct dataset *d)
{
    enum { KINDS_MOST = 64 };
    struct warning_count *counts = arena_array(c->mem, KINDS_MOST, sizeof *counts);
    if (!counts)
        return -ENOMEM;
    size_t n = 0;
    for (size_t i = 0; i < c->report->n_findings && n < KINDS_MOST; i++)
        if (is_of(&c->report->findings[i], d, true))
            count_kind(counts, &n, c->report->findings[i].kind);
    if (n > 1)
        qsort(counts, n, sizeof *counts, by_kind);
    d->warnings = counts;
    d->n_warnings = n;
    return 0;
}

static int tell_rejects(struct catalogue *c, struct dataset *d)
{
    size_t total = 0, n = 0;
    for (size_t i = 0; i < c->report->n_findings; i++)
        total += is_of(&c->report->findings[i], d, false);
    size_t kept = total < LIMIT_REPORT_REJECTS ? total : LIMIT_REPORT_REJECTS;
    struct reject *rejects = arena_array(c->mem, kept, sizeof *rejects);
    if (!rejects)
        return -ENOMEM;
    for (size_t i = 0; i < c->report->n_findings && n < kept; i++) {
        const struct import_finding *f = &c->report->findings[i];
        if (is_of(f, d, false))
            rejects[n++] = (struct reject){f->file, f->position, f->field, f->reason};
    }
    d->rejects = rejects;
    d->n_rejects = n;
    d->n_rejects_total = total;
    return 0;
}

static int tell(struct catalogue *c, struct dataset *d)
{
    const struct import_tally *t = report_tally(c->report, d->id);
    if (!t)
        return -ENOMEM;
    d->counts.read = t->read;
    d->counts.imported = t->imported;
    d->counts.rejected = t->rejected;
    int result = tell_warnings(c, d);
    return result != 0 ? result : tell_rejects(c, d);
}

int resolve_provenance(struct catalogue *c)
{
    int result = tally_incidents(c);
    for (size_t i = 0; i < c->n_datasets && result == 0; i++)
        result = report_tally(c->report, c->datasets[i].id) ? 0 : -ENOMEM; /* also one without records */
    if (result == 0)
        result = report_finish(c->report, c->n_datasets ? c->datasets[0].id : OWN_DATASET);
    for (size_t i = 0; i < c->n_datasets && result == 0; i++)
        result = tell(c, &c->datasets[i]);
    return result;
}
