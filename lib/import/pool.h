/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_POOL_H
#define BREACHD_IMPORT_POOL_H

/* Texts of which there are many equal ones, kept once: equal texts of one pool are one pointer. */
#include "util/arena.h"

struct pool;

/* The texts are MEM's. NULL when out of memory. */
struct pool *pool_new(struct arena *mem);

/* Accepts NULL; returns NULL. */
struct pool *pool_free(struct pool *p);

/* The pool's own S, made where it is new. NULL for NULL, and when out of memory. */
const char *pool_text(struct pool *p, const char *s);

#endif
