/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_HTML_TEXT_H
#define BREACHD_IMPORT_HTML_TEXT_H

/* Fragments of HTML, as datasets put them into descriptions, become plain text and links. By libxml2, whose front door
 * this is. */
#include "util/strbuf.h"

#include <stddef.h>

/* Receives each link's address and text, in order; both only until it returns. 0 or an error that ends the reading. */
typedef int (*html_link_fn)(void *ctx, const char *url, const char *text);

/*
 * Appends the text of the N bytes of HTML at S to OUT: entities resolved, tags gone, paragraphs and line breaks as one line
 * end, scripts and styles left out. Malformed HTML is read as browsers do. 0, -ENOMEM, or what LINK returned. Nesting
 * deeper than the parser's own bound ends the text there.
 */
int html_text(const char *s, size_t n, struct strbuf *out, html_link_fn link, void *ctx);

#endif
