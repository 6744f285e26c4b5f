/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_TESTS_BUNDLED_H
#define BREACHD_TESTS_BUNDLED_H

/* The bundled catalogue, imported once for a test program into a folder of its own. */
#include <stdbool.h>

/* Imports the folder INPUTS; false when that fails or rejects anything, and the reason is on standard error. */
bool bundled_build(const char *inputs);

/* Its folder and its file, once it is built. */
const char *bundled_folder(void);
const char *bundled_path(void);

void bundled_remove(void);

#endif
