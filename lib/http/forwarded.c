/* SPDX-License-Identifier: MIT */
/* Reading Forwarded and the X-Forwarded fields; see forwarded.h. */
#include "http/forwarded.h"

#include <string.h>

int proxies_add(struct proxies *p, struct field_span s)
{
    struct address_range range;

    if (field_is(s, "unix")) {
        p->local = true;
        return 0;
    }
    if (!address_parse_range(s, &range))
        return PROXIES_E_SYNTAX;
    if (p->n == LIMIT_PROXIES)
        return PROXIES_E_FULL;
    p->ranges[p->n++] = range;
    return 0;
}

bool proxies_has(const struct proxies *p, const struct address *a)
{
    for (size_t i = 0; i < p->n; i++)
        if (address_is_in(a, &p->ranges[i]))
            return true;
    return false;
}

/* ==== Values ==== */

static bool copy(struct field_span s, char *ret, size_t size)
{
    if (s.length >= size)
        return false;
    memcpy(ret, s.at, s.length);
    ret[s.length] = '\0';
    return true;
}

static bool take_host(struct field_span s, struct forwarded *f)
{
    return host_is_valid(s) && copy(s, f->host, sizeof f->host);
}

static bool take_scheme(struct field_span s, struct forwarded *f)
{
    static const char *const schemes[] = {"http", "https"};

    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (field_is(s, schemes[i])) {
            f->scheme = schemes[i];
            return true;
        }
    return false;
}

/* A node (RFC 7239 section 6): an address, with a port or without, IPv6 in brackets or, as X-Forwarded-For has it,
 * bare. False for a name that hides one. */
static bool parse_node(struct field_span s, struct address *ret)
{
    const char *end, *colon;

    if (address_parse(s, ret))
        return true;
    if (s.length == 0) /* it may be absent, and nothing is added to NULL */
        return false;
    end = s.at + s.length;
    if (s.at[0] == '[') {
        const char *bracket = memchr(s.at, ']', s.length);
        return bracket && (bracket + 1 == end || bracket[1] == ':') &&
               address_parse((struct field_span){.at = s.at + 1, .length = (size_t)(bracket - s.at - 1)},
                             ret);
    }
    colon = memchr(s.at, ':', s.length);
    return colon && address_parse((struct field_span){.at = s.at, .length = (size_t)(colon - s.at)}, ret);
}

/* ==== Hops ==== */

/* What has been read from the left, as far as it is believed. */
struct walk {
    const struct proxies *trusted;
    struct forwarded *believed;
    bool any;
};

/* One more hop, for NODE: where that is no proxy whose word counts, nothing before is believed. Else what is before was
 * said farther out, nearer to the client, and stands. */
static void add_hop(struct walk *w, struct field_span node, struct forwarded *hop)
{
    struct address a;
    bool known = parse_node(node, &a), outer = w->any && known && proxies_has(w->trusted, &a);
    struct forwarded *before = w->believed;

    if (known && !outer)
        address_format(&a, hop->client);
    if (outer)
        memcpy(hop->client, before->client, sizeof hop->client);
    if (outer && *before->host)
        memcpy(hop->host, before->host, sizeof hop->host);
    if (outer && *before->scheme)
        hop->scheme = before->scheme;
    *before = *hop;
    w->any = true;
}

/* ==== Forwarded ==== */

#define VALUE_SIZE 300 /* longer than any host; longer ones are nothing that is looked at */

/* One of an element's pairs; its value, if quoted, as meant. */
struct pair {
    struct field_span name, value;
    char text[VALUE_SIZE];
};

/* A quoted string, whole (RFC 9110 section 5.6.4), without its quotes and backslashes. */
static bool unquote(struct field_span s, struct pair *ret)
{
    size_t n = 0;

    if (s.length < 2 || s.at[0] != '"' || s.at[s.length - 1] != '"')
        return false;
    for (size_t i = 1; i < s.length - 1; i++) {
        if (s.at[i] == '"' || (s.at[i] == '\\' && ++i == s.length - 1))
            return false;
        if (n < sizeof ret->text)
            ret->text[n++] = s.at[i];
    }
    ret->value = (struct field_span){.at = ret->text, .length = n};
    return true;
}

static bool parse_pair(struct field_span s, struct pair *ret)
{
    const char *equals = s.length ? memchr(s.at, '=', s.length) : NULL;

    if (!equals)
        return false;
    ret->name = (struct field_span){.at = s.at, .length = (size_t)(equals - s.at)};
    ret->value = (struct field_span){.at = equals + 1, .length = s.length - ret->name.length - 1};
    return field_is_token(ret->name) && (field_is_token(ret->value) || unquote(ret->value, ret));
}

enum { PAIR_FOR, PAIR_HOST, PAIR_PROTO, _PAIR_N };

/* Each name once at most (RFC 7239 section 4); those that are not known may say anything. */
static bool add_element(struct walk *w, struct field_span element)
{
    static const char *const names[] = {[PAIR_FOR] = "for", [PAIR_HOST] = "host", [PAIR_PROTO] = "proto"};
    struct forwarded hop = {.scheme = ""};
    struct pair pair, node = {.value = {0}};
    bool seen[_PAIR_N] = {false};
    struct field_span piece;

    while (field_next(&element, ';', &piece)) {
        size_t i = 0;
        if (piece.length == 0)
            continue;
        if (!parse_pair(piece, &pair))
            return false;
        while (i < _PAIR_N && !field_is(pair.name, names[i]))
            i++;
        if (i == _PAIR_N)
            continue;
        if (seen[i] || (i == PAIR_HOST && !take_host(pair.value, &hop)) ||
            (i == PAIR_PROTO && !take_scheme(pair.value, &hop)))
            return false;
        seen[i] = true;
        if (i == PAIR_FOR && !copy(pair.value, node.text, sizeof node.text))
            return false;
    }
    add_hop(w, seen[PAIR_FOR] ? field_span(node.text) : (struct field_span){0}, &hop);
    return true;
}

static bool read_forwarded(const char *field, const struct proxies *trusted, struct forwarded *ret)
{
    struct walk w = {.trusted = trusted, .believed = ret};
    struct field_span rest = field_span(field), element;

    while (field_next(&rest, ',', &element))
        if (element.length > 0 && !add_element(&w, element))
            return false;
    return true;
}

/* ==== The older fields ==== */

static void read_for(const char *field, const struct proxies *trusted, struct forwarded *ret)
{
    struct walk w = {.trusted = trusted, .believed = ret};
    struct field_span rest = field_span(field), node;

    while (field_next(&rest, ',', &node)) {
        struct forwarded hop = {.scheme = ""};
        add_hop(&w, node, &hop);
    }
}

/* "" where there is none. */
static struct field_span last_member(const char *field)
{
    struct field_span rest = field_span(field), last = {0};

    while (field_next(&rest, ',', &last)) {
    }
    return last;
}

static bool read_others(const struct forwarded_fields *in, const struct proxies *trusted,
                        struct forwarded *ret)
{
    struct field_span host = last_member(in->x_host), scheme = last_member(in->x_proto);

    read_for(in->x_for, trusted, ret);
    return (host.length == 0 || take_host(host, ret)) && (scheme.length == 0 || take_scheme(scheme, ret));
}

/* ==== Both ==== */

/* What one does not say at all is no disagreement: an origin, which is scheme and host together, or a client. */
static bool agree(const struct forwarded *f, const struct forwarded *others)
{
    bool origin = *others->scheme || *others->host, client = *f->client && *others->client;

    return (!origin || (strcmp(f->scheme, others->scheme) == 0 &&
                        field_equal(field_span(f->host), field_span(others->host)))) &&
           (!client || strcmp(f->client, others->client) == 0);
}

static int bad(const char **reterr_reason, const char *reason)
{
    *reterr_reason = reason;
    return FORWARDED_E_BAD;
}

int forwarded_read(const struct forwarded_fields *in, const struct proxies *trusted, struct forwarded *ret,
                   const char **reterr_reason)
{
    struct forwarded f = {.scheme = ""}, others = {.scheme = ""};

    if (!read_forwarded(in->forwarded, trusted, &f))
        return bad(reterr_reason,
                   "the Forwarded field is not one that RFC 7239 describes, or names a host or a "
                   "scheme that cannot be");
    if (!read_others(in, trusted, &others))
        return bad(reterr_reason,
                   "an X-Forwarded-Host or X-Forwarded-Proto field names a host or a scheme that "
                   "cannot be");
    if (!in->forwarded || !*in->forwarded) {
        *ret = others;
        return 0;
    }
    if (!agree(&f, &others))
        return bad(reterr_reason,
                   "the Forwarded field and the X-Forwarded fields do not say the same: a proxy has "
                   "to set or remove all of them");
    if (!*f.client)
        memcpy(f.client, others.client, sizeof f.client);
    *ret = f;
    return 0;
}
