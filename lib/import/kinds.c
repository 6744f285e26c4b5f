/* SPDX-License-Identifier: MIT */
/*
 * One function for each kind of single value: checks it against what its row and the kind allow, and stores
 * it. The reader's engine calls them through one table.
 */
#include "import/reader.h"

#include "model/country.h"
#include "util/clock.h"
#include "util/limits.h"
#include "util/utf8.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Text as reasons echo it: cut at LIMIT_FAULT_VALUE. */
#define SHOWN(s) (int)utf8_truncate((s), strlen(s), LIMIT_FAULT_VALUE), (s)

/* C0 and C1 controls and DEL. */
static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

static bool has_controls(const char *s, bool lines)
{
    size_t left = strlen(s);
    while (left > 0) {
        uint32_t c = 0;
        size_t n = utf8_decode(s, left, &c);
        if (n == 0 || (is_control(c) && !(lines && c == '\n')))
            return true;
        s += n;
        left -= n;
    }
    return false;
}

/* The text of V when it is one, not empty, without control characters and at most MOST bytes; *ret NULL when
 * it is not, and a fault is noted. */
static int check_text(struct reader *r, const json_t *v, size_t most, bool lines, const char **ret)
{
    *ret = NULL;
    if (!json_is_string(v))
        return reader_fault(r, NULL, "must be text, not %s", reader_type(v));
    const char *s = json_string_value(v);
    if (json_string_length(v) != strlen(s) || has_controls(s, lines))
        return reader_fault(r, NULL, "holds a control character; remove it");
    if (!*s)
        return reader_fault(r, NULL, "is empty; leave it out, or say null");
    if (strlen(s) > most)
        return reader_fault(r, NULL, "has %zu bytes; at most %zu are kept: shorten it", strlen(s), most);
    *ret = s;
    return 0;
}

static int store_text(struct reader *r, const char *s, void *at)
{
    const char *copy = arena_strdup(r->mem, s);
    if (!copy)
        return -ENOMEM;
    memcpy(at, &copy, sizeof copy);
    return 0;
}

static int read_text(struct reader *r, const struct field *f, const json_t *v, char *object)
{
    const char *s;
    int result = check_text(r, v, f->most ? f->most : LIMIT_TITLE_BYTES, false, &s);
    return result != 0 || !s ? result : store_text(r, s, object + f->offset);
}

static int read_text_long(struct reader *r, const struct field *f, const json_t *v, char *object)
{
    const char *s;
    int result = check_text(r, v, LIMIT_TEXT_BYTES, true, &s);
    return result != 0 || !s ? result : store_text(r, s, object + f->offset);
}

static int read_quote(struct reader *r, const struct field *f, const json_t *v, char *object)
{
    const char *s;
    int result = check_text(r, v, LIMIT_TEXT_BYTES, true, &s);
    if (result != 0 || !s)
        return result;
    size_t n = utf8_count(s, strlen(s));
    if (n > LIMIT_QUOTE_CHARS)
        return reader_fault(r, NULL, "has %zu characters; a quotation has at most %d: cut it", n,
                            LIMIT_QUOTE_CHARS);
    return store_text(r, s, object + f->offset);
}

bool reader_is_id(const char *s)
{
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return n > 0 && n <= LIMIT_ID_BYTES && !s[n] && s[0] != '-';
}

bool reader_is_url(const char *s)
{
    size_t scheme = strncasecmp(s, "https://", 8) == 0 ? 8 : strncasecmp(s, "http://", 7) == 0 ? 7 : 0;
    return scheme && s[scheme] && !strchr("/?#:", s[scheme]) && !strpbrk(s, " \"<>\\^`{|}") &&
           strlen(s) <= LIMIT_URL_BYTES && !has_controls(s, false);
}

static bool is_country(const char *s)
{
    return country_name(s) != NULL;
}

/* The language, then subtags: RFC 5646 section 2.1, without its registry. */
static bool is_language(const char *s)
{
    size_t part = strspn(s, "abcdefghijklmnopqrstuvwxyz");
    if (part < 2 || part > 8)
        return false;
    for (s += part; *s; s += part) {
        for (part = 0, s++; isalnum((unsigned char)s[part]);)
            part++;
        if (s[-1] != '-' || part < 1 || part > 8)
            return false;
    }
    return true;
}

static bool is_currency(const char *s)
{
    return strlen(s) == 3 && strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

static bool is_sector(const char *s)
{
    size_t n = strlen(s);
    return n >= 2 && n <= 6 && strspn(s, "0123456789") == n;
}

/* Text of a fixed form, and what to say of another. */
static const struct form {
    bool (*is)(const char *s);
    size_t most;
    const char *mend;
} forms[_FIELD_KIND_N] = {
    [FIELD_ID] = {reader_is_id, LIMIT_ID_BYTES,
                  "is no id; use a to z, 0 to 9 and hyphens, beginning with a letter or digit"},
    [FIELD_URL] = {reader_is_url, LIMIT_URL_BYTES,
                   "is no URL that can be linked to; use http:// or https://"},
    [FIELD_COUNTRY] = {is_country, 2, "is no country code; use two capitals of ISO 3166-1, as in JP"},
    [FIELD_LANGUAGE] = {is_language, 64, "is no language tag; use one of BCP 47, as in ja"},
    [FIELD_CURRENCY] = {is_currency, 3, "is no currency; use three capitals of ISO 4217, as in USD"},
    [FIELD_SECTOR] = {is_sector, 6, "is no sector; use two to six digits of NAICS, as in 4411"},
};

static int read_form(struct reader *r, const struct field *f, const json_t *v, char *object)
{
    const char *s;
    int result = check_text(r, v, LIMIT_TEXT_BYTES, false, &s);
    if (result != 0 || !s)
        return result;
    if (strlen(s) > forms[f->kind].most || !forms[f->kind].is(s))
        return reader_fault(r, NULL, "\"%.*s\" %s", SHOWN(s), forms[f->kind].mend);
    return store_text(r, s, object + f->offset);
}

static int read_time(struct reader *r, const struct field *f, const json_t *v, char *object)
{
    const char *s;
    int result = check_text(r, v, LIMIT_TITLE_BYTES, false, &s);
    if (result != 0 || !s)
        return result;
    int64_t seconds;
    if (!clock_parse(s, &seconds))
        return reader_fault(r, NULL, "\"%.*s\" is no time; write it as 2026-01-31T12:00:00Z", SHOWN(s));
    char text[CLOCK_TEXT_SIZE];
    clock_format(seconds, text);
    return store_text(r, text, object + f->offset);
}

/* A date as served has its bounds beside it; they are made again. */
static int date_text(struct reader *r, const json_t *v, const char **ret)
{
    static const char *const derived[] = {"earliest", "latest", "approximate", "uncertain", "basis"};
    *ret = NULL;
    if (!json_is_object(v))
        return check_text(r, v, LIMIT_TITLE_BYTES, false, ret);
    size_t known = json_object_get(v, "edtf") != NULL;
    for (size_t i = 0; i < sizeof derived / sizeof *derived; i++)
        known += json_object_get(v, derived[i]) != NULL;
    if (known != json_object_size(v) || !json_object_get(v, "edtf"))
        return reader_fault(r, NULL, "is no date; write {\"edtf\": \"2019-03-29\"}");
    return check_text(r, json_object_get(v, "edtf"), LIMIT_TITLE_BYTES, false, ret);
}

static int read_date(struct reader *r, const struct field *f, const json_t *v, char *object)
{
    const char *s;
    int result = date_text(r, v, &s);
    if (result != 0 || !s)
        return result;
    char *copy = arena_strdup(r->mem, s);
    if (!copy)
        return -ENOMEM;
    struct edtf date = EDTF_UNKNOWN;
    int outcome = edtf_parse(copy, &date);
    if (outcome != 0)
        return reader_fault(r, NULL, "\"%.*s\" %s; write it as 2019-03-29, 2019-03~ or 2019?", SHOWN(s),
                            edtf_reason(outcome));
    memcpy(object + f->offset, &date, sizeof date);
    return 0;
}

static int reject_word(struct reader *r, const struct vocab *v, const char *word)
{
    const char *near = vocab_nearest(v, word);
    if (near)
        return reader_fault(r, NULL, "unknown word \"%.*s\"; did you mean \"%s\"?", SHOWN(word), near);
    char all[256] = "";
    size_t used = 0;
    for (size_t i = 0; i < v->n && used < sizeof all; i++)
        used += (size_t)snprintf(all + used, sizeof all - used, "%s%s", i ? ", " : "", v->words[i].id);
    return reader_fault(r, NULL, "unknown word \"%.*s\"; use one of: %s%s", SHOWN(word), all,
                        used < sizeof all ? "" : "…");
}

static int read_word(struct reader *r, const struct field *f, const json_t *v, char *object)
{
    const char *s;
    int result = check_text(r, v, LIMIT_TITLE_BYTES, false, &s);
    if (result != 0 || !s)
        return result;
    int value = vocab_find(f->vocab, s);
    if (value < 0)
        return reject_word(r, f->vocab, s);
    memcpy(object + f->offset, &value, sizeof value);
    return 0;
}

static int read_count(struct reader *r, const struct field *f, const json_t *v, char *object)
{
    if (!json_is_integer(v))
        return reader_fault(r, NULL, "must be a whole number, not %s",
                            json_is_real(v) ? "a fraction" : reader_type(v));
    json_int_t n = json_integer_value(v);
    if (n < 0 || n > LIMIT_NUMBER)
        return reader_fault(r, NULL, "%lld is not between 0 and %lld", (long long)n, (long long)LIMIT_NUMBER);
    memcpy(object + f->offset, &COUNT_OF(n), sizeof(struct count));
    return 0;
}

/* The number of a source, or 0 with a fault noted. */
static int source_number(struct reader *r, const json_t *v, int *ret)
{
    *ret = 0;
    if (!json_is_integer(v))
        return reader_fault(r, NULL, "must be the number of a source, not %s", reader_type(v));
    json_int_t n = json_integer_value(v);
    if (n < 1 || n > LIMIT_FACTS)
        return reader_fault(r, NULL, "%lld is no number of a source; they go from 1 to %d", (long long)n,
                            LIMIT_FACTS);
    *ret = (int)n;
    return 0;
}

static int read_number(struct reader *r, const struct field *f, const json_t *v, char *object)
{
    int n;
    int result = source_number(r, v, &n);
    memcpy(object + f->offset, &n, sizeof n);
    return result;
}

static int cited_number(struct reader *r, const json_t *v, int *ret)
{
    int result = source_number(r, v, ret);
    if (result != 0 || *ret == 0)
        return result;
    for (size_t i = 0; i < r->n_sources; i++)
        if (r->sources[i].n == *ret)
            return 0;
    return reader_fault(r, NULL, "there is no source %d in this record", *ret);
}

static int read_source(struct reader *r, const struct field *f, const json_t *v, char *object)
{
    int n;
    int result = cited_number(r, v, &n);
    memcpy(object + f->offset, &n, sizeof n);
    return result;
}

/* Whether V is a list of at most LIMIT_FACTS; if not, a fault is noted. */
static bool is_list(struct reader *r, const json_t *v, int *ret_result)
{
    *ret_result = 0;
    if (!json_is_array(v))
        *ret_result = reader_fault(r, NULL, "must be a list, not %s", reader_type(v));
    else if (json_array_size(v) > LIMIT_FACTS)
        *ret_result =
            reader_fault(r, NULL, "has %zu members; at most %d are read", json_array_size(v), LIMIT_FACTS);
    else
        return true;
    return false;
}

static int read_cited(struct reader *r, const struct field *f, const json_t *v, char *object)
{
    int result;
    if (!is_list(r, v, &result))
        return result;
    size_t n = json_array_size(v);
    int *numbers = arena_array(r->mem, n, sizeof *numbers);
    if (!numbers)
        return -ENOMEM;
    for (size_t i = 0; i < n && result == 0; i++) {
        size_t before = reader_enter_item(r, i);
        result = cited_number(r, json_array_get(v, i), &numbers[i]);
        reader_leave(r, before);
    }
    memcpy(object + f->offset, &numbers, sizeof numbers);
    memcpy(object + f->n_offset, &n, sizeof n);
    return result;
}

static int read_texts(struct reader *r, const struct field *f, const json_t *v, char *object)
{
    int result;
    if (!is_list(r, v, &result))
        return result;
    size_t n = json_array_size(v);
    const char **texts = arena_array(r->mem, n, sizeof *texts);
    if (!texts)
        return -ENOMEM;
    for (size_t i = 0; i < n && result == 0; i++) {
        size_t before = reader_enter_item(r, i);
        const char *s;
        result = check_text(r, json_array_get(v, i), LIMIT_TITLE_BYTES, false, &s);
        if (result == 0 && s)
            result = store_text(r, s, &texts[i]);
        reader_leave(r, before);
    }
    memcpy(object + f->offset, &texts, sizeof texts);
    memcpy(object + f->n_offset, &n, sizeof n);
    return result;
}

int reader_value(struct reader *r, const struct field *f, const json_t *v, void *object)
{
    static int (*const kinds[_FIELD_KIND_N])(struct reader *, const struct field *, const json_t *,
                                             char *) = {
        [FIELD_TEXT] = read_text,     [FIELD_TEXT_LONG] = read_text_long,
        [FIELD_QUOTE] = read_quote,   [FIELD_ID] = read_form,
        [FIELD_URL] = read_form,      [FIELD_COUNTRY] = read_form,
        [FIELD_LANGUAGE] = read_form, [FIELD_CURRENCY] = read_form,
        [FIELD_SECTOR] = read_form,   [FIELD_TIME] = read_time,
        [FIELD_DATE] = read_date,     [FIELD_WORD] = read_word,
        [FIELD_COUNT] = read_count,   [FIELD_NUMBER] = read_number,
        [FIELD_SOURCE] = read_source, [FIELD_CITED] = read_cited,
        [FIELD_TEXTS] = read_texts,
    };
    return kinds[f->kind](r, f, v, object);
}
