/* SPDX-License-Identifier: MIT */
/* What records say as a digest, and the times of our own that hang on whether that has changed; see content.h. Called by
 * previous.c and rows.c. */
#include "import/content.h"

#include "import/native.h"
#include "import/pack.h"
#include "import/records.h"
#include "import/timeline.h"
#include "model/derive.h"
#include "util/digest.h"

#include <errno.h>
#include <string.h>

/* The digest of what C packed last. */
static int digest_packed(struct catalogue *c, char ret[static CONTENT_SIZE])
{
    char hex[DIGEST_HEX_SIZE];
    if (c->packing.failed)
        return -ENOMEM;
    digest_add(c->digest, c->packing.data, c->packing.size);
    digest_hex(c->digest, hex);
    memcpy(ret, hex, CONTENT_SIZE - 1);
    ret[CONTENT_SIZE - 1] = '\0';
    return 0;
}

/* All that an incident says follows from what is packed. When we took it in, changed it or withdrew it is not what it says. */
static int digest_incident(struct catalogue *c, const struct incident *finished,
                           char ret[static CONTENT_SIZE])
{
    struct incident x = *finished;
    x.row.added = x.row.modified = x.row.withdrawn.at = NULL;
    strbuf_reset(&c->packing);
    pack_object(&c->packing, &native_incident, &x);
    pack_text(&c->packing, x.row.country);
    pack_text(&c->packing, x.row.sector);
    return digest_packed(c, ret);
}

/* Nor is what other records say of an organisation its own content. */
int content_organization(struct catalogue *c, struct org_record *rec)
{
    struct organization x = rec->x;
    x.row.modified = NULL;
    strbuf_reset(&c->packing);
    pack_object(&c->packing, &native_organization, &x);
    return digest_packed(c, rec->digest);
}

/* An open time is FRESH; then the catalogue has something new. */
static void settle_time(struct catalogue *c, int64_t fresh, int64_t *time)
{
    c->is_changed |= *time == TIME_OPEN && fresh == c->fresh;
    *time = *time == TIME_OPEN ? fresh : *time;
}

/* Content that is as it was keeps its old time. */
static int settle_times(struct catalogue *c, struct incident_record *rec, const char *digest,
                        struct incident *x)
{
    bool same = strcmp(rec->digest, digest) == 0;
    settle_time(c, c->fresh, &rec->added);
    settle_time(c, same ? rec->was_modified : c->fresh, &rec->modified);
    if (rec->tombstone)
        settle_time(c, c->fresh, &rec->withdrawn);
    memcpy(rec->digest, digest, sizeof rec->digest);
    x->row.added = record_time(rec->added, c->record);
    x->row.modified = record_time(rec->modified, c->record);
    x->row.withdrawn.at = record_time(rec->withdrawn, c->record);
    return arena_failed(c->record) ? -ENOMEM : 0;
}

/* A pair of dates that cannot stand in this order has no delay; the reader of the report should look. */
static int warn_impossible(struct catalogue *c, struct incident_record *rec, const struct incident *x)
{
    const struct {
        const struct edtf *from, *to;
        const char *say;
    } pairs[] = {
        {&x->row.occurred, &x->row.discovered, "discovered before it occurred"},
        {&x->row.discovered, &x->row.disclosed, "disclosed before it was discovered"},
        {&x->row.occurred, &x->row.disclosed, "disclosed before it occurred"},
    };
    int result = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs && result == 0; i++) {
        bool impossible = false;
        (void)derive_delay(pairs[i].from, pairs[i].to, &impossible);
        if (impossible)
            result =
                record_warn(c, rec, "impossible-delay", "dates", "%s; no delay is derived", pairs[i].say);
    }
    return result;
}

int content_incident(struct catalogue *c, size_t i, struct incident *x)
{
    struct incident_record *rec = &c->incidents[i];
    char digest[CONTENT_SIZE];
    int result = record_finish(c, i, c->record, x);
    if (result == 0)
        result = warn_impossible(c, rec, x);
    if (result == 0)
        result = digest_incident(c, x, digest);
    if (result == 0)
        result = settle_times(c, rec, digest, x);
    return result != 0 ? result : timeline_keep(c, i, x);
}
