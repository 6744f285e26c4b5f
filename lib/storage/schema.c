/* SPDX-License-Identifier: MIT */
/* Sort keys and the seal: what a catalogue's writer and its reader compute alike. */
#include "storage/schema.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

const char schema_shape_sql[] =
    "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite~_%' "
    "ESCAPE '~' ORDER BY name";

static void copy_bound(const char bound[static 11], const char *open, char ret[static 11])
{
    (void)snprintf(ret, 11, "%s", bound[0] ? bound : open);
}

void schema_sort_key(const struct edtf *date, char ret_earliest[static 11], char ret_latest[static 11])
{
    copy_bound(date->earliest, date->text ? "0000-00-00" : "", ret_earliest);
    copy_bound(date->latest, date->text ? "9999-99-99" : "", ret_latest);
}

bool schema_year(const struct edtf *date, char ret[static 5])
{
    const char *bound = date->earliest[0] ? date->earliest : date->latest;
    if (!bound[0])
        return false;
    memcpy(ret, bound, 4);
    ret[4] = '\0';
    return true;
}

int schema_seal(const struct schema_seal *s, const char *const *shape, size_t n,
                char ret[static DIGEST_HEX_SIZE])
{
    _cleanup_digest_ struct digest *d = digest_new();
    if (!d)
        return -ENOMEM;
    const int64_t counts[] = {s->incidents, s->organizations, s->dealers,       s->events,
                              s->sources,   s->datasets,      s->all_incidents, s->all_events};
    digest_add_string(d, s->id);
    digest_add_string(d, s->built);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        char text[24];
        (void)snprintf(text, sizeof text, "%lld", (long long)counts[i]);
        digest_add_string(d, text);
    }
    for (size_t i = 0; i < n; i++)
        digest_add_string(d, shape[i]);
    digest_hex(d, ret);
    return 0;
}
