/* SPDX-License-Identifier: MIT */
/*
 * Organisations that were found become records: one for each that native input has none of, and for all the
 * spellings that led to them, each with its reason. Called by organizations.c last.
 */
#include "import/organizations.h"

#include "import/native.h"
#include "import/pack.h"
#include "import/records.h"
#include "util/limits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* One mention, filed under its organisation. */
struct filed {
    size_t root;
    const struct org_spot *spot;
};

/* The mentions of one organisation. */
struct cluster {
    struct org_joins *j;
    const struct filed *items;
    size_t n;
    size_t best;         /* the node whose id it takes, unless native */
    const char **values; /* room for one text of each mention */
};

/* What becomes of all of them. */
struct making {
    struct org_joins *j;
    struct org_record *made; /* kept apart while native ones are looked up by id */
    size_t n_made, room_made;
    const char **ids; /* by root: the id of the organisation */
};

static const struct incident_record *incident_of(const struct cluster *k, size_t i)
{
    return &k->j->c->incidents[k->items[i].spot->incident];
}

static struct tie *tie_of(const struct cluster *k, size_t i)
{
    return &incident_of(k, i)->ties[k->items[i].spot->index];
}

static const struct mention *mention_of(const struct cluster *k, size_t i)
{
    return tie_of(k, i)->mention;
}

/* --- what most say --- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The most frequent of the first N values, the first by bytes of several; NULL of none. */
static const char *most_frequent(const char **values, size_t n)
{
    const char *best = NULL;
    size_t most = 0;
    if (n > 1)
        qsort(values, n, sizeof *values, by_text);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && strcmp(values[i], values[end]) == 0;)
            end++;
        if (end - i > most) {
            most = end - i;
            best = values[i];
        }
    }
    return best;
}

static const char *common_name(const struct cluster *k)
{
    for (size_t i = 0; i < k->n; i++)
        k->values[i] = k->items[i].spot->name;
    return most_frequent(k->values, k->n);
}

static const char *common_country(const struct cluster *k)
{
    size_t n = 0;
    for (size_t i = 0; i < k->n; i++)
        if (*k->items[i].spot->key.country)
            k->values[n++] = k->items[i].spot->key.country;
    return most_frequent(k->values, n);
}

/* Where those that say it disagree, it has more places than one. *ret NULL then, and where none says it. */
static int agreed_region(const struct cluster *k, const char *country, const char **ret)
{
    const char *first = NULL;
    size_t n = 0;
    for (size_t i = 0; i < k->n; i++) {
        const char *region = mention_of(k, i)->region;
        if (!region || !country)
            continue;
        const char *folded = org_region_fold(country, region, k->j->mem);
        if (!folded)
            return -ENOMEM;
        if (first && strcmp(first, folded) != 0)
            return 0;
        first = folded;
        k->values[n++] = region;
    }
    const char *name = first ? org_region_name(country, first) : NULL;
    *ret = name ? name : most_frequent(k->values, n);
    return 0;
}

static const char *agreed_city(const struct cluster *k)
{
    const char *city = NULL;
    for (size_t i = 0; i < k->n; i++) {
        const char *one = mention_of(k, i)->city;
        if (one && city && strcmp(one, city) != 0)
            return NULL;
        city = one ? one : city;
    }
    return city;
}

static const char *common_website(const struct cluster *k)
{
    size_t n = 0;
    for (size_t i = 0; i < k->n; i++) {
        const char *website = mention_of(k, i)->website;
        const char *url = website ? org_site_url(website, k->j->c->mem) : NULL;
        if (url)
            k->values[n++] = url;
    }
    return most_frequent(k->values, n);
}

static enum org_kind kind_of(const struct cluster *k, size_t i, enum org_kind otherwise)
{
    return org_kind_of(mention_of(k, i)->sector, tie_of(k, i)->role, otherwise);
}

static enum org_kind most_specific_kind(const struct cluster *k)
{
    enum org_kind best = ORG_OTHER;
    for (size_t i = 0; i < k->n; i++) {
        enum org_kind kind = kind_of(k, i, tie_of(k, i)->kind);
        if (org_kind_rank(kind) < org_kind_rank(best))
            best = kind;
    }
    return best;
}

/* Of the sectors that make it the KIND it is, if there are any, else of all. */
static const char *common_sector(const struct cluster *k, enum org_kind kind)
{
    const char *best = NULL;
    for (unsigned any = 0; any <= 1 && !best; any++) {
        size_t n = 0;
        for (size_t i = 0; i < k->n; i++)
            if (org_is_sector(mention_of(k, i)->sector) && (any || kind_of(k, i, ORG_OTHER) == kind))
                k->values[n++] = mention_of(k, i)->sector;
        best = most_frequent(k->values, n);
    }
    return best;
}

/* --- spellings --- */

static const char *title_of(const struct catalogue *c, const char *dataset)
{
    for (size_t i = 0; i < c->n_datasets; i++)
        if (strcmp(c->datasets[i].id, dataset) == 0)
            return c->datasets[i].title;
    return dataset;
}

static const char *reason_of(const struct org_joins *j, const struct org_spot *s, bool plain)
{
    static const char *const reasons[_JOIN_N] = {
        [JOIN_RULED] = "joined as native input says",
        [JOIN_WEBSITE] = "joined by website",
        [JOIN_REGION] = "joined by name and country, which no other organisation here has",
        [JOIN_COUNTRY] = "joined by name, which no other organisation here has",
    };
    const char *reason = plain ? NULL : reasons[j->nodes[s->node].why];
    return reason            ? reason
           : *s->key.region  ? "joined by name, country and region"
           : *s->key.country ? "joined by name and country"
                             : "joined by name";
}

/* Whether the spot is of the organisation's own key: then only another spelling is worth telling. */
static bool is_plain(const struct cluster *k, const struct org_spot *s)
{
    const struct org_node *n = &k->j->nodes[s->node];
    bool native = k->j->nodes[k->items[0].root].native != NOBODY;
    return native ? n->why == JOIN_NAME : s->node == k->best;
}

/* A spelling and the mention that explains it best: one that is not plain, of the first dataset. */
struct spelling {
    const struct org_spot *spot;
    const char *dataset;
    bool plain;
};

static int by_spelling(const void *a, const void *b)
{
    const struct spelling *x = a, *y = b;
    int order = strcmp(x->spot->name, y->spot->name);
    if (order == 0)
        order = x->plain - y->plain;
    if (order == 0)
        order = strcmp(x->dataset, y->dataset);
    return order ? order : (x->spot > y->spot) - (x->spot < y->spot);
}

static bool has_name(const struct organization *x, const char *name)
{
    for (size_t i = 0; i < x->n_names; i++)
        if (strcmp(x->names[i].name, name) == 0)
            return true;
    return false;
}

static int add_name(const struct cluster *k, const struct spelling *s, struct organization *x)
{
    const char *note = arena_printf(k->j->c->mem, "%s writes it so; %s", title_of(k->j->c, s->dataset),
                                    reason_of(k->j, s->spot, s->plain));
    if (!note)
        return -ENOMEM;
    x->names[x->n_names++] = (struct org_name){.name = s->spot->name, .type = NAME_ALIAS, .note = note};
    return 0;
}

static int add_spellings(const struct cluster *k, const struct spelling *s, size_t n, struct organization *x)
{
    struct org_name *names = arena_array(k->j->c->mem, x->n_names + n, sizeof *names);
    if (!names)
        return -ENOMEM;
    if (x->n_names)
        memcpy(names, x->names, x->n_names * sizeof *names);
    x->names = names;
    int result = 0;
    for (size_t i = 0; i < n && result == 0; i++) {
        if (i && strcmp(s[i].spot->name, s[i - 1].spot->name) == 0)
            continue;
        bool own = strcmp(s[i].spot->name, x->row.name) == 0;
        if (!(own && s[i].plain) && !has_name(x, s[i].spot->name) && x->n_names < LIMIT_FACTS)
            result = add_name(k, &s[i], x);
    }
    return result;
}

static int tell_names(const struct cluster *k, struct organization *x)
{
    struct spelling *s = calloc(k->n, sizeof *s);
    size_t n = 0;
    if (!s)
        return -ENOMEM;
    for (size_t i = 0; i < k->n; i++) {
        const struct org_spot *spot = k->items[i].spot;
        s[n++] = (struct spelling){spot, incident_of(k, i)->dataset, is_plain(k, spot)};
    }
    qsort(s, n, sizeof *s, by_spelling);
    /* one of each is enough from here on */
    size_t kept = 1;
    for (size_t i = 1; i < n; i++)
        if (strcmp(s[i].spot->name, s[kept - 1].spot->name) != 0)
            s[kept++] = s[i];
    int result = add_spellings(k, s, kept, x);
    free(s);
    return result;
}

/* --- records --- */

/* One that says the country, and that alone, before others: what is added later rarely takes its place. */
static size_t best_node(const struct cluster *k)
{
    const struct org_node *nodes = k->j->nodes;
    size_t best = k->items[0].spot->node;
    for (size_t i = 1; i < k->n; i++) {
        size_t node = k->items[i].spot->node;
        const struct org_key *a = &nodes[node].key, *b = &nodes[best].key;
        int better = (*a->country != 0) - (*b->country != 0);
        if (better == 0)
            better = (*a->region == 0) - (*b->region == 0);
        if (better > 0 || (better == 0 && node < best))
            best = node;
    }
    return best;
}

/* The id of the best key; with digits where a native record of another organisation has it. */
static const char *own_id(const struct cluster *k)
{
    struct catalogue *c = k->j->c;
    const struct org_node *node = &k->j->nodes[k->best];
    return catalogue_find_org(c, node->id) == NOBODY ? node->id : org_key_id(&node->key, 24, c->mem);
}

/* A copy of S in MEM, texts and all. */
static int copy_source(const struct source *s, struct strbuf *packing, struct arena *mem, struct source *ret)
{
    strbuf_reset(packing);
    pack_object(packing, &native_source, s);
    const char *bytes = packing->failed ? NULL : arena_strndup(mem, packing->data, packing->size);
    struct packed p = {bytes, packing->size};
    return bytes ? unpack_object(&p, &native_source, mem, ret) : -ENOMEM;
}

/* The first source of record REC, which is the dataset's own entry. */
static int cite(const struct cluster *k, const struct incident_record *rec, struct org_record *ret)
{
    struct catalogue *c = k->j->c;
    struct incident x;
    arena_reset(c->record);
    int result = record_load(c, rec, c->record, &x);
    if (result != 0 || !x.n_sources)
        return result;
    ret->x.sources = arena_alloc(c->mem, sizeof *ret->x.sources);
    ret->x.n_sources = 1;
    return ret->x.sources ? copy_source(&x.sources[0], &c->packing, c->mem, ret->x.sources) : -ENOMEM;
}

/* The record of the mention that comes first by id, and the newest time of all. */
static int fill_provenance(const struct cluster *k, struct org_record *ret)
{
    size_t first = 0;
    int64_t newest = TIME_OPEN;
    for (size_t i = 0; i < k->n; i++) {
        int64_t modified = incident_of(k, i)->modified;
        if (k->items[i].spot->incident < k->items[first].spot->incident)
            first = i;
        newest = newest > modified ? newest : modified;
    }
    ret->x.row.modified = record_time(newest, k->j->c->mem);
    if (newest != TIME_OPEN && !ret->x.row.modified)
        return -ENOMEM;
    return cite(k, incident_of(k, first), ret);
}

static int fill_record(const struct cluster *k, struct org_record *ret)
{
    struct org_row *row = &ret->x.row;
    row->id = own_id(k);
    row->name = common_name(k);
    row->kind = most_specific_kind(k);
    row->country = common_country(k);
    row->sector = common_sector(k, row->kind);
    ret->x.website = common_website(k);
    int result = row->id ? agreed_region(k, row->country, &row->region) : -ENOMEM;
    row->city = agreed_city(k);
    if (result == 0)
        result = fill_provenance(k, ret);
    return result != 0 ? result : tell_names(k, &ret->x);
}

static int make_one(struct making *m, struct cluster *k)
{
    size_t native = m->j->nodes[k->items[0].root].native;
    k->best = best_node(k);
    if (native != NOBODY)
        return tell_names(k, &m->j->c->orgs[native].x);
    struct org_record rec = {.owner = NOBODY};
    int result = fill_record(k, &rec);
    if (result == 0 && grow(&m->made, m->n_made, &m->room_made, sizeof *m->made) != 0)
        result = -ENOMEM;
    if (result != 0)
        return result;
    m->made[m->n_made++] = rec;
    m->ids[k->items[0].root] = rec.x.row.id;
    return 0;
}

static void point_parties(const struct making *m, const struct cluster *k)
{
    for (size_t i = 0; i < k->n; i++)
        tie_of(k, i)->id = m->ids[k->items[0].root];
}

/* --- all of them --- */

static int by_root(const void *a, const void *b)
{
    const struct filed *x = a, *y = b;
    int order = (x->root > y->root) - (x->root < y->root);
    return order ? order : (x->spot > y->spot) - (x->spot < y->spot);
}

static size_t file_mentions(struct org_joins *j, struct filed *files)
{
    size_t n = 0;
    for (size_t i = 0; i < j->n_spots; i++)
        if (j->spots[i].incident != NOBODY)
            files[n++] = (struct filed){org_joins_root(j, j->spots[i].node), &j->spots[i]};
    if (n > 1)
        qsort(files, n, sizeof *files, by_root);
    return n;
}

static int make_all(struct making *m)
{
    struct org_joins *j = m->j;
    struct filed *files = arena_array(j->mem, j->n_spots, sizeof *files);
    const char **values = arena_array(j->mem, j->n_spots, sizeof *values);
    if (!files || !values)
        return -ENOMEM;
    for (size_t i = j->n_keys; i < j->n_nodes; i++)
        m->ids[org_joins_root(j, i)] = j->nodes[i].id;
    size_t n = file_mentions(j, files);
    int result = 0;
    for (size_t i = 0, end; i < n && result == 0; i = end) {
        for (end = i + 1; end < n && files[end].root == files[i].root;)
            end++;
        struct cluster k = {.j = j, .items = files + i, .n = end - i, .values = values};
        result = make_one(m, &k);
        if (result == 0)
            point_parties(m, &k);
    }
    return result;
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct org_record *)a)->x.row.id, ((const struct org_record *)b)->x.row.id);
}

/* Owners are known by index: they are found again in the new order. */
static int append_made(const struct making *m)
{
    struct catalogue *c = m->j->c;
    for (size_t i = 0; i < m->n_made; i++) {
        struct org_record *rec = catalogue_add_org(c);
        if (!rec)
            return -ENOMEM;
        *rec = m->made[i];
    }
    if (c->n_orgs > 1)
        qsort(c->orgs, c->n_orgs, sizeof *c->orgs, by_id);
    for (size_t i = 0; i < c->n_orgs; i++)
        if (c->orgs[i].owner != NOBODY)
            c->orgs[i].owner = catalogue_find_org(c, c->orgs[i].x.row.owner.id);
    return 0;
}

static int by_alias(const void *a, const void *b)
{
    return strcmp(((const struct org_alias *)a)->id, ((const struct org_alias *)b)->id);
}

/* Ids that keys would have on their own lead to the organisation that they belong to. */
static int add_aliases(const struct making *m)
{
    struct catalogue *c = m->j->c;
    for (size_t i = 0; i < m->j->n_keys; i++) {
        const char *id = m->j->nodes[i].id, *to = m->ids[org_joins_root(m->j, i)];
        if (!to || strcmp(id, to) == 0 || catalogue_find_org(c, id) != NOBODY)
            continue;
        if (grow(&c->org_aliases, c->n_org_aliases, &c->room_org_aliases, sizeof *c->org_aliases) != 0)
            return -ENOMEM;
        c->org_aliases[c->n_org_aliases++] = (struct org_alias){id, to};
    }
    if (c->n_org_aliases > 1)
        qsort(c->org_aliases, c->n_org_aliases, sizeof *c->org_aliases, by_alias);
    return 0;
}

int org_records_make(struct org_joins *j)
{
    struct making m = {.j = j, .ids = arena_array(j->mem, j->n_nodes, sizeof *m.ids)};
    int result = m.ids ? make_all(&m) : -ENOMEM;
    if (result == 0)
        result = append_made(&m);
    if (result == 0)
        result = add_aliases(&m);
    free(m.made);
    return result;
}
