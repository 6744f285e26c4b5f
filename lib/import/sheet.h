/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_SHEET_H
#define BREACHD_IMPORT_SHEET_H

/* Text becomes rows of cells: comma-separated values (RFC 4180, and what spreadsheets make of it), by libcsv. */
#include <stddef.h>

/* The bytes between the commas, without the quotation marks that enclose them. No NUL follows. */
struct cell {
    const char *text;
    size_t n;
};

struct sheet_row {
    const struct cell *cells;
    size_t n;
    size_t line;       /* where it begins, from 1 */
    const char *fault; /* why it cannot be read, a clause; NULL: it can */
};

/*
 * Hands the rows of the N bytes at TEXT to ROW, one by one; they are gone when it returns. Blank lines are no rows, a byte
 * order mark is skipped, and a stray quotation mark is a character. A row that is never closed or too large has a
 * fault, and reading goes on in the line after the one it begins in. 0, -ENOMEM, or what ROW returned, which ends the
 * reading.
 */
int sheet_read(const char *text, size_t n, int (*row)(void *ctx, const struct sheet_row *row), void *ctx);

#endif
