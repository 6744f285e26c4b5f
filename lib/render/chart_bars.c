/* SPDX-License-Identifier: MIT */
/* Bars beneath their labels, so that a long name takes nothing from the bar. */
#include "render/chart.h"
#include "render/svg.h"

/* Down, in hundredths of an em. */
#define LINE  130 /* of text */
#define BAR   85
#define SPACE 75 /* to the next */
#define AXIS  140

#define COLUMNS 44   /* of a line of text, on a phone */
#define RIGHT   9400 /* where the axis ends; what is open goes on a little */
#define LEAST   30

const char *const chart_marks[_MARK_N] = {
    [MARK_EXACT] = "exact",     [MARK_ABOUT] = "about", [MARK_FLOOR] = "floor",
    [MARK_CEILING] = "ceiling", [MARK_RANGE] = "range", [MARK_UNKNOWN] = "unknown",
};

static int height_of(const struct chart_bar *b)
{
    return LINE + (b->under ? LINE : 0) + 30 + BAR + SPACE;
}

static void write_axis(struct page *p, const struct chart_scale *s, int height)
{
    int64_t step = chart_step(s->to, 3);
    for (int64_t v = 0; v <= s->to; v += step) {
        int x = chart_at(s, v);
        svg_line(&p->w, "grid", x, 0, x, height);
        svg_text(&p->w, NULL, x, height + LINE - 20,
                 v == 0                 ? SVG_START
                 : x > SVG_WIDE * 4 / 5 ? SVG_END
                                        : SVG_MIDDLE,
                 say_short(v, p->mem));
    }
}

static void write_mark(struct page *p, const struct chart_scale *s, const struct chart_bar *b, int y)
{
    int from = b->mark == MARK_RANGE ? chart_at(s, b->from) : s->left, to = chart_at(s, b->to);
    int width = to - from < LEAST && b->to > 0 ? LEAST : to - from;
    svg_rect(&p->w, chart_marks[b->mark], from, y, width, BAR, NULL);
    if (b->mark == MARK_CEILING)
        svg_line(&p->w, "cap", from + width, y - 20, from + width, y + BAR + 20);
    if (b->mark == MARK_FLOOR)
        svg_line(&p->w, "open", from + width, y + BAR / 2, from + width + SVG_WIDE - RIGHT, y + BAR / 2);
}

static void write_bar(struct page *p, const struct chart_scale *s, const struct chart_bar *b, int y)
{
    struct htmlw *w = &p->w;
    size_t columns = COLUMNS;
    if (b->value) {
        size_t taken = chart_columns(b->value) + 2;
        columns = taken < COLUMNS / 2 ? COLUMNS - taken : COLUMNS / 2;
        svg_text(w, "value", SVG_WIDE, y + LINE - 30, SVG_END, b->value);
    }
    svg_text(w, "label", 0, y + LINE - 30, SVG_START, chart_cut(p->mem, b->label, columns));
    if (b->under)
        svg_text(w, "under", 0, y + 2 * LINE - 30, SVG_START, chart_cut(p->mem, b->under, COLUMNS + 4));
    write_mark(p, s, b, y + LINE + (b->under ? LINE : 0) + 10);
}

void chart_bars(struct page *p, const struct chart_text *t, const struct chart_bar *bars, size_t n)
{
    struct chart_scale s = {.from = 0, .left = 0, .right = RIGHT};
    int height = 0, y = 0;
    for (size_t i = 0; i < n; i++) {
        s.to = bars[i].to > s.to ? bars[i].to : s.to;
        height += height_of(&bars[i]);
    }
    if (!n)
        return;
    svg_open(&p->w, t->id, height + AXIS, t->title, t->desc);
    write_axis(p, &s, height);
    for (size_t i = 0; i < n; y += height_of(&bars[i]), i++)
        write_bar(p, &s, &bars[i], y);
    svg_close(&p->w);
}
