/* SPDX-License-Identifier: MIT */
/*
 * Organisations and provenance as JSON: the row, names and links; datasets with the report of their import;
 * and the catalogue that every page names.
 */
#include "render/json_shapes.h"

#include "util/limits.h"

/* "/dealers/" or "/organizations/": where an organisation's page is. */
static const char *org_folder(enum org_kind kind)
{
    return org_is_dealer(kind) ? "/dealers/" : "/organizations/";
}

static void put_owner(struct jw *w, struct jw_level *o, const struct org_ref *owner)
{
    if (!owner->id) {
        jw_null(w, o, "owner");
        return;
    }
    struct jw_level *ref = jw_object(w, o, "owner");
    jw_text(w, ref, "id", owner->id);
    jw_text(w, ref, "name", owner->name);
}

static void put_latest(struct jw *w, struct jw_level *o, const struct org_row *x)
{
    if (!x->latest.id) {
        jw_null(w, o, "latest");
        return;
    }
    struct jw_level *latest = jw_object(w, o, "latest");
    jw_text(w, latest, "id", x->latest.id);
    jw_text(w, latest, "title", x->latest.title);
    jw_date(w, latest, "date", &x->latest_date);
}

void jw_org_row(struct jw *w, struct jw_level *o, const void *row)
{
    const struct org_row *x = row;
    jw_text(w, o, "id", x->id);
    jw_text(w, o, "name", x->name);
    jw_word(w, o, "kind", &vocab_org_kind, x->kind);
    jw_text(w, o, "country", x->country);
    jw_text(w, o, "region", x->region);
    jw_text(w, o, "city", x->city);
    jw_texts(w, o, "brands", x->brands, x->n_brands);
    jw_text(w, o, "sector", x->sector);
    put_owner(w, o, &x->owner);
    struct jw_level *incidents = jw_object(w, o, "incidents");
    jw_size(w, incidents, "own", x->own);
    jw_size(w, incidents, "group", x->group);
    jw_size(w, incidents, "inherited", x->inherited);
    put_latest(w, o, x);
    jw_text(w, o, "modified", x->modified);
    if (w->urls) {
        jw_link(w, o, "url", org_folder(x->kind), x->id, ".json");
        jw_link(w, o, "html_url", org_folder(x->kind), x->id);
    }
}

static void put_name(struct jw *w, struct jw_level *o, const void *item)
{
    const struct org_name *x = item;
    jw_text(w, o, "name", x->name);
    jw_text(w, o, "lang", x->lang);
    jw_word(w, o, "type", &vocab_name_type, x->type);
    jw_text(w, o, "note", x->note);
}

static void put_org_link(struct jw *w, struct jw_level *o, const void *item)
{
    const struct org_link *x = item;
    jw_org_ref(w, o, "organization", &x->organization);
    jw_word(w, o, "relation", &vocab_org_relation, x->relation);
    jw_date(w, o, "from", &x->from);
    jw_date(w, o, "until", &x->until);
    jw_evidence(w, o, &x->e);
}

void jw_org_names_and_links(struct jw *w, struct jw_level *o, const struct organization *x)
{
    jw_list(w, o, "names", x->names, x->n_names, put_name);
    jw_text(w, o, "website", x->website);
    jw_list(w, o, "links", x->links, x->n_links, put_org_link);
}

void jw_dataset(struct jw *w, struct jw_level *o, const void *dataset)
{
    const struct dataset *x = dataset;
    jw_text(w, o, "id", x->id);
    jw_text(w, o, "title", x->title);
    jw_text(w, o, "publisher", x->publisher);
    jw_text(w, o, "license", x->license);
    jw_text(w, o, "license_spdx", x->license_spdx);
    jw_text(w, o, "license_url", x->license_url);
    jw_text(w, o, "credit", x->credit);
    jw_text(w, o, "url", x->url);
    jw_date(w, o, "retrieved", &x->retrieved);
}

static void put_reject(struct jw *w, struct jw_level *o, const void *item)
{
    const struct reject *x = item;
    jw_text(w, o, "file", x->file);
    jw_text(w, o, "position", x->position);
    jw_text(w, o, "field", x->field);
    jw_text(w, o, "reason", x->reason);
}

void jw_dataset_report(struct jw *w, struct jw_level *o, const struct dataset *x, size_t most)
{
    struct jw_level *counts = jw_object(w, o, "counts");
    jw_size(w, counts, "read", x->counts.read);
    jw_size(w, counts, "imported", x->counts.imported);
    jw_size(w, counts, "rejected", x->counts.rejected);
    jw_size(w, counts, "withdrawn", x->counts.withdrawn);
    jw_size(w, counts, "duplicates", x->counts.duplicates);
    struct jw_level *warnings = jw_object(w, o, "warnings");
    for (size_t i = 0; i < x->n_warnings; i++)
        jw_size_at(w, warnings, x->warnings[i].kind, x->warnings[i].n);
    struct jw_level *rejects = jw_object(w, o, "rejects");
    jw_size(w, rejects, "total", x->n_rejects_total);
    jw_list(w, rejects, "data", x->rejects, x->n_rejects < most ? x->n_rejects : most, put_reject);
    jw_link(w, rejects, "url", "/datasets/", x->id, ".json");
}

void jw_dataset_row(struct jw *w, struct jw_level *o, const void *dataset)
{
    jw_dataset(w, o, dataset);
    jw_dataset_report(w, o, dataset, LIMIT_EMBEDDED);
}

void jw_catalogue(struct jw *w, struct jw_level *o, const struct catalogue_info *c)
{
    if (!c->id) {
        jw_null(w, o, "catalogue");
        return;
    }
    struct jw_level *catalogue = jw_object(w, o, "catalogue");
    jw_text(w, catalogue, "id", c->id);
    jw_text(w, catalogue, "built", c->built);
}
