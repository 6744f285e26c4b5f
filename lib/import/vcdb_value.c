/* SPDX-License-Identifier: MIT */
/*
 * Members of a VERIS record, read as what they should be and noted where they are something else. Nothing
 * here knows what a member means.
 */
#include "import/vcdb.h"

#include "import/reader.h"
#include "util/limits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const json_t *vcdb_get(const struct vcdb *x, const char *path)
{
    const json_t *v = x->v;
    while (v && *path) {
        size_t n = strcspn(path, ".");
        v = json_object_getn(v, path, n);
        path += n + (path[n] == '.');
    }
    return json_is_null(v) ? NULL : v;
}

/* --- what cannot be used --- */

/* Which list a caveat about a member belongs to; the first that begins its path. */
static const struct {
    const char *path;
    int about;
} about[] = {
    {"victim", LIST_PARTIES},         {"actor", LIST_ACTORS},
    {"action", LIST_ATTACK},          {"attribute.confidentiality.data_total", LIST_FIGURES},
    {"attribute", LIST_DATA_CLASSES}, {"discovery", LIST_DATES},
    {"timeline", LIST_DATES},         {"plus.timeline", LIST_DATES},
    {"impact", LIST_FIGURES},         {"reference", LIST_SOURCES},
};

static int about_of(const char *path)
{
    for (size_t i = 0; i < sizeof about / sizeof *about; i++)
        if (strncmp(path, about[i].path, strlen(about[i].path)) == 0)
            return about[i].about;
    return -1;
}

/* V in a few ASCII characters; what V holds beside a scalar is not repeated. */
static const char *shown(struct vcdb *x, const json_t *v)
{
    if (json_is_object(v) || json_is_array(v))
        return reader_type(v);
    char *text = json_dumps(v, JSON_ENCODE_ANY | JSON_ENSURE_ASCII);
    const char *kept = text ? draft_format(&x->d, "%.64s", text) : NULL;
    free(text);
    if (!kept)
        x->d.error = -ENOMEM;
    return kept ? kept : "";
}

void vcdb_odd(struct vcdb *x, const char *kind, const char *path, const json_t *v, const char *why)
{
    const char *what = shown(x, v);
    draft_warn(&x->d, kind, path, "is %s, which %s; left out", what, why);
    if (x->odd++ >= VCDB_ODD_TOLD)
        return;
    const char *text = draft_format(&x->d, "VCDB's %s is %s, which %s; it is left out here", path, what, why);
    if (text)
        (void)draft_caveat(&x->d, about_of(path), 1, text);
}

void vcdb_check_objects(struct vcdb *x)
{
    static const char *const paths[] = {
        "victim",
        "victim.secondary",
        "actor",
        "actor.external",
        "actor.internal",
        "actor.partner",
        "actor.unknown",
        "action",
        "action.hacking",
        "action.malware",
        "action.social",
        "action.misuse",
        "action.error",
        "action.physical",
        "action.environmental",
        "action.unknown",
        "asset",
        "attribute",
        "attribute.confidentiality",
        "attribute.integrity",
        "attribute.availability",
        "attribute.availability.duration",
        "attribute.unknown",
        "impact",
        "timeline",
        "timeline.incident",
        "timeline.compromise",
        "timeline.exfiltration",
        "timeline.discovery",
        "timeline.containment",
        "plus",
        "plus.timeline",
        "plus.timeline.notification",
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const json_t *v = vcdb_get(x, paths[i]);
        if (v && !json_is_object(v))
            vcdb_odd(x, "wrong-type", paths[i], v, "is no object");
    }
}

/* --- texts --- */

bool vcdb_is_unknown(const char *word)
{
    static const char *const words[] = {"", "Unknown", "NA", "N/A", "None", "Not applicable", "-", "?"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(word, words[i]) == 0)
            return true;
    return false;
}

/* TEXT with each NAME in it put as "[name withheld]". */
static const char *without(struct vcdb *x, const char *text, const char *name)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    for (const char *at; (at = strcasestr(text, name)); text = at + strlen(name)) {
        strbuf_add(&b, text, (size_t)(at - text));
        strbuf_adds(&b, "[name withheld]");
    }
    strbuf_adds(&b, text);
    const char *kept = b.failed ? NULL : arena_strdup(x->d.c->record, b.data ? b.data : "");
    if (!kept)
        x->d.error = -ENOMEM;
    return kept;
}

const char *vcdb_clean(struct vcdb *x, const char *path, const char *text, size_t most, bool lines)
{
    const char *kept = draft_text(&x->d, path, text, SIZE_MAX, most, lines);
    bool named = false;
    for (size_t i = 0; i < x->n_withheld && kept; i++)
        if (strcasestr(kept, x->withheld[i])) {
            kept = without(x, kept, x->withheld[i]);
            named = true;
        }
    return named ? draft_text(&x->d, path, kept, SIZE_MAX, most, lines) : kept;
}

const char *vcdb_keep(struct vcdb *x, const char *path, struct strbuf *b, size_t most)
{
    const char *kept = NULL;
    if (b->failed)
        x->d.error = -ENOMEM;
    else if (b->size)
        kept = vcdb_clean(x, path, b->data, most, false);
    strbuf_reset(b);
    return kept;
}

const char *vcdb_text(struct vcdb *x, const char *path, size_t most, bool lines)
{
    const json_t *v = vcdb_get(x, path);
    if (json_is_string(v))
        return vcdb_clean(x, path, json_string_value(v), most, lines);
    if (json_is_integer(v))
        return draft_format(&x->d, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
    if (v)
        vcdb_odd(x, "wrong-type", path, v, "is no text");
    return NULL;
}

/* --- lists of words --- */

static bool has_word(const struct vcdb_words *w, const char *word)
{
    for (size_t i = 0; i < w->n; i++)
        if (strcasecmp(w->at[i], word) == 0)
            return true;
    return false;
}

static void add_word(struct vcdb *x, const char *path, const json_t *v, struct vcdb_words *w)
{
    if (json_is_null(v))
        return;
    if (!json_is_string(v)) {
        vcdb_odd(x, "wrong-type", path, v, "is no word");
        return;
    }
    const char *word = vcdb_clean(x, path, json_string_value(v), LIMIT_TITLE_BYTES, false);
    if (word && !has_word(w, word))
        w->at[w->n++] = word;
}

struct vcdb_words vcdb_words(struct vcdb *x, const char *path)
{
    struct vcdb_words w = {0};
    const json_t *v = vcdb_get(x, path);
    if (!v)
        return w;
    size_t n = json_is_array(v) ? json_array_size(v) : 1;
    if (n > VCDB_WORDS) {
        draft_warn(&x->d, "cut", path, "has %zu members; %d are read", n, VCDB_WORDS);
        n = VCDB_WORDS;
    }
    w.at = arena_array(x->d.c->record, n, sizeof *w.at);
    if (!w.at) {
        x->d.error = -ENOMEM;
        return w;
    }
    if (json_is_array(v))
        for (size_t i = 0; i < n; i++)
            add_word(x, path, json_array_get(v, i), &w);
    else
        add_word(x, path, v, &w);
    return w;
}

void vcdb_list(struct strbuf *b, const char *label, const struct vcdb_words *words, bool known)
{
    bool any = false;
    for (size_t i = 0; i < words->n; i++) {
        if (known && vcdb_is_unknown(words->at[i]))
            continue;
        if (!any)
            strbuf_addf(b, "%s%s ", b->size ? "; " : "", label);
        strbuf_addf(b, "%s%s", any ? ", " : "", words->at[i]);
        any = true;
    }
}

/* --- numbers, certainties --- */

bool vcdb_count(struct vcdb *x, const char *path, const json_t *v, int64_t *ret)
{
    if (!v || json_is_null(v))
        return false;
    if (!json_is_number(v)) {
        vcdb_odd(x, "wrong-type", path, v, "is no number");
        return false;
    }
    if (!json_is_integer(v) || json_integer_value(v) < 0 || json_integer_value(v) > LIMIT_NUMBER) {
        vcdb_odd(x, "impossible-number", path, v, "cannot be a count");
        return false;
    }
    *ret = json_integer_value(v);
    return true;
}

enum certainty vcdb_weaker(enum certainty a, enum certainty b)
{
    if (a == CERTAINTY_DENIED || b == CERTAINTY_DENIED)
        return CERTAINTY_DENIED;
    return a > b ? a : b; /* the vocabulary goes from sure to unknown */
}
