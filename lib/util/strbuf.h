/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_UTIL_STRBUF_H
#define BREACHD_UTIL_STRBUF_H

/*
 * A growing byte buffer. Appending never fails in the caller's face: the first failure sets
 * `failed`, later appends do nothing, and the one who takes the bytes asks once.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct strbuf {
    char *data; /* NUL-terminated once anything was appended */
    size_t size, room;
    size_t limit; /* most bytes it may hold; 0: no bound */
    bool failed;  /* out of memory or over the limit: the content is not whole */
};

#define STRBUF_INIT ((struct strbuf){0})

void strbuf_add(struct strbuf *b, const void *bytes, size_t n);
void strbuf_adds(struct strbuf *b, const char *s);
void strbuf_addc(struct strbuf *b, char c);
void strbuf_addf(struct strbuf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void strbuf_addv(struct strbuf *b, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* Makes room for N bytes more at once: for what is known to come. */
void strbuf_reserve(struct strbuf *b, size_t n);

/* Appends N bytes for the caller to write; NULL when that failed. */
char *strbuf_extend(struct strbuf *b, size_t n);

/* Keeps the memory, forgets the content and the failure. */
void strbuf_reset(struct strbuf *b);

/* Takes back what was appended since it held SIZE bytes. A failure stays. */
void strbuf_cut(struct strbuf *b, size_t size);

/* Appends what FROM holds and leaves FROM empty: without copying where B is. */
void strbuf_move(struct strbuf *b, struct strbuf *from);

/* Frees the memory. */
void strbuf_done(struct strbuf *b);

/* Hands the bytes over (free() them) and resets to STRBUF_INIT; NULL when the buffer failed. Never NULL for an
 * empty buffer that did not fail, except when that one byte cannot be had. */
char *strbuf_take(struct strbuf *b, size_t *ret_size);

#define _cleanup_strbuf_ __attribute__((cleanup(strbuf_done)))

/* "WHAT: …", as faults are told of a file or an address; free() it. NULL: out of memory. */
__attribute__((format(printf, 2, 0))) char *strbuf_told(const char *what, const char *format, va_list args);

#endif
