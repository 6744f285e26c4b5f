/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_NATIVE_H
#define BREACHD_IMPORT_NATIVE_H

/*
 * The native input format: the model as JSON. A value is a document with lists of incidents, organisations
 * and datasets, one incident, or one organisation; adapter_native adds its records to a catalogue being
 * gathered.
 */
#include "import/catalogue.h"
#include "import/reader.h"

/* The tables of whole records, and of what is packed by itself (pack.h). */
extern const struct table native_incident, native_organization, native_dataset, native_event, native_source;

/* Reads V, one list of ids that are the same organisation, or are not (native_rulings.c). As above. */
int native_read_ruling(struct catalogue *c, bool same, const json_t *v, const struct origin *from,
                       size_t *ret_records);

#endif
