/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_HTTP_CONDITIONAL_H
#define BREACHD_HTTP_CONDITIONAL_H

/* If-None-Match, the one precondition that is honoured (RFC 9110 section 13.1.2). */
#include <stdbool.h>

/* Whether a GET or HEAD that would be answered 200 with the entity tag ETAG ("…" or W/"…" with its quotes) is
 * to be answered 304 instead. IF_NONE_MATCH is the field's value, NULL when there is none, repeated ones
 * joined by commas.
 *
 * "*" matches everything; in a list, tags compare weakly (section 8.8.3.2): W/"a" and "a" are the same. A
 * value that is neither, or whose list goes wrong before a match, matches nothing: the whole answer is never
 * wrong, a 304 can be. At most LIMIT_LIST_MEMBERS tags are looked at. */
bool conditional_not_modified(const char *if_none_match, const char *etag);

#endif
