/* SPDX-License-Identifier: MIT */
/* The examples of /api: for each resource a question about what the loaded catalogue has, and what this service answers. */
#include "api.h"

#include "storage/storage.h"

#include <errno.h>
#include <string.h>

/* Of a longer answer only the beginning is looked at. */
#define SEEN_MOST 262144

/* What there is to ask for; NULL: nothing. */
struct samples {
    const char *ids[_EXAMPLE_N];
    const char *year;
};

static int sample_incident(struct load *l, struct samples *ret)
{
    struct query q = query_default(QUERY_INCIDENTS);
    struct incident_page p;
    q.limit = 1;
    int r = storage_list_incidents(l->rd, &q, ROWS_AS_MODEL, l->mem, &p);
    if (r != 0 || !p.n)
        return r;
    ret->ids[EXAMPLE_INCIDENT] = p.rows[0].id;
    if (p.rows[0].date.text && *p.rows[0].date.earliest)
        ret->year = arena_strndup(l->mem, p.rows[0].date.earliest, 4);
    return 0;
}

/* The one with most incidents. KINDS are words of its kind, sorted; n 0: any. */
static int sample_organization(struct load *l, enum query_list list, const struct filter_values *kinds,
                               const char **ret)
{
    struct query q = query_default(list);
    struct org_page p;
    q.limit = 1;
    q.sort = SORT_MOST_INCIDENTS;
    q.filters[FILTER_KIND] = *kinds;
    int r = storage_list_organizations(l->rd, &q, l->mem, &p);
    if (r == 0 && p.n)
        *ret = p.rows[0].id;
    return r;
}

static int sample_profiles(struct load *l, struct samples *ret)
{
    struct actor_row *actors;
    struct dataset *datasets;
    size_t n_actors, n_datasets;
    int r = storage_list_actors(l->rd, l->mem, &actors, &n_actors);
    if (r == 0)
        r = storage_list_datasets(l->rd, l->mem, &datasets, &n_datasets);
    if (r != 0)
        return r;
    ret->ids[EXAMPLE_ACTOR] = n_actors ? actors[0].id : NULL;
    ret->ids[EXAMPLE_DATASET] = n_datasets ? datasets[0].id : NULL;
    return 0;
}

static int find_samples(struct load *l, struct samples *ret)
{
    static const char *const others[] = {"automaker", "finance", "importer", "other", "supplier", "vendor"};
    const struct filter_values any = {0}, no_dealer = {others, sizeof others / sizeof *others};
    int r = sample_incident(l, ret);
    if (r == 0)
        r = sample_organization(l, QUERY_DEALERS, &any, &ret->ids[EXAMPLE_DEALER]);
    if (r == 0)
        r = sample_organization(l, QUERY_ORGANIZATIONS, &no_dealer, &ret->ids[EXAMPLE_ORGANIZATION]);
    return r == 0 ? sample_profiles(l, ret) : r;
}

/* --- questions --- */

static const char *query_of(const struct api_doc *doc, const struct samples *s, struct arena *mem)
{
    if (!doc->example)
        return "";
    if (strcmp(doc->example, EXAMPLE_YEAR) == 0)
        return s->year ? arena_printf(mem, "?year=%s&limit=1", s->year) : "?limit=1";
    return arena_printf(mem, "?%s", doc->example);
}

/* The address of R's data with an id in the place of {id}; NULL where there is none, or memory ran out. */
static const char *path_of(const struct api_resource *r, const struct api_doc *doc, const struct samples *s,
                           struct arena *mem)
{
    const char *path = r->path, *id = s->ids[doc->example_id];
    for (size_t i = 0; i < r->n_forms; i++)
        if (!*r->forms[i].name && r->forms[i].path)
            path = r->forms[i].path;
    const char *open = strchr(path, '{'), *close = strchr(path, '}');
    if (!open || !close)
        return path;
    return id ? arena_printf(mem, "%.*s%s%s", (int)(open - path), path, id, close + 1) : NULL;
}

/* The first line of a stream. */
static int read_line(struct reply *reply, struct arena *mem, struct api_resource *r)
{
    char *text = arena_alloc_raw(mem, SEEN_MOST);
    if (!text)
        return -ENOMEM;
    ssize_t n = reply->stream.read(reply->stream.ctx, text, SEEN_MOST);
    if (n < 0)
        return STORAGE_E_CORRUPT;
    const char *end = memchr(text, '\n', (size_t)n);
    r->answer = text;
    r->answer_size = end ? (size_t)(end - text) : (size_t)n;
    return 0;
}

static int keep_answer(struct load *l, struct reply *reply, struct api_resource *r)
{
    r->status = reply->status;
    if (reply->stream.read)
        return read_line(reply, l->mem, r);
    size_t n = reply->body ? blob_size(reply->body) : 0;
    r->answer_size = n < SEEN_MOST ? n : SEEN_MOST;
    r->answer = arena_strndup(l->mem, reply->body ? blob_bytes(reply->body) : "", r->answer_size);
    return r->answer ? 0 : -ENOMEM;
}

static int ask(struct load *l, const struct api_doc *doc, const struct samples *s, struct api_resource *r)
{
    const char *path = path_of(r, doc, s, l->mem), *query = query_of(doc, s, l->mem);
    if (!path || !query)
        return arena_failed(l->mem) ? -ENOMEM : 0;
    if (!(r->example = arena_printf(l->mem, "%s%s", path, query)))
        return -ENOMEM;
    if (doc->quiet || !(doc->schema || doc->cut))
        return 0;
    struct reply reply;
    dispatch_within(l, r->example, &reply);
    int e = keep_answer(l, &reply, r);
    reply_done(&reply);
    return e;
}

int api_examples(struct load *l, struct api_resource *resources, size_t n)
{
    struct samples s = {0};
    int r = find_samples(l, &s);
    for (size_t i = 0; r == 0 && i < n; i++)
        r = ask(l, api_doc(resources[i].path), &s, &resources[i]);
    return r;
}
