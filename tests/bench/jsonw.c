/* SPDX-License-Identifier: MIT */
/* Writes JSON by small pieces; see jsonw.h. */
#include "jsonw.h"

static void put_key(struct strbuf *o, const char *key)
{
    char last = o->size ? o->data[o->size - 1] : '\n';
    if (last != '{' && last != '[' && last != '\n')
        strbuf_addc(o, ',');
    if (!key)
        return;
    strbuf_addc(o, '"');
    strbuf_adds(o, key);
    strbuf_adds(o, "\":");
}

void put_open(struct strbuf *o, const char *key, char bracket)
{
    put_key(o, key);
    strbuf_addc(o, bracket);
}

void put_close(struct strbuf *o, char bracket)
{
    strbuf_addc(o, bracket);
}

void put_text_begin(struct strbuf *o, const char *key)
{
    put_key(o, key);
    strbuf_addc(o, '"');
}

void put_text_end(struct strbuf *o)
{
    strbuf_addc(o, '"');
}

void put_text(struct strbuf *o, const char *key, const char *text)
{
    if (!text)
        return;
    put_text_begin(o, key);
    strbuf_adds(o, text);
    put_text_end(o);
}

void put_number(struct strbuf *o, const char *key, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    put_key(o, key);
    strbuf_add(o, digits + at, sizeof digits - at);
}
