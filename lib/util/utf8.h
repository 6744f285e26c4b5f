/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_UTIL_UTF8_H
#define BREACHD_UTIL_UTF8_H

/*
 * UTF-8 as RFC 3629 defines it: shortest forms only, no surrogates, nothing above U+10FFFF. NUL is a
 * character like any other here; who forbids control characters does so himself.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The character at the start of TEXT: how many bytes it takes (1..4), 0 when LENGTH is 0 or the bytes are not
 * well-formed. ret_character may be NULL and is untouched when 0 is returned. */
size_t utf8_decode(const char *text, size_t length, uint32_t *ret_character);

/* Whether all LENGTH bytes are well-formed; the empty text is. */
bool utf8_is_valid(const char *text, size_t length);

/* How many characters well-formed TEXT has. Bytes that are not well-formed count one each. */
size_t utf8_count(const char *text, size_t length);

/* The greatest n <= MOST with which TEXT can be cut without splitting a character. At most 3 less than MOST,
 * also where TEXT is not UTF-8. */
size_t utf8_truncate(const char *text, size_t length, size_t most);

/* Puts question marks for what is no printable UTF-8 in TEXT: bytes that are not well-formed and control characters, of which lines'
 * ends and U+0080 to U+009F are too. For what goes to terminals, which obey those. */
void utf8_tame(char *text);

/* How many bytes the first MOST characters of TEXT take; as utf8_count() counts them. */
size_t utf8_prefix(const char *text, size_t length, size_t most);

#endif
