/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_INTAKE_H
#define BREACHD_SERVER_INTAKE_H

/* Whether a request may be handled at all. For httpd.c, before anybody sees the request. */
#include "http.h"
#include "http/message.h"

/* Checks REQ, whose header FIELDS are given once more with their lengths; TARGET_LENGTH is that of the target
 * as sent, of which req->target may be the beginning. 0; -ENOMEM; or MESSAGE_E_REFUSED with *reterr filled:
 * what message.h and target.h call malformed, 414 for a target over LIMIT_TARGET_BYTES, 413 for a body that
 * says to be over LIMIT_BODY_BYTES. */
int intake_check(const struct request *req, size_t target_length, const struct message_field *fields,
                 struct message_fault *reterr);

#endif
