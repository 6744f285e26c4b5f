/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_ICSW_H
#define BREACHD_RENDER_ICSW_H

/*
 * Writes content lines of iCalendar (RFC 5545 section 3.1): CRLF, folded at 75 octets between characters. Failure is
 * remembered, not returned: whoever takes the calendar asks icsw_finish().
 */
#include "util/strbuf.h"

struct icsw {
    struct strbuf *out;
    struct strbuf line; /* being put together */
    int error;
};

#define ICSW_INIT(buffer) ((struct icsw){.out = (buffer)})

/*
 * A line of NAME, with its parameters ("DTSTART;VALUE=DATE"), and a value of type TEXT: what has a meaning there is
 * escaped, a line's end is \n, other control characters are left out. TEXT NULL is what a sentence is that memory ran out
 * for.
 */
#define icsw_text(w, name, text) icsw_line_((w), "" name, (text), true)

/* The same with a value of another type, in which nothing has to be escaped. */
#define icsw_value(w, name, value) icsw_line_((w), "" name, (value), false)

/* A line whose value is a list of N texts. */
#define icsw_texts(w, name, texts, n) icsw_list_((w), "" name, (texts), (n))

/* 0; -EINVAL: text that is not UTF-8; -ENOMEM. Frees what the writer holds. */
int icsw_finish(struct icsw *w);

/* Behind the macros. */
void icsw_line_(struct icsw *w, const char *name, const char *value, bool escape);
void icsw_list_(struct icsw *w, const char *name, const char *const *texts, size_t n);

#endif
