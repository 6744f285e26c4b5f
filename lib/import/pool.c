/* SPDX-License-Identifier: MIT */
/* A table of texts, open addressing; the hash is kept beside each so that growing looks at no text. Called by records.c
 * and organizations.c. */
#include "import/pool.h"

#include "util/hash.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct slot {
    uint64_t hash;
    const char *text; /* NULL: free */
};

struct pool {
    struct arena *mem;
    struct hash_key key;
    struct slot *slots;
    size_t n, room; /* room: a power of two, or 0 */
};

struct pool *pool_new(struct arena *mem)
{
    struct pool *p = calloc(1, sizeof *p);
    if (p)
        *p = (struct pool){.mem = mem, .key = hash_key_new()};
    return p;
}

struct pool *pool_free(struct pool *p)
{
    if (p)
        free(p->slots);
    free(p);
    return NULL;
}

/* Where the text is, or would be. */
static struct slot *find(struct slot *slots, size_t room, uint64_t hash, const char *s)
{
    size_t i = (size_t)hash & (room - 1);
    while (slots[i].text && (slots[i].hash != hash || strcmp(slots[i].text, s) != 0))
        i = (i + 1) & (room - 1);
    return &slots[i];
}

/* Where nothing is yet; every text moved is unlike the others. */
static struct slot *find_free(struct slot *slots, size_t room, uint64_t hash)
{
    size_t i = (size_t)hash & (room - 1);
    while (slots[i].text)
        i = (i + 1) & (room - 1);
    return &slots[i];
}

static bool grow(struct pool *p)
{
    size_t room = p->room ? p->room * 2 : 256;
    struct slot *slots = calloc(room, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < p->room; i++)
        if (p->slots[i].text)
            *find_free(slots, room, p->slots[i].hash) = p->slots[i];
    free(p->slots);
    p->slots = slots;
    p->room = room;
    return true;
}

const char *pool_text(struct pool *p, const char *s)
{
    if (!s || (p->n >= p->room / 4 * 3 && !grow(p)))
        return NULL;
    uint64_t hash = hash_bytes(p->key, s, strlen(s));
    struct slot *slot = find(p->slots, p->room, hash, s);
    if (slot->text)
        return slot->text;
    const char *kept = arena_strdup(p->mem, s);
    if (!kept)
        return NULL;
    *slot = (struct slot){hash, kept};
    p->n++;
    return kept;
}
