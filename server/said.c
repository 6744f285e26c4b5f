/* SPDX-License-Identifier: MIT */
/*
 * Filters in the words of people: each with a name, its values by the names of what they stand for, and all of them as
 * one clause that follows what is listed ("incidents in Japan, 2019 or 2020, naming hacking").
 */
#include "load.h"
#include "model/country.h"
#include "model/sector.h"
#include "query/params.h"
#include "storage/storage.h"

#include <errno.h>
#include <string.h>

struct saying {
    enum filter filter;
    const char *label; /* of a value that stands by itself: "country" */
    const char
        *before; /* its values in the clause: "in " and "Japan or Germany"; "" is "of " where it begins */
    const char *none; /* what the clause has for "not known"; NULL: "with", LABEL and "not known" */
    const struct vocab *vocab;
};

/* In the order of the clause. */
static const struct saying sayings[] = {
    {FILTER_KIND, "kind", "of the kind ", NULL, NULL},
    {FILTER_COUNTRY, "country", "in ", NULL, NULL},
    {FILTER_YEAR, "year", "", NULL, NULL},
    {FILTER_DATE, "date", "dated ", NULL, NULL},
    {FILTER_OCCURRED, "occurred", "that occurred ", "with no known date of occurrence", NULL},
    {FILTER_DISCOVERED, "discovered", "discovered ", "with no known date of discovery", NULL},
    {FILTER_CONTAINED, "contained", "contained ", "with no known date of containment", NULL},
    {FILTER_NOTIFIED, "notified", "notified ", "with no known date of notification", NULL},
    {FILTER_DISCLOSED, "disclosed", "disclosed ", "with no known date of disclosure", NULL},
    {FILTER_MATCH, "dates", "", NULL, NULL},
    {FILTER_ORGANIZATION, "organisation", "naming ", "naming no organisation", NULL},
    {FILTER_REACH, "including", "with ", NULL, &vocab_reach},
    {FILTER_PARTY_KIND, "kind of organisation", "with an organisation of the kind ", "without organisations",
     &vocab_org_kind},
    {FILTER_ROLE, "role", "in the role ", "without organisations", &vocab_role},
    {FILTER_OWNER, "owner", "owned by ", "with no known owner", NULL},
    {FILTER_BRAND, "brand", "of the brand ", "with no known brand", NULL},
    {FILTER_SECTOR, "line of business", "in the business of ", NULL, NULL},
    {FILTER_ACTION, "what was done", "naming ", "naming nothing that was done", &vocab_action},
    {FILTER_ACTOR, "actor", "naming as the actor ", "naming no actor", NULL},
    {FILTER_DATA_CLASS, "kind of data", "naming as data ", "naming no kind of data", &vocab_data_class},
    {FILTER_STATUS, "status", "marked ", NULL, &vocab_status},
    {FILTER_EXPOSURE, "exposure", "marked ", NULL, &vocab_exposure},
    {FILTER_SOURCE_CLASS, "source", "with a source of the kind ", "with no known kind of source",
     &vocab_source_class},
    {FILTER_DATASET, "dataset", "from ", NULL, NULL},
    {FILTER_INCIDENT, "incident", "of the incident ", NULL, NULL},
    {FILTER_TEXT, "text", "with the text ", NULL, NULL},
    {FILTER_AFFECTED_MIN, "at least", "with at least ", NULL, NULL},
    {FILTER_AFFECTED_MAX, "at most", "with at most ", NULL, NULL},
    {FILTER_UNIT, "counted in", "counted in ", NULL, &vocab_unit},
    {FILTER_MODIFIED_SINCE, "changed since", "changed since ", NULL, NULL},
    {FILTER_DUPLICATES, "repeated records", "with repeated records ", NULL, &query_duplicates},
};
#define N_SAYINGS (sizeof sayings / sizeof *sayings)
_Static_assert(N_SAYINGS == _FILTER_N, "each filter can be said");

/* A text searched for may be the word "none". */
static bool is_unknown(const struct saying *s, const char *value)
{
    return strcmp(value, QUERY_NONE) == 0 && s->filter != FILTER_TEXT;
}

/* --- values --- */

static const char *sector_words(const struct load *l, const char *digits)
{
    const char *name = sector_name(digits);
    return name ? arena_printf(l->mem, "%s (%s)", name, digits) : digits;
}

static const char *date_words(const struct load *l, const char *text)
{
    struct edtf d;
    return edtf_parse(text, &d) == 0 ? edtf_words(&d, l->mem) : text;
}

/* "1,000 people" */
static const char *size_words(const struct load *l, const struct count *c)
{
    const char *number = say_number(c->value, l->mem);
    const char *unit =
        l->q.unit == QUERY_ANY_UNIT ? "affected" : vocab_label(&vocab_unit, (unsigned)l->q.unit);
    return number ? arena_printf(l->mem, "%s %s", number, unit) : NULL;
}

/* What VALUE is called where that is known without asking storage; else VALUE. NULL: out of memory. */
static const char *known_words(const struct load *l, const struct saying *s, const char *value)
{
    const struct vocab *v = s->vocab;
    enum filter f = s->filter;
    if (f == FILTER_TEXT)
        return arena_printf(l->mem, "“%s”", value);
    if (f == FILTER_MATCH)
        return "for certain";
    if (f == FILTER_KIND)
        v = l->q.list == QUERY_TIMELINE ? &vocab_event_kind : &vocab_org_kind;
    if (f == FILTER_COUNTRY)
        return country_name(value) ? country_name(value) : value;
    if (f == FILTER_SECTOR)
        return sector_words(l, value);
    if (f >= FILTER_DATE && f < FILTER_DATE + QUERY_DATES)
        return date_words(l, value);
    if (f == FILTER_AFFECTED_MIN || f == FILTER_AFFECTED_MAX)
        return size_words(l, f == FILTER_AFFECTED_MIN ? &l->q.affected_min : &l->q.affected_max);
    int i = v ? vocab_find(v, value) : -1;
    return i >= 0 ? vocab_label(v, (unsigned)i) : value;
}

static int organization_words(const struct load *l, const char *id, const char **ret)
{
    struct organization x;
    int r = storage_get_organization(l->rd, id, l->mem, &x);
    if (r == 0)
        *ret = x.row.name;
    return r;
}

static int actor_words(const struct load *l, const char *id, const char **ret)
{
    struct actor_row x;
    int r = storage_get_actor(l->rd, id, l->mem, &x);
    if (r == 0)
        *ret = x.name;
    return r;
}

static int incident_words(const struct load *l, const char *id, const char **ret)
{
    struct incident x;
    int r = storage_get_incident(l->rd, id, l->mem, &x);
    if (r == 0)
        *ret = x.row.title;
    return r;
}

static int dataset_words(const struct load *l, const char *id, const char **ret)
{
    struct dataset x;
    int r = storage_get_dataset(l->rd, id, l->mem, &x);
    if (r == 0 && x.title)
        *ret = x.title;
    return r;
}

/* What is not in the catalogue is called by its id. 0, -ENOMEM or STORAGE_E_*. */
static int value_words(const struct load *l, const struct saying *s, const char *value, const char **ret)
{
    static int (*const named[_FILTER_N])(const struct load *, const char *, const char **) = {
        [FILTER_ORGANIZATION] = organization_words,
        [FILTER_OWNER] = organization_words,
        [FILTER_ACTOR] = actor_words,
        [FILTER_INCIDENT] = incident_words,
        [FILTER_DATASET] = dataset_words,
    };
    if (!(*ret = is_unknown(s, value) ? "not known" : known_words(l, s, value)))
        return -ENOMEM;
    int (*name)(const struct load *, const char *, const char **) = named[s->filter];
    int r = name && !is_unknown(s, value) ? name(l, value, ret) : 0;
    return r == STORAGE_E_NOT_FOUND ? 0 : r;
}

/* --- the clause --- */

/* A unit is said with the sizes that are counted in it. */
static bool is_said(const struct load *l, enum filter f)
{
    bool sized = l->q.filters[FILTER_AFFECTED_MIN].n || l->q.filters[FILTER_AFFECTED_MAX].n;
    return l->q.filters[f].n && (f != FILTER_UNIT || !sized);
}

/* One filter's part of it: "in Japan or Germany or country not known". */
static void put_clause(const struct saying *s, const struct active_filter *values, size_t n,
                       struct strbuf *out)
{
    const char *between = *s->before || out->size ? s->before : "of ";
    bool none = false;
    if (out->size)
        strbuf_adds(out, s->filter == FILTER_REACH ? " " : ", ");
    for (size_t i = 0; i < n; i++) {
        if (is_unknown(s, values[i].value)) {
            none = true;
            continue;
        }
        const char *article = s->filter == FILTER_COUNTRY ? country_article(values[i].value) : "";
        strbuf_addf(out, "%s%s%s", between, article, values[i].value_label);
        between = " or ";
    }
    if (!none)
        return;
    if (n > 1)
        strbuf_adds(out, " or ");
    if (s->none)
        strbuf_adds(out, s->none);
    else
        strbuf_addf(out, "with %s not known", s->label);
}

static int fill_value(const struct load *l, const struct saying *s, const char *value,
                      struct active_filter *ret)
{
    *ret = (struct active_filter){.name = filter_name(s->filter), .value = value, .name_label = s->label};
    int r = value_words(l, s, value, &ret->value_label);
    if (r == 0)
        ret->remove = link_without(l, s->filter, value);
    return r != 0 || ret->remove ? r : -ENOMEM;
}

static int fill_values(const struct load *l, struct active_filter *ret, struct strbuf *clause)
{
    int r = 0;
    for (size_t s = 0; s < N_SAYINGS; s++) {
        const struct filter_values *have = &l->q.filters[sayings[s].filter];
        for (size_t i = 0; i < have->n && r == 0; i++)
            r = fill_value(l, &sayings[s], have->values[i], &ret[i]);
        if (r != 0)
            return r;
        if (is_said(l, sayings[s].filter))
            put_clause(&sayings[s], ret, have->n, clause);
        ret += have->n;
    }
    return clause->failed ? -ENOMEM : 0;
}

int said_filters(const struct load *l, struct list_info *ret)
{
    _cleanup_strbuf_ struct strbuf clause = STRBUF_INIT;
    size_t n = 0;
    for (unsigned f = 0; f < _FILTER_N; f++)
        n += l->q.filters[f].n;
    struct active_filter *filters = arena_array(l->mem, n, sizeof *filters);
    int r = filters ? fill_values(l, filters, &clause) : -ENOMEM;
    if (r != 0)
        return r;
    ret->filters = filters;
    ret->n_filters = n;
    ret->text = clause.size ? arena_strdup(l->mem, clause.data) : "";
    return ret->text ? 0 : -ENOMEM;
}
