/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_QUERY_PARAMS_PARTS_H
#define BREACHD_QUERY_PARAMS_PARTS_H

/* What the parameters are made of: between their tables (params_table.c), the readers of single values
 * (params_values.c), what they are for (params_info.c) and the engine (params.c); nobody else needs it. */
#include "query/params.h"

struct parser;
struct param;

/* Reads one value (never empty; of a list one member) into P's query; the fault's text, or NULL. */
typedef const char *(*read_fn)(struct parser *p, const struct param *spec, const char *value);

enum {
    PARAM_LIST = 1, /* values repeat and split at commas */
    PARAM_NONE = 2, /* the literal "none" is a value */
    PARAM_LONG = 4, /* its reader has a bound of its own */
};

struct param {
    read_fn read;
    unsigned flags;
    enum filter filter;        /* _FILTER_N: none */
    const struct vocab *vocab; /* of those who read words */
    const char *own_name;      /* where it is no filter */
};

/* The parameters of a list are those of its groups, at most as many as `seen` has bits. */
struct param_group {
    const struct param *params;
    size_t n;
};
#define PARAM_GROUPS 4

extern const struct param_group list_params[_QUERY_LIST_N][PARAM_GROUPS];

const char *param_name(const struct param *spec);

/* The parameter at PLACE of LIST, or NULL after the last. */
const struct param *param_at(enum query_list list, size_t place);

struct parser {
    struct arena *mem;
    struct query q;
    const char *after, *before; /* texts, decoded when the rest is known */
    bool sorted;                /* an order was asked for */
    bool searched;              /* a text was given, right or wrong */
    uint64_t seen;              /* bits: parameters by their place among the list's */
    const char *suggestion;     /* of the value just refused */
    struct faults faults;
    int error;
};

/* Adds VALUE (NULL: memory ran out) to the values of a filter, in its place; the fault's text, or NULL. */
const char *add_value(struct parser *p, enum filter f, const char *value);

/* Values of filters. */
const char *read_word(struct parser *p, const struct param *spec, const char *value);
const char *read_choice(struct parser *p, const struct param *spec, const char *value);
const char *read_id(struct parser *p, const struct param *spec, const char *value);
const char *read_country(struct parser *p, const struct param *spec, const char *value);
const char *read_sector(struct parser *p, const struct param *spec, const char *value);
const char *read_year(struct parser *p, const struct param *spec, const char *value);
const char *read_brand(struct parser *p, const struct param *spec, const char *value);
const char *read_search(struct parser *p, const struct param *spec, const char *value);
const char *read_date(struct parser *p, const struct param *spec, const char *value);
const char *read_size(struct parser *p, const struct param *spec, const char *value);
const char *read_unit(struct parser *p, const struct param *spec, const char *value);
const char *read_since(struct parser *p, const struct param *spec, const char *value);

/* What else is asked for. */
const char *read_sort(struct parser *p, const struct param *spec, const char *value);
const char *read_limit(struct parser *p, const struct param *spec, const char *value);
const char *read_after(struct parser *p, const struct param *spec, const char *value);
const char *read_before(struct parser *p, const struct param *spec, const char *value);
const char *read_facet(struct parser *p, const struct param *spec, const char *value);
const char *read_facet_limit(struct parser *p, const struct param *spec, const char *value);
const char *read_detail(struct parser *p, const struct param *spec, const char *value);
const char *read_csv(struct parser *p, const struct param *spec, const char *value);
const char *read_by(struct parser *p, const struct param *spec, const char *value);

#endif
