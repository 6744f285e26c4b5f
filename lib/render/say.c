/* SPDX-License-Identifier: MIT */
/*
 * Facts as English sentences, the same on pages, in previews and in feeds. A number is never said without what
 * kind of number it is, and a claim never without its claimant where one is known.
 */
#include "render/render.h"

#include "util/ascii.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define MILLION INT64_C(1000000)
#define BILLION INT64_C(1000000000)

const char *say_number(int64_t n, struct arena *mem)
{
    char digits[24], text[32];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, n < 0 ? -(uint64_t)n : (uint64_t)n);
    char *to = text;
    if (n < 0)
        *to++ = '-';
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            *to++ = ',';
        *to++ = digits[i];
    }
    *to = '\0';
    return arena_strdup(mem, text);
}

/* Whether N is exact in millions or billions to two decimals, and so may be said in words. */
static bool is_round(int64_t n)
{
    return n >= MILLION && n % ((n >= BILLION ? BILLION : MILLION) / 100) == 0;
}

/* "3.1 million" for a round N. */
static const char *say_round(int64_t n, struct arena *mem)
{
    int64_t scale = n >= BILLION ? BILLION : MILLION;
    const char *name = scale == BILLION ? "billion" : "million";
    const char *whole = say_number(n / scale, mem);
    int hundredths = (int)(n % scale / (scale / 100));
    if (!whole || hundredths == 0)
        return whole ? arena_printf(mem, "%s %s", whole, name) : NULL;
    if (hundredths % 10 == 0)
        return arena_printf(mem, "%s.%d %s", whole, hundredths / 10, name);
    return arena_printf(mem, "%s.%02d %s", whole, hundredths, name);
}

const char *say_short(int64_t n, struct arena *mem)
{
    return is_round(n) ? say_round(n, mem) : say_number(n, mem);
}

/* The label for exactly one: units are plural English nouns; codes of currencies stay. */
static const char *unit_for(int64_t n, const char *label, struct arena *mem)
{
    size_t length = strlen(label);
    if (n != 1 || length < 2)
        return label;
    if (strcmp(label, "people") == 0)
        return "person";
    return label[length - 1] == 's' ? arena_strndup(mem, label, length - 1) : label;
}

/* "up to 3.1 million people (3,100,000)"; PREFIX ends in a space or is empty. */
static const char *say_one(const char *prefix, int64_t n, const char *label, struct arena *mem)
{
    const char *number = say_number(n, mem), *unit = unit_for(n, label, mem);
    if (!number || !unit)
        return NULL;
    if (!is_round(n))
        return arena_printf(mem, "%s%s %s", prefix, number, unit);
    const char *words = say_round(n, mem);
    return words ? arena_printf(mem, "%s%s %s (%s)", prefix, words, unit, number) : NULL;
}

static const char *say_between(int64_t min, int64_t max, const char *label, struct arena *mem)
{
    const char *from = say_number(min, mem), *to = say_number(max, mem);
    if (!from || !to)
        return NULL;
    if (!is_round(min) || !is_round(max))
        return arena_printf(mem, "between %s and %s %s", from, to, label);
    const char *low = say_round(min, mem), *high = say_round(max, mem);
    if (!low || !high)
        return NULL;
    return arena_printf(mem, "between %s and %s %s (%s to %s)", low, high, label, from, to);
}

static const char *say_placeholder(const struct amount *a, struct arena *mem)
{
    if (!a->value.known)
        return "a placeholder figure, not a count";
    const char *number = say_number(a->value.value, mem);
    return number ? arena_printf(mem, "a placeholder figure of %s, not a count", number) : NULL;
}

const char *say_amount(const struct amount *a, const char *unit_label, struct arena *mem)
{
    static const char *const prefixes[_QUALIFIER_N] = {
        [QUALIFIER_EXACT] = "",       [QUALIFIER_ABOUT] = "about ",   [QUALIFIER_AT_LEAST] = "at least ",
        [QUALIFIER_UP_TO] = "up to ", [QUALIFIER_BETWEEN] = "about ", /* between what, nobody says */
        [QUALIFIER_PLACEHOLDER] = "",
    };
    if (a->qualifier == QUALIFIER_PLACEHOLDER)
        return say_placeholder(a, mem);
    bool ranged = a->qualifier == QUALIFIER_BETWEEN;
    if (ranged && a->min.known && a->max.known)
        return say_between(a->min.value, a->max.value, unit_label, mem);
    if (a->value.known)
        return say_one(prefixes[a->qualifier], a->value.value, unit_label, mem);
    if (a->max.known && a->qualifier != QUALIFIER_AT_LEAST)
        return say_one(ranged ? "up to " : prefixes[a->qualifier], a->max.value, unit_label, mem);
    if (a->min.known)
        return say_one("at least ", a->min.value, unit_label, mem);
    return arena_printf(mem, "an unknown number of %s", unit_label);
}

/* ", says Toyota": who speaks; without a claimant the source itself does. How sure it is stands before the
 * sentence, so the verb does not say it again. */
static const char *say_claimant(const struct affected *a, struct arena *mem)
{
    const char *who = a->asserted_by.name ? a->asserted_by.name : a->publisher;
    bool placeholder = a->amount.qualifier == QUALIFIER_PLACEHOLDER;
    return who ? arena_printf(mem, ", %s %s", placeholder ? "given by" : "says", who) : "";
}

/* ", reported by ZDNet" when the claimant speaks through somebody else's page. */
static const char *say_reporter(const struct affected *a, struct arena *mem)
{
    if (!a->publisher || !a->asserted_by.name || strcasecmp(a->publisher, a->asserted_by.name) == 0)
        return "";
    return arena_printf(mem, ", reported by %s", a->publisher);
}

const char *say_affected(const struct affected *a, struct arena *mem)
{
    if (!a->known)
        return "The number of people affected is not known.";
    const char *amount = say_amount(&a->amount, vocab_label(&vocab_unit, a->unit), mem);
    const char *claimant = say_claimant(a, mem), *reporter = say_reporter(a, mem);
    const char *date = a->asserted.text ? edtf_words(&a->asserted, mem) : "";
    if (!amount || !claimant || !reporter || !date)
        return NULL;
    char *sentence = arena_printf(mem, "%s%s%s%s%s", amount, claimant, *date ? ", " : "", date, reporter);
    if (sentence)
        *sentence = ascii_upper(*sentence);
    return sentence;
}

/* Said to be an attack only where an attacker's action is recorded: data left open, a theft or an insider's
 * abuse is none, and where nothing is recorded nobody knows. */
static const char *what_happened(const struct incident_row *row)
{
    static const bool attacks[_ACTION_N] = {
        [ACTION_HACKING] = true, [ACTION_MALWARE] = true, [ACTION_SOCIAL] = true};
    for (size_t i = 0; i < row->n_actions; i++)
        if (row->actions[i] < _ACTION_N && attacks[row->actions[i]])
            return "Attack";
    return "Incident";
}

const char *say_answers(const struct incident_row *row, struct arena *mem)
{
    if (row->merged_into)
        return "Record merged into another";
    if (row->status == STATUS_WITHDRAWN)
        return "Record withdrawn";
    const char *what = what_happened(row);
    return arena_printf(mem, "%s %s · %s", what, vocab_id(&vocab_status, row->status),
                        vocab_label(&vocab_exposure, row->exposure));
}
