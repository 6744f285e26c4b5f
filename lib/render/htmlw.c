/* SPDX-License-Identifier: MIT */
/* The escaping HTML writer: every byte of every page goes through here. */
#include "render/htmlw.h"

#include "util/percent.h"
#include "util/utf8.h"

#include <errno.h>
#include <string.h>

static void fail(struct htmlw *w, int error)
{
    if (!w->error)
        w->error = error;
}

static bool among(const char *s, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(s, list[i]) == 0)
            return true;
    return false;
}
#define AMONG(s, ...)                                                                                        \
    among((s), (const char *const[]){__VA_ARGS__},                                                           \
          sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

enum place { TEXT, ATTRIBUTE };

/*
 * What stands for C in text and in double-quoted attributes; NULL: itself. HTML forbids controls and
 * noncharacters (HTML Standard, 13.2.3.5). Characters that turn the direction of writing are left out:
 * unclosed in one name they would reverse the rest of the sentence it stands in.
 */
static const char *substitute(uint32_t c, enum place place)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return place == ATTRIBUTE ? "&quot;" : NULL;
    case '\'':
        return place == ATTRIBUTE ? "&#39;" : NULL;
    case '\t':
    case '\n':
        return NULL;
    case '\r':
        return " ";
    }
    if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
        return "";
    if (c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe)
        return "\xef\xbf\xbd";
    return NULL;
}

static void add_escaped(struct htmlw *w, const char *text, size_t n, enum place place)
{
    size_t from = 0;
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t width = utf8_decode(text + i, n - i, &c);
        if (width == 0) {
            fail(w, -EINVAL);
            return;
        }
        const char *instead = substitute(c, place);
        if (instead) {
            strbuf_add(w->out, text + from, i - from);
            strbuf_adds(w->out, instead);
            from = i + width;
        }
        i += width;
    }
    strbuf_add(w->out, text + from, n - from);
}

/* Ends a start tag that awaited attributes. */
static void content(struct htmlw *w)
{
    if (w->in_tag)
        strbuf_addc(w->out, '>');
    w->in_tag = false;
}

void htmlw_text(struct htmlw *w, const char *text)
{
    content(w);
    if (text)
        add_escaped(w, text, strlen(text), TEXT);
    else
        fail(w, -ENOMEM);
}

void htmlw_raw_(struct htmlw *w, const char *markup)
{
    content(w);
    strbuf_adds(w->out, markup);
}

static bool attribute_refused(const char *name)
{
    return strncmp(name, "on", 2) == 0 || AMONG(name, "style", "href", "src", "action", "formaction");
}

static void attribute(struct htmlw *w, const char *name, const char *value)
{
    if (!value)
        return;
    strbuf_addc(w->out, ' ');
    strbuf_adds(w->out, name);
    if (AMONG(name, "selected", "checked", "open", "required", "reversed"))
        return;
    strbuf_adds(w->out, "=\"");
    add_escaped(w, value, strlen(value), ATTRIBUTE);
    strbuf_addc(w->out, '"');
}

static void start_tag(struct htmlw *w, const char *const *list, size_t n)
{
    content(w);
    if (AMONG(list[0], "script", "style"))
        fail(w, -EINVAL);
    strbuf_addc(w->out, '<');
    strbuf_adds(w->out, list[0]);
    for (size_t i = 1; i + 1 < n; i += 2) {
        if (attribute_refused(list[i]))
            fail(w, -EINVAL);
        else
            attribute(w, list[i], list[i + 1]);
    }
    w->in_tag = true;
}

void htmlw_open_(struct htmlw *w, const char *const *list, size_t n)
{
    start_tag(w, list, n);
    if (w->depth == HTMLW_DEPTH)
        fail(w, -EINVAL);
    else
        w->open[w->depth++] = list[0];
}

void htmlw_empty_(struct htmlw *w, const char *const *list, size_t n)
{
    start_tag(w, list, n);
}

void htmlw_close_(struct htmlw *w, const char *name)
{
    content(w);
    if (w->depth == 0 || strcmp(w->open[w->depth - 1], name) != 0) {
        fail(w, -EINVAL);
        return;
    }
    w->depth--;
    strbuf_adds(w->out, "</");
    strbuf_adds(w->out, name);
    /* A line end where white space means nothing: after what is no part of a sentence. */
    bool inline_element =
        AMONG(name, "a", "b", "bdi", "code", "em", "q", "small", "span", "strong", "time", "cite");
    strbuf_adds(w->out, inline_element ? ">" : ">\n");
}

void htmlw_el_(struct htmlw *w, const char *text, const char *const *list, size_t n)
{
    htmlw_open_(w, list, n);
    htmlw_text(w, text);
    htmlw_close_(w, list[0]);
}

static const char *const headings[] = {"h1", "h2", "h3", "h4", "h5", "h6"};

void htmlw_open_heading(struct htmlw *w, unsigned level)
{
    htmlw_open_(w, &headings[(level - 1) % 6], 1);
}

void htmlw_close_heading(struct htmlw *w, unsigned level)
{
    htmlw_close_(w, headings[(level - 1) % 6]);
}

void htmlw_say_(struct htmlw *w, const char *const *list, size_t n)
{
    content(w);
    size_t next = 1;
    const char *rest = list[0];
    for (const char *at; (at = strstr(rest, "%s")); rest = at + 2) {
        add_escaped(w, rest, (size_t)(at - rest), TEXT);
        if (next == n)
            fail(w, -EINVAL);
        else
            htmlw_text(w, list[next++]);
    }
    add_escaped(w, rest, strlen(rest), TEXT);
    if (next != n)
        fail(w, -EINVAL);
}

/* One %-directive of a URL. */
static void add_directive(struct htmlw *w, char kind, const char *value)
{
    if (!value)
        fail(w, -ENOMEM);
    else if (kind == 'p')
        add_escaped(w, value, strlen(value), ATTRIBUTE);
    else if ((kind != 's' && kind != 'q') || (kind == 's' && AMONG(value, ".", "..")) ||
             !utf8_is_valid(value, strlen(value)))
        fail(w, -EINVAL);
    else
        percent_encode(kind == 's' ? PERCENT_SEGMENT : PERCENT_QUERY, value, strlen(value), w->out);
}

void htmlw_url_(struct htmlw *w, const char *name, const char *const *list, size_t n)
{
    if (!w->in_tag || !AMONG(name, "href", "src", "action")) {
        fail(w, -EINVAL);
        return;
    }
    strbuf_addc(w->out, ' ');
    strbuf_adds(w->out, name);
    strbuf_adds(w->out, "=\"");
    size_t next = 1;
    const char *rest = list[0];
    for (const char *at; (at = strchr(rest, '%')) && at[1]; rest = at + 2) {
        add_escaped(w, rest, (size_t)(at - rest), ATTRIBUTE);
        if (next == n)
            fail(w, -EINVAL);
        else
            add_directive(w, at[1], list[next++]);
    }
    add_escaped(w, rest, strlen(rest), ATTRIBUTE);
    strbuf_addc(w->out, '"');
    if (next != n)
        fail(w, -EINVAL);
}

int htmlw_finish(struct htmlw *w)
{
    content(w);
    if (w->out->failed)
        return -ENOMEM;
    if (!w->error && w->depth != 0)
        w->error = -EINVAL;
    return w->error;
}
