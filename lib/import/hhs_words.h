/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_HHS_WORDS_H
#define BREACHD_IMPORT_HHS_WORDS_H

/* The words that the breach portal of the U.S. Department of Health and Human Services uses, and what they mean in the
 * model. Words are compared without regard to letter case. */
#include "model/model.h"

enum hhs_column {
    HHS_NAME,
    HHS_STATE,
    HHS_ENTITY,
    HHS_AFFECTED,
    HHS_SUBMITTED,
    HHS_TYPE,
    HHS_LOCATION,
    HHS_ASSOCIATE,
    HHS_DESCRIPTION,
    _HHS_COLUMN_N
};

struct hhs_heading {
    const char *name;
    bool required; /* without it a row has no id, or says nothing */
};
extern const struct hhs_heading hhs_headings[_HHS_COLUMN_N];

/* A type of breach. */
struct hhs_type {
    const char *word;
    const char *plain; /* within a sentence; NULL: it says nothing */
    enum action action;
    bool of_things;          /* it is that action only where a thing could be taken away */
    const char *variety;     /* as VERIS has it; NULL: not told */
    enum certainty attack;   /* that it was this action */
    enum certainty exposure; /* that data got out */
};

/* What a word means, or NULL. */
const struct hhs_type *hhs_type_of(const char *word);

struct hhs_entity {
    const char *word, *plain; /* "a health plan" */
    enum org_kind kind;
};
const struct hhs_entity *hhs_entity_of(const char *word);

/* A state or territory by its postal code. */
struct hhs_state {
    char code[3], region[6]; /* ISO 3166-2 */
    const char *name;
};
const struct hhs_state *hhs_state_of(const char *code);

/* Whether a location is a thing that can be carried off: paper, a computer. */
bool hhs_is_thing(const char *location);

/* Whether a text stands for none: "None", "N/A", what databases write for null. */
bool hhs_is_none(const char *text);

#endif
