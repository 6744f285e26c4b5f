/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_TESTS_STARVE_H
#define BREACHD_TESTS_STARVE_H

/*
 * Memory that runs out on purpose. The linker leads every allocation of the code under test here (--wrap, see
 * meson.build), SQLite and jansson are told to ask here; each of the three is starved by itself.
 */
#include <stdbool.h>

enum starve_whom { STARVE_OURS, STARVE_SQLITE, STARVE_JANSSON, _STARVE_N };

/* Tells SQLite and jansson; before either is used. */
void starve_init(void);

/* From now on WHOM's allocation number N, counted from 0, fails: that one alone, or FOR_GOOD with all after it. */
void starve_begin(enum starve_whom whom, unsigned n, bool for_good);

/* Everybody is fed again, until starve_begin(). libcheck's assertions allocate too: they come after this. */
void starve_pause(void);

/* As starve_pause(). How many allocations of WHOM's have failed. */
unsigned starve_end(void);

#endif
