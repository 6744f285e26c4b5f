/* SPDX-License-Identifier: MIT */
/* Lines of the access log; see logline.h. */
#include "logline.h"

#include "util/limits.h"

#include <string.h>

/* Bytes of what a client sent: four for each at most when escaped, and the rest of the line is short. */
#define METHOD_MOST 32

_Static_assert(4 * (LIMIT_LOG_TARGET + METHOD_MOST) + 4 * LIMIT_LOG_NAME + 200 <= LOGLINE_MOST,
               "every field at its longest makes a line");

/* Where the next byte goes. */
struct line {
    char *at;
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

    add(l, "\\x", 2);
    add_byte(l, hex[byte >> 4]);
    add_byte(l, hex[byte & 15]);
}

static bool is_plain(char c)
{
    return c > ' ' && c < 0x7f && c != '\\';
}

/* Up to MOST bytes, and "..." where there are more. NULL and "" are "-". */
static void add_text(struct line *l, const char *text, size_t most)
{
    const char *end = text ? text + strnlen(text, most) : NULL;

    if (text == end)
        add_byte(l, '-');
    while (text < end) {
        const char *from = text;
        while (text < end && is_plain(*text))
            text++;
        add(l, from, (size_t)(text - from));
        if (text < end)
            add_escaped(l, *text++);
    }
    if (end && *end)
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

/* Text of our own, or that was looked at before: it is as it should be. NULL is "-". */
static void add_known(struct line *l, const char *text)
{
    add(l, text ? text : "-", text ? strnlen(text, LIMIT_LOG_NAME) : 1);
}

size_t logline_write(const struct httpd_outcome *o, struct timespec now, struct logline_second *last,
                     char ret[static LOGLINE_MOST])
{
    static const char *const cache[] = {
        [REPLY_CACHE_NONE] = " none ", [REPLY_CACHE_MISS] = " miss ", [REPLY_CACHE_HIT] = " hit "};
    const uint64_t numbers[] = {o->status, o->bytes, o->micros};
    struct line l = {ret};

    add_time(&l, now, last);
    add_byte(&l, ' ');
    add_known(&l, o->req->client);
    add_byte(&l, ' ');
    add_text(&l, o->req->method, METHOD_MOST);
    add_byte(&l, ' ');
    add_known(&l, o->reply->route);
    add_byte(&l, ' ');
    add_text(&l, o->req->target, LIMIT_LOG_TARGET);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        add_byte(&l, ' ');
        add_number(&l, numbers[i]);
    }
    add_known(&l, cache[o->reply->cache]);
    add_known(&l, o->id);
    add_byte(&l, '\n');
    return (size_t)(l.at - ret);
}
