/* SPDX-License-Identifier: MIT */
/* Actors, data classes, datasets and the overview: what is summed up over all listed incidents. */
#include "storage/sqlite_filter.h"

#include <errno.h>

static void read_profile(struct row *r, void *item)
{
    struct actor_row *x = item;
    x->id = row_must_text(r);
    x->name = row_must_text(r);
    x->kind = row_word(r, &vocab_actor_kind);
    row_certainty_counts(r, &x->incidents);
}

/* Runs a statement about the thing called ID. */
static struct row run_about(struct storage_reader *rd, enum statement statement, const char *id,
                            struct arena *mem)
{
    struct row r = row_run(rd, statement, mem);
    row_bind_text(&r, ":id", id);
    return r;
}

static int load_profile_names(struct storage_reader *rd, struct arena *mem, struct actor_row *x)
{
    _cleanup_row_ struct row r = run_about(rd, STMT_PROFILE_NAMES, x->id, mem);
    return row_texts(&r, &x->names, &x->n_names);
}

int storage_list_actors(struct storage_reader *rd, struct arena *mem, struct actor_row **ret, size_t *ret_n)
{
    reader_begin(rd);
    struct actor_row *rows;
    size_t n;
    _cleanup_row_ struct row r = row_run(rd, STMT_PROFILES, mem);
    int outcome = row_all(&r, sizeof *rows, read_profile, &rows, &n);
    for (size_t i = 0; outcome == 0 && i < n; i++)
        outcome = load_profile_names(rd, mem, &rows[i]);
    if (outcome != 0)
        return outcome;
    *ret = rows;
    *ret_n = n;
    return 0;
}

int storage_get_actor(struct storage_reader *rd, const char *id, struct arena *mem, struct actor_row *ret)
{
    reader_begin(rd);
    struct actor_row x = {0};
    _cleanup_row_ struct row r = run_about(rd, STMT_PROFILE, id, mem);
    int outcome = row_step(&r);
    if (outcome != 0)
        return outcome;
    read_profile(&r, &x);
    outcome = row_end(&r);
    if (outcome == 0)
        outcome = load_profile_names(rd, mem, &x);
    if (outcome == 0)
        *ret = x;
    return outcome;
}

static void read_certainty(struct row *r, void *item)
{
    *(enum certainty *)item = (enum certainty)row_word(r, &vocab_certainty);
}

/* Incident N's row, and how sure it is of actor ID at the most. */
static int load_naming(struct storage_reader *rd, int64_t n, const char *id, struct arena *mem,
                       struct naming *ret)
{
    _cleanup_row_ struct row r = row_run_of(rd, STMT_ACTOR_CERTAINTY, n, mem);
    enum certainty *all = NULL;
    size_t n_all = 0;
    row_bind_text(&r, ":value", id);
    int outcome = row_all(&r, sizeof *all, read_certainty, &all, &n_all);
    if (outcome == 0)
        outcome = load_incident_row(rd, n, mem, &ret->row);
    ret->certainty = CERTAINTY_UNKNOWN;
    for (size_t i = 0; i < n_all; i++)
        ret->certainty = all[i] < ret->certainty ? all[i] : ret->certainty; /* from sure to unknown */
    return outcome;
}

int storage_list_actor_incidents(struct storage_reader *rd, const char *id, size_t limit, struct arena *mem,
                                 struct naming **ret, size_t *ret_n, size_t *ret_total)
{
    reader_begin(rd);
    const struct rowset *s, *listed;
    uint32_t *numbers = NULL;
    size_t n = 0;
    int outcome = set_get(rd, SET_ACTOR, id, &s);
    if (outcome == 0)
        outcome = set_get(rd, SET_LISTED, SET_NONE, &listed);
    if (outcome == 0)
        outcome = filter_made(rowset_intersect(s, listed, rd->scratch), &s);
    if (outcome == 0)
        outcome = select_rows(s, 0, limit, mem, &numbers, &n);
    struct naming *rows = outcome == 0 ? arena_array(mem, n, sizeof *rows) : NULL;
    if (outcome == 0 && !rows)
        outcome = -ENOMEM;
    for (size_t i = 0; i < n && outcome == 0; i++)
        outcome = load_naming(rd, (int64_t)numbers[i], id, mem, &rows[i]);
    if (outcome != 0)
        return outcome;
    *ret = rows;
    *ret_n = n;
    *ret_total = rowset_count(s);
    return 0;
}

static void read_class(struct row *r, void *item)
{
    struct class_row *x = item;
    x->id = row_word(r, &vocab_data_class);
    row_certainty_counts(r, &x->incidents);
}

/* The file has them by id; the closed list has an order of its own. */
static void sort_classes(struct class_row *rows, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct class_row x = rows[i];
        size_t at = i;
        for (; at > 0 && rows[at - 1].id > x.id; at--)
            rows[at] = rows[at - 1];
        rows[at] = x;
    }
}

int storage_list_classes(struct storage_reader *rd, struct arena *mem, struct class_row **ret, size_t *ret_n)
{
    reader_begin(rd);
    _cleanup_row_ struct row r = row_run(rd, STMT_CLASS_TOTALS, mem);
    struct class_row *rows;
    size_t n;
    int outcome = row_all(&r, sizeof *rows, read_class, &rows, &n);
    if (outcome != 0)
        return outcome;
    sort_classes(rows, n);
    *ret = rows;
    *ret_n = n;
    return 0;
}

static void read_dataset(struct row *r, void *item)
{
    struct dataset *x = item;
    x->id = row_must_text(r);
    x->title = row_must_text(r);
    x->publisher = row_text(r);
    x->license = row_text(r);
    x->license_spdx = row_text(r);
    x->license_url = row_text(r);
    x->credit = row_text(r);
    x->url = row_text(r);
    x->retrieved = row_date(r);
    x->counts.read = row_size(r);
    x->counts.imported = row_size(r);
    x->counts.rejected = row_size(r);
    x->counts.withdrawn = row_size(r);
    x->counts.duplicates = row_size(r);
    x->n_rejects_total = row_size(r);
}

static void read_warning(struct row *r, void *item)
{
    struct warning_count *x = item;
    x->kind = row_must_text(r);
    x->n = row_size(r);
}

static void read_reject(struct row *r, void *item)
{
    struct reject *x = item;
    x->file = row_must_text(r);
    x->position = row_text(r);
    x->field = row_text(r);
    x->reason = row_must_text(r);
}

static int load_report(struct storage_reader *rd, struct arena *mem, struct dataset *x)
{
    _cleanup_row_ struct row warnings = run_about(rd, STMT_WARNINGS, x->id, mem);
    _cleanup_row_ struct row rejects = run_about(rd, STMT_REJECTS, x->id, mem);
    int outcome = row_all(&warnings, sizeof *x->warnings, read_warning, &x->warnings, &x->n_warnings);
    if (outcome == 0)
        outcome = row_all(&rejects, sizeof *x->rejects, read_reject, &x->rejects, &x->n_rejects);
    return outcome;
}

int storage_list_datasets(struct storage_reader *rd, struct arena *mem, struct dataset **ret, size_t *ret_n)
{
    reader_begin(rd);
    struct dataset *rows;
    size_t n;
    _cleanup_row_ struct row r = row_run(rd, STMT_DATASETS, mem);
    int outcome = row_all(&r, sizeof *rows, read_dataset, &rows, &n);
    for (size_t i = 0; outcome == 0 && i < n; i++)
        outcome = load_report(rd, mem, &rows[i]);
    if (outcome != 0)
        return outcome;
    *ret = rows;
    *ret_n = n;
    return 0;
}

int storage_get_dataset(struct storage_reader *rd, const char *id, struct arena *mem, struct dataset *ret)
{
    reader_begin(rd);
    struct dataset x = {0};
    _cleanup_row_ struct row r = run_about(rd, STMT_DATASET, id, mem);
    int outcome = row_step(&r);
    if (outcome != 0)
        return outcome;
    read_dataset(&r, &x);
    outcome = row_end(&r);
    if (outcome == 0)
        outcome = load_report(rd, mem, &x);
    if (outcome == 0)
        *ret = x;
    return outcome;
}

/* The numbers that a statement lists in an order of its own, at most LIMIT. */
static int load_numbers(struct storage_reader *rd, enum statement id, size_t limit, struct arena *mem,
                        uint32_t **ret, size_t *ret_n)
{
    _cleanup_row_ struct row r = row_run(rd, id, mem);
    row_bind_number(&r, ":limit", (int64_t)limit);
    return row_numbers(&r, ret, ret_n);
}

static int load_latest(struct storage_reader *rd, size_t limit, struct arena *mem, struct overview *x)
{
    uint32_t *numbers;
    const struct rowset *listed;
    int outcome = set_get(rd, SET_LISTED, SET_NONE, &listed);
    if (outcome == 0)
        outcome = select_rows(listed, 0, limit, mem, &numbers, &x->n_latest);
    return outcome == 0 ? load_incident_rows(rd, numbers, x->n_latest, mem, &x->latest) : outcome;
}

static int load_largest(struct storage_reader *rd, size_t limit, struct arena *mem, struct overview *x)
{
    uint32_t *numbers;
    int outcome = load_numbers(rd, STMT_SET_LARGEST, limit, mem, &numbers, &x->n_largest);
    return outcome == 0 ? load_incident_rows(rd, numbers, x->n_largest, mem, &x->largest) : outcome;
}

static int load_most_hit(struct storage_reader *rd, size_t limit, struct arena *mem, struct overview *x)
{
    uint32_t *numbers;
    int outcome = load_numbers(rd, STMT_ORG_MOST_HIT, limit, mem, &numbers, &x->n_dealers);
    return outcome == 0 ? load_org_rows(rd, numbers, x->n_dealers, mem, &x->dealers) : outcome;
}

/* How many of ROWS are of YEAR (SET_NONE: not known). */
static int add_year(struct storage_reader *rd, const struct rowset *rows, const char *year, struct arena *mem,
                    struct overview *x)
{
    const struct rowset *of_year;
    int outcome = set_get(rd, SET_YEAR, year, &of_year);
    size_t n = outcome == 0 ? rowset_intersect_count(rows, of_year) : 0;
    if (!n)
        return outcome;
    struct year_count *y = &x->by_year[x->n_years++];
    y->incidents = n;
    return *year && !(y->year = arena_strdup(mem, year)) ? -ENOMEM : 0;
}

/* As statistics by year count them: each incident once. */
static int load_years(struct storage_reader *rd, struct arena *mem, struct overview *x)
{
    const struct query all = query_default(QUERY_STATISTICS), listed = query_counted(&all);
    const struct rowset *rows;
    const struct set_head *years;
    size_t n;
    int outcome = filter_incidents(rd, &listed, &rows);
    if (outcome == 0)
        outcome = sets_list(rd, SET_YEAR, &years, &n);
    if (outcome != 0)
        return outcome;
    x->totals.incidents = rowset_count(rows);
    x->by_year = arena_array(mem, n + 1, sizeof *x->by_year);
    if (!x->by_year)
        return -ENOMEM;
    for (size_t i = 0; i < n && outcome == 0; i++)
        if (*years[i].value)
            outcome = add_year(rd, rows, years[i].value, mem, x);
    return outcome == 0 ? add_year(rd, rows, SET_NONE, mem, x) : outcome;
}

int storage_overview(struct storage_reader *rd, size_t limit, struct arena *mem, struct overview *ret)
{
    reader_begin(rd);
    struct overview x = {.totals = rd->owner->info};
    int outcome = load_years(rd, mem, &x);
    if (outcome == 0)
        outcome = load_latest(rd, limit, mem, &x);
    if (outcome == 0)
        outcome = load_largest(rd, limit, mem, &x);
    if (outcome == 0)
        outcome = load_most_hit(rd, limit, mem, &x);
    if (outcome == 0)
        *ret = x;
    return outcome;
}
