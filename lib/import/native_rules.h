/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_NATIVE_RULES_H
#define BREACHD_IMPORT_NATIVE_RULES_H

/* The rules over several members of one object, as the tables name them. Each is called with its filled struct
 * when all members are in order by themselves; faults go to the reader. 0 or -ENOMEM. */
#include "import/reader.h"

int rule_source(struct reader *r, void *object);
int rule_org_ref(struct reader *r, void *object);
int rule_amount(struct reader *r, void *object);
int rule_party(struct reader *r, void *object);
int rule_figure(struct reader *r, void *object);
int rule_related(struct reader *r, void *object);
int rule_link(struct reader *r, void *object);
int rule_incident(struct reader *r, void *object);

#endif
