/* SPDX-License-Identifier: MIT */
/* Replies in a content coding; see coded.h. */
#include "coded.h"

#include <errno.h>
#include <string.h>

const char *coded_tag(struct arena *mem, const char *tag, enum coding c)
{
    size_t n = strlen(tag);
    return c == CODING_IDENTITY ? tag : arena_printf(mem, "%.*s-%s\"", (int)n - 1, tag, coding_name(c));
}

/* Says that the coding was chosen by a field, beside what is said already. */
static void add_vary(struct reply *r)
{
    struct header *vary = reply_find(r, "Vary");
    if (!vary)
        reply_header(r, "Vary", "Accept-Encoding");
    else if (strcmp(vary->value, "Accept") == 0)
        vary->value = "Accept, Accept-Encoding";
}

/* 0, -ENOMEM, or 1: the body stays as it is, since it is no smaller otherwise. */
static int encode_body(struct reply *r, enum coding c)
{
    const struct header *type = reply_find(r, "Content-Type");
    size_t size = blob_size(r->body);
    if (!type || !coding_gains(type->value, size))
        return 1;
    struct blob *encoded = coding_encode(c, r->body);
    if (!encoded)
        return -ENOMEM;
    if (blob_size(encoded) >= size) {
        blob_release(encoded);
        return 1;
    }
    blob_release(r->body);
    r->body = encoded;
    return 0;
}

/* A stream of known length is a part of a file, in its own form of compression. */
void coded_reply(struct load *l, struct reply *r)
{
    struct header *tag = reply_find(r, "ETag");
    if (!tag || r->length)
        return;
    add_vary(r);
    if (r->stream.read)
        l->coding = coding_choose(request_joined(l->req, "Accept-Encoding"), true);
    if (l->coding == CODING_IDENTITY)
        return;
    const char *own = coded_tag(l->mem, tag->value, l->coding);
    int result = own ? 0 : -ENOMEM;
    if (own && r->stream.read)
        result = !coded_stream(l, &r->stream);
    else if (own && r->body)
        result = encode_body(r, l->coding);
    if (result != 0) {
        l->coding = CODING_IDENTITY;
        l->key = result < 0 ? NULL : l->key;
        return;
    }
    tag->value = own;
    reply_header(r, "Content-Encoding", coding_name(l->coding));
}
