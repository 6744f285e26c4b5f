/* SPDX-License-Identifier: MIT */
/* Incidents: as a list shows them, and whole. */
#include "storage/sqlite_reader.h"

#include <errno.h>
#include <string.h>

static void read_affected(struct row *r, struct affected *ret)
{
    if (row_is_null(r)) {
        row_skip(r, 14);
        return;
    }
    ret->known = true;
    ret->figure = row_must_text(r);
    ret->amount.value = row_count(r);
    ret->amount.min = row_count(r);
    ret->amount.max = row_count(r);
    ret->amount.qualifier = row_word(r, &vocab_qualifier);
    ret->unit = row_word(r, &vocab_unit);
    ret->scope = row_word(r, &vocab_scope);
    ret->certainty = row_word(r, &vocab_certainty);
    row_asserter(r, &ret->asserted_by);
    ret->asserted = row_date(r);
    ret->publisher = row_text(r);
    ret->source = (int)row_size(r);
    ret->of = row_text(r);
}

/* How many words TEXT has; a space stands between two. */
static size_t count_words(const char *text)
{
    size_t n = *text ? 1 : 0;
    for (; *text; text++)
        n += *text == ' ';
    return n;
}

/* Ends the word at *TEXT, moves past it, and returns its start. */
static char *next_word(char **text)
{
    char *word = *text;
    size_t length = strcspn(word, " ");
    *text = word[length] ? word + length + 1 : word + length;
    word[length] = '\0';
    return word;
}

static void read_actions(struct row *r, struct incident_row *ret)
{
    char *text = arena_strdup(r->mem, row_must_text(r));
    size_t n = text ? count_words(text) : 0;
    unsigned *actions = arena_array(r->mem, n, sizeof *actions);
    if (!text || !actions) {
        row_fail(r, -ENOMEM);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        int action = vocab_find(&vocab_action, next_word(&text));
        if (action < 0)
            row_fail(r, STORAGE_E_CORRUPT);
        actions[i] = action < 0 ? ACTION_UNKNOWN : (unsigned)action;
    }
    ret->actions = actions;
    ret->n_actions = n;
}

/* "names=suspected" */
static bool parse_class(char *word, struct class_summary *ret)
{
    char *equals = strchr(word, '=');
    if (!equals)
        return false;
    *equals = '\0';
    int id = vocab_find(&vocab_data_class, word);
    int certainty = vocab_find(&vocab_certainty, equals + 1);
    if (id < 0 || certainty < 0)
        return false;
    *ret = (struct class_summary){.id = (unsigned)id, .certainty = (enum certainty)certainty};
    return true;
}

static void read_classes(struct row *r, struct incident_row *ret)
{
    char *text = arena_strdup(r->mem, row_must_text(r));
    size_t n = text ? count_words(text) : 0;
    struct class_summary *classes = arena_array(r->mem, n, sizeof *classes);
    if (!text || !classes) {
        row_fail(r, -ENOMEM);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (!parse_class(next_word(&text), &classes[i]))
            row_fail(r, STORAGE_E_CORRUPT);
    }
    ret->classes = classes;
    ret->n_classes = n;
}

/* The columns of STMT_INCIDENT_ROW up to the first figure. */
static void read_head(struct row *r, struct incident_row *x)
{
    x->id = row_must_text(r);
    x->title = row_must_text(r);
    x->summary = row_text(r);
    x->status = row_word(r, &vocab_status);
    x->status_note = row_text(r);
    x->exposure = row_word(r, &vocab_exposure);
    x->date = row_date(r);
    x->date_basis = (enum date_kind)row_word_or(r, &vocab_date_kind, DATE_DISCLOSED);
    x->organization.id = row_text(r);
    x->organization.name = row_text(r);
    x->organization.kind = (enum org_kind)row_word_or(r, &vocab_org_kind, ORG_OTHER);
    x->country = row_text(r);
    x->sector = row_text(r);
    x->occurred = row_date(r);
    x->discovered = row_date(r);
    x->disclosed = row_date(r);
}

static void read_incident_row(struct row *r, struct incident_row *x)
{
    read_head(r, x);
    read_affected(r, &x->affected);
    x->affected.others = row_size(r);
    x->dealers_named = row_size(r);
    read_affected(r, &x->dealers_stated);
    x->dealers_stated.others = row_size(r);
    read_actions(r, x);
    read_classes(r, x);
    x->dataset = row_must_text(r);
    x->dataset_record = row_text(r);
    x->duplicate_of = row_text(r);
    x->added = row_must_text(r);
    x->modified = row_must_text(r);
    x->withdrawn.at = row_text(r);
    x->withdrawn.reason = row_text(r);
    x->withdrawn.by = row_text(r);
    x->merged_into = row_text(r);
}

int load_incident_row(struct storage_reader *rd, int64_t n, struct arena *mem, struct incident_row *ret)
{
    _cleanup_row_ struct row r = row_run_of(rd, STMT_INCIDENT_ROW, n, mem);
    int outcome = row_must_step(&r);
    if (outcome != 0)
        return outcome;
    struct incident_row x = {0};
    read_incident_row(&r, &x);
    outcome = row_end(&r);
    if (outcome == 0)
        *ret = x;
    return outcome;
}

int load_incident_rows(struct storage_reader *rd, const uint32_t *numbers, size_t n, struct arena *mem,
                       struct incident_row **ret)
{
    struct incident_row *rows = arena_array(mem, n, sizeof *rows);
    int outcome = rows ? 0 : -ENOMEM;
    for (size_t i = 0; i < n && outcome == 0; i++)
        outcome = load_incident_row(rd, (int64_t)numbers[i], mem, &rows[i]);
    if (outcome == 0)
        *ret = rows;
    return outcome;
}

static struct delay read_delay(struct row *r)
{
    struct count min = row_count(r), max = row_count(r);
    if (!min.known || !max.known)
        return (struct delay){0};
    return (struct delay){.known = true, .min = (int32_t)min.value, .max = (int32_t)max.value};
}

static int load_rest(struct storage_reader *rd, int64_t n, struct incident *x, struct arena *mem)
{
    _cleanup_row_ struct row r = row_run_of(rd, STMT_INCIDENT_REST, n, mem);
    int outcome = row_must_step(&r);
    if (outcome != 0)
        return outcome;
    x->contained = row_date(&r);
    x->notified = row_date(&r);
    x->occurred_to_discovered = read_delay(&r);
    x->discovered_to_disclosed = read_delay(&r);
    x->occurred_to_disclosed = read_delay(&r);
    return row_end(&r);
}

int load_whole_incident(struct storage_reader *rd, int64_t n, struct arena *mem, struct incident *ret)
{
    struct incident x = {0};
    int outcome = load_incident_row(rd, n, mem, &x.row);
    if (outcome == 0)
        outcome = load_rest(rd, n, &x, mem);
    if (outcome == 0)
        outcome = load_incident_lists(rd, n, &x, mem);
    if (outcome == 0)
        *ret = x;
    return outcome;
}

int storage_get_incident(struct storage_reader *rd, const char *id, struct arena *mem, struct incident *ret)
{
    reader_begin(rd);
    int64_t n;
    int outcome = row_lookup(rd, STMT_INCIDENT_NUMBER, id, &n);
    return outcome == 0 ? load_whole_incident(rd, n, mem, ret) : outcome;
}

int storage_next_incident(struct storage_reader *rd, uint32_t *position, struct arena *mem,
                          struct incident *ret)
{
    reader_begin(rd);
    if (*position >= rd->owner->all_incidents)
        return STORAGE_E_NOT_FOUND;
    int outcome = load_whole_incident(rd, *position + 1, mem, ret);
    *position += outcome == 0;
    return outcome;
}

int storage_walk_incidents(struct storage_reader *rd, const char **position, struct arena *mem,
                           struct incident *ret)
{
    reader_begin(rd);
    int64_t n;
    int outcome = row_lookup(rd, STMT_INCIDENT_NEXT, *position ? *position : "", &n);
    struct incident x;
    if (outcome == 0)
        outcome = load_whole_incident(rd, n, mem, &x);
    if (outcome == 0 && *position && strcmp(x.row.id, *position) <= 0)
        outcome = STORAGE_E_CORRUPT; /* an index that is not the table's would lead round for ever */
    if (outcome != 0)
        return outcome;
    *position = x.row.id;
    *ret = x;
    return 0;
}
