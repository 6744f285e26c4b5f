/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_SOURCE_H
#define BREACHD_IMPORT_SOURCE_H

/* Inputs become JSON values: folders are walked, files read, each value handed over with its place. What a
 * value means is the receiver's business. */
#include "import/report.h"

#include <jansson.h>

/* Receives one value, which is freed afterwards. 0 or a negative errno, which ends the reading. */
typedef int (*source_emit_fn)(void *ctx, const json_t *v, const struct origin *from);

enum { SOURCE_E_UNREADABLE = 1 };

/*
 * Reads the file or folder at PATH: of a folder every file named *.json or *.ndjson in any letter case, by
 * name, folders within too; hidden names are passed over. A file inside that cannot be read or is not JSON is
 * one reject. 0, -ENOMEM, or SOURCE_E_UNREADABLE with *reterr (free() it): PATH itself cannot be opened.
 */
int source_read(const char *path, struct import_report *report, source_emit_fn emit, void *ctx,
                char **reterr);

/*
 * document.c: the N bytes at TEXT, read from FROM, as one JSON value, or as several, one a line. What is wrong
 * is a reject: the text, or single lines of it. 0 or what EMIT returned.
 */
int document_read(const char *text, size_t n, const struct origin *from, struct import_report *report,
                  source_emit_fn emit, void *ctx);

#endif
