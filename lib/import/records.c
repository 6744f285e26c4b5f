/* SPDX-License-Identifier: MIT */
/* Incidents packed into a spool, and what of them stays in memory; see records.h. Called by the adapters to put them
 * there, and by what resolves and writes them. */
#include "import/records.h"

#include "import/duplicates.h"
#include "import/native.h"
#include "import/pack.h"
#include "import/pool.h"
#include "import/resolve.h"
#include "import/spool.h"
#include "model/derive.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* --- times --- */

const char *record_time(int64_t time, struct arena *mem)
{
    char *text = time == TIME_OPEN ? NULL : arena_alloc(mem, CLOCK_TEXT_SIZE);
    if (text)
        clock_format(time, text);
    return text;
}

int64_t record_seconds(const char *time)
{
    int64_t seconds = TIME_OPEN;
    return time && clock_parse(time, &seconds) ? seconds : TIME_OPEN;
}

/* --- what stays in memory --- */

/* A mention as it is kept: what many have in common once. */
static int keep_mention(struct catalogue *c, const struct mention *m, struct mention *ret)
{
    const char *const from[] = {m->name, m->country, m->region, m->city, m->website, m->sector};
    const char **const to[] = {&ret->name, &ret->country, &ret->region,
                               &ret->city, &ret->website, &ret->sector};
    for (size_t i = 0; i < sizeof to / sizeof *to; i++) {
        *to[i] = pool_text(c->words, from[i]);
        if (from[i] && !*to[i])
            return -ENOMEM;
    }
    ret->party = m->party;
    return 0;
}

static int tie_party(struct catalogue *c, const struct incident *x, size_t i, const struct mention *m,
                     struct tie *ret)
{
    const struct party *p = &x->parties[i];
    struct mention *kept = m ? arena_alloc(c->mem, sizeof *kept) : NULL;
    *ret = (struct tie){.id = pool_text(c->words, p->organization.id),
                        .mention = kept,
                        .list = LIST_PARTIES,
                        .index = (uint16_t)i,
                        .role = (uint8_t)p->role,
                        .certainty = (uint8_t)p->e.certainty,
                        .kind = (uint8_t)p->organization.kind};
    if ((m && !kept) || (p->organization.id && !ret->id))
        return -ENOMEM;
    return m ? keep_mention(c, m, kept) : 0;
}

static int tie_figure(struct catalogue *c, const struct incident *x, size_t i, struct tie *ret)
{
    *ret = (struct tie){
        .id = pool_text(c->words, x->figures[i].organization.id), .list = LIST_FIGURES, .index = (uint16_t)i};
    return ret->id ? 0 : -ENOMEM;
}

/* The next of the N mentions, which are in the order of parties, where it is of party I. */
static const struct mention *mention_of(const struct mention **mentions, size_t *n, size_t i)
{
    if (!*n || (*mentions)->party != i)
        return NULL;
    --*n;
    return (*mentions)++;
}

static int keep_ties(struct catalogue *c, const struct incident *x, const struct mention *mentions, size_t n,
                     struct incident_record *rec)
{
    size_t most = n;
    for (size_t i = 0; i < x->n_parties; i++)
        most += x->parties[i].organization.id != NULL;
    for (size_t i = 0; i < x->n_figures; i++)
        most += x->figures[i].organization.id != NULL;
    if (most == 0)
        return 0;
    rec->ties = arena_array(c->mem, most, sizeof *rec->ties);
    int result = rec->ties ? 0 : -ENOMEM;
    for (size_t i = 0; i < x->n_parties && result == 0; i++) {
        const struct mention *m = mention_of(&mentions, &n, i);
        if (m || x->parties[i].organization.id)
            result = tie_party(c, x, i, m, &rec->ties[rec->n_ties++]);
    }
    for (size_t i = 0; i < x->n_figures && result == 0; i++)
        if (x->figures[i].organization.id)
            result = tie_figure(c, x, i, &rec->ties[rec->n_ties++]);
    return result;
}

static int keep_edges(struct catalogue *c, const struct incident *x, struct incident_record *rec)
{
    size_t n = x->n_related + (x->row.merged_into != NULL);
    if (n == 0)
        return 0;
    rec->edges = arena_array(c->mem, n, sizeof *rec->edges);
    if (!rec->edges)
        return -ENOMEM;
    for (size_t i = 0; i < x->n_related; i++)
        rec->edges[rec->n_edges++] = (struct edge){.to = arena_strdup(c->mem, x->related[i].incident.id),
                                                   .relation = (uint8_t)x->related[i].relation,
                                                   .index = (uint16_t)i};
    if (x->row.merged_into)
        rec->edges[rec->n_edges++] =
            (struct edge){.to = arena_strdup(c->mem, x->row.merged_into), .index = MERGED};
    for (size_t i = 0; i < n; i++)
        if (!rec->edges[i].to)
            return -ENOMEM;
    return 0;
}

/* The first and last day that its dates allow, and its place among others. */
static void keep_dates(const struct incident *x, struct incident_record *rec)
{
    enum date_kind basis;
    struct edtf date = derive_date(x, &basis);
    rec->when = order_key(&date);
    for (size_t i = 0; i < x->n_dates; i++) {
        int32_t first, last;
        if (!edtf_day(x->dates[i].date.earliest, &first) || !edtf_day(x->dates[i].date.latest, &last))
            continue;
        rec->first_day = rec->has_days && rec->first_day < first ? rec->first_day : first;
        rec->last_day = rec->has_days && rec->last_day > last ? rec->last_day : last;
        rec->has_days = true;
    }
}

static int put_aside(struct catalogue *c, const struct incident *x, const char *position,
                     struct incident_record *rec)
{
    strbuf_reset(&c->packing);
    pack_text(&c->packing, position);
    pack_object(&c->packing, &native_incident, x);
    if (c->packing.failed)
        return -ENOMEM;
    rec->size = (uint32_t)c->packing.size;
    return c->packing.size == rec->size ? spool_add(c->contents, c->packing.data, rec->size, &rec->at)
                                        : -EFBIG;
}

int record_take(struct catalogue *c, const struct incident *x, const struct fate *fate,
                const struct mention *mentions, size_t n)
{
    struct incident_record rec = {.id = arena_strdup(c->mem, x->row.id),
                                  .dataset = pool_text(c->words, x->row.dataset),
                                  .path = fate->from.path,
                                  .added = record_seconds(x->row.added),
                                  .modified = record_seconds(x->row.modified),
                                  .withdrawn = record_seconds(x->row.withdrawn.at),
                                  .was_modified = TIME_OPEN,
                                  .status = (uint8_t)x->row.status,
                                  .merged = x->row.merged_into != NULL,
                                  .warned = fate->warned};
    int result = !rec.id || (x->row.dataset && !rec.dataset) ? -ENOMEM : 0;
    if (result == 0)
        result = keep_ties(c, x, mentions, n, &rec);
    if (result == 0)
        result = keep_edges(c, x, &rec);
    if (result == 0)
        result = duplicates_keep(c, x, &rec);
    if (result == 0)
        result = put_aside(c, x, fate->from.position, &rec);
    if (result == 0)
        result = grow(&c->incidents, c->n_incidents, &c->room_incidents, sizeof *c->incidents);
    if (result != 0)
        return result;
    keep_dates(x, &rec);
    c->incidents[c->n_incidents++] = rec;
    return 0;
}

/* --- and back --- */

/* The bytes of REC in MEM, and its position. */
static int fetch(const struct catalogue *c, const struct incident_record *rec, struct arena *mem,
                 struct packed *ret, const char **ret_position)
{
    char *bytes = arena_alloc(mem, rec->size);
    struct packed p = {bytes, rec->size};
    int result = bytes ? spool_get(c->contents, rec->at, rec->size, bytes) : -ENOMEM;
    if (result == 0 && unpack_text(&p, ret_position) != 0)
        result = -EIO;
    if (result == 0)
        *ret = p;
    return result;
}

int record_load(const struct catalogue *c, const struct incident_record *rec, struct arena *mem,
                struct incident *ret)
{
    struct packed p;
    const char *position;
    struct incident x = {0};
    int result = fetch(c, rec, mem, &p, &position);
    if (result == 0)
        result = unpack_object(&p, &native_incident, mem, &x);
    if (result == PACK_E_DAMAGED || (result == 0 && p.left))
        result = -EIO;
    if (result != 0)
        return result;
    x.row.id = rec->id;
    x.row.dataset = rec->dataset;
    x.row.added = record_time(rec->added, mem);
    x.row.modified = record_time(rec->modified, mem);
    x.row.withdrawn.at = record_time(rec->withdrawn, mem);
    if (arena_failed(mem))
        return -ENOMEM;
    *ret = x;
    return 0;
}

int record_origin(const struct catalogue *c, const struct incident_record *rec, struct arena *mem,
                  struct origin *ret)
{
    struct packed p;
    const char *position, *slash = rec->path ? strrchr(rec->path, '/') : NULL;
    int result = fetch(c, rec, mem, &p, &position);
    if (result == 0)
        *ret = (struct origin){.path = rec->path,
                               .file = slash ? slash + 1 : rec->path,
                               .position = position,
                               .dataset = rec->dataset};
    return result;
}

bool record_is_duplicate(const struct incident_record *rec)
{
    for (size_t i = 0; i < rec->n_edges; i++) {
        const struct edge *e = &rec->edges[i];
        if (e->index != MERGED && !e->dropped && e->relation == RELATION_DUPLICATE_OF)
            return true;
    }
    return rec->found;
}

/* --- findings --- */

static int note(struct catalogue *c, const struct incident_record *rec, const char *kind, const char *field,
                const char *format, va_list args)
{
    char reason[512];
    struct origin from;
    _cleanup_arena_ struct arena *mem = arena_new(0);
    int result = mem ? record_origin(c, rec, mem, &from) : -ENOMEM;
    if (result == 0 && vsnprintf(reason, sizeof reason, format, args) < 0)
        result = -EIO;
    return result == 0 ? report_add(c->report, &from, kind, field, reason) : result;
}

int record_reject(struct catalogue *c, struct incident_record *rec, const char *field, const char *format,
                  ...)
{
    va_list args;
    va_start(args, format);
    int result = note(c, rec, NULL, field, format, args);
    va_end(args);
    rec->rejected = true;
    return result;
}

int record_warn(struct catalogue *c, struct incident_record *rec, const char *kind, const char *field,
                const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int result = note(c, rec, kind, field, format, args);
    va_end(args);
    rec->warned = true;
    return result;
}
