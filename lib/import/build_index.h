/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_BUILD_INDEX_H
#define BREACHD_IMPORT_BUILD_INDEX_H

/* Fills the tables rowset and slices of a catalogue (storage/sets.h) from its other rows. */
struct sqlite3;

/* After finish.sql has run, within a transaction. SQLite's result code: SQLITE_OK, SQLITE_NOMEM, or another one. */
int build_index(struct sqlite3 *db);

#endif
