/* SPDX-License-Identifier: MIT */
/*
 * The same incident in several datasets. Pairs that have something rare in common are scored by what agrees; sure ones get a
 * relation `duplicate_of`, marked derived, from the record of the dataset that says less to the one that says more, with the
 * features that decided in its note. Nothing is merged, nothing is lost. Called by import.c when the records are settled.
 */
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
#define SURE 6
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

/* Something rare that an incident has; equal ones make a candidate. */
struct key {
    uint64_t hash;
    size_t incident;
};

struct pair {
    size_t from, to; /* the record that says less, the one that says more */
    unsigned score;
    bool has[_FEATURE_N];
};

struct search {
    struct catalogue *c;
    struct key *keys;
    struct pair *pairs;
    size_t n_keys, room_keys, n_pairs, room_pairs;
    int error;
};

/* --- keys --- */

/* FNV-1a, ASCII case ignored; a collision makes a candidate that scores nothing. */
static uint64_t hash_of(char kind, const char *s, size_t n)
{
    uint64_t h = 14695981039346656037u ^ (unsigned char)kind;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        h = (h ^ (c >= 'A' && c <= 'Z' ? c + 32u : c)) * 1099511628211u;
    }
    return h;
}

static void add_key(struct search *s, size_t incident, char kind, const char *text, size_t n)
{
    if (s->error || grow(&s->keys, s->n_keys, &s->room_keys, sizeof *s->keys) != 0) {
        s->error = -ENOMEM;
        return;
    }
    s->keys[s->n_keys++] = (struct key){hash_of(kind, text, n), incident};
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
static const char *entry_of(const char *url, size_t *ret_n)
{
    size_t n;
    const char *p = address_of(url, &n), *end = p + n;
    const char *at = end;
    while (at > p && at[-1] != '/')
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

static void add_keys(struct search *s, size_t i)
{
    const struct incident *x = &s->c->incidents[i].x;
    size_t n;
    for (size_t k = 0; k < x->n_parties; k++)
        if (x->parties[k].organization.id)
            add_key(s, i, 'o', x->parties[k].organization.id, strlen(x->parties[k].organization.id));
    for (size_t k = 0; k < x->n_sources; k++) {
        const char *url = x->sources[k].url;
        const char *p = url ? address_of(url, &n) : NULL;
        if (p && is_specific(p, n))
            add_key(s, i, 'u', p, n);
        if (p && (p = entry_of(url, &n)) && n >= LIMIT_ENTRY_LEAST)
            add_key(s, i, 'r', p, n);
    }
    if (x->row.dataset_record && strlen(x->row.dataset_record) >= LIMIT_ENTRY_LEAST)
        add_key(s, i, 'r', x->row.dataset_record, strlen(x->row.dataset_record));
}

/* --- features --- */

static bool is_about(const struct incident *x, const char *url)
{
    size_t n;
    const char *entry = url ? entry_of(url, &n) : NULL;
    const char *record = x->row.dataset_record;
    return entry && record && n >= LIMIT_ENTRY_LEAST && strlen(record) == n &&
           strncasecmp(entry, record, n) == 0;
}

static bool cites(const struct incident *a, const struct incident *b)
{
    for (size_t i = 0; i < a->n_sources; i++)
        if (is_about(b, a->sources[i].url))
            return true;
    return false;
}

static bool same_address(const char *a, const char *b)
{
    size_t na, nb;
    if (!a || !b)
        return false;
    a = address_of(a, &na);
    b = address_of(b, &nb);
    return na == nb && is_specific(a, na) && memcmp(a, b, na) == 0;
}

static bool share_address(const struct incident *a, const struct incident *b)
{
    for (size_t i = 0; i < a->n_sources; i++)
        for (size_t k = 0; k < b->n_sources; k++)
            if (same_address(a->sources[i].url, b->sources[k].url))
                return true;
    return false;
}

/* One that was hit, not one that only spoke. */
static bool is_hit(const struct party *p)
{
    return p->organization.id && p->role != ROLE_FILER && p->e.certainty != CERTAINTY_DENIED;
}

static bool share_organization(const struct incident *a, const struct incident *b)
{
    for (size_t i = 0; i < a->n_parties; i++)
        for (size_t k = 0; k < b->n_parties; k++)
            if (is_hit(&a->parties[i]) && is_hit(&b->parties[k]) &&
                strcmp(a->parties[i].organization.id, b->parties[k].organization.id) == 0)
                return true;
    return false;
}

static bool counts(const struct figure *f)
{
    return (f->scope == SCOPE_AFFECTED || f->scope == SCOPE_ALTERNATIVE) && f->amount.value.known &&
           f->amount.qualifier != QUALIFIER_PLACEHOLDER && f->amount.value.value >= LIMIT_TELLING_FIGURE;
}

static bool share_figure(const struct incident *a, const struct incident *b)
{
    for (size_t i = 0; i < a->n_figures; i++)
        for (size_t k = 0; k < b->n_figures; k++)
            if (counts(&a->figures[i]) && counts(&b->figures[k]) &&
                a->figures[i].amount.value.value == b->figures[k].amount.value.value)
                return true;
    return false;
}

static const struct org_record *headline(const struct catalogue *c, const struct incident *x)
{
    const char *id = x->n_parties ? x->parties[0].organization.id : NULL;
    size_t at = id ? catalogue_find_org(c, id) : NOBODY;
    return at == NOBODY ? NULL : &c->orgs[at];
}

static bool is_brand(const struct catalogue *c, const struct org_record *name, const struct org_record *of)
{
    for (size_t i = 0; i < of->x.row.n_brands; i++) {
        const char *brand = fold_text(of->x.row.brands[i], c->mem),
                   *own = fold_text(name->x.row.name, c->mem);
        if (brand && own && strcmp(brand, own) == 0)
            return true;
    }
    return false;
}

static bool share_brand(const struct catalogue *c, const struct incident *a, const struct incident *b)
{
    const struct org_record *x = headline(c, a), *y = headline(c, b);
    return x && y && x->x.row.country && y->x.row.country &&
           strcmp(x->x.row.country, y->x.row.country) == 0 && (is_brand(c, x, y) || is_brand(c, y, x));
}

/* The first and last day that an incident's dates allow; false when it has none. */
static bool span_of(const struct incident *x, int32_t *ret_first, int32_t *ret_last)
{
    bool any = false;
    for (size_t i = 0; i < x->n_dates; i++) {
        int32_t first, last;
        if (!edtf_day(x->dates[i].date.earliest, &first) || !edtf_day(x->dates[i].date.latest, &last))
            continue;
        *ret_first = any && *ret_first < first ? *ret_first : first;
        *ret_last = any && *ret_last > last ? *ret_last : last;
        any = true;
    }
    return any;
}

static bool overlap(const struct incident *a, const struct incident *b)
{
    int32_t a_first = 0, a_last = 0, b_first = 0, b_last = 0;
    return span_of(a, &a_first, &a_last) && span_of(b, &b_first, &b_last) && a_first - SLACK_DAYS <= b_last &&
           b_first - SLACK_DAYS <= a_last;
}

static void score(const struct catalogue *c, struct pair *p)
{
    const struct incident *a = &c->incidents[p->from].x, *b = &c->incidents[p->to].x;
    p->has[CITES] = cites(a, b) || cites(b, a);
    p->has[ADDRESS] = share_address(a, b);
    p->has[ORGANIZATION] = share_organization(a, b);
    p->has[FIGURE] = share_figure(a, b);
    p->has[BRAND] = share_brand(c, a, b);
    p->has[DATES] = overlap(a, b);
    p->score = 0;
    for (size_t i = 0; i < _FEATURE_N; i++)
        p->score += p->has[i] ? features[i].weight : 0;
    if (!p->has[DATES] && !p->has[CITES])
        p->score = 0;
}

/* --- pairs --- */

/* How much a dataset's records usually say: hand-written ones most. */
static unsigned rank_of(const char *dataset)
{
    static const char *const less[] = {"hibp", "vcdb", "hhs"};
    for (unsigned i = 0; i < sizeof less / sizeof *less; i++)
        if (strcmp(dataset, less[i]) == 0)
            return i;
    return sizeof less / sizeof *less;
}

static bool says_duplicate(const struct incident *x)
{
    for (size_t i = 0; i < x->n_related; i++)
        if (x->related[i].relation == RELATION_DUPLICATE_OF ||
            x->related[i].relation == RELATION_HAS_DUPLICATE)
            return true;
    return !incident_is_listed(&x->row);
}

static void try_pair(struct search *s, size_t a, size_t b)
{
    const struct incident *x = &s->c->incidents[a].x, *y = &s->c->incidents[b].x;
    if (!x->row.dataset || !y->row.dataset || strcmp(x->row.dataset, y->row.dataset) == 0 ||
        says_duplicate(x) || says_duplicate(y))
        return;
    unsigned rank_a = rank_of(x->row.dataset), rank_b = rank_of(y->row.dataset);
    if (rank_a == rank_b)
        return; /* two hand-written ones: their authors say so themselves */
    struct pair p = {.from = rank_a < rank_b ? a : b, .to = rank_a < rank_b ? b : a};
    score(s->c, &p);
    if (p.score < SURE)
        return;
    if (grow(&s->pairs, s->n_pairs, &s->room_pairs, sizeof *s->pairs) != 0)
        s->error = -ENOMEM;
    else
        s->pairs[s->n_pairs++] = p;
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
    const struct pair *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

static const char *reason_of(struct catalogue *c, const struct pair *p)
{
    const char *text = "Found by comparing the records: ";
    bool first = true;
    for (size_t i = 0; i < _FEATURE_N && text; i++)
        if (p->has[i]) {
            text = arena_printf(c->mem, "%s%s%s", text, first ? "" : "; ", features[i].words);
            first = false;
        }
    return text;
}

static int relate(struct catalogue *c, const struct pair *p)
{
    struct incident *x = &c->incidents[p->from].x;
    const struct incident_row *to = &c->incidents[p->to].x.row;
    struct related *more = arena_array(c->mem, x->n_related + 1, sizeof *more);
    const char *note = reason_of(c, p);
    if (!more || !note)
        return -ENOMEM;
    if (x->n_related)
        memcpy(more, x->related, x->n_related * sizeof *more);
    more[x->n_related] = (struct related){
        .incident = {.id = to->id, .title = to->title, .status = to->status},
        .relation = RELATION_DUPLICATE_OF,
        .derived = true,
        .e = {.certainty = CERTAINTY_SUSPECTED, .note = note},
    };
    x->related = more;
    x->n_related++;
    return 0;
}

int resolve_duplicates(struct catalogue *c)
{
    struct search s = {.c = c};
    for (size_t i = 0; i < c->n_incidents; i++)
        add_keys(&s, i);
    if (s.n_keys)
        qsort(s.keys, s.n_keys, sizeof *s.keys, by_hash);
    find_pairs(&s);
    if (s.n_pairs)
        qsort(s.pairs, s.n_pairs, sizeof *s.pairs, by_record);
    int result = s.error;
    for (size_t i = 0; i < s.n_pairs && result == 0; i++)
        if (i == 0 || s.pairs[i].from != s.pairs[i - 1].from)
            result = relate(c, &s.pairs[i]);
    free(s.keys);
    free(s.pairs);
    return result;
}
