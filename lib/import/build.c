/* SPDX-License-Identifier: MIT */
/*
 * The importer's front door of SQLite: one transaction of prepared inserts into the schema of lib/storage, with
 * nothing of the clock, of chance or of the file's name in it, so that equal catalogues are equal files.
 */
#include "import/build.h"

#include "import/build_index.h"
#include "import/build_words.h"
#include "import/previous.h"
#include "import/relay.h"
#include "render/json.h"
#include "storage/schema.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rows of incident_row go in by so many bytes at once, and so lie side by side in the file: a page of a list reads little else,
 * and the system fetches what is near what is read. */
#define APART ((size_t)4 << 20)

#define EVIDENCE "certainty, source, asserter, asserter_class, asserted, note, quote"
#define SOURCE   "n, title, description, publisher, url, published, class, retrieved, seen"

/* The columns of each table in the order in which rows.c puts them. */
static const struct target {
    const char *name, *columns;
} targets[_TABLE_N] = {
    [TABLE_CATALOGUE] = {"catalogue", "one, id, built, incidents, organizations, dealers, events, sources, "
                                      "datasets, all_incidents, all_events, row_format, seal"},
    [TABLE_DATASET] = {"dataset",
                       "id, title, publisher, license, license_spdx, license_url, credit, url, "
                       "retrieved, read, imported, rejected, withdrawn, duplicates, rejects_total"},
    [TABLE_DATASET_WARNING] = {"dataset_warning", "dataset, kind, count"},
    [TABLE_DATASET_REJECT] = {"dataset_reject", "dataset, ordinal, file, position, field, reason"},
    [TABLE_ORGANIZATION] = {"organization",
                            "n, id, name, folded, kind, country, region, city, sector, website, "
                            "modified, digest, owner"},
    [TABLE_ORGANIZATION_ALIAS] = {"organization_alias", "id, organization"},
    [TABLE_ORGANIZATION_NAME] = {"organization_name", "organization, ordinal, name, lang, type, note"},
    [TABLE_ORGANIZATION_BRAND] = {"organization_brand", "organization, ordinal, brand"},
    [TABLE_ORGANIZATION_SOURCE] = {"organization_source", "organization, " SOURCE},
    [TABLE_ORGANIZATION_LINK] = {"organization_link",
                                 "organization, ordinal, target, relation, since, until, " EVIDENCE},
    [TABLE_INCIDENT] =
        {"incident",
         "n, id, title, summary, status, status_note, exposure, date, date_basis, sort_earliest, "
         "sort_latest, year, organization, org_name, org_kind, country, sector, occurred, "
         "discovered, contained, notified, disclosed, affected, affected_unit, affected_size, "
         "affected_others, dealers_named, dealers_stated, dealers_others, actions, classes, "
         "delay_discovery_min, delay_discovery_max, delay_disclosure_min, delay_disclosure_max, "
         "delay_total_min, delay_total_max, dataset, dataset_record, duplicate_of, added, modified, digest, "
         "withdrawn_at, withdrawn_reason, withdrawn_by, merged_into, listed"},
    [TABLE_INCIDENT_ROW] = {"incident_row", "n, json"},
    [TABLE_SOURCE] = {"source", "incident, " SOURCE},
    [TABLE_DATE_FACT] = {"date_fact", "incident, ordinal, kind, date, " EVIDENCE},
    [TABLE_PARTY] = {"party",
                     "incident, ordinal, organization, name, kind, role, count_value, count_minimum, "
                     "count_maximum, count_qualifier, " EVIDENCE},
    [TABLE_FIGURE] = {"figure",
                      "incident, ordinal, id, value, minimum, maximum, unit, currency, qualifier, scope, "
                      "counted, organization, org_name, org_kind, " EVIDENCE},
    [TABLE_DATA_CLASS] = {"data_class", "incident, ordinal, id, text, " EVIDENCE},
    [TABLE_ACTOR] = {"actor", "incident, ordinal, id, name, kind, " EVIDENCE},
    [TABLE_ACTOR_NAME] = {"actor_name", "incident, actor, ordinal, name"},
    [TABLE_ATTACK] = {"attack", "incident, ordinal, action, variety, vector, " EVIDENCE},
    [TABLE_EVENT] =
        {"event",
         "n, incident, ordinal, id, date, sort_earliest, sort_latest, kind, text, derived, " EVIDENCE},
    [TABLE_RELATED] = {"related", "incident, ordinal, target, relation, derived, " EVIDENCE},
    [TABLE_CAVEAT] = {"caveat", "incident, ordinal, text, about, source, asserter, asserter_class, asserted"},
    [TABLE_CONFLICT] = {"conflict", "incident, ordinal, text, about"},
    [TABLE_CONFLICT_SOURCE] = {"conflict_source", "incident, conflict, ordinal, source"},
    [TABLE_REACH] = {"reach", "organization, reach, incident, role, certainty, via, via_relation"},
    [TABLE_WORDS] = {"words", "rowid, title, names, text"},
    [TABLE_ORGANIZATION_WORDS] = {"organization_words", "rowid, names"},
};

struct build {
    struct relay
        *relay; /* between who puts rows and SQLite; while rows are in it, the rest is the other thread's */
    struct strbuf *out;  /* where the row being put goes: to the relay, or apart */
    struct strbuf apart; /* rows of TABLE_INCIDENT_ROW that wait */
    sqlite3 *db;
    sqlite3_stmt *inserts[_TABLE_N];
    sqlite3_stmt *row; /* being filled */
    int column;
    int result; /* SQLite's, the first that was not fine */
    int cause;  /* the system's, with it; 0: none */
};

static void close_build(struct build *b)
{
    b->relay = relay_free(b->relay);
    strbuf_done(&b->apart);
    for (size_t i = 0; i < _TABLE_N; i++)
        (void)sqlite3_finalize(b->inserts[i]);
    (void)sqlite3_close(b->db);
}
#define _cleanup_build_ __attribute__((cleanup(close_build)))

static void check(struct build *b, int result)
{
    if (b->result != SQLITE_OK || result == SQLITE_OK)
        return;
    b->result = result;
    if ((result & 0xff) == SQLITE_IOERR || (result & 0xff) == SQLITE_CANTOPEN)
        b->cause = sqlite3_system_errno(b->db);
    if (result == SQLITE_IOERR_WRITE && !b->cause)
        b->cause = errno; /* SQLite does not keep every one */
}

static void run(struct build *b, const char *sql)
{
    if (b->result == SQLITE_OK)
        check(b, sqlite3_exec(b->db, sql, NULL, NULL, NULL));
}

/* "INSERT INTO name (columns) VALUES (?, …)" */
static sqlite3_stmt *prepare(struct build *b, const struct target *t)
{
    char sql[2048];
    int n = snprintf(sql, sizeof sql, "INSERT INTO %s (%s) VALUES (?", t->name, t->columns);
    for (const char *comma = strchr(t->columns, ','); comma; comma = strchr(comma + 1, ','))
        n += snprintf(sql + n, sizeof sql - (size_t)n, ", ?");
    (void)snprintf(sql + n, sizeof sql - (size_t)n, ")");
    sqlite3_stmt *st = NULL;
    check(b, sqlite3_prepare_v3(b->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL));
    return st;
}

/* --- rows on their way --- */

/* What is written into the relay: each with what follows it. */
enum mark { MARK_ROW, MARK_TEXT, MARK_INTEGER, MARK_NULL, MARK_END };

/* N: at most eight bytes. */
static void put_mark(struct build *b, enum mark mark, const void *bytes, size_t n)
{
    char all[1 + sizeof(uint64_t)] = {(char)mark};
    memcpy(all + 1, bytes, n);
    strbuf_add(b->out, all, 1 + n);
}

void put_begin(struct build *b, enum build_table t)
{
    b->out = t == TABLE_INCIDENT_ROW ? &b->apart : relay_out(b->relay);
    put_mark(b, MARK_ROW, &t, sizeof t);
}

/* With its length before and a NUL behind it. */
void put_text(struct build *b, const char *s)
{
    size_t n = s ? strlen(s) : 0;
    if (!s) {
        put_null(b);
        return;
    }
    put_mark(b, MARK_TEXT, &n, sizeof n);
    strbuf_add(b->out, s, n + 1);
}

void put_integer(struct build *b, int64_t n)
{
    put_mark(b, MARK_INTEGER, &n, sizeof n);
}

void put_null(struct build *b)
{
    put_mark(b, MARK_NULL, "", 0);
}

static void join(struct build *b)
{
    strbuf_move(relay_out(b->relay), &b->apart);
    relay_cut(b->relay);
}

void put_end(struct build *b)
{
    put_mark(b, MARK_END, "", 0);
    if (b->out != &b->apart)
        relay_cut(b->relay);
    else if (b->apart.size >= APART || b->apart.failed)
        join(b);
}

static void begin_row(struct build *b, enum build_table t)
{
    if (!b->inserts[t])
        b->inserts[t] = prepare(b, &targets[t]);
    b->row = b->inserts[t];
    b->column = 0;
}

static void end_row(struct build *b)
{
    int result = b->column == sqlite3_bind_parameter_count(b->row) ? sqlite3_step(b->row) : SQLITE_MISUSE;
    if (result != SQLITE_DONE)
        check(b, result);
    else
        check(b, sqlite3_reset(b->row));
}

/* Steps over N bytes, which go to RET. */
static const char *copy(const char *from, void *ret, size_t n)
{
    memcpy(ret, from, n);
    return from + n;
}

static const char *bind_text(struct build *b, const char *at)
{
    size_t n;
    at = copy(at, &n, sizeof n);
    check(b, sqlite3_bind_text64(b->row, ++b->column, at, n, SQLITE_STATIC, SQLITE_UTF8));
    return at + n + 1;
}

static const char *bind_integer(struct build *b, const char *at)
{
    int64_t n;
    at = copy(at, &n, sizeof n);
    check(b, sqlite3_bind_int64(b->row, ++b->column, n));
    return at;
}

static const char *take_row(struct build *b, const char *at)
{
    enum build_table t;
    at = copy(at, &t, sizeof t);
    begin_row(b, t);
    return at;
}

/* Rows as put_*() wrote them, whole ones. Here is where SQLite works, on a thread of its own. */
static void take_rows(void *ctx, const char *bytes, size_t size)
{
    struct build *b = ctx;
    for (const char *at = bytes, *end = bytes + size; at < end && b->result == SQLITE_OK;)
        switch ((enum mark) * at++) {
        case MARK_ROW:
            at = take_row(b, at);
            break;
        case MARK_TEXT:
            at = bind_text(b, at);
            break;
        case MARK_INTEGER:
            at = bind_integer(b, at);
            break;
        case MARK_NULL:
            check(b, sqlite3_bind_null(b->row, ++b->column));
            break;
        case MARK_END:
            end_row(b);
        }
}

/* --- the file --- */

/* The text of the file's own schema, for its seal. */
struct shape {
    struct arena *mem;
    const char **texts;
    size_t n, room;
};

static int read_shape(struct build *b, struct shape *ret)
{
    sqlite3_stmt *st = NULL;
    int result = 0, step = SQLITE_DONE;
    check(b, sqlite3_prepare_v2(b->db, schema_shape_sql, -1, &st, NULL));
    while (result == 0 && b->result == SQLITE_OK && (step = sqlite3_step(st)) == SQLITE_ROW) {
        const char *text = arena_strdup(ret->mem, (const char *)sqlite3_column_text(st, 0));
        if (!text || grow(&ret->texts, ret->n, &ret->room, sizeof *ret->texts) != 0)
            result = -ENOMEM;
        else
            ret->texts[ret->n++] = text;
    }
    if (result == 0 && step != SQLITE_DONE)
        check(b, step);
    (void)sqlite3_finalize(st);
    return result;
}

static int make_seal(struct build *b, const struct catalogue *c, const struct build_totals *t,
                     char ret[static DIGEST_HEX_SIZE])
{
    struct schema_seal s = {.id = c->id,
                            .built = c->built,
                            .incidents = t->incidents,
                            .organizations = t->organizations,
                            .dealers = t->dealers,
                            .events = t->events,
                            .sources = t->sources,
                            .datasets = t->datasets,
                            .all_incidents = t->all_incidents,
                            .all_events = t->all_events,
                            .row_format = JSON_ROW_FORMAT};
    struct shape shape = {.mem = c->mem};
    int result = read_shape(b, &shape);
    if (result == 0 && b->result == SQLITE_OK)
        result = schema_seal(&s, shape.texts, shape.n, ret);
    free(shape.texts);
    return result;
}

static int put_catalogue(struct build *b, const struct catalogue *c, const struct build_totals *t,
                         const char *seal)
{
    const int64_t counts[] = {t->incidents, t->organizations, t->dealers,       t->events,
                              t->sources,   t->datasets,      t->all_incidents, t->all_events};
    put_begin(b, TABLE_CATALOGUE);
    put_integer(b, 1);
    put_text(b, c->id);
    put_text(b, c->built);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        put_integer(b, counts[i]);
    put_integer(b, JSON_ROW_FORMAT);
    put_text(b, seal);
    put_end(b);
    return relay_drain(b->relay);
}

/* No journal while building: a file half written is thrown away whole. */
static void open_file(struct build *b, const char *path)
{
    check(b, sqlite3_open_v2(path, &b->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
    if (b->result == SQLITE_OK) {
        (void)sqlite3_extended_result_codes(b->db, 1);
        check(b, sqlite3_db_config(b->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL));
        check(b, sqlite3_db_config(b->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL));
    }
    run(b, "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = OFF; "
           "PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF");
}

static int put_rows(struct build *b, struct catalogue *c, struct build_totals *totals)
{
    int result = rows_put(b, c, totals);
    join(b);
    int drained = relay_drain(b->relay);
    return result != 0 ? result : drained;
}

static int fill(struct build *b, struct catalogue *c)
{
    struct build_totals totals = {0};
    char seal[DIGEST_HEX_SIZE] = "";
    run(b, "BEGIN");
    run(b, schema_sql.bytes);
    if (b->result == SQLITE_OK)
        check(b, build_words_begin(b->db));
    int result = b->result == SQLITE_OK ? put_rows(b, c, &totals) : 0;
    run(b, schema_finish_sql.bytes);
    if (result == 0 && b->result == SQLITE_OK)
        check(b, build_words_end(b->db));
    if (result == 0 && b->result == SQLITE_OK)
        check(b, build_index(b->db));
    if (result == 0 && b->result == SQLITE_OK)
        result = previous_settle(c);
    if (result == 0 && b->result == SQLITE_OK)
        result = make_seal(b, c, &totals, seal);
    if (result == 0)
        result = put_catalogue(b, c, &totals, seal);
    run(b, "COMMIT");
    for (size_t i = 0; i < _TABLE_N; i++) {
        (void)sqlite3_finalize(b->inserts[i]);
        b->inserts[i] = NULL;
    }
    run(b, "PRAGMA journal_mode = DELETE");
    return result;
}

/* SQLite's words, and the system's where there is a cause. */
static int tell(const struct build *b, char **reterr)
{
    if (b->result == SQLITE_NOMEM || !b->db)
        return -ENOMEM;
    char *line = NULL;
    if (asprintf(&line, "%s%s%s", sqlite3_errstr(b->result), b->cause ? ": " : "",
                 b->cause ? strerror(b->cause) : "") < 0)
        return -ENOMEM;
    *reterr = line;
    return BUILD_E_FAILED;
}

int build_write(struct catalogue *c, const char *path, char **reterr)
{
    _cleanup_build_ struct build b = {0};
    b.relay = relay_new(take_rows, &b);
    if (!b.relay)
        return -ENOMEM;
    open_file(&b, path);
    int result = fill(&b, c);
    if (result == 0 && b.result != SQLITE_OK)
        result = tell(&b, reterr);
    return result;
}
