/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_HTTP_HOST_H
#define BREACHD_HTTP_HOST_H

/*
 * host[:port] as it stands in a Host field and in an absolute request target. A host that passes
 * may be written into links.
 */
#include "http/field.h"

#include <stdbool.h>

#define HOST_SIZE 262 /* of the longest as text: a name of 255 bytes, ":", a port, and a NUL */

/* Whether S is uri-host [":" port] (RFC 9112 section 3.2): a name or IPv4 address, or an IPv6 address in
 * brackets, and a port of 0 to 5 digits up to 65535. Narrower than RFC 3986 on purpose: names are non-empty
 * labels of letters, digits, "-" and "_" with at most one dot at the end and 255 bytes in all; user names,
 * escapes, other punctuation and IPvFuture are refused, as no name in DNS has them and joined or smuggled
 * values do. */
bool host_is_valid(struct field_span s);

/* Whether two valid ones name different places: the names differ but for case, or both give a port and those
 * differ. A port that only one gives, or gives empty, is not held against it. */
bool host_conflicts(struct field_span a, struct field_span b);

#endif
