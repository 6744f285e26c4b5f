/* SPDX-License-Identifier: MIT */
/*
 * The full-text index is written in large pieces, which are merged once at the end: what FTS5 does by itself, merging
 * as it goes, is for tables that are read meanwhile. The same rows give the same bytes.
 */
#include "import/build_words.h"

#include <sqlite3.h>
#include <stddef.h>

int build_words_begin(struct sqlite3 *db)
{
    return sqlite3_exec(db,
                        "INSERT INTO words (words, rank) VALUES ('automerge', 0);"
                        "INSERT INTO words (words, rank) VALUES ('hashsize', 33554432);"
                        "INSERT INTO organization_words (organization_words, rank) VALUES ('automerge', 0);",
                        NULL, NULL, NULL);
}

int build_words_end(struct sqlite3 *db)
{
    return sqlite3_exec(db,
                        "INSERT INTO words (words) VALUES ('optimize');"
                        "INSERT INTO organization_words (organization_words) VALUES ('optimize');"
                        "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab ('main', 'words', 'row');"
                        "INSERT INTO word (word, incidents) SELECT term, doc FROM temp.vocabulary;"
                        "DROP TABLE temp.vocabulary;",
                        NULL, NULL, NULL);
}
