/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_BENCH_JSONW_H
#define BREACHD_BENCH_JSONW_H

/*
 * JSON as the generator writes it, straight into a buffer: commas come by themselves. KEY is NULL for members of lists. What is
 * written holds nothing that JSON escapes: all of it comes from this program's own tables.
 */
#include "util/strbuf.h"

#include <stdint.h>

/* BRACKET is '{' or '[', and the closing one of these. */
void put_open(struct strbuf *o, const char *key, char bracket);
void put_close(struct strbuf *o, char bracket);

/* Nothing where TEXT is NULL: an absent member is one that is not known. */
void put_text(struct strbuf *o, const char *key, const char *text);
void put_number(struct strbuf *o, const char *key, uint64_t number);

/* A text that the caller writes between the two. */
void put_text_begin(struct strbuf *o, const char *key);
void put_text_end(struct strbuf *o);

#endif
