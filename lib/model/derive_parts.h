/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_MODEL_DERIVE_PARTS_H
#define BREACHD_MODEL_DERIVE_PARTS_H

/* The halves of derive_incident() that have files of their own; for derive.c alone. */
#include "model/model.h"

/* Ids and bounds of figures, bounds of parties' counts, the headline figure, dealers. 0 or -ENOMEM. */
int derive_figures(struct incident *x, struct arena *mem);

/* Events made of dates, order, ids. 0 or -ENOMEM. */
int derive_timeline(struct incident *x, struct arena *mem);

#endif
