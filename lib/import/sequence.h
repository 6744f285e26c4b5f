/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_SEQUENCE_H
#define BREACHD_IMPORT_SEQUENCE_H

/*
 * What was read of one input, put into the order of a walk through folders: an archive has its members in any
 * order, and must give what the same files in a folder give. Of equal ids, for one, the first read stays.
 */
#include "import/catalogue.h"

/* How much a catalogue holds. */
struct sequence_mark {
    size_t incidents, orgs, findings;
};

struct sequence_mark sequence_mark(const struct catalogue *c);

/* Orders what came since MARK by path, and within one file as it stands. 0 or -ENOMEM. */
int sequence_settle(struct catalogue *c, const struct sequence_mark *mark);

#endif
