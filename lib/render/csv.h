/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_CSV_H
#define BREACHD_RENDER_CSV_H

/*
 * Tables as CSV (RFC 4180): lines end in CR LF, a cell is quoted where it holds a comma, a quote or an end of line, and quotes
 * in it are doubled. Nothing else is changed, so readers get back what was written.
 */
#include "render/json_cells.h"

/* What spreadsheets need to see that a file is UTF-8. */
#define CSV_BYTE_ORDER_MARK "\xef\xbb\xbf"

/* One cell. GUARD: a text that a spreadsheet would take for a formula (it begins with = + - @, tab or CR) gets a ' before it. */
void csv_cell(const char *text, size_t n, bool guard, struct strbuf *out);

/* The columns of each kind of row (csv_columns.c): the paths of its members (json_cells.h), in their order. They do not
 * depend on data, and name every member that the row may have. */
struct csv_columns {
    const char *const *paths;
    size_t n;
};
extern const struct csv_columns csv_incident, csv_organization, csv_event, csv_actor, csv_class, csv_dataset,
    csv_group;

#endif
