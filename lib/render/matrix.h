/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_MATRIX_H
#define BREACHD_RENDER_MATRIX_H

/*
 * How formats enter the matrix of render.c: each format is one column, a table with a function for every view
 * it has and NULL for the others. Nobody outside lib/render includes this; pages are asked of render_view().
 */
#include "render/render.h"

/* Writes the whole body; results as render_view(). On failure OUT may hold part of it: render_view() cuts it
 * off again. */
typedef int (*render_fn)(const struct view *v, const struct render_env *env, struct strbuf *out);

extern const render_fn render_html_views[_VIEW_N];   /* html*.c */
extern const render_fn render_json_views[_VIEW_N];   /* json_views.c */
extern const render_fn render_csv_views[_VIEW_N];    /* csv_views.c */
extern const render_fn render_ndjson_views[_VIEW_N]; /* ndjson_views.c */
extern const render_fn render_atom_views[_VIEW_N];   /* atom.c */
extern const render_fn render_ics_views[_VIEW_N];    /* ics.c */

#endif
