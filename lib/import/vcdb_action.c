/* SPDX-License-Identifier: MIT */
/*
 * How it came about, in a VERIS record: one attack for each variety of each action, in VERIS' words. Vectors,
 * results and targets belong to the action as a whole, so each of its attacks has them. Assets have no list
 * in the model and become a caveat, as do losses of integrity and availability.
 */
#include "import/vcdb.h"

#include <stdio.h>
#include <strings.h>

/* The sections, in the order in which a title looks for a cause, and how it says one without a variety. */
static const struct section {
    const char *name, *noun;
    enum action action;
} sections[] = {
    {"malware", "Malware", ACTION_MALWARE},
    {"hacking", "Hacking", ACTION_HACKING},
    {"social", "Social engineering", ACTION_SOCIAL},
    {"misuse", "Misuse", ACTION_MISUSE},
    {"physical", "Physical action", ACTION_PHYSICAL},
    {"error", "Error", ACTION_ERROR},
    {"environmental", "Environmental incident", ACTION_ENVIRONMENTAL},
    {"unknown", "Incident", ACTION_UNKNOWN},
};
#define SECTIONS (sizeof sections / sizeof *sections)

static struct vcdb_words words_of(struct vcdb *x, const char *section, const char *member)
{
    char path[64];
    (void)snprintf(path, sizeof path, "action.%s.%s", section, member);
    return vcdb_words(x, path);
}

static const char *text_of(struct vcdb *x, const char *section, const char *member)
{
    char path[64];
    (void)snprintf(path, sizeof path, "action.%s.%s", section, member);
    const char *text = vcdb_text(x, path, LIMIT_TITLE_BYTES, false);
    return text && !vcdb_is_unknown(text) ? text : NULL;
}

/* Words that say something, with "; " between; NULL: none do. */
static const char *known(struct vcdb *x, const struct vcdb_words *w)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    for (size_t i = 0; i < w->n; i++)
        if (!vcdb_is_unknown(w->at[i]))
            strbuf_addf(&b, "%s%s", b.size ? "; " : "", w->at[i]);
    return vcdb_keep(x, "action", &b, LIMIT_TITLE_BYTES);
}

/* What stands beside a variety; VARIETY and vectors only where the attack itself cannot say them. */
static const char *note_of(struct vcdb *x, const struct section *s, const char *variety,
                           const struct vcdb_words *vectors, bool known_vector)
{
    struct vcdb_words result = words_of(x, s->name, "result"), target = words_of(x, s->name, "target");
    const char *cve = text_of(x, s->name, "cve"), *name = text_of(x, s->name, "name");
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    if (variety)
        strbuf_addf(&b, "variety %s", variety);
    if (!known_vector)
        vcdb_list(&b, "vector", vectors, false);
    vcdb_list(&b, "result", &result, true);
    vcdb_list(&b, "target", &target, true);
    if (name)
        strbuf_addf(&b, "%sname %s", b.size ? "; " : "", name);
    if (cve)
        strbuf_addf(&b, "%sweakness %s", b.size ? "; " : "", cve);
    const char *text = vcdb_keep(x, "action", &b, LIMIT_TEXT_BYTES);
    return text ? draft_format(&x->d, "As coded: %s", text) : NULL;
}

static void put_attack(struct vcdb *x, const struct section *s, const char *variety,
                       const struct vcdb_words *vectors)
{
    bool said = variety && !vcdb_is_unknown(variety);
    struct attack *a =
        draft_attack(&x->d, s->action, s->action == ACTION_UNKNOWN ? CERTAINTY_UNKNOWN : x->sure, 1);
    if (!a)
        return;
    a->variety = said ? variety : NULL;
    a->vector = known(x, vectors);
    a->e.note = note_of(x, s, said ? NULL : variety, vectors, a->vector != NULL);
}

/* The section's attacks; the first variety that says something, or NULL. */
static const char *put_section(struct vcdb *x, const struct section *s)
{
    struct vcdb_words varieties = words_of(x, s->name, "variety"), vectors = words_of(x, s->name, "vector");
    const char *first = NULL;
    if (varieties.n == 0)
        put_attack(x, s, NULL, &vectors);
    for (size_t i = 0; i < varieties.n; i++) {
        put_attack(x, s, varieties.at[i], &vectors);
        if (!first && !vcdb_is_unknown(varieties.at[i]) && strcasecmp(varieties.at[i], "Other") != 0)
            first = varieties.at[i];
    }
    return first;
}

static bool is_section(const char *name)
{
    for (size_t i = 0; i < SECTIONS; i++)
        if (strcmp(sections[i].name, name) == 0)
            return true;
    return false;
}

/* An action that VERIS does not have is kept by its name. */
static void put_others(struct vcdb *x)
{
    const json_t *actions = vcdb_get(x, "action");
    const char *name;
    const json_t *v;
    json_object_foreach((json_t *)actions, name, v)
    {
        if (is_section(name) || json_is_null(v))
            continue;
        draft_warn(&x->d, "unknown-word", "action", "\"%.*s\" is no action of VERIS; kept in words",
                   VCDB_SHOWN(name));
        struct attack *a = draft_attack(&x->d, ACTION_UNKNOWN, CERTAINTY_UNKNOWN, 1);
        if (a)
            a->variety = vcdb_clean(x, "action", name, LIMIT_TITLE_BYTES, false);
    }
}

/* "Skimmer (physical)", but "Disposal error" says by itself that it is one. */
static const char *title_of(struct vcdb *x, const char *variety, enum action action)
{
    const char *label = vocab_label(&vocab_action, action);
    return strcasestr(variety, label) ? variety : draft_format(&x->d, "%s (%s)", variety, label);
}

const char *vcdb_put_actions(struct vcdb *x)
{
    const char *title = NULL;
    for (size_t i = 0; i < SECTIONS; i++) {
        char path[64];
        (void)snprintf(path, sizeof path, "action.%s", sections[i].name);
        if (!json_is_object(vcdb_get(x, path)))
            continue;
        const char *variety = put_section(x, &sections[i]);
        if (!title)
            title = variety ? title_of(x, variety, sections[i].action) : sections[i].noun;
    }
    put_others(x);
    return title ? title : "Incident";
}

/* --- assets, integrity, availability --- */

static void put_caveat(struct vcdb *x, int about, const char *says, struct strbuf *b)
{
    const char *text = vcdb_keep(x, "asset", b, LIMIT_TEXT_BYTES - 64);
    if (text)
        text = draft_format(&x->d, "%s: %s", says, text);
    if (text)
        (void)draft_caveat(&x->d, about, 1, text);
}

/* "S - Database", "M - Documents (3)"; an asset that is a word alone is one too. */
static void add_asset(struct vcdb *x, const json_t *v, struct strbuf *b)
{
    static const char path[] = "asset.assets";
    const json_t *word = json_is_object(v) ? json_object_get(v, "variety") : v;
    int64_t n = 0;
    if (!json_is_string(word)) {
        if (word && !json_is_null(word))
            vcdb_odd(x, "wrong-type", path, word, "is no variety of asset");
        return;
    }
    if (vcdb_is_unknown(json_string_value(word)))
        return;
    strbuf_addf(b, "%s%s", b->size ? "; " : "", json_string_value(word));
    if (json_is_object(v) && vcdb_count(x, path, json_object_get(v, "amount"), &n) && n > 0)
        strbuf_addf(b, " (%lld)", (long long)n);
}

static void put_asset_list(struct vcdb *x)
{
    const json_t *list = vcdb_get(x, "asset.assets");
    struct vcdb_words cloud = vcdb_words(x, "asset.cloud");
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    if (json_is_array(list))
        for (size_t i = 0; i < json_array_size(list) && i < VCDB_WORDS; i++)
            add_asset(x, json_array_get(list, i), &b);
    else if (list)
        add_asset(x, list, &b);
    vcdb_list(&b, "cloud", &cloud, true);
    put_caveat(x, LIST_ATTACK, "Assets, as coded", &b);
}

static void put_losses(struct vcdb *x)
{
    struct vcdb_words integrity = vcdb_words(x, "attribute.integrity.variety"),
                      availability = vcdb_words(x, "attribute.availability.variety");
    const char *unit = vcdb_text(x, "attribute.availability.duration.unit", LIMIT_TITLE_BYTES, false);
    const json_t *value = vcdb_get(x, "attribute.availability.duration.value");
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    vcdb_list(&b, "integrity", &integrity, true);
    vcdb_list(&b, "availability", &availability, true);
    if (value && (!json_is_number(value) || json_number_value(value) < 0)) {
        vcdb_odd(x, json_is_number(value) ? "impossible-number" : "wrong-type",
                 "attribute.availability.duration", value, "is no span of time");
        value = NULL;
    }
    if (unit && !vcdb_is_unknown(unit) && value)
        strbuf_addf(&b, "%sfor %g %s", b.size ? "; " : "", json_number_value(value), unit);
    else if (unit && !vcdb_is_unknown(unit))
        strbuf_addf(&b, "%sfor a span of: %s", b.size ? "; " : "", unit);
    put_caveat(x, LIST_ATTACK, "Also lost, as coded", &b);
}

void vcdb_put_assets(struct vcdb *x)
{
    put_asset_list(x);
    put_losses(x);
}
