/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_BENCH_LEXICON_H
#define BREACHD_BENCH_LEXICON_H

/*
 * The words that made-up records are written in, the most frequent first: real ones of the trade, then made-up ones of
 * syllables. The same words whatever the seed, so that those who make queries draw from them too.
 */
#include "chance.h"
#include "util/strbuf.h"

#define LEXICON_WORDS 30000

struct lexicon {
    struct zipf often;
    char words[LEXICON_WORDS][16];
};

/* NULL: no memory. Free with lexicon_free(), which returns NULL. */
struct lexicon *lexicon_new(void);
struct lexicon *lexicon_free(struct lexicon *l);

/* A word as often as Zipf's law says. */
const char *lexicon_draw(const struct lexicon *l, struct chance *c);

/* A made-up word that is as rare as any, for names. */
const char *lexicon_rare(const struct lexicon *l, struct chance *c);

/* LEAST to MOST words with a space between. */
void lexicon_words(const struct lexicon *l, struct chance *c, unsigned least, unsigned most,
                   struct strbuf *o);

/* Sentences of LEAST to MOST words in all. */
void lexicon_text(const struct lexicon *l, struct chance *c, unsigned least, unsigned most, struct strbuf *o);

#endif
