/* SPDX-License-Identifier: MIT */
/*
 * The JSON writer: a document is put straight into a buffer, since a tree of it costs ten times as much. Texts are
 * escaped as RFC 8259 section 7 asks and no further. jansson, which reads JSON elsewhere in the program, is set
 * up here too. Called by the other json*.c only.
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

/* Sets the first failure. */
static void fail(struct jw *w, int error)
{
    if (!w->error)
        w->error = error;
}

/* Whether each of eight bytes stands for itself in a JSON string and is ASCII. A byte that a borrow reaches may be taken for
 * one that does not: the caller looks at those one by one. */
static bool is_plain(const char *text)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t w;
    memcpy(&w, text, sizeof w);
    uint64_t control = w - each * 0x20, quote = (w ^ each * '"') - each, backslash = (w ^ each * '\\') - each;
    return !((w | control | quote | backslash) & each * 0x80);
}

static void add_escape(struct strbuf *b, unsigned char c)
{
    static const char shorts[0x20] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    if (c < 0x20 && !shorts[c])
        strbuf_addf(b, "\\u%04X", c);
    else
        strbuf_add(b, (const char[]){'\\', c < 0x20 ? shorts[c] : (char)c}, 2);
}

/* TEXT as it stands between quotes. What is not UTF-8 fails. */
static void add_escaped(struct jw *w, struct strbuf *b, const char *text)
{
    bool ascii = true;
    size_t n = strlen(text), from = 0, i = 0;
    while (i < n) {
        if (i + 8 <= n && is_plain(text + i)) {
            i += 8;
            continue;
        }
        unsigned char c = (unsigned char)text[i++];
        ascii = ascii && c < 0x80;
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        strbuf_add(b, text + from, i - 1 - from);
        add_escape(b, c);
        from = i;
    }
    strbuf_add(b, text + from, n - from);
    if (!ascii && !utf8_is_valid(text, n))
        fail(w, -EINVAL);
}

static void add_string(struct jw *w, struct strbuf *b, const char *text)
{
    strbuf_addc(b, '"');
    add_escaped(w, b, text);
    strbuf_addc(b, '"');
}

static void close_level(struct jw *w)
{
    strbuf_addc(&w->text, w->levels[--w->depth].end);
}

/* Goes to where the next member of O stands, closing what is open below it. False: after a failure. */
static bool next(struct jw *w, struct jw_level *o, const char *key)
{
    if (w->error)
        return false;
    /* a level that is closed lies beyond the depth */
    if (!o || o - w->levels >= (ptrdiff_t)w->depth || !key != (o->end == ']')) {
        w->error = -EINVAL;
        return false;
    }
    while (&w->levels[w->depth - 1] != o)
        close_level(w);
    if (o->filled)
        strbuf_addc(&w->text, ',');
    o->filled = true;
    return true;
}

/* In one piece: there are hundreds in a record. */
static void add_key(struct strbuf *b, const char *key, size_t n)
{
    char text[64];
    if (n > sizeof text - 3) {
        strbuf_addf(b, "\"%s\":", key);
        return;
    }
    text[0] = '"';
    memcpy(text + 1, key, n);
    memcpy(text + 1 + n, "\":", 2);
    strbuf_add(b, text, n + 3);
}

/* Begins the next member of O: what follows is its value. */
static bool begin(struct jw *w, struct jw_level *o, const char *key)
{
    if (!next(w, o, key))
        return false;
    if (key)
        add_key(&w->text, key, strlen(key));
    return true;
}

static struct jw_level *open_level(struct jw *w, char start, char end)
{
    if (w->depth == JW_DEPTH) {
        fail(w, -EINVAL);
        return NULL;
    }
    struct jw_level *o = &w->levels[w->depth++];
    *o = (struct jw_level){.start = w->text.size, .end = end};
    strbuf_addc(&w->text, start);
    return o;
}

void jw_begin(struct jw *w, const char *base, bool urls)
{
    *w = (struct jw){.base = base, .urls = urls, .text = STRBUF_INIT, .name = STRBUF_INIT};
    w->root = open_level(w, '{', '}');
}

void jw_expect(struct jw *w, size_t n)
{
    strbuf_reserve(&w->text, n);
}

int jw_finish(struct jw *w, bool line, struct strbuf *out)
{
    size_t size = out->size;
    while (w->depth)
        close_level(w);
    if (line)
        strbuf_addc(&w->text, '\n');
    if (w->text.failed)
        fail(w, -ENOMEM);
    if (!w->error)
        strbuf_move(out, &w->text);
    if (out->failed)
        fail(w, -ENOMEM);
    if (w->error)
        strbuf_cut(out, size);
    strbuf_done(&w->text);
    strbuf_done(&w->name);
    return w->error;
}

struct jw_level *jw_object(struct jw *w, struct jw_level *o, const char *key)
{
    return begin(w, o, key) ? open_level(w, '{', '}') : NULL;
}

struct jw_level *jw_array(struct jw *w, struct jw_level *o, const char *key)
{
    return begin(w, o, key) ? open_level(w, '[', ']') : NULL;
}

void jw_begun(struct jw *w, struct jw_level *o, const char *text, size_t n)
{
    if (w->error)
        return;
    if (!o || o != &w->levels[w->depth - 1] || o->filled || n < 2 || text[0] != '{' || o->end != '}') {
        fail(w, -EINVAL);
        return;
    }
    strbuf_add(&w->text, text + 1, n - 1);
    o->filled = true;
}

void jw_null(struct jw *w, struct jw_level *o, const char *key)
{
    if (begin(w, o, key))
        strbuf_add(&w->text, "null", 4);
}

void jw_bool(struct jw *w, struct jw_level *o, const char *key, bool value)
{
    if (begin(w, o, key))
        strbuf_adds(&w->text, value ? "true" : "false");
}

/* The decimal digits of N. */
static void add_digits(struct strbuf *b, uint64_t n)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + n % 10);
    while (n /= 10);
    strbuf_add(b, digits + at, sizeof digits - at);
}

void jw_integer(struct jw *w, struct jw_level *o, const char *key, int64_t value)
{
    if (!begin(w, o, key))
        return;
    if (value < 0)
        strbuf_addc(&w->text, '-');
    add_digits(&w->text, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

void jw_size(struct jw *w, struct jw_level *o, const char *key, size_t value)
{
    if (begin(w, o, key))
        add_digits(&w->text, value);
}

void jw_text(struct jw *w, struct jw_level *o, const char *key, const char *value)
{
    if (!value)
        jw_null(w, o, key);
    else if (begin(w, o, key))
        add_string(w, &w->text, value);
}

void jw_count(struct jw *w, struct jw_level *o, const char *key, struct count value)
{
    if (value.known)
        jw_integer(w, o, key, value.value);
    else
        jw_null(w, o, key);
}

void jw_json(struct jw *w, struct jw_level *o, const char *key, const char *text, size_t n)
{
    if (begin(w, o, key))
        strbuf_add(&w->text, text, n);
}

void jw_word(struct jw *w, struct jw_level *o, const char *key, const struct vocab *v, unsigned value)
{
    if (value < v->n)
        jw_text(w, o, key, v->words[value].id);
    else
        fail(w, -EINVAL);
}

void jw_link_pieces(struct jw *w, struct jw_level *o, const char *key, const char *const *pieces, size_t n)
{
    if (!begin(w, o, key))
        return;
    strbuf_addc(&w->text, '"');
    add_escaped(w, &w->text, w->base);
    for (size_t i = 0; i < n; i++) {
        if (pieces[i])
            add_escaped(w, &w->text, pieces[i]);
        else
            fail(w, -EINVAL);
    }
    strbuf_addc(&w->text, '"');
}

void jw_texts(struct jw *w, struct jw_level *o, const char *key, const char *const *texts, size_t n)
{
    struct jw_level *array = jw_array(w, o, key);
    for (size_t i = 0; i < n && !w->error; i++)
        jw_text(w, array, NULL, texts[i]);
}

/* Whether O, which was opened last, has a member whose name and colon are the text after the first byte of NAME. */
static bool has_key(const struct jw *w, const struct jw_level *o)
{
    const char *members = w->text.data + o->start;
    size_t n = w->text.size - o->start;
    return (n >= w->name.size && memcmp(members + 1, w->name.data + 1, w->name.size - 1) == 0) ||
           memmem(members, n, w->name.data, w->name.size);
}

/* As begin(), for a key from data. */
static bool begin_at(struct jw *w, struct jw_level *o, const char *key)
{
    if (!key)
        fail(w, -EINVAL);
    if (w->error)
        return false;
    strbuf_reset(&w->name);
    strbuf_addc(&w->name, ',');
    add_string(w, &w->name, key);
    strbuf_addc(&w->name, ':');
    if (w->name.failed || w->text.failed)
        fail(w, -ENOMEM);
    else if (o && has_key(w, o))
        fail(w, -EINVAL);
    if (!next(w, o, key))
        return false;
    strbuf_add(&w->text, w->name.data + 1, w->name.size - 1);
    return true;
}

void jw_text_at(struct jw *w, struct jw_level *o, const char *key, const char *value)
{
    if (!begin_at(w, o, key))
        return;
    if (value)
        add_string(w, &w->text, value);
    else
        strbuf_add(&w->text, "null", 4);
}

void jw_size_at(struct jw *w, struct jw_level *o, const char *key, size_t value)
{
    if (begin_at(w, o, key))
        add_digits(&w->text, value);
}

void jw_items(struct jw *w, struct jw_level *o, const char *key, const void *items, size_t n, size_t size,
              jw_member_fn member)
{
    struct jw_level *array = jw_array(w, o, key);
    for (size_t i = 0; i < n && !w->error; i++)
        member(w, jw_object(w, array, NULL), (const char *)items + i * size);
}

const char *render_library_version(void)
{
    return jansson_version_str();
}
