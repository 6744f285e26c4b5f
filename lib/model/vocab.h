/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_MODEL_VOCAB_H
#define BREACHD_MODEL_VOCAB_H

/*
 * The closed vocabularies: for every enum its words as they stand in data, how a person reads them, and what
 * they mean. Import, parameters, pages and their glossary all read these tables.
 * Within api 1 words may be added; none is renamed or removed.
 */
#include <stddef.h>

enum certainty {
    CERTAINTY_CONFIRMED,
    CERTAINTY_CLAIMED,
    CERTAINTY_SUSPECTED,
    CERTAINTY_DENIED,
    CERTAINTY_UNKNOWN,
    _CERTAINTY_N
};
/* Exposure has the certainties' values and words; "denied" and "unknown" included. */

enum status {
    STATUS_CLAIMED,
    STATUS_SUSPECTED,
    STATUS_CONFIRMED,
    STATUS_DISPUTED,
    STATUS_WITHDRAWN,
    _STATUS_N
};

/* In the order of the headline rule: whose figure comes first. */
enum source_class {
    CLASS_REGULATOR,
    CLASS_COMPANY,
    CLASS_RESEARCHER,
    CLASS_PRESS,
    CLASS_DATASET,
    CLASS_AGGREGATOR,
    CLASS_ATTACKER,
    _CLASS_N
};

enum date_kind { DATE_OCCURRED, DATE_DISCOVERED, DATE_CONTAINED, DATE_NOTIFIED, DATE_DISCLOSED, _DATE_N };

enum role { ROLE_BREACHED, ROLE_CUSTOMERS_EXPOSED, ROLE_DISRUPTED, ROLE_VENDOR, ROLE_FILER, _ROLE_N };

enum org_kind {
    ORG_DEALER,
    ORG_DEALER_GROUP,
    ORG_AUTOMAKER,
    ORG_IMPORTER,
    ORG_FINANCE,
    ORG_SUPPLIER,
    ORG_VENDOR,
    ORG_OTHER,
    _ORG_N
};

/* In the order of the headline rule for the first six. */
enum unit {
    UNIT_PEOPLE,
    UNIT_ACCOUNTS,
    UNIT_RECORDS,
    UNIT_VEHICLES,
    UNIT_DEALERS,
    UNIT_ORGANIZATIONS,
    UNIT_FILES,
    UNIT_MONEY,
    _UNIT_N
};

enum qualifier {
    QUALIFIER_EXACT,
    QUALIFIER_ABOUT,
    QUALIFIER_AT_LEAST,
    QUALIFIER_UP_TO,
    QUALIFIER_BETWEEN,
    QUALIFIER_PLACEHOLDER,
    _QUALIFIER_N
};

enum scope {
    SCOPE_AFFECTED,
    SCOPE_SUBSET,
    SCOPE_CONTEXT,
    SCOPE_DISRUPTED,
    SCOPE_ATTACKER_CLAIM,
    SCOPE_ALTERNATIVE,
    _SCOPE_N
};

enum actor_kind {
    ACTOR_GROUP,
    ACTOR_STATE,
    ACTOR_INSIDER,
    ACTOR_PERSON,
    ACTOR_RESEARCHER,
    ACTOR_UNKNOWN,
    _ACTOR_N
};

/* The seven actions of VERIS, and "unknown". */
enum action {
    ACTION_HACKING,
    ACTION_MALWARE,
    ACTION_SOCIAL,
    ACTION_MISUSE,
    ACTION_ERROR,
    ACTION_PHYSICAL,
    ACTION_ENVIRONMENTAL,
    ACTION_UNKNOWN,
    _ACTION_N
};

enum event_kind {
    EVENT_INTRUSION,
    EVENT_DISCOVERY,
    EVENT_CONTAINMENT,
    EVENT_DISCLOSURE,
    EVENT_NOTIFICATION,
    EVENT_STATEMENT,
    EVENT_REGULATOR,
    EVENT_CLAIM,
    EVENT_LEAK,
    EVENT_RESTORATION,
    EVENT_ANALYSIS,
    EVENT_LAWSUIT,
    EVENT_SETTLEMENT,
    EVENT_OTHER,
    _EVENT_N
};

enum relation {
    RELATION_POSSIBLE_LINK,
    RELATION_SAME_GROUP,
    RELATION_SAME_VENDOR,
    RELATION_FOLLOW_UP,
    RELATION_DUPLICATE_OF,
    RELATION_FOLLOWED_BY,
    RELATION_HAS_DUPLICATE,
    _RELATION_N
};

enum name_type { NAME_ALIAS, NAME_FORMER, NAME_NATIVE, NAME_TRADING, NAME_MISSPELLING, _NAME_N };

enum org_relation { ORG_OWNED_BY, ORG_SUPPLIED_BY, _ORG_RELATION_N };

/* How far a question about an organisation goes. */
enum reach_of { REACH_OF_OWN, REACH_OF_GROUP, REACH_OF_ALL, _REACH_OF_N };

/* The eleven lists of an incident, as `about` names them. */
enum list_name {
    LIST_DATES,
    LIST_PARTIES,
    LIST_FIGURES,
    LIST_DATA_CLASSES,
    LIST_ACTORS,
    LIST_ATTACK,
    LIST_TIMELINE,
    LIST_RELATED,
    LIST_CAVEATS,
    LIST_CONFLICTS,
    LIST_SOURCES,
    _LIST_N
};

struct word {
    const char *id;         /* as in data and URLs: "customers_exposed" */
    const char *label;      /* as a page says it: "customers exposed" */
    const char *definition; /* one or two sentences, plain text */
};

struct vocab {
    const char *name;  /* "certainty": anchors are "#NAME-ID" with _ as - */
    const char *title; /* "How sure" */
    const struct word *words;
    size_t n;
};

extern const struct vocab vocab_certainty, vocab_exposure, vocab_status, vocab_source_class, vocab_date_kind,
    vocab_role, vocab_org_kind, vocab_unit, vocab_qualifier, vocab_scope, vocab_actor_kind, vocab_action,
    vocab_event_kind, vocab_relation, vocab_name_type, vocab_org_relation, vocab_reach, vocab_list_name,
    vocab_data_class;

/* All of them, in the order of a glossary. */
extern const struct vocab *const vocab_all[];
extern const size_t vocab_all_n;

/* The index (= enum value) of ID in V, or -1. */
int vocab_find(const struct vocab *v, const char *id);

/* The id or the label of VALUE; VALUE must be within V. */
const char *vocab_id(const struct vocab *v, unsigned value);
const char *vocab_label(const struct vocab *v, unsigned value);

/* The word of V nearest to TEXT by edit distance, or NULL when none is near enough to be a likely slip. */
const char *vocab_nearest(const struct vocab *v, const char *text);

#endif
