/* SPDX-License-Identifier: MIT */
/* Cells of CSV; see csv.h. */
#include "render/csv.h"

#include <string.h>

static void add_quoted(const char *text, size_t n, struct strbuf *out)
{
    for (const char *end = text + n, *next; text < end; text = next) {
        const char *quote = memchr(text, '"', (size_t)(end - text));
        next = quote ? quote + 1 : end;
        strbuf_add(out, text, (size_t)(next - text));
        if (quote)
            strbuf_addc(out, '"');
    }
}

void csv_cell(const char *text, size_t n, bool guard, struct strbuf *out)
{
    bool formula = guard && n && strchr("=+-@\t\r", text[0]);
    bool quoted =
        memchr(text, ',', n) || memchr(text, '"', n) || memchr(text, '\n', n) || memchr(text, '\r', n);
    if (quoted)
        strbuf_addc(out, '"');
    if (formula)
        strbuf_addc(out, '\'');
    if (quoted)
        add_quoted(text, n, out);
    else
        strbuf_add(out, text, n);
    if (quoted)
        strbuf_addc(out, '"');
}
