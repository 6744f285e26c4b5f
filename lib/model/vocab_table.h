/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_MODEL_VOCAB_TABLE_H
#define BREACHD_MODEL_VOCAB_TABLE_H

/* How vocab_*.c state their words. */
#include "model/vocab.h"

#define VOCAB(words_) .words = (words_), .n = sizeof(words_) / sizeof *(words_)

/* A table of words that lacks one of its enum's, or has one too many, does not compile. A hole in the middle is
 * the unit test's to find. */
#define VOCAB_COMPLETE(words_, n_)                                                                           \
    _Static_assert(sizeof(words_) / sizeof *(words_) == (n_), "one word for every value of the enum")

#endif
