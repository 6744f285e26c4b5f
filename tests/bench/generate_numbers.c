/* SPDX-License-Identifier: MIT */
/* Who was hit by a made-up incident, and how many of what: its parties and figures. */
#include "generate.h"

#include "jsonw.h"

#define N_OF(list)       (sizeof(list) / sizeof *(list))
#define PICK(c, weights) chance_pick((c), (weights), N_OF(weights))

static void put_organization(struct scene *s, const struct company *x)
{
    put_open(s->o, "organization", '{');
    put_text(s->o, "id", x->id);
    put_close(s->o, '}');
}

/* --- amounts --- */

/* Value and bounds as the qualifier has them; the importer derives those that follow. */
static void put_amount(struct scene *s, enum qualifier qualifier, uint64_t value)
{
    if (qualifier == QUALIFIER_BETWEEN) {
        put_number(s->o, "min", value);
        put_number(s->o, "max", value + chance_size(&s->c, 4));
    } else {
        put_number(s->o, "value", qualifier == QUALIFIER_PLACEHOLDER ? 500 + value % 2 : value);
    }
    put_text(s->o, "qualifier", vocab_id(&vocab_qualifier, qualifier));
}

static enum qualifier pick_qualifier(struct scene *s)
{
    static const uint16_t weights[_QUALIFIER_N] = {380, 230, 130, 160, 60, 40};
    return (enum qualifier)PICK(&s->c, weights);
}

/* --- parties --- */

/* A group in words has no record of its own, but a number. */
static void put_group(struct scene *s)
{
    static const enum org_kind kinds[] = {ORG_DEALER, ORG_DEALER, ORG_DEALER, ORG_SUPPLIER, ORG_OTHER};
    put_open(s->o, "organization", '{');
    put_text_begin(s->o, "name");
    strbuf_adds(s->o, "Companies in ");
    strbuf_adds(s->o, lexicon_rare(s->w->lexicon, &s->c));
    put_text_end(s->o);
    put_text(s->o, "kind", vocab_id(&vocab_org_kind, kinds[chance_below(&s->c, N_OF(kinds))]));
    put_close(s->o, '}');
    if (chance_is(&s->c, 600)) {
        enum qualifier qualifier = pick_qualifier(s);
        put_open(s->o, "count", '{');
        put_amount(s, qualifier == QUALIFIER_PLACEHOLDER ? QUALIFIER_EXACT : qualifier,
                   chance_size(&s->c, 2));
        put_close(s->o, '}');
    }
}

static void put_party(struct scene *s, bool first)
{
    static const uint16_t headline[_ROLE_N] = {800, 100, 90, 10, 0},
                          further[_ROLE_N] = {250, 300, 250, 120, 80};
    struct company x;
    put_open(s->o, NULL, '{');
    if (first) {
        put_organization(s, &s->headline);
    } else if (chance_is(&s->c, 120)) {
        put_group(s);
    } else {
        company_make(s->w, zipf_draw(&s->w->companies_often, &s->c), &x);
        put_organization(s, &x);
    }
    put_text(s->o, "role",
             vocab_id(&vocab_role, (unsigned)chance_pick(&s->c, first ? headline : further, _ROLE_N)));
    facts_put_evidence(s, facts_certainty(s));
    put_close(s->o, '}');
}

void facts_put_parties(struct scene *s)
{
    put_open(s->o, "parties", '[');
    for (unsigned n = 0; n < s->n_parties; n++)
        put_party(s, n == 0);
    put_close(s->o, ']');
}

/* --- figures --- */

/* Sources repeat each other's number, or have a rival one. */
static void put_figure(struct scene *s, bool first, uint64_t *value)
{
    static const uint16_t units[_UNIT_N] = {500, 180, 140, 40, 30, 20, 60, 30};
    static const uint16_t scopes[_SCOPE_N] = {850, 50, 20, 40, 40, 0},
                          further[_SCOPE_N] = {400, 230, 90, 80, 120, 80};
    enum unit unit = (enum unit)PICK(&s->c, units);
    if (!chance_is(&s->c, 200))
        *value = chance_size(&s->c, unit == UNIT_DEALERS || unit == UNIT_ORGANIZATIONS ? 3 : 8);
    put_open(s->o, NULL, '{');
    put_amount(s, pick_qualifier(s), *value);
    put_text(s->o, "unit", vocab_id(&vocab_unit, unit));
    put_text(s->o, "currency", unit == UNIT_MONEY ? "USD" : NULL);
    put_text(s->o, "scope",
             vocab_id(&vocab_scope, (unsigned)chance_pick(&s->c, first ? scopes : further, _SCOPE_N)));
    if (chance_is(&s->c, 500)) {
        put_text_begin(s->o, "of");
        lexicon_words(s->w->lexicon, &s->c, 1, 5, s->o);
        put_text_end(s->o);
    }
    if (s->n_parties && chance_is(&s->c, 80))
        put_organization(s, &s->headline);
    facts_put_evidence(s, facts_certainty(s));
    put_close(s->o, '}');
}

void facts_put_figures(struct scene *s)
{
    static const uint16_t weights[] = {250, 480, 160, 70, 30, 10};
    unsigned n = (unsigned)PICK(&s->c, weights);
    uint64_t value = 1;
    put_open(s->o, "figures", '[');
    for (unsigned i = 0; i < n; i++)
        put_figure(s, i == 0, &value);
    put_close(s->o, ']');
}
