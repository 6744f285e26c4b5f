/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_ORGANIZATIONS_H
#define BREACHD_IMPORT_ORGANIZATIONS_H

/*
 * Which organisation each mention of a dataset means. The rule:
 *
 *   - Mentions of one key are one organisation. The key is the name (org_name_fold), the country, and the state or
 *     province where equal names there are likely to be others: always in HHS, elsewhere unless the name or the line
 *     of business is the whole country's (org_name_is_national, org_sector_is_national).
 *   - Records of native input are found by the keys of their names; a key that two of them have finds none.
 *   - Equal websites (org_site_fold) join.
 *   - Where a key has no state, or no country, it joins the one organisation that has the rest of it; if there are
 *     several, none. Two different websites speak against it, one under another country's domain, and a name made
 *     of words that many have (org_name_is_common).
 *   - `same` and `not_same` of native input overrule all that; two records of native input never become one.
 *
 * So nothing is joined by name alone across countries or states. Everything follows from the set of records: their
 * order makes no difference, and the id of a key never depends on other keys.
 */
#include "import/catalogue.h"
#include "import/draft.h"
#include "import/org_names.h"

/* Why a key belongs to its organisation, beside being its own. */
enum join { JOIN_NONE, JOIN_RULED, JOIN_NAME, JOIN_WEBSITE, JOIN_REGION, JOIN_COUNTRY, _JOIN_N };

/* One key, or one record of native input. */
struct org_node {
    struct org_key key; /* name NULL: a native record */
    const char *id;     /* of the key, or the record's */
    size_t first, n;    /* its spots */
    enum join why;
    bool contested; /* a key that several native records have */
    size_t parent;  /* union-find; the rest is of roots */
    size_t native;  /* index of the catalogue's organisation, or NOBODY */
    bool has_country, has_region, has_site, is_ruled;
};

/* A mention, or a name of a native record (incident NOBODY), with its key. */
struct org_spot {
    struct org_key key;
    const char *name, *site; /* site: org_site_fold, "" */
    size_t incident, index;  /* index: of the tie, or of the organisation */
    size_t node;
};

/* Everything about who is who; lives for one import. */
struct org_joins {
    struct catalogue *c;
    struct arena *mem;      /* for what does not outlive it */
    struct arena *scratch;  /* for what does not outlive a mention */
    struct org_spot *spots; /* by key */
    size_t n_spots, room_spots;
    struct org_node *nodes; /* keys in order, then native records in theirs */
    size_t n_keys, n_nodes;
    size_t (*apart)[2]; /* pairs of nodes that must not be joined */
    size_t n_apart, room_apart;
};

/* org_joins.c: makes the nodes of the spots and joins them. 0 or -ENOMEM. */
int org_joins_run(struct org_joins *j);

/* The root of a node's organisation. */
size_t org_joins_root(struct org_joins *j, size_t node);

/* Joins two nodes unless a rule forbids it; whether they are one organisation now. */
bool org_joins_unite(struct org_joins *j, size_t a, size_t b, enum join why);

/* org_rulings.c: what native input says of who is who; faults are rejects. 0 or -ENOMEM. */
int org_rulings_apply(struct org_joins *j);

/* org_records.c: a record for every organisation that has none, names and other ids for all, and the parties of incidents
 * pointed at them. Leaves the catalogue's organisations ordered by id. 0 or -ENOMEM. */
int org_records_make(struct org_joins *j);

#endif
