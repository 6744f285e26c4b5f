/* SPDX-License-Identifier: MIT */
/*
 * A made-up incident as a whole: its id, dataset, title and how it hangs together with others. A duplicate is drawn from the
 * numbers of the incident it repeats, in another dataset and in other words.
 */
#include "generate.h"

#include "jsonw.h"
#include "util/clock.h"

#include <stdio.h>

#define N_OF(list)       (sizeof(list) / sizeof *(list))
#define PICK(c, weights) chance_pick((c), (weights), N_OF(weights))

/* Public sources as they are skewed: one large, one curated. */
static const struct {
    const char *id;
    uint16_t weight;
} datasets[] = {{"vcdb", 450}, {"hhs", 250}, {"bundled", 190}, {"hibp", 110}};
#define DATASETS N_OF(datasets)

#define FIRST_YEAR 2001
#define YEARS_DAYS 9131 /* 25 years */

/* The incident that INDEX repeats, or INDEX: an earlier one that repeats none itself. */
static uint32_t original_of(const struct world *w, uint32_t index)
{
    for (uint32_t at = index, tries = 0; tries < 8; tries++) {
        struct chance c = chance_of(w->seed, CHANCE_DUPLICATE, at);
        bool repeats = chance_is(&c, 20) && at > 0 && at < w->listed;
        if (!repeats)
            return at;
        at = chance_below(&c, at);
    }
    return 0;
}

static unsigned dataset_of(const struct world *w, uint32_t index)
{
    uint16_t weights[DATASETS];
    for (size_t i = 0; i < DATASETS; i++)
        weights[i] = datasets[i].weight;
    uint32_t original = original_of(w, index);
    struct chance c = chance_of(w->seed, CHANCE_INCIDENT, original);
    unsigned dataset = (unsigned)PICK(&c, weights);
    if (original == index)
        return dataset;
    c = chance_of(w->seed, CHANCE_INCIDENT, index);
    return (dataset + 1 + chance_below(&c, DATASETS - 1)) % DATASETS;
}

/* Ids are in no order, as names are; multiplying by an odd number keeps them apart. */
static uint32_t record_of(uint32_t index)
{
    return index * 2654435761u;
}

static void put_id(const struct world *w, uint32_t index, const char *key, struct strbuf *o)
{
    put_text_begin(o, key);
    strbuf_addf(o, "%s-%08x", datasets[dataset_of(w, index)].id, record_of(index));
    put_text_end(o);
}

static void put_title(struct scene *s)
{
    static const char *const endings[] = {
        "customer data exposed",
        "ransomware attack stops production",
        "employee records stolen",
        "server left open",
        "data offered for sale",
        "vendor breach exposes customers",
        "unauthorised access to systems",
        "laptop lost",
        "phishing opens mailboxes",
        "files published after attack",
        "records sent to wrong recipients",
        "data breach",
    };
    put_text_begin(s->o, "title");
    strbuf_adds(s->o, s->n_parties ? s->headline.name : "Company not named");
    strbuf_adds(s->o, ": ");
    strbuf_adds(s->o, endings[chance_below(&s->c, N_OF(endings))]);
    if (chance_is(&s->c, 400)) {
        strbuf_adds(s->o, ", ");
        lexicon_words(s->w->lexicon, &s->c, 1, 4, s->o);
    }
    put_text_end(s->o);
}

static void put_time(struct strbuf *o, const char *key, int64_t seconds)
{
    char time[CLOCK_TEXT_SIZE];
    clock_format(seconds, time);
    put_text(o, key, time);
}

/* Of what is withdrawn or merged there is little to say. */
static void put_fate(struct scene *s, uint32_t index, int64_t modified)
{
    static const uint16_t weights[_STATUS_N] = {150, 180, 600, 70, 0};
    const struct world *w = s->w;
    bool withdrawn = index >= w->listed && (index - w->listed) % 2 == 0;
    enum status status = withdrawn ? STATUS_WITHDRAWN : (enum status)PICK(&s->c, weights);
    put_text(s->o, "status", vocab_id(&vocab_status, status));
    if (status != STATUS_CONFIRMED && chance_is(&s->c, 300)) {
        put_text_begin(s->o, "status_note");
        lexicon_text(s->w->lexicon, &s->c, 4, 15, s->o);
        put_text_end(s->o);
    }
    if (withdrawn) {
        put_open(s->o, "withdrawn", '{');
        put_time(s->o, "at", modified);
        put_text(s->o, "reason", "The source took it back.");
        put_close(s->o, '}');
    } else if (index >= w->listed) {
        put_id(w, chance_below(&s->c, w->listed), "merged_into", s->o);
    }
}

static void put_relation(struct scene *s, uint32_t other, enum relation relation)
{
    put_open(s->o, NULL, '{');
    put_open(s->o, "incident", '{');
    put_id(s->w, other, "id", s->o);
    put_close(s->o, '}');
    put_text(s->o, "relation", vocab_id(&vocab_relation, relation));
    facts_put_evidence(s, relation == RELATION_DUPLICATE_OF ? CERTAINTY_CONFIRMED : CERTAINTY_CLAIMED);
    put_close(s->o, '}');
}

static void put_related(struct scene *s, uint32_t index)
{
    uint32_t original = original_of(s->w, index);
    put_open(s->o, "related", '[');
    if (original != index) {
        put_relation(s, original, RELATION_DUPLICATE_OF);
    } else if (index > 0 && index < s->w->listed && chance_is(&s->c, 40)) {
        uint32_t other = chance_below(&s->c, index);
        put_relation(s, other, (enum relation)chance_below(&s->c, RELATION_DUPLICATE_OF));
    }
    put_close(s->o, ']');
}

/* Draws what the parts of the record share; a duplicate's as those of what it repeats. */
static struct scene scene_of(const struct world *w, uint32_t index, struct strbuf *o)
{
    static const uint16_t parties[] = {30, 560, 200, 90, 45, 30, 20, 15, 10},
                          sources[] = {0, 420, 280, 150, 80, 40, 30};
    struct scene s = {.w = w, .c = chance_of(w->seed, CHANCE_FACTS, original_of(w, index)), .o = o};
    company_make(w, zipf_draw(&w->companies_often, &s.c), &s.headline);
    uint32_t a = chance_below(&s.c, YEARS_DAYS), b = chance_below(&s.c, YEARS_DAYS);
    s.day = clock_days(FIRST_YEAR, 1, 1) + (int32_t)(a > b ? a : b); /* ever more of them */
    s.n_parties = (unsigned)PICK(&s.c, parties);
    s.n_sources = (unsigned)PICK(&s.c, sources);
    return s;
}

static void put_lists(struct scene *s, uint32_t index)
{
    facts_put_figures(s); /* first: those of a duplicate are then the same */
    facts_put_dates(s);
    s->c = chance_of(s->w->seed, CHANCE_INCIDENT, index);
    facts_put_parties(s);
    facts_put_classes(s);
    facts_put_actors(s);
    facts_put_attack(s);
    facts_put_timeline(s);
    put_related(s, index);
    facts_put_caveats(s);
    facts_put_conflicts(s);
}

void incident_put(const struct world *w, uint32_t index, struct strbuf *o)
{
    struct scene s = scene_of(w, index, o);
    struct chance own = chance_of(w->seed, CHANCE_INCIDENT, ~(uint64_t)index);
    int64_t modified = (int64_t)clock_days(2023, 1, 1) * 86400 + chance_below(&own, 3 * 365 * 86400);
    const char *dataset = datasets[dataset_of(w, index)].id;
    char record[16];
    (void)snprintf(record, sizeof record, "%08x", record_of(index));
    put_open(o, NULL, '{');
    put_id(w, index, "id", o);
    put_open(o, "dataset", '{');
    put_text(o, "id", dataset);
    put_text(o, "record", record);
    put_close(o, '}');
    put_time(o, "added", modified - chance_below(&own, 2 * 365 * 86400));
    put_time(o, "modified", modified);
    put_lists(&s, index);
    s.c = own;
    put_title(&s);
    if (chance_is(&s.c, 880)) {
        put_text_begin(o, "summary");
        lexicon_text(w->lexicon, &s.c, 8, 60, o);
        put_text_end(o);
    }
    put_fate(&s, index, modified);
    facts_put_sources(&s, dataset, record);
    put_close(o, '}');
    strbuf_addc(o, '\n');
}
