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

/* S out of the scratch arena; "" needs no room. */
static const char *kept(struct org_joins *j, const char *s)
{
    return !s || !*s ? s : arena_strdup(j->mem, s);
}

/* S, whose name and country are known, with the rest of its key. MEM: scratch. */
static int add_spot(struct org_joins *j, struct org_spot s, const char *folded, const char *region,
                    const char *website, struct arena *mem)
{
    s.key.name = kept(j, folded);
    s.key.region = region && *s.key.country ? kept(j, org_region_fold(s.key.country, region, mem)) : "";
    s.site = website ? kept(j, org_site_fold(website, mem)) : "";
    if (!s.key.name || !s.key.region || !s.site ||
        grow(&j->spots, j->n_spots, &j->room_spots, sizeof *j->spots) != 0)
        return -ENOMEM;
    if (*s.key.name)
        j->spots[j->n_spots++] = s;
    return 0;
}

static const char *known_country(const char *country)
{
    return country && country_name(country) ? country : "";
}

static int add_name(struct org_joins *j, size_t i, const char *name)
{
    const struct org_row *row = &j->c->orgs[i].x.row;
    struct org_spot s = {
        .name = name, .incident = NOBODY, .index = i, .key.country = known_country(row->country)};
    struct arena *mem = j->scratch;
    arena_reset(mem);
    const char *folded = org_name_fold(name, s.key.country, mem);
    return folded ? add_spot(j, s, folded, row->region, NULL, mem) : -ENOMEM;
}

static int add_native(struct org_joins *j, size_t i)
{
    const struct organization *x = &j->c->orgs[i].x;
    int result = add_name(j, i, x->row.name);
    for (size_t k = 0; k < x->n_names && result == 0; k++)
        result = add_name(j, i, x->names[k].name);
    return result;
}

/* Whether the state is part of what mention M's organisation is called by, whose name is FOLDED. */
static bool needs_region(const char *dataset, const struct mention *m, const char *folded)
{
    if (!m->region || !m->country || is_regional(dataset))
        return m->region;
    return !org_name_is_national(folded, m->country) && !org_sector_is_national(m->sector);
}

/* A party that is nobody is left out later. */
static int add_mention(struct org_joins *j, size_t i, size_t k)
{
    struct incident_record *rec = &j->c->incidents[i];
    const struct mention *m = rec->ties[k].mention;
    struct org_spot s = {.incident = i, .index = k, .key.country = known_country(m->country)};
    struct arena *mem = j->scratch;
    const char *words, *folded;
    arena_reset(mem);
    s.name = bounded(j->c, m->name, mem);
    if (!s.name || org_name_parts(s.name, s.key.country, mem, &words, &folded) != 0)
        return -ENOMEM;
    enum name_sense sense = org_words_sense(words);
    rec->ties[k].nobody = sense == NAME_NOTHING;
    if (sense != NAME_ORGANIZATION)
        return 0;
    return add_spot(j, s, folded, needs_region(rec->dataset, m, folded) ? m->region : NULL, m->website, mem);
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
    __attribute__((cleanup(joins_done))) struct org_joins j = {
        .c = c, .mem = arena_new(0), .scratch = arena_new(0)};
    int result = j.mem && j.scratch ? gather(&j) : -ENOMEM;
    if (result == 0)
        result = org_joins_run(&j);
    if (result == 0)
        result = org_records_make(&j);
    return result;
}
