/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_BUILD_WORDS_H
#define BREACHD_IMPORT_BUILD_WORDS_H

/* The full-text index of a catalogue, around its rows. Both give SQLite's result code. */
struct sqlite3;

/* Before the first row of words goes in: how the index grows. */
int build_words_begin(struct sqlite3 *db);

/* After the last: puts the index into its final form and counts its words. */
int build_words_end(struct sqlite3 *db);

#endif
