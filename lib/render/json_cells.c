/* SPDX-License-Identifier: MIT */
/* Rows of JSON as cells; see json_cells.h. A NUL ends every walk through a text, so none that is cut leads out of it. */
#include "render/json_cells.h"

#include <string.h>

/* P is a string's quote; that of its end, or NULL. */
static const char *string_end(const char *p)
{
    for (p++; *p && *p != '"'; p++)
        if (*p == '\\' && p[1])
            p++;
    return *p ? p : NULL;
}

/* What stands after the value at P: the comma or bracket, or NULL. */
static const char *value_end(const char *p)
{
    for (size_t depth = 0; p && *p; p++) {
        if (*p == '"') {
            if (!(p = string_end(p)))
                return NULL;
        } else if (*p == '{' || *p == '[') {
            depth++;
        } else if (*p == '}' || *p == ']') {
            if (!depth--)
                return p;
        } else if (*p == ',' && !depth) {
            return p;
        }
    }
    return NULL;
}

/* The item after *AT, which is the bracket or comma before it; *AT then is what stands after it, or NULL. NULL: none. */
static const char *next_item(const char **at)
{
    const char *value = *at ? *at + 1 : "";
    if (!*value || (*at)[0] == ']' || (*at)[0] == '}' || *value == ']' || *value == '}')
        return NULL;
    *at = value_end(value);
    return value;
}

/* The same of an object. */
static bool next_member(const char **at, struct json_member *ret)
{
    const char *key = next_item(at), *end = key && *key == '"' ? string_end(key) : NULL;
    if (!end || end[1] != ':')
        return false;
    *ret = (struct json_member){key, end + 2, (size_t)(end - key - 1)};
    return true;
}

bool json_cells_read(const char *text, struct json_cells *ret)
{
    const char *at = text;
    ret->n = 0;
    if (*text != '{')
        return false;
    while (ret->n < JSON_CELLS_MOST && next_member(&at, &ret->members[ret->n]))
        ret->n++;
    return ret->n && at && *at == '}';
}

static unsigned hex_digit(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : ((unsigned)c | 0x20) - 'a' + 10;
}

/* The character that the escape at *P stands for, a control character or one of its own; *P then is its last byte. */
static char escaped(const char **p)
{
    static const char shorts[] = "bfnrt", controls[] = "\b\f\n\r\t";
    const char *found = strchr(shorts, *++*p);
    if (found && *found)
        return controls[found - shorts];
    if (**p != 'u' || strnlen(*p, 5) < 5)
        return **p;
    *p += 4;
    return (char)(hex_digit((*p)[-1]) << 4 | hex_digit(**p));
}

static void put_character(char c, bool in_list, struct strbuf *out)
{
    if (in_list && (c == '|' || c == '\\'))
        strbuf_addc(out, '\\');
    strbuf_addc(out, c);
}

/* The string at P, its quote. */
static void put_string(const char *p, bool in_list, struct strbuf *out)
{
    const char *end = string_end(p);
    for (p++; end && p < end; p++) {
        size_t plain = strcspn(p, "\\|\"");
        strbuf_add(out, p, plain);
        p += plain;
        if (p == end)
            return;
        put_character(*p == '\\' ? escaped(&p) : *p, in_list, out);
    }
}

static bool put_value(const char *p, bool in_list, struct strbuf *out)
{
    const char *end = value_end(p);
    if (*p == '"')
        put_string(p, in_list, out);
    else if (*p != 'n' && end)
        strbuf_add(out, p, (size_t)(end - p));
    return *p == '"';
}

static void put_members(const char *object, struct strbuf *out)
{
    struct json_member m;
    const char *at = object;
    for (size_t i = 0; next_member(&at, &m); i++) {
        if (i)
            strbuf_addc(out, '|');
        put_string(m.key, true, out);
        strbuf_addc(out, '=');
        put_value(m.value, true, out);
    }
}

static bool put_path(const char *value, const char *path, bool in_list, struct strbuf *out);

static void put_items(const char *list, const char *path, struct strbuf *out)
{
    const char *at = list, *item;
    for (size_t i = 0; (item = next_item(&at)); i++) {
        if (i)
            strbuf_addc(out, '|');
        put_path(item, path, true, out);
    }
}

static bool is_called(const struct json_member *m, const char *key, size_t n)
{
    return m->key_size == n && memcmp(m->key + 1, key, n) == 0;
}

/* PATH, whose first part led to VALUE, from its brackets on. */
static bool put_rest(const char *value, const char *path, bool in_list, struct strbuf *out)
{
    bool list = *path == '[', members = *path == '{';
    path += list || members ? 2 : 0;
    path += *path == '/';
    if (list && *value == '[')
        put_items(value, path, out);
    else if (members && *value == '{')
        put_members(value, out);
    else if (!list && !members)
        return put_path(value, path, in_list, out);
    return true;
}

static bool put_path(const char *value, const char *path, bool in_list, struct strbuf *out)
{
    struct json_member m;
    const char *at = value;
    size_t n = strcspn(path, "/[{");
    if (!n)
        return put_value(value, in_list, out);
    while (*value == '{' && next_member(&at, &m))
        if (is_called(&m, path, n))
            return put_rest(m.value, path + n, in_list, out);
    return path[n] == '[' || path[n] == '{';
}

bool json_cell(const struct json_cells *c, const char *path, struct strbuf *out)
{
    size_t n = strcspn(path, "/[{");
    for (size_t i = 0; i < c->n; i++)
        if (is_called(&c->members[i], path, n))
            return put_rest(c->members[i].value, path + n, false, out);
    return path[n] == '[' || path[n] == '{';
}

void json_cell_name(const char *path, struct strbuf *out)
{
    for (; *path; path++)
        if (!strchr("[]{}", *path))
            strbuf_addc(out, *path == '/' ? '_' : *path);
}
