/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_TESTS_MADE_INCIDENTS_H
#define BREACHD_TESTS_MADE_INCIDENTS_H

/*
 * Some thousand incidents made up by chance, and what filters and groupings mean for each of them, written down a second
 * time from the rules alone: nothing here is shared with the code that is tested but the vocabularies.
 */
#include "query/query.h"
#include "util/strbuf.h"

#define MADE_N       3000
#define MADE_PARTIES 2
#define MADE_FIGURES 3
#define MADE_UNKNOWN (-1)

/* A date as two days counted from 1970; OPEN: one of them is not known. */
struct made_date {
    enum { MADE_NO_DATE, MADE_DATE, MADE_OPEN_FIRST, MADE_OPEN_LAST } form;
    int first, last;
};

struct made_figure {
    enum unit unit;
    enum qualifier qualifier;
    enum scope scope;
    enum certainty certainty;
    int64_t value, min, max; /* MADE_UNKNOWN */
};

struct made_party {
    int org; /* index; MADE_UNKNOWN: a group without a name of its own, of KIND */
    enum org_kind kind;
};

struct made {
    bool duplicate, withdrawn, merged;
    enum status status;
    unsigned dataset;
    struct made_date occurred, discovered, disclosed;
    struct made_party parties[MADE_PARTIES];
    struct made_figure figures[MADE_FIGURES];
    size_t n_parties, n_figures;
    int classes[4]; /* certainty of each class, or MADE_UNKNOWN: not named */
    int actions[_ACTION_N];
};

/* The same for ever. */
const struct made *made_incidents(void);

/* All of them, organisations and datasets, as one document of native input. */
void made_document(struct strbuf *out);

/* Whether incident X is among those that the filters of Q leave. Filters: organization, party_kind, country, sector, action,
 * data_class, status, exposure, dataset, year, duplicates. */
bool made_matches(const struct made *x, const struct query *q);

/* Every value of F that an incident may have, most of them QUERY_NONE, too. */
const char *const *made_values(enum facet f, size_t *ret_n);

/* The id of organisation I; NULL past the last. */
const char *made_org(size_t i);

/* The figure that counts, by the rule; NULL: none does. */
const struct made_figure *made_headline(const struct made *x);

/* Days from A to B at least and at most. False: cannot be told. */
bool made_delay(const struct made_date *a, const struct made_date *b, int *ret_min, int *ret_max);

#endif
