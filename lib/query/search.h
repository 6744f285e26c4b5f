/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_QUERY_SEARCH_H
#define BREACHD_QUERY_SEARCH_H

/*
 * The language of search texts. Operands stand side by side and must all be there:
 *
 *     word         the word; one that has parts ("o'reilly", "e-mail") is the phrase of them
 *     "some words" the phrase: these words next to each other
 *     begin*       a word that begins so; after at least two characters, at the end of a phrase too
 *     -operand     must not be there
 *
 * Everything else is text: a quote without its twin, a lone operator, AND, NEAR(, col:. Nothing is refused but a text
 * in which there is nothing to look for, and what is over the limits.
 */
#include "query/query.h"

enum {
    SEARCH_E_NOTHING = 1, /* no word that must be there */
    SEARCH_E_LONG,        /* over LIMIT_TEXT_QUERY_BYTES */
    SEARCH_E_MANY,        /* over LIMIT_TERMS or LIMIT_TOKENS */
};

/* Reads valid UTF-8 TEXT. *ret_canonical: the text that all searches of this meaning share. 0, -ENOMEM or SEARCH_E_*. */
int search_parse(const char *text, struct arena *mem, struct search *ret, const char **ret_canonical);

/* Why a text was refused: "no word to search for". */
const char *search_reason(int outcome);

#endif
