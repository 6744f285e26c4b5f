/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_INTAKE_H
#define BREACHD_SERVER_INTAKE_H

/* Whether a request may be handled at all. For httpd.c, before anybody sees the request. */
#include "http.h"
#include "http/forwarded.h"
#include "http/message.h"

/* A request head on its way from the library. */
struct intake {
    struct request
        *req; /* filled but for its headers; its target may be only the beginning of what was sent */
    size_t target_length; /* of the target as sent */

    /* Where the head lies in memory, when the library cuts it up in place: each separator has become NUL
     * bytes, one for each of its own, and texts point into it. NULL: not so. */
    const char *head, *target;
    size_t head_size;

    struct header *headers; /* for the request, and the same once more with lengths */
    struct message_field *fields;
    const struct proxies *proxies; /* whose word counts, where the peer is one of them; NULL: it is none */

    size_t n, room, weight; /* weight: what the library keeps of the fields */

    bool has_body; /* set by intake_check() */
};

/* Makes room for N header fields, or one more than allowed where N is more, so that the check sees that there
 * are too many. 0 or -ENOMEM. */
int intake_reserve(struct intake *in, size_t n);

/* The next header field; VALUE may be NULL. The texts must live as long as the request. False: no room. */
bool intake_add(struct intake *in, const char *name, size_t name_length, const char *value,
                size_t value_length);

/* Gives the request its headers, and what they say of by whom and how it was asked for, and checks all. 0; -ENOMEM; or MESSAGE_E_REFUSED with *reterr filled: what
 * message.h and target.h call malformed, 414 for a target over LIMIT_TARGET_BYTES, 431 for a head over LIMIT_HEAD_BYTES, counted as the
 * library keeps it, so that its reply always finds room beside it (a field and a cookie weigh LIMIT_FIELD_RECORD more than their bytes, as
 * RFC 9113 section 6.5.2 counts 32, and a Cookie field's are kept twice), 413 for a body that says to be over LIMIT_BODY_BYTES, 411 for a chunked one (RFC 9112 section 6.3 lets a server ask for the length;
 * the library reads bare LF as the end of a chunk's line and answers too long an extension with 500), and 400 for a head whose bytes are not exactly its parts and the separators
 * that belong between them: a bare LF, a NUL, a folded line, and a field without a name, which the library
 * takes for the end of the head; and also for what forwarded.h calls bad, of a peer whose word counts. */
int intake_check(struct intake *in, struct message_fault *reterr);

#endif
