/* SPDX-License-Identifier: MIT */
/*
 * The same incident in several datasets. Pairs that have something rare in common are scored by what agrees; sure ones get a
 * relation `duplicate_of`, marked derived, from the record of the dataset that says less to the one that says more, with the
 * features that decided in its note. Nothing is merged, nothing is lost. Records keep short traces for it when they are
 * read (records.c); import.c asks for the search when they are settled.
 */
#include "import/duplicates.h"

#include "import/records.h"
#include "import/resolve.h"
#include "query/fold.h"
#include "util/limits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Days by which two records of one incident may date it apart. */
#define SLACK_DAYS 31

/* What agrees, what it counts, and from which sum a pair is sure. Without overlapping dates only a citation is. */
enum feature { CITES, ADDRESS, ORGANIZATION, FIGURE, BRAND, DATES, _FEATURE_N };
#define SURE   6
#define HAS(f) (1u << (f))
static const struct {
    unsigned weight;
    const char *words;
} features[_FEATURE_N] = {
    [CITES] = {4, "one cites the other's entry"},
    [ADDRESS] = {3, "a source in common"},
    [ORGANIZATION] = {3, "the same organisation"},
    [FIGURE] = {2, "the same figure"},
    [BRAND] = {1, "an organisation named as the other's brand, in the same country"},
    [DATES] = {1, "dates that overlap"},
};

/* What a trace is of; it is the lowest two bits of it, a hash is the others. An entry that is cited and the record that
 * is it have one hash. */
enum trace { TRACE_ADDRESS, TRACE_ENTRY, TRACE_RECORD, TRACE_FIGURE };
#define KIND_BITS 2
#define KIND(t)   ((enum trace)((t)&3u))
#define HASH(t)   ((t) >> KIND_BITS)

/* Keys are compared in shares of this size, each by itself, since all at once take more room than all else that is held. */
#define KEYS_AT_ONCE ((size_t)1 << 20)

/* Something rare that an incident has; equal ones make a candidate. */
struct key {
    uint64_t hash;
    uint32_t incident;
};

struct search {
    struct catalogue *c;
    struct arena *mem; /* for one pair */
    struct key *keys;  /* those whose hash is of the share that is looked at */
    uint64_t shares, share;
    struct candidate *pairs;
    size_t n_keys, room_keys, n_pairs, room_pairs;
    int error;
};

/* A pair that is sure: the record that says less, the one that says more. */
struct candidate {
    struct duplicate pair;
    unsigned score;
};

/* --- traces --- */

/* FNV-1a. FOLD: ASCII case is ignored. */
static uint64_t hash_of(char kind, const char *s, size_t n, bool fold)
{
    uint64_t h = 14695981039346656037u ^ (unsigned char)kind;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        h = (h ^ (fold && c >= 'A' && c <= 'Z' ? c + 32u : c)) * 1099511628211u;
    }
    return h;
}

static void add_trace(struct incident_record *rec, enum trace kind, uint64_t hash)
{
    rec->traces[rec->n_traces++] = hash << KIND_BITS | kind;
}

/* An address without what does not change the page: scheme, www., fragment, a slash at the end. */
static const char *address_of(const char *url, size_t *ret_n)
{
    const char *p = strstr(url, "//");
    p = p ? p + 2 : url;
    if (strncmp(p, "www.", 4) == 0)
        p += 4;
    size_t n = strcspn(p, "#");
    while (n && p[n - 1] == '/')
        n--;
    *ret_n = n;
    return p;
}

/* The last segment of an address without its ending: where datasets' own entries have their id. */
static const char *entry_of(const char *address, size_t n, size_t *ret_n)
{
    const char *end = address + n, *at = end;
    while (at > address && at[-1] != '/')
        at--;
    size_t length = (size_t)(end - at);
    const char *dot = memchr(at, '.', length);
    *ret_n = dot ? (size_t)(dot - at) : length;
    return at;
}

/* An address that says where, not only who: more than a host. */
static bool is_specific(const char *address, size_t n)
{
    const char *slash = memchr(address, '/', n);
    return slash && (size_t)(slash - address) + 1 < n;
}

static void keep_address(const char *url, struct incident_record *rec)
{
    size_t n, n_entry;
    const char *p = address_of(url, &n);
    if (is_specific(p, n))
        add_trace(rec, TRACE_ADDRESS, hash_of('u', p, n, false));
    const char *entry = entry_of(p, n, &n_entry);
    if (n_entry >= LIMIT_ENTRY_LEAST)
        add_trace(rec, TRACE_ENTRY, hash_of('r', entry, n_entry, true));
}

static bool counts(const struct figure *f)
{
    return (f->scope == SCOPE_AFFECTED || f->scope == SCOPE_ALTERNATIVE) && f->amount.value.known &&
           f->amount.qualifier != QUALIFIER_PLACEHOLDER && f->amount.value.value >= LIMIT_TELLING_FIGURE;
}

int duplicates_keep(struct catalogue *c, const struct incident *x, struct incident_record *rec)
{
    size_t most = 2 * x->n_sources + x->n_figures + 1;
    rec->traces = arena_array(c->record, most, sizeof *rec->traces);
    if (!rec->traces)
        return -ENOMEM;
    for (size_t i = 0; i < x->n_sources; i++)
        if (x->sources[i].url)
            keep_address(x->sources[i].url, rec);
    const char *record = x->row.dataset_record;
    if (record && strlen(record) >= LIMIT_ENTRY_LEAST)
        add_trace(rec, TRACE_RECORD, hash_of('r', record, strlen(record), true));
    for (size_t i = 0; i < x->n_figures; i++)
        if (counts(&x->figures[i]))
            add_trace(rec, TRACE_FIGURE, (uint64_t)x->figures[i].amount.value.value);
    /* now it is known how many there are */
    const uint64_t *all = rec->traces;
    rec->traces = rec->n_traces ? arena_array(c->mem, rec->n_traces, sizeof *all) : NULL;
    if (rec->n_traces && !rec->traces)
        return -ENOMEM;
    if (rec->n_traces)
        memcpy(rec->traces, all, rec->n_traces * sizeof *all);
    return 0;
}

/* --- keys --- */

static void add_key(struct search *s, size_t incident, uint64_t hash)
{
    if (hash % s->shares != s->share)
        return;
    if (s->error || grow(&s->keys, s->n_keys, &s->room_keys, sizeof *s->keys) != 0) {
        s->error = -ENOMEM;
        return;
    }
    s->keys[s->n_keys++] = (struct key){hash, (uint32_t)incident};
}

static void add_keys(struct search *s, size_t i)
{
    const struct incident_record *rec = &s->c->incidents[i];
    for (size_t k = 0; k < rec->n_ties; k++)
        if (rec->ties[k].list == LIST_PARTIES && rec->ties[k].id)
            add_key(s, i, HASH(hash_of('o', rec->ties[k].id, strlen(rec->ties[k].id), false)));
    for (size_t k = 0; k < rec->n_traces; k++)
        if (KIND(rec->traces[k]) != TRACE_FIGURE)
            add_key(s, i, HASH(rec->traces[k]));
}

/* --- features --- */

/* Whether A has a trace of KIND that B has as one of OTHER. */
static bool share(const struct incident_record *a, enum trace kind, const struct incident_record *b,
                  enum trace other)
{
    for (size_t i = 0; i < a->n_traces; i++)
        for (size_t k = 0; k < b->n_traces && KIND(a->traces[i]) == kind; k++)
            if (KIND(b->traces[k]) == other && HASH(a->traces[i]) == HASH(b->traces[k]))
                return true;
    return false;
}

/* One that was hit, not one that only spoke. */
static bool is_hit(const struct tie *t)
{
    return t->list == LIST_PARTIES && t->id && t->role != ROLE_FILER && t->certainty != CERTAINTY_DENIED;
}

static bool share_organization(const struct incident_record *a, const struct incident_record *b)
{
    for (size_t i = 0; i < a->n_ties; i++)
        for (size_t k = 0; k < b->n_ties; k++)
            if (is_hit(&a->ties[i]) && is_hit(&b->ties[k]) && strcmp(a->ties[i].id, b->ties[k].id) == 0)
                return true;
    return false;
}

/* The organisation of the first party that stays, or NULL. */
static const struct org_record *headline(const struct catalogue *c, const struct incident_record *rec)
{
    unsigned first = 0;
    for (size_t i = 0; i < rec->n_ties; i++) {
        const struct tie *t = &rec->ties[i];
        if (t->list != LIST_PARTIES || t->index != first)
            return NULL;
        if (!t->nobody) {
            size_t at = t->id ? catalogue_find_org(c, t->id) : NOBODY;
            return at == NOBODY ? NULL : &c->orgs[at];
        }
        first++;
    }
    return NULL;
}

static bool is_brand(struct search *s, const struct org_record *name, const struct org_record *of)
{
    bool is = false;
    for (size_t i = 0; i < of->x.row.n_brands && !is; i++) {
        const char *brand = fold_text(of->x.row.brands[i], s->mem),
                   *own = fold_text(name->x.row.name, s->mem);
        is = brand && own && strcmp(brand, own) == 0;
    }
    s->error = arena_failed(s->mem) ? -ENOMEM : s->error;
    arena_reset(s->mem);
    return is;
}

static bool share_brand(struct search *s, const struct incident_record *a, const struct incident_record *b)
{
    const struct org_record *x = headline(s->c, a), *y = headline(s->c, b);
    return x && y && x->x.row.country && y->x.row.country &&
           strcmp(x->x.row.country, y->x.row.country) == 0 && (is_brand(s, x, y) || is_brand(s, y, x));
}

static bool overlap(const struct incident_record *a, const struct incident_record *b)
{
    return a->has_days && b->has_days && a->first_day - SLACK_DAYS <= b->last_day &&
           b->first_day - SLACK_DAYS <= a->last_day;
}

static unsigned weigh(unsigned has)
{
    unsigned sum = 0;
    for (unsigned i = 0; i < _FEATURE_N; i++)
        sum += has & HAS(i) ? features[i].weight : 0;
    return has & (HAS(DATES) | HAS(CITES)) ? sum : 0;
}

/* What is costly to find out is asked only where it could decide. */
static unsigned compare(struct search *s, const struct incident_record *a, const struct incident_record *b)
{
    unsigned has = 0;
    has |= share(a, TRACE_ENTRY, b, TRACE_RECORD) || share(b, TRACE_ENTRY, a, TRACE_RECORD) ? HAS(CITES) : 0;
    has |= share(a, TRACE_ADDRESS, b, TRACE_ADDRESS) ? HAS(ADDRESS) : 0;
    has |= share_organization(a, b) ? HAS(ORGANIZATION) : 0;
    has |= share(a, TRACE_FIGURE, b, TRACE_FIGURE) ? HAS(FIGURE) : 0;
    has |= overlap(a, b) ? HAS(DATES) : 0;
    if (weigh(has | HAS(BRAND)) >= SURE && share_brand(s, a, b))
        has |= HAS(BRAND);
    return has;
}

/* --- pairs --- */

/* How much a dataset tells of an incident: hand-written ones most. */
static unsigned rank_of(const char *dataset)
{
    static const char *const less[] = {"hibp", "vcdb", "hhs"};
    for (unsigned i = 0; i < sizeof less / sizeof *less; i++)
        if (strcmp(dataset, less[i]) == 0)
            return i;
    return sizeof less / sizeof *less;
}

static bool may_be_one(const struct incident_record *rec)
{
    return record_is_listed(rec) && !record_is_duplicate(rec);
}

static void try_pair(struct search *s, uint32_t a, uint32_t b)
{
    const struct incident_record *x = &s->c->incidents[a], *y = &s->c->incidents[b];
    if (!x->dataset || !y->dataset || x->dataset == y->dataset || !may_be_one(x) || !may_be_one(y))
        return;
    unsigned rank_a = rank_of(x->dataset), rank_b = rank_of(y->dataset);
    if (rank_a == rank_b)
        return; /* two hand-written ones: their authors say so themselves */
    unsigned has = compare(s, x, y);
    if (weigh(has) < SURE)
        return;
    if (grow(&s->pairs, s->n_pairs, &s->room_pairs, sizeof *s->pairs) != 0)
        s->error = -ENOMEM;
    else
        s->pairs[s->n_pairs++] =
            (struct candidate){{rank_a < rank_b ? a : b, rank_a < rank_b ? b : a, has}, weigh(has)};
}

static int by_hash(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->incident > y->incident) - (x->incident < y->incident);
}

/* Candidates share a key that few have: what many share tells nothing. */
static void find_pairs(struct search *s)
{
    for (size_t from = 0, to; from < s->n_keys && !s->error; from = to) {
        to = from + 1;
        while (to < s->n_keys && s->keys[to].hash == s->keys[from].hash)
            to++;
        if (to - from > LIMIT_COMMON_KEY)
            continue;
        for (size_t i = from; i < to; i++)
            for (size_t k = i + 1; k < to; k++)
                if (s->keys[i].incident != s->keys[k].incident)
                    try_pair(s, s->keys[i].incident, s->keys[k].incident);
    }
}

/* Best first for each record; of equals the one that says more, then by id. */
static int by_record(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->pair.from != y->pair.from)
        return x->pair.from < y->pair.from ? -1 : 1;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->pair.to > y->pair.to) - (x->pair.to < y->pair.to);
}

const char *duplicates_note(unsigned has, struct arena *mem)
{
    const char *text = "Found by comparing the records: ";
    bool first = true;
    for (size_t i = 0; i < _FEATURE_N && text; i++)
        if (has & HAS(i)) {
            text = arena_printf(mem, "%s%s%s", text, first ? "" : "; ", features[i].words);
            first = false;
        }
    return text;
}

/* The best pair of each record. */
static int keep_pairs(struct search *s)
{
    struct catalogue *c = s->c;
    c->found = calloc(s->n_pairs + 1, sizeof *c->found);
    if (!c->found)
        return -ENOMEM;
    for (size_t i = 0; i < s->n_pairs; i++) {
        const struct duplicate *pair = &s->pairs[i].pair;
        if (c->incidents[pair->from].found)
            continue;
        c->found[c->n_found++] = *pair;
        c->incidents[pair->from].found = (uint32_t)c->n_found;
    }
    return 0;
}

/* How many shares keep the keys of one to about KEYS_AT_ONCE. */
static uint64_t shares_of(const struct catalogue *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_incidents; i++)
        n += (size_t)c->incidents[i].n_ties + c->incidents[i].n_traces;
    return n / KEYS_AT_ONCE + 1;
}

static void look_at_share(struct search *s, uint64_t share)
{
    s->share = share;
    s->n_keys = 0;
    for (size_t i = 0; i < s->c->n_incidents; i++)
        add_keys(s, i);
    if (s->n_keys)
        qsort(s->keys, s->n_keys, sizeof *s->keys, by_hash);
    find_pairs(s);
}

int resolve_duplicates(struct catalogue *c)
{
    struct search s = {.c = c, .mem = c->record, .shares = shares_of(c)};
    arena_reset(s.mem);
    for (uint64_t i = 0; i < s.shares && !s.error; i++)
        look_at_share(&s, i);
    if (s.n_pairs)
        qsort(s.pairs, s.n_pairs, sizeof *s.pairs, by_record);
    int result = s.error;
    if (result == 0)
        result = keep_pairs(&s);
    free(s.keys);
    free(s.pairs);
    return result;
}
