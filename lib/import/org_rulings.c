/* SPDX-License-Identifier: MIT */
/* `same` and `not_same` of native input, put to the nodes before any other join. Called by org_joins.c. */
#include "import/organizations.h"

#include "model/spelling.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Every node by its id; a native record stands before a key that has the same one. */
struct ids {
    const struct org_node **nodes;
    size_t n;
};

static int by_id(const void *a, const void *b)
{
    const struct org_node *x = *(const struct org_node *const *)a, *y = *(const struct org_node *const *)b;
    int order = strcmp(x->id, y->id);
    return order ? order : (x < y) - (x > y);
}

static int list_ids(struct org_joins *j, struct ids *ret)
{
    ret->nodes = arena_array(j->mem, j->n_nodes, sizeof(struct org_node *));
    ret->n = j->n_nodes;
    if (!ret->nodes)
        return -ENOMEM;
    for (size_t i = 0; i < j->n_nodes; i++)
        ret->nodes[i] = &j->nodes[i];
    if (ret->n > 1)
        qsort(ret->nodes, ret->n, sizeof *ret->nodes, by_id);
    return 0;
}

/* The first node with ID, or NOBODY. */
static size_t find(const struct org_joins *j, const struct ids *ids, const char *id)
{
    size_t low = 0, high = ids->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(ids->nodes[middle]->id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < ids->n && strcmp(ids->nodes[low]->id, id) == 0 ? (size_t)(ids->nodes[low] - j->nodes)
                                                                : NOBODY;
}

static const char *nearest(const struct ids *ids, const char *id)
{
    const char *best = NULL;
    unsigned least = UINT_MAX;
    for (size_t i = 0; i < ids->n; i++) {
        unsigned d = spelling_distance(id, ids->nodes[i]->id);
        if (d < least && spelling_is_near(id, ids->nodes[i]->id)) {
            least = d;
            best = ids->nodes[i]->id;
        }
    }
    return best;
}

/* The nodes that R names, into NODES. A rejected organisation is no slip of the pen, but leaves nothing to rule on. */
static int look_up(struct org_joins *j, const struct ids *ids, struct org_ruling *r, size_t *nodes)
{
    int result = 0;
    for (size_t i = 0; i < r->n && result == 0; i++) {
        char field[32];
        (void)snprintf(field, sizeof field, "[%zu]", i);
        nodes[i] = find(j, ids, r->ids[i]);
        if (nodes[i] == NOBODY)
            result = catalogue_reject_unknown(j->c, &r->fate, field, "organization", r->ids[i],
                                              nearest(ids, r->ids[i]));
    }
    return result;
}

static int keep_apart(struct org_joins *j, size_t a, size_t b)
{
    if (grow(&j->apart, j->n_apart, &j->room_apart, sizeof *j->apart) != 0)
        return -ENOMEM;
    j->apart[j->n_apart][0] = a;
    j->apart[j->n_apart++][1] = b;
    j->nodes[org_joins_root(j, a)].is_ruled = j->nodes[org_joins_root(j, b)].is_ruled = true;
    return 0;
}

static int apply_apart(struct org_joins *j, const struct org_ruling *r, const size_t *nodes)
{
    int result = 0;
    for (size_t a = 0; a < r->n; a++)
        for (size_t b = a + 1; b < r->n && result == 0; b++)
            result = keep_apart(j, nodes[a], nodes[b]);
    return result;
}

static int apply_same(struct org_joins *j, struct org_ruling *r, const size_t *nodes)
{
    int result = 0;
    for (size_t i = 1; i < r->n && result == 0; i++)
        if (!org_joins_unite(j, nodes[0], nodes[i], JOIN_RULED))
            result =
                catalogue_reject(j->c, &r->fate, NULL,
                                 "\"%s\" and \"%s\" cannot be one: both are records of native input, or a "
                                 "`not_same` parts them",
                                 r->ids[0], r->ids[i]);
    return result;
}

static int apply(struct org_joins *j, const struct ids *ids, struct org_ruling *r)
{
    size_t *nodes = arena_array(j->mem, r->n, sizeof *nodes);
    int result = nodes ? look_up(j, ids, r, nodes) : -ENOMEM;
    if (result == 0 && !r->fate.rejected)
        result = r->same ? apply_same(j, r, nodes) : apply_apart(j, r, nodes);
    if (result == 0 && r->fate.rejected)
        result = report_count(j->c->report, NULL, true, false);
    return result;
}

/* What is kept apart first: it binds what is said to be the same. */
int org_rulings_apply(struct org_joins *j)
{
    struct ids ids;
    if (!j->c->n_rulings)
        return 0;
    int result = list_ids(j, &ids);
    for (unsigned same = 0; same <= 1; same++)
        for (size_t i = 0; i < j->c->n_rulings && result == 0; i++)
            if (j->c->rulings[i].same == same)
                result = apply(j, &ids, &j->c->rulings[i]);
    return result;
}
