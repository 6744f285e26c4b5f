/* SPDX-License-Identifier: MIT */
/* A hash table from (name, value) to a set that grows: open addressing, at most half full. */
#include "import/build_groups.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct groups {
    struct arena *mem; /* of the values */
    struct group *table;
    size_t n, room; /* room is a power of two */
};

struct groups *groups_new(void)
{
    struct groups *g = calloc(1, sizeof *g);
    if (!g)
        return NULL;
    g->room = 64;
    g->mem = arena_new(0);
    g->table = calloc(g->room, sizeof *g->table);
    return g->mem && g->table ? g : groups_free(g);
}

struct groups *groups_free(struct groups *g)
{
    if (!g)
        return NULL;
    for (size_t i = 0; g->table && i < g->room; i++)
        rowset_builder_free(g->table[i].rows);
    free(g->table);
    arena_free(g->mem);
    free(g);
    return NULL;
}

/* FNV-1a (RFC 9923 describes it); names are told apart by their own text too. */
static size_t hash(const char *name, const char *value)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (const char *c = name; *c; c++)
        h = (h ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
    h *= UINT64_C(0x100000001b3);
    for (const char *c = value; *c; c++)
        h = (h ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
    return (size_t)(h ^ h >> 32);
}

/* The place of (NAME, VALUE), or the free one where it belongs. */
static struct group *find(struct group *table, size_t room, const char *name, const char *value)
{
    size_t at = hash(name, value) & (room - 1);
    while (table[at].rows && (strcmp(table[at].name, name) != 0 || strcmp(table[at].value, value) != 0))
        at = (at + 1) & (room - 1);
    return &table[at];
}

static int widen(struct groups *g)
{
    size_t room = 2 * g->room;
    struct group *table = calloc(room, sizeof *table);
    if (!table)
        return -ENOMEM;
    for (size_t i = 0; i < g->room; i++)
        if (g->table[i].rows)
            *find(table, room, g->table[i].name, g->table[i].value) = g->table[i];
    free(g->table);
    g->table = table;
    g->room = room;
    return 0;
}

int groups_add(struct groups *g, const char *name, const char *value, uint32_t n)
{
    struct group *x = find(g->table, g->room, name, value);
    if (x->rows) {
        rowset_add(x->rows, n);
        return 0;
    }
    if (2 * g->n >= g->room) {
        if (widen(g) != 0)
            return -ENOMEM;
        x = find(g->table, g->room, name, value);
    }
    struct group made = {.name = name, .value = arena_strdup(g->mem, value)};
    made.rows = made.value ? rowset_builder_new() : NULL;
    if (!made.rows)
        return -ENOMEM;
    *x = made;
    g->n++;
    rowset_add(made.rows, n);
    return 0;
}

static int compare(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    if (!x->rows || !y->rows)
        return (x->rows == NULL) - (y->rows == NULL);
    int d = strcmp(x->name, y->name);
    return d ? d : strcmp(x->value, y->value);
}

/* Free places go to the end; the table is none any more. */
const struct group *groups_sorted(struct groups *g, size_t *ret_n)
{
    qsort(g->table, g->room, sizeof *g->table, compare);
    *ret_n = g->n;
    return g->table;
}
