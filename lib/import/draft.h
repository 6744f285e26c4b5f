/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_DRAFT_H
#define BREACHD_IMPORT_DRAFT_H

/*
 * An incident being made from a dataset's record. An adapter begins one, adds facts in any number, notes what it could
 * not use, and ends it: then it is in the catalogue, or rejected whole. The first failure sticks (draft_end reports it),
 * so adding never needs a check, except that a returned pointer may be NULL.
 */
#include "import/adapter.h"

struct draft {
    struct catalogue *c;
    struct fate fate;  /* of the record */
    struct incident x; /* its lists grow here; scalars are set freely */
    struct mention *mentions;
    size_t n_mentions;
    size_t room[_LIST_N], room_mentions;
    int error; /* -ENOMEM once memory ran out */
};

/* Begins a record of DATASET found at FROM; what the catalogue's `record` arena held is gone. */
void draft_begin(struct draft *d, struct catalogue *c, const char *dataset, const struct origin *from);

/* Ends it: appended to the catalogue unless rejected (then counted as such), *ret_records increased if appended. Id, title and
 * lists obey the same bounds as native input: what breaks them is a fault. 0 or -ENOMEM. */
int draft_end(struct draft *d, size_t *ret_records);

/* Notes a fault, which rejects the record, or a warning, which stays with it. FIELD is named as the source names it. */
void draft_reject(struct draft *d, const char *field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void draft_warn(struct draft *d, const char *kind, const char *field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Append a zeroed member; NULL when out of memory. A source gets the next number; evidence of the others begins as
 * {certainty, source}. */
struct source *draft_source(struct draft *d, enum source_class class);
struct date_fact *draft_date(struct draft *d, enum date_kind kind, enum certainty certainty, int source);
struct party *draft_party(struct draft *d, enum role role, enum certainty certainty, int source);
struct figure *draft_figure(struct draft *d, enum certainty certainty, int source);
struct data_class *draft_class(struct draft *d, const char *id, enum certainty certainty, int source);
struct actor *draft_actor(struct draft *d, enum certainty certainty, int source);
struct attack *draft_attack(struct draft *d, enum action action, enum certainty certainty, int source);
struct event *draft_event(struct draft *d, enum event_kind kind, enum certainty certainty, int source);
struct caveat *draft_caveat(struct draft *d, int about, int source, const char *text);

/* A party that is an organisation to be found by M (copied; m->party is set). When the name is no organisation's (blank, "Unknown",
 * words for a group) the party becomes an unnamed group, or is left out if there are no words at all. */
struct party *draft_mention(struct draft *d, enum role role, enum certainty certainty, int source,
                            enum org_kind kind, const struct mention *m);

/*
 * S (N bytes, or NUL-terminated with N = SIZE_MAX) as the model keeps texts: valid UTF-8 (other bytes become U+FFFD), NFC as it came, no
 * control characters (line ends become spaces unless LINES), white space at both ends and runs of it folded, cut at MOST
 * bytes on a character boundary with a warning "cut" for FIELD. In the record's arena; NULL for a text without content.
 */
const char *draft_text(struct draft *d, const char *field, const char *s, size_t n, size_t most, bool lines);

/* Formatted text in the record's arena; NULL sets the error. */
const char *draft_format(struct draft *d, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* An EDTF date from parts as datasets have them: month and day 0 = not given. EDTF_UNKNOWN, with a warning "impossible-date" for
 * FIELD, where there is no such day or the year is
 * before LIMIT_YEAR_LEAST or after LIMIT_YEAR_MOST. */
struct edtf draft_date_of(struct draft *d, const char *field, int64_t year, int64_t month, int64_t day);

#endif
