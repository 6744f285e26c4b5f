/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_QUERY_FOLD_H
#define BREACHD_QUERY_FOLD_H

/* One form for texts that people take to be the same, at import and in queries alike. */
#include "util/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Valid UTF-8 TEXT by NFKC_Casefold (Unicode Standard, section 3.13): compatibility forms, case and
 * characters that are not shown make no difference. In the arena; NULL when out of memory. */
const char *fold_text(const char *text, struct arena *mem);

/* As fold_text, and without the accents of alphabets ("Rénault" is "renault"; the general combining marks of Unicode, not
 * those that are letters in their script, as the voicing of kana). Folding what is folded changes nothing. */
const char *fold_search(const char *text, struct arena *mem);

/* Valid UTF-8 TEXT without its marks: "é" is "e". For what should read well in ASCII, not for comparing. In the arena;
 * NULL when out of memory. */
const char *fold_marks(const char *text, struct arena *mem);

/* Whether C is part of a word: a letter, a mark or a number (Unicode Standard, section 4.5). */
bool fold_is_word(uint32_t c);

#endif
