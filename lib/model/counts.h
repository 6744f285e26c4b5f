/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_MODEL_COUNTS_H
#define BREACHD_MODEL_COUNTS_H

/*
 * Incidents, counted: facets of a list, and statistics. Storage fills these structs, renderers read them. Every count is
 * exact; what is not known is a group of its own, never left out.
 */
#include "model/model.h"

/* What incidents can be counted by. */
enum facet {
    FACET_COUNTRY,
    FACET_SECTOR, /* by the first two digits */
    FACET_ACTION,
    FACET_ACTOR,
    FACET_DATA_CLASS,
    FACET_STATUS,
    FACET_EXPOSURE,
    FACET_DATASET,
    FACET_YEAR,
    FACET_PARTY_KIND,
    FACET_ORGANIZATION,
    _FACET_N
};

extern const struct vocab vocab_facet; /* in the order above */

/* Whether statistics group by F: all but actor and organisation, of which there are too many for a table. */
bool facet_is_grouping(enum facet f);

/* Whether an incident has at most one value of F, so that groups do not overlap. */
bool facet_is_exclusive(enum facet f);

/*
 * What people call VALUE of F: NAME where storage gave one, else the vocabulary's, the country's or the sector's word,
 * else VALUE as it is; for NULL "not known", or "none recorded" of what an incident may have several of: there, that a
 * source says "unknown" is a value of its own.
 */
const char *facet_label(enum facet f, const char *value, const char *name);

struct facet_value {
    const char *value; /* as in the URL; NULL: not known, there "none" */
    const char *
        name; /* what storage calls it (organisations, actors, datasets); NULL: the vocabulary has the word */
    size_t count; /* listed incidents that every filter but the facet's own leaves */
};

/* Largest first, then by value; the unknown one, when it counts any, last. */
struct facet_counts {
    enum facet facet;
    struct facet_value *values;
    size_t n;
};

/*
 * Headline figures of one unit, added up: the value of each, else its maximum, else its minimum. A placeholder is no figure
 * here, and one without any number neither.
 */
struct figure_sum {
    enum unit unit;
    size_t incidents;                  /* that have one */
    struct count sum;                  /* unknown: greater than LIMIT_NUMBER */
    size_t by_qualifier[_QUALIFIER_N]; /* how many are exact, about, ...; together INCIDENTS */
    struct count
        ceilings; /* of the sum what is no count: ceilings and tops of ranges; unknown as the sum is */
};

/* Of the lower and of the upper bounds in days, each by itself, nearest rank: of n numbers in rising order the one at
 * ceil(n * part), counted from 1. n == 0: none of the delays is known, nor is any quantile. */
struct quantiles {
    size_t n, unknown;
    struct delay median, q1, q3, p90;
};

struct statistics_group {
    const char *value, *name; /* as struct facet_value; both NULL in `all` */
    size_t incidents;
    struct figure_sum *figures;       /* in the order of units; only those with incidents */
    size_t n_figures, without_figure; /* their incidents and these are all incidents */
    struct quantiles occurred_to_discovered, discovered_to_disclosed, occurred_to_disclosed;
};

struct statistics {
    enum facet by;
    bool exclusive;
    struct statistics_group all;
    struct statistics_group
        *groups; /* years, sectors: by value; others largest first; the unknown one last */
    size_t n;
    size_t left_out_duplicates, left_out_withdrawn;
};

#endif
