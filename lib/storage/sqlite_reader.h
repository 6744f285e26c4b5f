/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_STORAGE_SQLITE_READER_H
#define BREACHD_STORAGE_SQLITE_READER_H

/*
 * Inside of storage: an open catalogue, its readers, and how an answer's rows are read column by column.
 * Shared by the sqlite_*.c files only.
 */
#include "storage/schema.h"
#include "storage/sqlite_file.h"
#include "storage/sqlite_sets.h"
#include "storage/sqlite_statements.h"
#include "storage/storage.h"
#include "util/limits.h"

#include <pthread.h>

struct sqlite3;
struct sqlite3_stmt;
struct sqlite3_blob;

struct storage_reader {
    struct storage *owner;
    struct sqlite3 *db;
    struct sqlite3_stmt *statements[_STMT_N];
    struct sqlite3_blob *rendered; /* the last row that rendered_row() read; NULL: none yet */
    struct arena *scratch;         /* of the present question: sets made of sets */
    const struct rowset *sought;   /* rows that SQL's sought() knows: those to be ranked */
    struct set_pins pins;          /* of the present question: stored sets in use */
    bool shaken;                   /* SQLite ran out of memory in it */
    unsigned millis;               /* of each question */
    int64_t deadline; /* of the present question, CLOCK_MONOTONIC in nanoseconds; INT64_MAX: none */
};

struct storage {
    struct arena *mem; /* what the members below point to */
    const char *path;  /* as given, for messages */
    int file;          /* open as long as this */
    uint64_t size;
    struct catalogue_file *as_read; /* the same, for the readers */
    struct catalogue_info info;
    size_t all_incidents, all_events;
    struct set_cache *sets;

    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t returned;
    struct storage_reader *idle[LIMIT_READERS];
    size_t n_idle, n_open;
};

int64_t reader_now(void);

/* A connection to F, hardened and metered, without statements. 0, -ENOMEM or STORAGE_E_CORRUPT. */
int reader_open(const struct catalogue_file *f, struct storage_reader **ret);

/* Prepares every statement. 0, -ENOMEM or STORAGE_E_CORRUPT. */
int reader_prepare(struct storage_reader *rd);

/* For the questions that follow once a file has been looked at: the cells of a mapped page are weighed each time it is come
 * by, which is half of what a row costs. A page that is wrong all the same is found out where it is read. */
int reader_settle(struct storage_reader *rd);

/* Brings a shaken reader back to where it was after reader_settle(). 0, -ENOMEM or STORAGE_E_CORRUPT. */
int reader_mend(struct storage_reader *rd);

/* Accepts NULL and half-built readers; returns NULL. */
struct storage_reader *reader_close(struct storage_reader *rd);

static inline void reader_cleanup(struct storage_reader **rd)
{
    *rd = reader_close(*rd);
}

/* The first column of every row of a text that is no statement of the list: checks at open only. Values other
 * than text read as text; NULL is STORAGE_E_CORRUPT. */
int reader_texts(struct storage_reader *rd, const char *sql, struct arena *mem, const char *const **ret,
                 size_t *ret_n);

/* Starts a question: its clock, and room for its sets. */
void reader_begin(struct storage_reader *rd);

/* What a result code of SQLite means here: -ENOMEM, STORAGE_E_TIMEOUT or STORAGE_E_CORRUPT. */
int sqlite_outcome(int code);

/*
 * One run of one statement: bind, step, read columns from left to right. Faults stick: after a bad column or
 * a failed allocation the next row_step says so, and the columns read as empty until then.
 */
struct row {
    struct storage_reader *rd;
    struct sqlite3_stmt *stmt;
    struct arena *mem; /* texts are copied here */
    int64_t record;    /* of a list: the number of the record it belongs to */
    int column;        /* the next one to read */
    int fault;         /* 0, -ENOMEM, STORAGE_E_CORRUPT */
};

/* A statement is run by one row at a time. */
struct row row_run(struct storage_reader *rd, enum statement id, struct arena *mem);

/* As row_run, of a text that is no statement of the list; ended by row_finish, in any case. 0 or an error. */
int row_run_text(struct storage_reader *rd, const char *sql, struct arena *mem, struct row *ret);
void row_finish(struct row *r);

/* NULL binds NULL; the text is borrowed till the end. */
void row_bind_text(struct row *r, const char *name, const char *value);
void row_bind_number(struct row *r, const char *name, int64_t value);

/* As row_run, with the number N of an incident, event or organisation bound to :n. */
struct row row_run_of(struct storage_reader *rd, enum statement id, int64_t n, struct arena *mem);

/* Notes a fault met elsewhere; the first one stays, 0 is none. */
void row_fail(struct row *r, int fault);

/* 0 with a row, STORAGE_E_NOT_FOUND after the last one, or an error. */
int row_step(struct row *r);

/* As row_step, where a number of the same catalogue points at the row: that it is not there is STORAGE_E_CORRUPT. */
int row_must_step(struct row *r);

/* Ends the run; returns the fault. Runs on leaving the scope in any case. */
int row_end(struct row *r);

static inline void row_cleanup(struct row *r)
{
    (void)row_end(r);
}
#define _cleanup_row_ __attribute__((cleanup(row_cleanup)))

const char *row_text(struct row *r);                         /* NULL: NULL */
const char *row_must_text(struct row *r);                    /* NULL is a fault */
int64_t row_number(struct row *r);                           /* NULL reads as 0 */
struct count row_count(struct row *r);                       /* NULL: unknown */
size_t row_size(struct row *r);                              /* a number of things: below 0 is a fault */
bool row_is_null(struct row *r);                             /* of the next column; does not pass it */
void row_skip(struct row *r, int columns);
struct edtf row_date(struct row *r);
const void *row_bytes(struct row *r, size_t *ret_size); /* until the next step; NULL for none */

/* The value of a word of V; NULL and other words are faults. */
unsigned row_word(struct row *r, const struct vocab *v);
/* As row_word, but NULL is OTHERWISE. */
int row_word_or(struct row *r, const struct vocab *v, int otherwise);

/* Groups of columns, as the macros of sqlite_statements.c name them. */
void row_asserter(struct row *r, struct asserter *ret);
void row_evidence(struct row *r, struct evidence *ret);
void row_source(struct row *r, struct source *ret); /* n 0: there is none */
void row_certainty_counts(struct row *r, struct certainty_counts *ret);

/* One number: the first column of the first row. 0, STORAGE_E_NOT_FOUND or an error. */
int row_lookup(struct storage_reader *rd, enum statement id, const char *key, int64_t *ret);

/* The rendered row (incident_row) of incident N, in MEM, *RET_SIZE bytes without an end: opaque, and not looked at. There are
 * 25 on a page: read by their number alone they cost half of what a statement does. 0, -ENOMEM or STORAGE_E_CORRUPT. */
int rendered_row(struct storage_reader *rd, int64_t n, struct arena *mem, const char **ret, size_t *ret_size);

/* Reads one item from the present row of R into ITEM (zeroed). */
typedef void (*row_fn)(struct row *r, void *item);

/* All rows of R as an array of items of SIZE bytes in its arena; ends the run. 0 or an error. */
int row_all(struct row *r, size_t size, row_fn read, void *ret_items, size_t *ret_n);

void row_read_source(struct row *r, void *item); /* a row_fn */

/* All rows of R as texts, or as row numbers (the first column). */
int row_texts(struct row *r, const char *const **ret, size_t *ret_n);
int row_numbers(struct row *r, uint32_t **ret, size_t *ret_n);

/* ---- shared between the files that answer questions ---- */

int load_incident_row(struct storage_reader *rd, int64_t n, struct arena *mem, struct incident_row *ret);
int load_whole_incident(struct storage_reader *rd, int64_t n, struct arena *mem, struct incident *ret);
int load_incident_lists(struct storage_reader *rd, int64_t n, struct incident *x, struct arena *mem);
void read_event(struct row *r, void *item);

/* The rows of these numbers, in this order. 0 or an error. */
int load_incident_rows(struct storage_reader *rd, const uint32_t *numbers, size_t n, struct arena *mem,
                       struct incident_row **ret);
int load_org_rows(struct storage_reader *rd, const uint32_t *numbers, size_t n, struct arena *mem,
                  struct org_row **ret);
int load_event_items(struct storage_reader *rd, const uint32_t *numbers, size_t n, struct arena *mem,
                     struct timeline_item **ret);

#endif
