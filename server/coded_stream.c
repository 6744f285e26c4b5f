/* SPDX-License-Identifier: MIT */
/*
 * Streams in a content coding: what the stream beneath makes goes through an encoder on its way. Each holds one for as long as its
 * reader likes, so only some at a time are encoded; to the others they come as they are.
 */
#include "coded.h"
#include "util/limits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 32768 /* of the stream beneath, read at once */

struct coded {
    struct stream plain;
    struct encoder *encoder;
    struct strbuf text; /* not yet sent, from `sent` on */
    size_t sent;
    bool ended;
    atomic_uint *at_once; /* how many there are */
    char block[BLOCK];
};

static int encode_block(struct coded *x)
{
    ssize_t n = x->plain.read(x->plain.ctx, x->block, sizeof x->block);
    if (n < 0)
        return -EIO;
    x->ended = n == 0;
    x->sent = 0;
    strbuf_reset(&x->text);
    return encoder_feed(x->encoder, x->block, (size_t)n, x->ended, &x->text);
}

/* Comes back with what there is, however little: to fill the room would take many times it from the stream beneath, while other
 * requests wait. */
static ssize_t read_coded(void *ctx, char *buffer, size_t room)
{
    struct coded *x = ctx;
    while (x->sent == x->text.size && !x->ended)
        if (encode_block(x) != 0)
            return -1;
    size_t left = x->text.size - x->sent, n = left < room ? left : room;
    if (n)
        memcpy(buffer, x->text.data + x->sent, n);
    x->sent += n;
    return (ssize_t)n;
}

static void free_coded(void *ctx)
{
    struct coded *x = ctx;
    if (x->plain.free)
        x->plain.free(x->plain.ctx);
    encoder_free(x->encoder);
    strbuf_done(&x->text);
    atomic_fetch_sub(x->at_once, 1);
    free(x);
}

static struct coded *new_coded(enum coding c, atomic_uint *at_once)
{
    struct coded *x = calloc(1, sizeof *x);
    if (!x)
        return NULL;
    x->encoder = encoder_new(c);
    if (!x->encoder) {
        free(x);
        return NULL;
    }
    x->text.limit = LIMIT_REPLY_BYTES;
    x->at_once = at_once;
    return x;
}

bool coded_stream(struct load *l, struct stream *s)
{
    atomic_uint *at_once = &l->app->coded_streams;
    bool room = atomic_fetch_add(at_once, 1) < LIMIT_CODED_STREAMS;
    struct coded *x = room ? new_coded(l->coding, at_once) : NULL;
    if (!x) {
        atomic_fetch_sub(at_once, 1);
        return false;
    }
    x->plain = *s;
    *s = (struct stream){read_coded, free_coded, x, x->plain.holds};
    return true;
}
