/* SPDX-License-Identifier: MIT */
/* Incidents made up by chance, and the meaning of filters for them. */
#include "made_incidents.h"

#include <stdio.h>
#include <string.h>

#define N(array) (sizeof(array) / sizeof *(array))

static const struct {
    const char *id, *country, *sector;
    enum org_kind kind;
} orgs[] = {
    {"alpha", "US", "441110", ORG_DEALER},    {"beta", "US", "44", ORG_DEALER_GROUP},
    {"gamma", "JP", "336111", ORG_AUTOMAKER}, {"delta", "DE", NULL, ORG_SUPPLIER},
    {"epsilon", NULL, "522220", ORG_FINANCE}, {"zeta", NULL, NULL, ORG_OTHER},
    {"eta", "JP", "441110", ORG_DEALER},
};
static const char *const datasets[] = {"one", "three", "two"};
static const char *const classes[] = {"emails", "medical", "names", "other"};

static uint32_t state;

/* 0..N-1 */
static unsigned chance(unsigned n)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % n;
}

/* --- days --- */

static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static bool is_leap(int year)
{
    return year % 4 == 0; /* within 1970..2099 */
}

/* Y-M-D of a day counted from 1970. */
static void calendar(int day, int *y, int *m, int *d)
{
    int length;
    for (*y = 1970; day >= 365 + is_leap(*y); (*y)++)
        day -= 365 + is_leap(*y);
    for (*m = 0; day >= (length = month_days[*m] + (*m == 1 && is_leap(*y))); (*m)++)
        day -= length;
    *d = day + 1;
    (*m)++;
}

static int first_of(int year)
{
    int day = 0;
    for (int y = 1970; y < year; y++)
        day += 365 + is_leap(y);
    return day;
}

static int year_of(int day)
{
    int y, m, d;
    calendar(day, &y, &m, &d);
    return y;
}

/* --- making --- */

/* About day AROUND: unknown, a day, some days, a year, or open to one side. */
static struct made_date make_date(int around)
{
    int year = year_of(around);
    switch (chance(8)) {
    case 0:
    case 1:
        return (struct made_date){.form = MADE_NO_DATE};
    case 2:
        return (struct made_date){MADE_DATE, around, around + (int)chance(40)};
    case 3:
        return (struct made_date){MADE_DATE, first_of(year), first_of(year + 1) - 1};
    case 4:
        return (struct made_date){chance(2) ? MADE_OPEN_FIRST : MADE_OPEN_LAST, around, around};
    default:
        return (struct made_date){MADE_DATE, around, around};
    }
}

static struct made_figure make_figure(void)
{
    static const enum unit units[] = {UNIT_PEOPLE,  UNIT_PEOPLE,  UNIT_ACCOUNTS,
                                      UNIT_RECORDS, UNIT_DEALERS, UNIT_FILES};
    struct made_figure f = {.unit = units[chance(N(units))],
                            .qualifier = chance(_QUALIFIER_N),
                            .scope = chance(4) ? SCOPE_AFFECTED : SCOPE_CONTEXT,
                            .certainty = chance(6) ? CERTAINTY_CLAIMED : CERTAINTY_DENIED,
                            .value = MADE_UNKNOWN,
                            .min = MADE_UNKNOWN,
                            .max = MADE_UNKNOWN};
    int64_t size = chance(3) ? chance(1000) : (int64_t)chance(1u << 30) << chance(10);
    if (f.qualifier != QUALIFIER_BETWEEN) {
        f.value = size;
    } else {
        f.min = size;
        f.max = size + chance(1000000);
    }
    return f;
}

static struct made make(void)
{
    int around = first_of(2010) + (int)chance(365 * 6);
    struct made x = {.duplicate = chance(9) == 0,
                     .withdrawn = chance(15) == 0,
                     .merged = chance(15) == 0,
                     .status = chance(STATUS_WITHDRAWN),
                     .dataset = chance(N(datasets)),
                     .occurred = make_date(around),
                     .discovered = make_date(around + (int)chance(200) - 20),
                     .disclosed = make_date(around + (int)chance(400) - 20)};
    x.n_parties = chance(MADE_PARTIES + 1);
    for (size_t i = 0; i < x.n_parties; i++) {
        x.parties[i].org = chance(5) ? (int)chance(N(orgs)) : MADE_UNKNOWN;
        x.parties[i].kind = x.parties[i].org == MADE_UNKNOWN ? ORG_DEALER : orgs[x.parties[i].org].kind;
    }
    x.n_figures = chance(MADE_FIGURES + 1);
    for (size_t i = 0; i < x.n_figures; i++)
        x.figures[i] = make_figure();
    for (size_t i = 0; i < N(classes); i++)
        x.classes[i] = chance(3) ? MADE_UNKNOWN : (int)chance(_CERTAINTY_N);
    for (size_t i = 0; i < _ACTION_N; i++)
        x.actions[i] = chance(5) ? MADE_UNKNOWN : (int)chance(_CERTAINTY_N);
    x.merged = x.merged && !x.withdrawn;
    x.status = x.withdrawn ? STATUS_WITHDRAWN : x.status;
    return x;
}

const struct made *made_incidents(void)
{
    static struct made all[MADE_N];
    if (state)
        return all;
    state = 20190329;
    for (size_t i = 0; i < MADE_N; i++) {
        all[i] = make();
        all[i].duplicate = all[i].duplicate && i > 0; /* of the first, which is none */
        if (i == 0)
            all[i].withdrawn = all[i].merged = false;
    }
    all[0].status = STATUS_CONFIRMED;
    return all;
}

/* --- writing --- */

static void write_day(int day, struct strbuf *out)
{
    int y, m, d;
    calendar(day, &y, &m, &d);
    strbuf_addf(out, "%04d-%02d-%02d", y, m, d);
}

static const char *write_date(const char *kind, const struct made_date *x, const char *between,
                              struct strbuf *out)
{
    if (x->form == MADE_NO_DATE)
        return between;
    strbuf_addf(out, "%s{\"kind\":\"%s\",\"certainty\":\"claimed\",\"date\":{\"edtf\":\"", between, kind);
    bool within = x->first != x->last || x->form != MADE_DATE;
    strbuf_adds(out, within ? "[" : "");
    if (x->form != MADE_OPEN_FIRST)
        write_day(x->first, out);
    strbuf_adds(out, within ? ".." : "");
    if (x->form != MADE_OPEN_LAST && within)
        write_day(x->last, out);
    strbuf_adds(out, within ? "]" : "");
    strbuf_adds(out, "\"}}");
    return ",";
}

static void write_number(const char *name, int64_t n, struct strbuf *out)
{
    if (n != MADE_UNKNOWN)
        strbuf_addf(out, "\"%s\":%lld,", name, (long long)n);
}

static void write_figures(const struct made *x, struct strbuf *out)
{
    strbuf_adds(out, "],\"figures\":[");
    for (size_t i = 0; i < x->n_figures; i++) {
        const struct made_figure *f = &x->figures[i];
        strbuf_adds(out, i ? ",{" : "{");
        write_number("value", f->value, out);
        write_number("min", f->min, out);
        write_number("max", f->max, out);
        strbuf_addf(out, "\"unit\":\"%s\",\"qualifier\":\"%s\",\"scope\":\"%s\",\"certainty\":\"%s\"}",
                    vocab_id(&vocab_unit, f->unit), vocab_id(&vocab_qualifier, f->qualifier),
                    vocab_id(&vocab_scope, f->scope), vocab_id(&vocab_certainty, f->certainty));
    }
}

static void write_lists(const struct made *x, struct strbuf *out)
{
    const char *between = "";
    strbuf_adds(out, "\"dates\":[");
    between = write_date("occurred", &x->occurred, between, out);
    between = write_date("discovered", &x->discovered, between, out);
    (void)write_date("disclosed", &x->disclosed, between, out);
    strbuf_adds(out, "],\"parties\":[");
    for (size_t i = 0; i < x->n_parties; i++) {
        strbuf_adds(out, i ? ",{\"organization\":{" : "{\"organization\":{");
        if (x->parties[i].org == MADE_UNKNOWN)
            strbuf_adds(out, "\"name\":\"some dealers\",\"kind\":\"dealer\"");
        else
            strbuf_addf(out, "\"id\":\"%s\"", orgs[x->parties[i].org].id);
        strbuf_adds(out, "},\"role\":\"breached\",\"certainty\":\"claimed\"}");
    }
    write_figures(x, out);
    between = "],\"data_classes\":[";
    for (size_t i = 0; i < N(classes); i++) {
        if (x->classes[i] == MADE_UNKNOWN)
            continue;
        strbuf_addf(out, "%s{\"id\":\"%s\",\"certainty\":\"%s\"}", between, classes[i],
                    vocab_id(&vocab_certainty, (unsigned)x->classes[i]));
        between = ",";
    }
    strbuf_adds(out, *between == ',' ? "" : between);
    between = "],\"attack\":[";
    for (unsigned i = 0; i < _ACTION_N; i++) {
        if (x->actions[i] == MADE_UNKNOWN)
            continue;
        strbuf_addf(out, "%s{\"action\":\"%s\",\"certainty\":\"%s\"}", between, vocab_id(&vocab_action, i),
                    vocab_id(&vocab_certainty, (unsigned)x->actions[i]));
        between = ",";
    }
    strbuf_adds(out, *between == ',' ? "" : between);
    strbuf_adds(out, "],\"related\":[");
    if (x->duplicate)
        strbuf_adds(
            out,
            "{\"incident\":{\"id\":\"made-0\"},\"relation\":\"duplicate_of\",\"certainty\":\"confirmed\"}");
    strbuf_adds(out, "]");
}

static void write_incident(size_t n, const struct made *x, struct strbuf *out)
{
    strbuf_addf(
        out, "%s\n{\"id\":\"made-%zu\",\"title\":\"Made %zu\",\"status\":\"%s\",\"dataset\":{\"id\":\"%s\"},",
        n ? "," : "", n, n, vocab_id(&vocab_status, x->status), datasets[x->dataset]);
    strbuf_adds(out, "\"modified\":\"2020-01-01T00:00:00Z\",");
    if (x->withdrawn)
        strbuf_adds(out,
                    "\"withdrawn\":{\"at\":\"2020-05-05T00:00:00Z\",\"reason\":\"wrong\",\"by\":\"us\"},");
    if (x->merged)
        strbuf_adds(out, "\"merged_into\":\"made-0\",");
    write_lists(x, out);
    strbuf_addc(out, '}');
}

void made_document(struct strbuf *out)
{
    const struct made *all = made_incidents();
    strbuf_adds(out, "{\"datasets\":[");
    for (size_t i = 0; i < N(datasets); i++)
        strbuf_addf(out, "%s{\"id\":\"%s\",\"title\":\"Set %s\"}", i ? "," : "", datasets[i], datasets[i]);
    strbuf_adds(out, "],\"organizations\":[");
    for (size_t i = 0; i < N(orgs); i++) {
        strbuf_addf(out, "%s{\"id\":\"%s\",\"name\":\"%s\",\"kind\":\"%s\"", i ? "," : "", orgs[i].id,
                    orgs[i].id, vocab_id(&vocab_org_kind, orgs[i].kind));
        if (orgs[i].country)
            strbuf_addf(out, ",\"country\":\"%s\"", orgs[i].country);
        if (orgs[i].sector)
            strbuf_addf(out, ",\"sector\":\"%s\"", orgs[i].sector);
        strbuf_addc(out, '}');
    }
    strbuf_adds(out, "],\"incidents\":[");
    for (size_t i = 0; i < MADE_N; i++)
        write_incident(i, &all[i], out);
    strbuf_adds(out, "]}");
}

/* --- what they are --- */

static bool is(const char *a, const char *value)
{
    return strcmp(a ? a : QUERY_NONE, value) == 0;
}

/* The member of the organisation named first. */
#define FIRST_ORG(x, member)                                                                                 \
    ((x)->n_parties && (x)->parties[0].org != MADE_UNKNOWN ? orgs[(x)->parties[0].org].member : NULL)

static bool has_year(const struct made *x, const char *value)
{
    const struct made_date *dates[] = {&x->disclosed, &x->discovered, &x->occurred};
    char year[8];
    size_t i = 0;
    while (i < N(dates) && dates[i]->form == MADE_NO_DATE)
        i++;
    if (i == N(dates))
        return is(NULL, value);
    snprintf(year, sizeof year, "%d",
             year_of(dates[i]->form == MADE_OPEN_FIRST ? dates[i]->last : dates[i]->first));
    return is(year, value);
}

static const char *exposure_of(const struct made *x)
{
    size_t said[_CERTAINTY_N] = {0}, n = 0;
    for (size_t i = 0; i < N(classes); i++)
        if (x->classes[i] != MADE_UNKNOWN) {
            said[x->classes[i]]++;
            n++;
        }
    for (size_t i = 0; i < x->n_figures && n == 0; i++)
        said[x->figures[i].certainty] += x->figures[i].scope == SCOPE_AFFECTED;
    return said[CERTAINTY_CONFIRMED]                            ? "confirmed"
           : said[CERTAINTY_CLAIMED]                            ? "claimed"
           : said[CERTAINTY_SUSPECTED]                          ? "suspected"
           : said[CERTAINTY_DENIED] && !said[CERTAINTY_UNKNOWN] ? "denied"
                                                                : "unknown";
}

static bool is_claim(int certainty)
{
    return certainty == CERTAINTY_CONFIRMED || certainty == CERTAINTY_CLAIMED ||
           certainty == CERTAINTY_SUSPECTED;
}

static bool has_class(const struct made *x, const char *value)
{
    bool any = false;
    for (size_t i = 0; i < N(classes); i++)
        if (is_claim(x->classes[i])) {
            any = true;
            if (is(classes[i], value))
                return true;
        }
    return !any && is(NULL, value);
}

static bool has_action(const struct made *x, const char *value)
{
    bool any = false;
    for (unsigned i = 0; i < _ACTION_N; i++)
        if (x->actions[i] != MADE_UNKNOWN && x->actions[i] != CERTAINTY_DENIED) {
            any = true;
            if (is(vocab_id(&vocab_action, i), value))
                return true;
        }
    return !any && is(NULL, value);
}

static bool has_status(const struct made *x, const char *value)
{
    return is(x->withdrawn || x->merged ? "withdrawn" : vocab_id(&vocab_status, x->status), value);
}

static bool has(const struct made *x, enum filter f, const char *value)
{
    char sector[3] = "";
    const char *digits = FIRST_ORG(x, sector);
    switch (f) {
    case FILTER_COUNTRY:
        return is(FIRST_ORG(x, country), value);
    case FILTER_SECTOR:
        snprintf(sector, sizeof sector, "%s", digits ? digits : "");
        return is(digits ? sector : NULL, value);
    case FILTER_ACTION:
        return has_action(x, value);
    case FILTER_DATA_CLASS:
        return has_class(x, value);
    case FILTER_STATUS:
        return has_status(x, value);
    case FILTER_EXPOSURE:
        return is(exposure_of(x), value);
    case FILTER_DATASET:
        return is(datasets[x->dataset], value);
    case FILTER_YEAR:
        return has_year(x, value);
    default:
        return true;
    }
}

static bool is_among(const struct filter_values *f, const char *value)
{
    for (size_t i = 0; i < f->n; i++)
        if (is(value, f->values[i]))
            return true;
    return f->n == 0;
}

/* One party has to be of the organisation and of the kind. */
static bool parties_match(const struct made *x, const struct query *q)
{
    const struct filter_values *ids = &q->filters[FILTER_ORGANIZATION],
                               *kinds = &q->filters[FILTER_PARTY_KIND];
    for (size_t i = 0; i < x->n_parties; i++) {
        const struct made_party *p = &x->parties[i];
        bool right = !ids->n || (p->org != MADE_UNKNOWN && is_among(ids, orgs[p->org].id));
        if (right && is_among(kinds, vocab_id(&vocab_org_kind, p->kind)))
            return true;
    }
    return !ids->n && (!kinds->n || (!x->n_parties && is_among(kinds, NULL)));
}

bool made_matches(const struct made *x, const struct query *q)
{
    bool unlisted = x->withdrawn || x->merged;
    if (unlisted && !q->filters[FILTER_STATUS].n)
        return false;
    if (q->filters[FILTER_DUPLICATES].n && x->duplicate)
        return false;
    for (enum filter f = 0; f < FILTER_TEXT; f++) {
        bool any = q->filters[f].n == 0;
        for (size_t i = 0; i < q->filters[f].n; i++)
            any = any || has(x, f, q->filters[f].values[i]);
        if (!any)
            return false;
    }
    return parties_match(x, q);
}

/* --- values --- */

#define VALUES(...)                                                                                          \
    {                                                                                                        \
        (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)      \
    }
static const struct {
    const char *const *values;
    size_t n;
} values[_FACET_N] = {
    [FACET_COUNTRY] = VALUES("DE", "JP", "US", QUERY_NONE),
    [FACET_SECTOR] = VALUES("33", "44", "52", QUERY_NONE),
    [FACET_ACTION] = VALUES("environmental", "error", "hacking", "malware", "misuse", "physical", "social",
                            "unknown", QUERY_NONE),
    [FACET_DATA_CLASS] = VALUES("emails", "medical", "names", "other", QUERY_NONE),
    [FACET_STATUS] = VALUES("claimed", "confirmed", "disputed", "suspected", "withdrawn"),
    [FACET_EXPOSURE] = VALUES("claimed", "confirmed", "denied", "suspected", "unknown"),
    [FACET_DATASET] = VALUES("one", "three", "two"),
    [FACET_YEAR] =
        VALUES("2009", "2010", "2011", "2012", "2013", "2014", "2015", "2016", "2017", "2018", QUERY_NONE),
    [FACET_PARTY_KIND] =
        VALUES("automaker", "dealer", "dealer_group", "finance", "other", "supplier", QUERY_NONE),
};

const char *const *made_values(enum facet f, size_t *ret_n)
{
    *ret_n = values[f].n;
    return values[f].values;
}

const char *made_org(size_t i)
{
    return i < N(orgs) ? orgs[i].id : NULL;
}

/* --- numbers --- */

static int64_t size_of(const struct made_figure *f)
{
    return f->value != MADE_UNKNOWN ? f->value : f->max != MADE_UNKNOWN ? f->max : f->min;
}

/* Of all affected, not denied: no placeholder before one, then by unit, then the highest, then the first. */
const struct made_figure *made_headline(const struct made *x)
{
    const struct made_figure *best = NULL;
    for (size_t i = 0; i < x->n_figures; i++) {
        const struct made_figure *f = &x->figures[i];
        if (f->scope != SCOPE_AFFECTED || f->certainty == CERTAINTY_DENIED || f->unit > UNIT_ORGANIZATIONS ||
            f->qualifier == QUALIFIER_PLACEHOLDER)
            continue;
        if (!best || f->unit < best->unit || (f->unit == best->unit && size_of(f) > size_of(best)))
            best = f;
    }
    return best;
}

bool made_delay(const struct made_date *a, const struct made_date *b, int *ret_min, int *ret_max)
{
    if (a->form != MADE_DATE || b->form != MADE_DATE || b->last < a->first)
        return false;
    *ret_min = b->first > a->last ? b->first - a->last : 0;
    *ret_max = b->last - a->first;
    return true;
}
