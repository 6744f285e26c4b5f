/* SPDX-License-Identifier: MIT */
/*
 * What follows from an incident's facts without judgement: see derive.h. Here: exposure, headline dates,
 * delays and the short forms that lists show; figures and dealers are in derive_figures.c, events in
 * derive_timeline.c. The importer calls it once a record.
 */
#include "model/derive.h"

#include "model/derive_parts.h"

#include <errno.h>

/* Which date tells best when an incident was; the first that is known is the incident's. */
static const enum date_kind date_order[] = {DATE_DISCLOSED, DATE_NOTIFIED, DATE_DISCOVERED, DATE_OCCURRED};

void derive_amount(struct amount *a)
{
    switch (a->qualifier) {
    case QUALIFIER_EXACT:
    case QUALIFIER_ABOUT:
        a->min = a->max = a->value;
        return;
    case QUALIFIER_AT_LEAST:
        a->min = a->value;
        a->max = COUNT_UNKNOWN;
        return;
    case QUALIFIER_UP_TO:
        a->min = COUNT_UNKNOWN;
        a->max = a->value;
        return;
    case QUALIFIER_BETWEEN:
        a->value = COUNT_UNKNOWN;
        return;
    case QUALIFIER_PLACEHOLDER:
    case _QUALIFIER_N:
        break;
    }
    a->min = a->max = COUNT_UNKNOWN;
}

enum certainty derive_exposure(const struct incident *x)
{
    size_t said[_CERTAINTY_N] = {0};
    for (size_t i = 0; i < x->n_data_classes; i++)
        said[x->data_classes[i].e.certainty]++;
    if (x->n_data_classes == 0)
        for (size_t i = 0; i < x->n_figures; i++)
            said[x->figures[i].e.certainty] += x->figures[i].scope == SCOPE_AFFECTED;

    for (enum certainty c = CERTAINTY_CONFIRMED; c <= CERTAINTY_SUSPECTED; c++)
        if (said[c])
            return c;
    return said[CERTAINTY_DENIED] && !said[CERTAINTY_UNKNOWN] ? CERTAINTY_DENIED : CERTAINTY_UNKNOWN;
}

struct delay derive_delay(const struct edtf *a, const struct edtf *b, bool *ret_impossible)
{
    int32_t a_first, a_last, b_first, b_last;
    *ret_impossible = false;
    if (!edtf_day(a->earliest, &a_first) || !edtf_day(a->latest, &a_last) ||
        !edtf_day(b->earliest, &b_first) || !edtf_day(b->latest, &b_last))
        return (struct delay){0};
    if (b_last < a_first) {
        *ret_impossible = true;
        return (struct delay){0};
    }
    return (struct delay){
        .known = true, .min = b_first > a_last ? b_first - a_last : 0, .max = b_last - a_first};
}

/* The headline date of a kind: the first that is stated and not denied, since a row has no room to say that
 * its date is denied. */
static struct edtf headline_date(const struct incident *x, enum date_kind kind)
{
    for (size_t i = 0; i < x->n_dates; i++)
        if (x->dates[i].kind == kind && x->dates[i].e.certainty != CERTAINTY_DENIED)
            return x->dates[i].date;
    return EDTF_UNKNOWN;
}

struct edtf derive_date(const struct incident *x, enum date_kind *ret_basis)
{
    for (size_t i = 0; i < sizeof date_order / sizeof *date_order; i++) {
        struct edtf date = headline_date(x, date_order[i]);
        if (date.text) {
            *ret_basis = date_order[i];
            return date;
        }
    }
    return EDTF_UNKNOWN;
}

static void derive_dates(struct incident *x)
{
    bool impossible; /* a warning is the importer's to give, who asks again */
    x->row.occurred = headline_date(x, DATE_OCCURRED);
    x->row.discovered = headline_date(x, DATE_DISCOVERED);
    x->row.disclosed = headline_date(x, DATE_DISCLOSED);
    x->contained = headline_date(x, DATE_CONTAINED);
    x->notified = headline_date(x, DATE_NOTIFIED);

    x->row.date = derive_date(x, &x->row.date_basis);
    x->occurred_to_discovered = derive_delay(&x->row.occurred, &x->row.discovered, &impossible);
    x->discovered_to_disclosed = derive_delay(&x->row.discovered, &x->row.disclosed, &impossible);
    x->occurred_to_disclosed = derive_delay(&x->row.occurred, &x->row.disclosed, &impossible);
}

/* Denied actions are left out: a list of what was done says nothing of what was not. */
static int derive_actions(struct incident *x, struct arena *mem)
{
    bool seen[_ACTION_N] = {false};
    size_t n = 0;
    unsigned *actions = arena_array(mem, _ACTION_N, sizeof *actions);
    if (!actions)
        return -ENOMEM;
    for (size_t i = 0; i < x->n_attack; i++) {
        const struct attack *a = &x->attack[i];
        if (a->e.certainty == CERTAINTY_DENIED || seen[a->action])
            continue;
        seen[a->action] = true;
        actions[n++] = a->action;
    }
    x->row.actions = actions;
    x->row.n_actions = n;
    return 0;
}

static int derive_classes(struct incident *x, struct arena *mem)
{
    size_t n = 0, j;
    struct class_summary *classes = arena_array(mem, x->n_data_classes, sizeof *classes);
    if (!classes)
        return -ENOMEM;
    for (size_t i = 0; i < x->n_data_classes; i++) {
        const struct data_class *c = &x->data_classes[i];
        if (c->e.certainty > CERTAINTY_SUSPECTED)
            continue;
        for (j = 0; j < n && classes[j].id != c->id; j++)
            ;
        if (j == n)
            classes[n++] = (struct class_summary){.id = c->id, .certainty = c->e.certainty};
        else if (c->e.certainty < classes[j].certainty)
            classes[j].certainty = c->e.certainty;
    }
    x->row.classes = classes;
    x->row.n_classes = n;
    return 0;
}

int derive_incident(struct incident *x, struct arena *mem)
{
    int r;

    if (!x->row.organization.name && x->n_parties > 0)
        x->row.organization = x->parties[0].organization;
    x->row.exposure = derive_exposure(x);
    derive_dates(x);
    r = derive_figures(x, mem);
    if (r)
        return r;
    r = derive_actions(x, mem);
    if (r)
        return r;
    r = derive_classes(x, mem);
    if (r)
        return r;
    return derive_timeline(x, mem);
}
