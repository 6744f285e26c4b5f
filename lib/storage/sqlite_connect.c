/* SPDX-License-Identifier: MIT */
/*
 * One connection: read-only, immutable, hardened and metered. The file may come from anywhere, so nothing in it
 * may run: no triggers, no views, no functions in the schema, no extensions; sizes and depths are bounded.
 */
#include "storage/sqlite_reader.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>

#define METER_STEPS 2000 /* virtual machine steps between two looks at the clock: some 50 microseconds */

/* Far above what the statements here need, far below SQLite's own. */
static const struct {
    int limit, most;
} limits[] = {
    {SQLITE_LIMIT_LENGTH, 8 << 20},     {SQLITE_LIMIT_SQL_LENGTH, 64 << 10},
    {SQLITE_LIMIT_COLUMN, 100},         {SQLITE_LIMIT_EXPR_DEPTH, 100},
    {SQLITE_LIMIT_COMPOUND_SELECT, 4},  {SQLITE_LIMIT_FUNCTION_ARG, 8},
    {SQLITE_LIMIT_ATTACHED, 0},         {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100},
    {SQLITE_LIMIT_VARIABLE_NUMBER, 16}, {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
    {SQLITE_LIMIT_WORKER_THREADS, 0},
};

static const struct {
    int option, value;
} switches[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_DQS_DML, 0},
    {SQLITE_DBCONFIG_DQS_DDL, 0},
    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
    {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
};

#define TEXT(x) #x
#define KIB(x)  TEXT(x)

/* What mmap_size is, says no more here than that pages are asked for where they are mapped. */
static const char pragmas[] =
    "PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -" KIB(LIMIT_READER_KIB) "; PRAGMA mmap_size = 2147418112;";

static int on_meter(void *ctx)
{
    const struct storage_reader *rd = ctx;
    return rd->deadline != INT64_MAX && reader_now() > rd->deadline;
}

/* SQL's sought(n). */
static void sought(sqlite3_context *call, int n, sqlite3_value **values)
{
    const struct storage_reader *rd = sqlite3_user_data(call);
    (void)n;
    sqlite3_result_int(call, rd->sought && rowset_has(rd->sought, (uint32_t)sqlite3_value_int64(values[0])));
}

static int harden(struct storage_reader *rd)
{
    int code = SQLITE_OK;
    for (size_t i = 0; i < sizeof switches / sizeof *switches && code == SQLITE_OK; i++)
        code = sqlite3_db_config(rd->db, switches[i].option, switches[i].value, NULL);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        (void)sqlite3_limit(rd->db, limits[i].limit, limits[i].most);
    if (code == SQLITE_OK)
        code = sqlite3_extended_result_codes(rd->db, 1);
    if (code == SQLITE_OK)
        code = sqlite3_exec(rd->db, pragmas, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_create_function(rd->db, "sought", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY, rd, sought, NULL,
                                       NULL);
    sqlite3_progress_handler(rd->db, METER_STEPS, on_meter, rd);
    return code;
}

int reader_open(const struct catalogue_file *f, struct storage_reader **ret)
{
    struct storage_reader *rd = calloc(1, sizeof *rd);
    if (!rd)
        return -ENOMEM;
    rd->deadline = INT64_MAX;
    rd->scratch = arena_new(LIMIT_REQUEST_MEMORY);
    if (!rd->scratch) {
        reader_close(rd);
        return -ENOMEM;
    }
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    int code = sqlite3_open_v2(CATALOGUE_FILE_NAME, &rd->db, flags, catalogue_file_vfs(f));
    if (code == SQLITE_OK)
        code = harden(rd);
    if (code != SQLITE_OK) {
        reader_close(rd);
        return sqlite_outcome(code);
    }
    *ret = rd;
    return 0;
}

int reader_prepare(struct storage_reader *rd)
{
    for (unsigned i = 0; i < _STMT_N; i++) {
        int code = sqlite3_prepare_v3(rd->db, statement_text(i), -1, SQLITE_PREPARE_PERSISTENT,
                                      &rd->statements[i], NULL);
        if (code != SQLITE_OK)
            return sqlite_outcome(code);
    }
    return 0;
}

struct storage_reader *reader_close(struct storage_reader *rd)
{
    if (!rd)
        return NULL;
    for (unsigned i = 0; i < _STMT_N; i++)
        (void)sqlite3_finalize(rd->statements[i]);
    (void)sqlite3_blob_close(rd->rendered);
    (void)sqlite3_close_v2(rd->db);
    if (rd->scratch)
        sets_release(rd);
    free(rd->pins.list);
    arena_free(rd->scratch);
    free(rd);
    return NULL;
}

int reader_settle(struct storage_reader *rd)
{
    int code = sqlite3_exec(rd->db, "PRAGMA cell_size_check = OFF; BEGIN; SELECT 1 FROM catalogue", NULL,
                            NULL, NULL);
    return code == SQLITE_OK ? 0 : sqlite_outcome(code);
}

int reader_mend(struct storage_reader *rd)
{
    /* Such a failure ends the transaction, and the handle that was open within it only says so. */
    (void)sqlite3_blob_close(rd->rendered);
    rd->rendered = NULL;
    int outcome = sqlite3_get_autocommit(rd->db) ? reader_settle(rd) : 0;
    rd->shaken = outcome != 0;
    return outcome;
}

int row_run_text(struct storage_reader *rd, const char *sql, struct arena *mem, struct row *ret)
{
    *ret = (struct row){.rd = rd, .mem = mem};
    int code = sqlite3_prepare_v2(rd->db, sql, -1, &ret->stmt, NULL);
    return code == SQLITE_OK ? 0 : sqlite_outcome(code);
}

void row_finish(struct row *r)
{
    (void)sqlite3_finalize(r->stmt);
}

int reader_texts(struct storage_reader *rd, const char *sql, struct arena *mem, const char *const **ret,
                 size_t *ret_n)
{
    struct row r;
    int outcome = row_run_text(rd, sql, mem, &r);
    if (outcome == 0)
        outcome = row_texts(&r, ret, ret_n);
    row_finish(&r);
    return outcome;
}

const char *storage_library_version(void)
{
    return sqlite3_libversion();
}
