/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_STORAGE_SQLITE_FILTER_H
#define BREACHD_STORAGE_SQLITE_FILTER_H

/*
 * From a query's filters to the rows they leave. Sets hold until the reader's next question. All return 0, -ENOMEM,
 * STORAGE_E_TIMEOUT or STORAGE_E_CORRUPT.
 */
#include "storage/sqlite_reader.h"

/* The rows that the filters of a query leave, by list. */
typedef int (*filter_fn)(struct storage_reader *rd, const struct query *q, const struct rowset **ret);
int filter_incidents(struct storage_reader *rd, const struct query *q, const struct rowset **ret);
int filter_events(struct storage_reader *rd, const struct query *q, const struct rowset **ret);
int filter_organizations(struct storage_reader *rd, const struct query *q, const struct rowset **ret);

/* As filter_incidents, but no more than counted behind the first of them that a page of Q holds (rowset_intersect_head). */
int filter_incidents_head(struct storage_reader *rd, const struct query *q, const struct rowset **ret);

/* As filter_incidents, but as if filter SKIP were not set; _FILTER_N skips none. */
int filter_incidents_but(struct storage_reader *rd, const struct query *q, enum filter skip,
                         const struct rowset **ret);

/* The incidents with a party that fits the organizations (with reach), party kinds and roles of Q: one and the same party
 * fits all three. At least one of them is set. */
int filter_parties(struct storage_reader *rd, const struct query *q, const struct rowset **ret);

/* The incidents in which organisation N has one of ROLES (n == 0: any). */
int organization_incidents(struct storage_reader *rd, int64_t n, const struct filter_values *roles,
                           const struct rowset **ret);

/* The members of WITHIN whose date of that kind (the name of its sets) fits D; MATCH certain or possible. */
int filter_date(struct storage_reader *rd, const char *name, const struct edtf *d, bool certain,
                const struct rowset *within, const struct rowset **ret);

/* The rows of one list with any of the values of F; NAME is that of the sets. */
int filter_values(struct storage_reader *rd, const char *name, const struct filter_values *f,
                  const struct rowset **ret);

/* What is in any of N sets. */
int filter_unite(struct storage_reader *rd, const struct rowset *const *sets, size_t n,
                 const struct rowset **ret);

/* QUERY_NONE as the stored sets have it. */
const char *filter_set_value(const char *value);

/* 0, or -ENOMEM where S is NULL; else *RET is S. */
int filter_made(const struct rowset *s, const struct rowset **ret);

/* UP to LIMIT members of S without the first SKIP, in MEM. */
int select_rows(const struct rowset *s, size_t skip, size_t limit, struct arena *mem, uint32_t **ret,
                size_t *ret_n);

/* The rows that statement ID lists for number N. */
int collect_of(struct storage_reader *rd, enum statement id, int64_t n, const struct rowset **ret);

/* Those that it lists for any of the members of S. */
int collect_each(struct storage_reader *rd, enum statement id, const struct rowset *s,
                 const struct rowset **ret);

/* Gathers the first column of every row of R; ends the run. */
int row_collect(struct row *r, struct rowset_builder *b);

static inline bool filter_has(const struct filter_values *f, const char *value)
{
    for (size_t i = 0; i < f->n; i++)
        if (__builtin_strcmp(f->values[i], value) == 0)
            return true;
    return false;
}

#endif
