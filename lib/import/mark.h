/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_MARK_H
#define BREACHD_IMPORT_MARK_H

/* A catalogue being read goes back to how it was, where a text turns out to be broken after some of it was taken. */
#include "import/catalogue.h"

/* How much a catalogue and its report held. Zeroed before it is first set. */
struct mark {
    size_t incidents, orgs, datasets, rulings, lost_incidents, lost_orgs, findings, n_tallies, rejected;
    char newest[CLOCK_TEXT_SIZE];
    struct import_tally *tallies;
    size_t room_tallies;
};

/* 0 or -ENOMEM. */
int mark_set(const struct catalogue *c, struct mark *m);
void mark_return(struct catalogue *c, const struct mark *m);
void mark_done(struct mark *m);

#endif
