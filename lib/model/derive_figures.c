/* SPDX-License-Identifier: MIT */
/*
 * Which of an incident's figures stands for it: rule headline-1, and the same rule for the stated number of
 * dealers. Nothing is added up or judged; what is not chosen stays in the record and is counted as a rival.
 */
#include "model/derive_parts.h"

#include "model/derive.h"

#include <errno.h>
#include <string.h>

/* Whose number of dealers comes first. One of context is the size of a network and no number of dealers
 * touched, so it is never chosen. */
static const unsigned scope_rank[_SCOPE_N] = {
    [SCOPE_AFFECTED] = 0, [SCOPE_DISRUPTED] = 1,      [SCOPE_ALTERNATIVE] = 2,
    [SCOPE_SUBSET] = 3,   [SCOPE_ATTACKER_CLAIM] = 4, [SCOPE_CONTEXT] = 5,
};

/* The class of who asserts F; after all others when nobody is known to. */
static unsigned class_of(const struct incident *x, const struct figure *f)
{
    if (f->e.asserted_by.name)
        return f->e.asserted_by.class;
    const struct source *s = incident_source(x, f->e.source);
    return s ? s->class : _CLASS_N;
}

/* What compares a figure with others: its value, else its upper, else its lower bound. */
static struct count size_of(const struct amount *a)
{
    return a->value.known ? a->value : a->max.known ? a->max : a->min;
}

static int compare_unsigned(unsigned a, unsigned b)
{
    return (a > b) - (a < b);
}

/* Latest first, unknown last. */
static int compare_asserted(const struct edtf *a, const struct edtf *b)
{
    return a->text && b->text ? edtf_compare(b, a) : edtf_compare(a, b);
}

/* Highest first, unknown last. */
static int compare_size(const struct amount *x, const struct amount *y)
{
    struct count a = size_of(x), b = size_of(y);
    if (!a.known || !b.known)
        return b.known - a.known;
    return (a.value < b.value) - (a.value > b.value);
}

/* Less than 0 when A goes before B by the rule. */
static int compare_figures(const struct incident *x, const struct figure *a, const struct figure *b)
{
    int r;
    r = (a->amount.qualifier == QUALIFIER_PLACEHOLDER) - (b->amount.qualifier == QUALIFIER_PLACEHOLDER);
    if (r)
        return r;
    r = compare_unsigned(a->unit, b->unit);
    if (r)
        return r;
    r = compare_unsigned(scope_rank[a->scope], scope_rank[b->scope]);
    if (r)
        return r;
    r = compare_unsigned(class_of(x, a), class_of(x, b));
    if (r)
        return r;
    r = compare_asserted(&a->e.asserted, &b->e.asserted);
    if (r)
        return r;
    return compare_size(&a->amount, &b->amount);
}

/* Files and money have no place in the rule's order of units: neither says how many were affected. */
static bool may_be_headline(const struct figure *f)
{
    return f->scope == SCOPE_AFFECTED && f->e.certainty != CERTAINTY_DENIED && f->unit <= UNIT_ORGANIZATIONS;
}

static bool may_state_dealers(const struct figure *f)
{
    return f->unit == UNIT_DEALERS && f->e.certainty != CERTAINTY_DENIED && f->scope != SCOPE_CONTEXT;
}

/* The first by the rule of those that MAY be chosen, or -1. */
static int choose(const struct incident *x, bool (*may)(const struct figure *))
{
    int best = -1;
    for (size_t i = 0; i < x->n_figures; i++)
        if (may(&x->figures[i]) && (best < 0 || compare_figures(x, &x->figures[i], &x->figures[best]) < 0))
            best = (int)i;
    return best;
}

int derive_headline(const struct incident *x)
{
    return choose(x, may_be_headline);
}

static struct affected affected_by(const struct incident *x, int chosen)
{
    if (chosen < 0)
        return (struct affected){0};
    const struct figure *f = &x->figures[chosen];
    const struct source *s = incident_source(x, f->e.source);
    return (struct affected){
        .known = true,
        .amount = f->amount,
        .unit = f->unit,
        .scope = f->scope,
        .certainty = f->e.certainty,
        .asserted_by = f->e.asserted_by,
        .asserted = f->e.asserted,
        .publisher = s ? s->publisher : NULL,
        .source = f->e.source,
        .of = f->of,
        .figure = f->id,
    };
}

/* How many figures, not denied, stand beside the chosen one: of its own scope, or stated as rivals. UNIT
 * limits them to one unit; _UNIT_N does not. */
static size_t count_others(const struct incident *x, int chosen, enum unit unit)
{
    size_t n = 0;
    for (size_t i = 0; chosen >= 0 && i < x->n_figures; i++) {
        const struct figure *f = &x->figures[i];
        n += (int)i != chosen && f->e.certainty != CERTAINTY_DENIED && (unit == _UNIT_N || f->unit == unit) &&
             (f->scope == x->figures[chosen].scope || f->scope == SCOPE_ALTERNATIVE);
    }
    return n;
}

static bool party_is_touched_dealer(const struct party *p)
{
    bool touched = p->role == ROLE_BREACHED || p->role == ROLE_CUSTOMERS_EXPOSED || p->role == ROLE_DISRUPTED;
    return touched && p->organization.id && org_is_dealer(p->organization.kind) &&
           p->e.certainty != CERTAINTY_DENIED;
}

static size_t count_named_dealers(const struct incident *x)
{
    size_t n = 0, j;
    for (size_t i = 0; i < x->n_parties; i++) {
        if (!party_is_touched_dealer(&x->parties[i]))
            continue;
        for (j = 0; j < i; j++)
            if (party_is_touched_dealer(&x->parties[j]) &&
                strcmp(x->parties[i].organization.id, x->parties[j].organization.id) == 0)
                break;
        n += j == i;
    }
    return n;
}

int derive_figures(struct incident *x, struct arena *mem)
{
    unsigned of_unit[_UNIT_N] = {0};
    for (size_t i = 0; i < x->n_parties; i++)
        if (x->parties[i].has_count)
            derive_amount(&x->parties[i].count);
    for (size_t i = 0; i < x->n_figures; i++) {
        struct figure *f = &x->figures[i];
        derive_amount(&f->amount);
        f->id = arena_printf(mem, "%s-%u", vocab_id(&vocab_unit, f->unit), ++of_unit[f->unit]);
        if (!f->id)
            return -ENOMEM;
    }

    int headline = derive_headline(x), dealers = choose(x, may_state_dealers);
    x->row.affected = affected_by(x, headline);
    x->row.affected.others = count_others(x, headline, _UNIT_N);
    x->row.dealers_stated = affected_by(x, dealers);
    x->row.dealers_stated.others = count_others(x, dealers, UNIT_DEALERS);
    x->row.dealers_named = count_named_dealers(x);
    return 0;
}
