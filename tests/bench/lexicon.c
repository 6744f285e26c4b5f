/* SPDX-License-Identifier: MIT */
/* The words of made-up records; see lexicon.h. */
#include "lexicon.h"

#include <stdlib.h>
#include <string.h>

/* In about the order in which reports of breaches use them. */
static const char *const real[] = {
    "the",
    "of",
    "and",
    "to",
    "a",
    "in",
    "data",
    "was",
    "customers",
    "that",
    "by",
    "on",
    "for",
    "breach",
    "company",
    "access",
    "were",
    "information",
    "with",
    "from",
    "an",
    "personal",
    "it",
    "attack",
    "not",
    "names",
    "system",
    "said",
    "customer",
    "at",
    "employees",
    "records",
    "had",
    "ransomware",
    "is",
    "email",
    "network",
    "files",
    "as",
    "dealers",
    "server",
    "addresses",
    "unauthorised",
    "accounts",
    "security",
    "people",
    "stolen",
    "has",
    "after",
    "may",
    "group",
    "which",
    "hackers",
    "incident",
    "numbers",
    "been",
    "third",
    "party",
    "dealership",
    "affected",
    "systems",
    "database",
    "published",
    "its",
    "no",
    "statement",
    "vendor",
    "exposed",
    "vehicle",
    "police",
    "including",
    "or",
    "sold",
    "online",
    "notified",
    "payment",
    "passwords",
    "regulator",
    "public",
    "leaked",
    "password",
    "phone",
    "cards",
    "bank",
    "dates",
    "birth",
    "social",
    "medical",
    "patients",
    "licence",
    "driving",
    "owners",
    "cars",
    "sales",
    "service",
    "phishing",
    "employee",
    "software",
    "portal",
    "credentials",
    "published",
    "forum",
    "dark",
    "web",
    "ransom",
    "demand",
    "paid",
    "refused",
    "investigation",
    "experts",
    "forensic",
    "found",
    "evidence",
    "copied",
    "encrypted",
    "backup",
    "restored",
    "offline",
    "days",
    "weeks",
    "outage",
    "production",
    "plant",
    "stopped",
    "supplier",
    "cloud",
    "bucket",
    "misconfigured",
    "storage",
    "open",
    "internet",
    "researcher",
    "reported",
    "fixed",
    "flaw",
    "vulnerability",
    "exploited",
    "patch",
    "laptop",
    "lost",
    "theft",
    "paper",
    "documents",
    "mail",
    "sent",
    "wrong",
    "insider",
    "former",
    "contract",
    "law",
    "court",
    "class",
    "action",
    "settlement",
    "fine",
    "authority",
    "commission",
    "protection",
    "notice",
    "letters",
    "credit",
    "monitoring",
    "offered",
    "years",
    "insurance",
    "finance",
    "loan",
    "applications",
    "identity",
    "fraud",
    "warned",
    "spokesperson",
    "declined",
    "comment",
    "confirmed",
    "denied",
    "claims",
    "sample",
    "gigabytes",
    "downloaded",
    "source",
    "code",
    "telematics",
    "location",
    "identification",
    "number",
    "plates",
    "registered",
    "members",
    "loyalty",
    "app",
    "accessed",
    "detected",
    "suspicious",
    "activity",
    "shut",
    "down",
    "precaution",
    "operations",
    "resumed",
    "showrooms",
    "workshops",
    "parts",
};
#define REAL (sizeof real / sizeof *real)

static const char *const onsets[] = {"b", "br", "c", "d",  "dr", "f", "g", "gr", "h", "k",  "kl", "l",
                                     "m", "n",  "p", "pr", "qu", "r", "s", "st", "t", "tr", "v",  "z"};
static const char *const vowels[] = {"a", "e", "i", "o", "u", "ai", "ei", "ou"};
static const char *const codas[] = {"", "", "", "n", "r", "l", "s", "m", "t"};
#define ANY(c, list) ((list)[chance_below((c), sizeof(list) / sizeof *(list))])

static void add(char *word, const char *part)
{
    size_t n = strlen(word);
    memcpy(word + n, part, strlen(part) + 1);
}

/* At most three syllables of five letters. */
static void make_word(struct chance *c, char *word)
{
    for (unsigned syllables = 2 + chance_below(c, 2); syllables > 0; syllables--) {
        add(word, ANY(c, onsets));
        add(word, ANY(c, vowels));
        add(word, ANY(c, codas));
    }
}

struct lexicon *lexicon_new(void)
{
    struct lexicon *l = calloc(1, sizeof *l);
    if (!l || zipf_init(&l->often, LEXICON_WORDS, 0) != 0) {
        free(l);
        return NULL;
    }
    for (uint32_t i = 0; i < LEXICON_WORDS; i++) {
        struct chance c = chance_of(0, CHANCE_WORD, i);
        if (i < REAL)
            add(l->words[i], real[i]);
        else
            make_word(&c, l->words[i]);
    }
    return l;
}

struct lexicon *lexicon_free(struct lexicon *l)
{
    if (l)
        zipf_done(&l->often);
    free(l);
    return NULL;
}

const char *lexicon_draw(const struct lexicon *l, struct chance *c)
{
    return l->words[zipf_draw(&l->often, c)];
}

const char *lexicon_rare(const struct lexicon *l, struct chance *c)
{
    return l->words[REAL + chance_below(c, LEXICON_WORDS - REAL)];
}

void lexicon_words(const struct lexicon *l, struct chance *c, unsigned least, unsigned most, struct strbuf *o)
{
    for (unsigned n = least + chance_below(c, most - least + 1); n > 0; n--) {
        strbuf_adds(o, lexicon_draw(l, c));
        if (n > 1)
            strbuf_addc(o, ' ');
    }
}

/* WORD with a capital: words are ASCII. */
static void add_capital(struct strbuf *o, const char *word)
{
    strbuf_addc(o, (char)(*word - 'a' + 'A'));
    strbuf_adds(o, word + 1);
}

void lexicon_text(const struct lexicon *l, struct chance *c, unsigned least, unsigned most, struct strbuf *o)
{
    unsigned left = least + chance_below(c, most - least + 1);
    while (left > 0) {
        unsigned n = 6 + chance_below(c, 12);
        n = n < left ? n : left;
        left -= n;
        add_capital(o, lexicon_draw(l, c));
        for (; n > 1; n--) {
            strbuf_addc(o, ' ');
            strbuf_adds(o, lexicon_draw(l, c));
        }
        strbuf_adds(o, left > 0 ? ". " : ".");
    }
}
