/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_READER_H
#define BREACHD_IMPORT_READER_H

/*
 * JSON objects become structs by tables: a row a member, with its kind, its place in the struct and its
 * bounds. One engine checks and fills; it notes every fault with the member's path and goes on, so that one
 * run shows all of them. A member that no row names is a fault too: a slip of the pen must not lose data.
 */
#include "import/report.h"
#include "model/model.h"

#include <jansson.h>

enum field_kind {
    FIELD_DERIVED,   /* made by the importer or the server: read past */
    FIELD_TEXT,      /* const char *; one line */
    FIELD_TEXT_LONG, /* const char *; line ends allowed */
    FIELD_QUOTE,     /* as FIELD_TEXT_LONG, bounded in characters */
    FIELD_ID,        /* const char * */
    FIELD_URL,       /* const char *; http and https */
    FIELD_COUNTRY,   /* const char *; ISO 3166-1 alpha-2 */
    FIELD_LANGUAGE,  /* const char *; BCP 47 */
    FIELD_CURRENCY,  /* const char *; ISO 4217 */
    FIELD_SECTOR,    /* const char *; NAICS, two to six digits */
    FIELD_TIME,      /* const char *; RFC 3339, folded to UTC seconds */
    FIELD_DATE,      /* struct edtf; text, or an object with `edtf` */
    FIELD_WORD,      /* an enum, or unsigned: place in .vocab; absent: .fallback */
    FIELD_COUNT,     /* struct count, from 0 to LIMIT_NUMBER */
    FIELD_NUMBER,    /* int: the number of a source itself */
    FIELD_SOURCE,    /* int: the number of a source of this record, or 0 */
    FIELD_CITED,     /* int array, such numbers */
    FIELD_TEXTS,     /* const char *const array */
    FIELD_OBJECT,    /* a struct in place, by .table; .n_offset, where not 0, is a bool: it is there */
    FIELD_LIST,      /* array of structs by .table */
    FIELD_SOURCES,   /* as FIELD_LIST: the sources that later rows refer to */
    _FIELD_KIND_N
};

struct table;

struct field {
    const char *name;
    enum field_kind kind;
    bool required;
    size_t offset, n_offset; /* of the value; of a list's size_t count */
    size_t most;             /* bytes of text; 0: the kind's own bound */
    const struct vocab *vocab;
    int fallback;
    const struct table *table;
};

struct reader;

struct table {
    size_t size;
    const struct field *fields;
    size_t n;
    int (*check)(struct reader *r, void *object); /* rules over several members; NULL: none */
    bool may_be_derived;                          /* a list member that says "derived": true is read past */
};

#define WORD_ABSENT (-1)

struct reader {
    struct arena *mem;
    struct import_report *report;
    struct origin from;
    char path[256]; /* of the member being read: "figures[0].value" */
    size_t path_length;
    size_t faults; /* of this record */
    const struct source *sources;
    size_t n_sources;
};

/* Fills the struct at RET (zeroed, of T's size) from V. Faults are counted in R. 0 or -ENOMEM. */
int reader_object(struct reader *r, const struct table *t, const json_t *v, void *ret);

/* Notes a fault or a warning about MEMBER of the object being read (NULL: the object). 0 or -ENOMEM. */
int reader_fault(struct reader *r, const char *member, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int reader_warn(struct reader *r, const char *kind, const char *member, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Steps into a member or a list's item, and back to what was returned. */
size_t reader_enter(struct reader *r, const char *member);
size_t reader_enter_item(struct reader *r, size_t i);
void reader_leave(struct reader *r, size_t length);

/* Reads one value into OBJECT by its row, for every kind but objects and lists of them (kinds.c). */
int reader_value(struct reader *r, const struct field *f, const json_t *v, void *object);

/* "text", "number", …: what a value is, for reasons. */
const char *reader_type(const json_t *v);

/* Whether S has the form of an id: [a-z0-9][a-z0-9-]*, at most LIMIT_ID_BYTES. */
bool reader_is_id(const char *s);

/* Whether S is an http or https URL that can be linked to. */
bool reader_is_url(const char *s);

#endif
