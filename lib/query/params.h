/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_QUERY_PARAMS_H
#define BREACHD_QUERY_PARAMS_H

/*
 * From decoded name/value pairs to a typed query, by declared specifications: each list names the parameters
 * it takes, each parameter its kind. Every fault is collected; nothing is guessed.
 */
#include "model/parameter.h"
#include "model/vocab.h"
#include "query/query.h"

/* One fault in the query, as the problem document shows it. */
struct fault {
    const char *parameter;
    const char *value;      /* cut at LIMIT_FAULT_VALUE characters */
    const char *detail;     /* "unknown parameter" */
    const char *suggestion; /* nearest right name or value, or NULL */
};

struct faults {
    struct fault *list;
    size_t n;
};

struct argument {
    const char *name, *value; /* decoded, valid UTF-8, without NUL */
};

enum { QUERY_E_INVALID = 1 };

/* What may be done with records that repeat another, and how sure a date must be: the values of `duplicates` and `match`.
 * The first of each is the default. */
extern const struct vocab query_duplicates, query_match;

/*
 * Fills *ret for LIST from N arguments. Empty values equal leaving the parameter out; tracking parameters
 * (utm_*, fbclid, gclid, msclkid, mc_cid, mc_eid, ref) are dropped. CATALOGUE is the id cursors are compared
 * with. 0, -ENOMEM, or QUERY_E_INVALID with *reterr filled (the faults in the order given, LIMIT_FAULTS at
 * most) and *ret untouched.
 */
int query_parse(enum query_list list, const struct argument *args, size_t n, const char *catalogue,
                struct arena *mem, struct query *ret, struct faults *reterr);

/* What the parameter at PLACE (from 0) of LIST is, for descriptions. False after the last. */
bool query_parameter(enum query_list list, size_t place, struct parameter *ret);

#endif
