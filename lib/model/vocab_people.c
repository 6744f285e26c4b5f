/* SPDX-License-Identifier: MIT */
/*
 * The words for who has to do with an incident and where the record's facts come from: parties,
 * organisations, actors, sources, and how records hang together. Printed as the glossary.
 */
#include "model/vocab_table.h"

static const struct word role[] = {
    [ROLE_BREACHED] = {"breached", "breached",
                       "The incident happened in its own systems or premises, or to data in its own hands."},
    [ROLE_CUSTOMERS_EXPOSED] = {"customers_exposed", "customers exposed",
                                "Data of its customers were exposed, though the incident happened at "
                                "another, such as its supplier or carmaker."},
    [ROLE_DISRUPTED] = {"disrupted", "disrupted",
                        "It could not work as usual; that its data got out is not said by this."},
    [ROLE_VENDOR] = {"vendor", "vendor",
                     "It supplied the product or service through which the incident came about."},
    [ROLE_FILER] = {"filer", "announced it",
                    "It announced or reported the incident, for itself or on behalf of others."},
};
VOCAB_COMPLETE(role, _ROLE_N);
const struct vocab vocab_role = {.name = "role", .title = "Part in an incident", VOCAB(role)};

static const struct word org_kind[] = {
    [ORG_DEALER] = {"dealer", "dealer", "Sells or services vehicles: a dealership or a dealer company."},
    [ORG_DEALER_GROUP] = {"dealer_group", "dealer group", "Owns or runs several dealerships."},
    [ORG_AUTOMAKER] = {"automaker", "carmaker",
                       "Makes vehicles, or sells them to dealers as a maker's national company."},
    [ORG_IMPORTER] = {"importer", "importer",
                      "Brings vehicles of a brand into a country and supplies its dealers."},
    [ORG_FINANCE] = {"finance", "finance company", "A bank, an insurer, a lender or lessor; a carmaker's own finance arm too."},
    [ORG_SUPPLIER] = {"supplier", "supplier", "Supplies parts or goods."},
    [ORG_VENDOR] = {"vendor", "software or service vendor",
                    "Supplies software or services, such as a dealer management system or marketing."},
    [ORG_OTHER] = {"other", "other organisation",
                   "Any other organisation, or one whose business is not known."},
};
VOCAB_COMPLETE(org_kind, _ORG_N);
const struct vocab vocab_org_kind = {.name = "org_kind", .title = "Kinds of organisation", VOCAB(org_kind)};

static const struct word actor_kind[] = {
    [ACTOR_GROUP] = {"group", "group", "A criminal or activist group, known by the name it goes under."},
    [ACTOR_STATE] = {"state", "state-linked", "Said to act for a state or with its help."},
    [ACTOR_INSIDER] = {"insider", "insider",
                       "Somebody with rightful access, such as an employee or a contractor."},
    [ACTOR_PERSON] = {"person", "person", "A single person from outside."},
    [ACTOR_RESEARCHER] = {"researcher", "researcher",
                          "Found or showed the weakness, by what is known without meaning harm."},
    [ACTOR_UNKNOWN] = {"unknown", "kind not known", "What kind of actor this is, is not known."},
};
VOCAB_COMPLETE(actor_kind, _ACTOR_N);
const struct vocab vocab_actor_kind = {.name = "actor_kind", .title = "Kinds of actor", VOCAB(actor_kind)};

static const struct word source_class[] = {
    [CLASS_REGULATOR] = {"regulator", "regulator",
                         "An authority or a court: its decisions, notices and registers."},
    [CLASS_COMPANY] =
        {"company", "company",
         "An organisation that the incident concerns, or another company that speaks for itself."},
    [CLASS_RESEARCHER] = {"researcher", "researcher",
                          "Whoever studies security, such as a person or a firm."},
    [CLASS_PRESS] = {"press", "press", "Journalism: newspapers, agencies, trade press."},
    [CLASS_DATASET] = {"dataset", "dataset",
                       "A collection of coded incident records, each of which cites what it rests on."},
    [CLASS_AGGREGATOR] = {"aggregator", "aggregator",
                          "A list that gathers reports of others, often without saying from where."},
    [CLASS_ATTACKER] = {"attacker", "attacker",
                        "Whoever says to have done it. Addresses of such sources are not published."},
};
VOCAB_COMPLETE(source_class, _CLASS_N);
const struct vocab vocab_source_class = {
    .name = "source_class", .title = "Kinds of source", VOCAB(source_class)};

static const struct word relation[] = {
    [RELATION_POSSIBLE_LINK] = {"possible_link", "possibly linked",
                                "Somebody sees a link between the two, or the record leaves one open."},
    [RELATION_SAME_GROUP] = {"same_group", "same group of companies",
                             "Organisations of one group of companies were hit in both."},
    [RELATION_SAME_VENDOR] = {"same_vendor", "same vendor", "Both came about through the same vendor."},
    [RELATION_FOLLOW_UP] = {"follow_up", "follow-up of", "This incident followed from the other."},
    [RELATION_DUPLICATE_OF] =
        {"duplicate_of", "duplicate of",
         "This record tells of the same incident as the other, which is the one to read."},
    [RELATION_FOLLOWED_BY] = {"followed_by", "followed by", "The other incident followed from this one."},
    [RELATION_HAS_DUPLICATE] = {"has_duplicate", "has duplicate",
                                "The other record tells of the same incident as this one."},
};
VOCAB_COMPLETE(relation, _RELATION_N);
const struct vocab vocab_relation = {
    .name = "relation", .title = "How incidents hang together", VOCAB(relation)};

static const struct word name_type[] = {
    [NAME_ALIAS] = {"alias", "also known as", "Another name in use at the same time."},
    [NAME_FORMER] = {"former", "formerly", "A name that it no longer bears."},
    [NAME_NATIVE] = {"native", "in its own language", "Its name in its own language or script."},
    [NAME_TRADING] = {"trading", "trading as", "The name that it does business under."},
    [NAME_MISSPELLING] = {"misspelling", "misspelled as",
                          "A wrong spelling that occurs in sources; kept so that a search finds it."},
};
VOCAB_COMPLETE(name_type, _NAME_N);
const struct vocab vocab_name_type = {.name = "name_type", .title = "Kinds of name", VOCAB(name_type)};

static const struct word org_relation[] = {
    [ORG_OWNED_BY] = {"owned_by", "owned by",
                      "A source says that the other owns it, in whole or in part. Selling a brand is no "
                      "ownership."},
    [ORG_SUPPLIED_BY] = {"supplied_by", "supplied by",
                         "A source says that it uses a product or service of the other."},
};
VOCAB_COMPLETE(org_relation, _ORG_RELATION_N);
const struct vocab vocab_org_relation = {
    .name = "org_relation", .title = "How organisations hang together", VOCAB(org_relation)};

static const struct word reach[] = {
    [REACH_OF_OWN] = {"own", "its own", "Incidents that name the organisation itself."},
    [REACH_OF_GROUP] = {"group", "what it owns", "Its own, and those of the organisations that it owns."},
    [REACH_OF_ALL] = {"all", "what it owns, its owners and suppliers",
                      "Also those that reach it through its owners and suppliers."},
};
VOCAB_COMPLETE(reach, _REACH_OF_N);
const struct vocab vocab_reach = {.name = "reach", .title = "How far an organisation reaches", VOCAB(reach)};

static const struct word list_name[] = {
    [LIST_DATES] = {"dates", "dates", "When it happened, was noticed, stopped, notified and disclosed."},
    [LIST_PARTIES] = {"parties", "parties", "The organisations concerned, and their parts in it."},
    [LIST_FIGURES] = {"figures", "figures", "How many were affected, disrupted or claimed, and by whom."},
    [LIST_DATA_CLASSES] = {"data_classes", "kinds of data", "Which kinds of data got out, or did not."},
    [LIST_ACTORS] = {"actors", "actors", "Who did it, or is said to have."},
    [LIST_ATTACK] = {"attack", "attack", "How it came about."},
    [LIST_TIMELINE] = {"timeline", "timeline", "What happened when."},
    [LIST_RELATED] = {"related", "related incidents", "Other incidents that it hangs together with."},
    [LIST_CAVEATS] = {"caveats", "caveats", "Reservations that hang on no single fact."},
    [LIST_CONFLICTS] = {"conflicts", "conflicts", "Where sources disagree."},
    [LIST_SOURCES] = {"sources", "sources", "What all of this rests on."},
};
VOCAB_COMPLETE(list_name, _LIST_N);
const struct vocab vocab_list_name = {.name = "list_name", .title = "Lists of an incident", VOCAB(list_name)};
