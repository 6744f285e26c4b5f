/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_TESTS_IMPORT_FIXTURE_H
#define BREACHD_TESTS_IMPORT_FIXTURE_H

/* A folder of its own for each test, with inputs to write, an import to run, and the catalogue to open. */
#include "import/import.h"
#include "storage/storage.h"

struct fixture {
    char folder[64];
    struct import_report *report; /* of the last run */
    char *error;                  /* of the last run, or NULL */
    struct arena *mem;
    struct storage *st;
    struct storage_reader *rd;
    bool strict;       /* imports may not withdraw many records */
    const char *built; /* as the option; NULL: not given */
};

void fixture_init(struct fixture *f);
void fixture_done(struct fixture *f); /* removes the folder and all in it */
#define _cleanup_fixture_ __attribute__((cleanup(fixture_done)))

/* FOLDER/NAME; in the fixture's arena. */
const char *fixture_path(struct fixture *f, const char *name);

/* Writes TEXT, with each ' as ", to "in/NAME". */
void fixture_write(struct fixture *f, const char *name, const char *text);
void fixture_write_bytes(struct fixture *f, const char *name, const char *bytes, size_t n);

/* Imports the folder "in" to "OUTPUT"; what import_run says. */
int fixture_import(struct fixture *f, const char *output);

/* As it, from INPUT as it stands: "hhs:" and the like may come before a path. */
int fixture_import_input(struct fixture *f, const char *input, const char *output);

/* Imports "in" to "out.db", which must succeed, and opens it. */
void fixture_open(struct fixture *f);

/* Opens OUTPUT and writes it as NDJSON, as /catalogue.ndjson has it, to the new folder "in2". */
void fixture_export(struct fixture *f);
int fixture_import_from(struct fixture *f, const char *input, const char *output);

/* The finding about FIELD (NULL: about a record as a whole), or NULL. */
const struct import_finding *fixture_finding(const struct fixture *f, bool warning, const char *field);

/* Whether two files below the folder are alike, byte for byte. */
bool fixture_same(struct fixture *f, const char *a, const char *b);

#endif
