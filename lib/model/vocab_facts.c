/* SPDX-License-Identifier: MIT */
/*
 * The words that say what is known of an incident and how well: certainty, status, exposure, figures, dates,
 * events and causes. The definitions are printed as the glossary, so each must be true on its own.
 */
#include "model/vocab_table.h"

static const struct word certainty[] = {
    [CERTAINTY_CONFIRMED] = {"confirmed", "confirmed",
                             "Admitted by the organisation it concerns, or found by a regulator or a court."},
    [CERTAINTY_CLAIMED] = {"claimed", "claimed",
                           "Put forward as true but not established: by attackers, by officials who are not "
                           "named, or by a company as its own upper limit."},
    [CERTAINTY_SUSPECTED] = {"suspected", "suspected",
                             "The one who speaks says that it may be so, is likely, or is believed."},
    [CERTAINTY_DENIED] = {"denied", "denied",
                          "The one who speaks says that it is not so. Where that is only a belief, the note "
                          "says so."},
    [CERTAINTY_UNKNOWN] = {"unknown", "not known", "The one who speaks says that this is not known."},
};
VOCAB_COMPLETE(certainty, _CERTAINTY_N);
const struct vocab vocab_certainty = {.name = "certainty", .title = "How sure", VOCAB(certainty)};

/* Same values and order as certainty, which it is derived from. */
static const struct word exposure[] = {
    [CERTAINTY_CONFIRMED] = {"confirmed", "data loss confirmed",
                             "For at least one kind of data it is confirmed that it got out."},
    [CERTAINTY_CLAIMED] = {"claimed", "data loss claimed",
                           "Somebody puts forward that data got out; nothing of it is confirmed."},
    [CERTAINTY_SUSPECTED] = {"suspected", "data loss suspected",
                             "Data may have got out; nobody says outright that it did."},
    [CERTAINTY_DENIED] = {"denied", "data loss denied",
                          "All that is said about data is that it did not get out."},
    [CERTAINTY_UNKNOWN] = {"unknown", "data loss not known",
                           "Nothing that is recorded says whether data got out."},
};
VOCAB_COMPLETE(exposure, _CERTAINTY_N);
const struct vocab vocab_exposure = {.name = "exposure", .title = "Did data get out", VOCAB(exposure)};

static const struct word status[] = {
    [STATUS_CLAIMED] = {"claimed", "incident claimed",
                        "Somebody reports the incident; the organisation has not confirmed it, and no "
                        "regulator or court has found it."},
    [STATUS_SUSPECTED] = {"suspected", "incident suspected",
                          "The organisation, or another who speaks of it, says that it may have happened."},
    [STATUS_CONFIRMED] = {"confirmed", "incident confirmed",
                          "The organisation admits that it happened, or a regulator or court found so. "
                          "Whether data got out is a question of its own: see exposure."},
    [STATUS_DISPUTED] =
        {"disputed", "incident disputed",
         "Some say that it happened, and others, such as the organisation itself, that it did "
         "not."},
    [STATUS_WITHDRAWN] = {"withdrawn", "withdrawn",
                          "The record was taken back. Its page says when and why; lists leave it out."},
};
VOCAB_COMPLETE(status, _STATUS_N);
const struct vocab vocab_status = {.name = "status", .title = "Did it happen", VOCAB(status)};

static const struct word unit[] = {
    [UNIT_PEOPLE] = {"people", "people", "Individual persons."},
    [UNIT_ACCOUNTS] = {"accounts", "accounts",
                       "User or customer accounts. One person may have several, so they are not people."},
    [UNIT_RECORDS] = {"records", "records",
                      "Entries in a data set, or what a source calls records without saying of what."},
    [UNIT_VEHICLES] = {"vehicles", "vehicles", "Cars and other vehicles, or their identification numbers."},
    [UNIT_DEALERS] = {"dealers", "dealers", "Dealerships or dealer companies, as the source counts them."},
    [UNIT_ORGANIZATIONS] = {"organizations", "organisations", "Companies and other bodies, dealers or not."},
    [UNIT_FILES] = {"files", "files", "Files or documents."},
    [UNIT_MONEY] = {"money", "money", "A sum of money, such as a fine, a settlement, a ransom or a loss."},
};
VOCAB_COMPLETE(unit, _UNIT_N);
const struct vocab vocab_unit = {.name = "unit", .title = "What a figure counts", VOCAB(unit)};

static const struct word qualifier[] = {
    [QUALIFIER_EXACT] = {"exact", "exactly", "The number is given without reservation."},
    [QUALIFIER_ABOUT] = {"about", "about", "The number is rounded or estimated."},
    [QUALIFIER_AT_LEAST] = {"at_least", "at least", "The number is a lower limit; there may be more."},
    [QUALIFIER_UP_TO] = {"up_to", "up to", "The number is an upper limit; there may be far fewer."},
    [QUALIFIER_BETWEEN] = {"between", "between", "Only a lower and an upper limit are given."},
    [QUALIFIER_PLACEHOLDER] =
        {"placeholder", "placeholder",
         "The number only fills a field, such as the 500 or 501 that a first report to a "
         "regulator gives before anybody has counted. It bounds nothing."},
};
VOCAB_COMPLETE(qualifier, _QUALIFIER_N);
const struct vocab vocab_qualifier = {
    .name = "qualifier", .title = "How exact a figure is", VOCAB(qualifier)};

static const struct word scope[] = {
    [SCOPE_AFFECTED] = {"affected", "affected",
                        "Counts all that the incident touched. Only such a figure can be an incident's "
                        "headline figure."},
    [SCOPE_SUBSET] = {"subset", "part of those affected",
                      "Counts a part, such as one dealer's customers or the people of one state."},
    [SCOPE_CONTEXT] = {"context", "for context",
                       "Says how large something is, such as a dealer network or a lost output; it does not "
                       "count what was affected."},
    [SCOPE_DISRUPTED] = {"disrupted", "disrupted",
                         "Counts what could not work as usual, whether or not data got out."},
    [SCOPE_ATTACKER_CLAIM] = {"attacker_claim", "claimed by the attacker",
                              "What the attacker says was taken or affected."},
    [SCOPE_ALTERNATIVE] = {"alternative", "rival figure",
                           "Another count of the same thing, which disagrees with the first."},
};
VOCAB_COMPLETE(scope, _SCOPE_N);
const struct vocab vocab_scope = {.name = "scope", .title = "What a figure speaks of", VOCAB(scope)};

static const struct word date_kind[] = {
    [DATE_OCCURRED] = {"occurred", "occurred",
                       "When it happened: the break-in, or the time during which data lay open."},
    [DATE_DISCOVERED] = {"discovered", "discovered",
                         "When the organisation, or another who told it, first noticed."},
    [DATE_CONTAINED] = {"contained", "contained", "When it was stopped: access cut off, or the leak closed."},
    [DATE_NOTIFIED] = {"notified", "notified", "When an authority or the people affected were told."},
    [DATE_DISCLOSED] = {"disclosed", "disclosed", "When the public first learned of it."},
};
VOCAB_COMPLETE(date_kind, _DATE_N);
const struct vocab vocab_date_kind = {.name = "date_kind", .title = "What a date tells", VOCAB(date_kind)};

static const struct word event_kind[] = {
    [EVENT_INTRUSION] = {"intrusion", "intrusion",
                         "The incident itself: a break-in, a theft, an infection, or data left open."},
    [EVENT_DISCOVERY] = {"discovery", "discovery", "Somebody noticed it."},
    [EVENT_CONTAINMENT] = {"containment", "containment",
                           "It was stopped, or its reach limited: systems shut down, access cut off."},
    [EVENT_DISCLOSURE] = {"disclosure", "disclosure", "The public learned of it."},
    [EVENT_NOTIFICATION] = {"notification", "notification", "An authority or the people affected were told."},
    [EVENT_STATEMENT] = {"statement", "statement",
                         "The organisation, or another with a part in it, spoke about it."},
    [EVENT_REGULATOR] = {"regulator", "regulator",
                         "An authority acted: it opened an inquiry, gave an order or imposed a fine."},
    [EVENT_CLAIM] = {"claim", "claim",
                     "Somebody, most often an attacker, said to be behind it or to hold data."},
    [EVENT_LEAK] = {"leak", "leak", "Data were published or offered for sale."},
    [EVENT_RESTORATION] = {"restoration", "restoration",
                           "Systems or business ran again, in whole or in part."},
    [EVENT_ANALYSIS] = {"analysis", "analysis", "Researchers or the press published findings on it."},
    [EVENT_LAWSUIT] = {"lawsuit", "lawsuit", "Somebody went to court over it, or a court decided."},
    [EVENT_SETTLEMENT] = {"settlement", "settlement", "A claim over it was settled by agreement."},
    [EVENT_OTHER] = {"other", "other", "Anything else that belongs to its story."},
};
VOCAB_COMPLETE(event_kind, _EVENT_N);
const struct vocab vocab_event_kind = {.name = "event_kind", .title = "Events", VOCAB(event_kind)};

/* The seven categories of VERIS 1.3, told in our own words. */
static const struct word action[] = {
    [ACTION_HACKING] = {"hacking", "hacking",
                        "Getting past the technical protection of a system on purpose: stolen credentials, a "
                        "flaw made use of, a forced way in."},
    [ACTION_MALWARE] = {"malware", "malware",
                        "Harmful software, such as ransomware, spyware or code that skims cards."},
    [ACTION_SOCIAL] = {"social", "social engineering",
                       "Deceiving, bribing or threatening people, such as by phishing."},
    [ACTION_MISUSE] = {"misuse", "misuse",
                       "Somebody with rightful access using it for what it was not given for."},
    [ACTION_ERROR] = {"error", "error",
                      "A mistake or an omission: a wrong setting, a wrong addressee, a loss."},
    [ACTION_PHYSICAL] = {"physical", "physical",
                         "Theft, tampering or entry by hand, such as a stolen computer."},
    [ACTION_ENVIRONMENTAL] = {"environmental", "environmental",
                              "Nature or surroundings: fire, water, storm, failing power."},
    [ACTION_UNKNOWN] = {"unknown", "not known", "How it came about is not known."},
};
VOCAB_COMPLETE(action, _ACTION_N);
const struct vocab vocab_action = {.name = "action", .title = "How it came about", VOCAB(action)};
