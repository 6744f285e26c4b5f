/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_JSON_CELLS_H
#define BREACHD_RENDER_JSON_CELLS_H

/*
 * The members of a row of JSON as the cells of a table. A path leads to a member: "affected/asserted_by/name"; "actions[]" to
 * the members of a list and "via[]/id" to one of each; "warnings{}" to all of an object whose names come from data.
 *
 * Rows are read as json_write.c writes them, without white space, and in place: jansson cannot be told in time that memory
 * ends while it reads.
 */
#include "util/strbuf.h"

#define JSON_CELLS_MOST 64 /* members of a row */

struct json_member {
    const char *key, *value; /* key: at its quote */
    size_t key_size;         /* without quotes */
};

struct json_cells {
    struct json_member members[JSON_CELLS_MOST];
    size_t n;
};

/* Finds the members of the object TEXT, which stays where it is and ends in NUL. False: it is no such object. */
bool json_cells_read(const char *text, struct json_cells *ret);

/*
 * Appends what stands at PATH: a text as it is, null and what is not there as nothing; the members of a list with | between
 * them, of an object as name=value. Within lists a | or \ of a text has a \ before it. Whether that is text: not a number
 * and not true or false.
 */
bool json_cell(const struct json_cells *c, const char *path, struct strbuf *out);

/* What its column is called: "affected_asserted_by_name". */
void json_cell_name(const char *path, struct strbuf *out);

#endif
