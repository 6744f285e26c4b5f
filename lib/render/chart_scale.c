/* SPDX-License-Identifier: MIT */
/* From values to places, and texts that fit there. */
#include "render/chart.h"
#include "util/utf8.h"

#include <string.h>

int chart_at(const struct chart_scale *s, int64_t value)
{
    if (value <= s->from || s->to <= s->from)
        return s->left;
    if (value >= s->to)
        return s->right;
    /* Whole numbers of this size overflow when multiplied; a hundredth of a percent is coarse enough for a double. */
    double part = (double)(value - s->from) / (double)(s->to - s->from), away = part * (s->right - s->left);
    return s->left + (int)(away < 0 ? away - 0.5 : away + 0.5);
}

int64_t chart_step(int64_t most, int64_t steps)
{
    static const int64_t times[] = {1, 2, 5};
    for (int64_t ten = 1; ten <= most; ten *= 10)
        for (size_t i = 0; i < 3; i++)
            if (most / (ten * times[i]) <= steps)
                return ten * times[i];
    return 1;
}

const struct chart_duration chart_durations[CHART_DURATIONS] = {
    {0, "0"},        {1, "1 day"},       {7, "1 week"},        {30, "1 month"},
    {365, "1 year"}, {3650, "10 years"}, {36500, "100 years"},
};

size_t chart_durations_for(int32_t most)
{
    size_t n = 2;
    while (n < CHART_DURATIONS && chart_durations[n - 1].days < most)
        n++;
    return n;
}

int chart_duration_at(int32_t days, size_t n, int left, int right)
{
    size_t next = 1;
    while (next < n - 1 && chart_durations[next].days < days)
        next++;
    int width = right - left, parts = (int)n - 1;
    const struct chart_scale between = {.from = chart_durations[next - 1].days,
                                        .to = chart_durations[next].days,
                                        .left = left + width * ((int)next - 1) / parts,
                                        .right = left + width * (int)next / parts};
    return chart_at(&between, days);
}

/* East Asian scripts begin with Hangul's jamo; of the punctuation between them and Latin none is wide. */
#define FIRST_WIDE        0x1100
#define FIRST_PUNCTUATION 0x1e00
#define LAST_PUNCTUATION  0x2e7f

static size_t columns_of(uint32_t c)
{
    return c >= FIRST_WIDE && (c < FIRST_PUNCTUATION || c > LAST_PUNCTUATION) ? 2 : 1;
}

/* The columns of TEXT, and how many bytes leave one column free of MOST. Of what is no UTF-8 none: the writer refuses it. */
static size_t measure(const char *text, size_t most, size_t *ret_fits)
{
    size_t n = text ? strlen(text) : 0, columns = 0;
    *ret_fits = 0;
    for (size_t i = 0, width; i < n; i += width) {
        uint32_t c = 0;
        width = utf8_decode(text + i, n - i, &c);
        if (!width)
            return 0;
        columns += columns_of(c);
        if (columns < most)
            *ret_fits = i + width;
    }
    return columns;
}

size_t chart_columns(const char *text)
{
    size_t fits;
    return measure(text, 0, &fits);
}

const char *chart_cut(struct arena *mem, const char *text, size_t columns)
{
    size_t fits;
    return measure(text, columns, &fits) > columns ? arena_printf(mem, "%.*s…", (int)fits, text) : text;
}
