/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_HHS_IDS_H
#define BREACHD_IMPORT_HHS_IDS_H

/*
 * Ids for rows that have none: of what identifies a breach there (who, where, when, how, what on), and of more only
 * for those rows that agree in all that. So an id stays when a description or a figure is mended, unless its twins
 * need that to differ.
 */
#include "util/arena.h"

#include <stddef.h>

enum hhs_id_form {
    HHS_ID_PLAIN,     /* 12 hex digits over name, state, date, type and location */
    HHS_ID_FIGURE,    /* and 4 over the figure, where those agree */
    HHS_ID_REST,      /* and 4 over all of the row, where that agrees too */
    HHS_ID_IDENTICAL, /* the row is another's twin in everything: none */
};

struct hhs_id {
    char event[13], figure[5], rest[17];
    size_t row; /* its place among the rows */
    enum hhs_id_form form;
};

/* Settles the form of N ids, in the order of their rows. 0 or -ENOMEM. */
int hhs_ids_settle(struct hhs_id *ids, size_t n);

/* The id without "hhs-", in MEM; NULL: out of memory. Not for HHS_ID_IDENTICAL. */
const char *hhs_id_text(const struct hhs_id *id, struct arena *mem);

#endif
