/* SPDX-License-Identifier: MIT */
/*
 * The cache of answers; see cache.h. It is cut into shards by hash, each with a lock that is held for a look-up or for
 * moving pointers, never while anything is made or freed.
 */
#include "cache.h"

#include "util/hash.h"

#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define SHARDS_MOST  16
#define SHARD_LEAST  ((size_t)4 << 20) /* so that a page of hundreds of rows fits a quarter of it */
#define BUCKET_BYTES 2048              /* of answers for one bucket: most are larger, links are smaller */
#define NEW_SHARE    10                /* one part in so many is for what is new */
#define LARGEST      4                 /* one part in so many is the most that one answer may take */
#define USES_MOST    3
#define BLOCK_WEIGHT 32 /* what the allocator adds to an entry */

struct entry {
    struct entry *chained; /* the next in its bucket */
    struct entry *newer;   /* the next in its queue */
    struct answer *answer; /* NULL: a link */
    uint64_t hash, to_hash;
    size_t weight, key_size, to_size;
    unsigned uses; /* since it came, or was last spared; up to USES_MOST */
    char bytes[];  /* the key, then for a link the key it leads to */
};

/* Oldest first. */
struct queue {
    struct entry *oldest, **end;
    size_t bytes;
};

struct shard {
    _Alignas(64) pthread_mutex_t lock;
    struct queue new, proven;
    struct entry **buckets;
    uint32_t
        *gone; /* by bucket, part of the hash of what left `new` without being asked for again; 0: nothing */
    size_t room, answers, links;
    unsigned long long evicted;
};

struct cache {
    struct hash_key key;
    size_t n_shards, n_buckets; /* powers of two; buckets in each shard */
    struct shard shards[];
};

/* --- making and ending --- */

static void free_entries(struct entry *e)
{
    for (struct entry *next; e; e = next) {
        next = e->newer;
        answer_release(e->answer);
        free(e);
    }
}

static void queue_init(struct queue *q)
{
    *q = (struct queue){.end = &q->oldest};
}

static int shard_init(struct shard *s, size_t room, size_t n_buckets)
{
    queue_init(&s->new);
    queue_init(&s->proven);
    s->room = room;
    s->buckets = calloc(n_buckets, sizeof *s->buckets);
    s->gone = calloc(n_buckets, sizeof *s->gone);
    if (s->buckets && s->gone && pthread_mutex_init(&s->lock, NULL) == 0)
        return 0;
    free(s->buckets);
    free(s->gone);
    return -ENOMEM;
}

static size_t power_below(size_t n)
{
    size_t power = 1;
    while (power * 2 <= n)
        power *= 2;
    return power;
}

/* A cache without shards yet. */
static struct cache *cache_shape(size_t bytes, size_t n_shards)
{
    size_t size = sizeof(struct cache) + n_shards * sizeof(struct shard);
    struct cache *c = aligned_alloc(_Alignof(struct cache), size);
    if (!c)
        return NULL;
    memset(c, 0, size);
    c->key = hash_key_new();
    c->n_buckets = power_below(bytes / n_shards / BUCKET_BYTES);
    return c;
}

int cache_new(size_t bytes, struct cache **ret)
{
    size_t n = power_below(bytes / SHARD_LEAST < SHARDS_MOST ? bytes / SHARD_LEAST : SHARDS_MOST);
    struct cache *c = bytes ? cache_shape(bytes, n) : NULL;
    if (bytes && !c)
        return -ENOMEM;
    for (size_t i = 0; c && i < n; i++) {
        size_t tables = sizeof *c + sizeof *c->shards + c->n_buckets * (sizeof(void *) + sizeof(uint32_t));
        size_t share = bytes / n;
        if (shard_init(&c->shards[i], share > tables ? share - tables : 0, c->n_buckets) != 0) {
            cache_free(c);
            return -ENOMEM;
        }
        c->n_shards++;
    }
    *ret = c;
    return 0;
}

struct cache *cache_free(struct cache *c)
{
    if (!c)
        return NULL;
    for (size_t i = 0; i < c->n_shards; i++) {
        struct shard *s = &c->shards[i];
        free_entries(s->new.oldest);
        free_entries(s->proven.oldest);
        free(s->buckets);
        free(s->gone);
        pthread_mutex_destroy(&s->lock);
    }
    free(c);
    return NULL;
}

/* --- finding; all with the shard's lock held --- */

static struct shard *shard_of(struct cache *c, uint64_t hash)
{
    return &c->shards[hash >> 32 & (c->n_shards - 1)];
}

static size_t bucket_of(const struct cache *c, uint64_t hash)
{
    return hash & (c->n_buckets - 1);
}

static struct entry *find(struct cache *c, struct shard *s, uint64_t hash, const void *key, size_t n)
{
    struct entry *e = s->buckets[bucket_of(c, hash)];
    while (e && (e->hash != hash || e->key_size != n || memcmp(e->bytes, key, n) != 0))
        e = e->chained;
    if (e && e->uses < USES_MOST)
        e->uses++;
    return e;
}

static void chain(struct cache *c, struct shard *s, struct entry *e)
{
    struct entry **bucket = &s->buckets[bucket_of(c, e->hash)];
    e->chained = *bucket;
    *bucket = e;
}

static void unchain(struct cache *c, struct shard *s, struct entry *e)
{
    struct entry **at = &s->buckets[bucket_of(c, e->hash)];
    while (*at != e)
        at = &(*at)->chained;
    *at = e->chained;
}

/* --- queues --- */

static void push(struct queue *q, struct entry *e)
{
    e->newer = NULL;
    *q->end = e;
    q->end = &e->newer;
    q->bytes += e->weight;
}

static struct entry *pop(struct queue *q)
{
    struct entry *e = q->oldest;
    q->oldest = e->newer;
    if (!q->oldest)
        q->end = &q->oldest;
    q->bytes -= e->weight;
    return e;
}

/* Never 0, which stands for nothing. */
static uint32_t trace_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32) | 1;
}

/* E, in no queue any more, goes onto *GARBAGE. */
static void drop(struct cache *c, struct shard *s, struct entry *e, struct entry **garbage)
{
    unchain(c, s, e);
    if (e->answer) {
        s->answers--;
        s->evicted++;
    } else {
        s->links--;
    }
    e->newer = *garbage;
    *garbage = e;
}

/* The oldest of the new goes, or is proven when it was asked for. */
static void age_new(struct cache *c, struct shard *s, struct entry **garbage)
{
    struct entry *e = pop(&s->new);
    if (e->uses) {
        e->uses = 0;
        push(&s->proven, e);
        return;
    }
    s->gone[bucket_of(c, e->hash)] = trace_of(e->hash);
    drop(c, s, e, garbage);
}

/* The oldest of the proven goes, or is spared once when it was asked for. */
static void age_proven(struct cache *c, struct shard *s, struct entry **garbage)
{
    struct entry *e = pop(&s->proven);
    if (e->uses) {
        e->uses--;
        push(&s->proven, e);
        return;
    }
    drop(c, s, e, garbage);
}

/* Comes to an end: each entry is passed once in `new` and at most USES_MOST + 1 times in `proven`. BYTES are less than
 * the room. */
static void make_room(struct cache *c, struct shard *s, size_t bytes, struct entry **garbage)
{
    while (s->new.bytes + s->proven.bytes + bytes > s->room)
        if (s->new.oldest && (s->new.bytes > s->room / NEW_SHARE || !s->proven.oldest))
            age_new(c, s, garbage);
        else
            age_proven(c, s, garbage);
}

/* Takes over E. */
static void insert(struct cache *c, struct entry *e)
{
    struct shard *s = shard_of(c, e->hash);
    struct entry *garbage = NULL;
    pthread_mutex_lock(&s->lock);
    if (e->weight > s->room / LARGEST || find(c, s, e->hash, e->bytes, e->key_size)) {
        garbage = e;
    } else {
        uint32_t *gone = &s->gone[bucket_of(c, e->hash)];
        bool again = *gone == trace_of(e->hash);
        make_room(c, s, e->weight, &garbage);
        if (again)
            *gone = 0;
        chain(c, s, e);
        push(again ? &s->proven : &s->new, e);
        *(e->answer ? &s->answers : &s->links) += 1;
    }
    pthread_mutex_unlock(&s->lock);
    free_entries(garbage);
}

/* --- what others call --- */

/* A key with its hash. */
struct key {
    uint64_t hash;
    size_t n;
    const void *bytes;
};

static struct key key_of(const struct cache *c, const void *bytes, size_t n)
{
    return (struct key){hash_bytes(c->key, bytes, n), n, bytes};
}

/* What is kept for KEY; of a link the key it leads to, its bytes in BYTES. */
static struct answer *look_up(struct cache *c, struct key key, char bytes[static CACHE_LINK_BYTES],
                              struct key *ret_to)
{
    struct shard *s = shard_of(c, key.hash);
    struct answer *found = NULL;
    pthread_mutex_lock(&s->lock);
    struct entry *e = find(c, s, key.hash, key.bytes, key.n);
    if (e && e->answer) {
        found = answer_acquire(e->answer);
    } else if (e) {
        memcpy(bytes, e->bytes + e->key_size, e->to_size);
        *ret_to = (struct key){e->to_hash, e->to_size, bytes};
    }
    pthread_mutex_unlock(&s->lock);
    return found;
}

struct answer *cache_get(struct cache *c, const void *key, size_t n)
{
    char bytes[CACHE_LINK_BYTES], unused[CACHE_LINK_BYTES];
    struct key to = {0};
    struct answer *found = c ? look_up(c, key_of(c, key, n), bytes, &to) : NULL;
    return found || !to.n ? found : look_up(c, to, unused, &to);
}

static struct entry *entry_new(struct key key, struct key to)
{
    struct entry *e = malloc(sizeof *e + key.n + to.n);
    if (!e)
        return NULL;
    *e = (struct entry){.hash = key.hash,
                        .to_hash = to.hash,
                        .weight = sizeof *e + key.n + to.n + BLOCK_WEIGHT,
                        .key_size = key.n,
                        .to_size = to.n};
    memcpy(e->bytes, key.bytes, key.n);
    if (to.n)
        memcpy(e->bytes + key.n, to.bytes, to.n);
    return e;
}

void cache_put(struct cache *c, const void *key, size_t n, struct answer *a)
{
    struct entry *e = c ? entry_new(key_of(c, key, n), (struct key){0}) : NULL;
    if (!e)
        return;
    e->answer = answer_acquire(a);
    e->weight += answer_weight(a);
    insert(c, e);
}

void cache_link(struct cache *c, const void *from, size_t n, const void *to, size_t n_to)
{
    struct entry *e =
        c && n_to && n_to <= CACHE_LINK_BYTES ? entry_new(key_of(c, from, n), key_of(c, to, n_to)) : NULL;
    if (e)
        insert(c, e);
}

void cache_close(struct cache *c)
{
    for (size_t i = 0; c && i < c->n_shards; i++) {
        struct shard *s = &c->shards[i];
        struct entry *garbage = NULL;
        pthread_mutex_lock(&s->lock);
        s->room = 0;
        while (s->new.oldest)
            drop(c, s, pop(&s->new), &garbage);
        while (s->proven.oldest)
            drop(c, s, pop(&s->proven), &garbage);
        pthread_mutex_unlock(&s->lock);
        free_entries(garbage);
    }
}

struct cache_figures cache_figures(struct cache *c)
{
    struct cache_figures sum = {0};
    for (size_t i = 0; c && i < c->n_shards; i++) {
        struct shard *s = &c->shards[i];
        pthread_mutex_lock(&s->lock);
        sum.bytes += s->new.bytes + s->proven.bytes;
        sum.answers += s->answers;
        sum.links += s->links;
        sum.evicted += s->evicted;
        pthread_mutex_unlock(&s->lock);
    }
    return sum;
}
