/* SPDX-License-Identifier: MIT */
/* The engine that fills structs by tables; see reader.h. Called by native.c, and by every adapter that maps
 * its source to the native form. */
#include "import/reader.h"

#include "model/spelling.h"
#include "util/limits.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A record may be wrong in every member; this many reasons are enough to mend it by. */
#define FAULTS_TOLD 50

size_t reader_enter(struct reader *r, const char *member)
{
    size_t before = r->path_length;
    int n = snprintf(r->path + before, sizeof r->path - before, "%s%s", before ? "." : "", member);
    if (n > 0 && (size_t)n < sizeof r->path - before)
        r->path_length = before + (size_t)n;
    else
        r->path[before] = '\0';
    return before;
}

size_t reader_enter_item(struct reader *r, size_t i)
{
    size_t before = r->path_length;
    int n = snprintf(r->path + before, sizeof r->path - before, "[%zu]", i);
    if (n > 0 && (size_t)n < sizeof r->path - before)
        r->path_length = before + (size_t)n;
    else
        r->path[before] = '\0';
    return before;
}

void reader_leave(struct reader *r, size_t length)
{
    r->path_length = length;
    r->path[length] = '\0';
}

static int note(struct reader *r, const char *kind, const char *member, const char *format, va_list args)
{
    char reason[512];
    if (vsnprintf(reason, sizeof reason, format, args) < 0)
        return -EIO;
    size_t before = member ? reader_enter(r, member) : r->path_length;
    int result = report_add(r->report, &r->from, kind, r->path_length ? r->path : NULL, reason);
    reader_leave(r, before);
    return result;
}

int reader_fault(struct reader *r, const char *member, const char *format, ...)
{
    if (r->faults++ >= FAULTS_TOLD)
        return 0;
    va_list args;
    va_start(args, format);
    int result = note(r, NULL, member, format, args);
    va_end(args);
    return result;
}

int reader_warn(struct reader *r, const char *kind, const char *member, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int result = note(r, kind, member, format, args);
    va_end(args);
    return result;
}

const char *reader_type(const json_t *v)
{
    switch (json_typeof(v)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "a list";
    case JSON_STRING:
        return "text";
    case JSON_INTEGER:
    case JSON_REAL:
        return "a number";
    case JSON_TRUE:
    case JSON_FALSE:
        return "true or false";
    case JSON_NULL:
        return "null";
    }
    return "unknown";
}

static const struct field *find_field(const struct table *t, const char *name)
{
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->fields[i].name, name) == 0)
            return &t->fields[i];
    return NULL;
}

/* The member of T that NAME was probably meant to be, or NULL. */
static const char *nearest_field(const struct table *t, const char *name)
{
    const char *best = NULL;
    unsigned distance = UINT_MAX;
    for (size_t i = 0; i < t->n; i++) {
        unsigned d = spelling_distance(name, t->fields[i].name);
        if (d < distance && spelling_is_near(name, t->fields[i].name)) {
            distance = d;
            best = t->fields[i].name;
        }
    }
    return best;
}

static bool is_plain(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f)
            return false;
    return true;
}

static int reject_unknown(struct reader *r, const struct table *t, const char *name)
{
    if (!is_plain(name) || strlen(name) > LIMIT_FAULT_VALUE)
        return reader_fault(r, NULL, "has a member whose name is not known here");
    const char *near = nearest_field(t, name);
    if (near)
        return reader_fault(r, name, "unknown member; did you mean \"%s\"?", near);
    return reader_fault(r, name, "unknown member; remove it, or put it into a note");
}

static int read_items(struct reader *r, const struct field *f, const json_t *v, char *items, size_t *ret_n)
{
    size_t n = 0, i;
    const json_t *item;
    json_array_foreach(v, i, item)
    {
        if (f->table->may_be_derived && json_is_true(json_object_get(item, "derived")))
            continue;
        size_t before = reader_enter_item(r, i);
        int result = reader_object(r, f->table, item, items + n++ * f->table->size);
        reader_leave(r, before);
        if (result != 0)
            return result;
    }
    *ret_n = n;
    return 0;
}

static int read_list(struct reader *r, const struct field *f, const json_t *v, char *object)
{
    if (!json_is_array(v))
        return reader_fault(r, NULL, "must be a list, not %s", reader_type(v));
    if (json_array_size(v) > LIMIT_FACTS)
        return reader_fault(r, NULL, "has %zu members; at most %d are read", json_array_size(v), LIMIT_FACTS);
    char *items = arena_array(r->mem, json_array_size(v), f->table->size);
    if (!items)
        return -ENOMEM;
    size_t n = 0;
    int result = read_items(r, f, v, items, &n);
    if (result != 0)
        return result;
    memcpy(object + f->offset, &items, sizeof items);
    memcpy(object + f->n_offset, &n, sizeof n);
    return 0;
}

static int by_number(const void *a, const void *b)
{
    const struct source *x = a, *y = b;
    return (x->n > y->n) - (x->n < y->n);
}

/* Sources are kept by number: the order they are shown, stored and served in. */
static int read_sources(struct reader *r, const struct field *f, const json_t *v, char *object)
{
    int result = read_list(r, f, v, object);
    if (result != 0)
        return result;
    struct source *sources;
    size_t n;
    memcpy(&sources, object + f->offset, sizeof sources);
    memcpy(&n, object + f->n_offset, sizeof n);
    if (n > 1)
        qsort(sources, n, sizeof *sources, by_number);
    r->sources = sources;
    r->n_sources = n;
    for (size_t i = 1; i < n && result == 0; i++)
        if (sources[i].n == sources[i - 1].n && sources[i].n > 0)
            result =
                reader_fault(r, NULL, "number %d is given to two sources; numbers are unique", sources[i].n);
    return result;
}

static int read_nested(struct reader *r, const struct field *f, const json_t *v, char *object)
{
    if (f->n_offset)
        memcpy(object + f->n_offset, &(bool){true}, sizeof(bool));
    return reader_object(r, f->table, v, object + f->offset);
}

static int read_present(struct reader *r, const struct field *f, const json_t *v, char *object)
{
    switch (f->kind) {
    case FIELD_DERIVED:
        return 0;
    case FIELD_OBJECT:
        return read_nested(r, f, v, object);
    case FIELD_LIST:
        return read_list(r, f, v, object);
    case FIELD_SOURCES:
        return read_sources(r, f, v, object);
    default:
        return reader_value(r, f, v, object);
    }
}

static int read_field(struct reader *r, const struct field *f, const json_t *v, char *object)
{
    if (!v || json_is_null(v)) {
        if (f->kind == FIELD_WORD)
            memcpy(object + f->offset, &f->fallback, sizeof f->fallback);
        return f->required ? reader_fault(r, f->name, "is missing") : 0;
    }
    size_t before = reader_enter(r, f->name);
    int result = read_present(r, f, v, object);
    reader_leave(r, before);
    return result;
}

int reader_object(struct reader *r, const struct table *t, const json_t *v, void *ret)
{
    if (!json_is_object(v))
        return reader_fault(r, NULL, "must be an object, not %s", reader_type(v));
    size_t faults = r->faults;
    int result = 0;
    for (void *i = json_object_iter((json_t *)v); i && result == 0; i = json_object_iter_next((json_t *)v, i))
        if (!find_field(t, json_object_iter_key(i)))
            result = reject_unknown(r, t, json_object_iter_key(i));
    for (size_t i = 0; i < t->n && result == 0; i++)
        result = read_field(r, &t->fields[i], json_object_get(v, t->fields[i].name), ret);
    /* rules over several members make sense only where each is in order */
    if (result == 0 && t->check && r->faults == faults)
        result = t->check(r, ret);
    return result;
}
