/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_HTML_API_TEXT_H
#define BREACHD_RENDER_HTML_API_TEXT_H

/* The prose of /api, as data; `code` stands between backticks. Ids are addresses that others cite: none is renamed. */
#include <stddef.h>

struct api_chapter {
    const char *id, *title;
    const char *const *paragraphs;
    size_t n;
};

/* Before the resources, and after them. */
extern const struct api_chapter api_before[], api_after[];
extern const size_t api_before_n, api_after_n;

#endif
