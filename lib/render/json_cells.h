/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_JSON_CELLS_H
#define BREACHD_RENDER_JSON_CELLS_H

/*
 * The members of a row of JSON as the cells of a table. A path leads to a member: "affected/asserted_by/name"; "actions[]" to
 * the members of a list and "via[]/id" to one of each; "warnings{}" to all of an object whose names come from data.
 */
#include "util/strbuf.h"

struct json_cells;

/* Reads one object. 0, -ENOMEM, or -EINVAL. */
int json_cells_new(const char *text, size_t size, struct json_cells **ret);
void json_cells_free(struct json_cells *c);

/*
 * Appends what stands at PATH: a text as it is, null and what is not there as nothing; the members of a list with | between
 * them, of an object as name=value. Within lists a | or \ of a text has a \ before it. Whether that is text: not a number
 * and not true or false.
 */
bool json_cell(const struct json_cells *c, const char *path, struct strbuf *out);

/* What its column is called: "affected_asserted_by_name". */
void json_cell_name(const char *path, struct strbuf *out);

static inline void json_cells_cleanup(struct json_cells **c)
{
    json_cells_free(*c);
}
#define _cleanup_cells_ __attribute__((cleanup(json_cells_cleanup)))

#endif
