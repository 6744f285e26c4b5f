/* SPDX-License-Identifier: MIT */
/*
 * SQL as SQLite alone answers it: what reads are measured against. Statements are prepared beforehand; what is measured is stepping
 * them and copying every value out.
 *
 * usage: step CATALOGUE "SELECT ... WHERE n = ?1" < NUMBERS    each line: numbers with a space between, one step each; one time a line
 *        step CATALOGUE < SQL                                  each line: statements with ; between; one time a line
 *
 * A line each comes back: nanoseconds, rows, bytes.
 */
#include "util/num.h"

#include <err.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define STATEMENTS 8

struct tally {
    uint64_t rows, bytes;
};

static char copy[1 << 20];

static int64_t now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* As the daemon opens it. */
static sqlite3 *open_catalogue(const char *path)
{
    char uri[4200];
    sqlite3 *db;
    (void)snprintf(uri, sizeof uri, "file:%s?mode=ro&immutable=1", path);
    if (sqlite3_open_v2(uri, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL) !=
            SQLITE_OK ||
        sqlite3_exec(db, "PRAGMA mmap_size = 2147418112; PRAGMA temp_store = MEMORY", NULL, NULL, NULL) !=
            SQLITE_OK)
        errx(1, "%s: %s", path, sqlite3_errmsg(db));
    return db;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql, const char **ret_rest)
{
    sqlite3_stmt *st;
    if (sqlite3_prepare_v2(db, sql, -1, &st, ret_rest) != SQLITE_OK)
        errx(1, "%.200s: %s", sql, sqlite3_errmsg(db));
    return st;
}

static void run(sqlite3_stmt *st, struct tally *t)
{
    int columns = sqlite3_column_count(st);
    while (sqlite3_step(st) == SQLITE_ROW) {
        t->rows++;
        for (int i = 0; i < columns; i++) {
            const void *bytes = sqlite3_column_blob(st, i);
            size_t n = (size_t)sqlite3_column_bytes(st, i);
            if (n > 0 && n <= sizeof copy)
                memcpy(copy, bytes, n);
            t->bytes += n;
        }
    }
    (void)sqlite3_reset(st);
}

static void say(int64_t start, const struct tally *t)
{
    (void)printf("%" PRId64 " %" PRIu64 " %" PRIu64 "\n", now() - start, t->rows, t->bytes);
}

static void run_numbers(sqlite3_stmt *st, const char *line)
{
    struct tally t = {0};
    int64_t start = now();
    for (const char *at = line; *at && *at != '\n';) {
        size_t n = strcspn(at, " \n");
        int64_t value;
        if (num_parse_i64(at, n, NUM_PLAIN, 0, INT64_MAX, &value) != 0)
            errx(1, "%s: are no numbers", line);
        (void)sqlite3_bind_int64(st, 1, value);
        run(st, &t);
        at += n + (at[n] == ' ');
    }
    say(start, &t);
}

static void run_statements(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *st[STATEMENTS];
    size_t n = 0;
    while (*sql && *sql != '\n' && n < STATEMENTS)
        st[n++] = prepare(db, sql, &sql);
    struct tally t = {0};
    int64_t start = now();
    for (size_t i = 0; i < n; i++)
        run(st[i], &t);
    say(start, &t);
    for (size_t i = 0; i < n; i++)
        (void)sqlite3_finalize(st[i]);
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3)
        errx(2, "usage: step CATALOGUE [SQL] < LINES");
    sqlite3 *db = open_catalogue(argv[1]);
    sqlite3_stmt *st = argc == 3 ? prepare(db, argv[2], NULL) : NULL;
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stdin) > 0)
        if (st)
            run_numbers(st, line);
        else
            run_statements(db, line);
    free(line);
    (void)sqlite3_finalize(st);
    (void)sqlite3_close(db);
    return 0;
}
