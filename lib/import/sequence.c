/* SPDX-License-Identifier: MIT */
/* The order of what was read; see sequence.h. Called by import.c after each input. */
#include "import/sequence.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct sequence_mark sequence_mark(const struct catalogue *c)
{
    return (struct sequence_mark){c->n_incidents, c->n_orgs, c->report->n_findings};
}

struct place {
    const char *path;
    size_t i;
};

/* As a walk by name meets them: what a folder holds comes where the folder's name does. */
static int compare_paths(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    int x = *a == '/' ? 1
            : *a      ? (unsigned char)*a + 1
                      : 0,
        y = *b == '/' ? 1
            : *b      ? (unsigned char)*b + 1
                      : 0;
    return (x > y) - (x < y);
}

static int by_path(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int order = compare_paths(x->path, y->path);
    return order ? order : (x->i > y->i) - (x->i < y->i);
}

static bool is_sorted(const struct place *places, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (by_path(&places[i - 1], &places[i]) > 0)
            return false;
    return true;
}

static int permute(char *items, size_t size, const struct place *places, size_t n)
{
    char *sorted = reallocarray(NULL, n, size);
    if (!sorted)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++)
        memcpy(sorted + i * size, items + places[i].i * size, size);
    memcpy(items, sorted, n * size);
    free(sorted);
    return 0;
}

/* Orders those of the N items of SIZE at ALL that come from FIRST on; each has its path's pointer at PATH_AT. */
static int settle(void *all, size_t first, size_t n, size_t size, size_t path_at)
{
    if (n < first + 2)
        return 0;
    char *items = (char *)all + first * size;
    n -= first;
    struct place *places = reallocarray(NULL, n, sizeof *places);
    if (!places)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++) {
        memcpy(&places[i].path, items + i * size + path_at, sizeof places[i].path);
        places[i].i = i;
    }
    int result = 0;
    if (!is_sorted(places, n)) {
        qsort(places, n, sizeof *places, by_path);
        result = permute(items, size, places, n);
    }
    free(places);
    return result;
}

int sequence_settle(struct catalogue *c, const struct sequence_mark *mark)
{
    struct import_report *r = c->report;
    int result = settle(c->incidents, mark->incidents, c->n_incidents, sizeof *c->incidents,
                        offsetof(struct incident_record, path));
    if (result == 0)
        result = settle(c->orgs, mark->orgs, c->n_orgs, sizeof *c->orgs,
                        offsetof(struct org_record, fate.from.path));
    if (result == 0)
        result = settle(r->findings, mark->findings, r->n_findings, sizeof *r->findings,
                        offsetof(struct import_finding, path));
    return result;
}
