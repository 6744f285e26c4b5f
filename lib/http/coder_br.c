/* SPDX-License-Identifier: MIT */
/*
 * The front door of libbrotlienc. Debian's ends the process when it is given no memory, so it never gets to see that: where
 * memory runs out, its allocator leaves it for good by longjmp(), and what it had is freed here.
 */
#include "http/coders.h"

#include <brotli/encode.h>
#include <setjmp.h>
#include <stdalign.h>
#include <stdlib.h>

/* What is above it takes many times as long for some percent; below it gzip is as small. */
#define QUALITY 5

/* Stands before each piece of memory that the library has. */
struct piece {
    alignas(max_align_t) struct piece *next;
    struct piece **link; /* what points here */
};

struct supply {
    struct piece *pieces;
    jmp_buf out;
};

static void *give(void *opaque, size_t n)
{
    struct supply *s = opaque;
    struct piece *p = n <= SIZE_MAX - sizeof *p ? malloc(sizeof *p + n) : NULL;
    if (!p)
        longjmp(s->out, 1);
    p->next = s->pieces;
    p->link = &s->pieces;
    if (p->next)
        p->next->link = &p->next;
    s->pieces = p;
    return p + 1;
}

static void take_back(void *opaque, void *memory)
{
    (void)opaque;
    if (!memory)
        return;
    struct piece *p = (struct piece *)memory - 1;
    *p->link = p->next;
    if (p->next)
        p->next->link = p->link;
    free(p);
}

/* Frees what was not taken back. */
static void free_all(struct supply *s)
{
    for (struct piece *next, *p = s->pieces; p; p = next) {
        next = p->next;
        free(p);
    }
}

/* Compresses into the *SIZE bytes at TO; *SIZE is then how many it took. */
static bool compress(struct supply *s, const uint8_t *bytes, size_t n, uint8_t *to, size_t *size)
{
    BrotliEncoderState *state = BrotliEncoderCreateInstance(give, take_back, s);
    size_t room = *size;
    if (!state)
        return false;
    (void)BrotliEncoderSetParameter(state, BROTLI_PARAM_QUALITY, QUALITY);
    (void)BrotliEncoderSetParameter(state, BROTLI_PARAM_LGWIN, BROTLI_DEFAULT_WINDOW);
    (void)BrotliEncoderSetParameter(state, BROTLI_PARAM_MODE, BROTLI_MODE_TEXT);
    (void)BrotliEncoderSetParameter(state, BROTLI_PARAM_SIZE_HINT, n > UINT32_MAX ? UINT32_MAX : (uint32_t)n);
    bool all = BrotliEncoderCompressStream(state, BROTLI_OPERATION_FINISH, &n, &bytes, &room, &to, NULL) &&
               BrotliEncoderIsFinished(state);
    *size -= room;
    BrotliEncoderDestroyInstance(state);
    return all;
}

/* As compress(), but comes back with false where memory ran out. No object of its own changes between setjmp() and longjmp(): S,
 * which does, is the caller's. */
static bool compress_fed(struct supply *s, const uint8_t *bytes, size_t n, uint8_t *to, size_t *size)
{
    if (setjmp(s->out) != 0)
        return false;
    return compress(s, bytes, n, to, size);
}

void coder_br(const void *bytes, size_t n, struct strbuf *ret)
{
    size_t before = ret->size, size = BrotliEncoderMaxCompressedSize(n);
    char *to = size ? strbuf_extend(ret, size) : NULL;
    struct supply s = {.pieces = NULL};
    if (!to || !compress_fed(&s, bytes, n, (uint8_t *)to, &size))
        ret->failed = true;
    else
        strbuf_cut(ret, before + size);
    free_all(&s);
}
