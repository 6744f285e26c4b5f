/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_CROWD_H
#define BREACHD_SERVER_CROWD_H

/*
 * How many come from one address, and no more than may. Of IPv6 the first 64 bits are the address: the others are the
 * client's to choose. Safe from many threads.
 */
#include "http/address.h"

struct crowd;
struct crowd_place; /* of one of them */

/* MOST of one address; EXPECTED in all, more are well too. 0 or -ENOMEM. */
int crowd_new(unsigned most, unsigned expected, struct crowd **ret);

/* Nobody may be there any more. Accepts NULL; returns NULL. */
struct crowd *crowd_free(struct crowd *c);

/* One more of A, until crowd_leave(). NULL: there are as many as may be, or memory ran out. */
struct crowd_place *crowd_enter(struct crowd *c, const struct address *a);

/* Accepts NULL; returns NULL. */
struct crowd_place *crowd_leave(struct crowd *c, struct crowd_place *p);

#endif
