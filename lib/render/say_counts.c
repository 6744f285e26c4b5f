/* SPDX-License-Identifier: MIT */
/* Counts as English: a sum never without what it is a sum of, and a count never without what it leaves out. */
#include "render/render.h"

#include "util/limits.h"

const char *say_delay(const struct delay *d, struct arena *mem)
{
    const char *least = say_number(d->min, mem), *most = say_number(d->max, mem);
    if (!least || !most)
        return NULL;
    if (d->max == 0)
        return "the same day";
    if (d->min != d->max)
        return arena_printf(mem, "%s to %s days", least, most);
    return arena_printf(mem, d->min == 1 ? "%s day" : "%s days", least);
}

/* "3 incidents" */
static const char *say_n(size_t n, const char *one, const char *many, struct arena *mem)
{
    const char *number = say_number((int64_t)n, mem);
    return number ? arena_printf(mem, "%s %s", number, n == 1 ? one : many) : NULL;
}

/* PARTS as one phrase: "a", "a and b", "a, b and c"; "" for none. NULL when one of them is. */
static const char *say_all(const char *const *parts, size_t n, struct arena *mem)
{
    const char *all = "";
    for (size_t i = 0; i < n && all; i++)
        all = parts[i] ? arena_printf(mem, "%s%s%s", all,
                                      i == 0       ? ""
                                      : i + 1 == n ? " and "
                                                   : ", ",
                                      parts[i])
                       : NULL;
    return all;
}

/* ", of which 1 is a ceiling and 2 are estimates", of a single one ", a ceiling"; "" when all are exact. */
static const char *say_hedges(const struct figure_sum *s, struct arena *mem)
{
    static const struct {
        const char *one, *many;
    } hedges[_QUALIFIER_N] = {
        [QUALIFIER_ABOUT] = {"an estimate", "estimates"},
        [QUALIFIER_AT_LEAST] = {"a floor", "floors"},
        [QUALIFIER_UP_TO] = {"a ceiling", "ceilings"},
        [QUALIFIER_BETWEEN] = {"the top of a range", "tops of ranges"},
    };
    const char *parts[_QUALIFIER_N], *number;
    size_t n = 0;
    for (unsigned q = 0; q < _QUALIFIER_N; q++) {
        size_t k = s->by_qualifier[q];
        if (!hedges[q].one || !k)
            continue;
        if (s->incidents == 1)
            return arena_printf(mem, ", %s", hedges[q].one);
        number = say_number((int64_t)k, mem);
        parts[n++] = !number  ? NULL
                     : k == 1 ? arena_printf(mem, "%s is %s", number, hedges[q].one)
                              : arena_printf(mem, "%s are %s", number, hedges[q].many);
    }
    const char *all = say_all(parts, n, mem);
    return n && all ? arena_printf(mem, ", of which %s", all) : all;
}

/* "3.1 million people (3,100,000)"; a sum that cannot be told exactly is "more than" the greatest that can. */
static const char *say_total(const struct figure_sum *s, struct arena *mem)
{
    const char *unit = vocab_label(&vocab_unit, s->unit);
    const struct amount sum = {.value = s->sum, .qualifier = QUALIFIER_EXACT};
    if (s->sum.known)
        return say_amount(&sum, unit, mem);
    const char *most = say_number(LIMIT_NUMBER, mem);
    return most ? arena_printf(mem, "more than %s %s", most, unit) : NULL;
}

const char *say_sum(const struct figure_sum *s, struct arena *mem)
{
    const char *total = say_total(s, mem), *hedges = say_hedges(s, mem);
    const char *incidents = say_n(s->incidents, "incident", "incidents", mem);
    return total && incidents && hedges ? arena_printf(mem, "%s in %s%s", total, incidents, hedges) : NULL;
}

const char *say_left_out(const struct statistics *s, struct arena *mem)
{
    const char *parts[2];
    size_t n = 0;
    if (s->left_out_duplicates)
        parts[n++] =
            say_n(s->left_out_duplicates, "record that repeats another", "records that repeat another", mem);
    if (s->left_out_withdrawn)
        parts[n++] =
            say_n(s->left_out_withdrawn, "withdrawn or merged record", "withdrawn or merged records", mem);
    return say_all(parts, n, mem);
}
