/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_QUERY_NARROW_H
#define BREACHD_QUERY_NARROW_H

/*
 * Questions made of questions: what a list would be with other values in one of its filters. The links of query.h, choices
 * that are offered and advice where nothing is found are made of these. Each changes *Q in place, takes it to its first page
 * and settles it (query_settle); what it adds lives in MEM.
 */
#include "query/query.h"

/* VALUES for F, sorted as they are in queries. Of filters that have a typed form only none at all, or those it has. A list in its
 * default order has its default order afterwards, which may be another. */
void narrow_set(struct query *q, enum filter f, struct filter_values values);

/* VALUE beside the values of F that are set; not for filters that have a typed form. 0 or -ENOMEM. */
int narrow_add(struct query *q, enum filter f, const char *value, struct arena *mem);

/* The values of F but VALUE. 0 or -ENOMEM. */
int narrow_remove(struct query *q, enum filter f, const char *value, struct arena *mem);

/* Whether VALUE is among those of F. */
bool narrow_has(const struct query *q, enum filter f, const char *value);

#endif
