/* SPDX-License-Identifier: MIT */
/* Sort keys and the seal: what a catalogue's writer and its reader compute alike. */
#include "storage/schema.h"

#include "query/fold.h"
#include "util/limits.h"
#include "util/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

const char schema_shape_sql[] =
    "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite~_%' "
    "ESCAPE '~' ORDER BY name";

static void copy_bound(const char bound[static 11], const char *open, char ret[static 11])
{
    memcpy(ret, bound[0] ? bound : open, bound[0] || *open ? 11 : 1);
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

const char *schema_title_key(const char *title, struct arena *mem)
{
    const char *folded = fold_text(title, mem);
    size_t n = folded ? strlen(folded) : 0;
    return n <= LIMIT_TITLE_KEY ? folded
                                : arena_strndup(mem, folded, utf8_truncate(folded, n, LIMIT_TITLE_KEY));
}

/* Days of a bound counted from the year 1, an open one before or after all. */
static int64_t newest_part(const char *bound)
{
    char text[11];
    int32_t day;
    (void)snprintf(text, sizeof text, "%s", bound);
    if (strcmp(text, "0000-00-00") == 0)
        return 0;
    return edtf_day(text, &day) ? (int64_t)day + 719163 : (1 << 22) - 1;
}

int64_t schema_newest(const char *earliest, const char *latest)
{
    return earliest[0] ? newest_part(earliest) << 22 | newest_part(latest) : -1;
}

/* Not printed: a question with a date asks for some sixty sets. */
bool schema_label(const char *name, const char *value, char ret[static SCHEMA_LABEL_SIZE])
{
    size_t n = strlen(name), m = strlen(value) + 1;
    if (n + 1 + m > SCHEMA_LABEL_SIZE)
        return false;
    memcpy(ret, name, n);
    ret[n] = '=';
    memcpy(ret + n + 1, value, m);
    return true;
}

int schema_seal(const struct schema_seal *s, const char *const *shape, size_t n,
                char ret[static DIGEST_HEX_SIZE])
{
    _cleanup_digest_ struct digest *d = digest_new();
    if (!d)
        return -ENOMEM;
    const int64_t counts[] = {s->incidents, s->organizations, s->dealers,    s->events,    s->sources,
                              s->datasets,  s->all_incidents, s->all_events, s->row_format};
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
