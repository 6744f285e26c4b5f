/* SPDX-License-Identifier: MIT */
/* Content lines of iCalendar; see icsw.h. */
#include "render/icsw.h"

#include "util/utf8.h"

#include <errno.h>
#include <string.h>

#define LINE_OCTETS 75 /* RFC 5545 section 3.1, the line's end not counted */

static void fail(struct icsw *w, int error)
{
    if (!w->error)
        w->error = error;
}

/* What stands for C in a TEXT; NULL: itself. */
static const char *substitute(char c)
{
    switch (c) {
    case '\\':
        return "\\\\";
    case ';':
        return "\\;";
    case ',':
        return "\\,";
    case '\n':
        return "\\n";
    case '\t':
        return NULL;
    }
    return (unsigned char)c < 0x20 || c == 0x7f ? "" : NULL;
}

static void add_value(struct icsw *w, const char *value, bool escape)
{
    size_t n = value ? strlen(value) : 0;
    if (!value)
        fail(w, -ENOMEM);
    else if (!utf8_is_valid(value, n))
        fail(w, -EINVAL);
    for (size_t i = 0; i < n; i++) {
        const char *instead = escape ? substitute(value[i]) : NULL;
        if (instead)
            strbuf_adds(&w->line, instead);
        else
            strbuf_addc(&w->line, value[i]);
    }
}

/* Every line but the first begins with the space that tells it from a new one. */
static void fold(struct icsw *w)
{
    const char *rest = w->line.data;
    size_t left = w->line.size, room = LINE_OCTETS;
    while (left > room) {
        size_t n = utf8_truncate(rest, left, room);
        strbuf_add(w->out, rest, n);
        strbuf_adds(w->out, "\r\n ");
        rest += n;
        left -= n;
        room = LINE_OCTETS - 1;
    }
    strbuf_add(w->out, rest, left);
    strbuf_adds(w->out, "\r\n");
}

static void end_line(struct icsw *w)
{
    if (w->line.failed)
        fail(w, -ENOMEM);
    else
        fold(w);
    strbuf_reset(&w->line);
}

void icsw_line_(struct icsw *w, const char *name, const char *value, bool escape)
{
    strbuf_addf(&w->line, "%s:", name);
    add_value(w, value, escape);
    end_line(w);
}

void icsw_list_(struct icsw *w, const char *name, const char *const *texts, size_t n)
{
    strbuf_addf(&w->line, "%s:", name);
    for (size_t i = 0; i < n; i++) {
        if (i)
            strbuf_addc(&w->line, ',');
        add_value(w, texts[i], true);
    }
    end_line(w);
}

int icsw_finish(struct icsw *w)
{
    strbuf_done(&w->line);
    return w->error ? w->error : w->out->failed ? -ENOMEM : 0;
}
