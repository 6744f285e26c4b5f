/* SPDX-License-Identifier: MIT */
/* Request heads that are refused, and what is read from those that are not. */
#include "http/host.h"
#include "http/message.h"
#include "suite.h"
#include "util/limits.h"

#include <string.h>

/* FIELDS: "Name|value" each, as many as are given. */
#define MOST_FIELDS 5

static const struct head_case {
    unsigned status; /* 0: passes */
    const char *method, *version, *authority;
    const char *fields[MOST_FIELDS];
} heads[] = {
    {0, "GET", "HTTP/1.1", NULL, {"Host|localhost:8080"}},
    {0, "GET", "HTTP/1.1", NULL, {"hOST|a.example", "Accept|*/*", "X-Empty|"}},
    {0, "HEAD", "HTTP/1.0", NULL, {NULL}},
    {0, "GET", "HTTP/1.0", NULL, {"Host|a.example"}},
    {0, "OPTIONS", "HTTP/1.1", NULL, {"Host|a.example"}},
    {0, "M-SEARCH", "HTTP/1.1", NULL, {"Host|a.example"}},
    {0, "BREW", "HTTP/1.1", NULL, {"Host|a.example"}},

    /* version */
    {505, "GET", "HTTP/1.2", NULL, {"Host|a.example"}},
    {505, "GET", "HTTP/2.0", NULL, {"Host|a.example"}},
    {505, "GET", "HTTP/0.9", NULL, {"Host|a.example"}},
    {505, "GET", "HTTP/1.10", NULL, {"Host|a.example"}},
    {505, "GET", "HTTP/1.", NULL, {"Host|a.example"}},
    {505, "GET", "http/1.1", NULL, {"Host|a.example"}},
    {505, "GET", "HTTP/1.1 ", NULL, {"Host|a.example"}},
    {505, "GET", "", NULL, {"Host|a.example"}},
    {505, "get", "HTTP/3", NULL, {"Host|a b"}},

    /* method */
    {501, "get", "HTTP/1.1", NULL, {"Host|a.example"}},
    {501, "Get", "HTTP/1.1", NULL, {"Host|a.example"}},
    {501, "GEt", "HTTP/1.1", NULL, {"Host|a.example"}},
    {400, "", "HTTP/1.1", NULL, {"Host|a.example"}},
    {400, "GE T", "HTTP/1.1", NULL, {"Host|a.example"}},
    {400, "GET\t", "HTTP/1.1", NULL, {"Host|a.example"}},
    {400, "G(ET", "HTTP/1.1", NULL, {"Host|a.example"}},
    {400, "\"GET\"", "HTTP/1.1", NULL, {"Host|a.example"}},
    {400, "G\xc3\x8bT", "HTTP/1.1", NULL, {"Host|a.example"}},

    /* names and values */
    {400, "GET", "HTTP/1.1", NULL, {"Host|a.example", "X Y|1"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|a.example", "X-A |1"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|a.example", " X-A|1"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|a.example", "|1"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|a.example", "X:Y|1"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|a.example", "X\r|1"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|a.example", "X-\xc3\xbc|1"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|a.example", "X-A|1\rX-B: 2"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|a.example", "X-A|1\nX-B: 2"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|a.example", "X-A|1\r\n folded"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|a.example", "X-A|\x01"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|a.example", "X-A|a\x7f"}},
    {0, "GET", "HTTP/1.1", NULL, {"Host|a.example", "X-A|a\tb"}},
    {0, "GET", "HTTP/1.1", NULL, {"Host|a.example", "X-A|Z\xc3\xbcrich"}},
    {0, "GET", "HTTP/1.1", NULL, {"Host|a.example", "X-A|Z\xfcrich"}},

    /* Host */
    {400, "GET", "HTTP/1.1", NULL, {NULL}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|   "}},
    {400, "GET", "HTTP/1.0", NULL, {"Host|"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|a.example", "Host|a.example"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|a.example", "HOST|b.example"}},
    {400, "GET", "HTTP/1.0", NULL, {"Host|a.example", "Host|b.example"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|a.example, b.example"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|a.example/x"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|me@a.example"}},
    {400, "GET", "HTTP/1.1", NULL, {"Host|http://a.example"}},
    {0, "GET", "HTTP/1.1", NULL, {"Host| a.example "}},

    /* Host and an absolute target */
    {0, "GET", "HTTP/1.1", "a.example", {"Host|a.example"}},
    {0, "GET", "HTTP/1.1", "a.example", {"Host|A.EXAMPLE:80"}},
    {0, "GET", "HTTP/1.0", "a.example", {NULL}},
    {400, "GET", "HTTP/1.1", "a.example", {NULL}},
    {400, "GET", "HTTP/1.1", "a.example", {"Host|b.example"}},
    {400, "GET", "HTTP/1.1", "a.example:81", {"Host|a.example:82"}},
    {400, "GET", "HTTP/1.0", "a.example", {"Host|b.example"}},

    /* Content-Length */
    {0, "GET", "HTTP/1.1", NULL, {"Host|a.example", "Content-Length|0"}},
    {0, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Content-Length| 42 "}},
    {0, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Content-Length|007"}},
    {0, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Content-Length|9223372036854775807"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Content-Length|9223372036854775808"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Content-Length|18446744073709551621"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Content-Length|+5"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Content-Length|-5"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Content-Length|"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Content-Length|0x5"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Content-Length|5 5"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Content-Length|5, 5"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Content-Length|5.0"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Content-Length|5", "Content-Length|5"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Content-Length|5", "content-length|6"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Content-Length |5"}},

    /* Transfer-Encoding */
    {0, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Transfer-Encoding|chunked"}},
    {0, "POST", "HTTP/1.1", NULL, {"Host|a.example", "transfer-encoding| Chunked\t"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Transfer-Encoding|chunked", "Content-Length|5"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Content-Length|0", "Transfer-Encoding|chunked"}},
    {400,
     "POST",
     "HTTP/1.1",
     NULL,
     {"Host|a.example", "Transfer-Encoding|chunked", "Transfer-Encoding|chunked"}},
    {400,
     "POST",
     "HTTP/1.1",
     NULL,
     {"Host|a.example", "Transfer-Encoding|chunked", "Transfer-Encoding|identity"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Transfer-Encoding|chunked, chunked"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Transfer-Encoding|chunked, identity"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Transfer-Encoding|chunked,"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Transfer-Encoding|xchunked"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Transfer-Encoding|chunkedx"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Transfer-Encoding|\"chunked\""}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Transfer-Encoding|chunked;q=1"}},
    {400,
     "POST",
     "HTTP/1.1",
     NULL,
     {"Host|a.example", "Transfer-Encoding|\x0b"
                        "chunked"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Transfer-Encoding|gzip"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Transfer-Encoding|identity"}},
    {400, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Transfer-Encoding|"}},
    {501, "POST", "HTTP/1.1", NULL, {"Host|a.example", "Transfer-Encoding|gzip, chunked"}},
    {400, "POST", "HTTP/1.0", NULL, {"Host|a.example", "Transfer-Encoding|chunked"}},
};

static struct field_span span_of(const char *from, const char *to)
{
    return (struct field_span){.at = from, .length = (size_t)(to - from)};
}

static int check_case(const struct head_case *c, struct message_facts *ret, struct message_fault *reterr)
{
    struct message_field fields[MOST_FIELDS];
    struct message_head head = {.method = field_span(c->method),
                                .version = field_span(c->version),
                                .authority = field_span(c->authority),
                                .fields = fields};
    for (size_t i = 0; i < MOST_FIELDS && c->fields[i]; i++) {
        const char *bar = strchr(c->fields[i], '|');
        fields[i].name = span_of(c->fields[i], bar);
        fields[i].value = field_span(bar + 1);
        head.n_fields = i + 1;
    }
    return message_check(&head, ret, reterr);
}

START_TEST(message_heads)
{
    struct message_facts facts = {.content_length = 4242};
    struct message_fault fault = {.status = 0};
    int r = check_case(&heads[_i], &facts, &fault);
    ck_assert_msg(fault.status == heads[_i].status, "head %d: %u %s", _i, fault.status, fault.reason);
    ck_assert_int_eq(r, heads[_i].status ? MESSAGE_E_REFUSED : 0);
    if (r) {
        ck_assert_uint_eq(facts.content_length, 4242);
        ck_assert_uint_gt(strlen(fault.reason), 10);
    }
}
END_TEST

START_TEST(message_value_with_nul)
{
    struct message_field fields[] = {{field_span("Host"), field_span("a.example")},
                                     {field_span("X-A"), {"1\0002", 3}}};
    struct message_head head = {
        .method = field_span("GET"), .version = field_span("HTTP/1.1"), .fields = fields, .n_fields = 2};
    struct message_facts facts;
    struct message_fault fault;
    ck_assert_int_eq(message_check(&head, &facts, &fault), MESSAGE_E_REFUSED);
    ck_assert_uint_eq(fault.status, 400);
    fields[1].value.length = 1;
    ck_assert_int_eq(message_check(&head, &facts, &fault), 0);
    fields[1].name = (struct field_span){"X\0A", 3};
    ck_assert_int_eq(message_check(&head, &facts, &fault), MESSAGE_E_REFUSED);
    fields[0].value = (struct field_span){"a\0b", 3};
    ck_assert_int_eq(message_check(&head, &facts, &fault), MESSAGE_E_REFUSED);
}
END_TEST

START_TEST(message_counts_fields)
{
    struct message_field fields[LIMIT_HEADERS + 1];
    struct message_head head = {
        .method = field_span("GET"), .version = field_span("HTTP/1.1"), .fields = fields};
    struct message_facts facts;
    struct message_fault fault;
    for (size_t i = 0; i <= LIMIT_HEADERS; i++)
        fields[i] = (struct message_field){field_span(i ? "X-A" : "Host"), field_span("a.example")};
    head.n_fields = LIMIT_HEADERS;
    ck_assert_int_eq(message_check(&head, &facts, &fault), 0);
    head.n_fields = LIMIT_HEADERS + 1;
    ck_assert_int_eq(message_check(&head, &facts, &fault), MESSAGE_E_REFUSED);
    ck_assert_uint_eq(fault.status, 431);
}
END_TEST

START_TEST(message_facts_are_read)
{
    static const struct head_case with_length = {
        0, "POST", "HTTP/1.1", NULL, {"Host| a.example:81 ", "Content-Length|042"}};
    static const struct head_case with_chunks = {
        0, "POST", "HTTP/1.1", "a.example:81", {"Transfer-Encoding|Chunked", "Host|a.example"}};
    static const struct head_case bare = {0, "GET", "HTTP/1.0", NULL, {NULL}};
    struct message_facts facts;
    struct message_fault fault;

    ck_assert_int_eq(check_case(&with_length, &facts, &fault), 0);
    ck_assert(field_is(facts.host, "a.example:81"));
    ck_assert_uint_eq(facts.content_length, 42);
    ck_assert(!facts.chunked);

    ck_assert_int_eq(check_case(&with_chunks, &facts, &fault), 0);
    ck_assert(field_is(facts.host, "a.example:81")); /* the target's, not the field's */
    ck_assert_uint_eq(facts.content_length, 0);
    ck_assert(facts.chunked);

    ck_assert_int_eq(check_case(&bare, &facts, &fault), 0);
    ck_assert_ptr_null(facts.host.at);
}
END_TEST

static const struct {
    const char *text;
    bool valid;
} hosts[] = {
    {"localhost", true},
    {"a.example", true},
    {"a.example.", true},
    {"A-1.b_c.example", true},
    {"127.0.0.1", true},
    {"127.0.0.1:8080", true},
    {"a.example:", true},
    {"a.example:0", true},
    {"a.example:65535", true},
    {"a.example:00080", true},
    {"[::1]", true},
    {"[::1]:8080", true},
    {"[2001:db8::ff]:", true},
    {"[::ffff:192.0.2.1]", true},
    {"", false},
    {":80", false},
    {":", false},
    {".", false},
    {".a.example", false},
    {"a..example", false},
    {"a.example:65536", false},
    {"a.example:000080", false},
    {"a.example:80x", false},
    {"a.example:-1", false},
    {"a.example:+1", false},
    {"a.example:80:80", false},
    {"a.example: 80", false},
    {"a example", false},
    {"a,b", false},
    {"a;b", false},
    {"a/b", false},
    {"a\\b", false},
    {"a?b", false},
    {"a#b", false},
    {"me@a.example", false},
    {"a%2eexample", false},
    {"<script>", false},
    {"a\"b", false},
    {"z\xc3\xbcrich.example", false},
    {"::1", false},
    {"[", false},
    {"[]", false},
    {"]", false},
    {"[::1", false},
    {"::1]", false},
    {"[::1]x", false},
    {"[::1]80", false},
    {"[::1]]", false},
    {"[[::1]]", false},
    {"[::1%eth0]", false},
    {"[v1.x]", false},
    {"[127.0.0.1]", false},
    {"[1:2:3:4:5:6:7:8:9]", false},
    {"[0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000]", false},
    {"[::1]:65536", false},
};

START_TEST(host_syntax)
{
    ck_assert_msg(host_is_valid(field_span(hosts[_i].text)) == hosts[_i].valid, "%s", hosts[_i].text);
}
END_TEST

START_TEST(host_length)
{
    char name[257];
    for (size_t i = 0; i < 256; i++)
        name[i] = i % 64 == 63 ? '.' : 'a';
    name[256] = '\0';
    name[255] = 'a';
    ck_assert(!host_is_valid((struct field_span){name, 256}));
    ck_assert(host_is_valid((struct field_span){name, 255}));
    ck_assert(!host_is_valid((struct field_span){0}));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("message");
    SUITE_ADD(s, "heads", message_value_with_nul, message_counts_fields, message_facts_are_read, host_length);
    TCase *tc = tcase_create("tables");
    SUITE_LOOP(tc, message_heads, heads);
    SUITE_LOOP(tc, host_syntax, hosts);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
