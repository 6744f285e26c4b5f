/* SPDX-License-Identifier: MIT */
/* Reads `same` and `not_same`, the members of a native document that say which organisations are one and which are
 * not: each a list of lists of ids. Called by native.c. */
#include "import/native.h"

#include "util/limits.h"

#include <errno.h>
#include <string.h>

/* The id at I of LIST, checked. */
static int read_id(struct reader *r, const json_t *list, size_t i, const char **ids)
{
    const json_t *item = json_array_get(list, i);
    const char *id = json_string_value(item);
    size_t at = reader_enter_item(r, i);
    int result = 0;
    if (!id)
        result = reader_fault(r, NULL, "must be the id of an organization, not %s", reader_type(item));
    else if (!reader_is_id(id))
        result = reader_fault(r, NULL, "\"%.64s\" is no id; ids have a-z, 0-9 and - only", id);
    for (size_t k = 0; k < i && result == 0 && id; k++)
        if (ids[k] && strcmp(ids[k], id) == 0)
            result = reader_fault(r, NULL, "\"%.64s\" stands here twice", id);
    reader_leave(r, at);
    ids[i] = arena_strdup(r->mem, id);
    return result == 0 && id && !ids[i] ? -ENOMEM : result;
}

int native_read_ruling(struct catalogue *c, bool same, const json_t *v, const struct origin *from,
                       size_t *ret_records)
{
    struct reader r = {.mem = c->mem, .report = c->report, .from = *from};
    size_t n = json_array_size(v);
    int result = 0;
    if (n < 2 || n > LIMIT_RULING)
        result = reader_fault(&r, NULL, "must be a list of 2 to %d ids of organizations", LIMIT_RULING);
    const char **ids = arena_array(c->mem, n, sizeof *ids);
    if (!ids)
        return -ENOMEM;
    for (size_t i = 0; i < n && result == 0 && r.faults == 0; i++)
        result = read_id(&r, v, i, ids);
    if (result != 0)
        return result;
    if (r.faults)
        return report_count(c->report, NULL, true, false);
    if (grow(&c->rulings, c->n_rulings, &c->room_rulings, sizeof *c->rulings) != 0)
        return -ENOMEM;
    struct org_ruling *ruling = &c->rulings[c->n_rulings++];
    *ruling = (struct org_ruling){.same = same, .ids = ids, .n = n, .fate.from = *from};
    ruling->fate.from.position = arena_strdup(c->mem, from->position);
    if (from->position && !ruling->fate.from.position)
        return -ENOMEM;
    ++*ret_records;
    return 0;
}
