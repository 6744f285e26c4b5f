/* SPDX-License-Identifier: MIT */
/* Lines of the access log; see logline.h. */
#include "logline.h"

#include "router.h"
#include "util/limits.h"

#include <string.h>

/* Bytes of what a client sent: four for each at most when escaped, and the rest of the line is short. */
#define METHOD_MOST 32

/* JSON's five for an escaped byte, and its names. */
_Static_assert(5 * (LIMIT_LOG_TARGET + METHOD_MOST + LIMIT_LOG_NAME) + 4 * LIMIT_LOG_NAME + 300 <=
                   LOGLINE_MOST,
               "every field at its longest makes a line");

/* Where the next byte goes. */
struct line {
    char *at;
    bool json;
};

static void add(struct line *l, const char *text, size_t n)
{
    memcpy(l->at, text, n);
    l->at += n;
}

static void add_byte(struct line *l, char c)
{
    *l->at++ = c;
}

static void add_number(struct line *l, uint64_t number)
{
    char digits[20], *first = digits + sizeof digits;

    do
        *--first = (char)('0' + number % 10);
    while ((number /= 10));
    add(l, first, (size_t)(digits + sizeof digits - first));
}

static void add_escaped(struct line *l, char c)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char byte = (unsigned char)c;

    add(l, l->json ? "\\\\x" : "\\x", l->json ? 3 : 2);
    add_byte(l, hex[byte >> 4]);
    add_byte(l, hex[byte & 15]);
}

static bool is_plain(char c)
{
    return c > ' ' && c < 0x7f && c != '\\';
}

/* Up to MOST bytes, and "..." where there are more. */
static void add_text(struct line *l, const char *text, size_t most)
{
    const char *end = text + strnlen(text, most);

    while (text < end) {
        const char *from = text;
        while (text < end && is_plain(*text) && !(l->json && *text == '"'))
            text++;
        add(l, from, (size_t)(text - from));
        if (text < end && *text == '"')
            add(l, "\\\"", 2);
        else if (text < end)
            add_escaped(l, *text);
        text += text < end;
    }
    if (*end)
        add(l, "...", 3);
}

/* All of the second but its "Z", then the milliseconds. */
static void add_time(struct line *l, struct timespec now, struct logline_second *last)
{
    unsigned millis = (unsigned)(now.tv_nsec / 1000000);

    if (last->second != now.tv_sec || !*last->text) {
        last->second = now.tv_sec;
        clock_format(last->second, last->text);
    }
    add(l, last->text, CLOCK_TEXT_SIZE - 2);
    add_byte(l, '.');
    add_byte(l, (char)('0' + millis / 100));
    add_byte(l, (char)('0' + millis / 10 % 10));
    add_byte(l, (char)('0' + millis % 10));
    add_byte(l, 'Z');
}

/* ---- fields ---- */

static void begin_field(struct line *l, const char *name)
{
    if (!l->json) {
        add_byte(l, ' ');
        return;
    }
    add(l, ",\"", 2);
    add(l, name, strlen(name));
    add(l, "\":", 2);
}

static bool is_empty(const char *text)
{
    return !text || !*text;
}

static void put_nothing(struct line *l, const char *name)
{
    begin_field(l, name);
    if (l->json)
        add(l, "null", 4);
    else
        add_byte(l, '-');
}

static void begin_text(struct line *l, const char *name)
{
    begin_field(l, name);
    if (l->json)
        add_byte(l, '"');
}

static void end_text(struct line *l)
{
    if (l->json)
        add_byte(l, '"');
}

/* What a client sent. */
static void put_text(struct line *l, const char *name, const char *text, size_t most)
{
    if (is_empty(text)) {
        put_nothing(l, name);
        return;
    }
    begin_text(l, name);
    add_text(l, text, most);
    end_text(l);
}

/* Text of our own, or that was looked at before: it is as it should be. */
static void put_known(struct line *l, const char *name, const char *text)
{
    if (is_empty(text)) {
        put_nothing(l, name);
        return;
    }
    begin_text(l, name);
    add(l, text, strnlen(text, LIMIT_LOG_NAME));
    end_text(l);
}

static void put_number(struct line *l, const char *name, uint64_t number)
{
    begin_field(l, name);
    add_number(l, number);
}

static void put_time(struct line *l, struct timespec now, struct logline_second *last)
{
    if (l->json)
        add(l, "{\"time\":\"", 9);
    add_time(l, now, last);
    end_text(l);
}

size_t logline_write(const struct logline_style *style, const struct httpd_outcome *o, struct timespec now,
                     struct logline_second *last, char ret[static LOGLINE_MOST])
{
    static const char *const cache[] = {
        [REPLY_CACHE_NONE] = "none", [REPLY_CACHE_MISS] = "miss", [REPLY_CACHE_HIT] = "hit"};
    struct line l = {ret, style->format == SAY_JSON};

    add(&l, style->prefix, strlen(style->prefix));
    put_time(&l, now, last);
    put_known(&l, "client", o->req->client);
    put_text(&l, "method", o->req->method, METHOD_MOST);
    put_known(&l, "route", o->reply->route ? o->reply->route->path : NULL);
    put_text(&l, "target", o->req->target, LIMIT_LOG_TARGET);
    put_number(&l, "status", o->status);
    put_number(&l, "bytes", o->bytes);
    put_number(&l, "micros", o->micros);
    put_known(&l, "cache", cache[o->reply->cache]);
    put_known(&l, "id", o->id);
    put_text(&l, "traceparent", o->trace, LIMIT_LOG_NAME);
    if (l.json)
        add_byte(&l, '}');
    add_byte(&l, '\n');
    return (size_t)(l.at - ret);
}
