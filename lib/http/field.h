/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_HTTP_FIELD_H
#define BREACHD_HTTP_FIELD_H

/*
 * The small grammar that header fields share (RFC 9110 section 5.6): tokens, optional white space,
 * quoted strings, lists. For the other modules of this folder.
 */
#include <stdbool.h>
#include <stddef.h>

/* Bytes inside somebody else's text; not NUL-terminated. */
struct field_span {
    const char *at; /* NULL: nothing left, or not present */
    size_t length;
};

/* A span over a NUL-terminated text; NULL gives the absent span. */
struct field_span field_span(const char *text);

/* RFC 9110 section 5.6.2: at least one character, all of them tchar. */
bool field_is_token(struct field_span s);

/* Without the spaces and tabs at both ends (OWS, section 5.6.3). */
struct field_span field_trim(struct field_span s);

/* ASCII letters compare without case. */
bool field_equal(struct field_span a, struct field_span b);
bool field_is(struct field_span s, const char *word);

/* Takes the text before the next SEPARATOR that stands outside a quoted string off *REST, trimmed; it may be
 * empty. The last piece leaves *REST absent; asked again, the answer is false and *ret untouched. A quoted
 * string without an end reaches to the end of the text. */
bool field_next(struct field_span *rest, char separator, struct field_span *ret);

#endif
