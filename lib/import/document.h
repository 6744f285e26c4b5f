/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_DOCUMENT_H
#define BREACHD_IMPORT_DOCUMENT_H

/* Text becomes JSON values, each handed over with its place. What a value means is the receiver's business. */
#include "import/report.h"

#include <jansson.h>

/* Receives one value, which is freed afterwards. 0 or a negative errno, which ends the reading. */
typedef int (*document_emit_fn)(void *ctx, const json_t *v, const struct origin *from);

/*
 * The N bytes at TEXT, read from FROM, as one JSON value, or as several, one a line. What is wrong is a reject:
 * the text, or single lines of it. 0 or what EMIT returned.
 */
int document_read(const char *text, size_t n, const struct origin *from, struct import_report *report,
                  document_emit_fn emit, void *ctx);

#endif
