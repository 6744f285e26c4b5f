/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_PACK_H
#define BREACHD_IMPORT_PACK_H

/*
 * Structs of the model as bytes and back, by the tables that native input is read by (reader.h): what a record is, is
 * written down once. Packed is what was given, not what is derived. Only spools hold such bytes, for the time of one
 * import, so their form may change freely; they are read as carefully as any input, since a disk can lie.
 */
#include "import/reader.h"
#include "util/strbuf.h"

/* DAMAGED: the bytes are not what pack_*() makes. */
enum { PACK_E_DAMAGED = 1 };

/* Appends OBJECT, a struct of T; out->failed tells of a lack of memory. */
void pack_object(struct strbuf *out, const struct table *t, const void *object);
void pack_text(struct strbuf *out, const char *s);
void pack_number(struct strbuf *out, uint64_t n);

/* Bytes being taken apart. */
struct packed {
    const char *at;
    size_t left;
};

/* Take the next value off P. Texts point into the bytes, lists are MEM's, and RET is a zeroed struct of T. 0, -ENOMEM
 * or PACK_E_DAMAGED, and then *ret is half done. */
int unpack_object(struct packed *p, const struct table *t, struct arena *mem, void *ret);
int unpack_text(struct packed *p, const char **ret);
int unpack_number(struct packed *p, uint64_t *ret);

#endif
