/* SPDX-License-Identifier: MIT */
/* The checks at the door; see intake.h. */
#include "intake.h"

#include "http/target.h"
#include "util/limits.h"

#include <string.h>

static int refused(struct message_fault *reterr, unsigned status, const char *reason)
{
    *reterr = (struct message_fault){.status = status, .reason = reason};
    return MESSAGE_E_REFUSED;
}

/* The common form needs no look: what comes after its slash cannot make a request ambiguous. */
static int read_authority(const struct request *req, struct field_span *ret, struct message_fault *reterr)
{
    bool options = strcmp(req->method, "OPTIONS") == 0;
    struct target target;
    const char *reason;
    int r;

    if (req->target[0] == '/')
        return 0;
    r = target_parse(req->target, strlen(req->target), options, req->mem, &target, &reason);
    if (r == TARGET_E_BAD)
        return refused(reterr, 400, reason);
    if (!r)
        *ret = field_span(target.authority);
    return r < 0 ? r : 0;
}

int intake_check(const struct request *req, size_t target_length, const struct message_field *fields,
                 struct message_fault *reterr)
{
    struct message_head head = {
        .method = field_span(req->method),
        .version = field_span(req->version),
        .fields = fields,
        .n_fields = req->n_headers,
    };
    struct message_facts facts;
    int r;

    if (target_length > LIMIT_TARGET_BYTES)
        return refused(reterr, 414, "the request target is too long");
    r = read_authority(req, &head.authority, reterr);
    if (!r)
        r = message_check(&head, &facts, reterr);
    if (!r && facts.content_length > LIMIT_BODY_BYTES)
        r = refused(reterr, 413, "no request here needs a body, and this one is too long to pass over");
    return r;
}
