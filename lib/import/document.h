/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_DOCUMENT_H
#define BREACHD_IMPORT_DOCUMENT_H

/* Text becomes JSON values, each handed over with its place. What a value means is the receiver's business. */
#include "import/source.h"

#include <jansson.h>

/* Who takes the values. */
struct document_sink {
    /* Receives one value, which is freed afterwards. 0 or a negative errno, which ends the reading. */
    int (*emit)(void *ctx, const json_t *v, const struct origin *from);

    /* What was emitted of this text so far does not count: it turned out to be no JSON. */
    void (*forget)(void *ctx);
    void *ctx;
};

/*
 * TEXT, read from FROM, as one JSON value, or as several, one a line. An array is handed over item by item and never
 * held whole. What is wrong is a reject: the text, or single lines of it. 0 or what EMIT returned.
 */
int document_read(struct source_text *text, const struct origin *from, struct import_report *report,
                  const struct document_sink *sink);

#endif
