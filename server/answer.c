/* SPDX-License-Identifier: MIT */
/* Finished answers; see answer.h. One block of memory each, beside the body. */
#include "answer.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* What the allocator and the structs around them add to one block, and to one header in its form. */
#define BLOCK_WEIGHT  48
#define HEADER_WEIGHT 128
#define FORM_WEIGHT   384

struct answer {
    atomic_size_t refs;
    size_t weight, n_headers;
    const struct route *route;
    struct blob *body;
    _Atomic(void *) form;
    _Atomic(void (*)(void *)) form_free;
    struct header headers[]; /* their values stand behind them */
};

static size_t values_size(const struct reply *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_headers; i++)
        n += strlen(r->headers[i].value) + 1;
    return n;
}

static size_t weigh(const struct answer *a, const struct reply *r, size_t block)
{
    size_t n = block + BLOCK_WEIGHT + blob_weight(a->body) + FORM_WEIGHT;
    for (size_t i = 0; i < r->n_headers; i++)
        n += HEADER_WEIGHT + strlen(r->headers[i].name) + strlen(r->headers[i].value);
    return n;
}

struct answer *answer_new(const struct reply *r)
{
    size_t size = sizeof(struct answer) + r->n_headers * sizeof *r->headers + values_size(r);
    struct answer *a = malloc(size);
    if (!a)
        return NULL;
    *a = (struct answer){.n_headers = r->n_headers, .route = r->route, .body = blob_keep(r->body)};
    if (!a->body) {
        free(a);
        return NULL;
    }
    atomic_init(&a->refs, 1);
    a->weight = weigh(a, r, size);
    char *at = (char *)(a->headers + a->n_headers);
    for (size_t i = 0; i < a->n_headers; i++) {
        size_t n = strlen(r->headers[i].value) + 1;
        a->headers[i] = (struct header){r->headers[i].name, memcpy(at, r->headers[i].value, n)};
        at += n;
    }
    return a;
}

struct answer *answer_acquire(struct answer *a)
{
    atomic_fetch_add_explicit(&a->refs, 1, memory_order_relaxed);
    return a;
}

struct answer *answer_release(struct answer *a)
{
    if (!a || atomic_fetch_sub_explicit(&a->refs, 1, memory_order_acq_rel) != 1)
        return NULL;
    if (a->form)
        a->form_free(a->form);
    blob_release(a->body);
    free(a);
    return NULL;
}

void answer_take(struct answer *a, struct reply *ret)
{
    ret->status = 200;
    ret->route = a->route;
    ret->n_headers = a->n_headers;
    memcpy(ret->headers, a->headers, a->n_headers * sizeof *a->headers);
    ret->body = a->body;
    ret->answer = a;
}

bool answer_spell(const struct answer *a, struct arena *mem, struct reply *ret)
{
    for (size_t i = 0; i < a->n_headers; i++) {
        const char *value = arena_strdup(mem, a->headers[i].value);
        if (!value) {
            ret->n_headers = 0;
            return false;
        }
        reply_header(ret, a->headers[i].name, value);
    }
    ret->status = 200;
    ret->route = a->route;
    ret->body = blob_acquire(a->body);
    return true;
}

size_t answer_weight(const struct answer *a)
{
    return a->weight;
}

void *answer_form(struct answer *a, const struct answer_form *kind, const struct reply *r)
{
    void *present = atomic_load_explicit(&a->form, memory_order_acquire);
    if (present)
        return present;
    void *made = kind->make(r);
    if (!made)
        return NULL;
    a->form_free = kind->free;
    if (atomic_compare_exchange_strong(&a->form, &present, made))
        return made;
    kind->free(made);
    return present;
}
