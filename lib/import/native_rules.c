/* SPDX-License-Identifier: MIT */
/* What the members of one object must agree on; see native_rules.h. What needs other records is in
 * resolve.c. */
#include "import/native_rules.h"

/* Where an attacker publishes what was stolen is never told; any other URL must be one to link to. */
int rule_source(struct reader *r, void *object)
{
    struct source *s = object;
    if (!s->title && !s->description)
        return reader_fault(r, NULL, "has neither title nor description; give one");
    if (!s->url)
        return 0;
    if (s->class == CLASS_ATTACKER) {
        s->url = NULL;
        return reader_warn(r, "attacker-url", "url",
                           "left out: URLs of sources of class attacker are not kept");
    }
    if (!reader_is_url(s->url))
        return reader_fault(r, "url", "is no URL that can be linked to; use http:// or https://");
    return 0;
}

int rule_org_ref(struct reader *r, void *object)
{
    struct org_ref *o = object;
    if (o->id)
        return 0; /* name and kind are the organisation's own */
    if (!o->name)
        return reader_fault(r, NULL,
                            "has neither id nor name; name an organisation by id, or a group in words");
    if ((int)o->kind == WORD_ABSENT)
        return reader_fault(r, "kind", "is missing; a group without an id needs one");
    return 0;
}

/* Which of value, min and max a qualifier takes. A bound beside a value must be what the value implies: it is
 * derived again. */
static const struct shape {
    bool value, min, max; /* may be given */
    const char *mend;
} shapes[_QUALIFIER_N] = {
    [QUALIFIER_EXACT] = {true, true, true, "exact takes a value; min and max equal it or are left out"},
    [QUALIFIER_ABOUT] = {true, true, true, "about takes a value; min and max equal it or are left out"},
    [QUALIFIER_AT_LEAST] = {true, true, false,
                            "at_least takes a value; min equals it or is left out, max is"},
    [QUALIFIER_UP_TO] = {true, false, true, "up_to takes a value; max equals it or is left out, min is"},
    [QUALIFIER_BETWEEN] = {false, true, true, "between takes min and max, the lower first, and no value"},
    [QUALIFIER_PLACEHOLDER] = {true, false, false, "placeholder takes a value and no bounds"},
};

static bool bound_fits(struct count bound, bool allowed, struct count value)
{
    return !bound.known || (allowed && (!value.known || bound.value == value.value));
}

int rule_amount(struct reader *r, void *object)
{
    const struct amount *a = object;
    const struct shape *s = &shapes[a->qualifier];
    bool fits = a->value.known == s->value && bound_fits(a->min, s->min, a->value) &&
                bound_fits(a->max, s->max, a->value);
    if (a->qualifier == QUALIFIER_BETWEEN)
        fits = fits && a->min.known && a->max.known && a->min.value <= a->max.value;
    return fits ? 0 : reader_fault(r, "qualifier", "%s", s->mend);
}

int rule_party(struct reader *r, void *object)
{
    const struct party *p = object;
    if (p->has_count && p->organization.id)
        return reader_fault(r, "count",
                            "belongs to a group in words; an organisation with an id counts as one");
    return 0;
}

int rule_figure(struct reader *r, void *object)
{
    struct figure *f = object;
    if ((f->unit == UNIT_MONEY) != (f->currency != NULL))
        return reader_fault(r, "currency",
                            f->currency ? "goes with unit money only; leave it out"
                                        : "is missing; unit money needs it");
    return rule_amount(r, &f->amount);
}

int rule_related(struct reader *r, void *object)
{
    const struct related *x = object;
    if (x->relation == RELATION_FOLLOWED_BY || x->relation == RELATION_HAS_DUPLICATE)
        return reader_fault(r, "relation", "is made by the import; state \"%s\" in the other record",
                            vocab_id(&vocab_relation, x->relation == RELATION_FOLLOWED_BY
                                                          ? RELATION_FOLLOW_UP
                                                          : RELATION_DUPLICATE_OF));
    return 0;
}

int rule_link(struct reader *r, void *object)
{
    const struct org_link *l = object;
    if (!l->organization.id)
        return reader_fault(r, "organization.id", "is missing; a link goes to an organisation with an id");
    return 0;
}

int rule_incident(struct reader *r, void *object)
{
    const struct incident *x = object;
    bool withdrawn = x->row.status == STATUS_WITHDRAWN;
    if (withdrawn && !x->row.withdrawn.at)
        return reader_fault(r, "withdrawn", "is missing; status withdrawn needs when and why");
    if (!withdrawn && x->row.withdrawn.at)
        return reader_fault(r, "status", "must be withdrawn where the member withdrawn is given");
    if (withdrawn && x->row.merged_into)
        return reader_fault(r, "merged_into", "cannot stand in a withdrawn record; leave out one of both");
    return 0;
}
