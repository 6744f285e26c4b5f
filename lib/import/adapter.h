/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_ADAPTER_H
#define BREACHD_IMPORT_ADAPTER_H

/*
 * An adapter knows one format: how to tell it by its content, and what its records mean in the model. The reader of
 * inputs (source.h) hands it JSON values or whole texts; it adds records to the catalogue being gathered and never sees
 * the database. A new source is one file with one of these.
 */
#include "import/catalogue.h"

#include <jansson.h>

struct adapter {
    const char *name; /* as in "vcdb:PATH"; also the id of its dataset */

    /* Whom to credit; what an import's own `datasets` say of the same id wins. NULL: the input names its datasets. */
    const struct dataset *about;

    /* Whether V, a value that is no array, is a record (or document) of this format. NULL: not a JSON format. */
    bool (*knows_json)(const json_t *v);

    /* Whether a text beginning with these N bytes (at most 4096) is of this format. NULL: not a text format. */
    bool (*knows_text)(const char *head, size_t n);

    /* Read one value, or one whole text, found at FROM, into C. A record with a fault is rejected alone. *ret_records is
     * increased by the records that were read without one. 0, -ENOMEM, or another negative errno of a spool's. */
    int (*read_json)(struct catalogue *c, const json_t *v, const struct origin *from, size_t *ret_records);
    int (*read_text)(struct catalogue *c, const char *text, size_t n, const struct origin *from,
                     size_t *ret_records);

    /* What is left to do with its records when all inputs are read. NULL: nothing. 0 or -ENOMEM. */
    int (*settle)(struct catalogue *c);
};

extern const struct adapter adapter_native, adapter_vcdb, adapter_hibp, adapter_hhs;

/* All of them; native is last, since it takes what no other knows. */
extern const struct adapter *const adapters[];
extern const size_t adapters_n;

/* The one whose name is the N bytes at NAME, or NULL. */
const struct adapter *adapter_named(const char *name, size_t n);

/* The one that knows a text of N bytes, or NULL. */
const struct adapter *adapter_of_text(const char *text, size_t n);

/* Gives V, found at FROM, to ONLY, or where that is NULL to the one that knows it. As read_json otherwise. */
int adapters_read_json(struct catalogue *c, const struct adapter *only, const json_t *v,
                       const struct origin *from, size_t *ret_records);

/* What is left to do with records when all inputs are read; before anything else is done with them. 0 or -ENOMEM. */
int adapters_settle(struct catalogue *c);

/* Whom to credit for records of datasets that no input describes. 0 or -ENOMEM. */
int adapters_describe(struct catalogue *c);

#endif
