/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_QUERY_WORDS_H
#define BREACHD_QUERY_WORDS_H

/*
 * What a text consists of when it is searched: the one tokeniser of import and queries.
 *
 * Letters, marks and numbers in a row are one word, and one token; whatever else stands between them (apostrophes and
 * hyphens too) parts words. Han, kana and hangul are written without spaces, so a run of them is a token for each character:
 * that character and the one after it, and of the last the character alone. Thus any part of a run is found as a row
 * of its tokens, and a single character as a token's beginning.
 */
#include "util/arena.h"
#include "util/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

/* One word, or one run of such a script. */
struct piece {
    const char *text; /* within the folded text; not terminated */
    size_t size;      /* a word's is at most LIMIT_TOKEN_BYTES: what goes beyond does not count */
    bool run;
};

/* The next piece of FOLDED text (fold_search), from *AT on, which moves past it. False: there is none. */
bool words_next(const char **at, struct piece *ret);

/* The token of a run that begins at its byte AT. *ret_next: where the next one begins; the run's size after the last. */
size_t words_token(const struct piece *run, size_t at, size_t *ret_next);

/*
 * Appends the tokens of valid UTF-8 TEXT to OUT, one space before each, except at OUT's beginning; NULL has none. They are
 * of ASCII's small letters and digits and of characters beyond ASCII only. MEM is for scratch. 0 or -ENOMEM; failure
 * of OUT shows in it.
 */
int words_index(const char *text, struct arena *mem, struct strbuf *out);

#endif
