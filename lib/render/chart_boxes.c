/* SPDX-License-Identifier: MIT */
/*
 * Distributions of delays. Each quantile is known between two bounds only, so a box has two outlines: what certainly lies between
 * the quartiles is full, what may lie there is pale, and the median is a bar as wide as it is unsure.
 */
#include "render/chart.h"
#include "render/svg.h"

/* Down, in hundredths of an em. */
#define LINE 130
#define BOX  90
#define ROW  (LINE + BOX + 110)
#define AXIS 140

#define COLUMNS 44
#define LEFT    100
#define RIGHT   (SVG_WIDE - 1000) /* half of the last mark's name stands beyond */
#define LEAST   50

struct plot {
    struct page *p;
    size_t marks;
};

static int at(const struct plot *x, int32_t days)
{
    return chart_duration_at(days, x->marks, LEFT, RIGHT);
}

static int32_t most_of(const struct chart_box *b)
{
    const struct quantiles *q = b->quantiles;
    return b->median_only ? q->median.max : q->p90.max;
}

static void write_axis(const struct plot *x, int height)
{
    for (size_t i = 0; i < x->marks; i++) {
        int mark = at(x, chart_durations[i].days);
        svg_line(&x->p->w, "grid", mark, 0, mark, height);
        svg_text(&x->p->w, NULL, mark, height + LINE - 20, i == 0 ? SVG_START : SVG_MIDDLE,
                 chart_durations[i].label);
    }
}

static void write_span(const struct plot *x, const char *class, int32_t from, int32_t to, int y, int height,
                       const char *tip)
{
    int left = at(x, from), width = at(x, to) - left;
    svg_rect(&x->p->w, class, left, y, width < LEAST ? LEAST : width, height, tip);
}

static const char *tip(const struct plot *x, const char *what, const struct delay *d)
{
    const char *words = say_delay(d, x->p->mem);
    return words ? arena_printf(x->p->mem, "%s: %s", what, words) : NULL;
}

static void write_box(const struct plot *x, const struct chart_box *b, int y)
{
    const struct quantiles *q = b->quantiles;
    if (!b->median_only) {
        write_span(x, "tail", q->q3.min, q->p90.max, y + BOX / 2 - 12, 24,
                   tip(x, "Nine in ten within", &q->p90));
        write_span(x, "box-may", q->q1.min, q->q3.max, y, BOX, NULL);
        if (q->q1.max < q->q3.min)
            write_span(x, "box", q->q1.max, q->q3.min, y, BOX, NULL);
    }
    write_span(x, "median", q->median.min, q->median.max, y - 15, BOX + 30, tip(x, "Median", &q->median));
}

void chart_boxes(struct page *p, const struct chart_text *t, const struct chart_box *boxes, size_t n)
{
    int32_t most = 0;
    for (size_t i = 0; i < n; i++)
        most = most_of(&boxes[i]) > most ? most_of(&boxes[i]) : most;
    struct plot x = {p, chart_durations_for(most)};
    int height = (int)n * ROW;
    if (!n)
        return;
    svg_open(&p->w, t->id, height + AXIS, t->title, t->desc);
    write_axis(&x, height);
    for (size_t i = 0; i < n; i++) {
        int y = (int)i * ROW;
        size_t taken = chart_columns(boxes[i].value) + 2;
        svg_text(&p->w, "value", SVG_WIDE, y + LINE - 30, SVG_END, boxes[i].value);
        svg_text(&p->w, "label", 0, y + LINE - 30, SVG_START,
                 chart_cut(p->mem, boxes[i].label, taken < COLUMNS / 2 ? COLUMNS - taken : COLUMNS / 2));
        write_box(&x, &boxes[i], y + LINE + 10);
    }
    svg_close(&p->w);
}
