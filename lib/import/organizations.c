/* SPDX-License-Identifier: MIT */
/* Mentions of organisations become organisations; see organizations.h for the rule. Called by resolve.c when the
 * native organisations are settled, before parties are looked up. */
#include "import/organizations.h"

#include "import/pool.h"
#include "import/resolve.h"
#include "model/country.h"
#include "util/limits.h"
#include "util/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Datasets whose every record says which state it means. */
static const char *const regional_datasets[] = {"hhs"};

static bool is_regional(const char *dataset)
{
    for (size_t i = 0; i < sizeof regional_datasets / sizeof *regional_datasets; i++)
        if (dataset && strcmp(dataset, regional_datasets[i]) == 0)
            return true;
    return false;
}

/* S, which C's pool has, as far as a name may be long. */
static const char *bounded(struct catalogue *c, const char *s, struct arena *mem)
{
    size_t n = strlen(s);
    if (n <= LIMIT_TITLE_BYTES)
        return s;
    return pool_text(c->words, arena_strndup(mem, s, utf8_truncate(s, n, LIMIT_TITLE_BYTES)));
}

/* An arena for the mention at hand: a new one now and then, so that taking names apart leaves nothing behind. */
static struct arena *scratch(struct org_joins *j)
{
    enum { MENTIONS = 1024 };
    if (j->scratched++ % MENTIONS == 0) {
        j->scratch = arena_free(j->scratch);
        j->scratch = arena_new(0);
    }
    return j->scratch;
}

/* S out of the scratch arena; "" needs no room. */
static const char *kept(struct org_joins *j, const char *s)
{
    return !s || !*s ? s : arena_strdup(j->mem, s);
}

static int add_spot(struct org_joins *j, struct org_spot s, const char *country, const char *region,
                    const char *website)
{
    struct arena *mem = scratch(j);
    if (!mem)
        return -ENOMEM;
    s.key.country = country && country_name(country) ? country : "";
    s.key.name = s.name ? kept(j, org_name_fold(s.name, s.key.country, mem)) : NULL;
    s.key.region = region && *s.key.country ? kept(j, org_region_fold(s.key.country, region, mem)) : "";
    s.site = website ? kept(j, org_site_fold(website, mem)) : "";
    if (!s.key.name || !s.key.region || !s.site ||
        grow(&j->spots, j->n_spots, &j->room_spots, sizeof *j->spots) != 0)
        return -ENOMEM;
    if (*s.key.name)
        j->spots[j->n_spots++] = s;
    return 0;
}

static int add_native(struct org_joins *j, size_t i)
{
    const struct organization *x = &j->c->orgs[i].x;
    struct org_spot s = {.name = x->row.name, .incident = NOBODY, .index = i};
    int result = add_spot(j, s, x->row.country, x->row.region, NULL);
    for (size_t k = 0; k < x->n_names && result == 0; k++) {
        s.name = x->names[k].name;
        result = add_spot(j, s, x->row.country, x->row.region, NULL);
    }
    return result;
}

/* Whether the state is part of what mention M's organisation is called by. */
static int needs_region(struct org_joins *j, const char *dataset, const struct mention *m, bool *ret)
{
    *ret = m->region != NULL;
    if (!m->region || !m->country || is_regional(dataset))
        return 0;
    struct arena *mem = scratch(j);
    const char *name = mem ? org_name_fold(m->name, m->country, mem) : NULL;
    if (!name)
        return -ENOMEM;
    *ret = !org_name_is_national(name, m->country) && !org_sector_is_national(m->sector);
    return 0;
}

/* A party that is nobody is taken out later: it has no name. */
static int add_mention(struct org_joins *j, size_t i, size_t k)
{
    struct incident_record *rec = &j->c->incidents[i];
    const struct mention *m = rec->ties[k].mention;
    enum name_sense sense;
    bool regional = false;
    struct arena *mem = scratch(j);
    int result = mem ? org_name_sense(m->name, mem, &sense) : -ENOMEM;
    if (result == 0)
        result = needs_region(j, rec->dataset, m, &regional);
    if (result != 0)
        return result;
    if (sense != NAME_ORGANIZATION) {
        rec->ties[k].nobody = sense == NAME_NOTHING;
        return 0;
    }
    struct org_spot s = {.name = bounded(j->c, m->name, mem), .incident = i, .index = k};
    return !s.name ? -ENOMEM : add_spot(j, s, m->country, regional ? m->region : NULL, m->website);
}

static int gather(struct org_joins *j)
{
    int result = 0;
    for (size_t i = 0; i < j->c->n_orgs && result == 0; i++)
        result = add_native(j, i);
    for (size_t i = 0; i < j->c->n_incidents && result == 0; i++)
        for (size_t k = 0; k < j->c->incidents[i].n_ties && result == 0; k++)
            if (j->c->incidents[i].ties[k].mention)
                result = add_mention(j, i, k);
    return result;
}

static void joins_done(struct org_joins *j)
{
    free(j->spots);
    free(j->apart);
    j->scratch = arena_free(j->scratch);
    j->mem = arena_free(j->mem);
}

int resolve_mentions(struct catalogue *c)
{
    __attribute__((cleanup(joins_done))) struct org_joins j = {.c = c, .mem = arena_new(0)};
    int result = j.mem ? gather(&j) : -ENOMEM;
    if (result == 0)
        result = org_joins_run(&j);
    if (result == 0)
        result = org_records_make(&j);
    return result;
}
