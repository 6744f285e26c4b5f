/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_VCDB_H
#define BREACHD_IMPORT_VCDB_H

/*
 * The parts of the adapter for the VERIS Community Database: one record in the making, and how its members
 * are read whatever they hold. Only vcdb*.c include this. Members are named by their path,
 * "attribute.confidentiality.data"; one that no function below asks for is never stored (analysts' names,
 * internal numbers and marks).
 */
#include "import/draft.h"
#include "util/limits.h"
#include "util/strbuf.h"
#include "util/utf8.h"

#include <string.h>

/* Two arguments for "%.*s": a text as reasons repeat it. */
#define VCDB_SHOWN(s) (int)utf8_truncate((s), strlen(s), LIMIT_FAULT_VALUE), (s)

enum { VCDB_WITHHELD = 16, VCDB_ODD_TOLD = 20, VCDB_WORDS = 1000 };

struct vcdb {
    struct draft d;
    const json_t *v;
    enum certainty sure; /* of what harm was done: by security_incident and confidence */
    enum certainty told; /* of who and when: by confidence alone */
    int32_t known_by; /* day of the record's last change: no date of it can be later; INT32_MAX: not known */
    const char *withheld[VCDB_WITHHELD]; /* names of persons, which no text of the record shows */
    size_t n_withheld;
    size_t odd; /* members left out so far */
};

struct vcdb_words {
    const char **at;
    size_t n;
};

/* --- reading members (vcdb_value.c) --- */

/* The member, or NULL where it is missing, null, or below something that is no object. */
const json_t *vcdb_get(const struct vcdb *x, const char *path);

/* A text in one line, or with LINES in several; a whole number is its digits. NULL: none, or one without
 * content. Anything else is noted. */
const char *vcdb_text(struct vcdb *x, const char *path, size_t most, bool lines);

/* A list of words, or a lone one; each once, blank ones left out. Anything else is noted. */
struct vcdb_words vcdb_words(struct vcdb *x, const char *path);

/* A whole number from 0 to LIMIT_NUMBER; false where V is NULL or, noted, anything else. */
bool vcdb_count(struct vcdb *x, const char *path, const json_t *v, int64_t *ret);

/* Notes that V cannot be used, in the report and as a caveat of the record. WHY goes on from "is 7, which
 * …". */
void vcdb_odd(struct vcdb *x, const char *kind, const char *path, const json_t *v, const char *why);

/* Notes members that should be objects and are not. */
void vcdb_check_objects(struct vcdb *x);

/* Whether a word says nothing: "Unknown", "NA", "N/A", "None", "". */
bool vcdb_is_unknown(const char *word);

/* A text of the record as it may be shown: cut at MOST, names withheld. NULL: none. */
const char *vcdb_clean(struct vcdb *x, const char *path, const char *text, size_t most, bool lines);

/* What B holds, as above, for notes and caveats; B is emptied. */
const char *vcdb_keep(struct vcdb *x, const char *path, struct strbuf *b, size_t most);

/* Appends "LABEL a, b" to B, after "; " where B holds something; nothing without words. KNOWN: without
 * those that say nothing. */
void vcdb_list(struct strbuf *b, const char *label, const struct vcdb_words *words, bool known);

/* The less sure of two: confirmed, claimed, suspected, unknown. Denied stays denied. */
enum certainty vcdb_weaker(enum certainty a, enum certainty b);

/* --- parts of a record --- */

/* Finds the names that must not be shown; comes before any text is read. (vcdb_actor.c) */
void vcdb_withhold(struct vcdb *x);
void vcdb_put_actors(struct vcdb *x);

/* Parties; the name of the victim as a title has it. (vcdb_victim.c) */
const char *vcdb_put_victim(struct vcdb *x);
void vcdb_put_partner(struct vcdb *x, const struct vcdb_words *names, const char *note);

/* Attack, with the words for a title: "Skimmer (physical)". (vcdb_action.c) */
const char *vcdb_put_actions(struct vcdb *x);
void vcdb_put_assets(struct vcdb *x);

/* Data classes and figures. (vcdb_data.c) */
void vcdb_put_data(struct vcdb *x);
void vcdb_put_impact(struct vcdb *x);

/* Record times first, then dates and spans; the year of the incident for a title, 0: not known.
 * (vcdb_timeline.c) */
void vcdb_put_times(struct vcdb *x);
int vcdb_put_dates(struct vcdb *x);

/* Free texts: summary, notes. (vcdb_notes.c) */
void vcdb_put_notes(struct vcdb *x);

/* Sources after the first. (vcdb_reference.c) */
void vcdb_put_references(struct vcdb *x);

/* --- tables --- */

/* A name that a group of attackers goes by, and not a person. */
struct vcdb_group {
    const char *name;
    enum actor_kind kind;
};

/* Whether the N bytes at NAME are a group's name; kept in the arena as it is best known, or as written.
 * (vcdb_groups.c) */
bool vcdb_is_group(struct vcdb *x, const char *name, size_t n, struct vcdb_group *ret);

/* Whether TEXT can name nobody: each of its words with a capital is one of a short list. (vcdb_groups.c) */
bool vcdb_names_nobody(const char *text);

/* Whether TEXT is nothing but the name of a company or another body. (vcdb_groups.c) */
bool vcdb_is_company(const char *text);

/* Lower case, digits and hyphens of TEXT, with PREFIX before it; where that changed more than case, a
 * digest of TEXT behind it. (vcdb.c) */
const char *vcdb_slug(struct vcdb *x, const char *prefix, const char *text);

#endif
