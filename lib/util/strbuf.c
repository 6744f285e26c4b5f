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
    size_t room = b->room ? b->room : 256;
    while (room <= b->size + n)
        room *= 2;
    char *data = realloc(b->data, room);
    if (!data) {
        b->failed = true;
        return false;
    }
    b->data = data;
    b->room = room;
    return true;
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

void strbuf_addv(struct strbuf *b, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n < 0)
        b->failed = true;
    else if (grow(b, (size_t)n)) {
        (void)vsnprintf(b->data + b->size, (size_t)n + 1, format, again);
        b->size += (size_t)n;
    }
    va_end(again);
}

void strbuf_addf(struct strbuf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    strbuf_addv(b, format, args);
    va_end(args);
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
