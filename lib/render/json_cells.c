/* SPDX-License-Identifier: MIT */
/* Rows of JSON as cells, read by jansson; see json_cells.h. */
#include "render/json_cells.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#define KEY_SIZE 64 /* of a key that stands in a path */

/* The row itself is what the handle points to. */
static const json_t *row_of(const struct json_cells *c)
{
    return (const json_t *)c;
}

int json_cells_new(const char *text, size_t size, struct json_cells **ret)
{
    json_error_t e;
    json_t *row = json_loadb(text, size, 0, &e);
    if (!row)
        return json_error_code(&e) == json_error_out_of_memory ? -ENOMEM : -EINVAL;
    *ret = (struct json_cells *)row;
    return 0;
}

void json_cells_free(struct json_cells *c)
{
    json_decref((json_t *)c);
}

static void put_item_text(const char *text, struct strbuf *out)
{
    for (size_t n; *text; text += n) {
        n = strcspn(text, "|\\");
        strbuf_add(out, text, n);
        if (text[n]) {
            strbuf_add(out, (const char[]){'\\', text[n]}, 2);
            n++;
        }
    }
}

static bool put_value(const json_t *x, bool in_list, struct strbuf *out)
{
    if (json_is_string(x) && in_list)
        put_item_text(json_string_value(x), out);
    else if (json_is_string(x))
        strbuf_add(out, json_string_value(x), json_string_length(x));
    else if (json_is_integer(x))
        strbuf_addf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(x));
    else if (json_is_boolean(x))
        strbuf_adds(out, json_is_true(x) ? "true" : "false");
    return json_is_string(x);
}

static void put_members(const json_t *x, struct strbuf *out)
{
    const char *key;
    json_t *value;
    const size_t start = out->size;
    json_object_foreach((json_t *)x, key, value)
    {
        if (out->size > start)
            strbuf_addc(out, '|');
        put_item_text(key, out);
        strbuf_addc(out, '=');
        put_value(value, true, out);
    }
}

static bool put_path(const json_t *x, const char *path, bool in_list, struct strbuf *out);

static void put_items(const json_t *list, const char *path, struct strbuf *out)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (i)
            strbuf_addc(out, '|');
        put_path(json_array_get(list, i), path, true, out);
    }
}

static bool put_path(const json_t *x, const char *path, bool in_list, struct strbuf *out)
{
    char key[KEY_SIZE];
    size_t n = strcspn(path, "/[{");
    if (!n || n >= sizeof key)
        return put_value(x, in_list, out);
    memcpy(key, path, n);
    key[n] = '\0';
    x = json_object_get(x, key);
    path += n;
    bool list = *path == '[', members = *path == '{';
    path += list || members ? 2 : 0;
    path += *path == '/';
    if (list)
        put_items(x, path, out);
    else if (members)
        put_members(x, out);
    else
        return put_path(x, path, in_list, out);
    return true;
}

bool json_cell(const struct json_cells *c, const char *path, struct strbuf *out)
{
    return put_path(row_of(c), path, false, out);
}

void json_cell_name(const char *path, struct strbuf *out)
{
    for (; *path; path++)
        if (!strchr("[]{}", *path))
            strbuf_addc(out, *path == '/' ? '_' : *path);
}
