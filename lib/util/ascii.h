/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_UTIL_ASCII_H
#define BREACHD_UTIL_ASCII_H

/* Letters and digits as protocols and identifiers mean them. <ctype.h> asks the locale; these do not. */
#include <stdbool.h>
#include <stddef.h>

static inline bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool ascii_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool ascii_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool ascii_is_alnum(char c)
{
    return ascii_is_digit(c) || ascii_is_lower(c) || ascii_is_upper(c);
}

/* C, or its twin where it is a letter of the other case. */
static inline char ascii_lower(char c)
{
    return ascii_is_upper(c) ? (char)(c + ('a' - 'A')) : c;
}

static inline char ascii_upper(char c)
{
    return ascii_is_lower(c) ? (char)(c - ('a' - 'A')) : c;
}

/* How many of the first N bytes of S come before one that is less than LEAST, which is up to 128, or DEL. */
size_t ascii_clean(const char *s, size_t n, unsigned char least);

#endif
