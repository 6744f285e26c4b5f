/* SPDX-License-Identifier: MIT */
/*
 * One function each way for each kind of field. Numbers are of variable length (LEB128), texts have their length before
 * and a NUL behind them, so that they can be used where they lie. Called by records.c and rows_event.c.
 */
#include "import/pack.h"

#include "util/limits.h"

#include <errno.h>
#include <string.h>

/* --- values --- */

void pack_number(struct strbuf *out, uint64_t n)
{
    char bytes[10];
    size_t used = 0;
    do {
        bytes[used++] = (char)((n & 0x7f) | (n > 0x7f ? 0x80 : 0));
        n >>= 7;
    } while (n);
    strbuf_add(out, bytes, used);
}

int unpack_number(struct packed *p, uint64_t *ret)
{
    uint64_t n = 0;
    for (unsigned shift = 0; shift < 64 && p->left; shift += 7) {
        unsigned char c = (unsigned char)*p->at;
        p->at++;
        p->left--;
        if (shift == 63 && c > 1)
            return PACK_E_DAMAGED;
        n |= (uint64_t)(c & 0x7f) << shift;
        if (c < 0x80) {
            *ret = n;
            return 0;
        }
    }
    return PACK_E_DAMAGED;
}

/* The next N bytes, or NULL. */
static const char *take(struct packed *p, size_t n)
{
    const char *at = p->at;
    if (n > p->left)
        return NULL;
    p->at += n;
    p->left -= n;
    return at;
}

void pack_text(struct strbuf *out, const char *s)
{
    size_t n = s ? strlen(s) : 0;
    pack_number(out, s ? n + 1 : 0);
    if (s)
        strbuf_add(out, s, n + 1);
}

int unpack_text(struct packed *p, const char **ret)
{
    uint64_t n;
    int result = unpack_number(p, &n);
    if (result != 0)
        return result;
    const char *s = n ? take(p, n < SIZE_MAX ? (size_t)n : SIZE_MAX) : NULL;
    if (n && (!s || memchr(s, '\0', (size_t)n) != s + n - 1))
        return PACK_E_DAMAGED;
    *ret = s;
    return 0;
}

static void pack_texts_at(struct strbuf *out, const struct field *f, const char *object)
{
    const char *const *texts;
    size_t n;
    memcpy(&texts, object + f->offset, sizeof texts);
    memcpy(&n, object + f->n_offset, sizeof n);
    pack_number(out, n);
    for (size_t i = 0; i < n; i++)
        pack_text(out, texts[i]);
}

/* How many members a list has: each takes a byte at least. */
static int unpack_count(struct packed *p, size_t *ret)
{
    uint64_t n;
    int result = unpack_number(p, &n);
    if (result == 0 && (n > LIMIT_FACTS || n > p->left))
        result = PACK_E_DAMAGED;
    if (result == 0)
        *ret = (size_t)n;
    return result;
}

/* Room for the N items of SIZE of a list field, set in OBJECT. NULL: out of memory. */
static void *make_list(const struct field *f, size_t n, size_t size, struct arena *mem, char *object)
{
    void *items = arena_array(mem, n, size);
    memcpy(object + f->offset, &items, sizeof items);
    memcpy(object + f->n_offset, &n, sizeof n);
    return items;
}

static int unpack_texts_at(struct packed *p, const struct field *f, struct arena *mem, char *object)
{
    size_t n;
    int result = unpack_count(p, &n);
    const char **texts = result == 0 && n ? make_list(f, n, sizeof *texts, mem, object) : NULL;
    if (result != 0 || !n)
        return result;
    for (size_t i = 0; i < n && texts && result == 0; i++)
        result = unpack_text(p, &texts[i]);
    return texts ? result : -ENOMEM;
}

static void pack_cited(struct strbuf *out, const struct field *f, const char *object)
{
    const int *numbers;
    size_t n;
    memcpy(&numbers, object + f->offset, sizeof numbers);
    memcpy(&n, object + f->n_offset, sizeof n);
    pack_number(out, n);
    for (size_t i = 0; i < n; i++)
        pack_number(out, (uint64_t)numbers[i]);
}

/* A word is one more than its place in the vocabulary; WORD_ABSENT, which is -1, is 0. */
static void pack_int(struct strbuf *out, const struct field *f, const char *object)
{
    int value;
    memcpy(&value, object + f->offset, sizeof value);
    pack_number(out, (uint64_t)((int64_t)value + 1));
}

/* MOST is the greatest value there may be. */
static int unpack_int(struct packed *p, uint64_t most, int *ret)
{
    uint64_t n;
    int result = unpack_number(p, &n);
    if (result == 0 && n > most + 1)
        result = PACK_E_DAMAGED;
    if (result == 0)
        *ret = (int)((int64_t)n - 1);
    return result;
}

static int unpack_word(struct packed *p, const struct field *f, struct arena *mem, char *object)
{
    int value;
    (void)mem;
    int result = unpack_int(p, f->vocab ? f->vocab->n - 1 : LIMIT_FACTS, &value);
    if (result == 0)
        memcpy(object + f->offset, &value, sizeof value);
    return result;
}

static int unpack_cited(struct packed *p, const struct field *f, struct arena *mem, char *object)
{
    size_t n;
    int result = unpack_count(p, &n);
    int *numbers = result == 0 && n ? make_list(f, n, sizeof *numbers, mem, object) : NULL;
    if (result != 0 || !n)
        return result;
    for (size_t i = 0; i < n && numbers && result == 0; i++) {
        uint64_t number;
        result = unpack_number(p, &number);
        if (result == 0 && number > LIMIT_FACTS)
            result = PACK_E_DAMAGED;
        if (result == 0)
            numbers[i] = (int)number;
    }
    return numbers ? result : -ENOMEM;
}

static void pack_count(struct strbuf *out, const struct field *f, const char *object)
{
    struct count n;
    memcpy(&n, object + f->offset, sizeof n);
    pack_number(out, n.known ? (uint64_t)n.value + 1 : 0);
}

static int unpack_count_at(struct packed *p, const struct field *f, struct arena *mem, char *object)
{
    uint64_t n;
    (void)mem;
    int result = unpack_number(p, &n);
    if (result == 0 && n > (uint64_t)LIMIT_NUMBER + 1)
        result = PACK_E_DAMAGED;
    if (result == 0 && n)
        memcpy(object + f->offset, &COUNT_OF((int64_t)(n - 1)), sizeof(struct count));
    return result;
}

static void pack_text_at(struct strbuf *out, const struct field *f, const char *object)
{
    const char *s;
    memcpy(&s, object + f->offset, sizeof s);
    pack_text(out, s);
}

static int unpack_text_at(struct packed *p, const struct field *f, struct arena *mem, char *object)
{
    const char *s;
    (void)mem;
    int result = unpack_text(p, &s);
    if (result == 0)
        memcpy(object + f->offset, &s, sizeof s);
    return result;
}

/* A date is taken apart once only: its bounds follow its text. */
static void pack_date(struct strbuf *out, const struct field *f, const char *object)
{
    struct edtf d;
    memcpy(&d, object + f->offset, sizeof d);
    pack_text(out, d.text);
    if (!d.text)
        return;
    strbuf_add(out, d.earliest, sizeof d.earliest);
    strbuf_add(out, d.latest, sizeof d.latest);
    strbuf_addc(out, (char)(d.approximate + 2 * d.uncertain));
}

static int unpack_date(struct packed *p, const struct field *f, struct arena *mem, char *object)
{
    struct edtf d = EDTF_UNKNOWN;
    (void)mem;
    int result = unpack_text(p, &d.text);
    const char *rest = result == 0 && d.text ? take(p, sizeof d.earliest + sizeof d.latest + 1) : NULL;
    if (result != 0 || !d.text)
        return result;
    if (!rest || rest[sizeof d.earliest - 1] || rest[sizeof d.earliest + sizeof d.latest - 1])
        return PACK_E_DAMAGED;
    memcpy(d.earliest, rest, sizeof d.earliest);
    memcpy(d.latest, rest + sizeof d.earliest, sizeof d.latest);
    char flags = rest[sizeof d.earliest + sizeof d.latest];
    d.approximate = flags & 1;
    d.uncertain = flags & 2;
    memcpy(object + f->offset, &d, sizeof d);
    return 0;
}

/* --- structs --- */

static bool is_there(const struct field *f, const char *object)
{
    bool there = true;
    if (f->n_offset)
        memcpy(&there, object + f->n_offset, sizeof there);
    return there;
}

static void pack_nested(struct strbuf *out, const struct field *f, const char *object)
{
    bool there = is_there(f, object);
    if (f->n_offset)
        pack_number(out, there);
    if (there)
        pack_object(out, f->table, object + f->offset);
}

static int unpack_nested(struct packed *p, const struct field *f, struct arena *mem, char *object)
{
    uint64_t there = 1;
    int result = f->n_offset ? unpack_number(p, &there) : 0;
    if (result != 0 || there > 1)
        return result != 0 ? result : PACK_E_DAMAGED;
    if (f->n_offset)
        memcpy(object + f->n_offset, &(bool){there == 1}, sizeof(bool));
    return there ? unpack_object(p, f->table, mem, object + f->offset) : 0;
}

static void pack_list(struct strbuf *out, const struct field *f, const char *object)
{
    const char *items;
    size_t n;
    memcpy(&items, object + f->offset, sizeof items);
    memcpy(&n, object + f->n_offset, sizeof n);
    pack_number(out, n);
    for (size_t i = 0; i < n; i++)
        pack_object(out, f->table, items + i * f->table->size);
}

static int unpack_list(struct packed *p, const struct field *f, struct arena *mem, char *object)
{
    size_t n;
    int result = unpack_count(p, &n);
    char *items = result == 0 && n ? make_list(f, n, f->table->size, mem, object) : NULL;
    if (result != 0 || !n)
        return result;
    for (size_t i = 0; i < n && items && result == 0; i++)
        result = unpack_object(p, f->table, mem, items + i * f->table->size);
    return items ? result : -ENOMEM;
}

/* --- tables --- */

static const struct {
    void (*pack)(struct strbuf *out, const struct field *f, const char *object);
    int (*unpack)(struct packed *p, const struct field *f, struct arena *mem, char *object);
} kinds[_FIELD_KIND_N] = {
    [FIELD_TEXT] = {pack_text_at, unpack_text_at},     [FIELD_TEXT_LONG] = {pack_text_at, unpack_text_at},
    [FIELD_QUOTE] = {pack_text_at, unpack_text_at},    [FIELD_ID] = {pack_text_at, unpack_text_at},
    [FIELD_URL] = {pack_text_at, unpack_text_at},      [FIELD_COUNTRY] = {pack_text_at, unpack_text_at},
    [FIELD_LANGUAGE] = {pack_text_at, unpack_text_at}, [FIELD_CURRENCY] = {pack_text_at, unpack_text_at},
    [FIELD_SECTOR] = {pack_text_at, unpack_text_at},   [FIELD_TIME] = {pack_text_at, unpack_text_at},
    [FIELD_DATE] = {pack_date, unpack_date},           [FIELD_WORD] = {pack_int, unpack_word},
    [FIELD_COUNT] = {pack_count, unpack_count_at},     [FIELD_NUMBER] = {pack_int, unpack_word},
    [FIELD_SOURCE] = {pack_int, unpack_word},          [FIELD_CITED] = {pack_cited, unpack_cited},
    [FIELD_TEXTS] = {pack_texts_at, unpack_texts_at},  [FIELD_OBJECT] = {pack_nested, unpack_nested},
    [FIELD_LIST] = {pack_list, unpack_list},           [FIELD_SOURCES] = {pack_list, unpack_list},
};

void pack_object(struct strbuf *out, const struct table *t, const void *object)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->fields[i].kind != FIELD_DERIVED)
            kinds[t->fields[i].kind].pack(out, &t->fields[i], object);
}

int unpack_object(struct packed *p, const struct table *t, struct arena *mem, void *ret)
{
    int result = 0;
    for (size_t i = 0; i < t->n && result == 0; i++)
        if (t->fields[i].kind != FIELD_DERIVED)
            result = kinds[t->fields[i].kind].unpack(p, &t->fields[i], mem, ret);
    return result;
}
