/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_HTML_ABOUT_H
#define BREACHD_RENDER_HTML_ABOUT_H

/* The prose of /about, as data. Ids are addresses that others cite: none is renamed. */
#include "render/html.h"

struct about_paragraph {
    const char *id, *heading; /* either may be NULL */
    const char *text;
};

struct about_chapter {
    const char *id, *title;
    const struct about_paragraph *paragraphs;
    size_t n;
};

extern const struct about_chapter about_chapters[];
extern const size_t about_chapters_n;

/* The types of problem documents: "#problem-ID". */
extern const struct word about_problems[];
extern const size_t about_problems_n;

#endif
