/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_TESTS_HTML_VIEWS_H
#define BREACHD_TESTS_HTML_VIEWS_H

/*
 * One view of every kind that has a page, in which every text that data or a request can bring, ids and URLs
 * included, is the same TEXT: harmless for the golden fragments, hostile for the escaping.
 */
#include "render/render.h"

#define N_HTML_VIEWS 18

struct named_view {
    const char *name;
    struct view view;
};

/* The views, in memory of the test's own until the next call. */
const struct named_view *html_views(const char *text);

#endif
