/* SPDX-License-Identifier: MIT */
/* Keys of requests, and the dispatcher's way to the cache; see recall.h. */
#include "recall.h"

#include "answer.h"
#include "coded.h"

#include <string.h>

/* The request fields that an answer with status 200 follows from, beside scheme and host: who reads another one names it
 * here. If-None-Match is none of them; it is compared with what was found. */
static const char *const fields[] = {"Accept", "Accept-Encoding"};
#define FIELDS (sizeof fields / sizeof *fields)

static struct cache *cache_of(struct snapshot *snap)
{
    return snap ? snapshot_cache(snap) : NULL;
}

/* Texts end in NUL, and each field is told by its number, so no two requests look alike. */
static bool add(struct repeat *k, char kind, const char *text)
{
    size_t n = strlen(text) + 1;
    if (n >= sizeof k->bytes - k->n)
        return false;
    k->bytes[k->n] = kind;
    memcpy(k->bytes + k->n + 1, text, n);
    k->n += n + 1;
    return true;
}

static bool add_request(struct repeat *k, const struct request *req)
{
    bool whole =
        add(k, 'r', req->target) && add(k, 's', req->scheme) && (!req->host || add(k, 'h', req->host));
    for (size_t i = 0; i < req->n_headers && whole; i++)
        for (size_t f = 0; f < FIELDS && whole; f++)
            if (header_is(&req->headers[i], fields[f]))
                whole = add(k, (char)('0' + f), req->headers[i].value);
    return whole;
}

static bool take(struct cache *c, const char *key, size_t n, struct reply *ret)
{
    struct answer *found = cache_get(c, key, n);
    if (!found)
        return false;
    answer_take(found, ret);
    ret->cache = REPLY_CACHE_HIT;
    return true;
}

bool recall_repeat(struct snapshot *snap, const struct request *req, struct repeat *ret_repeat,
                   struct reply *ret)
{
    struct cache *c = cache_of(snap);
    bool reads = strcmp(req->method, "GET") == 0 || strcmp(req->method, "HEAD") == 0;
    ret_repeat->n = 0;
    if (!c || !reads)
        return false;
    if (add_request(ret_repeat, req))
        return take(c, ret_repeat->bytes, ret_repeat->n, ret);
    ret_repeat->n = 0;
    return false;
}

/* What headers_etag() has, but for what is the same for all that one cache sees; and what only headers follow from:
 * whether there was a suffix, and the origin. The parts hold no line's end. */
static const char *key_of(const struct load *l, enum coding c)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    strbuf_addf(&b, "k%s\n%s\n%s\n%d\n%s\n", l->stem, format_suffix(l->format), coding_name(c),
                l->match->has_suffix, l->origin ? l->origin : "");
    query_canonical(&l->q, true, &b);
    return b.failed ? NULL : arena_strdup(l->mem, b.data);
}

static void link_repeat(const struct load *l)
{
    if (l->repeat->n)
        cache_link(cache_of(l->snap), l->repeat->bytes, l->repeat->n, l->key, strlen(l->key));
}

/* Makes what is kept plain into what is asked for. */
static bool recall_plain(struct load *l, struct reply *ret)
{
    const char *key = key_of(l, CODING_IDENTITY);
    struct answer *plain = key ? cache_get(cache_of(l->snap), key, strlen(key)) : NULL;
    struct reply r;
    reply_init(&r);
    if (plain && answer_spell(plain, l->mem, &r)) {
        coded_reply(l, &r);
        recall_keep(l, &r);
    }
    answer_release(plain);
    if (r.answer)
        *ret = r;
    else
        reply_done(&r);
    return r.answer;
}

bool recall_same(struct load *l, struct reply *ret)
{
    if (!cache_of(l->snap))
        return false;
    l->key = key_of(l, l->coding);
    if (!l->key)
        return false;
    if (!take(cache_of(l->snap), l->key, strlen(l->key), ret))
        return l->coding != CODING_IDENTITY && recall_plain(l, ret);
    link_repeat(l);
    return true;
}

void recall_keep(struct load *l, struct reply *r)
{
    if (!l->key || r->status != 200 || r->answer || !r->body || !reply_find(r, "ETag"))
        return;
    r->cache = REPLY_CACHE_MISS;
    l->key = key_of(l, l->coding); /* which may not be the one that was asked for */
    struct answer *a = l->key ? answer_new(r) : NULL;
    if (!a)
        return;
    cache_put(cache_of(l->snap), l->key, strlen(l->key), a);
    link_repeat(l);
    reply_done(r);
    answer_take(a, r);
}
