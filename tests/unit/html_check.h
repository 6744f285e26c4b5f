/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_TESTS_HTML_CHECK_H
#define BREACHD_TESTS_HTML_CHECK_H

/*
 * A strict reader of the HTML that pages are written in, far stricter than browsers: every element closed in
 * order, every attribute quoted, no element or attribute but those the pages use, no id twice, no reference
 * within the page that leads nowhere. Text from data that got out as markup breaks one of these.
 */
#include <stdbool.h>
#include <stddef.h>

/* Fails the running test, saying where, unless HTML is such a page. NAME is for the message. */
void html_check(const char *name, const char *html);

/* Whether HTML has an element with this id. */
bool html_has_id(const char *html, const char *id, size_t length);

#endif
