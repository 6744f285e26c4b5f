/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_TESTS_STORAGE_FIXTURE_H
#define BREACHD_TESTS_STORAGE_FIXTURE_H

/* Makes small catalogues with SQLite itself, so that storage is tested without the importer. */
#include "storage/storage.h"
#include "suite.h"

#include <stddef.h>

/* A folder of its own for one test, and paths in it; removed with everything by fixture_done. */
struct fixture {
    char folder[64];
    char path[128]; /* folder/catalogue.db */
};

void fixture_init(struct fixture *f);
void fixture_done(struct fixture *f);

/* Runs SQL (several statements) on the file at PATH, as nobody but a test would. */
void fixture_run(const char *path, const char *sql);

/* Writes a sealed catalogue to PATH: schema, tests/unit/storage.sql, EXTRA (or NULL), finish. ID is its id. */
void fixture_catalogue(const char *path, const char *id, const char *extra);

/* Sets the seal of PATH anew, after a change that is not to be found by it. */
void fixture_seal(const char *path);

/* Opens it; a refusal fails the test. */
struct storage *fixture_open(const char *path);

/* The plan of one statement, its lines joined by " | ". */
void fixture_plan(const char *path, const char *sql, char *ret, size_t room);

#endif
