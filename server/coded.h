/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_CODED_H
#define BREACHD_SERVER_CODED_H

/*
 * Answers in a content coding. What varies by it is what has an entity tag and is text or may be: not the catalogue's own file. The tag
 * of an answer that is encoded is that of the plain one with the coding's name behind it, so that it can be known before there is an
 * answer.
 */
#include "load.h"

/* TAG in coding C, in MEM. NULL: out of memory. */
const char *coded_tag(struct arena *mem, const char *tag, enum coding c);

/* Makes of R, a plain 200 or 304, what l->coding asks for. Where a body is better left as it is, it stays so and l->coding becomes
 * identity; where memory runs out too, and then there is no l->key: it is not to be kept for what was asked. */
void coded_reply(struct load *l, struct reply *r);

/* Makes *S, the stream of a reply to L, come out in l->coding, which is not identity. False: it stays as it is, where memory runs out
 * or as many are encoded already as may be at once. */
bool coded_stream(struct load *l, struct stream *s);

#endif
