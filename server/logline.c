/* SPDX-License-Identifier: MIT */
/* Lines of the access log; see logline.h. */
#include "logline.h"

#include "util/limits.h"

#include <string.h>

/* Bytes of what a client sent: four for each at most when escaped, and the rest of the line is short. */
#define METHOD_MOST 32

_Static_assert(4 * (LIMIT_LOG_TARGET + METHOD_MOST + 4 * LIMIT_LOG_NAME) + 200 <= LOGLINE_MOST,
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
    char digits[20];
    size_t n = 0;

    do
        digits[sizeof digits - ++n] = (char)('0' + number % 10);
    while ((number /= 10));
    add(l, digits + sizeof digits - n, n);
}

static void add_escaped(struct line *l, char c)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char byte = (unsigned char)c;

    add(l, "\\x", 2);
    add_byte(l, hex[byte >> 4]);
    add_byte(l, hex[byte & 15]);
}

/* Up to MOST bytes, and "..." where there are more. NULL and "" are "-". */
static void add_text(struct line *l, const char *text, size_t most)
{
    size_t i = 0;

    if (!text || !*text)
        add_byte(l, '-');
    for (; text && text[i] && i < most; i++)
        if (text[i] > ' ' && text[i] < 0x7f && text[i] != '\\')
            add_byte(l, text[i]);
        else
            add_escaped(l, text[i]);
    if (text && i == most && text[i])
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

size_t logline_write(const struct httpd_outcome *o, struct timespec now, struct logline_second *last,
                     char ret[static LOGLINE_MOST])
{
    static const char *const cache[] = {
        [REPLY_CACHE_NONE] = "none", [REPLY_CACHE_MISS] = "miss", [REPLY_CACHE_HIT] = "hit"};
    const struct {
        const char *text;
        size_t most;
    } before[] = {{o->client, LIMIT_LOG_NAME},
                  {o->req->method, METHOD_MOST},
                  {o->reply->route, LIMIT_LOG_NAME},
                  {o->req->target, LIMIT_LOG_TARGET}};
    const uint64_t numbers[] = {o->status, o->bytes, o->micros};
    struct line l = {ret};

    add_time(&l, now, last);
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        add_byte(&l, ' ');
        add_text(&l, before[i].text, before[i].most);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        add_byte(&l, ' ');
        add_number(&l, numbers[i]);
    }
    add_byte(&l, ' ');
    add_text(&l, cache[o->reply->cache], LIMIT_LOG_NAME);
    add_byte(&l, ' ');
    add_text(&l, o->id, LIMIT_LOG_NAME);
    add_byte(&l, '\n');
    return (size_t)(l.at - ret);
}
