/* SPDX-License-Identifier: MIT */
/* Looking things up in the closed vocabularies; the words themselves are in vocab_*.c. */
#include "model/vocab.h"

#include "model/spelling.h"

#include <limits.h>
#include <string.h>

/* What a reader meets first comes first. Lists' names are no terms and stay out. */
const struct vocab *const vocab_all[] = {
    &vocab_certainty,  &vocab_status,       &vocab_exposure, &vocab_role,       &vocab_org_kind,
    &vocab_unit,       &vocab_qualifier,    &vocab_scope,    &vocab_data_class, &vocab_action,
    &vocab_event_kind, &vocab_date_kind,    &vocab_relation, &vocab_actor_kind, &vocab_source_class,
    &vocab_name_type,  &vocab_org_relation, &vocab_reach,
};
const size_t vocab_all_n = sizeof vocab_all / sizeof *vocab_all;

int vocab_find(const struct vocab *v, const char *id)
{
    for (size_t i = 0; i < v->n; i++)
        if (strcmp(v->words[i].id, id) == 0)
            return (int)i;
    return -1;
}

const char *vocab_id(const struct vocab *v, unsigned value)
{
    return v->words[value].id;
}

const char *vocab_label(const struct vocab *v, unsigned value)
{
    return v->words[value].label;
}

const char *vocab_nearest(const struct vocab *v, const char *text)
{
    const char *nearest = NULL;
    unsigned best = UINT_MAX;
    for (size_t i = 0; i < v->n; i++) {
        unsigned distance = spelling_distance(v->words[i].id, text);
        if (distance < best && spelling_is_near(v->words[i].id, text)) {
            best = distance;
            nearest = v->words[i].id;
        }
    }
    return nearest;
}
