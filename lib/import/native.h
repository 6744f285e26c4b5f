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

/* The tables of whole records. */
extern const struct table native_incident, native_organization, native_dataset;

#endif
