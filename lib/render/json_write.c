/* SPDX-License-Identifier: MIT */
/*
 * The JSON writer over jansson: a document is built as a tree, then dumped. Texts are checked here, because
 * jansson answers bad UTF-8 and lack of memory with the same NULL. Called by the other json*.c only.
 */
#include "render/json_write.h"

#include "render/render.h"
#include "util/utf8.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

void render_init(void)
{
    json_object_seed(0);
}

/* Puts VALUE, whose reference it takes; NULL: it could not be had. Returns it, owned by O, or NULL. */
static json_t *put(struct jw *w, json_t *o, const char *key, json_t *value)
{
    if (w->error) {
        json_decref(value);
        return NULL;
    }
    /* Both take the reference whether they succeed or not, and refuse a NULL. */
    int r = key ? json_object_set_new_nocheck(o, key, value) : json_array_append_new(o, value);
    if (r == 0)
        return value;
    w->error = -ENOMEM;
    return NULL;
}

/* TEXT as a JSON string; NULL with w->error set when it is not UTF-8. */
static json_t *string(struct jw *w, const char *text)
{
    size_t n = strlen(text);
    if (w->error)
        return NULL;
    if (!utf8_is_valid(text, n)) {
        w->error = -EINVAL;
        return NULL;
    }
    return json_stringn_nocheck(text, n);
}

void jw_begin(struct jw *w, const char *base, bool urls)
{
    *w = (struct jw){.base = base, .urls = urls, .root = json_object(), .link = STRBUF_INIT};
    if (!w->root)
        w->error = -ENOMEM;
}

static int append(const char *bytes, size_t n, void *out)
{
    struct strbuf *b = out;
    strbuf_add(b, bytes, n);
    return b->failed ? -1 : 0;
}

int jw_finish(struct jw *w, bool line, struct strbuf *out)
{
    size_t size = out->size;
    if (!w->error && json_dump_callback(w->root, append, out, JSON_COMPACT) < 0)
        w->error = -ENOMEM; /* every text was checked when it was put */
    if (!w->error && line)
        strbuf_addc(out, '\n');
    if (!w->error && out->failed)
        w->error = -ENOMEM;
    if (w->error)
        strbuf_cut(out, size);
    json_decref(w->root);
    w->root = NULL;
    strbuf_done(&w->link);
    return w->error;
}

json_t *jw_object(struct jw *w, json_t *o, const char *key)
{
    return put(w, o, key, json_object());
}

json_t *jw_array(struct jw *w, json_t *o, const char *key)
{
    return put(w, o, key, json_array());
}

void jw_null(struct jw *w, json_t *o, const char *key)
{
    put(w, o, key, json_null());
}

void jw_bool(struct jw *w, json_t *o, const char *key, bool value)
{
    put(w, o, key, json_boolean(value));
}

void jw_integer(struct jw *w, json_t *o, const char *key, int64_t value)
{
    put(w, o, key, json_integer(value));
}

void jw_size(struct jw *w, json_t *o, const char *key, size_t value)
{
    put(w, o, key, json_integer((json_int_t)value));
}

void jw_text(struct jw *w, json_t *o, const char *key, const char *value)
{
    put(w, o, key, value ? string(w, value) : json_null());
}

void jw_count(struct jw *w, json_t *o, const char *key, struct count value)
{
    put(w, o, key, value.known ? json_integer(value.value) : json_null());
}

void jw_word(struct jw *w, json_t *o, const char *key, const struct vocab *v, unsigned value)
{
    if (value < v->n)
        jw_text(w, o, key, v->words[value].id);
    else if (!w->error)
        w->error = -EINVAL;
}

void jw_link_pieces(struct jw *w, json_t *o, const char *key, const char *const *pieces, size_t n)
{
    strbuf_reset(&w->link);
    strbuf_adds(&w->link, w->base);
    for (size_t i = 0; i < n; i++) {
        if (pieces[i])
            strbuf_adds(&w->link, pieces[i]);
        else if (!w->error)
            w->error = -EINVAL;
    }
    if (!w->link.failed)
        jw_text(w, o, key, w->link.data);
    else if (!w->error)
        w->error = -ENOMEM;
}

void jw_texts(struct jw *w, json_t *o, const char *key, const char *const *texts, size_t n)
{
    json_t *array = jw_array(w, o, key);
    for (size_t i = 0; i < n && !w->error; i++)
        jw_text(w, array, NULL, texts[i]);
}

/* Whether KEY, from data, may be a member of O. */
static bool is_new_key(struct jw *w, const json_t *o, const char *key)
{
    if (!w->error && (!key || !utf8_is_valid(key, strlen(key)) || json_object_get(o, key)))
        w->error = -EINVAL;
    return !w->error;
}

void jw_text_at(struct jw *w, json_t *o, const char *key, const char *value)
{
    if (is_new_key(w, o, key))
        jw_text(w, o, key, value);
}

void jw_size_at(struct jw *w, json_t *o, const char *key, size_t value)
{
    if (is_new_key(w, o, key))
        jw_size(w, o, key, value);
}

void jw_items(struct jw *w, json_t *o, const char *key, const void *items, size_t n, size_t size,
              jw_member_fn member)
{
    json_t *array = jw_array(w, o, key);
    for (size_t i = 0; i < n && !w->error; i++)
        member(w, jw_object(w, array, NULL), (const char *)items + i * size);
}

const char *render_library_version(void)
{
    return jansson_version_str();
}
