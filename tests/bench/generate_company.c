/* SPDX-License-Identifier: MIT */
/*
 * Made-up companies. Which kind one is follows from its number, so that owners and suppliers are found without a list: the first
 * ones are carmakers, then every 32 are a dealer group, a supplier and so on, and mostly dealers.
 */
#include "generate.h"

#include "jsonw.h"
#include "model/country.h"
#include "util/clock.h"

#include <stdio.h>
#include <string.h>

#define BLOCK        32
#define N_OF(list)   (sizeof(list) / sizeof *(list))
#define ANY(c, list) ((list)[chance_below((c), N_OF(list))])

/* Places within a block; those behind are dealers. */
enum slot {
    SLOT_GROUP,
    SLOT_SUPPLIER,
    SLOT_VENDOR,
    SLOT_FINANCE,
    SLOT_IMPORTER,
    SLOT_OTHER,
    SLOT_DEALER = 12
};

static const struct trade {
    enum org_kind kind;
    const char *sector, *suffix;
} dealers[] =
    {
        {ORG_DEALER, "441110", "Motors"},    {ORG_DEALER, "441110", "Auto Sales"},
        {ORG_DEALER, "441120", "Used Cars"}, {ORG_DEALER, "441110", "Car Centre"},
        {ORG_DEALER, "441228", "Trucks"},    {ORG_DEALER, NULL, "Garage"},
},
  groups[] =
      {
          {ORG_DEALER_GROUP, "441110", "Automotive Group"},
          {ORG_DEALER_GROUP, "441110", "Holdings"},
},
  suppliers[] =
      {
          {ORG_SUPPLIER, "336390", "Components"},
          {ORG_SUPPLIER, "336340", "Brakes"},
          {ORG_SUPPLIER, "423120", "Parts"},
},
  vendors[] =
      {
          {ORG_VENDOR, "511210", "Software"},
          {ORG_VENDOR, "518210", "Data Services"},
          {ORG_VENDOR, "541512", "Systems"},
},
  finances[] =
      {
          {ORG_FINANCE, "522291", "Finance"},
          {ORG_FINANCE, "522110", "Bank"},
          {ORG_FINANCE, "524126", "Insurance"},
},
  importers[] =
      {
          {ORG_IMPORTER, "423110", "Imports"},
          {ORG_IMPORTER, "423110", "Distribution"},
},
  others[] =
      {
          {ORG_OTHER, "622110", "Hospital"},     {ORG_OTHER, "621111", "Medical Centre"},
          {ORG_OTHER, "611310", "University"},   {ORG_OTHER, "611110", "School District"},
          {ORG_OTHER, "452210", "Stores"},       {ORG_OTHER, "721110", "Hotels"},
          {ORG_OTHER, "517311", "Telecom"},      {ORG_OTHER, "921190", "County Council"},
          {ORG_OTHER, "541110", "Law Partners"}, {ORG_OTHER, "481111", "Airlines"},
          {ORG_OTHER, "221122", "Energy"},       {ORG_OTHER, "519130", "Online"},
          {ORG_OTHER, NULL, "Foundation"},
},
  makers[] = {
      {ORG_AUTOMAKER, "336110", "Motor Corporation"},
};

#define TRADES(list)                                                                                         \
    {                                                                                                        \
        (list), N_OF(list)                                                                                   \
    }
static const struct trades {
    const struct trade *list;
    uint32_t n;
} trades_of[] = {
    [SLOT_GROUP] = TRADES(groups),     [SLOT_SUPPLIER] = TRADES(suppliers), [SLOT_VENDOR] = TRADES(vendors),
    [SLOT_FINANCE] = TRADES(finances), [SLOT_IMPORTER] = TRADES(importers), [SLOT_OTHER] = TRADES(others),
    [SLOT_DEALER] = TRADES(dealers),
};

/* Two of five are in one country, and most countries have few. What is left goes to all of them. */
static const struct home {
    const char *country;
    uint16_t weight;
} homes[] = {
    {"US", 400}, {"JP", 90}, {"GB", 80}, {"DE", 60}, {"FR", 40}, {"CA", 35}, {"KR", 35},
    {"AU", 30},  {"IT", 25}, {"ES", 20}, {"IN", 20}, {"BR", 20}, {"GR", 15}, {NULL, 40},
};
#define ELSEWHERE 90

/* Names in other letters: a place, a word, a trade. */
static const struct script {
    const char *country, *lang, *between;
    const char *places[12], *words[8], *trades[4];
} scripts[] = {
    {"JP",
     "ja",
     "",
     {"東京", "大阪", "名古屋", "横浜", "福岡", "札幌", "京都", "神戸", "仙台", "広島", "三河", "埼玉"},
     {"トヨモト", "ニッサト", "ホンマ", "スバロ", "マツデン", "第一", "中央", "新光"},
     {"自動車", "自動車販売株式会社", "モーターズ", "ホールディングス"}},
    {"KR",
     "ko",
     " ",
     {"서울", "부산", "대구", "인천", "광주", "대전", "울산", "수원", "창원", "고양", "성남", "청주"},
     {"한빛", "대성", "현산", "기린", "삼화", "동아", "우리", "미래"},
     {"자동차", "모터스", "자동차판매", "홀딩스"}},
    {"GR",
     "el",
     " ",
     {"Αθήνα", "Πειραιάς", "Πάτρα", "Λάρισα", "Βόλος", "Ρόδος", "Χανιά", "Καβάλα", "Σέρρες", "Δράμα", "Κως",
      "Λαμία"},
     {"Ήλιος", "Αστήρ", "Ερμής", "Άτλας", "Ολύμπια", "Δελφίνι", "Ωκεανός", "Φοίνιξ"},
     {"Αυτοκίνητα", "Κινητήρες", "Εμπορική", "Όμιλος"}},
};

static const char *pick_country(struct chance *c)
{
    uint16_t weights[N_OF(homes) + 1];
    for (size_t i = 0; i < N_OF(homes); i++)
        weights[i] = homes[i].weight;
    weights[N_OF(homes)] = ELSEWHERE;
    size_t at = chance_pick(c, weights, N_OF(weights));
    if (at < N_OF(homes))
        return homes[at].country;
    return countries[chance_below(c, 1 + chance_below(c, (uint32_t)countries_n))].code;
}

static const struct trade *pick_trade(uint32_t index, struct chance *c)
{
    if (index < AUTOMAKERS)
        return makers;
    uint32_t slot = index % BLOCK;
    slot = slot > SLOT_DEALER ? SLOT_DEALER : slot > SLOT_OTHER && slot < SLOT_DEALER ? SLOT_OTHER : slot;
    const struct trades *t = &trades_of[slot];
    return &t->list[chance_below(c, t->n)];
}

static void pick_native(struct company *x, struct chance *c)
{
    for (size_t i = 0; i < N_OF(scripts); i++) {
        const struct script *s = &scripts[i];
        if (!x->country || strcmp(x->country, s->country) != 0)
            continue;
        /* drawn one by one: the order in which arguments are evaluated is each compiler's own */
        const char *place = ANY(c, s->places);
        const char *word = ANY(c, s->words);
        const char *trade = ANY(c, s->trades);
        x->lang = s->lang;
        (void)snprintf(x->native, sizeof x->native, "%s%s%s%s%s", place, s->between, word, s->between, trade);
    }
}

static char *capital(char *word)
{
    *word = (char)(*word - 'a' + 'A');
    return word;
}

/* What carmaker INDEX calls its cars. */
static void make_brand(const struct world *w, uint32_t index, char ret[static 16])
{
    struct chance c = chance_of(w->seed, CHANCE_COMPANY, index);
    (void)snprintf(ret, 16, "%s", lexicon_rare(w->lexicon, &c));
    (void)capital(ret);
}

static void make_id(struct company *x)
{
    size_t n = 0;
    for (const char *p = x->name; *p; p++)
        x->id[n++] = *p == ' ' ? '-' : (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p);
    (void)snprintf(x->id + n, sizeof x->id - n, "-%u", x->index);
}

void company_make(const struct world *w, uint32_t index, struct company *ret)
{
    struct company x = {.index = index};
    struct chance c = chance_of(w->seed, CHANCE_COMPANY, index);
    char word[16];
    (void)snprintf(word, sizeof word, "%s", lexicon_rare(w->lexicon, &c));
    (void)capital(word);
    const struct trade *t = pick_trade(index, &c);
    x.kind = t->kind;
    x.sector = chance_is(&c, 150) ? NULL : t->sector;
    x.country = pick_country(&c);
    bool sells = x.kind == ORG_DEALER || x.kind == ORG_IMPORTER;
    if (x.kind == ORG_AUTOMAKER)
        make_brand(w, index, x.brand);
    else if (sells && chance_is(&c, 600))
        make_brand(w, chance_below(&c, 1 + chance_below(&c, AUTOMAKERS)), x.brand);
    bool named = sells && *x.brand && chance_is(&c, 700);
    (void)snprintf(x.name, sizeof x.name, "%s %s%s%s", word, named ? x.brand : "", named ? " " : "",
                   t->suffix);
    make_id(&x);
    pick_native(&x, &c);
    *ret = x;
}

/* --- the record --- */

/* Any of the companies in SLOT, large ones more likely; false: there is none. */
static bool pick_of_slot(const struct world *w, enum slot slot, struct chance *c, uint32_t *ret)
{
    uint32_t first = BLOCK + slot;
    if (w->companies <= first)
        return false;
    uint32_t n = (w->companies - first + BLOCK - 1) / BLOCK;
    *ret = first + BLOCK * chance_below(c, 1 + chance_below(c, n));
    return true;
}

static void put_link(const struct world *w, struct chance *c, uint32_t target, enum org_relation relation,
                     struct strbuf *o)
{
    struct company to;
    company_make(w, target, &to);
    put_open(o, NULL, '{');
    put_open(o, "organization", '{');
    put_text(o, "id", to.id);
    put_close(o, '}');
    put_text(o, "relation", vocab_id(&vocab_org_relation, relation));
    if (chance_is(c, 80))
        put_text(o, "until", "2019-06");
    put_text(o, "certainty", "confirmed");
    put_number(o, "source", 1);
    put_close(o, '}');
}

/* Owners have lower numbers than what they own, so ownership goes round in no circle. */
static void put_links(const struct world *w, const struct company *x, struct chance *c, struct strbuf *o)
{
    uint32_t to;
    put_open(o, "links", '[');
    if (x->kind == ORG_DEALER && chance_is(c, 450) && pick_of_slot(w, SLOT_GROUP, c, &to))
        put_link(w, c, to, ORG_OWNED_BY, o);
    if (x->kind == ORG_DEALER_GROUP && chance_is(c, 80) && pick_of_slot(w, SLOT_GROUP, c, &to) &&
        to < x->index)
        put_link(w, c, to, ORG_OWNED_BY, o);
    if (x->kind == ORG_FINANCE && chance_is(c, 60))
        put_link(w, c, chance_below(c, AUTOMAKERS), ORG_OWNED_BY, o);
    if (x->kind == ORG_DEALER && chance_is(c, 120) && pick_of_slot(w, SLOT_VENDOR, c, &to))
        put_link(w, c, to, ORG_SUPPLIED_BY, o);
    put_close(o, ']');
}

static void put_name(struct strbuf *o, const char *name, const char *lang, enum name_type type)
{
    put_open(o, NULL, '{');
    put_text(o, "name", name);
    put_text(o, "lang", lang);
    put_text(o, "type", vocab_id(&vocab_name_type, type));
    put_close(o, '}');
}

/* One of four with letters of its own country goes by them; the other name is an alias. */
static void put_names(const struct world *w, const struct company *x, bool native, struct chance *c,
                      struct strbuf *o)
{
    put_open(o, "names", '[');
    if (native)
        put_name(o, x->name, "en", NAME_ALIAS);
    else if (*x->native)
        put_name(o, x->native, x->lang, NAME_NATIVE);
    if (chance_is(c, 200)) {
        char name[NAME_BYTES], word[16];
        (void)snprintf(word, sizeof word, "%s", lexicon_rare(w->lexicon, c));
        (void)snprintf(name, sizeof name, "%s %s", capital(word), chance_is(c, 500) ? "Cars" : "Group");
        put_name(o, name, NULL, chance_below(c, 2) ? NAME_FORMER : NAME_TRADING);
    }
    put_close(o, ']');
}

static void put_sources(struct strbuf *o, const char *id)
{
    put_open(o, "sources", '[');
    put_open(o, NULL, '{');
    put_number(o, "n", 1);
    put_text(o, "title", "Company register");
    put_text(o, "publisher", "Register of Companies");
    put_text_begin(o, "url");
    strbuf_adds(o, "https://register.example/");
    strbuf_adds(o, id);
    put_text_end(o);
    put_text(o, "class", "regulator");
    put_close(o, '}');
    put_close(o, ']');
}

void company_put(const struct world *w, uint32_t index, struct strbuf *o)
{
    struct chance c = chance_of(w->seed, CHANCE_COMPANY_RECORD, index);
    struct company x;
    company_make(w, index, &x);
    bool native = *x.native && chance_is(&c, 250);
    char time[CLOCK_TEXT_SIZE];
    clock_format(((int64_t)clock_days(2023, 1, 1) + chance_below(&c, 700)) * 86400, time);
    put_open(o, NULL, '{');
    put_text(o, "id", x.id);
    put_text(o, "name", native ? x.native : x.name);
    put_text(o, "kind", vocab_id(&vocab_org_kind, x.kind));
    put_text(o, "country", x.country);
    put_text(o, "sector", x.sector);
    put_open(o, "brands", '[');
    if (*x.brand)
        put_text(o, NULL, x.brand);
    put_close(o, ']');
    if (chance_is(&c, 300)) {
        put_text_begin(o, "website");
        strbuf_addf(o, "https://www.%s.example", x.id);
        put_text_end(o);
    }
    put_text(o, "modified", time);
    put_names(w, &x, native, &c, o);
    put_links(w, &x, &c, o);
    put_sources(o, x.id);
    put_close(o, '}');
    strbuf_addc(o, '\n');
}
