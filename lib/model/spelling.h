/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_MODEL_SPELLING_H
#define BREACHD_MODEL_SPELLING_H

/* How near two words are to each other, for "did you mean": vocabularies, parameters, members of input, options. */
#include <stdbool.h>

/* Edit distance (Damerau, optimal string alignment) of A and B, case ignored in ASCII; UINT_MAX where one is over 64
 * bytes. */
unsigned spelling_distance(const char *a, const char *b);

/* Whether A looks like a slip of the pen for B rather than another word. */
bool spelling_is_near(const char *a, const char *b);

#endif
