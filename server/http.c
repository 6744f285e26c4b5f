/* SPDX-License-Identifier: MIT */
/* The little that requests and replies can do by themselves; see http.h. */
#include "http.h"

#include "answer.h"

#include <strings.h>

const char *request_header(const struct request *r, const char *name)
{
    for (size_t i = 0; i < r->n_headers; i++)
        if (strcasecmp(r->headers[i].name, name) == 0)
            return r->headers[i].value;
    return NULL;
}

void reply_header(struct reply *r, const char *name, const char *value)
{
    if (!value || r->n_headers >= REPLY_HEADERS)
        return;
    r->headers[r->n_headers++] = (struct header){.name = name, .value = value};
}

void reply_done(struct reply *r)
{
    r->body = r->answer ? NULL : blob_release(r->body);
    r->answer = answer_release(r->answer);
    if (r->stream.free)
        r->stream.free(r->stream.ctx);
    r->stream = (struct stream){0};
}
