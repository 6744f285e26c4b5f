/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_STORAGE_SCHEMA_H
#define BREACHD_STORAGE_SCHEMA_H

/*
 * What the importer and storage must agree on: the text of the schema, its version, the sort keys that row
 * numbers follow, and the seal. Pure C; knows nothing of SQLite.
 *
 * The importer, on an empty database: runs schema_sql; inserts; runs schema_finish_sql; inserts the one row of
 * catalogue with the seal; sets journal mode DELETE.
 */
#include "model/model.h"
#include "util/digest.h"
#include "util/embedded.h"

/* user_version and application_id ("Brch") of a catalogue. */
#define SCHEMA_VERSION        5
#define SCHEMA_APPLICATION_ID 0x42726368

/* schema.sql and finish.sql, each several statements. */
extern const struct embedded schema_sql, schema_finish_sql;

/* The query that lists the text of a catalogue's own schema, one statement a row, for schema_seal. */
extern const char schema_shape_sql[];

/* The sort key of a date: its bounds, but "0000-00-00" for an open earliest, "9999-99-99" for an open latest, and
 * "" twice for an unknown date, so that by bytes descending the unknown ones come last. */
void schema_sort_key(const struct edtf *date, char ret_earliest[static 11], char ret_latest[static 11]);

/* The year a date is filed under: of its earliest bound, of the latest where that is open. False: not known. */
bool schema_year(const struct edtf *date, char ret[static 5]);

/* What the rows of an order by title are compared by: the title folded, of which as much as a cursor can say. In MEM; NULL
 * when out of memory. */
const char *schema_title_key(const char *title, struct arena *mem);

/* A number that rises with a sort key of schema_sort_key; below 0: the date is not known. */
int64_t schema_newest(const char *earliest, const char *latest);

/* The label of a stored set, which its checksum covers: "country=JP". False: it does not fit, and there is no such set. */
#define SCHEMA_LABEL_SIZE 512
bool schema_label(const char *name, const char *value, char ret[static SCHEMA_LABEL_SIZE]);

/* Everything the seal covers beside the schema's text. */
struct schema_seal {
    const char *id, *built;
    int64_t incidents, organizations, dealers, events, sources, datasets, all_incidents, all_events,
        row_format;
};

/* SHA-256 over S and the N texts that schema_shape_sql lists, in its order: a file whose counts, identity or
 * tables were changed after the import does not fit its seal. 0 or -ENOMEM. */
int schema_seal(const struct schema_seal *s, const char *const *shape, size_t n,
                char ret[static DIGEST_HEX_SIZE]);

#endif
