/* SPDX-License-Identifier: MIT */
/* The strict reader: one pass, a stack of open elements, lists of what is allowed. */
#include "html_check.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define DEPTH 32

struct reader {
    const char *name, *html, *at;
    char open[DEPTH][16];
    unsigned depth;
};

static const char elements[] =
    " html head meta title link body a header p span nav ul li main section h1 h2 h3 h4 div dl dt dd ol time "
    "table "
    "thead tbody tr th td strong blockquote footer code form label select option input button bdi svg rect "
    "caption details summary figure figcaption desc circle line text pre cite fieldset legend ";
static const char voids[] = " meta link input ";
static const char attributes[] =
    " lang charset name property content rel type href class id aria-label "
    "aria-current tabindex datetime scope colspan "
    "value for method action selected inputmode size autocomplete "
    "role aria-labelledby aria-hidden aria-describedby viewBox width height fill "
    "open checked dir x y x1 y1 x2 y2 cx cy r text-anchor ";

static bool listed(const char *list, const char *word, size_t n)
{
    char wanted[40];
    if (n + 3 > sizeof wanted)
        return false;
    snprintf(wanted, sizeof wanted, " %.*s ", (int)n, word);
    return strstr(list, wanted) != NULL;
}

static void fault(const struct reader *r, const char *what)
{
    size_t before = (size_t)(r->at - r->html) < 60 ? (size_t)(r->at - r->html) : 60;
    ck_abort_msg("%s: %s at \"%.120s\"", r->name, what, r->at - before);
}

static void expect(struct reader *r, char c, const char *what)
{
    if (*r->at != c)
        fault(r, what);
    r->at++;
}

/* Up to the character END; a raw "<" or an "&" that starts no reference is a fault. */
static void read_characters(struct reader *r, char end)
{
    for (; *r->at && *r->at != end; r->at++) {
        if (*r->at == '<')
            fault(r, "a raw <");
        if (*r->at == '&' && strncmp(r->at, "&amp;", 5) != 0 && strncmp(r->at, "&lt;", 4) != 0 &&
            strncmp(r->at, "&gt;", 4) != 0 && strncmp(r->at, "&quot;", 6) != 0 &&
            strncmp(r->at, "&#39;", 5) != 0)
            fault(r, "a raw &");
        if ((unsigned char)*r->at < 0x20 && *r->at != '\n' && *r->at != '\t')
            fault(r, "a control character");
    }
}

bool html_has_id(const char *html, const char *id, size_t length)
{
    for (const char *p = html; (p = strstr(p, " id=\"")); p += 5)
        if (strncmp(p + 5, id, length) == 0 && p[5 + length] == '"')
            return true;
    return false;
}

/* The id that FRAGMENT, percent-encoded, leads to (HTML Standard, 7.4.6.4), as the page writes it. */
static bool leads_somewhere(const char *html, const char *fragment, size_t length)
{
    static const char *const escapes[] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};
    char id[2000];
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned c = (unsigned char)fragment[i];
        if (c == '%' && sscanf(fragment + i + 1, "%2x", &c) == 1)
            i += 2;
        if (c < ' ')
            return true; /* no id has it: the writer puts something else in its place */
        const char *escape = c < sizeof escapes / sizeof *escapes ? escapes[c] : NULL;
        n += (size_t)snprintf(id + n, sizeof id - n, escape ? "%s" : "%.1s",
                              escape ? escape : &(char){(char)c});
        ck_assert_uint_lt(n, sizeof id);
    }
    return html_has_id(html, id, n);
}

static void check_value(struct reader *r, const char *name, size_t n, const char *value)
{
    size_t length = (size_t)(r->at - value);
    if (n == 2 && strncmp(name, "id", 2) == 0 && html_has_id(r->at, value, length))
        fault(r, "an id that comes again");
    if (n == 4 && strncmp(name, "href", 4) == 0) {
        if (*value == '#' && !leads_somewhere(r->html, value + 1, length - 1))
            fault(r, "a reference that leads nowhere");
        if (strchr("/#hm", *value) == NULL)
            fault(r, "a link that is neither here nor http");
    }
}

static void read_attribute(struct reader *r)
{
    expect(r, ' ', "no space before an attribute");
    const char *name = r->at;
    size_t n = strcspn(name, "= >");
    if (!listed(attributes, name, n))
        fault(r, "an attribute that pages do not use");
    r->at += n;
    if (*r->at != '=')
        return;
    r->at++;
    expect(r, '"', "a value without quotation marks");
    const char *value = r->at;
    read_characters(r, '"');
    check_value(r, name, n, value);
    expect(r, '"', "a value that does not end");
}

static void read_start_tag(struct reader *r)
{
    size_t n = strcspn(r->at, " >");
    if (!listed(elements, r->at, n))
        fault(r, "an element that pages do not use");
    const char *name = r->at;
    r->at += n;
    while (*r->at != '>')
        read_attribute(r);
    r->at++;
    if (listed(voids, name, n))
        return;
    if (r->depth == DEPTH)
        fault(r, "too deep");
    snprintf(r->open[r->depth++], sizeof *r->open, "%.*s", (int)n, name);
}

static void read_end_tag(struct reader *r)
{
    size_t n = strcspn(r->at, ">");
    if (r->depth == 0 || strlen(r->open[r->depth - 1]) != n || strncmp(r->open[r->depth - 1], r->at, n) != 0)
        fault(r, "an end tag out of order");
    r->depth--;
    r->at += n + 1;
}

void html_check(const char *name, const char *html)
{
    static const char doctype[] = "<!DOCTYPE html>\n";
    struct reader r = {.name = name, .html = html, .at = html};
    if (strncmp(html, doctype, sizeof doctype - 1) != 0)
        fault(&r, "no doctype");
    r.at += sizeof doctype - 1;
    while (*r.at) {
        read_characters(&r, '<');
        if (!*r.at)
            break;
        r.at++;
        if (*r.at == '/') {
            r.at++;
            read_end_tag(&r);
        } else {
            read_start_tag(&r);
        }
    }
    if (r.depth)
        fault(&r, "the page ends with elements open");
}
