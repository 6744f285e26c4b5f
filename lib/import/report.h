/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_REPORT_H
#define BREACHD_IMPORT_REPORT_H

/* How the stages of an import note what they find. Results live in the report's arena; 0 or -ENOMEM. */
#include "import/import.h"

/* Where a record comes from. */
struct origin {
    const char *path, *file; /* as in struct import_finding; the report's own */
    const char *position;    /* of whoever reads */
    const char *dataset;     /* NULL: not known yet */
};

/* The place of item I of LIST ("": an array that is no member) below FROM: "line 3" and "incidents[2]" are
 * "line 3: incidents[2]"; "[1]" and the same are "[1].incidents[2]". The position is in TEXT. */
#define ORIGIN_SIZE 128
struct origin origin_below(const struct origin *from, const char *list, size_t i,
                           char text[static ORIGIN_SIZE]);

/* A copy of S without what is no printable UTF-8, for as long as the report is. NULL when out of memory. */
const char *report_text(struct import_report *r, const char *s);

/* Notes one finding; REASON is copied. KIND NULL: a reason for rejecting. */
int report_add(struct import_report *r, const struct origin *from, const char *kind, const char *field,
               const char *reason);

/* The tally of DATASET, made when it is the first time; NULL when out of memory. Valid until the next call. */
struct import_tally *report_tally(struct import_report *r, const char *dataset);

/* Notes a record that this import withdraws. 0 or -ENOMEM. */
int report_gone(struct import_report *r, const char *dataset, const char *id);

/* Counts one record (DATASET NULL: not known), or a file that is none. */
int report_count(struct import_report *r, const char *dataset, bool rejected, bool warned);

/* Gives DATASET to what came since MARK was taken and is of no known dataset. 0 or -ENOMEM. */
struct report_mark {
    size_t findings;
    struct import_tally unknown;
};
struct report_mark report_mark(const struct import_report *r);
int report_attribute(struct import_report *r, const struct report_mark *mark, const char *dataset);

/* Gives FALLBACK to findings and tallies whose dataset is not known; orders tallies by dataset. */
int report_finish(struct import_report *r, const char *fallback);

/* Room for one more item of SIZE in an array that malloc made. 0 or -ENOMEM. */
int grow(void *items, size_t n, size_t *room, size_t size);

#endif
