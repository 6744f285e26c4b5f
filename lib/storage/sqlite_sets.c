/* SPDX-License-Identifier: MIT */
/*
 * The cache of stored sets: a hash table under one lock, which is held only to look and to link, never while a set is
 * read. A set that somebody uses stays; of the others, the one unused for longest goes first when room is short.
 */
#include "storage/sqlite_sets.h"

#include "storage/sqlite_reader.h"
#include "util/hash.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS                                                                                              \
    4096 /* a power of two; a catalogue of a million incidents has some thousands of sets worth keeping */

struct kept_set {
    struct kept_set *next;          /* of the same bucket */
    struct kept_set *older, *newer; /* among the unused */
    struct rowset *set;
    size_t size, users;
    char label[];
};

struct set_cache {
    struct hash_key key;
    pthread_mutex_t lock;
    size_t bytes, most;
    struct kept_set *oldest, *newest; /* unused */
    struct kept_set *buckets[BUCKETS];
};

struct set_cache *set_cache_new(size_t most_bytes)
{
    struct set_cache *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    (void)pthread_mutex_init(&c->lock, NULL); /* cannot fail on Linux */
    c->key = hash_key_new();
    c->most = most_bytes;
    return c;
}

static void free_kept(struct kept_set *k)
{
    rowset_free(k->set);
    free(k);
}

struct set_cache *set_cache_free(struct set_cache *c)
{
    if (!c)
        return NULL;
    for (size_t i = 0; i < BUCKETS; i++)
        for (struct kept_set *k = c->buckets[i], *next; k; k = next) {
            next = k->next;
            free_kept(k);
        }
    pthread_mutex_destroy(&c->lock);
    free(c);
    return NULL;
}

/* Strangers choose what is searched for, and what was found for it is kept too. */
static size_t bucket_of(const struct set_cache *c, const char *label)
{
    return hash_bytes(c->key, label, strlen(label)) & (BUCKETS - 1);
}

/* ---- with the lock held ---- */

static void unlink_unused(struct set_cache *c, struct kept_set *k)
{
    *(k->older ? &k->older->newer : &c->oldest) = k->newer;
    *(k->newer ? &k->newer->older : &c->newest) = k->older;
    k->older = k->newer = NULL;
}

static void link_unused(struct set_cache *c, struct kept_set *k)
{
    k->older = c->newest;
    *(c->newest ? &c->newest->newer : &c->oldest) = k;
    c->newest = k;
}

static struct kept_set *find_kept(struct set_cache *c, const char *label)
{
    struct kept_set *k = c->buckets[bucket_of(c, label)];
    while (k && strcmp(k->label, label) != 0)
        k = k->next;
    return k;
}

static void use(struct set_cache *c, struct kept_set *k)
{
    if (k->users++ == 0)
        unlink_unused(c, k);
}

static void drop(struct set_cache *c, struct kept_set *k)
{
    struct kept_set **at = &c->buckets[bucket_of(c, k->label)];
    while (*at != k)
        at = &(*at)->next;
    *at = k->next;
    unlink_unused(c, k);
    c->bytes -= k->size;
    free_kept(k);
}

static void make_room(struct set_cache *c)
{
    while (c->bytes > c->most && c->oldest)
        drop(c, c->oldest);
}

/* ---- of a reader ---- */

/* Room for one pin more, so that what follows cannot fail. */
static int reserve_pin(struct set_pins *p)
{
    if (p->n < p->room)
        return 0;
    size_t room = p->room ? 2 * p->room : 64;
    struct kept_set **more = realloc(p->list, room * sizeof *more);
    if (!more)
        return -ENOMEM;
    p->list = more;
    p->room = room;
    return 0;
}

void sets_release(struct storage_reader *rd)
{
    struct set_cache *c = rd->owner ? rd->owner->sets : NULL;
    if (rd->pins.n) {
        pthread_mutex_lock(&c->lock);
        for (size_t i = 0; i < rd->pins.n; i++)
            if (--rd->pins.list[i]->users == 0)
                link_unused(c, rd->pins.list[i]);
        make_room(c);
        pthread_mutex_unlock(&c->lock);
    }
    rd->pins.n = 0;
    arena_reset_to(rd->scratch, LIMIT_SCRATCH_BYTES);
}

/* Reads a set from the file; *ret NULL: there is none. */
static int read_set(struct storage_reader *rd, const char *name, const char *value, const char *label,
                    struct rowset **ret)
{
    _cleanup_row_ struct row r = row_run(rd, STMT_ROWSET, NULL);
    struct rowset *s = NULL;
    size_t size;
    row_bind_text(&r, ":name", name);
    row_bind_text(&r, ":value", value);
    int outcome = row_step(&r);
    if (outcome == STORAGE_E_NOT_FOUND) {
        *ret = NULL;
        return 0;
    }
    if (outcome != 0)
        return outcome;
    size_t count = row_size(&r);
    const void *bytes = row_bytes(&r, &size);
    int loaded = size <= LIMIT_SET_BYTES ? rowset_load(bytes, size, label, &s) : ROWSET_E_DAMAGED;
    outcome = row_end(&r);
    if (outcome == 0 && loaded != 0)
        outcome = loaded < 0 ? loaded : STORAGE_E_CORRUPT;
    if (outcome == 0 && rowset_count(s) != count)
        outcome = STORAGE_E_CORRUPT;
    if (outcome != 0)
        rowset_free(s);
    else
        *ret = s;
    return outcome;
}

static struct kept_set *new_kept(const char *label, struct rowset *s)
{
    size_t length = strlen(label) + 1;
    struct kept_set *k = calloc(1, sizeof *k + length);
    if (!k)
        return NULL;
    memcpy(k->label, label, length);
    k->set = s;
    k->size = sizeof *k + length + rowset_size(s);
    k->users = 1;
    return k;
}

/* Puts S, just read, into the cache, unless another reader was faster; pins what is there. */
static int keep(struct storage_reader *rd, const char *label, struct rowset *s, struct kept_set **ret)
{
    struct set_cache *c = rd->owner->sets;
    struct kept_set *made = new_kept(label, s);
    if (!made) {
        rowset_free(s);
        return -ENOMEM;
    }
    pthread_mutex_lock(&c->lock);
    struct kept_set *there = find_kept(c, label);
    if (there) {
        use(c, there);
    } else {
        struct kept_set **bucket = &c->buckets[bucket_of(c, label)];
        made->next = *bucket;
        *bucket = made;
        c->bytes += made->size;
        make_room(c);
    }
    pthread_mutex_unlock(&c->lock);
    if (there)
        free_kept(made);
    *ret = there ? there : made;
    return 0;
}

/* What is kept under LABEL, in use from here on; there is room for its pin. */
static bool recall(struct storage_reader *rd, const char *label, const struct rowset **ret)
{
    struct set_cache *c = rd->owner->sets;
    pthread_mutex_lock(&c->lock);
    struct kept_set *k = find_kept(c, label);
    if (k)
        use(c, k);
    pthread_mutex_unlock(&c->lock);
    if (!k)
        return false;
    rd->pins.list[rd->pins.n++] = k;
    *ret = k->set;
    return true;
}

/* Keeps S under LABEL; there is room for its pin. */
static int keep_pinned(struct storage_reader *rd, const char *label, struct rowset *s,
                       const struct rowset **ret)
{
    struct kept_set *k;
    int outcome = keep(rd, label, s, &k);
    if (outcome != 0)
        return outcome;
    rd->pins.list[rd->pins.n++] = k;
    *ret = k->set;
    return 0;
}

int set_get(struct storage_reader *rd, const char *name, const char *value, const struct rowset **ret)
{
    char label[SCHEMA_LABEL_SIZE];
    struct rowset *read;
    if (!schema_label(name, value, label)) {
        *ret = rowset_empty();
        return 0;
    }
    if (reserve_pin(&rd->pins) != 0)
        return -ENOMEM;
    if (reader_now() > rd->deadline) /* what is done with sets steps no statement that would notice */
        return STORAGE_E_TIMEOUT;
    if (recall(rd, label, ret))
        return 0;
    int outcome = read_set(rd, name, value, label, &read);
    if (outcome != 0)
        return outcome;
    if (read)
        return keep_pinned(rd, label, read, ret);
    *ret = rowset_empty();
    return 0;
}

bool set_recall(struct storage_reader *rd, const char *name, const char *value, const struct rowset **ret)
{
    char label[SCHEMA_LABEL_SIZE];
    return schema_label(name, value, label) && reserve_pin(&rd->pins) == 0 && recall(rd, label, ret);
}

int set_keep(struct storage_reader *rd, const char *name, const char *value, const struct rowset *s,
             const struct rowset **ret)
{
    char label[SCHEMA_LABEL_SIZE];
    struct rowset *own;
    _cleanup_strbuf_ struct strbuf bytes = STRBUF_INIT;
    *ret = s;
    if (!schema_label(name, value, label))
        return 0;
    rowset_save(s, label, &bytes);
    if (bytes.failed || reserve_pin(&rd->pins) != 0 || rowset_load(bytes.data, bytes.size, label, &own) != 0)
        return -ENOMEM;
    return keep_pinned(rd, label, own, ret);
}

int slices_get(struct storage_reader *rd, const char *name, struct slices *ret)
{
    struct slices s = {0};
    _cleanup_row_ struct row r = row_run(rd, STMT_SLICES, NULL);
    row_bind_text(&r, ":name", name);
    int outcome = row_must_step(&r);
    if (outcome != 0)
        return outcome;
    s.least = row_number(&r);
    s.n = (unsigned)row_number(&r);
    outcome = s.n <= SLICES_MOST ? row_end(&r) : STORAGE_E_CORRUPT;
    if (outcome == 0)
        outcome = set_get(rd, name, SLICES_KNOWN, &s.known);
    for (unsigned i = 0; i < s.n && outcome == 0; i++) {
        const char digit[] = {(char)('0' + i / 10), (char)('0' + i % 10), '\0'};
        outcome = set_get(rd, name, digit, &s.digits[i]);
    }
    if (outcome == 0)
        *ret = s;
    return outcome;
}

static void read_head(struct row *r, void *item)
{
    struct set_head *x = item;
    x->value = row_must_text(r);
    x->count = row_size(r);
}

int sets_list(struct storage_reader *rd, const char *name, const struct set_head **ret, size_t *ret_n)
{
    struct set_head *all;
    _cleanup_row_ struct row r = row_run(rd, STMT_ROWSETS, rd->scratch);
    row_bind_text(&r, ":name", name);
    int outcome = row_all(&r, sizeof *all, read_head, &all, ret_n);
    if (outcome == 0)
        *ret = all;
    return outcome;
}
