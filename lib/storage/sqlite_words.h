/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_STORAGE_SQLITE_WORDS_H
#define BREACHD_STORAGE_SQLITE_WORDS_H

/* Full-text search: which rows a search finds. As the filters are (sqlite_filter.h). */
#include "storage/sqlite_filter.h"

/* The incidents, unlisted ones too, that Q's search finds; F is FILTER_TEXT. */
int filter_words(struct storage_reader *rd, const struct query *q, enum filter f, const struct rowset **ret);

/* The organisations that Q's search finds. */
int filter_org_words(struct storage_reader *rd, const struct query *q, const struct rowset **ret);

/* How many rows the words that begin with BEGIN have, each counted; SIZE_MAX: there are too many words. */
int words_beginning(struct storage_reader *rd, const char *begin, size_t *ret);

/* Appends T as FTS5 reads it: one quoted string. */
void words_put_term(const struct search_term *t, struct strbuf *out);

#endif
