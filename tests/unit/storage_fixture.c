/* SPDX-License-Identifier: MIT */
/* Catalogues for tests, written by hand. */
#include "storage_fixture.h"

#include "import/build_index.h"
#include "storage/schema.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHAPE_MOST 200

void fixture_init(struct fixture *f)
{
    strcpy(f->folder, "/tmp/breachd-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(f->folder));
    (void)snprintf(f->path, sizeof f->path, "%s/catalogue.db", f->folder);
}

void fixture_done(struct fixture *f)
{
    char command[128];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", f->folder);
    ck_assert_int_eq(system(command), 0);
}

static sqlite3 *open_db(const char *path)
{
    sqlite3 *db = NULL;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "PRAGMA synchronous = OFF", NULL, NULL, NULL), SQLITE_OK);
    return db;
}

static void run(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    int code = sqlite3_exec(db, sql, NULL, NULL, &message);
    ck_assert_msg(code == SQLITE_OK, "%s", message);
}

void fixture_run(const char *path, const char *sql)
{
    sqlite3 *db = open_db(path);
    run(db, sql);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}

static char *read_sql(void)
{
    char path[512];
    const char *tests = getenv("BREACHD_TESTS");
    (void)snprintf(path, sizeof path, "%s/unit/storage.sql", tests ? tests : "tests");
    FILE *in = fopen(path, "r");
    ck_assert_msg(in != NULL, "%s: BREACHD_TESTS is to be the folder tests", path);
    char *text = calloc(1, 1 << 16);
    ck_assert_ptr_nonnull(text);
    size_t n = fread(text, 1, (1 << 16) - 1, in);
    ck_assert_uint_lt(n, (1 << 16) - 1);
    (void)fclose(in);
    return text;
}

static const char counts_sql[] =
    "INSERT INTO catalogue SELECT 1, '%s', '2024-01-02T03:04:05Z', "
    "(SELECT count(*) FROM incident WHERE listed = 1), (SELECT count(*) FROM organization), "
    "(SELECT count(*) FROM organization WHERE kind IN ('dealer', 'dealer_group')), "
    "(SELECT count(*) FROM event JOIN incident ON incident.n = event.incident WHERE listed = 1), "
    "(SELECT count(*) FROM source JOIN incident ON incident.n = source.incident WHERE listed = 1), "
    "(SELECT count(*) FROM dataset), (SELECT count(*) FROM incident), (SELECT count(*) FROM event), 0, ''";

void fixture_catalogue(const char *path, const char *id, const char *extra)
{
    char insert[1024];
    char *rows = read_sql();
    sqlite3 *db = open_db(path);
    run(db, schema_sql.bytes);
    run(db, "BEGIN");
    run(db, rows);
    if (extra)
        run(db, extra);
    run(db, schema_finish_sql.bytes);
    ck_assert_int_eq(build_index(db), SQLITE_OK);
    (void)snprintf(insert, sizeof insert, counts_sql, id);
    run(db, insert);
    run(db, "COMMIT");
    free(rows);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
    fixture_seal(path);
}

static size_t read_shape(sqlite3 *db, const char *texts[static SHAPE_MOST])
{
    sqlite3_stmt *stmt;
    size_t n = 0;
    ck_assert_int_eq(sqlite3_prepare_v2(db, schema_shape_sql, -1, &stmt, NULL), SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW && n < SHAPE_MOST)
        texts[n++] = strdup((const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    return n;
}

void fixture_seal(const char *path)
{
    char seal[DIGEST_HEX_SIZE], update[128];
    const char *shape[SHAPE_MOST];
    sqlite3_stmt *stmt;
    sqlite3 *db = open_db(path);
    size_t n = read_shape(db, shape);
    ck_assert_int_eq(sqlite3_prepare_v2(db, "SELECT * FROM catalogue", -1, &stmt, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(stmt), SQLITE_ROW);
    struct schema_seal s = {
        .id = (const char *)sqlite3_column_text(stmt, 1),
        .built = (const char *)sqlite3_column_text(stmt, 2),
        .incidents = sqlite3_column_int64(stmt, 3),
        .organizations = sqlite3_column_int64(stmt, 4),
        .dealers = sqlite3_column_int64(stmt, 5),
        .events = sqlite3_column_int64(stmt, 6),
        .sources = sqlite3_column_int64(stmt, 7),
        .datasets = sqlite3_column_int64(stmt, 8),
        .all_incidents = sqlite3_column_int64(stmt, 9),
        .all_events = sqlite3_column_int64(stmt, 10),
    };
    ck_assert_int_eq(schema_seal(&s, shape, n, seal), 0);
    sqlite3_finalize(stmt);
    (void)snprintf(update, sizeof update, "UPDATE catalogue SET seal = '%s'", seal);
    run(db, update);
    for (size_t i = 0; i < n; i++)
        free((void *)(uintptr_t)shape[i]);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}

struct storage *fixture_open(const char *path)
{
    struct storage *st = NULL;
    char *message = NULL;
    int outcome = storage_open(path, &st, &message);
    ck_assert_msg(outcome == 0, "%d: %s", outcome, message ? message : "");
    return st;
}

/* What readers add to SQL: to prepare statements, that it is there is enough. */
static void sought(sqlite3_context *call, int n, sqlite3_value **values)
{
    (void)n;
    (void)values;
    sqlite3_result_int(call, 1);
}

void fixture_plan(const char *path, const char *sql, char *ret, size_t room)
{
    char explain[8192];
    sqlite3_stmt *stmt;
    sqlite3 *db = open_db(path);
    sqlite3_create_function(db, "sought", 1, SQLITE_UTF8, NULL, sought, NULL, NULL);
    (void)snprintf(explain, sizeof explain, "EXPLAIN QUERY PLAN %s", sql);
    ck_assert_msg(sqlite3_prepare_v2(db, explain, -1, &stmt, NULL) == SQLITE_OK, "%s: %s", sqlite3_errmsg(db),
                  sql);
    ret[0] = '\0';
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        size_t used = strlen(ret);
        (void)snprintf(ret + used, room - used, "%s%s", used ? " | " : "", sqlite3_column_text(stmt, 3));
    }
    sqlite3_finalize(stmt);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
