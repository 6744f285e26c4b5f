/* SPDX-License-Identifier: MIT */
/* Running a prepared statement and reading its columns into model values. */
#include "storage/sqlite_filter.h"
#include "util/utf8.h"

#include <errno.h>
#include <limits.h>
#include <sqlite3.h>
#include <string.h>

#define ROWS_FIRST 8 /* room of an array before it first grows */

int sqlite_outcome(int code)
{
    if (code == SQLITE_IOERR_NOMEM)
        return -ENOMEM;
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return -ENOMEM;
    case SQLITE_INTERRUPT:
        return STORAGE_E_TIMEOUT;
    default:
        return STORAGE_E_CORRUPT;
    }
}

/* The same, noted in RD. */
static int outcome_in(struct storage_reader *rd, int code)
{
    int outcome = sqlite_outcome(code);
    rd->shaken |= outcome == -ENOMEM;
    return outcome;
}

struct row row_run(struct storage_reader *rd, enum statement id, struct arena *mem)
{
    struct sqlite3_stmt *stmt = rd->statements[id];
    (void)sqlite3_reset(stmt);
    (void)sqlite3_clear_bindings(stmt);
    return (struct row){.rd = rd, .stmt = stmt, .mem = mem};
}

struct row row_run_of(struct storage_reader *rd, enum statement id, int64_t n, struct arena *mem)
{
    struct row r = row_run(rd, id, mem);
    row_bind_number(&r, ":n", n);
    return r;
}

void row_fail(struct row *r, int fault)
{
    if (r->fault == 0)
        r->fault = fault;
}

static void bound(struct row *r, int code)
{
    if (code != SQLITE_OK)
        row_fail(r, outcome_in(r->rd, code));
}

void row_bind_text(struct row *r, const char *name, const char *value)
{
    int place = sqlite3_bind_parameter_index(r->stmt, name);
    bound(r, sqlite3_bind_text(r->stmt, place, value, -1, SQLITE_STATIC));
}

void row_bind_number(struct row *r, const char *name, int64_t value)
{
    int place = sqlite3_bind_parameter_index(r->stmt, name);
    bound(r, sqlite3_bind_int64(r->stmt, place, value));
}

int row_step(struct row *r)
{
    if (r->fault)
        return r->fault;
    r->column = 0;
    int code = sqlite3_step(r->stmt);
    if (code == SQLITE_ROW)
        return 0;
    return code == SQLITE_DONE ? STORAGE_E_NOT_FOUND : outcome_in(r->rd, code);
}

int row_must_step(struct row *r)
{
    int outcome = row_step(r);
    return outcome == STORAGE_E_NOT_FOUND ? STORAGE_E_CORRUPT : outcome;
}

int row_end(struct row *r)
{
    (void)sqlite3_reset(r->stmt);
    return r->fault;
}

bool row_is_null(struct row *r)
{
    return sqlite3_column_type(r->stmt, r->column) == SQLITE_NULL;
}

void row_skip(struct row *r, int columns)
{
    r->column += columns;
}

const char *row_text(struct row *r)
{
    int column = r->column++;
    if (r->fault || sqlite3_column_type(r->stmt, column) == SQLITE_NULL)
        return NULL;
    const char *text = (const char *)sqlite3_column_text(r->stmt, column);
    size_t size = (size_t)sqlite3_column_bytes(r->stmt, column);
    char *copy = text ? arena_strndup(r->mem, text, size) : NULL;
    if (!copy)
        row_fail(r, -ENOMEM);
    else if (!utf8_is_valid(text, size) || memchr(text, '\0', size))
        row_fail(r, STORAGE_E_CORRUPT);
    return copy;
}

const char *row_must_text(struct row *r)
{
    const char *text = row_text(r);
    if (!text)
        row_fail(r, STORAGE_E_CORRUPT);
    return text ? text : "";
}

int64_t row_number(struct row *r)
{
    return sqlite3_column_int64(r->stmt, r->column++);
}

struct count row_count(struct row *r)
{
    if (row_is_null(r)) {
        r->column++;
        return COUNT_UNKNOWN;
    }
    return COUNT_OF(row_number(r));
}

size_t row_size(struct row *r)
{
    int64_t n = row_number(r);
    if (n < 0)
        row_fail(r, STORAGE_E_CORRUPT);
    return n < 0 ? 0 : (size_t)n;
}

struct edtf row_date(struct row *r)
{
    struct edtf date = EDTF_UNKNOWN;
    const char *text = row_text(r);
    if (text && edtf_parse(text, &date) != 0)
        row_fail(r, STORAGE_E_CORRUPT);
    return date;
}

const void *row_bytes(struct row *r, size_t *ret_size)
{
    int column = r->column++;
    const void *bytes = sqlite3_column_blob(r->stmt, column);
    *ret_size = (size_t)sqlite3_column_bytes(r->stmt, column);
    return bytes;
}

int row_word_or(struct row *r, const struct vocab *v, int otherwise)
{
    const char *word = (const char *)sqlite3_column_text(r->stmt, r->column++);
    int value = word ? vocab_find(v, word) : otherwise;
    if (word && value < 0)
        row_fail(r, STORAGE_E_CORRUPT);
    return value;
}

unsigned row_word(struct row *r, const struct vocab *v)
{
    int value = row_word_or(r, v, -1);
    if (value < 0)
        row_fail(r, STORAGE_E_CORRUPT);
    return value < 0 ? 0 : (unsigned)value;
}

void row_asserter(struct row *r, struct asserter *ret)
{
    ret->name = row_text(r);
    ret->class = (enum source_class)row_word_or(r, &vocab_source_class, 0);
}

void row_evidence(struct row *r, struct evidence *ret)
{
    ret->certainty = row_word(r, &vocab_certainty);
    ret->source = (int)row_size(r);
    row_asserter(r, &ret->asserted_by);
    ret->asserted = row_date(r);
    ret->note = row_text(r);
    ret->quote = row_text(r);
}

void row_source(struct row *r, struct source *ret)
{
    if (row_is_null(r)) {
        row_skip(r, 9);
        return;
    }
    ret->n = (int)row_size(r);
    ret->title = row_text(r);
    ret->description = row_text(r);
    ret->publisher = row_text(r);
    ret->url = row_text(r);
    ret->published = row_date(r);
    ret->class = row_word(r, &vocab_source_class);
    ret->retrieved = row_date(r);
    ret->seen = row_text(r);
}

void row_read_source(struct row *r, void *item)
{
    row_source(r, item);
}

void row_certainty_counts(struct row *r, struct certainty_counts *ret)
{
    ret->confirmed = row_size(r);
    ret->claimed = row_size(r);
    ret->suspected = row_size(r);
    ret->denied = row_size(r);
}

int row_lookup(struct storage_reader *rd, enum statement id, const char *key, int64_t *ret)
{
    _cleanup_row_ struct row r = row_run(rd, id, NULL);
    row_bind_text(&r, ":id", key);
    int outcome = row_step(&r);
    if (outcome == 0)
        *ret = row_number(&r);
    return outcome;
}

/* A handle that has failed once, in whatever it was asked for, says so again when it is moved: it is of no more use. */
static int drop_rendered(struct storage_reader *rd, int code)
{
    (void)sqlite3_blob_close(rd->rendered);
    rd->rendered = NULL;
    return outcome_in(rd, code);
}

/* Moves to row N. */
static int seek_rendered(struct storage_reader *rd, int64_t n)
{
    int code = rd->rendered ? sqlite3_blob_reopen(rd->rendered, n)
                            : sqlite3_blob_open(rd->db, "main", "incident_row", "json", n, 0, &rd->rendered);
    return code == SQLITE_OK ? 0 : drop_rendered(rd, code);
}

int rendered_row(struct storage_reader *rd, int64_t n, struct arena *mem, const char **ret, size_t *ret_size)
{
    int outcome = seek_rendered(rd, n);
    if (outcome != 0)
        return outcome;
    int size = sqlite3_blob_bytes(rd->rendered);
    char *bytes = arena_alloc_raw(mem, (size_t)size);
    if (!bytes)
        return -ENOMEM;
    int code = sqlite3_blob_read(rd->rendered, bytes, size, 0);
    if (code != SQLITE_OK)
        return drop_rendered(rd, code);
    *ret = bytes;
    *ret_size = (size_t)size;
    return 0;
}

/* Room for one item more in the array *ITEMS of N: its size doubles whenever it is a power of two. */
static int make_room(struct arena *mem, void **items, size_t n, size_t size)
{
    if (n != 0 && (n < ROWS_FIRST || (n & (n - 1)) != 0))
        return 0;
    void *more = arena_array(mem, n ? 2 * n : ROWS_FIRST, size);
    if (!more)
        return -ENOMEM;
    if (n)
        memcpy(more, *items, n * size);
    *items = more;
    return 0;
}

int row_all(struct row *r, size_t size, row_fn read, void *ret_items, size_t *ret_n)
{
    void *items = NULL;
    size_t n = 0;
    int outcome;
    while ((outcome = row_step(r)) == 0) {
        if (make_room(r->mem, &items, n, size) != 0)
            return -ENOMEM;
        read(r, (char *)items + n * size);
        n++;
    }
    (void)row_end(r);
    if (outcome != STORAGE_E_NOT_FOUND)
        return outcome;
    /* The caller's pointer has its own type; all pointers to structs look alike. */
    memcpy(ret_items, &items, sizeof items);
    *ret_n = n;
    return 0;
}

static void read_text(struct row *r, void *item)
{
    const char **text = item;
    *text = row_must_text(r);
}

int row_texts(struct row *r, const char *const **ret, size_t *ret_n)
{
    return row_all(r, sizeof(char *), read_text, ret, ret_n);
}

static void read_number(struct row *r, void *item)
{
    uint32_t *n = item;
    int64_t number = row_number(r);
    if (number < 0 || number > UINT32_MAX)
        row_fail(r, STORAGE_E_CORRUPT);
    *n = (uint32_t)number;
}

int row_numbers(struct row *r, uint32_t **ret, size_t *ret_n)
{
    return row_all(r, sizeof(uint32_t), read_number, ret, ret_n);
}

int row_collect(struct row *r, struct rowset_builder *b)
{
    uint32_t n = 0;
    int outcome;
    while ((outcome = row_step(r)) == 0) {
        read_number(r, &n);
        rowset_add(b, n);
    }
    int fault = row_end(r);
    return outcome == STORAGE_E_NOT_FOUND ? fault : outcome;
}
