/* SPDX-License-Identifier: MIT */
/* The check of a request head; see message.h for the rules and where they come from. */
#include "http/message.h"

#include "http/host.h"
#include "util/ascii.h"
#include "util/limits.h"
#include "util/num.h"

#include <string.h>

/* What has been seen of the head so far. */
struct check {
    struct field_span host; /* the Host field's */
    uint64_t content_length;
    bool has_length, chunked;
    struct message_fault *fault;
};

static int refuse(struct check *c, unsigned status, const char *reason)
{
    *c->fault = (struct message_fault){.status = status, .reason = reason};
    return MESSAGE_E_REFUSED;
}

static int take_host(struct check *c, struct field_span value)
{
    if (c->host.at)
        return refuse(c, 400, "more than one Host field");
    if (!host_is_valid(value))
        return refuse(c, 400, "the Host field is not a host name or address with an optional port");
    c->host = value;
    return 0;
}

static int take_length(struct check *c, struct field_span value)
{
    if (c->has_length)
        return refuse(c, 400, "more than one Content-Length field");
    if (num_parse_u64(value.at, value.length, NUM_LEADING_ZEROS, 0, INT64_MAX, &c->content_length))
        return refuse(c, 400, "the Content-Length field is not a plain number");
    c->has_length = true;
    return 0;
}

/* Codings are told apart whole: a value that merely contains "chunked" is read differently by different
 * programs. */
static int take_transfer_encoding(struct check *c, struct field_span value)
{
    struct field_span coding = {0};
    size_t n = 0, n_chunked = 0;

    if (c->chunked)
        return refuse(c, 400, "more than one Transfer-Encoding field");
    while (field_next(&value, ',', &coding)) {
        n++;
        n_chunked += field_is(coding, "chunked");
    }
    if (n_chunked != 1 || !field_is(coding, "chunked"))
        return refuse(c, 400, "the Transfer-Encoding field does not end in its only \"chunked\"");
    if (n > 1)
        return refuse(c, 501, "no transfer coding but \"chunked\" is known here");
    c->chunked = true;
    return 0;
}

static const struct {
    struct field_span name;
    int (*take)(struct check *c, struct field_span value);
} field_rules[] = {
    {{"Content-Length", 14}, take_length},
    {{"Host", 4}, take_host},
    {{"Transfer-Encoding", 17}, take_transfer_encoding},
};

static bool has_control(struct field_span value)
{
    size_t i = ascii_clean(value.at, value.length, ' ');
    while (i < value.length && value.at[i] == '\t') {
        i++;
        i += ascii_clean(value.at + i, value.length - i, ' ');
    }
    return i < value.length;
}

static int check_field(struct check *c, const struct message_field *field)
{
    if (!field_is_token(field->name))
        return refuse(c, 400, "a header field's name is not a token");
    if (has_control(field->value))
        return refuse(c, 400, "a header field's value has a control character");

    for (size_t i = 0; i < sizeof field_rules / sizeof *field_rules; i++)
        if (field_equal(field->name, field_rules[i].name))
            return field_rules[i].take(c, field_trim(field->value));
    return 0;
}

static bool has_lower(struct field_span s)
{
    for (size_t i = 0; i < s.length; i++)
        if (ascii_is_lower(s.at[i]))
            return true;
    return false;
}

/* "HTTP" is case-sensitive (RFC 9112 section 2.3). */
static bool is_version(struct field_span s, const char *version)
{
    return s.length == strlen(version) && memcmp(s.at, version, s.length) == 0;
}

static int check_request_line(struct check *c, const struct message_head *head)
{
    if (!is_version(head->version, "HTTP/1.1") && !is_version(head->version, "HTTP/1.0"))
        return refuse(c, 505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
    if (!field_is_token(head->method))
        return refuse(c, 400, "the method is not a token");
    if (has_lower(head->method))
        return refuse(c, 501, "methods are written in upper case");
    if (head->n_fields > LIMIT_HEADERS)
        return refuse(c, 431, "too many header fields");
    return 0;
}

static int check_whole(struct check *c, const struct message_head *head)
{
    bool old = is_version(head->version, "HTTP/1.0");

    if (!old && !c->host.at)
        return refuse(c, 400, "there is no Host field");
    if (head->authority.at && c->host.at && host_conflicts(head->authority, c->host))
        return refuse(c, 400, "the Host field and the request target name different hosts");
    if (c->chunked && c->has_length)
        return refuse(c, 400, "Transfer-Encoding and Content-Length are both given");
    if (c->chunked && old)
        return refuse(c, 400, "HTTP/1.0 has no Transfer-Encoding");
    return 0;
}

int message_check(const struct message_head *head, struct message_facts *ret, struct message_fault *reterr)
{
    struct check c = {.fault = reterr};
    int r;

    r = check_request_line(&c, head);
    for (size_t i = 0; !r && i < head->n_fields; i++)
        r = check_field(&c, &head->fields[i]);
    if (!r)
        r = check_whole(&c, head);
    if (r)
        return r;

    *ret = (struct message_facts){
        .host = head->authority.at ? head->authority : c.host,
        .content_length = c.content_length,
        .chunked = c.chunked,
    };
    return 0;
}
