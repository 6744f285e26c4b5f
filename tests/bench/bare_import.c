/* SPDX-License-Identifier: MIT */
/*
 * The floor that imports are measured against (import.py runs both): parse the bytes of the inputs with jansson and
 * libcsv and forget them; insert the rows of a catalogue that is there already, through prepared statements, in one
 * transaction, in the order of their keys; run the same finish.sql; write it all to disk. No mapping, no
 * checking, no deriving. Uses SQLite with the settings of the importer, so that what differs is ours.
 *
 * The rows are read from that catalogue as they are inserted, so that memory does not grow with them. A run
 * without inserting says beforehand how long the reading alone takes; it is not part of the floor.
 */
#include "storage/schema.h"

#include <csv.h>
#include <err.h>
#include <fcntl.h>
#include <fts.h>
#include <inttypes.h>
#include <jansson.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct tally {
    uint64_t bytes, values, rows;
};

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double cpu(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* --- parsing --- */

static void count_field(void *field, size_t n, void *ctx)
{
    (void)field;
    (void)n;
    (void)ctx;
}

static void count_row(int end, void *ctx)
{
    struct tally *t = ctx;
    (void)end;
    t->values++;
}

static void parse_csv(const char *path, const char *text, size_t n, struct tally *t)
{
    struct csv_parser p;
    if (csv_init(&p, CSV_APPEND_NULL) != 0 || csv_parse(&p, text, n, count_field, count_row, t) != n ||
        csv_fini(&p, count_field, count_row, t) != 0)
        errx(1, "%s: is no CSV", path);
    csv_free(&p);
}

/* One value, or a line each. */
static void parse_json(const char *path, const char *text, size_t n, struct tally *t)
{
    size_t at = 0;
    for (;;) {
        while (at < n && strchr(" \t\r\n", text[at]) && text[at])
            at++;
        if (at == n)
            return;
        json_error_t error;
        json_t *value = json_loadb(text + at, n - at, JSON_DISABLE_EOF_CHECK, &error);
        if (!value) {
            warnx("%s: %s", path, error.text);
            return;
        }
        at += (size_t)error.position;
        t->values += json_is_array(value) ? json_array_size(value) : 1;
        json_decref(value);
    }
}

static bool ends_with(const char *path, const char *ending)
{
    const char *dot = strrchr(path, '.');
    return dot && strcasecmp(dot, ending) == 0;
}

/* The inputs are larger than memory may be: a line at a time. */
static void parse_lines(const char *path, struct tally *t)
{
    FILE *f = fopen(path, "re");
    if (!f)
        err(1, "%s", path);
    char *line = NULL;
    size_t room = 0;
    for (ssize_t n; (n = getline(&line, &room, f)) > 0;) {
        parse_json(path, line, (size_t)n, t);
        t->bytes += (size_t)n;
    }
    free(line);
    (void)fclose(f);
}

static void parse_whole(const char *path, struct tally *t)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0)
        err(1, "%s", path);
    size_t n = (size_t)st.st_size;
    char *text = malloc(n + 1);
    if (!text || read(fd, text, n) != (ssize_t)n)
        err(1, "%s", path);
    (void)close(fd);
    if (ends_with(path, ".csv"))
        parse_csv(path, text, n, t);
    else
        parse_json(path, text, n, t);
    t->bytes += n;
    free(text);
}

static void parse_file(const char *path, struct tally *t)
{
    if (ends_with(path, ".ndjson"))
        parse_lines(path, t);
    else
        parse_whole(path, t);
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static void parse_inputs(char *const *inputs, struct tally *t)
{
    FTS *walk = fts_open(inputs, FTS_LOGICAL | FTS_NOCHDIR, by_name);
    if (!walk)
        err(1, "%s", *inputs);
    for (FTSENT *e; (e = fts_read(walk));)
        if (e->fts_info == FTS_F && (e->fts_level == 0 || ends_with(e->fts_name, ".json") ||
                                     ends_with(e->fts_name, ".ndjson") || ends_with(e->fts_name, ".csv")))
            parse_file(e->fts_path, t);
    (void)fts_close(walk);
}

/* --- inserting --- */

static sqlite3 *open_database(const char *path, int flags)
{
    sqlite3 *db;
    if (sqlite3_open_v2(path, &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL) != SQLITE_OK)
        errx(1, "%s: %s", path, sqlite3_errmsg(db));
    return db;
}

static void run(sqlite3 *db, const char *sql)
{
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
        errx(1, "%.60s: %s", sql, error);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *st;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL) != SQLITE_OK)
        errx(1, "%s: %s", sql, sqlite3_errmsg(db));
    return st;
}

static sqlite3_stmt *prepare_insert(sqlite3 *db, const char *table, int columns)
{
    char sql[1024];
    int n = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", table);
    for (int i = 1; i < columns; i++)
        n += snprintf(sql + n, sizeof sql - (size_t)n, ", ?");
    (void)snprintf(sql + n, sizeof sql - (size_t)n, ")");
    return prepare(db, sql);
}

/* A full-text index has no rows to copy: its texts are put together again from what they were made of. Written in large
 * pieces that are merged once, as the importer does. */
static const struct index {
    const char *table, *begin, *select, *insert, *end;
} indexes[] = {
    {"words", "INSERT INTO words (words, rank) VALUES ('automerge', 0), ('hashsize', 33554432)",
     "SELECT i.n, i.title, (SELECT group_concat(p.name, ' ') FROM party AS p WHERE p.incident = i.n), "
     "ifnull(i.summary, '') || ' ' || "
     "ifnull((SELECT group_concat(e.text, ' ') FROM event AS e WHERE e.incident = i.n), '') "
     "FROM incident AS i ORDER BY i.n",
     "INSERT INTO words (rowid, title, names, text) VALUES (?, ?, ?, ?)",
     "INSERT INTO words (words) VALUES ('optimize')"},
    {"organization_words",
     "INSERT INTO organization_words (organization_words, rank) VALUES ('automerge', 0)",
     "SELECT o.n, o.name || ' ' || ifnull((SELECT group_concat(x.name, ' ') FROM organization_name AS x "
     "WHERE x.organization = o.n), '') FROM organization AS o ORDER BY o.n",
     "INSERT INTO organization_words (rowid, names) VALUES (?, ?)",
     "INSERT INTO organization_words (organization_words) VALUES ('optimize')"},
};

/* Looks at every value, and where TO is there, binds it. */
static void copy_row(sqlite3_stmt *from, sqlite3_stmt *to, int columns)
{
    for (int i = 0; i < columns; i++) {
        int type = sqlite3_column_type(from, i);
        if (type == SQLITE_INTEGER) {
            int64_t value = sqlite3_column_int64(from, i);
            if (to)
                (void)sqlite3_bind_int64(to, i + 1, value);
        } else if (type == SQLITE_NULL) {
            if (to)
                (void)sqlite3_bind_null(to, i + 1);
        } else {
            const void *bytes =
                type == SQLITE_TEXT ? sqlite3_column_text(from, i) : sqlite3_column_blob(from, i);
            int n = sqlite3_column_bytes(from, i);
            if (to && type == SQLITE_TEXT)
                (void)sqlite3_bind_text(to, i + 1, bytes, n, SQLITE_STATIC);
            else if (to)
                (void)sqlite3_bind_blob(to, i + 1, bytes, n, SQLITE_STATIC);
        }
    }
}

/* Closes INSERT. */
static void copy_rows(sqlite3 *from, sqlite3 *to, const char *select, sqlite3_stmt *insert, struct tally *t)
{
    sqlite3_stmt *rows = prepare(from, select);
    int columns = sqlite3_column_count(rows);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        copy_row(rows, insert, columns);
        if (insert && sqlite3_step(insert) != SQLITE_DONE)
            errx(1, "%s: %s", select, sqlite3_errmsg(to));
        (void)sqlite3_reset(insert);
        t->rows++;
    }
    (void)sqlite3_finalize(rows);
    (void)sqlite3_finalize(insert);
}

static void copy_table(sqlite3 *from, sqlite3 *to, const char *table, struct tally *t)
{
    char sql[128];
    (void)snprintf(sql, sizeof sql, "SELECT * FROM %s", table);
    sqlite3_stmt *rows = prepare(from, sql);
    int columns = sqlite3_column_count(rows);
    (void)sqlite3_finalize(rows);
    copy_rows(from, to, sql, to ? prepare_insert(to, table, columns) : NULL, t);
}

static void copy_index(sqlite3 *from, sqlite3 *to, const struct index *x, struct tally *t)
{
    if (to)
        run(to, x->begin);
    copy_rows(from, to, x->select, to ? prepare(to, x->insert) : NULL, t);
    if (to)
        run(to, x->end);
}

/* Whether finish.sql makes its rows. */
static bool is_made(const char *table)
{
    char sql[128];
    (void)snprintf(sql, sizeof sql, "INSERT INTO %s ", table);
    return strstr(schema_finish_sql.bytes, sql) != NULL;
}

/* Every table of FROM, into TO or, where that is NULL, nowhere. */
static void copy_tables(sqlite3 *from, sqlite3 *to, struct tally *t)
{
    sqlite3_stmt *names =
        prepare(from, "SELECT s.name, l.type FROM sqlite_schema AS s "
                      "JOIN pragma_table_list AS l ON l.schema = 'main' AND l.name = s.name "
                      "WHERE s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY s.rowid");
    while (sqlite3_step(names) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(names, 0);
        const char *type = (const char *)sqlite3_column_text(names, 1);
        if (strcmp(type, "table") == 0 && !is_made(name))
            copy_table(from, to, name, t);
        for (size_t i = 0; i < sizeof indexes / sizeof *indexes; i++)
            if (strcmp(name, indexes[i].table) == 0)
                copy_index(from, to, &indexes[i], t);
    }
    (void)sqlite3_finalize(names);
}

static void write_through(const char *path)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0)
        err(1, "%s", path);
    (void)close(fd);
}

static void build(sqlite3 *from, const char *path, struct tally *t, double *ret_inserted)
{
    (void)unlink(path);
    sqlite3 *to = open_database(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    run(to, "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
            "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF; BEGIN");
    run(to, schema_sql.bytes);
    copy_tables(from, to, t);
    *ret_inserted = now();
    run(to, schema_finish_sql.bytes);
    run(to, "COMMIT; PRAGMA journal_mode = DELETE");
    (void)sqlite3_close(to);
    write_through(path);
}

static sqlite3 *open_rows(const char *path)
{
    char uri[4200];
    (void)snprintf(uri, sizeof uri, "file:%s?mode=ro&immutable=1", path);
    sqlite3 *db = open_database(uri, SQLITE_OPEN_READONLY);
    run(db, "PRAGMA mmap_size = 2147418112");
    return db;
}

int main(int argc, char **argv)
{
    if (argc < 4)
        errx(2, "usage: bare-import CATALOGUE OUTPUT INPUT...");
    struct tally read_only = {0}, t = {0};
    sqlite3 *rows = open_rows(argv[1]);
    copy_tables(rows, NULL, &read_only); /* so that the file is in memory for what is measured now */
    double start = now(), start_cpu = cpu(), inserted;
    copy_tables(rows, NULL, &read_only);
    double reading = now() - start, reading_cpu = cpu() - start_cpu;
    start = now();
    start_cpu = cpu();
    parse_inputs(argv + 3, &t);
    double parsed = now();
    build(rows, argv[2], &t, &inserted);
    double end = now(), end_cpu = cpu();
    (void)sqlite3_close(rows);

    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    (void)printf("{\"seconds\": %.6f, \"cpu\": %.6f, \"parse\": %.6f, \"insert\": %.6f, \"finish\": %.6f, "
                 "\"peak\": %ld, \"bytes\": %" PRIu64 ", \"values\": %" PRIu64 ", \"rows\": %" PRIu64 "}\n",
                 end - start - reading, end_cpu - start_cpu - reading_cpu, parsed - start,
                 inserted - parsed - reading, end - inserted, usage.ru_maxrss, t.bytes, t.values, t.rows);
    return 0;
}
