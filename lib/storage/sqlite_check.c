/* SPDX-License-Identifier: MIT */
/*
 * The look at a file just written, and the full check: SQLite's own integrity and foreign keys, the rules of sqlite_check_rules.c, and every
 * incident derived anew from its facts and compared with what the file says.
 */
#include "storage/sqlite_check.h"

#include "model/derive.h"
#include "storage/sqlite_reader.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK_MILLIS 3600000 /* no question of a check takes an hour */

int check_fault(struct verdict *v, const char *format, ...)
{
    char *line;
    va_list args;
    va_start(args, format);
    int n = vasprintf(&line, format, args);
    va_end(args);
    if (n < 0)
        return -ENOMEM;
    v->faults++;
    v->say(v->ctx, line);
    free(line);
    return 0;
}

/* Lines of a query are faults; HEALTHY (or NULL) is the one line that is not. */
static int check_lines(struct storage_reader *rd, const char *sql, const char *healthy, const char *says,
                       struct verdict *v)
{
    const char *const *lines;
    size_t n;
    int outcome = reader_texts(rd, sql, v->mem, &lines, &n);
    for (size_t i = 0; outcome == 0 && i < n; i++) {
        if (!healthy || strcmp(lines[i], healthy) != 0)
            outcome = check_fault(v, "%s %s", lines[i], says);
    }
    return outcome;
}

static int check_references(struct storage_reader *rd, struct verdict *v)
{
    return check_lines(rd, "PRAGMA foreign_key_check", NULL, "refers to a row that is not there", v);
}

static int check_structure(struct storage_reader *rd, struct verdict *v)
{
    int outcome = check_lines(rd, "PRAGMA integrity_check(100)", "ok", "(integrity)", v);
    return outcome == 0 ? check_references(rd, v) : outcome;
}

static int check_all_rules(struct storage_reader *rd, struct verdict *v)
{
    int outcome = 0;
    for (size_t i = 0; i < check_rules_n && outcome == 0; i++)
        outcome = check_lines(rd, check_rules[i].sql, NULL, check_rules[i].says, v);
    return outcome;
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_count(struct count a, struct count b)
{
    return a.known == b.known && (!a.known || a.value == b.value);
}

static bool same_delay(struct delay a, struct delay b)
{
    return a.known == b.known && (!a.known || (a.min == b.min && a.max == b.max));
}

static bool same_amount(const struct amount *a, const struct amount *b)
{
    return same_count(a->value, b->value) && same_count(a->min, b->min) && same_count(a->max, b->max);
}

static bool same_affected(const struct affected *a, const struct affected *b)
{
    return a->known == b->known && (!a->known || (same_text(a->figure, b->figure) && a->others == b->others));
}

static bool same_dates(const struct incident *a, const struct incident *b)
{
    return edtf_equal(&a->row.occurred, &b->row.occurred) &&
           edtf_equal(&a->row.discovered, &b->row.discovered) &&
           edtf_equal(&a->row.disclosed, &b->row.disclosed) && edtf_equal(&a->contained, &b->contained) &&
           edtf_equal(&a->notified, &b->notified);
}

static bool same_date(const struct incident *a, const struct incident *b)
{
    return edtf_equal(&a->row.date, &b->row.date) &&
           (!a->row.date.text || a->row.date_basis == b->row.date_basis);
}

static bool same_delays(const struct incident *a, const struct incident *b)
{
    return same_delay(a->occurred_to_discovered, b->occurred_to_discovered) &&
           same_delay(a->discovered_to_disclosed, b->discovered_to_disclosed) &&
           same_delay(a->occurred_to_disclosed, b->occurred_to_disclosed);
}

static bool same_exposure(const struct incident *a, const struct incident *b)
{
    return a->row.exposure == b->row.exposure;
}

static bool same_headline(const struct incident *a, const struct incident *b)
{
    return same_affected(&a->row.affected, &b->row.affected);
}

static bool same_dealers(const struct incident *a, const struct incident *b)
{
    return a->row.dealers_named == b->row.dealers_named &&
           same_affected(&a->row.dealers_stated, &b->row.dealers_stated);
}

static bool same_actions(const struct incident *a, const struct incident *b)
{
    bool same = a->row.n_actions == b->row.n_actions;
    for (size_t i = 0; same && i < a->row.n_actions; i++)
        same = a->row.actions[i] == b->row.actions[i];
    return same;
}

static bool same_classes(const struct incident *a, const struct incident *b)
{
    bool same = a->row.n_classes == b->row.n_classes;
    for (size_t i = 0; same && i < a->row.n_classes; i++)
        same = a->row.classes[i].id == b->row.classes[i].id &&
               a->row.classes[i].certainty == b->row.classes[i].certainty;
    return same;
}

static bool same_figures(const struct incident *a, const struct incident *b)
{
    bool same = a->n_figures == b->n_figures;
    for (size_t i = 0; same && i < a->n_figures; i++)
        same = same_text(a->figures[i].id, b->figures[i].id) &&
               same_amount(&a->figures[i].amount, &b->figures[i].amount);
    return same;
}

static bool same_timeline(const struct incident *a, const struct incident *b)
{
    bool same = a->n_timeline == b->n_timeline;
    for (size_t i = 0; same && i < a->n_timeline; i++)
        same = same_text(a->timeline[i].id, b->timeline[i].id) &&
               a->timeline[i].derived == b->timeline[i].derived &&
               edtf_equal(&a->timeline[i].date, &b->timeline[i].date);
    return same;
}

/* What is derived, and whether the stored and the derived agree on it. */
static const struct {
    const char *what;
    bool (*same)(const struct incident *stored, const struct incident *derived);
} derived_members[] = {
    {"date", same_date},
    {"row of dates", same_dates},
    {"set of delays", same_delays},
    {"exposure", same_exposure},
    {"list of figures", same_figures},
    {"headline figure", same_headline},
    {"number of dealers", same_dealers},
    {"row of actions", same_actions},
    {"row of data classes", same_classes},
    {"timeline", same_timeline},
};

/* Takes out of X what was derived in lists, so that it can be derived again. */
static void strip_derived(struct incident *x)
{
    size_t n = 0;
    for (size_t i = 0; i < x->n_timeline; i++) {
        if (!x->timeline[i].derived)
            x->timeline[n++] = x->timeline[i];
    }
    x->n_timeline = n;
}

/* Whether the present row of R begins with the sort key of DATE. */
static bool reads_key(struct row *r, const struct edtf *date)
{
    char earliest[11], latest[11];
    schema_sort_key(date, earliest, latest);
    const char *a = row_text(r), *b = row_text(r);
    return same_text(a, earliest) && same_text(b, latest);
}

static int check_event_keys(struct storage_reader *rd, int64_t n, const struct incident *x, struct verdict *v)
{
    int outcome = 0;
    _cleanup_row_ struct row r = row_run_of(rd, STMT_EVENT_KEYS, n, v->mem);
    for (size_t i = 0; i < x->n_timeline && outcome == 0; i++) {
        outcome = row_step(&r);
        if (outcome == 0 && !reads_key(&r, &x->timeline[i].date))
            outcome =
                check_fault(v, "%s has an event that is sorted by another date than its own", x->row.id);
    }
    return outcome;
}

static int check_keys(struct storage_reader *rd, const struct incident *x, struct verdict *v)
{
    int64_t n;
    int outcome = row_lookup(rd, STMT_INCIDENT_NUMBER, x->row.id, &n);
    if (outcome != 0)
        return outcome;
    _cleanup_row_ struct row r = row_run_of(rd, STMT_INCIDENT_KEY, n, v->mem);
    outcome = row_step(&r);
    if (outcome == 0 && !reads_key(&r, &x->row.date))
        outcome = check_fault(v, "%s is sorted by another date than its own", x->row.id);
    return outcome == 0 ? check_event_keys(rd, n, x, v) : outcome;
}

static int check_incident(struct storage_reader *rd, struct incident *stored, struct verdict *v)
{
    struct incident derived;
    int outcome = storage_get_incident(rd, stored->row.id, v->mem, &derived);
    if (outcome != 0)
        return outcome;
    strip_derived(&derived);
    outcome = derive_incident(&derived, v->mem);
    for (size_t i = 0; outcome == 0 && i < sizeof derived_members / sizeof *derived_members; i++) {
        if (!derived_members[i].same(stored, &derived))
            outcome = check_fault(v, "%s: its %s, as stored, is not what its facts make it", stored->row.id,
                                  derived_members[i].what);
    }
    return outcome == 0 ? check_keys(rd, stored, v) : outcome;
}

/* The incident after *POSITION (NULL: the first), which is moved on; free() it. */
static int check_next(struct storage_reader *rd, char **position, struct verdict *v)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct incident stored;
    const char *at = *position;
    if (!mem)
        return -ENOMEM;
    v->mem = mem;
    int outcome = storage_walk_incidents(rd, &at, mem, &stored);
    if (outcome == 0)
        outcome = check_incident(rd, &stored, v);
    if (outcome != 0)
        return outcome;
    free(*position);
    *position = strdup(stored.row.id);
    return *position ? 0 : -ENOMEM;
}

static int check_derived(struct storage_reader *rd, struct verdict *v)
{
    char *position = NULL;
    int outcome;
    while ((outcome = check_next(rd, &position, v)) == 0)
        ;
    free(position);
    return outcome == STORAGE_E_NOT_FOUND ? 0 : outcome;
}

/* Nothing of these is derived here; it is enough that every row reads. */
static int read_organizations(struct storage_reader *rd)
{
    _cleanup_strbuf_ struct strbuf at = STRBUF_INIT;
    int outcome = 0;
    while (outcome == 0) {
        _cleanup_arena_ struct arena *mem = arena_new(0);
        struct organization x;
        const char *position = at.size ? at.data : NULL;
        outcome = mem ? storage_walk_organizations(rd, &position, mem, &x) : -ENOMEM;
        if (outcome == 0) {
            strbuf_reset(&at);
            strbuf_adds(&at, x.row.id);
            outcome = at.failed ? -ENOMEM : 0;
        }
    }
    return outcome == STORAGE_E_NOT_FOUND ? 0 : outcome;
}

static int read_lists(struct storage_reader *rd, struct arena *mem)
{
    struct dataset *datasets;
    struct actor_row *actors;
    size_t n;
    int outcome = storage_list_datasets(rd, mem, &datasets, &n);
    if (outcome == 0)
        outcome = storage_list_actors(rd, mem, &actors, &n);
    return outcome;
}

static int check_with(struct storage_reader *rd, struct verdict *v)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    if (!mem)
        return -ENOMEM;
    v->mem = mem;
    int outcome = check_structure(rd, v);
    if (outcome == 0)
        outcome = check_all_rules(rd, v);
    if (outcome == 0)
        outcome = check_sets(rd, v);
    if (outcome == 0)
        outcome = check_derived(rd, v);
    if (outcome == 0)
        outcome = read_organizations(rd);
    if (outcome == 0)
        outcome = read_lists(rd, mem);
    return outcome;
}

int storage_check(const char *path, void (*say)(void *ctx, const char *line), void *ctx, size_t *ret_faults,
                  char **reterr)
{
    struct storage *st;
    struct storage_reader *rd;
    struct verdict v = {.say = say, .ctx = ctx};
    int outcome = storage_open(path, &st, reterr);
    if (outcome != 0)
        return outcome;
    outcome = storage_lease(st, CHECK_MILLIS, &rd);
    if (outcome == 0) {
        outcome = check_with(rd, &v);
        storage_return(rd);
    }
    storage_free(st);
    if (outcome > 0)
        outcome = check_fault(&v, "%s: a row does not read as the schema says", path);
    if (outcome == 0)
        *ret_faults = v.faults;
    return outcome;
}

static void keep_first(void *ctx, const char *line)
{
    char **first = ctx;
    if (!*first)
        *first = strdup(line);
}

static int verify_with(struct storage_reader *rd, struct verdict *v)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    if (!mem)
        return -ENOMEM;
    v->mem = mem;
    return check_references(rd, v);
}

int storage_verify(const char *path, char **reterr)
{
    struct storage *st;
    struct storage_reader *rd;
    char *first = NULL;
    struct verdict v = {.say = keep_first, .ctx = &first};
    int outcome = storage_open(path, &st, reterr);
    if (outcome != 0)
        return outcome;
    outcome = storage_lease(st, CHECK_MILLIS, &rd);
    if (outcome == 0) {
        outcome = verify_with(rd, &v);
        storage_return(rd);
    }
    storage_free(st);
    if (outcome > 0)
        outcome = check_fault(&v, "%s: cannot be read as a whole", path);
    if (outcome == 0 && v.faults)
        outcome = first ? STORAGE_E_REFUSED : -ENOMEM;
    if (outcome == STORAGE_E_REFUSED)
        *reterr = first;
    else
        free(first);
    return outcome;
}
