/* SPDX-License-Identifier: MIT */
/* Which rows need more than the plain id; see hhs_ids.h. */
#include "import/hhs_ids.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static int compare(const struct hhs_id *a, const struct hhs_id *b)
{
    int order = strcmp(a->event, b->event);
    if (order == 0)
        order = strcmp(a->figure, b->figure);
    return order ? order : strcmp(a->rest, b->rest);
}

static int by_content(const void *a, const void *b)
{
    const struct hhs_id *x = *(const struct hhs_id *const *)a, *y = *(const struct hhs_id *const *)b;
    int order = compare(x, y);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

/* How many of the N sorted ids agree with the first in the event, and, where FIGURE, in that too. */
static size_t count_alike(struct hhs_id *const *ids, size_t n, bool figure)
{
    size_t i = 1;
    while (i < n && strcmp(ids[i]->event, ids[0]->event) == 0 &&
           (!figure || strcmp(ids[i]->figure, ids[0]->figure) == 0))
        i++;
    return i;
}

/* Ids that agree in what FORM takes in: all are the same row again, or each needs the next form. */
static void settle_alike(struct hhs_id *const *ids, size_t n, enum hhs_id_form form)
{
    if (compare(ids[0], ids[n - 1]) != 0)
        form++;
    for (size_t i = 0; i < n; i++)
        ids[i]->form = i && compare(ids[i - 1], ids[i]) == 0 ? HHS_ID_IDENTICAL : form;
}

static void settle_event(struct hhs_id *const *ids, size_t n)
{
    if (compare(ids[0], ids[n - 1]) == 0) {
        settle_alike(ids, n, HHS_ID_PLAIN);
        return;
    }
    for (size_t i = 0, k; i < n; i += k) {
        k = count_alike(ids + i, n - i, true);
        settle_alike(ids + i, k, HHS_ID_FIGURE);
    }
}

int hhs_ids_settle(struct hhs_id *ids, size_t n)
{
    struct hhs_id **sorted = reallocarray(NULL, n + 1, sizeof *sorted);
    if (!sorted)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++) {
        ids[i].row = i;
        sorted[i] = &ids[i];
    }
    if (n > 1)
        qsort(sorted, n, sizeof *sorted, by_content);
    for (size_t i = 0, k; i < n; i += k) {
        k = count_alike(sorted + i, n - i, false);
        settle_event(sorted + i, k);
    }
    free(sorted);
    return 0;
}

const char *hhs_id_text(const struct hhs_id *id, struct arena *mem)
{
    return arena_printf(mem, "%s%s%.4s", id->event, id->form >= HHS_ID_FIGURE ? id->figure : "",
                        id->form == HHS_ID_REST ? id->rest : "");
}
