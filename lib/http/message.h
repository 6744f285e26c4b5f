/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_HTTP_MESSAGE_H
#define BREACHD_HTTP_MESSAGE_H

/*
 * Is this request head one that every HTTP program reads the same way? Looked at before anything
 * else is done with a request, because the HTTP library lets through what RFC 9112 calls malformed, and what
 * two programs read differently is how requests are smuggled past a proxy. A refused request's connection
 * must be closed: where its body ends is not known.
 */
#include "http/field.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MESSAGE_E_REFUSED = 1,
};

struct message_field {
    struct field_span name, value;
};

/* A head as received; fields in any order, repeated ones one by one. */
struct message_head {
    struct field_span method;
    struct field_span version;   /* "HTTP/1.1" */
    struct field_span authority; /* of an absolute-form target (target.h), else absent */
    const struct message_field *fields;
    size_t n_fields;
};

/* What the check found, pointing into the head. */
struct message_facts {
    struct field_span host;  /* host[:port] of the target, else of the Host field; absent if neither */
    uint64_t content_length; /* 0 when not given */
    bool chunked;
};

struct message_fault {
    unsigned status;    /* 400, 431, 501 or 505 */
    const char *reason; /* one plain clause, constant, never a quotation of the request */
};

/*
 * Checks HEAD. 0, or MESSAGE_E_REFUSED with *reterr filled:
 *
 *   505  a version other than HTTP/1.0 and HTTP/1.1
 *   400  a method that is no token (RFC 9110 section 9.1)
 *   501  one with lower-case letters: methods are case-sensitive, so it is none that anybody implements
 *   431  more than LIMIT_HEADERS fields (RFC 6585 section 5)
 *   400  a field name that is no token (RFC 9110 section 5.1; space before the colon: RFC 9112 section 5.1)
 *   400  a field value with CR, LF, NUL or another control character but tab (RFC 9110 section 5.5)
 *   400  no Host in HTTP/1.1, more than one anywhere, or one that is not host[:port] as host.h has it
 *        (RFC 9112 section 3.2)
 *   400  a Host that differs from an absolute target's authority: clients must send the same (section 3.2.2)
 *   400  Content-Length more than once, or not digits up to 2^63-1 (RFC 9110 section 8.6,
 *        RFC 9112 section 6.3)
 *   400  Transfer-Encoding more than once, beside Content-Length, in HTTP/1.0, or not ending in its only
 *        "chunked" (RFC 9112 sections 6.1 and 6.3)
 *   501  Transfer-Encoding with another coding before "chunked" (RFC 9112 section 6.1)
 *
 * Told is the first fault, looking at the version, the method, the fields as they come, then at what is
 * missing or does not go together.
 */
int message_check(const struct message_head *head, struct message_facts *ret, struct message_fault *reterr);

#endif
