/* SPDX-License-Identifier: MIT */
/* Finished events in a spool of their own; see timeline.h. Called by order.c to put them there and by rows.c. */
#include "import/timeline.h"

#include "import/native.h"
#include "import/pack.h"
#include "import/records.h"
#include "import/resolve.h"
#include "import/spool.h"

#include <errno.h>
#include <stdlib.h>

int timeline_keep(struct catalogue *c, size_t i, const struct incident *x)
{
    struct incident_record *rec = &c->incidents[i];
    bool listed = record_is_listed(rec);
    strbuf_reset(&c->packing);
    for (size_t k = 0; k < x->n_timeline; k++) {
        const struct event *e = &x->timeline[k];
        pack_text(&c->packing, e->id);
        pack_number(&c->packing, e->derived);
        pack_object(&c->packing, &native_event, e);
        if (grow(&c->events, c->n_events, &c->room_events, sizeof *c->events) != 0)
            return -ENOMEM;
        c->events[c->n_events++] = (struct moment){order_key(&e->date), (uint32_t)i, (uint16_t)k, listed};
    }
    rec->events_size = (uint32_t)c->packing.size;
    if (c->packing.failed)
        return -ENOMEM;
    return c->packing.size == rec->events_size
               ? spool_add(c->timelines, c->packing.data, rec->events_size, &rec->events_at)
               : -EFBIG;
}

/* Incidents are in order of their ids. */
static int newest_first(const void *a, const void *b)
{
    const struct moment *x = a, *y = b;
    int order = y->listed - x->listed;
    if (order == 0)
        order = (y->when > x->when) - (y->when < x->when);
    if (order == 0)
        order = (y->incident > x->incident) - (y->incident < x->incident);
    return order ? order : (y->ordinal > x->ordinal) - (y->ordinal < x->ordinal);
}

void timeline_order(struct catalogue *c)
{
    if (c->n_events > 1)
        qsort(c->events, c->n_events, sizeof *c->events, newest_first);
}

static int unpack_event(struct packed *p, struct arena *mem, struct event *ret)
{
    uint64_t derived;
    struct event e = {0};
    int result = unpack_text(p, &e.id);
    if (result == 0)
        result = unpack_number(p, &derived);
    if (result == 0)
        result = unpack_object(p, &native_event, mem, &e);
    if (result != 0)
        return result == PACK_E_DAMAGED ? -EIO : result;
    e.derived = derived;
    *ret = e;
    return 0;
}

int timeline_event(const struct catalogue *c, const struct moment *at, struct arena *mem, struct event *ret)
{
    const struct incident_record *rec = &c->incidents[at->incident];
    char *bytes = arena_alloc(mem, rec->events_size);
    struct packed p = {bytes, rec->events_size};
    int result = bytes ? spool_get(c->timelines, rec->events_at, rec->events_size, bytes) : -ENOMEM;
    for (size_t k = 0; k <= at->ordinal && result == 0; k++)
        result = unpack_event(&p, mem, ret);
    return result;
}
