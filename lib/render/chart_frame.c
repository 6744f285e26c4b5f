/* SPDX-License-Identifier: MIT */
/* What stands around a drawing: a caption above it, and beneath it what its marks mean, each word with its definition. */
#include "render/chart.h"
#include "render/svg.h"

static const struct {
    const char *class, *text;
    const char *anchor; /* of the definition, or NULL */
} signs[_SIGN_N] = {
    [SIGN_EXACT] = {"exact", "a count", "qualifier-exact"},
    [SIGN_ABOUT] = {"about", "an estimate", "qualifier-about"},
    [SIGN_FLOOR] = {"floor", "at least so many", "qualifier-at-least"},
    [SIGN_CEILING] = {"ceiling", "a ceiling: at most so many", "qualifier-up-to"},
    [SIGN_RANGE] = {"range", "somewhere between two numbers", "qualifier-between"},
    [SIGN_UNKNOWN] = {"unknown", "not known", "unknown"},
    [SIGN_DAY] = {"day", "on that day", NULL},
    [SIGN_ROUGH_DAY] = {"rough-day", "about that day", "dates"},
    [SIGN_WITHIN] = {"within", "once within this span; the day is not known", "dates"},
    [SIGN_LASTED] = {"lasted", "lasted so long", NULL},
    [SIGN_BOX] = {"box", "the middle half of delays, certainly", "delay-quantiles"},
    [SIGN_BOX_MAY] = {"box-may", "the middle half, possibly", "delay-quantiles"},
    [SIGN_MEDIAN] = {"median", "the median lies within this", "delay-quantiles"},
    [SIGN_TAIL] = {"tail", "nine in ten by here", "delay-quantiles"},
};

enum chart_sign chart_sign_of(enum chart_mark mark)
{
    static const enum chart_sign of[_MARK_N] = {
        [MARK_EXACT] = SIGN_EXACT,     [MARK_ABOUT] = SIGN_ABOUT, [MARK_FLOOR] = SIGN_FLOOR,
        [MARK_CEILING] = SIGN_CEILING, [MARK_RANGE] = SIGN_RANGE, [MARK_UNKNOWN] = SIGN_UNKNOWN,
    };
    return of[mark];
}

void chart_begin(struct page *p, const char *caption)
{
    htmlw_open(&p->w, "figure", "class", "chart");
    htmlw_el(&p->w, caption, "figcaption");
}

static void write_swatch(struct page *p, unsigned sign)
{
    struct htmlw *w = &p->w;
    bool dot = sign == SIGN_DAY || sign == SIGN_ROUGH_DAY;
    htmlw_open(w, "svg", "class", "drawing swatch", "aria-hidden", "true", "width", "2em", "height", "1em");
    if (dot)
        svg_dot(w, signs[sign].class, SVG_WIDE / 2, SVG_EM / 2, 36, NULL);
    else
        svg_rect(w, signs[sign].class, 500, 15, SVG_WIDE - 1000, 70, NULL);
    htmlw_close(w, "svg");
}

void chart_end(struct page *p, unsigned set)
{
    struct htmlw *w = &p->w;
    if (set)
        htmlw_open(w, "ul", "class", "key");
    for (unsigned i = 0; i < _SIGN_N; i++) {
        if (!(set & 1u << i))
            continue;
        htmlw_open(w, "li");
        write_swatch(p, i);
        htmlw_text(w, " ");
        if (signs[i].anchor) {
            htmlw_open(w, "a", "class", "word");
            htmlw_url(w, "href", "%p/about#%s", p->env->base, signs[i].anchor);
        }
        htmlw_text(w, signs[i].text);
        if (signs[i].anchor)
            htmlw_close(w, "a");
        htmlw_close(w, "li");
    }
    if (set)
        htmlw_close(w, "ul");
    htmlw_close(w, "figure");
}
