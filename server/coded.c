/* SPDX-License-Identifier: MIT */
/* Replies in a content coding; see coded.h. */
#include "coded.h"

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

/* False: the body stays as it is. One that does not become smaller does too. */
static bool encode_body(struct reply *r, enum coding c)
{
    const struct header *type = reply_find(r, "Content-Type");
    size_t size = blob_size(r->body);
    if (!type || !coding_gains(type->value, size))
        return false;
    struct blob *encoded = coding_encode(c, r->body);
    if (!encoded || blob_size(encoded) >= size) {
        blob_release(encoded);
        return false;
    }
    blob_release(r->body);
    r->body = encoded;
    return true;
}

void coded_reply(struct load *l, struct reply *r)
{
    struct header *tag = reply_find(r, "ETag");
    if (!tag || r->stream.read)
        return;
    add_vary(r);
    if (l->coding == CODING_IDENTITY)
        return;
    const char *own = coded_tag(l->mem, tag->value, l->coding);
    if (!own || (r->body && !encode_body(r, l->coding))) {
        l->coding = CODING_IDENTITY;
        return;
    }
    tag->value = own;
    reply_header(r, "Content-Encoding", coding_name(l->coding));
}
