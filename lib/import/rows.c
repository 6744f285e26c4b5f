/* SPDX-License-Identifier: MIT */
/*
 * The model as rows of the catalogue's tables: which struct member goes to which column, in the order of
 * build.c's column lists. Called by build.c.
 */
#include "import/rows.h"

#include "import/content.h"
#include "import/reach.h"
#include "import/records.h"
#include "import/resolve.h"
#include "import/timeline.h"
#include "storage/schema.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void put_word(struct build *b, const struct vocab *v, unsigned value)
{
    put_text(b, vocab_id(v, value));
}

void put_source_number(struct build *b, int n)
{
    if (n)
        put_integer(b, n);
    else
        put_null(b);
}

void put_asserter(struct build *b, const struct asserter *a)
{
    put_text(b, a->name);
    put_text(b, a->name ? vocab_id(&vocab_source_class, a->class) : NULL);
}

void put_evidence(struct build *b, const struct evidence *e)
{
    put_word(b, &vocab_certainty, e->certainty);
    put_source_number(b, e->source);
    put_asserter(b, &e->asserted_by);
    put_text(b, e->asserted.text);
    put_text(b, e->note);
    put_text(b, e->quote);
}

void put_size(struct build *b, size_t n)
{
    put_integer(b, (int64_t)n);
}

void put_source_columns(struct build *b, const struct source *s)
{
    put_integer(b, s->n);
    put_text(b, s->title);
    put_text(b, s->description);
    put_text(b, s->publisher);
    put_text(b, s->url);
    put_text(b, s->published.text);
    put_word(b, &vocab_source_class, s->class);
    put_text(b, s->retrieved.text);
    put_text(b, s->seen);
}

void put_org_number(struct build *b, const struct catalogue *c, const char *id)
{
    size_t i = id ? catalogue_find_org(c, id) : NOBODY;
    if (i == NOBODY)
        put_null(b);
    else
        put_size(b, c->orgs[i].row);
}

static void put_dataset(struct build *b, const struct dataset *d)
{
    const char *const texts[] = {d->id,          d->title,  d->publisher, d->license,       d->license_spdx,
                                 d->license_url, d->credit, d->url,       d->retrieved.text};
    const size_t counts[] = {d->counts.read,      d->counts.imported,   d->counts.rejected,
                             d->counts.withdrawn, d->counts.duplicates, d->n_rejects_total};
    put_begin(b, TABLE_DATASET);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put_text(b, texts[i]);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        put_size(b, counts[i]);
    put_end(b);
    for (size_t i = 0; i < d->n_warnings; i++) {
        put_begin(b, TABLE_DATASET_WARNING);
        put_text(b, d->id);
        put_text(b, d->warnings[i].kind);
        put_size(b, d->warnings[i].n);
        put_end(b);
    }
    for (size_t i = 0; i < d->n_rejects; i++) {
        put_begin(b, TABLE_DATASET_REJECT);
        put_text(b, d->id);
        put_size(b, i);
        put_text(b, d->rejects[i].file);
        put_text(b, d->rejects[i].position);
        put_text(b, d->rejects[i].field);
        put_text(b, d->rejects[i].reason);
        put_end(b);
    }
}

static void put_org_row(struct build *b, const struct catalogue *c, const struct org_record *o)
{
    const struct org_row *x = &o->x.row;
    put_begin(b, TABLE_ORGANIZATION);
    put_size(b, o->row);
    put_text(b, x->id);
    put_text(b, x->name);
    put_text(b, o->folded);
    put_word(b, &vocab_org_kind, x->kind);
    put_text(b, x->country);
    put_text(b, x->region);
    put_text(b, x->city);
    put_text(b, x->sector);
    put_text(b, o->x.website);
    put_text(b, x->modified);
    put_text(b, o->digest);
    put_org_number(b, c, x->owner.id);
    put_end(b);
}

static void put_org_texts(struct build *b, const struct org_record *o)
{
    for (size_t i = 0; i < o->x.n_names; i++) {
        const struct org_name *name = &o->x.names[i];
        put_begin(b, TABLE_ORGANIZATION_NAME);
        put_size(b, o->row);
        put_size(b, i);
        put_text(b, name->name);
        put_text(b, name->lang);
        put_word(b, &vocab_name_type, name->type);
        put_text(b, name->note);
        put_end(b);
    }
    for (size_t i = 0; i < o->x.row.n_brands; i++) {
        put_begin(b, TABLE_ORGANIZATION_BRAND);
        put_size(b, o->row);
        put_size(b, i);
        put_text(b, o->x.row.brands[i]);
        put_end(b);
    }
}

static int put_organization(struct build *b, const struct catalogue *c, const struct org_record *o)
{
    arena_reset(c->record);
    put_org_row(b, c, o);
    put_org_texts(b, o);
    for (size_t i = 0; i < o->x.n_sources; i++) {
        put_begin(b, TABLE_ORGANIZATION_SOURCE);
        put_size(b, o->row);
        put_source_columns(b, &o->x.sources[i]);
        put_end(b);
    }
    for (size_t i = 0; i < o->x.n_links; i++) {
        const struct org_link *l = &o->x.links[i];
        put_begin(b, TABLE_ORGANIZATION_LINK);
        put_size(b, o->row);
        put_size(b, i);
        put_org_number(b, c, l->organization.id);
        put_word(b, &vocab_org_relation, l->relation);
        put_text(b, l->from.text);
        put_text(b, l->until.text);
        put_evidence(b, &l->e);
        put_end(b);
    }
    return rows_put_org_words(b, c, o);
}

static void put_aliases(struct build *b, const struct catalogue *c)
{
    for (size_t i = 0; i < c->n_org_aliases; i++) {
        put_begin(b, TABLE_ORGANIZATION_ALIAS);
        put_text(b, c->org_aliases[i].id);
        put_org_number(b, c, c->org_aliases[i].organization);
        put_end(b);
    }
}

static const char *reach_word(const struct reach_row *r)
{
    static const char *const words[_REACH_N] = {"own", "group", "inherited"};
    return words[r->reach];
}

static void put_reach_row(struct build *b, const struct catalogue *c, size_t org, const struct reach_row *r)
{
    bool through = r->via != NOBODY;
    put_begin(b, TABLE_REACH);
    put_size(b, c->orgs[org].row);
    put_text(b, reach_word(r));
    put_size(b, c->incidents[r->incident].row);
    put_word(b, &vocab_role, r->role);
    put_word(b, &vocab_certainty, r->certainty);
    if (through)
        put_size(b, c->orgs[r->via].row);
    else
        put_null(b);
    put_text(b, through ? vocab_id(&vocab_org_relation, r->relation) : NULL);
    put_end(b);
}

/* By the key of the table. */
static int by_key(const void *a, const void *b, void *ctx)
{
    const struct catalogue *c = ctx;
    const struct reach_row *x = a, *y = b;
    int order = strcmp(reach_word(x), reach_word(y));
    size_t i = c->incidents[x->incident].row, k = c->incidents[y->incident].row;
    return order ? order : (i > k) - (i < k);
}

static int put_reach(struct build *b, struct catalogue *c, const size_t *orgs)
{
    _cleanup_reach_ struct reach_graph *g = reach_new(c);
    int result = g ? 0 : -ENOMEM;
    for (size_t i = 0; i < c->n_orgs && result == 0; i++) {
        struct reach_row *rows;
        size_t n;
        result = reach_of(g, orgs[i], &rows, &n);
        if (result == 0 && n > 1)
            qsort_r(rows, n, sizeof *rows, by_key, c);
        for (size_t k = 0; k < n && result == 0; k++)
            put_reach_row(b, c, orgs[i], &rows[k]);
    }
    return result;
}

static void put_event(struct build *b, const struct incident_record *rec, const struct event *e,
                      size_t ordinal, size_t n)
{
    char earliest[11], latest[11];
    schema_sort_key(&e->date, earliest, latest);
    put_begin(b, TABLE_EVENT);
    put_size(b, n);
    put_size(b, rec->row);
    put_size(b, ordinal);
    put_text(b, e->id);
    put_text(b, e->date.text);
    put_text(b, earliest);
    put_text(b, latest);
    put_word(b, &vocab_event_kind, e->kind);
    put_text(b, e->text);
    put_integer(b, e->derived);
    put_evidence(b, &e->e);
    put_end(b);
}

static int put_events(struct build *b, struct catalogue *c, struct build_totals *totals)
{
    int result = 0;
    timeline_order(c);
    for (size_t i = 0; i < c->n_events && result == 0; i++) {
        const struct moment *at = &c->events[i];
        struct event e;
        arena_reset(c->record);
        result = timeline_event(c, at, c->record, &e);
        if (result == 0)
            put_event(b, &c->incidents[at->incident], &e, at->ordinal, i + 1);
        totals->events += at->listed;
    }
    totals->all_events = (int64_t)c->n_events;
    return result;
}

static void count(const struct catalogue *c, struct build_totals *totals)
{
    totals->datasets = (int64_t)c->n_datasets;
    totals->organizations = (int64_t)c->n_orgs;
    totals->all_incidents = (int64_t)c->n_incidents;
    for (size_t i = 0; i < c->n_orgs; i++)
        totals->dealers += org_is_dealer(c->orgs[i].x.row.kind);
    for (size_t i = 0; i < c->n_incidents; i++)
        totals->incidents += record_is_listed(&c->incidents[i]);
}

/* Indexes of organisations by row. NULL when out of memory. */
static size_t *org_rows(const struct catalogue *c)
{
    size_t *rows = calloc(c->n_orgs + 1, sizeof *rows);
    for (size_t i = 0; rows && i < c->n_orgs; i++)
        rows[c->orgs[i].row - 1] = i;
    return rows;
}

/* One incident: whatever is stored of each is put here, where it is finished and its row is known. */
static int put_incident(struct build *b, struct catalogue *c, size_t i, struct build_totals *totals)
{
    struct incident x;
    arena_reset(c->record);
    int result = content_incident(c, i, &x);
    if (result != 0)
        return result;
    if (incident_is_listed(&x.row))
        totals->sources += (int64_t)x.n_sources;
    return rows_put_incident(b, c, &c->incidents[i], &x);
}

/* Records go in by row, since a table that only grows at its end is written fastest and packed best. */
static int put_incidents(struct build *b, struct catalogue *c, struct build_totals *totals)
{
    uint32_t *rows = calloc(c->n_incidents + 1, sizeof *rows);
    if (!rows)
        return -ENOMEM;
    for (size_t i = 0; i < c->n_incidents; i++)
        rows[c->incidents[i].row - 1] = (uint32_t)i;
    int result = 0;
    for (size_t i = 0; i < c->n_incidents && result == 0; i++)
        result = put_incident(b, c, rows[i], totals);
    free(rows);
    return result;
}

int rows_put(struct build *b, struct catalogue *c, struct build_totals *ret)
{
    size_t *orgs = org_rows(c);
    if (!orgs)
        return -ENOMEM;
    int result = 0;
    for (size_t i = 0; i < c->n_orgs && result == 0; i++) {
        arena_reset(c->record);
        result = put_organization(b, c, &c->orgs[orgs[i]]);
    }
    put_aliases(b, c);
    count(c, ret);
    if (result == 0)
        result = put_incidents(b, c, ret);
    if (result == 0)
        result = put_events(b, c, ret);
    if (result == 0)
        result = put_reach(b, c, orgs);
    free(orgs);
    /* only now is all known that the import has to tell of each */
    if (result == 0)
        result = resolve_provenance(c);
    for (size_t i = 0; i < c->n_datasets && result == 0; i++)
        put_dataset(b, &c->datasets[i]);
    return result;
}
