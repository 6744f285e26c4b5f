/* SPDX-License-Identifier: MIT */
/*
 * The breach portal of the U.S. Department of Health and Human Services, as it exports its table (CSV): breaches of
 * health information of 500 people or more, as those who must report them did. A row is a report to the regulator, so
 * what it says is admitted, by whom it names and on the day it was submitted.
 */
#include "import/draft.h"
#include "import/hhs_ids.h"
#include "import/hhs_row.h"
#include "import/sheet.h"
#include "util/digest.h"
#include "util/strbuf.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define DATASET "hhs"

/* Headings by which a table is known, also one that lacks some. */
#define HEADINGS_LEAST 3

static const struct dataset about = {
    .id = DATASET,
    .title = "Breach portal: breaches of unsecured protected health information of 500 or more people",
    .publisher = HHS_PUBLISHER ", Office for Civil Rights",
    .license = "public domain",
    .license_url = "https://www.govinfo.gov/link/uscode/17/105",
    .credit = "Breach portal of the " HHS_PUBLISHER ", Office for Civil Rights",
    .url = HHS_PORTAL,
};

/* One table being read: twice, since an id depends on whether other rows have the same. */
struct table_reading {
    struct catalogue *c;
    struct origin from;
    size_t *records;
    bool begun, refused;       /* the heading was seen; and was no good */
    int column[_HHS_COLUMN_N]; /* where each is in a row, or -1 */
    size_t width;              /* cells in the heading */
    struct hhs_id *ids;        /* of the readable rows */
    size_t n, room, next;
};

/* --- cells --- */

static bool is_heading(struct cell c, const char *name)
{
    c = hhs_trim(c);
    return strlen(name) == c.n && strncasecmp(c.text, name, c.n) == 0;
}

static int column_of(struct cell c)
{
    for (int i = 0; i < _HHS_COLUMN_N; i++)
        if (is_heading(c, hhs_headings[i].name))
            return i;
    return -1;
}

/* The known columns of a row, in our order; what the row is too short for is empty. */
static void pick(const struct table_reading *t, const struct sheet_row *row,
                 struct cell ret[static _HHS_COLUMN_N])
{
    for (size_t i = 0; i < _HHS_COLUMN_N; i++) {
        int at = t->column[i];
        ret[i] = at >= 0 && (size_t)at < row->n ? hhs_trim(row->cells[at]) : (struct cell){"", 0};
    }
}

/* Why a row cannot be read, or NULL. Cells may lack at the end where they need not be there, and empty ones may be
 * left over; any other number means that commas or quotation marks are not where they should be. */
static const char *fault_of(const struct table_reading *t, const struct sheet_row *row)
{
    if (row->fault)
        return row->fault;
    for (size_t i = t->width; i < row->n; i++)
        if (hhs_trim(row->cells[i]).n)
            return "has more cells than the heading; a quotation mark or comma is out of place";
    for (size_t i = 0; i < _HHS_COLUMN_N; i++)
        if (hhs_headings[i].required && (size_t)t->column[i] >= row->n)
            return "has fewer cells than the heading; a quotation mark or comma is out of place";
    return NULL;
}

/* --- the heading --- */

static int reject(struct table_reading *t, const struct origin *at, const char *reason)
{
    int result = report_add(t->c->report, at, NULL, NULL, reason);
    return result != 0 ? result : report_count(t->c->report, DATASET, true, false);
}

static int refuse(struct table_reading *t)
{
    _cleanup_strbuf_ struct strbuf reason = STRBUF_INIT;
    for (size_t i = 0; i < _HHS_COLUMN_N; i++)
        if (hhs_headings[i].required && t->column[i] < 0)
            strbuf_addf(&reason, "%s \"%s\"", reason.size ? "," : "lacks the column", hhs_headings[i].name);
    t->refused = reason.size > 0;
    return reason.failed ? -ENOMEM : t->refused ? reject(t, &t->from, reason.data) : 0;
}

static int warn_column(struct table_reading *t, struct cell c, const char *reason)
{
    char name[64];
    size_t n = c.n < sizeof name - 1 ? c.n : sizeof name - 1;
    memcpy(name, c.text, n);
    name[n] = '\0';
    return n ? report_add(t->c->report, &t->from, "unknown-column", name, reason) : 0;
}

static int warn_columns(struct table_reading *t, const struct sheet_row *row)
{
    int result = 0;
    for (size_t i = 0; i < row->n && result == 0; i++) {
        struct cell c = hhs_trim(row->cells[i]);
        int column = column_of(c);
        if (column < 0)
            result = warn_column(t, c, "is a column that is not known; left out");
        else if ((size_t)t->column[column] != i)
            result = warn_column(t, c, "is a column that was there before; the first one counts");
    }
    return result;
}

static int read_heading(struct table_reading *t, const struct sheet_row *row)
{
    t->begun = true;
    t->width = row->n;
    for (size_t i = 0; i < _HHS_COLUMN_N; i++)
        t->column[i] = -1;
    for (size_t i = row->n; i-- > 0;)
        if (column_of(row->cells[i]) >= 0)
            t->column[column_of(row->cells[i])] = (int)i;
    int result = refuse(t);
    return result != 0 || t->refused ? result : warn_columns(t, row);
}

/* --- a row --- */

/* The position is in TEXT. */
static struct origin place(const struct table_reading *t, const struct sheet_row *row,
                           char text[static ORIGIN_SIZE])
{
    struct origin at = t->from;
    (void)snprintf(text, ORIGIN_SIZE, "line %zu", row->line);
    at.position = text;
    return at;
}

static int count_identical(struct table_reading *t, const struct origin *at)
{
    int result = report_add(t->c->report, at, "identical", NULL, "is the same as another row; one is enough");
    return result != 0 ? result : report_count(t->c->report, DATASET, false, true);
}

static int import_row(void *ctx, const struct sheet_row *row)
{
    struct table_reading *t = ctx;
    if (!t->begun) {
        t->begun = true;
        return 0;
    }
    char position[ORIGIN_SIZE];
    const struct origin at = place(t, row, position);
    const char *fault = fault_of(t, row);
    if (fault)
        return reject(t, &at, fault);
    const struct hhs_id *id = &t->ids[t->next++];
    if (id->form == HHS_ID_IDENTICAL)
        return count_identical(t, &at);
    struct cell cells[_HHS_COLUMN_N];
    struct draft d;
    pick(t, row, cells);
    draft_begin(&d, t->c, DATASET, &at);
    const char *record = hhs_id_text(id, t->c->record);
    if (!record)
        return -ENOMEM;
    hhs_row_read(&d, cells, record);
    return draft_end(&d, t->records);
}

/* --- ids --- */

static void add_cell(struct digest *d, struct cell c)
{
    char length[24], *at = length + sizeof length;
    size_t n = c.n;
    *--at = ':';
    do
        *--at = (char)('0' + n % 10);
    while (n /= 10);
    digest_add(d, at, (size_t)(length + sizeof length - at));
    digest_add(d, c.text, c.n);
}

/* A date counts as what it says, not as how it is written. */
static void add_day(struct digest *d, struct cell c)
{
    int64_t year, month, day;
    char text[80];
    if (hhs_parse_date(c, &year, &month, &day)) {
        int n = snprintf(text, sizeof text, "%" PRId64 "-%" PRId64 "-%" PRId64, year, month, day);
        c = (struct cell){text, (size_t)n};
    }
    add_cell(d, c);
}

/* The first digits of D into RET, which holds SIZE bytes. */
static void finish(struct digest *d, char *ret, size_t size)
{
    char hex[DIGEST_HEX_SIZE];
    digest_hex(d, hex);
    memcpy(ret, hex, size - 1);
    ret[size - 1] = '\0';
}

static void identify(struct digest *d, const struct cell *cells, const struct sheet_row *row,
                     struct hhs_id *ret)
{
    add_cell(d, cells[HHS_NAME]);
    add_cell(d, cells[HHS_STATE]);
    add_day(d, cells[HHS_SUBMITTED]);
    add_cell(d, cells[HHS_TYPE]);
    add_cell(d, cells[HHS_LOCATION]);
    finish(d, ret->event, sizeof ret->event);
    add_cell(d, cells[HHS_AFFECTED]);
    finish(d, ret->figure, sizeof ret->figure);
    for (size_t i = 0; i < row->n; i++)
        add_cell(d, hhs_trim(row->cells[i]));
    finish(d, ret->rest, sizeof ret->rest);
}

static int collect_row(void *ctx, const struct sheet_row *row)
{
    struct table_reading *t = ctx;
    if (!t->begun)
        return read_heading(t, row);
    if (t->refused || fault_of(t, row))
        return 0;
    if (grow(&t->ids, t->n, &t->room, sizeof *t->ids) != 0)
        return -ENOMEM;
    struct cell cells[_HHS_COLUMN_N];
    pick(t, row, cells);
    identify(t->c->digest, cells, row, &t->ids[t->n++]);
    return 0;
}

/* --- the adapter --- */

static int read_text(struct catalogue *c, const char *text, size_t n, const struct origin *from,
                     size_t *ret_records)
{
    struct table_reading t = {.c = c, .from = *from, .records = ret_records};
    t.from.dataset = DATASET;
    int result = sheet_read(text, n, collect_row, &t);
    if (result == 0 && !t.begun)
        result = reject(&t, &t.from, "is empty");
    if (result == 0 && t.begun && !t.refused)
        result = hhs_ids_settle(t.ids, t.n);
    t.begun = false;
    if (result == 0 && !t.refused)
        result = sheet_read(text, n, import_row, &t);
    free(t.ids);
    return result;
}

static int count_headings(void *ctx, const struct sheet_row *row)
{
    size_t *known = ctx;
    for (size_t i = 0; i < row->n; i++)
        *known += column_of(row->cells[i]) >= 0;
    return 1; /* one row is enough */
}

static bool knows_text(const char *head, size_t n)
{
    size_t known = 0;
    bool is_json = n && (head[0] == '{' || head[0] == '[');
    return !is_json && sheet_read(head, n, count_headings, &known) == 1 && known >= HEADINGS_LEAST;
}

const struct adapter adapter_hhs = {
    .name = DATASET, .about = &about, .knows_text = knows_text, .read_text = read_text};
