/* SPDX-License-Identifier: MIT */
/* Text becomes JSON values: strictly (RFC 8259; no duplicate names, bounded depth), as one value or line by
 * line. Called by import.c for every text
 * that is of no other format. */
#include "import/document.h"

#include "util/limits.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct document {
    const struct origin *from;
    struct import_report *report;
    document_emit_fn emit;
    void *ctx;
};

static int reject(struct document *d, const char *position, const char *reason)
{
    struct origin at = *d->from;
    at.position = position;
    int result = report_add(d->report, &at, NULL, NULL, reason);
    return result != 0 ? result : report_count(d->report, d->from->dataset, true, false);
}

/* Whether brackets nest deeper than is read. Looked at before parsing: a parser's stack and memory grow with
 * depth. Brackets in strings do not count. */
static bool is_too_deep(const char *text, size_t n)
{
    size_t depth = 0;
    bool in_string = false;
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

static json_t *parse(const char *text, size_t n, json_error_t *ret_error)
{
    return json_loadb(text, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, ret_error);
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

/* Takes the first line off the text; its length without the line end. */
static size_t next_line(const char **text, size_t *n, const char **ret_line)
{
    const char *end = memchr(*text, '\n', *n);
    size_t length = end ? (size_t)(end - *text) : *n;
    size_t taken = end ? length + 1 : length;
    *ret_line = *text;
    *text += taken;
    *n -= taken;
    return trim(ret_line, length);
}

/* Several values, one a line: the first line with anything on it looks like a whole object, and there is
 * another. */
static bool is_lines(const char *text, size_t n)
{
    const char *line = text;
    size_t length = 0;
    while (n && !length)
        length = next_line(&text, &n, &line);
    return length > 1 && line[0] == '{' && line[length - 1] == '}' && trim(&text, n) > 0;
}

static bool is_lines_name(const char *file)
{
    const char *dot = strrchr(file, '.');
    return dot && (strcasecmp(dot, ".ndjson") == 0 || strcasecmp(dot, ".jsonl") == 0);
}

static int emit_value(struct document *d, json_t *v, const char *position)
{
    struct origin at = *d->from;
    at.position = position;
    int result = d->emit(d->ctx, v, &at);
    json_decref(v);
    return result;
}

static int read_line(struct document *d, const char *line, size_t length, size_t number)
{
    char position[32];
    (void)snprintf(position, sizeof position, "line %zu", number);
    const char *kept = arena_strdup(d->report->mem, position);
    if (!kept)
        return -ENOMEM;
    if (length > LIMIT_RECORD_BYTES)
        return reject(d, kept, "is larger than a record may be");
    if (is_too_deep(line, length))
        return reject(d, kept, "is nested too deep");
    json_error_t error;
    json_t *v = parse(line, length, &error);
    if (v)
        return emit_value(d, v, kept);
    char reason[JSON_ERROR_TEXT_LENGTH + 64];
    (void)snprintf(reason, sizeof reason, "is not JSON: %s (column %d)", error.text, error.column);
    return reject(d, kept, reason);
}

static int read_lines(struct document *d, const char *text, size_t n)
{
    int result = 0;
    for (size_t number = 1; n && result == 0; number++) {
        const char *line;
        size_t length = next_line(&text, &n, &line);
        if (length)
            result = read_line(d, line, length, number);
    }
    return result;
}

int document_read(const char *text, size_t n, const struct origin *from, struct import_report *report,
                  document_emit_fn emit, void *ctx)
{
    struct document d = {.from = from, .report = report, .emit = emit, .ctx = ctx};
    if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) { /* a byte order mark says nothing in UTF-8 */
        text += 3;
        n -= 3;
    }
    if (is_lines(text, n))
        return read_lines(&d, text, n);
    if (is_too_deep(text, n))
        return reject(&d, NULL, "is nested too deep");
    json_error_t error;
    json_t *v = parse(text, n, &error);
    if (v)
        return emit_value(&d, v, NULL);
    if (is_lines_name(from->file))
        return read_lines(&d, text, n);
    char reason[JSON_ERROR_TEXT_LENGTH + 32], position[64];
    (void)snprintf(reason, sizeof reason, "is not JSON: %s", error.text);
    (void)snprintf(position, sizeof position, "line %d, column %d", error.line, error.column);
    return reject(&d, position, reason);
}
