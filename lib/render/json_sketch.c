/* SPDX-License-Identifier: MIT */
/*
 * JSON laid out for readers and shortened: as much as shows what an answer is made of. What is left out is marked by "…", and
 * nothing else is changed.
 */
#include "render/json_sketch.h"

#include "util/utf8.h"

#include <string.h>

/* A walk over the text. Whoever stands at `end` has come to where it was cut off. */
struct walk {
    const char *at, *end;
    struct strbuf *out;
    size_t deepest;
};

static char peek(const struct walk *w)
{
    return w->at < w->end ? *w->at : '\0';
}

static void new_line(struct walk *w, size_t depth)
{
    strbuf_addf(w->out, "\n%*s", (int)(2 * depth), "");
}

/* Past the string that begins here. */
static void skip_string(struct walk *w)
{
    for (w->at++; w->at < w->end && *w->at != '"'; w->at++)
        if (*w->at == '\\')
            w->at++;
    w->at = w->at < w->end ? w->at + 1 : w->end;
}

/* Past the value that begins here. */
static void skip_value(struct walk *w)
{
    size_t open = 0;
    do {
        char c = peek(w);
        if (c == '"') {
            skip_string(w);
            continue;
        }
        if (c == '{' || c == '[')
            open++;
        if ((c == '}' || c == ']') && open-- == 0)
            return;
        if (c == ',' && open == 0)
            return;
        w->at++;
    } while (w->at < w->end && (open || !strchr(",]}", *w->at)));
}

static void write_string(struct walk *w)
{
    const char *from = w->at;
    skip_string(w);
    size_t n = (size_t)(w->at - from);
    if (n <= SKETCH_STRING) {
        strbuf_add(w->out, from, n);
        return;
    }
    /* not within a character, nor within an escape */
    n = utf8_truncate(from, n, SKETCH_STRING);
    const char *escape = memrchr(from, '\\', n);
    if (escape && from + n - escape < 6)
        n = (size_t)(escape - from);
    strbuf_add(w->out, from, n);
    strbuf_adds(w->out, "…\"");
}

static void write_value(struct walk *w, size_t depth);

static void write_members(struct walk *w, char close, size_t depth)
{
    for (size_t n = 0; w->at < w->end && peek(w) != close; n++) {
        if (n)
            strbuf_addc(w->out, ',');
        new_line(w, depth + 1);
        if (close == ']' && n) {
            strbuf_adds(w->out, "…");
            while (w->at < w->end && peek(w) != close) {
                skip_value(w);
                w->at += peek(w) == ',';
            }
            break;
        }
        if (close == '}') {
            write_string(w);
            strbuf_adds(w->out, ": ");
            w->at += peek(w) == ':';
        }
        write_value(w, depth + 1);
        w->at += peek(w) == ',';
    }
}

static void write_container(struct walk *w, char close, size_t depth)
{
    const char *from = w->at;
    strbuf_addc(w->out, *w->at++);
    if (peek(w) == close) {
        w->at++;
    } else if (depth == w->deepest) {
        strbuf_adds(w->out, "…");
        w->at = from;
        skip_value(w);
    } else {
        write_members(w, close, depth);
        new_line(w, depth);
        w->at += peek(w) == close;
    }
    strbuf_addc(w->out, close);
}

static void write_value(struct walk *w, size_t depth)
{
    char c = peek(w);
    if (c == '{' || c == '[') {
        write_container(w, c == '{' ? '}' : ']', depth);
    } else if (c == '"') {
        write_string(w);
    } else {
        const char *from = w->at;
        skip_value(w);
        strbuf_add(w->out, from, (size_t)(w->at - from));
    }
}

void json_sketch(const char *text, size_t n, size_t deepest, struct strbuf *out)
{
    struct walk w = {.at = text, .end = text + n, .out = out, .deepest = deepest};
    write_value(&w, 0);
}
