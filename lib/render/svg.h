/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_SVG_H
#define BREACHD_RENDER_SVG_H

/*
 * Drawing on a page: a few shapes of SVG, written with the writer of HTML. A drawing is as wide as its place. Across, a
 * coordinate is a part of that width in hundredths of a percent; down, it is hundredths of an em: so nothing is scaled, text is
 * as large as the reader has it, and a phone and a wide screen get the same bytes. Shapes have classes, never colours.
 */
#include "render/htmlw.h"

#define SVG_WIDE 10000 /* the whole width */
#define SVG_EM   100   /* one em down */

enum svg_anchor { SVG_START, SVG_MIDDLE, SVG_END };

/* A picture named TITLE and told by DESC to whoever cannot see it; ID is unique in the page. HEIGHT in hundredths of an em. */
void svg_open(struct htmlw *w, const char *id, int height, const char *title, const char *desc);
void svg_close(struct htmlw *w);

/* TIP, which a pointer on the shape shows, may be NULL. */
void svg_rect(struct htmlw *w, const char *class, int x, int y, int width, int height, const char *tip);

/* A circle of RADIUS hundredths of an em. */
void svg_dot(struct htmlw *w, const char *class, int x, int y, int radius, const char *tip);

void svg_line(struct htmlw *w, const char *class, int x1, int y1, int x2, int y2);

/* Y is the line that letters stand on. TEXT NULL: as htmlw_text(). */
void svg_text(struct htmlw *w, const char *class, int x, int y, enum svg_anchor anchor, const char *text);

#endif
