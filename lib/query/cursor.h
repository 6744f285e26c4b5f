/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_QUERY_CURSOR_H
#define BREACHD_QUERY_CURSOR_H

/*
 * Cursors as clients carry them: opaque, URL-safe text that holds a sort key, the query it belongs to and the
 * catalogue that made it. They are bound to the query, so a cursor of another query is a fault, not a wrong
 * page; not to the catalogue, so that paging goes on across a swap.
 */
#include "query/query.h"

enum { CURSOR_E_BAD = 1, /* not a cursor */ CURSOR_E_QUERY /* of another query */ };

/* Writes the text of C. QUERY: the canonical query without page; CATALOGUE: its id. Failure shows in OUT. */
void cursor_encode(const struct cursor *c, const char *query, const char *catalogue, struct strbuf *out);

/* Reads TEXT; 0, -ENOMEM or CURSOR_E_*. *ret_changed: made by another catalogue. */
int cursor_decode(const char *text, const char *query, const char *catalogue, struct arena *mem,
                  struct cursor *ret, bool *ret_changed);

#endif
