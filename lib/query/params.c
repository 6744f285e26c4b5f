/* SPDX-License-Identifier: MIT */
/* The engine that reads arguments by the tables of parameters, and what must hold between them. */
#include "query/params.h"

#include "model/spelling.h"
#include "query/cursor.h"
#include "query/params_parts.h"
#include "util/limits.h"
#include "util/utf8.h"

#include <errno.h>
#include <string.h>

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
    const struct param *spec;
    for (size_t i = 0; (spec = param_at(list, i)); i++) {
        unsigned d = spelling_distance(name, param_name(spec));
        if (spelling_is_near(name, param_name(spec)) && (!best || d < least)) {
            best = param_name(spec);
            least = d;
        }
    }
    return best;
}

/* --- arguments --- */

static void read_value(struct parser *p, const struct param *spec, const char *value)
{
    if (!*value)
        return;
    const char *fault;
    p->suggestion = NULL;
    if (strlen(value) > LIMIT_VALUE_BYTES && !(spec->flags & PARAM_LONG))
        fault = "too long";
    else if (spec->flags & PARAM_NONE && strcmp(value, QUERY_NONE) == 0)
        fault = add_value(p, spec->filter, value);
    else
        fault = spec->read(p, spec, value);
    if (fault)
        add_fault(p, param_name(spec), value, fault, p->suggestion);
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
    const struct param *spec;
    size_t place = 0;
    if (is_tracking(arg->name))
        return;
    while ((spec = param_at(p->q.list, place)) && strcmp(param_name(spec), arg->name) != 0)
        place++;
    if (!spec) {
        add_fault(p, arg->name, arg->value, "unknown parameter", nearest_name(p->q.list, arg->name));
        return;
    }
    if (!*arg->value)
        return;
    uint64_t bit = UINT64_C(1) << place;
    if (spec->flags & PARAM_LIST)
        read_list(p, spec, arg->value);
    else if (p->seen & bit)
        add_fault(p, arg->name, arg->value, "given more than once", NULL);
    else
        read_value(p, spec, arg->value);
    p->seen |= bit;
}

/* --- what must hold between them --- */

static void check_sizes(struct parser *p)
{
    const struct query *q = &p->q;
    if (q->affected_min.known && q->affected_max.known && q->affected_min.value > q->affected_max.value)
        add_fault(p, "affected_max", q->filters[FILTER_AFFECTED_MAX].values[0], "less than affected_min",
                  NULL);
}

static void check_sort(struct parser *p)
{
    if (!p->sorted)
        p->q.sort = sort_default(p->q.list, p->q.filters[FILTER_TEXT].n);
    else if (p->q.sort == SORT_RELEVANCE && !p->searched)
        add_fault(p, "sort", "relevance", "only with a text to search for", "q");
}

static void check_detail(struct parser *p)
{
    if (p->q.full && p->q.limit > LIMIT_FULL)
        add_fault(p, "limit", arena_printf(p->mem, "%u", p->q.limit),
                  arena_printf(p->mem, "more than %d, the most with detail=full", LIMIT_FULL), NULL);
}

/* A sector that begins with another of the list's adds nothing. */
static void settle_sectors(struct filter_values *f, struct arena *mem, int *reterr)
{
    const char **kept = arena_array(mem, f->n, sizeof *kept);
    size_t n = 0;
    if (!kept) {
        *reterr = -ENOMEM;
        return;
    }
    for (size_t i = 0; i < f->n; i++)
        if (!n || strncmp(f->values[i], kept[n - 1], strlen(kept[n - 1])) != 0)
            kept[n++] = f->values[i];
    *f = (struct filter_values){kept, n};
}

static void settle(struct parser *p)
{
    check_sort(p);
    check_sizes(p);
    check_detail(p);
    if (p->q.filters[FILTER_SECTOR].n)
        settle_sectors(&p->q.filters[FILTER_SECTOR], p->mem, &p->error);
    query_settle(&p->q);
}

/* --- cursors --- */

/* Keys that the cursors of a list have, by its order, as storage.h says; relevance may have been stood in for. */
static bool has_keys(const struct query *q, size_t n)
{
    switch (q->sort) {
    case SORT_NEWEST:
    case SORT_DATE:
        return n == (q->list == QUERY_TIMELINE ? 4 : 3);
    case SORT_RELEVANCE:
        return n == 2 || n == 3;
    default:
        return n == 2;
    }
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
    else if (r == CURSOR_E_BAD || (text && !has_keys(&p->q, c.n)))
        add_fault(p, name, text, "not a cursor of this service: take it from the page's next or prev link",
                  NULL);
    else
        *ret = c;
    return 0;
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
    struct parser p = {.mem = mem, .q = query_default(list)};
    for (size_t i = 0; i < n && !is_over(&p); i++)
        read_argument(&p, &args[i]);
    if (!is_over(&p))
        settle(&p);
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
