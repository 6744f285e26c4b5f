/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_JSON_SKETCH_H
#define BREACHD_RENDER_JSON_SKETCH_H

#include "util/strbuf.h"

/* Bytes of a string that are shown. */
#define SKETCH_STRING 100

/*
 * Adds to OUT the N bytes at TEXT, a JSON value without white space between its parts, in lines and shortened: of an array the
 * first member, of what lies deeper than DEEPEST nothing, of a long string its beginning, each with "…" for the rest. A text that is
 * cut off is shown as far as it goes.
 */
void json_sketch(const char *text, size_t n, size_t deepest, struct strbuf *out);

#endif
