/* SPDX-License-Identifier: MIT */
/* Tables of words; see hhs_words.h. */
#include "import/hhs_words.h"

#include <strings.h>

#define FOR(i, rows) for (size_t i = 0; i < sizeof(rows) / sizeof *(rows); i++)

const struct hhs_heading hhs_headings[_HHS_COLUMN_N] = {
    [HHS_NAME] = {"Name of Covered Entity", true},
    [HHS_STATE] = {"State", true},
    [HHS_ENTITY] = {"Covered Entity Type", false},
    [HHS_AFFECTED] = {"Individuals Affected", true},
    [HHS_SUBMITTED] = {"Breach Submission Date", true},
    [HHS_TYPE] = {"Type of Breach", true},
    [HHS_LOCATION] = {"Location of Breached Information", true},
    [HHS_ASSOCIATE] = {"Business Associate Present", false},
    [HHS_DESCRIPTION] = {"Web Description", false},
};

/*
 * Who files a report admits a breach of health information, so that it got out is confirmed; save where only its
 * carrier is known to be gone, by loss or careless disposal: then it may have. Unauthorized access is misuse by
 * insiders or error, and the word does not tell which, so no action is guessed; nor is it for theft from where nothing
 * can be carried off.
 */
static const struct hhs_type types[] = {
    {"Hacking/IT Incident", "hacking or IT incident", ACTION_HACKING, false, NULL, CERTAINTY_CONFIRMED,
     CERTAINTY_CONFIRMED},
    {"Improper Disposal", "improper disposal", ACTION_ERROR, false, "Disposal error", CERTAINTY_CONFIRMED,
     CERTAINTY_SUSPECTED},
    {"Loss", "loss", ACTION_ERROR, false, "Loss", CERTAINTY_CONFIRMED, CERTAINTY_SUSPECTED},
    {"Other", NULL, ACTION_UNKNOWN, false, "Other", CERTAINTY_UNKNOWN, CERTAINTY_CONFIRMED},
    {"Theft", "theft", ACTION_PHYSICAL, true, "Theft", CERTAINTY_CONFIRMED, CERTAINTY_CONFIRMED},
    {"Unauthorized Access/Disclosure", "unauthorized access or disclosure", ACTION_UNKNOWN, false,
     "Unauthorized Access/Disclosure", CERTAINTY_UNKNOWN, CERTAINTY_CONFIRMED},
    {"Unknown", NULL, ACTION_UNKNOWN, false, "Unknown", CERTAINTY_UNKNOWN, CERTAINTY_CONFIRMED},
};

static const struct hhs_entity entities[] = {
    {"Business Associate", "a business associate", ORG_VENDOR},
    {"Health Plan", "a health plan", ORG_OTHER},
    {"Healthcare Clearing House", "a healthcare clearing house", ORG_OTHER},
    {"Healthcare Provider", "a healthcare provider", ORG_OTHER},
};

static const struct hhs_state states[] = {
    {"AL", "US-AL", "Alabama"},
    {"AK", "US-AK", "Alaska"},
    {"AZ", "US-AZ", "Arizona"},
    {"AR", "US-AR", "Arkansas"},
    {"CA", "US-CA", "California"},
    {"CO", "US-CO", "Colorado"},
    {"CT", "US-CT", "Connecticut"},
    {"DE", "US-DE", "Delaware"},
    {"DC", "US-DC", "the District of Columbia"},
    {"FL", "US-FL", "Florida"},
    {"GA", "US-GA", "Georgia"},
    {"HI", "US-HI", "Hawaii"},
    {"ID", "US-ID", "Idaho"},
    {"IL", "US-IL", "Illinois"},
    {"IN", "US-IN", "Indiana"},
    {"IA", "US-IA", "Iowa"},
    {"KS", "US-KS", "Kansas"},
    {"KY", "US-KY", "Kentucky"},
    {"LA", "US-LA", "Louisiana"},
    {"ME", "US-ME", "Maine"},
    {"MD", "US-MD", "Maryland"},
    {"MA", "US-MA", "Massachusetts"},
    {"MI", "US-MI", "Michigan"},
    {"MN", "US-MN", "Minnesota"},
    {"MS", "US-MS", "Mississippi"},
    {"MO", "US-MO", "Missouri"},
    {"MT", "US-MT", "Montana"},
    {"NE", "US-NE", "Nebraska"},
    {"NV", "US-NV", "Nevada"},
    {"NH", "US-NH", "New Hampshire"},
    {"NJ", "US-NJ", "New Jersey"},
    {"NM", "US-NM", "New Mexico"},
    {"NY", "US-NY", "New York"},
    {"NC", "US-NC", "North Carolina"},
    {"ND", "US-ND", "North Dakota"},
    {"OH", "US-OH", "Ohio"},
    {"OK", "US-OK", "Oklahoma"},
    {"OR", "US-OR", "Oregon"},
    {"PA", "US-PA", "Pennsylvania"},
    {"RI", "US-RI", "Rhode Island"},
    {"SC", "US-SC", "South Carolina"},
    {"SD", "US-SD", "South Dakota"},
    {"TN", "US-TN", "Tennessee"},
    {"TX", "US-TX", "Texas"},
    {"UT", "US-UT", "Utah"},
    {"VT", "US-VT", "Vermont"},
    {"VA", "US-VA", "Virginia"},
    {"WA", "US-WA", "Washington"},
    {"WV", "US-WV", "West Virginia"},
    {"WI", "US-WI", "Wisconsin"},
    {"WY", "US-WY", "Wyoming"},
    {"AS", "US-AS", "American Samoa"},
    {"GU", "US-GU", "Guam"},
    {"MP", "US-MP", "the Northern Mariana Islands"},
    {"PR", "US-PR", "Puerto Rico"},
    {"UM", "US-UM", "the U.S. Minor Outlying Islands"},
    {"VI", "US-VI", "the U.S. Virgin Islands"},
};

static const char *const things[] = {"Desktop Computer", "Laptop", "Other Portable Electronic Device",
                                     "Paper/Films"};

static const char *const nones[] = {"None", "N/A", "NA", "null", "\\N", "\\", "\\\\", "-"};

const struct hhs_type *hhs_type_of(const char *word)
{
    FOR(i, types)
    if (strcasecmp(types[i].word, word) == 0)
        return &types[i];
    return NULL;
}

const struct hhs_entity *hhs_entity_of(const char *word)
{
    FOR(i, entities)
    if (strcasecmp(entities[i].word, word) == 0)
        return &entities[i];
    return NULL;
}

const struct hhs_state *hhs_state_of(const char *code)
{
    FOR(i, states)
    if (strcasecmp(states[i].code, code) == 0)
        return &states[i];
    return NULL;
}

bool hhs_is_thing(const char *location)
{
    FOR(i, things)
    if (strcasecmp(things[i], location) == 0)
        return true;
    return false;
}

bool hhs_is_none(const char *text)
{
    FOR(i, nones)
    if (strcasecmp(nones[i], text) == 0)
        return true;
    return false;
}
