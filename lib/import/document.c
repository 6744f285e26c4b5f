/* SPDX-License-Identifier: MIT */
/*
 * Text becomes JSON values: strictly (RFC 8259; no duplicate names, bounded depth), as one value, line by line, or item
 * by item of an array. Called by import.c for every text that is of no other format.
 */
#include "import/document.h"

#include "util/limits.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

struct document {
    struct source_text *text;
    const struct origin *from;
    struct import_report *report;
    const struct document_sink *sink;
};

/* What is left of a text. */
struct rest {
    const char *at;
    size_t n;
};

static int reject(struct document *d, const char *position, const char *reason)
{
    struct origin at = *d->from;
    at.position = position;
    int result = report_add(d->report, &at, NULL, NULL, reason);
    return result != 0 ? result : report_count(d->report, d->from->dataset, true, false);
}

/* --- depth --- */

/* How many brackets open, those in strings too: a loop that compilers make a fast one. */
static size_t count_openings(const char *text, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += (text[i] | 0x20) == '{'; /* '[' and '{' are one bit apart */
    return count;
}

/* Whether brackets nest deeper than is read. Brackets in strings do not count. */
static bool is_too_deep(const char *text, size_t n)
{
    size_t depth = 0;
    bool in_string = false;
    if (count_openings(text, n) <= LIMIT_JSON_DEPTH)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = text[i];
        if (in_string) {
            i += c == '\\';
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > LIMIT_JSON_DEPTH)
                return true;
        } else if (c == ']' || c == '}') {
            depth -= depth > 0;
        }
    }
    return false;
}

/* --- values --- */

static json_t *parse(const char *text, size_t n, size_t more, json_error_t *ret_error)
{
    return json_loadb(text, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | more, ret_error);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static size_t trim(const char **text, size_t n)
{
    for (; n && is_space(**text); n--)
        ++*text;
    while (n && is_space((*text)[n - 1]))
        n--;
    return n;
}

static void skip_space(struct rest *r)
{
    for (; r->n && is_space(*r->at); r->n--)
        r->at++;
}

/* Hands the items of an array over one by one, any other value as it is. V is freed. */
static int emit_value(struct document *d, json_t *v, const char *position)
{
    struct origin at = *d->from;
    int result = 0;
    at.position = position;
    if (!json_is_array(v))
        result = d->sink->emit(d->sink->ctx, v, &at);
    for (size_t i = 0; i < json_array_size(v) && result == 0; i++) {
        char place[ORIGIN_SIZE];
        const struct origin below = origin_below(&at, "", i, place);
        result = d->sink->emit(d->sink->ctx, json_array_get(v, i), &below);
    }
    json_decref(v);
    return result;
}

/* --- one a line --- */

/* Takes the first line off the text; its length without the line end. */
static size_t next_line(struct rest *r, const char **ret_line)
{
    const char *end = memchr(r->at, '\n', r->n);
    size_t length = end ? (size_t)(end - r->at) : r->n;
    size_t taken = end ? length + 1 : length;
    *ret_line = r->at;
    r->at += taken;
    r->n -= taken;
    return trim(ret_line, length);
}

/* Several values, one a line: the first line with anything on it looks like a whole object, and there is
 * another. */
static bool is_lines(struct rest r)
{
    const char *line = r.at;
    size_t length = 0;
    while (r.n && !length)
        length = next_line(&r, &line);
    skip_space(&r);
    return length > 1 && line[0] == '{' && line[length - 1] == '}' && r.n > 0;
}

static bool is_lines_name(const char *file)
{
    const char *dot = strrchr(file, '.');
    return dot && (strcasecmp(dot, ".ndjson") == 0 || strcasecmp(dot, ".jsonl") == 0);
}

static int read_line(struct document *d, const char *line, size_t length, size_t number)
{
    char position[ORIGIN_SIZE];
    (void)snprintf(position, sizeof position, "line %zu", number);
    if (length > LIMIT_RECORD_BYTES)
        return reject(d, position, "is larger than a record may be");
    if (is_too_deep(line, length))
        return reject(d, position, "is nested too deep");
    json_error_t error;
    json_t *v = parse(line, length, 0, &error);
    if (v)
        return emit_value(d, v, position);
    char reason[JSON_ERROR_TEXT_LENGTH + 64];
    (void)snprintf(reason, sizeof reason, "is not JSON: %s (column %d)", error.text, error.column);
    return reject(d, position, reason);
}

static int read_lines(struct document *d, struct rest r)
{
    int result = 0;
    for (size_t number = 1; r.n && result == 0; number++) {
        const char *line;
        size_t length = next_line(&r, &line);
        if (length)
            result = read_line(d, line, length, number);
        source_passed(d->text, r.at);
    }
    return result;
}

/* --- the text as a whole --- */

/* Why a text is no JSON, and where that was seen. */
struct fault {
    const char *reason; /* NULL: by ERROR, in the text from AT on */
    const char *at;
    json_error_t error;
};

/* Lines and columns of the error count from AT: what is before that is counted now. */
static int reject_text(struct document *d, struct rest whole, const struct fault *f)
{
    size_t line = 1, column = 0;
    if (f->reason)
        return reject(d, NULL, f->reason);
    const char *begin = whole.at;
    for (const char *end; (end = memchr(begin, '\n', (size_t)(f->at - begin))); begin = end + 1)
        line++;
    column = f->error.line > 1 ? 0 : (size_t)(f->at - begin);
    char reason[JSON_ERROR_TEXT_LENGTH + 32], position[ORIGIN_SIZE];
    (void)snprintf(reason, sizeof reason, "is not JSON: %s", f->error.text);
    (void)snprintf(position, sizeof position, "line %zu, column %zu", line + (size_t)f->error.line - 1,
                   column + (size_t)f->error.column);
    return reject(d, position, reason);
}

/* A mark is missing at R. */
static bool miss(const struct rest *r, const char *what, struct fault *ret)
{
    ret->at = r->at;
    ret->error.line = 1;
    ret->error.column = r->n ? 1 : 0;
    (void)snprintf(ret->error.text, sizeof ret->error.text,
                   r->n ? "%s expected near '%.1s'" : "%s expected near end of file", what, r->at);
    return false;
}

/* Takes one item off R; NULL with *ret_fault set. */
static json_t *next_item(struct rest *r, struct fault *ret_fault)
{
    size_t most = r->n < LIMIT_DOCUMENT_BYTES ? r->n : LIMIT_DOCUMENT_BYTES;
    json_t *v = parse(r->at, most, JSON_DISABLE_EOF_CHECK, &ret_fault->error);
    size_t taken = v ? (size_t)ret_fault->error.position : 0;
    ret_fault->at = r->at;
    if (!v && most < r->n)
        ret_fault->reason = "holds an item that is larger than a document may be";
    bool deep =
        v ? is_too_deep(r->at, taken) : json_error_code(&ret_fault->error) == json_error_stack_overflow;
    if (deep) {
        ret_fault->reason = "is nested too deep";
        json_decref(v);
        return NULL;
    }
    r->at += taken;
    r->n -= taken;
    return v;
}

/* The items of the array that R is. False where that is no JSON; *ret_result is the receiver's. */
static bool read_array(struct document *d, struct rest r, int *ret_result, struct fault *ret_fault)
{
    struct origin at = *d->from;
    bool more = true;
    r.at++;
    r.n--;
    skip_space(&r);
    if (r.n && *r.at == ']')
        more = false;
    for (size_t i = 0; more; i++) {
        char place[ORIGIN_SIZE];
        json_t *v = next_item(&r, ret_fault);
        if (!v)
            return false;
        const struct origin below = origin_below(&at, "", i, place);
        *ret_result = d->sink->emit(d->sink->ctx, v, &below);
        json_decref(v);
        source_passed(d->text, r.at);
        skip_space(&r);
        more = r.n && *r.at == ',';
        if (*ret_result != 0)
            return true;
        if (more) {
            r.at++;
            r.n--;
            skip_space(&r);
        }
    }
    if (!r.n || *r.at != ']')
        return miss(&r, "']'", ret_fault);
    r.at++;
    r.n--;
    skip_space(&r);
    return r.n ? miss(&r, "end of file", ret_fault) : true;
}

static bool read_whole(struct document *d, struct rest r, int *ret_result, struct fault *ret_fault)
{
    ret_fault->at = r.at;
    if (r.n > LIMIT_DOCUMENT_BYTES)
        ret_fault->reason = "is larger than one document may be; split it, or write a record a line";
    else if (is_too_deep(r.at, r.n))
        ret_fault->reason = "is nested too deep";
    json_t *v = ret_fault->reason ? NULL : parse(r.at, r.n, 0, &ret_fault->error);
    if (v)
        *ret_result = emit_value(d, v, NULL);
    return v;
}

int document_read(struct source_text *text, const struct origin *from, struct import_report *report,
                  const struct document_sink *sink)
{
    struct document d = {text, from, report, sink};
    struct rest whole = {text->bytes, text->n}, r;
    struct fault fault = {0};
    int result = 0;
    if (whole.n >= 3 && memcmp(whole.at, "\xef\xbb\xbf", 3) == 0) { /* says nothing in UTF-8 */
        whole.at += 3;
        whole.n -= 3;
    }
    if (is_lines(whole))
        return read_lines(&d, whole);
    r = whole;
    skip_space(&r);
    if (r.n && *r.at == '[' ? read_array(&d, r, &result, &fault) : read_whole(&d, whole, &result, &fault))
        return result;
    sink->forget(sink->ctx);
    return !fault.reason && is_lines_name(from->file) ? read_lines(&d, whole)
                                                      : reject_text(&d, whole, &fault);
}
