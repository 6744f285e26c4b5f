/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_HTTP_CONDITIONAL_H
#define BREACHD_HTTP_CONDITIONAL_H

/* Preconditions: If-None-Match everywhere, If-Match and If-Range for what can be had in parts (RFC 9110 section 13.1). */
#include <stdbool.h>

/* Whether a GET or HEAD that would be answered 200 with the entity tag ETAG ("…" or W/"…" with its quotes) is
 * to be answered 304 instead. IF_NONE_MATCH is the field's value, NULL when there is none, repeated ones
 * joined by commas.
 *
 * "*" matches everything; in a list, tags compare weakly (section 8.8.3.2): W/"a" and "a" are the same. A
 * value that is neither, or whose list goes wrong before a match, matches nothing: the whole answer is never
 * wrong, a 304 can be. At most LIMIT_LIST_MEMBERS tags are looked at. */
bool conditional_not_modified(const char *if_none_match, const char *etag);

/* Whether IF_MATCH (NULL: none) lets pass what has ETAG: tags compare strongly, W/ matches nothing. A value that goes wrong
 * lets nothing pass. */
bool conditional_passes(const char *if_match, const char *etag);

/* Whether what has ETAG is what IF_RANGE (NULL: none) knows a part of. A date never is: it does not tell one catalogue
 * from another as surely as the tag. */
bool conditional_in_range(const char *if_range, const char *etag);

#endif
