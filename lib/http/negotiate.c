/* SPDX-License-Identifier: MIT */
/* Content negotiation by q-values; see negotiate.h. */
#include "http/negotiate.h"

#include "http/field.h"
#include "util/limits.h"

#include <string.h>

#define Q_MOST 1000 /* q-values are thousandths */

/* One member of Accept or Accept-Encoding. */
struct member {
    struct field_span name;       /* media range or coding */
    struct field_span parameters; /* "a=b;c=d" before the weight; absent if none */
    int q;
};

/* "0", "0.5", "1.000"; -1 when not a qvalue (RFC 9110 section 12.4.2). */
static int parse_q(struct field_span s)
{
    int q = 0, unit = Q_MOST;

    if (s.length < 1 || s.length > 5 || (s.length > 1 && s.at[1] != '.'))
        return -1;
    for (size_t i = 0; i < s.length; i++) {
        if (i == 1)
            continue;
        if (s.at[i] < '0' || s.at[i] > '9')
            return -1;
        q += (s.at[i] - '0') * unit;
        unit /= 10;
    }
    return q <= Q_MOST ? q : -1;
}

/* Splits "name=value"; the value loses the quotes of a quoted string. False when it is no parameter. */
static bool parse_parameter(struct field_span s, struct field_span *ret_name, struct field_span *ret_value)
{
    const char *equals = s.length > 0 ? memchr(s.at, '=', s.length) : NULL;
    struct field_span name, value;

    if (!equals)
        return false;
    name = (struct field_span){.at = s.at, .length = (size_t)(equals - s.at)};
    value = (struct field_span){.at = equals + 1, .length = s.length - name.length - 1};
    if (!field_is_token(name))
        return false;
    if (value.length >= 2 && value.at[0] == '"' && value.at[value.length - 1] == '"')
        value = (struct field_span){.at = value.at + 1, .length = value.length - 2};
    else if (!field_is_token(value))
        return false;

    *ret_name = name;
    *ret_value = value;
    return true;
}

/* Parameters after the weight were once extensions of Accept; they must be well-formed and mean nothing. */
static bool parse_member(struct field_span text, struct member *ret)
{
    struct member m = {.q = -1};
    struct field_span piece, name, value;

    if (!field_next(&text, ';', &m.name))
        return false;
    while (field_next(&text, ';', &piece)) {
        if (piece.length == 0)
            continue;
        if (!parse_parameter(piece, &name, &value))
            return false;
        if (m.q >= 0)
            continue;
        if (field_is(name, "q")) {
            m.q = parse_q(value);
            if (m.q < 0)
                return false;
        } else {
            const char *start = m.parameters.at ? m.parameters.at : piece.at;

            m.parameters =
                (struct field_span){.at = start, .length = (size_t)(piece.at + piece.length - start)};
        }
    }
    if (m.q < 0)
        m.q = Q_MOST;
    *ret = m;
    return true;
}

static bool is_range(const struct member *m)
{
    const char *slash = m->name.length > 0 ? memchr(m->name.at, '/', m->name.length) : NULL;
    struct field_span type, subtype;

    if (!slash)
        return false;
    type = (struct field_span){.at = m->name.at, .length = (size_t)(slash - m->name.at)};
    subtype = (struct field_span){.at = slash + 1, .length = m->name.length - type.length - 1};
    return field_is_token(type) && field_is_token(subtype) &&
           (!field_is(type, "*") || field_is(subtype, "*"));
}

static bool is_coding(const struct member *m)
{
    return field_is_token(m->name) && !m->parameters.at;
}

/* The well-formed members of a field that IS_VALID accepts; how many. */
static size_t parse_members(const char *text, bool (*is_valid)(const struct member *),
                            struct member ret[static LIMIT_LIST_MEMBERS])
{
    struct field_span rest = field_span(text), piece;
    size_t n = 0;

    while (n < LIMIT_LIST_MEMBERS && field_next(&rest, ',', &piece)) {
        struct member m;

        if (piece.length > 0 && parse_member(piece, &m) && is_valid(&m))
            ret[n++] = m;
    }
    return n;
}

static bool offer_has(struct field_span parameters, struct field_span name, struct field_span value)
{
    struct field_span piece, its_name, its_value;

    if (field_is(name, "charset") && field_is(value, "utf-8"))
        return true;
    while (field_next(&parameters, ';', &piece))
        if (parse_parameter(piece, &its_name, &its_value) && field_equal(its_name, name) &&
            field_equal(its_value, value))
            return true;
    return false;
}

/* How many parameters the range has, if the offer has them all; else -1. */
static int match_parameters(const struct member *range, const struct member *offer)
{
    struct field_span rest = range->parameters, piece, name, value;
    int n = 0;

    while (field_next(&rest, ';', &piece)) {
        if (!parse_parameter(piece, &name, &value))
            continue; /* parse_member() let through only well-formed ones and empty ones */
        if (!offer_has(offer->parameters, name, value))
            return -1;
        n++;
    }
    return n;
}

/* How specifically a range names an offer. */
enum {
    MATCH_NONE,
    MATCH_ANY,
    MATCH_TYPE,
    MATCH_NAMED, /* and one more for each parameter */
};

static int match_range(const struct member *range, const struct member *offer)
{
    const char *slash = memchr(offer->name.at, '/', offer->name.length);
    size_t type_length = slash ? (size_t)(slash - offer->name.at) + 1 : 0;
    int n = match_parameters(range, offer);

    if (n < 0)
        return MATCH_NONE;
    if (field_equal(range->name, offer->name))
        return MATCH_NAMED + n;
    if (field_is(range->name, "*/*"))
        return MATCH_ANY;
    if (range->name.length == type_length + 1 && range->name.at[type_length] == '*' &&
        field_equal((struct field_span){range->name.at, type_length},
                    (struct field_span){offer->name.at, type_length}))
        return MATCH_TYPE;
    return MATCH_NONE;
}

/* The q of an offer; *ret_match tells how it was named. */
static int weigh_media(const struct member *ranges, size_t n_ranges, const char *offer_text, int *ret_match)
{
    struct member offer;
    int q = 0, best = MATCH_NONE;

    *ret_match = best;
    if (!parse_member(field_span(offer_text), &offer))
        return 0;
    for (size_t i = 0; i < n_ranges; i++) {
        int match = match_range(&ranges[i], &offer);

        if (match > best || (match == best && match != MATCH_NONE && ranges[i].q > q)) {
            best = match;
            q = ranges[i].q;
        }
    }
    *ret_match = best;
    return q;
}

int negotiate_media(const char *accept, const char *const *offers, size_t n_offers, size_t *ret)
{
    struct member ranges[LIMIT_LIST_MEMBERS];
    size_t n_ranges = parse_members(accept, is_range, ranges), chosen = 0;
    int best_q = 0;
    bool best_named = false;

    if (n_ranges == 0) {
        *ret = 0;
        return 0;
    }
    for (size_t i = 0; i < n_offers; i++) {
        int match, q = weigh_media(ranges, n_ranges, offers[i], &match);
        bool named = match >= MATCH_NAMED;

        if (q > best_q || (q > 0 && q == best_q && named && !best_named)) {
            chosen = i;
            best_q = q;
            best_named = named;
        }
    }
    if (best_q == 0)
        return NEGOTIATE_E_NONE;
    *ret = chosen;
    return 0;
}

static bool names_coding(struct field_span name, const char *coding)
{
    return field_is(name, coding) || (field_is(name, "x-gzip") && strcmp(coding, "gzip") == 0);
}

/* The q of a coding; -1 when neither it nor "*" was mentioned. */
static int weigh_coding(const struct member *members, size_t n, const char *coding)
{
    int own = -1, any = -1;

    for (size_t i = 0; i < n; i++) {
        int *q = names_coding(members[i].name, coding) ? &own : field_is(members[i].name, "*") ? &any : NULL;

        if (q && members[i].q > *q)
            *q = members[i].q;
    }
    return own >= 0 ? own : any;
}

size_t negotiate_coding(const char *accept_encoding, const char *const *offers, size_t n_offers)
{
    struct member members[LIMIT_LIST_MEMBERS];
    size_t n = parse_members(accept_encoding, is_coding, members), chosen = 0;
    int best = 0;

    for (size_t i = 0; i < n_offers; i++)
        if (strcmp(offers[i], "identity") == 0)
            chosen = i;
    /* identity stays chosen unless an offer beats it: an unmentioned one has the least claim, an excluded one
     * none */
    best = weigh_coding(members, n, offers[chosen]);
    if (best < 0)
        best = 0;
    for (size_t i = 0; i < n_offers; i++) {
        int q = weigh_coding(members, n, offers[i]);

        if (q > best || (q > 0 && q == best && i < chosen)) {
            chosen = i;
            best = q;
        }
    }
    return chosen;
}
