/* SPDX-License-Identifier: MIT */
/* What all made-up records share, by the seed and how many there are. */
#include "generate.h"

#include <errno.h>

#define COMPANIES_LEAST 50
#define FLAT            20 /* the best-known company is in one incident of two hundred, not of ten */

int world_init(struct world *w, uint64_t seed, uint32_t incidents)
{
    *w = (struct world){.seed = seed, .listed = incidents, .unlisted = 2 * (incidents / 1000 + 2)};
    w->companies = incidents / 5 > COMPANIES_LEAST ? incidents / 5 : COMPANIES_LEAST;
    w->lexicon = lexicon_new();
    if (w->lexicon && zipf_init(&w->companies_often, w->companies, FLAT) == 0 &&
        zipf_init(&w->actors_often, ACTORS, 0) == 0)
        return 0;
    world_done(w);
    return -ENOMEM;
}

void world_done(struct world *w)
{
    zipf_done(&w->companies_often);
    zipf_done(&w->actors_often);
    w->lexicon = lexicon_free(w->lexicon);
}
