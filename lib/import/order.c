/* SPDX-License-Identifier: MIT */
/*
 * The default orders of lists, which row ids follow, and the identity of the content: a digest that depends on
 * what the catalogue says and on nothing else. Called by import.c before records are written, and when they are.
 */
#include "import/resolve.h"
#include "query/fold.h"
#include "render/json.h"
#include "storage/schema.h"
#include "util/digest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

uint64_t order_key(const struct edtf *date)
{
    char bounds[2][11];
    uint64_t key = 0;
    schema_sort_key(date, bounds[0], bounds[1]);
    for (unsigned i = 0; i < 2; i++) {
        uint64_t number = 0;
        for (const char *p = bounds[i]; *p; p++)
            if (*p != '-')
                number = number * 10 + (uint64_t)(*p - '0');
        key = key << 32 | (number + (*bounds[i] != 0)); /* a bound that is all zeros comes after none */
    }
    return key;
}

static int newest_first(const void *a, const void *b)
{
    const struct incident_record *x = *(struct incident_record *const *)a,
                                 *y = *(struct incident_record *const *)b;
    if (x->when != y->when)
        return x->when > y->when ? -1 : 1;
    return (x > y) - (x < y); /* they are in order of their ids */
}

static int order_incidents(struct catalogue *c)
{
    struct incident_record **places = calloc(c->n_incidents + 1, sizeof(struct incident_record *));
    if (!places)
        return -ENOMEM;
    for (size_t i = 0; i < c->n_incidents; i++)
        places[i] = &c->incidents[i];
    qsort(places, c->n_incidents, sizeof(struct incident_record *), newest_first);
    for (size_t i = 0; i < c->n_incidents; i++)
        places[i]->row = (uint32_t)(i + 1);
    free(places);
    return 0;
}

/* One organisation with its sort key. */
struct sorted {
    const char *text, *id;
    size_t index;
};

static int by_text(const void *a, const void *b)
{
    const struct sorted *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order ? order : strcmp(x->id, y->id);
}

static int fill_names(struct catalogue *c, struct sorted *places)
{
    for (size_t i = 0; i < c->n_orgs; i++) {
        struct org_record *o = &c->orgs[i];
        o->folded = fold_text(o->x.row.name, c->mem);
        if (!o->folded)
            return -ENOMEM;
        places[i] = (struct sorted){.text = o->folded, .id = o->x.row.id, .index = i};
    }
    return 0;
}

static int order_orgs(struct catalogue *c)
{
    struct sorted *places = calloc(c->n_orgs + 1, sizeof *places);
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

static int add_datasets(const struct catalogue *c, struct digest *d)
{
    _cleanup_strbuf_ struct strbuf line = STRBUF_INIT;
    int result = json_datasets(c->datasets, c->n_datasets, "", NULL, &line);
    if (result != 0 || line.failed)
        return result != 0 ? result : -ENOMEM;
    digest_add_string(d, line.data ? line.data : "");
    return 0;
}

static void add_time(struct digest *d, int64_t time)
{
    char text[CLOCK_TEXT_SIZE];
    if (time != TIME_OPEN)
        clock_format(time, text);
    digest_add_string(d, time == TIME_OPEN ? NULL : text);
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
        digest_add_string(d, c->incidents[i].digest);
        add_time(d, c->incidents[i].added);
        add_time(d, c->incidents[i].modified);
        add_time(d, c->incidents[i].withdrawn);
    }
    digest_add_string(d, c->built);
    digest_hex(d, c->id);
    return 0;
}
