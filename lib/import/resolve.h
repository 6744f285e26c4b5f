/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_RESOLVE_H
#define BREACHD_IMPORT_RESOLVE_H

/* From records as read to a catalogue that holds together, in this order. Each returns 0, -ENOMEM, or another
 * negative errno where a spool cannot be read or written. */
#include "import/catalogue.h"

/*
 * resolve.c: takes out records that cannot stand beside the others (an id given twice, a name that leads
 * nowhere, a circle), drops relations and links to records that were rejected, with a warning, and looks up
 * who is meant. Leaves incidents and organisations ordered by id, and every record tallied.
 */
int resolve_records(struct catalogue *c);

/* resolve_orgs.c: the same for organisations alone, before incidents; leaves them ordered by id. */
int resolve_organizations(struct catalogue *c);

/* organizations.c: which organisation each mention means; records for those that have none. After the organisations
 * above, with incidents ordered by id; leaves organisations ordered by id. */
int resolve_mentions(struct catalogue *c);

/* datasets.c: a row for every dataset that an incident names; ordered by id; then what the report says of
 * each. BUILT is set before. */
int resolve_datasets(struct catalogue *c);
int resolve_provenance(struct catalogue *c);

/* duplicates.c: the same incident in several datasets, found by what agrees; adds derived relations. */
int resolve_duplicates(struct catalogue *c);

/* finish.c: who has which relation because another one states it. After this, records can be finished. */
int resolve_mirrors(struct catalogue *c);

/* order.c: places in the default orders; and from the digests of records, when they have their times and the catalogue
 * its `built`, the catalogue's id. */
int resolve_order(struct catalogue *c);
int resolve_identity(struct catalogue *c);

/* A date as a number: it orders as the two texts of schema_sort_key() do. 0: not known. */
uint64_t order_key(const struct edtf *date);

#endif
