/* SPDX-License-Identifier: MIT */
/* Columns by year: a year in which nothing is listed is a gap, as wide as any other. */
#include "render/chart.h"
#include "render/svg.h"
#include "util/num.h"

#include <string.h>

/* Down, in hundredths of an em. */
#define TOP     110
#define BOTTOM  1010
#define TICKS   (BOTTOM + 130)
#define APART   (TICKS + 130) /* where "not known" stands */
#define HEIGHT  (APART + 50)
#define DIGIT   240  /* across: what a digit may take on a phone */
#define UNKNOWN 1100 /* across: the place of what is not known */
#define WIDEST  600

struct plot {
    struct page *p;
    int first, columns; /* the year of the first column, and how many there are */
    size_t counts[CHART_YEARS], earlier, unknown;
    size_t most;
    int64_t step;
    int left, right;
    const char *one, *many;
    enum chart_mark mark;
};

bool chart_year_of(const char *value, size_t n, struct chart_year *ret, size_t *unknown)
{
    uint64_t year;
    if (!value || num_parse_u64(value, strlen(value), NUM_LEADING_ZEROS, 0, 9999, &year) != 0) {
        *unknown += n;
        return false;
    }
    *ret = (struct chart_year){(int)year, n};
    return true;
}

static void count(struct plot *x, const struct chart_year *years, size_t n)
{
    int first = years[0].year, last = first;
    for (size_t i = 1; i < n; i++) {
        first = years[i].year < first ? years[i].year : first;
        last = years[i].year > last ? years[i].year : last;
    }
    x->first = last - first < CHART_YEARS ? first : last - CHART_YEARS + 1;
    x->columns = last - x->first + 1;
    for (size_t i = 0; i < n; i++) {
        int at = years[i].year - x->first;
        x->counts[at > 0 ? at : 0] += years[i].n;
        x->earlier += at < 0 ? years[i].n : 0;
    }
    x->most = x->unknown;
    for (int i = 0; i < x->columns; i++)
        x->most = x->counts[i] > x->most ? x->counts[i] : x->most;
}

static int height_of(const struct plot *x, size_t n)
{
    const struct chart_scale down = {0, (int64_t)x->most, BOTTOM, TOP};
    return BOTTOM - chart_at(&down, (int64_t)n);
}

/* Even one of thousands is seen. */
#define LEAST 6

static void write_column(const struct plot *x, const char *class, int middle, int width, size_t n,
                         const char *of)
{
    const char *count = words_count(x->p, n, x->one, x->many);
    int height = height_of(x, n);
    height = height < LEAST ? LEAST : height;
    svg_rect(&x->p->w, class, middle - width / 2, BOTTOM - height, width, height,
             count ? arena_printf(x->p->mem, "%s: %s", of, count) : NULL);
}

static int middle_of(const struct plot *x, int column)
{
    return x->left + (x->right - x->left) * (2 * column + 1) / (2 * x->columns);
}

static void write_columns(const struct plot *x)
{
    int pitch = (x->right - x->left) / x->columns, width = pitch * 4 / 5;
    width = width > WIDEST ? WIDEST : width;
    for (int i = 0; i < x->columns; i++) {
        const char *of = arena_printf(x->p->mem, "%s%d", i == 0 && x->earlier ? "up to " : "", x->first + i);
        if (x->counts[i])
            write_column(x, chart_marks[x->mark], middle_of(x, i), width, x->counts[i], of);
    }
    if (!x->unknown)
        return;
    write_column(x, "unknown", SVG_WIDE - UNKNOWN / 2, width > UNKNOWN / 2 ? UNKNOWN / 2 : width, x->unknown,
                 "Year not known");
    svg_text(&x->p->w, NULL, SVG_WIDE, APART, SVG_END, "not known");
}

static void write_counts(const struct plot *x)
{
    struct htmlw *w = &x->p->w;
    for (int64_t v = 0; v <= (int64_t)x->most; v += x->step) {
        int y = BOTTOM - height_of(x, (size_t)v);
        svg_line(w, "grid", x->left, y, SVG_WIDE, y);
        svg_text(w, NULL, x->left - DIGIT / 2, y + 35, SVG_END, say_short(v, x->p->mem));
    }
}

/* Where a name would not fit beside the edge, it stands within. */
#define EDGE 9600

/* At most six years are named: as many as a phone has room for. */
static void write_years(const struct plot *x)
{
    int step = (int)chart_step(x->columns, 6);
    for (int i = 0; i < x->columns; i++)
        if (x->columns == 1 || (x->first + i) % step == 0)
            svg_text(&x->p->w, NULL, middle_of(x, i) > EDGE ? SVG_WIDE : middle_of(x, i), TICKS,
                     middle_of(x, i) > EDGE ? SVG_END : SVG_MIDDLE,
                     arena_printf(x->p->mem, "%d", x->first + i));
}

void chart_years(struct page *p, const struct chart_text *t, const struct chart_year *years, size_t n,
                 size_t unknown, const char *one, const char *many, enum chart_mark mark)
{
    struct plot x = {.p = p, .unknown = unknown, .one = one, .many = many, .mark = mark};
    if (!n)
        return;
    count(&x, years, n);
    x.step = chart_step((int64_t)x.most, 4);
    const char *widest = say_short((int64_t)x.most / x.step * x.step, p->mem);
    x.left = widest ? DIGIT * ((int)strlen(widest) + 1) : 0;
    x.right = SVG_WIDE - (unknown ? UNKNOWN : 0);
    svg_open(&p->w, t->id, unknown ? HEIGHT : TICKS + 50, t->title, t->desc);
    write_counts(&x);
    write_columns(&x);
    write_years(&x);
    svg_close(&p->w);
}
