/* SPDX-License-Identifier: MIT */
/* Which records there are and when each changed, for maps of the site: nothing of a record but that. */
#include "storage/sqlite_reader.h"

#include <errno.h>

static const struct {
    enum statement most, list;
} of_kind[] = {
    [ADDRESS_INCIDENT] = {STMT_MOST_INCIDENT, STMT_INCIDENT_ADDRESSES},
    [ADDRESS_ORGANIZATION] = {STMT_MOST_ORGANIZATION, STMT_ORG_ADDRESSES},
};

int storage_count_addresses(struct storage_reader *rd, enum address_kind kind, struct arena *mem,
                            int64_t *ret)
{
    reader_begin(rd);
    _cleanup_row_ struct row r = row_run(rd, of_kind[kind].most, mem);
    int outcome = row_must_step(&r);
    if (outcome != 0)
        return outcome;
    int64_t most = row_number(&r); /* of an empty table NULL, which reads as 0 */
    outcome = row_end(&r);
    if (outcome == 0)
        *ret = most;
    return outcome;
}

static void read_address(struct row *r, void *item)
{
    struct record_address *x = item;
    x->n = row_number(r);
    x->id = row_must_text(r);
    x->modified = row_must_text(r);
    x->is_dealer = row_number(r) != 0;
}

int storage_list_addresses(struct storage_reader *rd, enum address_kind kind,
                           const struct record_range *range, struct arena *mem, struct record_address **ret,
                           size_t *ret_n)
{
    reader_begin(rd);
    _cleanup_row_ struct row r = row_run(rd, of_kind[kind].list, mem);
    row_bind_number(&r, ":from", range->after);
    row_bind_number(&r, ":to", range->last);
    row_bind_number(&r, ":limit", (int64_t)range->limit);
    struct record_address *rows = NULL;
    size_t n = 0;
    int outcome = row_all(&r, sizeof *rows, read_address, &rows, &n);
    if (outcome != 0)
        return outcome;
    *ret = rows;
    *ret_n = n;
    return 0;
}
