/* SPDX-License-Identifier: MIT */
/* How single values are read: each into the one text that all values of its meaning share. */
#include "model/country.h"
#include "model/edtf.h"
#include "model/spelling.h"
#include "query/fold.h"
#include "query/params_parts.h"
#include "query/search.h"
#include "util/ascii.h"
#include "util/clock.h"
#include "util/limits.h"
#include "util/num.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <string.h>

/* Words of a vocabulary that a fault lists whole. */
#define WORDS_SHOWN 16

const char *add_value(struct parser *p, enum filter f, const char *value)
{
    struct filter_values *have = &p->q.filters[f];
    size_t at = 0;
    if (!value) {
        p->error = -ENOMEM;
        return NULL;
    }
    while (at < have->n && strcmp(have->values[at], value) < 0)
        at++;
    if (at < have->n && strcmp(have->values[at], value) == 0)
        return NULL;
    if (have->n == LIMIT_VALUES)
        return "too many values";
    const char **values = arena_array(p->mem, have->n + 1, sizeof *values);
    if (!values) {
        p->error = -ENOMEM;
        return NULL;
    }
    for (size_t i = 0; i < have->n; i++)
        values[i + (i >= at)] = have->values[i];
    values[at] = value;
    *have = (struct filter_values){values, have->n + 1};
    return NULL;
}

/* A fault whose text was made: without memory for it, the whole ends. */
static const char *made(struct parser *p, const char *detail)
{
    if (!detail)
        p->error = -ENOMEM;
    return detail;
}

/* --- words --- */

/* What would have been right: every word where they are few. ALSO: one more, or NULL. */
static const char *refuse_word(struct parser *p, const struct param *spec, const char *value,
                               const char *also)
{
    const struct vocab *v = spec->vocab;
    p->suggestion = vocab_nearest(v, value);
    if (v->n > WORDS_SHOWN)
        return made(p, arena_printf(p->mem, "not one of the words of %s", param_name(spec)));
    const char *all = "";
    for (unsigned i = 0; i < v->n && all; i++)
        all = arena_printf(p->mem, "%s%s%s", all, i ? ", " : "", vocab_id(v, i));
    if (all && also)
        all = arena_printf(p->mem, "%s, %s", all, also);
    return made(p, all ? arena_printf(p->mem, "not one of %s", all) : NULL);
}

const char *read_word(struct parser *p, const struct param *spec, const char *value)
{
    if (vocab_find(spec->vocab, value) < 0)
        return refuse_word(p, spec, value, spec->flags & PARAM_NONE ? QUERY_NONE : NULL);
    return add_value(p, spec->filter, value);
}

/* One word of a vocabulary whose first is what leaving the parameter out means. */
const char *read_choice(struct parser *p, const struct param *spec, const char *value)
{
    return vocab_find(spec->vocab, value) == 0 ? NULL : read_word(p, spec, value);
}

const char *read_unit(struct parser *p, const struct param *spec, const char *value)
{
    bool any = strcmp(value, "any") == 0;
    int unit = any ? QUERY_ANY_UNIT : vocab_find(spec->vocab, value);
    if (!any && unit < 0)
        return refuse_word(p, spec, value, "any");
    p->q.unit = unit;
    return unit == UNIT_PEOPLE ? NULL : add_value(p, spec->filter, value);
}

/* The syntax of ids (model): [a-z0-9][a-z0-9-]{0,127}. "none" is one. */
const char *read_id(struct parser *p, const struct param *spec, const char *value)
{
    size_t n = strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789-");
    if (value[n] || n > LIMIT_ID_BYTES || value[0] == '-')
        return "not an id: lower-case letters, digits and hyphens";
    return add_value(p, spec->filter, value);
}

const char *read_country(struct parser *p, const struct param *spec, const char *value)
{
    char *code = arena_strdup(p->mem, value);
    for (char *c = code; c && *c; c++)
        *c = ascii_upper(*c);
    if (code && !country_name(code))
        return "not a country code of two letters (ISO 3166-1)";
    return add_value(p, spec->filter, code);
}

const char *read_sector(struct parser *p, const struct param *spec, const char *value)
{
    size_t n = strspn(value, "0123456789");
    if (value[n] || n < 2 || n > 6)
        return "not a sector or its beginning: two to six digits of NAICS";
    return add_value(p, spec->filter, value);
}

const char *read_brand(struct parser *p, const struct param *spec, const char *value)
{
    return add_value(p, spec->filter, fold_text(value, p->mem));
}

const char *read_search(struct parser *p, const struct param *spec, const char *value)
{
    const char *canonical;
    p->searched = true;
    int outcome = search_parse(value, p->mem, &p->q.search, &canonical);
    if (outcome == 0)
        return add_value(p, spec->filter, canonical);
    if (outcome > 0)
        return search_reason(outcome);
    p->error = outcome;
    return NULL;
}

/* --- dates and times --- */

const char *read_year(struct parser *p, const struct param *spec, const char *value)
{
    uint64_t year;
    if (strlen(value) != 4 || num_parse_u64(value, 4, NUM_LEADING_ZEROS, 1, 9999, &year) != 0)
        return "not a year of four digits";
    return add_value(p, spec->filter, value);
}

/* What is asked is whether a date lies within these bounds: every text with the same ones asks the same. */
const char *read_date(struct parser *p, const struct param *spec, const char *value)
{
    struct edtf date;
    int outcome = edtf_parse(value, &date);
    if (outcome != 0)
        return made(
            p, arena_printf(p->mem, "%s (as 2019, 2019-03-29 or 2019-01/2019-06)", edtf_reason(outcome)));
    const char *span = edtf_span(date.earliest, date.latest, p->mem);
    if (span)
        (void)edtf_parse(span, &p->q.dates[spec->filter - FILTER_DATE]);
    return add_value(p, spec->filter, span);
}

/* A time, or the first second of a day, month or year. */
const char *read_since(struct parser *p, const struct param *spec, const char *value)
{
    char text[CLOCK_TEXT_SIZE];
    struct edtf date;
    int64_t second;
    if (clock_parse(value, &second)) {
        clock_format(second, text);
        return add_value(p, spec->filter, arena_strdup(p->mem, text));
    }
    if (strspn(value, "0123456789-") != strlen(value) || edtf_parse(value, &date) != 0)
        return "neither a date nor a time as 2019-03-29T12:00:00Z";
    return add_value(p, spec->filter, arena_printf(p->mem, "%sT00:00:00Z", date.earliest));
}

/* --- numbers --- */

const char *read_size(struct parser *p, const struct param *spec, const char *value)
{
    uint64_t size;
    if (num_parse_u64(value, strlen(value), NUM_PLAIN, 0, LIMIT_NUMBER, &size) != 0)
        return made(p, arena_printf(p->mem, "not a whole number from 0 to %" PRIu64, (uint64_t)LIMIT_NUMBER));
    struct count *to = spec->filter == FILTER_AFFECTED_MIN ? &p->q.affected_min : &p->q.affected_max;
    *to = (struct count){.known = true, .value = (int64_t)size};
    return add_value(p, spec->filter, value);
}

/* A number of things from 1 to MOST. */
static const char *read_number(struct parser *p, const char *value, unsigned most, unsigned *ret)
{
    uint64_t number;
    if (num_parse_u64(value, strlen(value), NUM_PLAIN, 1, most, &number) != 0)
        return made(p, arena_printf(p->mem, "not a whole number from 1 to %u", most));
    *ret = (unsigned)number;
    return NULL;
}

const char *read_limit(struct parser *p, const struct param *spec, const char *value)
{
    (void)spec;
    p->q.limited = true;
    return read_number(p, value, LIMIT_PAGE_MOST, &p->q.limit);
}

const char *read_facet_limit(struct parser *p, const struct param *spec, const char *value)
{
    (void)spec;
    return read_number(p, value, LIMIT_FACET_MOST, &p->q.facet_limit);
}

/* --- what else is asked for --- */

/* Words that are there for this query, for the one who gave another. */
static const char *refuse_other(struct parser *p, const char *value, const char *const *words, size_t n)
{
    const char *all = "";
    unsigned least = UINT_MAX;
    for (size_t i = 0; i < n && all; i++) {
        unsigned distance = spelling_distance(value, words[i]);
        if (distance < least && spelling_is_near(value, words[i])) {
            least = distance;
            p->suggestion = words[i];
        }
        all = arena_printf(p->mem, "%s%s%s", all, i ? ", " : "", words[i]);
    }
    return made(p, all ? arena_printf(p->mem, "not one of %s", all) : NULL);
}

const char *read_sort(struct parser *p, const struct param *spec, const char *value)
{
    const char *words[_SORT_N];
    size_t n = 0;
    (void)spec;
    for (unsigned s = 0; s < _SORT_N; s++) {
        if (!sort_is_of(p->q.list, (enum sort)s))
            continue;
        words[n++] = sort_word((enum sort)s);
        if (strcmp(value, words[n - 1]) == 0) {
            p->q.sort = (enum sort)s;
            p->sorted = true;
            return NULL;
        }
    }
    return refuse_other(p, value, words, n);
}

const char *read_facet(struct parser *p, const struct param *spec, const char *value)
{
    (void)spec;
    int facet = vocab_find(&vocab_facet, value);
    if (facet < 0)
        return refuse_word(p, spec, value, NULL);
    p->q.facets |= 1u << facet;
    return NULL;
}

const char *read_by(struct parser *p, const struct param *spec, const char *value)
{
    const char *words[_FACET_N];
    size_t n = 0;
    (void)spec;
    for (unsigned f = 0; f < _FACET_N; f++) {
        if (!facet_is_grouping((enum facet)f))
            continue;
        words[n++] = vocab_id(&vocab_facet, f);
        if (strcmp(value, words[n - 1]) == 0) {
            p->q.by = (enum facet)f;
            return NULL;
        }
    }
    return refuse_other(p, value, words, n);
}

const char *read_detail(struct parser *p, const struct param *spec, const char *value)
{
    static const char *const full[] = {"full"};
    (void)spec;
    if (strcmp(value, full[0]) != 0)
        return refuse_other(p, value, full, 1);
    p->q.full = true;
    return NULL;
}

const char *read_csv(struct parser *p, const struct param *spec, const char *value)
{
    static const char *const excel[] = {"excel"};
    (void)spec;
    if (strcmp(value, excel[0]) != 0)
        return refuse_other(p, value, excel, 1);
    p->q.excel = true;
    return NULL;
}

const char *read_after(struct parser *p, const struct param *spec, const char *value)
{
    (void)spec;
    p->after = value;
    return NULL;
}

const char *read_before(struct parser *p, const struct param *spec, const char *value)
{
    (void)spec;
    p->before = value;
    return NULL;
}
