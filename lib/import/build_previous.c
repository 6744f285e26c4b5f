/* SPDX-License-Identifier: MIT */
/*
 * Reads the catalogue that is being replaced: a few columns of its records, in order of id, one at a time, so that
 * memory does not grow with it. Nothing in the file may run. Called by previous.c.
 */
#include "import/previous.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum previous_query {
    QUERY_INCIDENTS,
    QUERY_ORGANIZATIONS,
    QUERY_CATALOGUE,
    QUERY_DATASET,
    QUERY_HAS,
    _QUERY_N
};

static const char *const queries[_QUERY_N] = {
    [QUERY_INCIDENTS] = "SELECT id, digest, title, dataset, dataset_record, added, modified, withdrawn_at, "
                        "withdrawn_reason, withdrawn_by FROM incident ORDER BY id",
    [QUERY_ORGANIZATIONS] = "SELECT id, digest, NULL, NULL, NULL, NULL, modified, NULL, NULL, NULL "
                            "FROM organization ORDER BY id",
    [QUERY_CATALOGUE] = "SELECT id, built FROM catalogue",
    [QUERY_DATASET] = "SELECT id, title, publisher, license, license_spdx, license_url, credit, url, "
                      "retrieved FROM dataset WHERE id = ?",
    [QUERY_HAS] = "SELECT 1 FROM incident WHERE id = ?",
};

struct previous {
    sqlite3 *db;
    sqlite3_stmt *queries[_QUERY_N];
    sqlite3_stmt *list; /* being read */
};

static int outcome(int code)
{
    return code == SQLITE_OK ? 0 : code == SQLITE_NOMEM ? -ENOMEM : PREVIOUS_E_BROKEN;
}

struct previous *previous_close(struct previous *p)
{
    if (!p)
        return NULL;
    for (size_t i = 0; i < _QUERY_N; i++)
        (void)sqlite3_finalize(p->queries[i]);
    (void)sqlite3_close(p->db);
    free(p);
    return NULL;
}

static int harden(struct previous *p)
{
    static const struct {
        int option, value;
    } switches[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
    };
    int code = SQLITE_OK;
    for (size_t i = 0; i < sizeof switches / sizeof *switches && code == SQLITE_OK; i++)
        code = sqlite3_db_config(p->db, switches[i].option, switches[i].value, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(p->db, "PRAGMA query_only = ON; PRAGMA cell_size_check = ON", NULL, NULL, NULL);
    return code;
}

static int prepare(struct previous *p)
{
    int code = SQLITE_OK;
    for (size_t i = 0; i < _QUERY_N && code == SQLITE_OK; i++)
        code = sqlite3_prepare_v2(p->db, queries[i], -1, &p->queries[i], NULL);
    return code;
}

/* The one row of catalogue stays where it is until the end: its texts are the answers of previous_id() and _built(). */
static int read_catalogue(struct previous *p)
{
    int code = sqlite3_step(p->queries[QUERY_CATALOGUE]);
    if (code != SQLITE_ROW)
        return code == SQLITE_DONE ? SQLITE_CORRUPT : code;
    return previous_id(p) && previous_built(p) ? SQLITE_OK : SQLITE_CORRUPT;
}

int previous_open(const char *path, struct previous **ret)
{
    _cleanup_previous_ struct previous *p = calloc(1, sizeof *p);
    if (!p)
        return -ENOMEM;
    int code = sqlite3_open_v2(path, &p->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        code = harden(p);
    if (code == SQLITE_OK)
        code = prepare(p);
    if (code == SQLITE_OK)
        code = read_catalogue(p);
    if (code != SQLITE_OK)
        return outcome(code);
    *ret = p;
    p = NULL;
    return 0;
}

static const char *text(sqlite3_stmt *st, int column)
{
    return (const char *)sqlite3_column_text(st, column);
}

const char *previous_id(const struct previous *p)
{
    return text(p->queries[QUERY_CATALOGUE], 0);
}

const char *previous_built(const struct previous *p)
{
    return text(p->queries[QUERY_CATALOGUE], 1);
}

int previous_first(struct previous *p, enum previous_list list)
{
    static const enum previous_query of[_PREVIOUS_LIST_N] = {
        [PREVIOUS_INCIDENTS] = QUERY_INCIDENTS, [PREVIOUS_ORGANIZATIONS] = QUERY_ORGANIZATIONS};
    p->list = p->queries[of[list]];
    return outcome(sqlite3_reset(p->list));
}

int previous_next(struct previous *p, struct previous_record *ret)
{
    int code = sqlite3_step(p->list);
    if (code != SQLITE_ROW)
        return code == SQLITE_DONE ? PREVIOUS_E_END : outcome(code);
    const char **const columns[] = {
        &ret->id,    &ret->digest,   &ret->title,        &ret->dataset,          &ret->dataset_record,
        &ret->added, &ret->modified, &ret->withdrawn.at, &ret->withdrawn.reason, &ret->withdrawn.by};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        *columns[i] = text(p->list, (int)i);
    /* a text that SQLite could not hand over is NULL like one that is not there */
    if (sqlite3_errcode(p->db) == SQLITE_NOMEM)
        return -ENOMEM;
    return ret->id && ret->digest && ret->modified ? 0 : PREVIOUS_E_BROKEN;
}

int previous_has(struct previous *p, const char *id, bool *ret)
{
    sqlite3_stmt *st = p->queries[QUERY_HAS];
    int code = sqlite3_bind_text(st, 1, id, -1, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_step(st);
    (void)sqlite3_reset(st);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return outcome(code);
    *ret = code == SQLITE_ROW;
    return 0;
}

static int copy_dataset(sqlite3_stmt *st, struct arena *mem, struct dataset *ret)
{
    struct dataset d = {0};
    const char **const columns[] = {&d.id,           &d.title,       &d.publisher, &d.license,
                                    &d.license_spdx, &d.license_url, &d.credit,    &d.url};
    int n = (int)(sizeof columns / sizeof *columns);
    for (int i = 0; i < n; i++) {
        *columns[i] = arena_strdup(mem, text(st, i));
        if (!*columns[i] && sqlite3_column_type(st, i) != SQLITE_NULL)
            return -ENOMEM;
    }
    if (!d.id || !d.title)
        return PREVIOUS_E_BROKEN;
    const char *retrieved = arena_strdup(mem, text(st, n));
    if (!retrieved && sqlite3_column_type(st, n) != SQLITE_NULL)
        return -ENOMEM;
    if (retrieved && edtf_parse(retrieved, &d.retrieved) != 0)
        return PREVIOUS_E_BROKEN;
    *ret = d;
    return 0;
}

int previous_dataset(struct previous *p, const char *id, struct arena *mem, struct dataset *ret)
{
    sqlite3_stmt *st = p->queries[QUERY_DATASET];
    int code = sqlite3_bind_text(st, 1, id, -1, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_step(st);
    int result = code == SQLITE_ROW    ? copy_dataset(st, mem, ret)
                 : code == SQLITE_DONE ? PREVIOUS_E_BROKEN
                                       : outcome(code);
    (void)sqlite3_reset(st);
    return result;
}
