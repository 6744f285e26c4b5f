/* SPDX-License-Identifier: MIT */
/* Finds the records in a value of native input and reads each by its table. The rows of native_tables.c say
 * what a record is; here is only which record stands where. */
#include "import/native.h"

#include "import/adapter.h"
#include "import/records.h"
#include "model/spelling.h"
#include "util/clock.h"
#include "util/limits.h"

#include <errno.h>
#include <string.h>

/* One reading of native input. */
struct native {
    struct catalogue *c;
    size_t *records; /* read without a fault */
};

/* MEM: where the record's texts go. */
static struct reader start(struct catalogue *c, struct arena *mem, const struct origin *from)
{
    return (struct reader){.mem = mem, .report = c->report, .from = *from};
}

/* What is known of a record that stays in memory, warnings since BEFORE. 0 or -ENOMEM. */
static int keep_fate(struct catalogue *c, const struct origin *from, size_t before, struct fate *ret)
{
    *ret = (struct fate){.from = *from, .warned = c->report->n_findings > before};
    ret->from.position = arena_strdup(c->mem, from->position);
    return from->position && !ret->from.position ? -ENOMEM : 0;
}

/* Counts a record that cannot be read, and remembers its id where it has one. */
static int lose(struct native *n, struct lost *lost, const json_t *v, const char *dataset)
{
    const char *id = json_string_value(json_object_get(v, "id"));
    int result = catalogue_lose(n->c, lost, id && reader_is_id(id) ? id : NULL);
    return result != 0 ? result : report_count(n->c->report, dataset, true, false);
}

/* The dataset a record says it is of, even where the record as a whole cannot be read. */
static const char *peek_dataset(const json_t *v)
{
    const char *id = json_string_value(json_object_get(json_object_get(v, "dataset"), "id"));
    return id && reader_is_id(id) ? id : NULL;
}

static int read_incident(struct native *n, const json_t *v, const struct origin *from)
{
    struct catalogue *c = n->c;
    struct origin origin = *from;
    arena_reset(c->record);
    origin.dataset = arena_strdup(c->record, peek_dataset(v));
    struct reader r = start(c, c->record, &origin);
    struct incident x = {0};
    size_t warnings = c->report->n_findings;
    int result = reader_object(&r, &native_incident, v, &x);
    if (result != 0)
        return result;
    if (r.faults)
        return lose(n, &c->lost_incidents, v, origin.dataset);
    const struct fate fate = {.from = origin, .warned = c->report->n_findings > warnings};
    result = record_take(c, &x, &fate, NULL, 0);
    if (result != 0)
        return result;
    catalogue_saw_time(c, x.row.modified);
    ++*n->records;
    return 0;
}

static int read_organization(struct native *n, const json_t *v, const struct origin *from)
{
    struct reader r = start(n->c, n->c->mem, from);
    struct organization x = {0};
    size_t warnings = n->c->report->n_findings;
    int result = reader_object(&r, &native_organization, v, &x);
    if (result != 0)
        return result;
    if (r.faults)
        return lose(n, &n->c->lost_orgs, v, NULL);
    struct org_record *rec = catalogue_add_org(n->c);
    if (!rec)
        return -ENOMEM;
    rec->x = x;
    result = keep_fate(n->c, from, warnings, &rec->fate);
    if (result != 0)
        return result;
    catalogue_saw_time(n->c, x.row.modified);
    ++*n->records;
    return 0;
}

static int read_dataset(struct native *n, const json_t *v, const struct origin *from)
{
    struct reader r = start(n->c, n->c->mem, from);
    struct dataset x = {0};
    int result = reader_object(&r, &native_dataset, v, &x);
    if (result != 0)
        return result;
    if (r.faults)
        return report_count(n->c->report, NULL, true, false);
    for (size_t i = 0; i < n->c->n_datasets; i++)
        if (strcmp(n->c->datasets[i].id, x.id) == 0) {
            result = reader_fault(&r, "id", "dataset \"%s\" is described twice; the first one counts", x.id);
            return result != 0 ? result : report_count(n->c->report, NULL, true, false);
        }
    struct dataset *d = catalogue_add_dataset(n->c);
    if (!d)
        return -ENOMEM;
    *d = x;
    ++*n->records;
    return 0;
}

static int read_same(struct native *n, const json_t *v, const struct origin *from)
{
    return native_read_ruling(n->c, true, v, from, n->records);
}

static int read_not_same(struct native *n, const json_t *v, const struct origin *from)
{
    return native_read_ruling(n->c, false, v, from, n->records);
}

/* The lists of a document, in the order they are read. */
static const struct part {
    const char *name;
    int (*read)(struct native *n, const json_t *v, const struct origin *from);
} parts[] = {
    {"datasets", read_dataset}, {"organizations", read_organization}, {"incidents", read_incident},
    {"same", read_same},        {"not_same", read_not_same},
};
#define N_PARTS (sizeof parts / sizeof *parts)

/* A served organisation has a member `incidents` too, but it is no list. */
static bool is_document(const json_t *v)
{
    for (size_t i = 0; i < N_PARTS; i++)
        if (json_is_array(json_object_get(v, parts[i].name)))
            return true;
    return false;
}

static bool is_document_member(const char *name)
{
    for (size_t i = 0; i < N_PARTS; i++)
        if (strcmp(name, parts[i].name) == 0)
            return true;
    return strcmp(name, "catalogue") == 0 || strcmp(name, "$schema") == 0;
}

/* Members that a document does not have are one reject each: they may hold records under a mistyped name. */
static int reject_members(struct native *n, const json_t *v, const struct origin *from)
{
    struct reader r = start(n->c, n->c->mem, from);
    const char *name;
    const json_t *member;
    int result = 0;
    json_object_foreach((json_t *)v, name, member)
    {
        if (result != 0 || is_document_member(name))
            continue;
        const char *near = NULL;
        for (size_t i = 0; i < N_PARTS; i++)
            if (spelling_is_near(name, parts[i].name))
                near = parts[i].name;
        result = reader_fault(&r, NULL, "unknown member \"%.64s\" beside the lists of a document%s%s%s", name,
                              near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
        if (result == 0)
            result = report_count(n->c->report, NULL, true, false);
    }
    return result;
}

static int read_part(struct native *n, const struct part *part, const json_t *list, const struct origin *from)
{
    size_t i;
    const json_t *item;
    json_array_foreach(list, i, item)
    {
        char position[ORIGIN_SIZE];
        struct origin at = origin_below(from, part->name, i, position);
        int result = part->read(n, item, &at);
        if (result != 0)
            return result;
    }
    return 0;
}

/* A served catalogue says when it was built; that counts as a record time. */
static void see_catalogue(struct native *n, const json_t *v)
{
    const char *built = json_string_value(json_object_get(json_object_get(v, "catalogue"), "built"));
    int64_t seconds;
    if (!built || !clock_parse(built, &seconds))
        return;
    char text[CLOCK_TEXT_SIZE];
    clock_format(seconds, text);
    catalogue_saw_time(n->c, text);
}

static int read_document(struct native *n, const json_t *v, const struct origin *from)
{
    see_catalogue(n, v);
    int result = reject_members(n, v, from);
    for (size_t i = 0; i < N_PARTS && result == 0; i++)
        result = read_part(n, &parts[i], json_object_get(v, parts[i].name), from);
    return result;
}

static int reject_value(struct native *n, const struct origin *from, const char *reason)
{
    int result = report_add(n->c->report, from, NULL, NULL, reason);
    return result != 0 ? result : report_count(n->c->report, NULL, true, false);
}

static bool has_any(const json_t *v, const char *const *names)
{
    for (; *names; names++)
        if (json_object_get(v, *names))
            return true;
    return false;
}

/* Which record a bare object is: told by members that only one of both has. */
static int read_record(struct native *n, const json_t *v, const struct origin *from)
{
    static const char *const incident[] = {"title",   "status",   "summary", "parties",
                                           "figures", "timeline", NULL};
    static const char *const organization[] = {"name", "kind", "brands", "links", NULL};
    if (has_any(v, incident))
        return read_incident(n, v, from);
    if (has_any(v, organization))
        return read_organization(n, v, from);
    return reject_value(n, from,
                        "is no incident (with title), no organization (with name) and no document (with "
                        "incidents, organizations or datasets)");
}

/* A value that is no list: a document, a served page of one thing, or a record. */
static int read_value(struct native *n, const json_t *v, const struct origin *from)
{
    if (!json_is_object(v))
        return reject_value(n, from, "is no object; a record is one");
    if (is_document(v))
        return read_document(n, v, from);
    const json_t *data = json_object_get(v, "data");
    if (json_is_object(data) && json_object_get(v, "catalogue"))
        return read_record(n, data, from);
    return read_record(n, v, from);
}

static int read_json(struct catalogue *c, const json_t *v, const struct origin *from, size_t *ret_records)
{
    struct native n = {.c = c, .records = ret_records};
    return read_value(&n, v, from);
}

static bool knows_json(const json_t *v)
{
    (void)v;
    return true;
}

const struct adapter adapter_native = {.name = "native", .knows_json = knows_json, .read_json = read_json};
