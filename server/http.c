/* SPDX-License-Identifier: MIT */
/* The little that requests and replies can do by themselves; see http.h. */
#include "http.h"

#include "answer.h"

#include <string.h>

const char *request_header(const struct request *r, const char *name)
{
    for (size_t i = 0; i < r->n_headers; i++)
        if (header_is(&r->headers[i], name))
            return r->headers[i].value;
    return NULL;
}

const char *request_joined(const struct request *r, const char *name)
{
    const char *text = NULL;
    for (size_t i = 0; i < r->n_headers; i++)
        if (header_is(&r->headers[i], name)) {
            const char *value = r->headers[i].value;
            text = text ? arena_printf(r->mem, "%s, %s", text, value) : value;
            if (!text)
                return NULL;
        }
    return text;
}

void reply_header(struct reply *r, const char *name, const char *value)
{
    if (!value || r->n_headers >= REPLY_HEADERS)
        return;
    r->headers[r->n_headers++] = (struct header){.name = name, .value = value};
}

struct header *reply_find(struct reply *r, const char *name)
{
    for (size_t i = 0; i < r->n_headers; i++)
        if (strcmp(r->headers[i].name, name) == 0)
            return &r->headers[i];
    return NULL;
}

void reply_done(struct reply *r)
{
    r->body = r->answer ? NULL : blob_release(r->body);
    r->answer = answer_release(r->answer);
    if (r->stream.free)
        r->stream.free(r->stream.ctx);
    r->stream = (struct stream){0};
}
