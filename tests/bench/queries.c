/* SPDX-License-Identifier: MIT */
/*
 * Questions as people may ask them of a catalogue that generate made, by chance but the same ones for the same numbers; and what
 * SQL would be asked for the same answer. A line each: kind, target, SQL, with tabs between.
 *
 * usage: queries KIND NUMBER SEED INCIDENTS
 *
 * KIND: filters (default order), facets (of a random filter), sorts (filters in another order), mix (70 % filters, 20 % one or two words, 5 % prefixes, 5 % phrases).
 * SEED and INCIDENTS are those of the catalogue.
 */
#include "generate.h"

#include "util/num.h"

#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_OF(list)       (sizeof(list) / sizeof *(list))
#define PICK(c, weights) chance_pick((c), (weights), N_OF(weights))

struct question {
    const struct world *w;
    struct chance c;
    const char *kind;
    struct strbuf target, where;
};

/* --- values --- */

static void draw_word_of(struct question *q, const struct vocab *v, struct strbuf *o)
{
    strbuf_adds(o, vocab_id(v, chance_below(&q->c, 1 + chance_below(&q->c, (uint32_t)v->n))));
}

static void draw_country(struct question *q, struct strbuf *o)
{
    struct company x;
    do
        company_make(q->w, zipf_draw(&q->w->companies_often, &q->c), &x);
    while (!x.country);
    strbuf_adds(o, x.country);
}

static void draw_sector(struct question *q, struct strbuf *o)
{
    static const char *const sectors[] = {"44", "441110", "52", "62", "51", "336", "61", "54"};
    strbuf_adds(o, sectors[chance_below(&q->c, N_OF(sectors))]);
}

static void draw_year(struct question *q, struct strbuf *o)
{
    strbuf_addf(o, "%u", 2005 + chance_below(&q->c, 21));
}

static void draw_dataset(struct question *q, struct strbuf *o)
{
    static const char *const datasets[] = {"vcdb", "hhs", "bundled", "hibp"};
    strbuf_adds(o, datasets[chance_below(&q->c, N_OF(datasets))]);
}

static void draw_status(struct question *q, struct strbuf *o)
{
    strbuf_adds(o, vocab_id(&vocab_status, chance_below(&q->c, STATUS_WITHDRAWN)));
}

static void draw_exposure(struct question *q, struct strbuf *o)
{
    draw_word_of(q, &vocab_exposure, o);
}

static void draw_action(struct question *q, struct strbuf *o)
{
    draw_word_of(q, &vocab_action, o);
}

static void draw_class(struct question *q, struct strbuf *o)
{
    draw_word_of(q, &vocab_data_class, o);
}

static void draw_party_kind(struct question *q, struct strbuf *o)
{
    draw_word_of(q, &vocab_org_kind, o);
}

static void draw_source_class(struct question *q, struct strbuf *o)
{
    draw_word_of(q, &vocab_source_class, o);
}

static void draw_organization(struct question *q, struct strbuf *o)
{
    struct company x;
    company_make(q->w, zipf_draw(&q->w->companies_often, &q->c), &x);
    strbuf_adds(o, x.id);
}

static void draw_actor(struct question *q, struct strbuf *o)
{
    struct actor_name x;
    actor_make(q->w, zipf_draw(&q->w->actors_often, &q->c), &x);
    strbuf_adds(o, x.id);
}

static void draw_size(struct question *q, struct strbuf *o)
{
    strbuf_addf(o, "%llu", (unsigned long long)chance_size(&q->c, 6));
}

static void draw_month(struct question *q, struct strbuf *o)
{
    unsigned year = 2005 + chance_below(&q->c, 21);
    strbuf_addf(o, "%u-%02u", year, 1 + chance_below(&q->c, 12));
}

/* --- filters --- */

/* How often a filter is asked for among a hundred or so, and what it is in SQL, where % is the value. */
static const struct filter {
    const char *name;
    uint16_t weight;
    void (*draw)(struct question *q, struct strbuf *o);
    const char *sql;
} filters[] = {
    {"country", 20, draw_country, "country = '%'"},
    {"year", 16, draw_year, "year = '%'"},
    {"status", 8, draw_status, "status = '%'"},
    {"exposure", 6, draw_exposure, "exposure = '%'"},
    {"sector", 8, draw_sector, "sector >= '%' AND sector < '%~'"},
    {"dataset", 5, draw_dataset, "dataset = '%'"},
    {"action", 10, draw_action, "n IN (SELECT incident FROM attack WHERE action = '%')"},
    {"data_class", 10, draw_class,
     "n IN (SELECT incident FROM data_class WHERE id = '%' AND certainty IN ('confirmed', 'claimed', "
     "'suspected'))"},
    {"organization", 8, draw_organization,
     "n IN (SELECT incident FROM party WHERE organization = (SELECT n FROM organization WHERE id = '%'))"},
    {"reach=all&organization", 3, draw_organization,
     "n IN (SELECT incident FROM reach WHERE organization = (SELECT n FROM organization WHERE id = '%'))"},
    {"actor", 6, draw_actor, "n IN (SELECT incident FROM actor WHERE id = '%')"},
    {"party_kind", 5, draw_party_kind, "n IN (SELECT incident FROM party WHERE kind = '%')"},
    {"source_class", 4, draw_source_class, "n IN (SELECT incident FROM source WHERE class = '%')"},
    {"affected_min", 6, draw_size, "affected_unit = 'people' AND affected_size >= %"},
    {"disclosed", 4, draw_month, "disclosed LIKE '%%%'"},
    {"occurred", 3, draw_month, "occurred LIKE '%%%'"},
};

/* SQL with % made VALUE, and %% made %. */
static void add_sql(struct strbuf *o, const char *sql, const char *value)
{
    strbuf_adds(o, " AND ");
    for (; *sql; sql++)
        if (*sql != '%')
            strbuf_addc(o, *sql);
        else if (sql[1] == '%' && sql[2] == '%') {
            strbuf_adds(o, value);
            strbuf_addc(o, '%');
            sql += 2;
        } else
            strbuf_adds(o, value);
}

static void add_argument(struct question *q, const char *name)
{
    strbuf_addc(&q->target, strchr(q->target.data, '?') ? '&' : '?');
    strbuf_adds(&q->target, name);
    strbuf_addc(&q->target, '=');
}

static void add_filter(struct question *q, const struct filter *f)
{
    _cleanup_strbuf_ struct strbuf value = STRBUF_INIT;
    f->draw(q, &value);
    add_argument(q, f->name);
    strbuf_adds(&q->target, value.data);
    add_sql(&q->where, f->sql, value.data);
}

/* N different ones; an organisation is asked for in one way at most. */
static void add_filters(struct question *q, unsigned n)
{
    uint16_t weights[N_OF(filters)];
    for (size_t i = 0; i < N_OF(filters); i++)
        weights[i] = filters[i].weight;
    for (; n > 0; n--) {
        size_t at = PICK(&q->c, weights);
        for (size_t i = 0; i < N_OF(filters); i++)
            if (i == at || (filters[i].draw == draw_organization && filters[at].draw == draw_organization))
                weights[i] = 0;
        add_filter(q, &filters[at]);
    }
}

static void ask_filters(struct question *q)
{
    static const char *const kinds[] = {"1 filter", "2 filters", "3 filters"};
    static const uint16_t weights[] = {45, 35, 20};
    unsigned n = (unsigned)PICK(&q->c, weights);
    q->kind = kinds[n];
    add_filters(q, n + 1);
}

/* --- words --- */

static void add_escaped(struct strbuf *o, const char *text)
{
    for (; *text; text++)
        if (isalnum((unsigned char)*text))
            strbuf_addc(o, *text);
        else
            strbuf_addf(o, "%%%02X", (unsigned char)*text);
}

/* The q of the question, and as FTS5 has it. */
static void add_text(struct question *q, const char *text, const char *match)
{
    add_argument(q, "q");
    add_escaped(&q->target, text);
    strbuf_addf(&q->where, " AND n IN (SELECT rowid FROM words WHERE words MATCH '%s')", match);
}

static void ask_words(struct question *q)
{
    const char *one = lexicon_draw(q->w->lexicon, &q->c), *two = lexicon_draw(q->w->lexicon, &q->c);
    char text[64], match[64];
    bool both = chance_is(&q->c, 500);
    (void)snprintf(text, sizeof text, "%s%s%s", one, both ? " " : "", both ? two : "");
    (void)snprintf(match, sizeof match, both ? "\"%s\" \"%s\"" : "\"%s\"", one, two);
    q->kind = both ? "2 words" : "1 word";
    add_text(q, text, match);
}

static void ask_prefix(struct question *q)
{
    char text[8], match[16];
    const char *word = lexicon_draw(q->w->lexicon, &q->c);
    int n = (int)(3 + chance_below(&q->c, 3));
    (void)snprintf(text, sizeof text, "%.*s*", n, word);
    (void)snprintf(match, sizeof match, "\"%.*s\"*", n, word);
    q->kind = "prefix";
    add_text(q, text, match);
}

/* A company's name, or two words that may never stand together. */
static void ask_phrase(struct question *q)
{
    struct company x;
    char words[NAME_BYTES], text[NAME_BYTES + 2];
    const char *one = lexicon_draw(q->w->lexicon, &q->c), *two = lexicon_draw(q->w->lexicon, &q->c);
    company_make(q->w, zipf_draw(&q->w->companies_often, &q->c), &x);
    if (chance_is(&q->c, 600))
        (void)snprintf(words, sizeof words, "%s", *x.native ? x.native : x.name);
    else
        (void)snprintf(words, sizeof words, "%s %s", one, two);
    (void)snprintf(text, sizeof text, "\"%s\"", words);
    q->kind = "phrase";
    add_text(q, text, text);
}

/* --- kinds --- */

static void ask_mix(struct question *q)
{
    static void (*const asks[])(struct question *) = {ask_filters, ask_words, ask_prefix, ask_phrase};
    static const uint16_t weights[N_OF(asks)] = {70, 20, 5, 5};
    asks[PICK(&q->c, weights)](q);
}

static void ask_facets(struct question *q)
{
    ask_filters(q);
    q->kind = "facets";
    strbuf_adds(&q->target,
                "&facet=country,sector,action,data_class,status,exposure,dataset,year,party_kind");
}

static void ask_sorts(struct question *q)
{
    static const char *const sorts[] = {"date", "-affected", "affected", "-modified", "modified", "title"};
    ask_filters(q);
    q->kind = sorts[chance_below(&q->c, N_OF(sorts))];
    add_argument(q, "sort");
    strbuf_adds(&q->target, q->kind);
}

static const struct {
    const char *name;
    void (*ask)(struct question *q);
} kinds[] = {{"filters", ask_filters}, {"facets", ask_facets}, {"sorts", ask_sorts}, {"mix", ask_mix}};

static void print(const struct question *q)
{
    const char *where = q->where.data;
    (void)printf("%s\t%s\tSELECT count(*) FROM incident WHERE listed = 1%s; "
                 "SELECT * FROM incident WHERE listed = 1%s ORDER BY n LIMIT 25\n",
                 q->kind, q->target.data, where, where);
}

static uint64_t number(const char *text)
{
    uint64_t value;
    if (num_parse_u64(text, strlen(text), NUM_PLAIN, 0, UINT32_MAX, &value) != 0)
        errx(2, "%s: is no number", text);
    return value;
}

int main(int argc, char **argv)
{
    size_t kind = 0;
    while (argc == 5 && kind < N_OF(kinds) && strcmp(argv[1], kinds[kind].name) != 0)
        kind++;
    if (argc != 5 || kind == N_OF(kinds))
        errx(2, "usage: queries filters|facets|sorts|mix NUMBER SEED INCIDENTS");
    struct world w;
    if (world_init(&w, number(argv[3]), (uint32_t)number(argv[4])) != 0)
        errx(1, "out of memory");
    for (uint64_t n = number(argv[2]), i = 0; i < n; i++) {
        struct question q = {.w = &w, .c = chance_of(w.seed + kind, CHANCE_QUERY, i)};
        strbuf_adds(&q.target, "/incidents.json");
        kinds[kind].ask(&q);
        print(&q);
        strbuf_done(&q.target);
        strbuf_done(&q.where);
    }
    world_done(&w);
    return 0;
}
