/* SPDX-License-Identifier: MIT */
/* The shapes of svg.h. */
#include "render/svg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_SIZE 24

/* "12.5%" of 1250, "-0.3em" of -30. */
static const char *number(char buffer[static NUMBER_SIZE], int hundredths, const char *unit)
{
    int whole = abs(hundredths) / 100, rest = abs(hundredths) % 100;
    const char *sign = hundredths < 0 ? "-" : "";
    if (!rest)
        snprintf(buffer, NUMBER_SIZE, "%s%d%s", sign, whole, unit);
    else if (rest % 10 == 0)
        snprintf(buffer, NUMBER_SIZE, "%s%d.%d%s", sign, whole, rest / 10, unit);
    else
        snprintf(buffer, NUMBER_SIZE, "%s%d.%02d%s", sign, whole, rest, unit);
    return buffer;
}
#define ACROSS(n) number((char[NUMBER_SIZE]){0}, (n), "%")
#define DOWN(n)   number((char[NUMBER_SIZE]){0}, (n), "em")

/* The id of a part of the drawing. */
#define ID_SIZE 64
static const char *part_id(char buffer[static ID_SIZE], const char *id, const char *part)
{
    snprintf(buffer, ID_SIZE, "%.40s-%s", id, part);
    return buffer;
}

void svg_open(struct htmlw *w, const char *id, int height, const char *title, const char *desc)
{
    char title_id[ID_SIZE], desc_id[ID_SIZE], both[2 * ID_SIZE];
    part_id(title_id, id, "title");
    part_id(desc_id, id, "desc");
    snprintf(both, sizeof both, "%s %s", title_id, desc_id);
    htmlw_open(w, "svg", "class", "drawing", "role", "img", "aria-labelledby", both, "width", "100%",
               "height", DOWN(height));
    htmlw_el(w, title, "title", "id", title_id);
    htmlw_el(w, desc, "desc", "id", desc_id);
}

void svg_close(struct htmlw *w)
{
    htmlw_close(w, "svg");
}

static void close_shape(struct htmlw *w, const char *name, const char *tip)
{
    if (tip)
        htmlw_el(w, tip, "title");
    htmlw_close_(w, name);
}

void svg_rect(struct htmlw *w, const char *class, int x, int y, int width, int height, const char *tip)
{
    htmlw_open(w, "rect", "class", class, "x", ACROSS(x), "y", DOWN(y), "width", ACROSS(width), "height",
               DOWN(height));
    close_shape(w, "rect", tip);
}

void svg_dot(struct htmlw *w, const char *class, int x, int y, int radius, const char *tip)
{
    htmlw_open(w, "circle", "class", class, "cx", ACROSS(x), "cy", DOWN(y), "r", DOWN(radius));
    close_shape(w, "circle", tip);
}

void svg_line(struct htmlw *w, const char *class, int x1, int y1, int x2, int y2)
{
    htmlw_open(w, "line", "class", class, "x1", ACROSS(x1), "y1", DOWN(y1), "x2", ACROSS(x2), "y2", DOWN(y2));
    htmlw_close(w, "line");
}

void svg_text(struct htmlw *w, const char *class, int x, int y, enum svg_anchor anchor, const char *text)
{
    static const char *const anchors[] = {[SVG_START] = NULL, [SVG_MIDDLE] = "middle", [SVG_END] = "end"};
    htmlw_open(w, "text", "class", class, "x", ACROSS(x), "y", DOWN(y), "text-anchor", anchors[anchor]);
    htmlw_text(w, text);
    htmlw_close(w, "text");
}
