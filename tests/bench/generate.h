/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_BENCH_GENERATE_H
#define BREACHD_BENCH_GENERATE_H

/*
 * A made-up catalogue in the native input format, skewed as real ones are. Nothing of it is kept: every company and every
 * incident follows from the seed and its own number, so that memory does not grow with them.
 */
#include "lexicon.h"
#include "model/vocab.h"
#include "util/strbuf.h"

#define AUTOMAKERS 24  /* the companies that are in the news most: numbers 0 to 23 */
#define ACTORS     400 /* known ones, by Zipf's law */
#define NAME_BYTES 128

struct world {
    uint64_t seed;
    uint32_t listed;    /* incidents */
    uint32_t unlisted;  /* beyond these: the even ones withdrawn, the odd ones merged */
    uint32_t companies; /* the most mentioned first */
    struct lexicon *lexicon;
    struct zipf companies_often, actors_often;
};

/* All of it follows from these two. 0 or -ENOMEM. */
int world_init(struct world *w, uint64_t seed, uint32_t incidents);
void world_done(struct world *w);

/* --- companies (generate_company.c) --- */

struct company {
    uint32_t index;
    enum org_kind kind;
    const char *country;     /* NULL: not known */
    const char *lang;        /* of NATIVE */
    const char *sector;      /* NAICS */
    char id[NAME_BYTES];     /* permanent */
    char name[NAME_BYTES];   /* in Latin letters */
    char native[NAME_BYTES]; /* in those of its country; empty: the same */
    char brand[16];          /* of the cars that it makes or sells; empty: none */
};

void company_make(const struct world *w, uint32_t index, struct company *ret);

/* A line of organizations.ndjson. */
void company_put(const struct world *w, uint32_t index, struct strbuf *o);

/* --- actors (generate_facts.c) --- */

struct actor_name {
    enum actor_kind kind;
    char id[NAME_BYTES], name[NAME_BYTES];
    const char *alias; /* or NULL */
};

/* An actor's name and kind follow from its number, so that all incidents agree on them. */
void actor_make(const struct world *w, uint32_t index, struct actor_name *ret);

/* --- incidents (generate_incident.c) --- */

/* A line of incidents.ndjson; INDEX below LISTED plus UNLISTED. */
void incident_put(const struct world *w, uint32_t index, struct strbuf *o);

/* --- what incidents are made of (generate_facts.c, generate_numbers.c) --- */

/* What the facts of one incident have in common. */
struct scene {
    const struct world *w;
    struct chance c;
    struct strbuf *o;
    struct company headline;
    int32_t day;        /* when it became known, in days since 1970 */
    unsigned n_parties; /* 0: nobody is named, HEADLINE is not either */
    unsigned n_sources; /* at least 1 */
};

void facts_put_dates(struct scene *s);
void facts_put_parties(struct scene *s);
void facts_put_figures(struct scene *s);
void facts_put_classes(struct scene *s);
void facts_put_actors(struct scene *s);
void facts_put_attack(struct scene *s);
void facts_put_timeline(struct scene *s);
void facts_put_caveats(struct scene *s);
void facts_put_conflicts(struct scene *s);
void facts_put_sources(struct scene *s, const char *dataset, const char *record);

/* Certainty and the other members of evidence. */
void facts_put_evidence(struct scene *s, enum certainty certainty);
enum certainty facts_certainty(struct scene *s);

/* A date about DAY, as sources give them: a day, a month, "about", "perhaps", within a span. */
void facts_put_date(struct scene *s, const char *key, int32_t day);

#endif
