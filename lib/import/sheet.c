/* SPDX-License-Identifier: MIT */
/*
 * The front door of libcsv. It knows no lines, so it is fed one at a time: a row that a line leaves open has a
 * quotation mark open. Called by adapters of tables.
 */
#include "import/sheet.h"

#include "util/limits.h"
#include "util/strbuf.h"

#include <csv.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>

/* After so many rows that were never closed the rest is given up: each costs a second look at what follows. */
#define RESTARTS_MOST 16

/* What libcsv's buffer for one cell begins with. */
#define CELL_BYTES 4096

/* One reading. */
struct sheet {
    struct csv_parser parser;
    struct strbuf bytes;           /* of the cells of the present row, one after the other */
    size_t ends[LIMIT_COLUMNS], n; /* where each cell ends there */
    const char *fault;
    size_t line; /* where the present row begins */
    bool open;   /* a row has begun and not ended */
    int result;  /* of the receiver */
    int (*row)(void *ctx, const struct sheet_row *row);
    void *ctx;
};

static void sheet_cleanup(struct sheet *s)
{
    csv_free(&s->parser);
    strbuf_done(&s->bytes);
}
#define _cleanup_sheet_ __attribute__((cleanup(sheet_cleanup)))

static void on_cell(void *text, size_t n, void *ctx)
{
    struct sheet *s = ctx;
    s->open = true;
    if (s->fault)
        return;
    if (s->bytes.size + n > LIMIT_RECORD_BYTES) {
        s->fault = "is larger than a record may be";
    } else if (s->n == LIMIT_COLUMNS) {
        s->fault = "has too many cells";
    } else {
        strbuf_add(&s->bytes, text, n);
        s->ends[s->n++] = s->bytes.size;
    }
}

/* Hands over what was gathered, and forgets it. */
static void end_row(struct sheet *s)
{
    struct cell cells[LIMIT_COLUMNS];
    for (size_t i = 0, start = 0; i < s->n; start = s->ends[i++])
        cells[i] = (struct cell){s->bytes.size ? s->bytes.data + start : "", s->ends[i] - start};
    struct sheet_row row = {.cells = cells, .n = s->n, .line = s->line, .fault = s->fault};
    if (s->bytes.failed)
        s->result = -ENOMEM;
    if (s->result == 0)
        s->result = s->row(s->ctx, &row);
    strbuf_reset(&s->bytes);
    s->n = 0;
    s->fault = NULL;
    s->open = false;
}

static void on_row(int c, void *ctx)
{
    (void)c;
    end_row(ctx);
}

static bool is_blank(const char *line, size_t n)
{
    while (n && strchr(" \t\r\n", *line) && *line)
        line++, n--;
    return n == 0;
}

static int feed(struct sheet *s, const char *line, size_t n)
{
    bool nothing = !s->open && is_blank(line, n);
    s->open = !nothing; /* until on_row() says otherwise */
    if (csv_parse(&s->parser, line, n, on_cell, on_row, s) != n)
        return -ENOMEM;
    return s->result;
}

static int start(struct sheet *s)
{
    if (csv_init(&s->parser, 0) != 0)
        return -ENOMEM;
    csv_set_blk_size(&s->parser, CELL_BYTES);
    return 0;
}

/* Lets the buffer for a cell that outgrows it have room for as much again as the row has by now, of which there are SIZE bytes:
 * by equal steps a huge cell would be copied at each of them. */
static void make_room(struct sheet *s, size_t size)
{
    size_t most = size < LIMIT_RECORD_BYTES ? size : LIMIT_RECORD_BYTES;
    csv_set_blk_size(&s->parser, most > CELL_BYTES ? most : CELL_BYTES);
}

/* The row that began in the line at FIRST is given up, and with it what it swallowed. */
static int give_up(struct sheet *s, bool last)
{
    s->fault = last ? "opens a quotation mark that is never closed, as others did; no more was read"
                    : "opens a quotation mark that is not closed";
    end_row(s);
    csv_free(&s->parser);
    int result = start(s);
    return result != 0 ? result : s->result;
}

static size_t line_length(const char *text, size_t n)
{
    const char *end = memchr(text, '\n', n);
    return end ? (size_t)(end - text) + 1 : n;
}

/* Whether the open row was never closed: nothing follows, or far too much did. */
static bool is_lost(struct sheet *s, size_t taken, bool at_end, int *ret)
{
    if (at_end && s->open)
        *ret = feed(s, "\n", 1);
    return *ret == 0 && s->open && (at_end || taken > LIMIT_RECORD_BYTES);
}

static int read_lines(struct sheet *s, const char *text, size_t n)
{
    size_t number = 0, restarts = 0, first = 0, at = 0; /* first: where the row being read begins */
    int result = 0;
    while (at < n && result == 0) {
        size_t length = line_length(text + at, n - at);
        number++;
        if (!s->open) {
            s->line = number;
            first = at;
        }
        make_room(s, at + length - first);
        result = feed(s, text + at, length);
        at += length;
        if (result == 0 && is_lost(s, at - first, at == n, &result)) {
            bool last = ++restarts > RESTARTS_MOST;
            number = s->line;
            at = last ? n : first + line_length(text + first, n - first);
            result = give_up(s, last);
        }
    }
    return result;
}

int sheet_read(const char *text, size_t n, int (*row)(void *ctx, const struct sheet_row *row), void *ctx)
{
    size_t skip = n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    _cleanup_sheet_ struct sheet s = {.row = row, .ctx = ctx};
    int result = start(&s);
    return result != 0 ? result : read_lines(&s, text + skip, n - skip);
}
