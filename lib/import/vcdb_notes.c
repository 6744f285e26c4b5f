/* SPDX-License-Identifier: MIT */
/*
 * Free texts of a VERIS record: its summary, and the notes of its sections, which become caveats. What the
 * project's own scripts wrote into notes is taken out. Notes on actors are read in vcdb_actor.c, since they
 * name people.
 */
#include "import/vcdb.h"

#include <errno.h>
#include <stdio.h>
#include <strings.h>

static const struct {
    const char *path, *says;
    int about;
} notes[] = {
    {"notes", "Note", -1},
    {"victim.notes", "Note on the victim", LIST_PARTIES},
    {"victim.secondary.notes", "Note on those hit through it", LIST_PARTIES},
    {"action.hacking.notes", "Note on the hacking", LIST_ATTACK},
    {"action.malware.notes", "Note on the malware", LIST_ATTACK},
    {"action.social.notes", "Note on the social engineering", LIST_ATTACK},
    {"action.misuse.notes", "Note on the misuse", LIST_ATTACK},
    {"action.error.notes", "Note on the error", LIST_ATTACK},
    {"action.physical.notes", "Note on the physical action", LIST_ATTACK},
    {"action.environmental.notes", "Note on the surroundings", LIST_ATTACK},
    {"action.unknown.notes", "Note on the cause", LIST_ATTACK},
    {"asset.notes", "Note on the assets", LIST_ATTACK},
    {"attribute.confidentiality.notes", "Note on the data", LIST_DATA_CLASSES},
    {"attribute.integrity.notes", "Note on the integrity", LIST_ATTACK},
    {"attribute.availability.notes", "Note on the availability", LIST_ATTACK},
    {"attribute.unknown.notes", "Note on the effects", LIST_ATTACK},
    {"discovery_notes", "Note on the discovery", LIST_DATES},
    {"discovery_method.discovery_notes", "Note on the discovery", LIST_DATES},
    {"impact.notes", "Note on the cost", LIST_FIGURES},
};

/* What scripts wrote: the phrase alone, or with all that follows in its line. */
static const struct {
    const char *phrase;
    bool line;
} written[] = {
    {"Following enumerations present before veris", true},
    {"VERIS 1.", true},
    {"Added by rules.py", true},
    {"related_incident=", true},
    {"attribute.confidentiality.data was empty and removed by script.", false},
    {"asset.assets was empty and removed by script.", false},
    {"auto-filled Unknown", false},
    {"Incident reviewed and corrected", true},
    {"[through ]", false},
    {"Location: Unknown", false},
    {"No additional information.", false},
};

static const char *without_scripts(struct vcdb *x, const char *text)
{
    char *copy = arena_strdup(x->d.c->record, text);
    if (!copy) {
        x->d.error = -ENOMEM;
        return NULL;
    }
    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
        for (char *at; (at = strcasestr(copy, written[i].phrase));) {
            size_t n = written[i].line ? strcspn(at, "\r\n") : strlen(written[i].phrase);
            memmove(at, at + n, strlen(at + n) + 1);
        }
    return copy;
}

static void put_note(struct vcdb *x, size_t i)
{
    const json_t *v = vcdb_get(x, notes[i].path);
    if (v && !json_is_string(v))
        vcdb_odd(x, "wrong-type", notes[i].path, v, "is no text");
    const char *text = v ? json_string_value(v) : NULL;
    text = text ? without_scripts(x, text) : NULL;
    text = text ? vcdb_clean(x, notes[i].path, text, LIMIT_TEXT_BYTES - 64, true) : NULL;
    if (!text || vcdb_is_unknown(text))
        return;
    text = draft_format(&x->d, "%s: %s", notes[i].says, text);
    if (text)
        (void)draft_caveat(&x->d, notes[i].about, 1, text);
}

/* "external, Customer"; older schemas have a text instead of the object. */
static void add_method(struct vcdb *x, const char *side, struct strbuf *b)
{
    char path[64];
    (void)snprintf(path, sizeof path, "discovery_method.%s", side);
    const json_t *v = vcdb_get(x, path);
    if (!v || json_is_false(v))
        return;
    strbuf_addf(b, "%s%s", b->size ? "; " : "", side);
    if (!json_is_object(v)) {
        if (!json_is_true(v))
            vcdb_odd(x, "wrong-type", path, v, "is no object");
        return;
    }
    (void)snprintf(path, sizeof path, "discovery_method.%s.variety", side);
    struct vcdb_words w = vcdb_words(x, path);
    for (size_t i = 0; i < w.n; i++)
        strbuf_addf(b, ", %s", w.at[i]);
}

static void put_method(struct vcdb *x)
{
    static const char *const sides[] = {"external", "internal", "partner", "other", "unknown"};
    const json_t *v = vcdb_get(x, "discovery_method");
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    if (json_is_string(v))
        strbuf_adds(&b, json_string_value(v));
    else if (v && !json_is_object(v))
        vcdb_odd(x, "wrong-type", "discovery_method", v, "is no object");
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        add_method(x, sides[i], &b);
    const char *text = vcdb_keep(x, "discovery_method", &b, LIMIT_TEXT_BYTES - 64);
    if (text)
        text = draft_format(&x->d, "How it was discovered, as coded: %s", text);
    if (text)
        (void)draft_caveat(&x->d, LIST_DATES, 1, text);
}

void vcdb_put_notes(struct vcdb *x)
{
    x->d.x.row.summary = vcdb_text(x, "summary", LIMIT_TEXT_BYTES, true);
    put_method(x);
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        put_note(x, i);
}
