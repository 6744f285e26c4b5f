/* SPDX-License-Identifier: MIT */
/*
 * Who did it, by a VERIS record. Groups and states are named. People are not: a record does not say whether a
 * court, an authority or they themselves made their names public, so their part is given instead ("End-user
 * (insider)"), and the name is withheld from all texts of the record. Notes on actors are mostly names and
 * are kept only where every word with a capital is known to be none.
 */
#include "import/vcdb.h"

#include "model/country.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <strings.h>

/* Parts that say enough to be somebody; Unknown and Other are a caveat. */
static const struct {
    const char *word;
    enum actor_kind kind;
} external[] = {
    {"Acquaintance", ACTOR_PERSON}, {"Activist", ACTOR_GROUP},        {"Auditor", ACTOR_UNKNOWN},
    {"Competitor", ACTOR_UNKNOWN},  {"Customer", ACTOR_PERSON},       {"Former employee", ACTOR_PERSON},
    {"Nation-state", ACTOR_STATE},  {"Organized crime", ACTOR_GROUP}, {"State-affiliated", ACTOR_STATE},
    {"Terrorist", ACTOR_GROUP},     {"Unaffiliated", ACTOR_UNKNOWN},
};

static const char *const internal[] = {
    "Auditor", "Call center", "Cashier",  "Developer",       "Doctor or nurse", "End-user", "Executive",
    "Finance", "Guard",       "Helpdesk", "Human resources", "Maintenance",     "Manager",  "System admin",
};

/* No actors: what did it, or that nobody can say. */
static bool is_nobody(const char *word)
{
    return vcdb_is_unknown(word) || strcasecmp(word, "Other") == 0 || strcasecmp(word, "Force majeure") == 0;
}

/* --- names --- */

typedef void name_fn(struct vcdb *x, const char *name, size_t n, void *ctx);

static bool is_between(const char *p, size_t *ret_n)
{
    static const char *const marks[] = {" and ", " aka ", ",", ";", "/", "(", ")"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strncasecmp(p, marks[i], strlen(marks[i])) == 0) {
            *ret_n = strlen(marks[i]);
            return true;
        }
    return false;
}

/* Hands the names in TEXT over one by one: "A, B and C", "A/B", "A (B)". */
static void each_name(struct vcdb *x, const char *text, name_fn *take, void *ctx)
{
    const char *from = text;
    for (const char *p = text;; p++) {
        size_t mark = 0;
        if (*p && !is_between(p, &mark))
            continue;
        const char *end = p;
        while (end > from && isspace((unsigned char)end[-1]))
            end--;
        while (from < end && isspace((unsigned char)*from))
            from++;
        if (end > from)
            take(x, from, (size_t)(end - from), ctx);
        if (!*p)
            return;
        from = p + mark;
        p = from - 1;
    }
}

/* A number of the dataset's own, as campaigns have. */
static bool is_number_only(const char *name, size_t n)
{
    return strspn(name, "0123456789abcdefABCDEF-") >= n && n >= 8;
}

/* "ZHC", as it stands behind the name that it is short for. */
static bool is_abbreviation(const char *name, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isupper((unsigned char)name[i]))
            return false;
    return n <= 5;
}

static void withhold_name(struct vcdb *x, const char *name, size_t n, void *ctx)
{
    struct vcdb_group group;
    (void)ctx;
    if (vcdb_is_group(x, name, n, &group) || !memchr(name, ' ', n) || n < 6 || x->n_withheld == VCDB_WITHHELD)
        return;
    const char *kept = arena_strndup(x->d.c->record, name, n);
    if (kept)
        x->withheld[x->n_withheld++] = kept;
    else
        x->d.error = -ENOMEM;
}

void vcdb_withhold(struct vcdb *x)
{
    static const char *const paths[] = {"actor.external.name", "actor.internal.name"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const json_t *v = vcdb_get(x, paths[i]);
        if (json_is_string(v))
            each_name(x, json_string_value(v), withhold_name, NULL);
        for (size_t k = 0; k < json_array_size(v) && k < VCDB_WORDS; k++)
            if (json_is_string(json_array_get(v, k)))
                each_name(x, json_string_value(json_array_get(v, k)), withhold_name, NULL);
    }
}

/* --- actors --- */

struct side {
    const char *name, *note;
    bool state;            /* coded as acting for a state */
    size_t groups, people; /* names taken so far */
};

static bool has_actor(const struct vcdb *x, const char *id)
{
    for (size_t i = 0; i < x->d.x.n_actors; i++)
        if (strcmp(x->d.x.actors[i].id, id) == 0)
            return true;
    return false;
}

static void put_actor(struct vcdb *x, const char *id, const char *name, enum actor_kind kind,
                      const char *note, enum certainty certainty)
{
    struct actor *a = id && name && !has_actor(x, id) ? draft_actor(&x->d, certainty, 1) : NULL;
    if (a) {
        a->id = id;
        a->name = name;
        a->kind = kind;
        a->e.note = note;
    }
}

static void take_name(struct vcdb *x, const char *name, size_t n, void *ctx)
{
    struct side *side = ctx;
    struct vcdb_group group;
    if (vcdb_is_group(x, name, n, &group)) { /* that it was them is somebody's word */
        side->groups++;
        put_actor(x, vcdb_slug(x, "", group.name), group.name, side->state ? ACTOR_STATE : group.kind,
                  side->note, vcdb_weaker(x->sure, CERTAINTY_CLAIMED));
    } else if (!is_number_only(name, n) && !(side->groups && is_abbreviation(name, n))) {
        side->people++;
    }
}

/* Names in actor.external.name; an internal one is a person. They are read as they stand, since a text
 * would withhold them. */
static void put_names(struct vcdb *x, struct side *side)
{
    char path[64];
    (void)snprintf(path, sizeof path, "actor.%s.name", side->name);
    const json_t *v = vcdb_get(x, path);
    size_t n = json_is_array(v) ? json_array_size(v) : v != NULL;
    for (size_t i = 0; i < n && i < VCDB_WORDS; i++) {
        const json_t *item = json_is_array(v) ? json_array_get(v, i) : v;
        const char *name = json_is_string(item) ? draft_text(&x->d, path, json_string_value(item), SIZE_MAX,
                                                             LIMIT_TITLE_BYTES, false)
                                                : NULL;
        if (name && !vcdb_is_unknown(name))
            each_name(x, name, take_name, side);
        else if (!name && !json_is_string(item) && !json_is_null(item))
            draft_warn(&x->d, "wrong-type", path, "is no name; left out");
    }
    if (side->people)
        draft_warn(&x->d, "person-not-named", path,
                   "names who may be a person; left out of the record and its texts");
}

static void count_name(struct vcdb *x, const char *name, size_t n, void *ctx)
{
    struct side *count = ctx;
    struct vcdb_group group;
    if (vcdb_is_group(x, name, n, &group))
        count->groups++;
    else if (!(count->groups && is_abbreviation(name, n)))
        count->people++;
}

/* Whether a note is nothing but groups' names. */
static bool are_groups(struct vcdb *x, const char *note)
{
    struct side count = {0};
    each_name(x, note, count_name, &count);
    return count.groups > 0 && count.people == 0;
}

static void put_note(struct vcdb *x, struct side *side)
{
    char path[64];
    (void)snprintf(path, sizeof path, "actor.%s.notes", side->name);
    const char *note = vcdb_text(x, path, LIMIT_TEXT_BYTES - 64, false);
    if (!note || vcdb_is_unknown(note) || strcasecmp(note, "auto-filled Unknown") == 0 ||
        strncasecmp(note, "VERIS 1.", 8) == 0 || is_number_only(note, strlen(note)))
        return;
    if (strcmp(side->name, "external") == 0 && are_groups(x, note)) {
        each_name(x, note, take_name, side);
    } else if (vcdb_names_nobody(note)) {
        note = draft_format(&x->d, "Note on the actor: %s", note);
        if (note)
            (void)draft_caveat(&x->d, LIST_ACTORS, 1, note);
    } else {
        draft_warn(&x->d, "person-not-named", path, "may name a person; the note is left out");
    }
}

/* Country words of which one is a country; NULL: none, or several. */
static const char *one_country(const struct vcdb_words *w)
{
    const char *code = NULL;
    for (size_t i = 0; i < w->n; i++)
        if (country_name(w->at[i])) {
            if (code)
                return NULL;
            code = w->at[i];
        }
    return code;
}

static void put_part(struct vcdb *x, const struct side *side, const char *word, const char *country)
{
    bool inside = strcmp(side->name, "internal") == 0, known = false;
    enum actor_kind kind = inside ? ACTOR_INSIDER : ACTOR_UNKNOWN;
    for (size_t i = 0; inside && i < sizeof internal / sizeof *internal; i++)
        known |= strcasecmp(word, internal[i]) == 0;
    for (size_t i = 0; !inside && i < sizeof external / sizeof *external; i++)
        if (strcasecmp(word, external[i].word) == 0) {
            kind = external[i].kind;
            known = true;
        }
    if (!known)
        draft_warn(&x->d, "unknown-word", "actor", "\"%.*s\" is no part of VERIS; kept in words",
                   VCDB_SHOWN(word));
    country = kind == ACTOR_STATE ? country : NULL;
    const char *name = country  ? draft_format(&x->d, "%s actor, %s", word, country_name(country))
                       : inside ? draft_format(&x->d, "%s (insider)", word)
                                : draft_format(&x->d, "%s (not named)", word);
    const char *id = draft_format(&x->d, "%s%s%s", word, country ? " " : "", country ? country : "");
    if (id)
        put_actor(x, vcdb_slug(x, inside ? "veris-internal-" : "veris-external-", id), name, kind, side->note,
                  !known                ? CERTAINTY_UNKNOWN
                  : kind == ACTOR_STATE ? vcdb_weaker(x->sure, CERTAINTY_CLAIMED)
                                        : x->sure);
}

static void put_caveat(struct vcdb *x, const char *side, const char *note)
{
    const char *text = note ? draft_format(&x->d, "Actor, as coded: %s; %s", side, note)
                            : draft_format(&x->d, "Actor, as coded: %s", side);
    if (text)
        (void)draft_caveat(&x->d, LIST_ACTORS, 1, text);
}

static struct vcdb_words words_of(struct vcdb *x, const char *side, const char *member)
{
    char path[64];
    (void)snprintf(path, sizeof path, "actor.%s.%s", side, member);
    return vcdb_words(x, path);
}

static bool is_state(const struct vcdb_words *varieties)
{
    for (size_t i = 0; i < varieties->n; i++)
        if (strcasecmp(varieties->at[i], "Nation-state") == 0 ||
            strcasecmp(varieties->at[i], "State-affiliated") == 0)
            return true;
    return false;
}

static void put_side(struct vcdb *x, const char *name)
{
    struct side side = {.name = name};
    struct vcdb_words varieties = words_of(x, name, "variety"), motives = words_of(x, name, "motive"),
                      places = words_of(x, name, "country"), changes = words_of(x, name, "job_change");
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    vcdb_list(&b, "variety", &varieties, false);
    vcdb_list(&b, "motive", &motives, false);
    vcdb_list(&b, "country", &places, true);
    vcdb_list(&b, "change of job", &changes, false);
    const char *words = vcdb_keep(x, "actor", &b, LIMIT_TEXT_BYTES - 64);
    side.note = words ? draft_format(&x->d, "As coded: %s", words) : NULL;
    side.state = is_state(&varieties);
    put_names(x, &side);
    put_note(x, &side);
    bool anybody = side.groups > 0;
    for (size_t i = 0; i < varieties.n && !side.groups; i++)
        if (!is_nobody(varieties.at[i])) {
            put_part(x, &side, varieties.at[i], one_country(&places));
            anybody = true;
        }
    if (!anybody)
        put_caveat(x, name, words);
}

/* A partner is an organisation: named, it is a party; what is coded of it is a caveat. */
static void put_partner(struct vcdb *x)
{
    struct side side = {.name = "partner"};
    struct vcdb_words names = words_of(x, "partner", "name"), motives = words_of(x, "partner", "motive"),
                      places = words_of(x, "partner", "country");
    const char *industry = vcdb_text(x, "actor.partner.industry", LIMIT_TITLE_BYTES, false);
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    vcdb_list(&b, "motive", &motives, false);
    vcdb_list(&b, "country", &places, true);
    if (industry && !vcdb_is_unknown(industry) && strspn(industry, "0") != strlen(industry))
        strbuf_addf(&b, "%sindustry %s", b.size ? "; " : "", industry);
    put_caveat(x, "a business partner", vcdb_keep(x, "actor", &b, LIMIT_TEXT_BYTES - 64));
    const char *note = vcdb_text(x, "actor.partner.notes", LIMIT_TITLE_BYTES, false);
    vcdb_put_partner(x, &names, note);
    if (!note || !vcdb_is_company(note))
        put_note(x, &side);
}

void vcdb_put_actors(struct vcdb *x)
{
    if (json_is_object(vcdb_get(x, "actor.external")))
        put_side(x, "external");
    if (json_is_object(vcdb_get(x, "actor.internal")))
        put_side(x, "internal");
    if (json_is_object(vcdb_get(x, "actor.partner")))
        put_partner(x);
    if (json_is_object(vcdb_get(x, "actor.unknown"))) {
        struct side side = {.name = "unknown"};
        put_caveat(x, "unknown", NULL);
        put_note(x, &side);
    }
}
