/* SPDX-License-Identifier: MIT */
/*
 * The default orders of lists, which row ids follow, and the identity of the content: a digest that depends on
 * what the catalogue says and on nothing else. Called by import.c when everything is derived.
 */
#include "import/resolve.h"
#include "query/fold.h"
#include "render/json.h"
#include "storage/schema.h"
#include "util/digest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* One record with its sort key. */
struct place {
    char earliest[11], latest[11];
    const char *text, *id;
    size_t index;
};

static int newest_first(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int order = strcmp(y->earliest, x->earliest);
    if (order == 0)
        order = strcmp(y->latest, x->latest);
    return order ? order : strcmp(x->id, y->id);
}

static int by_text(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order ? order : strcmp(x->id, y->id);
}

static int order_incidents(struct catalogue *c)
{
    struct place *places = calloc(c->n_incidents + 1, sizeof *places);
    if (!places)
        return -ENOMEM;
    for (size_t i = 0; i < c->n_incidents; i++) {
        places[i].id = c->incidents[i].x.row.id;
        places[i].index = i;
        schema_sort_key(&c->incidents[i].x.row.date, places[i].earliest, places[i].latest);
    }
    qsort(places, c->n_incidents, sizeof *places, newest_first);
    for (size_t i = 0; i < c->n_incidents; i++)
        c->incidents[places[i].index].row = i + 1;
    free(places);
    return 0;
}

static int fill_names(struct catalogue *c, struct place *places)
{
    for (size_t i = 0; i < c->n_orgs; i++) {
        struct org_record *o = &c->orgs[i];
        o->folded = fold_text(o->x.row.name, c->mem);
        if (!o->folded)
            return -ENOMEM;
        places[i] = (struct place){.text = o->folded, .id = o->x.row.id, .index = i};
    }
    return 0;
}

static int order_orgs(struct catalogue *c)
{
    struct place *places = calloc(c->n_orgs + 1, sizeof *places);
    if (!places)
        return -ENOMEM;
    int result = fill_names(c, places);
    if (result == 0)
        qsort(places, c->n_orgs, sizeof *places, by_text);
    for (size_t i = 0; i < c->n_orgs && result == 0; i++)
        c->orgs[places[i].index].row = i + 1;
    free(places);
    return result;
}

int resolve_order(struct catalogue *c)
{
    int result = order_incidents(c);
    return result != 0 ? result : order_orgs(c);
}

/* The digest of the line, which is emptied. */
static int digest_line(struct digest *d, struct strbuf *line, int result, char ret[static CONTENT_SIZE])
{
    char hex[DIGEST_HEX_SIZE];
    if (result != 0)
        return result;
    if (line->failed)
        return -ENOMEM;
    digest_add_string(d, line->data ? line->data : "");
    strbuf_reset(line);
    digest_hex(d, hex);
    memcpy(ret, hex, CONTENT_SIZE - 1);
    ret[CONTENT_SIZE - 1] = '\0';
    return 0;
}

/* When we took a record in, changed it or withdrew it is not what it says. */
static int digest_incident(struct incident_record *rec, struct digest *d, struct strbuf *line)
{
    struct incident x = rec->x;
    x.row.added = x.row.modified = NULL;
    if (x.row.withdrawn.at || rec->tombstone)
        x.row.withdrawn.at = "";
    return digest_line(d, line, json_incident(&x, "", false, line), rec->digest);
}

/* Nor is what other records say of an organisation its own content. */
static int digest_org(struct org_record *rec, struct digest *d, struct strbuf *line)
{
    struct organization x = rec->x;
    x.row.modified = NULL;
    x.row.own = x.row.group = x.row.inherited = 0;
    x.row.latest = (struct incident_ref){0};
    x.row.latest_date = EDTF_UNKNOWN;
    return digest_line(d, line, json_organization(&x, "", false, line), rec->digest);
}

int resolve_content(struct catalogue *c)
{
    _cleanup_digest_ struct digest *d = digest_new();
    _cleanup_strbuf_ struct strbuf line = STRBUF_INIT;
    int result = d ? 0 : -ENOMEM;
    for (size_t i = 0; i < c->n_orgs && result == 0; i++)
        result = digest_org(&c->orgs[i], d, &line);
    for (size_t i = 0; i < c->n_incidents && result == 0; i++)
        result = digest_incident(&c->incidents[i], d, &line);
    return result;
}

static int add_datasets(const struct catalogue *c, struct digest *d)
{
    _cleanup_strbuf_ struct strbuf line = STRBUF_INIT;
    int result = json_datasets(c->datasets, c->n_datasets, "", NULL, &line);
    if (result != 0 || line.failed)
        return result != 0 ? result : -ENOMEM;
    digest_add_string(d, line.data ? line.data : "");
    return 0;
}

int resolve_identity(struct catalogue *c)
{
    _cleanup_digest_ struct digest *d = digest_new();
    int result = d ? add_datasets(c, d) : -ENOMEM;
    if (result != 0)
        return result;
    for (size_t i = 0; i < c->n_orgs; i++) {
        digest_add_string(d, c->orgs[i].digest);
        digest_add_string(d, c->orgs[i].x.row.modified);
    }
    for (size_t i = 0; i < c->n_incidents; i++) {
        const struct incident_row *row = &c->incidents[i].x.row;
        digest_add_string(d, c->incidents[i].digest);
        digest_add_string(d, row->added);
        digest_add_string(d, row->modified);
        digest_add_string(d, row->withdrawn.at);
    }
    digest_add_string(d, c->built);
    digest_hex(d, c->id);
    return 0;
}
