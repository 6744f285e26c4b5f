/* SPDX-License-Identifier: MIT */
/* All lists of a catalogue only grow while it is read, so going back is cutting them; see mark.h. Called by import.c. */
#include "import/mark.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int mark_set(const struct catalogue *c, struct mark *m)
{
    const struct import_report *r = c->report;
    while (m->room_tallies < r->n_tallies)
        if (grow(&m->tallies, m->room_tallies, &m->room_tallies, sizeof *m->tallies) != 0)
            return -ENOMEM;
    struct mark now = {.incidents = c->n_incidents,
                       .orgs = c->n_orgs,
                       .datasets = c->n_datasets,
                       .rulings = c->n_rulings,
                       .lost_incidents = c->lost_incidents.n,
                       .lost_orgs = c->lost_orgs.n,
                       .findings = r->n_findings,
                       .n_tallies = r->n_tallies,
                       .rejected = r->rejected,
                       .tallies = m->tallies,
                       .room_tallies = m->room_tallies};
    memcpy(now.newest, c->newest, sizeof now.newest);
    if (r->n_tallies)
        memcpy(now.tallies, r->tallies, r->n_tallies * sizeof *now.tallies);
    *m = now;
    return 0;
}

void mark_return(struct catalogue *c, const struct mark *m)
{
    struct import_report *r = c->report;
    c->n_incidents = m->incidents;
    c->n_orgs = m->orgs;
    c->n_datasets = m->datasets;
    c->n_rulings = m->rulings;
    c->lost_incidents.n = m->lost_incidents;
    c->lost_orgs.n = m->lost_orgs;
    memcpy(c->newest, m->newest, sizeof c->newest);
    r->n_findings = m->findings;
    r->n_tallies = m->n_tallies;
    r->rejected = m->rejected;
    if (m->n_tallies)
        memcpy(r->tallies, m->tallies, m->n_tallies * sizeof *m->tallies);
}

void mark_done(struct mark *m)
{
    free(m->tallies);
    *m = (struct mark){0};
}
