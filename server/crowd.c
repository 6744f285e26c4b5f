/* SPDX-License-Identifier: MIT */
/* Counts by address; see crowd.h. */
#include "crowd.h"

#include "util/hash.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* An address with somebody there. */
struct crowd_place {
    struct address address;
    unsigned n;
    struct crowd_place *next; /* in its bucket */
};

struct crowd {
    pthread_mutex_t lock;
    unsigned most;
    struct hash_key key;
    struct crowd_place **buckets;
    size_t n_buckets; /* a power of two */
};

int crowd_new(unsigned most, unsigned expected, struct crowd **ret)
{
    struct crowd *c = calloc(1, sizeof *c);

    if (!c)
        return -ENOMEM;
    *c = (struct crowd){.most = most, .key = hash_key_new(), .n_buckets = 1};
    while (c->n_buckets < expected)
        c->n_buckets *= 2;
    c->buckets = calloc(c->n_buckets, sizeof(struct crowd_place *));
    if (!c->buckets) {
        free(c);
        return -ENOMEM;
    }
    (void)pthread_mutex_init(&c->lock, NULL);
    *ret = c;
    return 0;
}

struct crowd *crowd_free(struct crowd *c)
{
    if (!c)
        return NULL;
    (void)pthread_mutex_destroy(&c->lock);
    free(c->buckets);
    free(c);
    return NULL;
}

/* What is one client: a whole address of IPv4, a network of IPv6. */
static struct address client_of(const struct address *a)
{
    static const unsigned char v4[12] = {[10] = 0xff, [11] = 0xff};
    struct address ret = *a;

    if (memcmp(a->bytes, v4, sizeof v4) != 0)
        memset(ret.bytes + 8, 0, 8);
    return ret;
}

/* Where A's place is linked in, or would be at the end of its bucket. */
static struct crowd_place **find(struct crowd *c, const struct address *a)
{
    struct crowd_place **at = &c->buckets[hash_bytes(c->key, a->bytes, sizeof a->bytes) & (c->n_buckets - 1)];

    while (*at && memcmp((*at)->address.bytes, a->bytes, sizeof a->bytes) != 0)
        at = &(*at)->next;
    return at;
}

struct crowd_place *crowd_enter(struct crowd *c, const struct address *a)
{
    struct address client = client_of(a);
    struct crowd_place **at, *p;

    pthread_mutex_lock(&c->lock);
    at = find(c, &client);
    if (!*at && (*at = calloc(1, sizeof **at)))
        (*at)->address = client;
    p = *at && (*at)->n < c->most ? *at : NULL;
    if (p)
        p->n++;
    pthread_mutex_unlock(&c->lock);
    return p;
}

struct crowd_place *crowd_leave(struct crowd *c, struct crowd_place *p)
{
    struct crowd_place **at;

    if (!p)
        return NULL;
    pthread_mutex_lock(&c->lock);
    if (--p->n == 0) {
        at = find(c, &p->address);
        *at = p->next;
        free(p);
    }
    pthread_mutex_unlock(&c->lock);
    return NULL;
}
