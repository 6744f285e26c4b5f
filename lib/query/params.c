/* SPDX-License-Identifier: MIT */
/*
 * The parameters of every list as tables, and the one engine that reads arguments by them. A new filter is a row
 * here and a constant in query.h.
 */
#include "query/params.h"

#include "model/country.h"
#include "model/spelling.h"
#include "model/vocab.h"
#include "query/cursor.h"
#include "util/ascii.h"
#include "util/limits.h"
#include "util/num.h"
#include "util/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Words of a vocabulary that a fault lists whole. */
#define WORDS_SHOWN 16

struct parser;
struct param;

/* Reads one value (never empty, no comma in lists) into P's query; the fault's text, or NULL. */
typedef const char *(*read_fn)(struct parser *p, const struct param *spec, const char *value);

struct param {
    const char *name;
    read_fn read;
    bool list;                 /* values repeat and split at commas */
    enum filter filter;        /* with read_filter kinds */
    const struct vocab *vocab; /* of read_word */
    bool none;                 /* the literal "none" is a value */
};

struct parser {
    enum query_list list;
    struct arena *mem;
    struct query q;
    struct faults faults;
    const char *after, *before; /* texts, decoded when the filters are known */
    const char *suggestion;     /* of the value just refused */
    bool seen[32];              /* by parameter's place in its table */
    int error;
};

/* --- values --- */

static const char *add_value(struct parser *p, enum filter f, const char *value)
{
    struct filter_values *have = &p->q.filters[f];
    for (size_t i = 0; i < have->n; i++)
        if (strcmp(have->values[i], value) == 0)
            return NULL;
    if (have->n == LIMIT_VALUES)
        return "too many values";
    const char **values = arena_array(p->mem, have->n + 1, sizeof *values);
    if (!values) {
        p->error = -ENOMEM;
        return NULL;
    }
    size_t at = 0;
    while (at < have->n && strcmp(have->values[at], value) < 0) {
        values[at] = have->values[at];
        at++;
    }
    values[at] = value;
    for (size_t i = at; i < have->n; i++)
        values[i + 1] = have->values[i];
    *have = (struct filter_values){values, have->n + 1};
    return NULL;
}

/* What would have been right: every word where they are few. */
static const char *words_wanted(struct parser *p, const struct param *spec)
{
    const struct vocab *v = spec->vocab;
    if (v->n > WORDS_SHOWN)
        return arena_printf(p->mem, "not one of the words of %s", spec->name);
    const char *all = "";
    for (unsigned i = 0; i < v->n && all; i++)
        all = arena_printf(p->mem, "%s%s%s", all, i ? ", " : "", vocab_id(v, i));
    return all ? arena_printf(p->mem, "not one of %s", all) : NULL;
}

static const char *read_word(struct parser *p, const struct param *spec, const char *value)
{
    if (vocab_find(spec->vocab, value) < 0) {
        p->suggestion = vocab_nearest(spec->vocab, value);
        const char *detail = words_wanted(p, spec);
        p->error = detail ? p->error : -ENOMEM;
        return detail;
    }
    return add_value(p, spec->filter, value);
}

/* The syntax of ids (model): [a-z0-9][a-z0-9-]{0,127}. */
static const char *read_id(struct parser *p, const struct param *spec, const char *value)
{
    size_t n = strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789-");
    if (value[n] || n > LIMIT_ID_BYTES || value[0] == '-')
        return "not an id: lower-case letters, digits and hyphens";
    return add_value(p, spec->filter, value);
}

/* One word of a vocabulary whose first is what leaving the parameter out means. */
static const char *read_choice(struct parser *p, const struct param *spec, const char *value)
{
    int word = vocab_find(spec->vocab, value);
    return word == 0 ? NULL : read_word(p, spec, value);
}

static const char *read_country(struct parser *p, const struct param *spec, const char *value)
{
    char *code = arena_strdup(p->mem, value);
    for (char *c = code; c && *c; c++)
        *c = ascii_upper(*c);
    if (code && !country_name(code))
        return "not a country code of two letters (ISO 3166-1)";
    return add_value(p, spec->filter, code);
}

static const char *read_year(struct parser *p, const struct param *spec, const char *value)
{
    uint64_t year;
    if (strlen(value) != 4 || num_parse_u64(value, 4, NUM_LEADING_ZEROS, 1, 9999, &year) != 0)
        return "not a year of four digits";
    return add_value(p, spec->filter, value);
}

static const char *read_limit(struct parser *p, const struct param *spec, const char *value)
{
    (void)spec;
    uint64_t limit;
    if (num_parse_u64(value, strlen(value), NUM_PLAIN, 1, LIMIT_PAGE_MOST, &limit) != 0)
        return arena_printf(p->mem, "not a whole number from 1 to %d", LIMIT_PAGE_MOST);
    p->q.limit = (unsigned)limit;
    return NULL;
}

/* The orders a list has; the first is its default. */
static const char *const sorts[_QUERY_LIST_N] = {
    [QUERY_INCIDENTS] = "-date",
    [QUERY_DEALERS] = "name",
    [QUERY_ORGANIZATIONS] = "name",
    [QUERY_TIMELINE] = "-date",
};

static const char *read_sort(struct parser *p, const struct param *spec, const char *value)
{
    (void)spec;
    if (strcmp(value, sorts[p->list]) == 0)
        return NULL;
    p->suggestion = sorts[p->list];
    return "not an order of this list";
}

static const char *read_after(struct parser *p, const struct param *spec, const char *value)
{
    (void)spec;
    p->after = value;
    return NULL;
}

static const char *read_before(struct parser *p, const struct param *spec, const char *value)
{
    (void)spec;
    p->before = value;
    return NULL;
}

/* --- the tables --- */

static const struct word duplicates_words[] = {{"show", "shown", NULL}, {"hide", "hidden", NULL}};
const struct vocab query_duplicates = {.name = "duplicates", .words = duplicates_words, .n = 2};

#define PAGING                                                                                               \
    {.name = "sort", .read = read_sort}, {.name = "limit", .read = read_limit},                              \
        {.name = "after", .read = read_after},                                                               \
    {                                                                                                        \
        .name = "before", .read = read_before                                                                \
    }

static const struct param incident_params[] = {
    {"organization", read_id, true, FILTER_ORGANIZATION, NULL, false},
    {"party_kind", read_word, true, FILTER_PARTY_KIND, &vocab_org_kind, false},
    {"country", read_country, true, FILTER_COUNTRY, NULL, true},
    {"status", read_word, true, FILTER_STATUS, &vocab_status, false},
    {"exposure", read_word, true, FILTER_EXPOSURE, &vocab_exposure, false},
    {"year", read_year, true, FILTER_YEAR, NULL, true},
    {"dataset", read_id, true, FILTER_DATASET, NULL, false},
    {"actor", read_id, true, FILTER_ACTOR, NULL, false},
    {"data_class", read_word, true, FILTER_DATA_CLASS, &vocab_data_class, false},
    {"reach", read_choice, false, FILTER_REACH, &vocab_reach, false},
    {"duplicates", read_choice, false, FILTER_DUPLICATES, &query_duplicates, false},
    PAGING,
};

static const struct param org_params[] = {
    {"kind", read_word, true, FILTER_KIND, &vocab_org_kind, false},
    {"country", read_country, true, FILTER_COUNTRY, NULL, true},
    {"owner", read_id, true, FILTER_OWNER, NULL, false},
    PAGING,
};

static const struct param timeline_params[] = {
    {"kind", read_word, true, FILTER_KIND, &vocab_event_kind, false},
    {"organization", read_id, true, FILTER_ORGANIZATION, NULL, false},
    {"incident", read_id, true, FILTER_INCIDENT, NULL, false},
    {"reach", read_choice, false, FILTER_REACH, &vocab_reach, false},
    PAGING,
};

static const struct {
    const struct param *params;
    size_t n;
    size_t cursor_keys; /* as storage.h has them */
    const char *name;   /* sets the cursors of two lists apart */
} tables[_QUERY_LIST_N] = {
    [QUERY_INCIDENTS] = {incident_params, sizeof incident_params / sizeof *incident_params, 3, "incidents"},
    [QUERY_DEALERS] = {org_params, sizeof org_params / sizeof *org_params, 2, "dealers"},
    [QUERY_ORGANIZATIONS] = {org_params, sizeof org_params / sizeof *org_params, 2, "organizations"},
    [QUERY_STATISTICS] = {NULL, 0, 0, "statistics"},
    [QUERY_TIMELINE] = {timeline_params, sizeof timeline_params / sizeof *timeline_params, 4, "timeline"},
    [QUERY_PLAIN] = {NULL, 0, 0, ""},
};

static const char *const tracking[] = {"fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "ref"};

static bool is_tracking(const char *name)
{
    for (size_t i = 0; i < sizeof tracking / sizeof *tracking; i++)
        if (strcmp(name, tracking[i]) == 0)
            return true;
    return strncmp(name, "utm_", 4) == 0;
}

/* --- faults --- */

static const char *cut(struct parser *p, const char *text)
{
    size_t n = strlen(text);
    return arena_strndup(p->mem, text, utf8_prefix(text, n, LIMIT_FAULT_VALUE));
}

static void add_fault(struct parser *p, const char *name, const char *value, const char *detail,
                      const char *suggestion)
{
    struct fault *list = arena_array(p->mem, p->faults.n + 1, sizeof *list);
    const char *short_name = cut(p, name), *short_value = cut(p, value);
    if (!list || !short_name || !short_value || !detail) {
        p->error = -ENOMEM;
        return;
    }
    if (p->faults.n)
        memcpy(list, p->faults.list, p->faults.n * sizeof *list);
    list[p->faults.n] = (struct fault){short_name, short_value, detail, suggestion};
    p->faults = (struct faults){list, p->faults.n + 1};
}

/* Whether there is no use in reading on. */
static bool is_over(const struct parser *p)
{
    return p->error || p->faults.n == LIMIT_FAULTS;
}

static const char *nearest_name(enum query_list list, const char *name)
{
    const char *best = NULL;
    unsigned least = 0;
    for (size_t i = 0; i < tables[list].n; i++) {
        unsigned d = spelling_distance(name, tables[list].params[i].name);
        if (spelling_is_near(name, tables[list].params[i].name) && (!best || d < least)) {
            best = tables[list].params[i].name;
            least = d;
        }
    }
    return best;
}

/* --- the engine --- */

static void read_value(struct parser *p, const struct param *spec, const char *value)
{
    if (!*value)
        return;
    const char *fault;
    p->suggestion = NULL;
    if (strlen(value) > LIMIT_VALUE_BYTES && spec->list)
        fault = "too long";
    else if (spec->none && strcmp(value, QUERY_NONE) == 0)
        fault = add_value(p, spec->filter, value);
    else
        fault = spec->read(p, spec, value);
    if (fault)
        add_fault(p, spec->name, value, fault, p->suggestion);
}

static void read_list(struct parser *p, const struct param *spec, const char *text)
{
    for (const char *at = text;;) {
        size_t n = strcspn(at, ",");
        char *value = arena_strndup(p->mem, at, n);
        if (!value) {
            p->error = -ENOMEM;
            return;
        }
        read_value(p, spec, value);
        if (!at[n] || is_over(p))
            return;
        at += n + 1;
    }
}

static void read_argument(struct parser *p, const struct argument *arg)
{
    if (is_tracking(arg->name))
        return;
    for (size_t i = 0; i < tables[p->list].n; i++) {
        const struct param *spec = &tables[p->list].params[i];
        if (strcmp(spec->name, arg->name) != 0)
            continue;
        if (!*arg->value)
            return;
        if (spec->list)
            read_list(p, spec, arg->value);
        else if (p->seen[i])
            add_fault(p, arg->name, arg->value, "given more than once", NULL);
        else
            read_value(p, spec, arg->value);
        p->seen[i] = true;
        return;
    }
    add_fault(p, arg->name, arg->value, "unknown parameter", nearest_name(p->list, arg->name));
}

static int read_cursor(struct parser *p, const char *name, const char *text, const char *query,
                       const char *catalogue, struct cursor *ret)
{
    struct cursor c = {0};
    int r = text ? cursor_decode(text, query, catalogue, p->mem, &c, &p->q.catalogue_changed) : 0;
    if (r < 0)
        return r;
    if (r == CURSOR_E_QUERY)
        add_fault(p, name, text, "a cursor of another query: begin again without it", NULL);
    else if (r == CURSOR_E_BAD || (text && c.n != tables[p->list].cursor_keys))
        add_fault(p, name, text, "not a cursor of this service: take it from the page's next or prev link",
                  NULL);
    else
        *ret = c;
    return 0;
}

int query_identity(const struct query *q, struct strbuf *out)
{
    strbuf_adds(out, tables[q->list].name);
    strbuf_addc(out, '?');
    query_canonical(q, false, out);
    return out->failed ? -ENOMEM : 0;
}

/* Cursors are bound to the rest of the query, so they come last. */
static int read_cursors(struct parser *p, const char *catalogue)
{
    _cleanup_strbuf_ struct strbuf identity = STRBUF_INIT;
    int r = query_identity(&p->q, &identity);
    if (r == 0)
        r = read_cursor(p, "after", p->after, identity.data, catalogue, &p->q.after);
    if (r == 0)
        r = read_cursor(p, "before", p->before, identity.data, catalogue, &p->q.before);
    if (r == 0 && p->after && p->before)
        add_fault(p, "before", p->before, "not together with after", NULL);
    return r;
}

int query_parse(enum query_list list, const struct argument *args, size_t n, const char *catalogue,
                struct arena *mem, struct query *ret, struct faults *reterr)
{
    struct parser p = {.list = list, .mem = mem, .q = {.list = list, .limit = LIMIT_PAGE_DEFAULT}};
    for (size_t i = 0; i < n && !is_over(&p); i++)
        read_argument(&p, &args[i]);
    if (!p.q.filters[FILTER_ORGANIZATION].n)
        p.q.filters[FILTER_REACH].n = 0; /* the reach of nobody */
    if (!p.error && !p.faults.n && (p.after || p.before))
        p.error = read_cursors(&p, catalogue);
    if (p.error)
        return p.error;
    if (p.faults.n) {
        *reterr = p.faults;
        return QUERY_E_INVALID;
    }
    *ret = p.q;
    return 0;
}
