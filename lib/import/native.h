/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_NATIVE_H
#define BREACHD_IMPORT_NATIVE_H

/*
 * The native input format: the model as JSON. A value is a document with lists of incidents, organisations
 * and datasets, one incident, one organisation, or a list of such; its records are added to a catalogue being
 * gathered.
 */
#include "import/catalogue.h"
#include "import/reader.h"

/* The tables of whole records. */
extern const struct table native_incident, native_organization, native_dataset;

/* Reads V, found at FROM, into C. Faults reject the record that has them, alone. *ret_records is increased by
 * the records that were read without one. 0 or -ENOMEM. */
int native_read(struct catalogue *c, const json_t *v, const struct origin *from, size_t *ret_records);

#endif
