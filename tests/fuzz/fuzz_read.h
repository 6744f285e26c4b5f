/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_TESTS_FUZZ_READ_H
#define BREACHD_TESTS_FUZZ_READ_H

/* How far an import gets without a file: what harnesses of formats share. */
#include "fuzz.h"

#include "import/adapter.h"

/* Of the byte before a text: whether its format is named, or found out by the content. */
#define FUZZ_NAMED 4

/* Reads what is left of IN as ONLY's format (NULL: as what it is taken for), and ties its records together. That has to end well,
 * and each finding has to have a reason. */
void fuzz_read(const struct adapter *only, const struct fuzz_input *in);

#endif
