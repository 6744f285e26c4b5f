/* SPDX-License-Identifier: MIT */
/* The growing byte buffer that every renderer writes to. */
#include "util/strbuf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for N more bytes and a NUL. */
static bool grow(struct strbuf *b, size_t n)
{
    if (b->failed)
        return false;
    if (n > SIZE_MAX / 2 - b->size - 1 || (b->limit && n > b->limit - b->size)) {
        b->failed = true;
        return false;
    }
    if (b->size + n < b->room)
        return true;
    size_t room = b->room ? 2 * b->room : 256;
    if (room <= b->size + n)
        room = b->size + n + 1;
    char *data = realloc(b->data, room);
    if (!data) {
        b->failed = true;
        return false;
    }
    b->data = data;
    b->room = room;
    return true;
}

void strbuf_reserve(struct strbuf *b, size_t n)
{
    (void)grow(b, n);
}

void strbuf_add(struct strbuf *b, const void *bytes, size_t n)
{
    if (!grow(b, n))
        return;
    if (n)
        memcpy(b->data + b->size, bytes, n);
    b->size += n;
    b->data[b->size] = '\0';
}

void strbuf_adds(struct strbuf *b, const char *s)
{
    strbuf_add(b, s, strlen(s));
}

void strbuf_addc(struct strbuf *b, char c)
{
    if (!grow(b, 1))
        return;
    b->data[b->size++] = c;
    b->data[b->size] = '\0';
}

/* Into the room there is, and only where that is too little a second time. */
void strbuf_addv(struct strbuf *b, const char *format, va_list args)
{
    if (b->failed)
        return;
    va_list again;
    va_copy(again, args);
    size_t room = b->room - b->size;
    int n = vsnprintf(b->data ? b->data + b->size : NULL, room, format, args);
    bool fits = n >= 0 && grow(b, (size_t)n);
    if (fits && (size_t)n >= room)
        (void)vsnprintf(b->data + b->size, (size_t)n + 1, format, again);
    va_end(again);
    if (fits)
        b->size += (size_t)n;
    else if (b->data)
        b->data[b->size] = '\0';
    b->failed = !fits;
}

void strbuf_addf(struct strbuf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    strbuf_addv(b, format, args);
    va_end(args);
}

void strbuf_move(struct strbuf *b, struct strbuf *from)
{
    bool fits = !b->limit || from->size <= b->limit;
    if (b->size == 0 && !b->failed && !from->failed && from->data && fits) {
        free(b->data);
        b->data = from->data;
        b->size = from->size;
        b->room = from->room;
        from->data = NULL;
    } else {
        strbuf_add(b, from->data, from->size);
        b->failed = b->failed || from->failed;
    }
    strbuf_done(from);
}

char *strbuf_extend(struct strbuf *b, size_t n)
{
    if (!grow(b, n))
        return NULL;
    char *at = b->data + b->size;
    b->size += n;
    b->data[b->size] = '\0';
    return at;
}

void strbuf_reset(struct strbuf *b)
{
    b->size = 0;
    b->failed = false;
    if (b->data)
        b->data[0] = '\0';
}

void strbuf_cut(struct strbuf *b, size_t size)
{
    if (size >= b->size)
        return;
    b->size = size;
    b->data[size] = '\0';
}

void strbuf_done(struct strbuf *b)
{
    free(b->data);
    *b = STRBUF_INIT;
}

char *strbuf_take(struct strbuf *b, size_t *ret_size)
{
    strbuf_add(b, "", 0);
    char *data = b->failed ? NULL : b->data;
    if (!data)
        free(b->data);
    else if (ret_size)
        *ret_size = b->size;
    *b = STRBUF_INIT;
    return data;
}

char *strbuf_told(const char *what, const char *format, va_list args)
{
    _cleanup_strbuf_ struct strbuf line = STRBUF_INIT;
    strbuf_addf(&line, "%s: ", what);
    strbuf_addv(&line, format, args);
    return strbuf_take(&line, NULL);
}
