/* SPDX-License-Identifier: MIT */
/* The lists of a made-up incident: how many members each has and of what kinds, by weights read off real records. */
#include "generate.h"

#include "jsonw.h"
#include "util/clock.h"

#include <stdio.h>

#define N_OF(list)       (sizeof(list) / sizeof *(list))
#define ANY(c, list)     ((list)[chance_below((c), N_OF(list))])
#define PICK(c, weights) chance_pick((c), (weights), N_OF(weights))
#define DAY_TEXT         11

/* --- dates and evidence --- */

static void day_text(int32_t day, char ret[static CLOCK_TEXT_SIZE])
{
    clock_format((int64_t)day * 86400, ret);
    ret[DAY_TEXT - 1] = '\0';
}

enum form { FORM_DAY, FORM_MONTH, FORM_YEAR, FORM_ABOUT, FORM_PERHAPS, FORM_INTERVAL, FORM_WITHIN, _FORM_N };

void facts_put_date(struct scene *s, const char *key, int32_t day)
{
    static const uint16_t weights[_FORM_N] = {600, 130, 70, 60, 40, 60, 40};
    enum form form = (enum form)PICK(&s->c, weights);
    char first[CLOCK_TEXT_SIZE], last[CLOCK_TEXT_SIZE];
    day_text(day, first);
    day_text(day + 1 + (int32_t)chance_below(&s->c, 60), last);
    if (form == FORM_MONTH || form == FORM_YEAR)
        first[form == FORM_MONTH ? 7 : 4] = '\0';
    put_text_begin(s->o, key);
    strbuf_adds(s->o, form == FORM_WITHIN ? "[" : "");
    strbuf_adds(s->o, first);
    if (form == FORM_ABOUT || form == FORM_PERHAPS)
        strbuf_addc(s->o, form == FORM_ABOUT ? '~' : '?');
    if (form == FORM_INTERVAL || form == FORM_WITHIN) {
        strbuf_adds(s->o, form == FORM_WITHIN ? ".." : "/");
        strbuf_adds(s->o, last);
        strbuf_adds(s->o, form == FORM_WITHIN ? "]" : "");
    }
    put_text_end(s->o);
}

enum certainty facts_certainty(struct scene *s)
{
    static const uint16_t weights[_CERTAINTY_N] = {450, 300, 180, 30, 40};
    return (enum certainty)PICK(&s->c, weights);
}

static void put_asserter(struct scene *s)
{
    static const uint16_t weights[_CLASS_N] = {150, 400, 80, 200, 30, 40, 100};
    enum source_class class = (enum source_class)PICK(&s->c, weights);
    put_open(s->o, "asserted_by", '{');
    put_text_begin(s->o, "name");
    if (class == CLASS_COMPANY && s->n_parties)
        strbuf_adds(s->o, s->headline.name);
    else
        strbuf_adds(s->o, lexicon_rare(s->w->lexicon, &s->c));
    put_text_end(s->o);
    put_text(s->o, "class", vocab_id(&vocab_source_class, class));
    put_close(s->o, '}');
}

static void put_words(struct scene *s, const char *key, unsigned least, unsigned most)
{
    put_text_begin(s->o, key);
    lexicon_text(s->w->lexicon, &s->c, least, most, s->o);
    put_text_end(s->o);
}

void facts_put_evidence(struct scene *s, enum certainty certainty)
{
    put_text(s->o, "certainty", vocab_id(&vocab_certainty, certainty));
    if (chance_is(&s->c, 880))
        put_number(s->o, "source", 1 + chance_below(&s->c, s->n_sources));
    else
        put_text(s->o, "note", "Compiled from the record as a whole.");
    if (chance_is(&s->c, 250))
        put_asserter(s);
    if (chance_is(&s->c, 120))
        facts_put_date(s, "asserted", s->day + (int32_t)chance_below(&s->c, 100));
    if (chance_is(&s->c, 30))
        put_words(s, "quote", 5, 20);
}

/* --- dates --- */

static void put_date_fact(struct scene *s, enum date_kind kind, int32_t day)
{
    bool known = !chance_is(&s->c, 30);
    put_open(s->o, NULL, '{');
    put_text(s->o, "kind", vocab_id(&vocab_date_kind, kind));
    if (known)
        facts_put_date(s, "date", day);
    facts_put_evidence(s, known ? facts_certainty(s) : CERTAINTY_UNKNOWN);
    put_close(s->o, '}');
}

void facts_put_dates(struct scene *s)
{
    static const uint16_t permille[_DATE_N] = {
        [DATE_OCCURRED] = 600, [DATE_DISCOVERED] = 380, [DATE_CONTAINED] = 130,
        [DATE_NOTIFIED] = 300, [DATE_DISCLOSED] = 780,
    };
    int32_t discovered = s->day - (int32_t)chance_size(&s->c, 2),
            occurred = discovered - (int32_t)chance_size(&s->c, 2);
    const int32_t days[_DATE_N] = {
        [DATE_OCCURRED] = occurred,   [DATE_DISCOVERED] = discovered, [DATE_CONTAINED] = discovered + 3,
        [DATE_NOTIFIED] = s->day - 1, [DATE_DISCLOSED] = s->day,
    };
    bool any = !chance_is(&s->c, 40);
    put_open(s->o, "dates", '[');
    for (enum date_kind kind = 0; kind < _DATE_N && any; kind++)
        if (chance_is(&s->c, permille[kind])) {
            put_date_fact(s, kind, days[kind]);
            if (chance_is(&s->c, 50)) /* another source has another day */
                put_date_fact(s, kind, days[kind] + (int32_t)chance_below(&s->c, 20));
        }
    put_close(s->o, ']');
}

/* --- data classes, actors, attack --- */

void facts_put_classes(struct scene *s)
{
    static const uint16_t weights[] = {220, 220, 180, 130, 90, 60, 40, 30, 30};
    unsigned n = (unsigned)PICK(&s->c, weights);
    bool denied = chance_is(&s->c, 50);
    put_open(s->o, "data_classes", '[');
    for (; n > 0; n--) {
        uint32_t class = chance_below(&s->c, 1 + chance_below(&s->c, (uint32_t)vocab_data_class.n));
        put_open(s->o, NULL, '{');
        put_text(s->o, "id", vocab_id(&vocab_data_class, class));
        if (chance_is(&s->c, 400)) {
            put_text_begin(s->o, "text");
            lexicon_words(s->w->lexicon, &s->c, 1, 4, s->o);
            put_text_end(s->o);
        }
        facts_put_evidence(s, denied ? CERTAINTY_DENIED : facts_certainty(s));
        put_close(s->o, '}');
    }
    put_close(s->o, ']');
}

void actor_make(const struct world *w, uint32_t index, struct actor_name *ret)
{
    static const char *const second[] = {"spider", "collective", "locker",    "team",
                                         "ghost",  "bear",       "syndicate", "crew"};
    static const uint16_t weights[_ACTOR_N] = {600, 130, 90, 70, 80, 30};
    struct chance c = chance_of(w->seed, CHANCE_WORD, LEXICON_WORDS + index);
    const char *word = lexicon_rare(w->lexicon, &c), *end = ANY(&c, second);
    (void)snprintf(ret->id, sizeof ret->id, "%s-%s-%u", word, end, index);
    (void)snprintf(ret->name, sizeof ret->name, "%s %s", word, end);
    ret->alias = chance_is(&c, 300) ? lexicon_rare(w->lexicon, &c) : NULL;
    ret->kind = (enum actor_kind)PICK(&c, weights);
}

static void put_actor(struct scene *s, uint32_t index)
{
    struct actor_name x;
    actor_make(s->w, index, &x);
    put_open(s->o, NULL, '{');
    put_text(s->o, "id", x.id);
    put_text(s->o, "name", x.name);
    put_open(s->o, "names", '[');
    put_text(s->o, NULL, x.alias);
    put_close(s->o, ']');
    put_text(s->o, "kind", vocab_id(&vocab_actor_kind, x.kind));
    facts_put_evidence(s, facts_certainty(s));
    put_close(s->o, '}');
}

void facts_put_actors(struct scene *s)
{
    static const uint16_t weights[] = {670, 300, 30};
    unsigned n = (unsigned)PICK(&s->c, weights);
    put_open(s->o, "actors", '[');
    for (; n > 0; n--)
        put_actor(s, zipf_draw(&s->w->actors_often, &s->c));
    put_close(s->o, ']');
}

void facts_put_attack(struct scene *s)
{
    static const uint16_t weights[] = {130, 780, 90},
                          actions[_ACTION_N] = {350, 220, 110, 90, 120, 60, 5, 45};
    static const char *const varieties[] = {"Ransomware",      "Use of stolen creds", "Phishing",
                                            "Exploit vuln",    "Misconfiguration",    "Theft",
                                            "Privilege abuse", "Misdelivery"};
    static const char *const vectors[] = {"Web application", "Email", "Partner", "Desktop sharing",
                                          "Physical access"};
    unsigned n = (unsigned)PICK(&s->c, weights);
    put_open(s->o, "attack", '[');
    for (; n > 0; n--) {
        put_open(s->o, NULL, '{');
        put_text(s->o, "action", vocab_id(&vocab_action, (unsigned)PICK(&s->c, actions)));
        put_text(s->o, "variety", chance_is(&s->c, 600) ? ANY(&s->c, varieties) : NULL);
        put_text(s->o, "vector", chance_is(&s->c, 400) ? ANY(&s->c, vectors) : NULL);
        facts_put_evidence(s, facts_certainty(s));
        put_close(s->o, '}');
    }
    put_close(s->o, ']');
}

/* --- timeline, caveats, conflicts, sources --- */

void facts_put_timeline(struct scene *s)
{
    static const uint16_t weights[] = {380, 180, 130, 90, 60, 45, 35, 25, 20, 15, 10, 5, 5};
    unsigned n = (unsigned)PICK(&s->c, weights);
    int32_t day = s->day - (int32_t)chance_below(&s->c, 100);
    put_open(s->o, "timeline", '[');
    for (; n > 0; n--) {
        put_open(s->o, NULL, '{');
        if (!chance_is(&s->c, 40))
            facts_put_date(s, "date", day);
        put_text(s->o, "kind", vocab_id(&vocab_event_kind, chance_below(&s->c, _EVENT_N)));
        put_words(s, "text", 4, 16);
        facts_put_evidence(s, facts_certainty(s));
        put_close(s->o, '}');
        day += (int32_t)chance_below(&s->c, 60);
    }
    put_close(s->o, ']');
}

void facts_put_caveats(struct scene *s)
{
    put_open(s->o, "caveats", '[');
    if (chance_is(&s->c, 80)) {
        put_open(s->o, NULL, '{');
        put_words(s, "text", 5, 15);
        put_text(s->o, "about", vocab_id(&vocab_list_name, LIST_FIGURES));
        put_number(s->o, "source", 1 + chance_below(&s->c, s->n_sources));
        put_close(s->o, '}');
    }
    put_close(s->o, ']');
}

void facts_put_conflicts(struct scene *s)
{
    put_open(s->o, "conflicts", '[');
    if (s->n_sources > 1 && chance_is(&s->c, 60)) {
        put_open(s->o, NULL, '{');
        put_words(s, "text", 5, 15);
        put_text(s->o, "about", vocab_id(&vocab_list_name, LIST_DATES));
        put_open(s->o, "sources", '[');
        put_number(s->o, NULL, 1);
        put_number(s->o, NULL, 2);
        put_close(s->o, ']');
        put_close(s->o, '}');
    }
    put_close(s->o, ']');
}

static void put_source(struct scene *s, unsigned n)
{
    static const uint16_t weights[_CLASS_N] = {90, 230, 60, 350, 40, 190, 40};
    enum source_class class = (enum source_class)PICK(&s->c, weights);
    put_open(s->o, NULL, '{');
    put_number(s->o, "n", n);
    put_words(s, chance_is(&s->c, 500) ? "title" : "description", 3, 9);
    const char *publisher = lexicon_rare(s->w->lexicon, &s->c), *page = lexicon_rare(s->w->lexicon, &s->c);
    put_text(s->o, "publisher", chance_is(&s->c, 850) ? publisher : NULL);
    if (class != CLASS_ATTACKER && chance_is(&s->c, 900)) { /* where attackers publish is never told */
        put_text_begin(s->o, "url");
        strbuf_addf(s->o, "https://%s.example/%s-%08x", publisher, page, (unsigned)chance_next(&s->c));
        put_text_end(s->o);
    }
    if (chance_is(&s->c, 500))
        facts_put_date(s, "published", s->day + (int32_t)chance_below(&s->c, 200));
    put_text(s->o, "class", vocab_id(&vocab_source_class, class));
    put_text(s->o, "seen", chance_is(&s->c, 300) ? "excerpt" : NULL);
    put_close(s->o, '}');
}

/* The first one is the dataset's own entry. */
void facts_put_sources(struct scene *s, const char *dataset, const char *record)
{
    put_open(s->o, "sources", '[');
    put_open(s->o, NULL, '{');
    put_number(s->o, "n", 1);
    put_text(s->o, "title", "Entry of the dataset");
    put_text(s->o, "publisher", dataset);
    put_text_begin(s->o, "url");
    strbuf_addf(s->o, "https://%s.example/%s", dataset, record);
    put_text_end(s->o);
    put_text(s->o, "class", "dataset");
    put_close(s->o, '}');
    for (unsigned n = 2; n <= s->n_sources; n++)
        put_source(s, n);
    put_close(s->o, ']');
}
