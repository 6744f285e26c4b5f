/* SPDX-License-Identifier: MIT */
/*
 * `reference` of a VERIS record: one text with any number of addresses, with semicolons, commas, spaces or
 * line ends between, words around them and the days on which they were read behind them. Each address becomes
 * a source; words belong to the address before them, and make a source of their own where there is none.
 */
#include "import/vcdb.h"

#include "import/reader.h"
#include "util/num.h"

#include <ctype.h>
#include <errno.h>
#include <strings.h>

enum { LONGEST = 65536 };

/* --- kinds of publisher --- */

/* By the end of the host's name. Whom nothing here fits counts as press, which most are. */
static const struct {
    const char *host;
    enum source_class class;
} hosts[] = {
    {"vcdb.org", CLASS_DATASET},
    {"haveibeenpwned.com", CLASS_DATASET},
    {"ico.org.uk", CLASS_REGULATOR},
    {"europa.eu", CLASS_REGULATOR},
    {"gc.ca", CLASS_REGULATOR},
    {"priv.gc.ca", CLASS_REGULATOR},
    {"dataprotection.ie", CLASS_REGULATOR},
    {"cnil.fr", CLASS_REGULATOR},
    {"pcpd.org.hk", CLASS_REGULATOR},
    {"privacyrights.org", CLASS_AGGREGATOR},
    {"datalossdb.org", CLASS_AGGREGATOR},
    {"hackmageddon.com", CLASS_AGGREGATOR},
    {"wikipedia.org", CLASS_AGGREGATOR},
    {"zone-h.org", CLASS_AGGREGATOR},
    {"prnewswire.com", CLASS_COMPANY},
    {"businesswire.com", CLASS_COMPANY},
    {"globenewswire.com", CLASS_COMPANY},
    {"prnewswire.co.uk", CLASS_COMPANY},
    {"marketwire.com", CLASS_COMPANY},
    {"securelist.com", CLASS_RESEARCHER},
    {"kaspersky.com", CLASS_RESEARCHER},
    {"fireeye.com", CLASS_RESEARCHER},
    {"mandiant.com", CLASS_RESEARCHER},
    {"crowdstrike.com", CLASS_RESEARCHER},
    {"symantec.com", CLASS_RESEARCHER},
    {"trendmicro.com", CLASS_RESEARCHER},
    {"mcafee.com", CLASS_RESEARCHER},
    {"sophos.com", CLASS_RESEARCHER},
    {"paloaltonetworks.com", CLASS_RESEARCHER},
    {"talosintelligence.com", CLASS_RESEARCHER},
    {"welivesecurity.com", CLASS_RESEARCHER},
    {"proofpoint.com", CLASS_RESEARCHER},
    {"troyhunt.com", CLASS_RESEARCHER},
    {"upguard.com", CLASS_RESEARCHER},
    {"vpnmentor.com", CLASS_RESEARCHER},
    {"safetydetectives.com", CLASS_RESEARCHER},
    {"websiteplanet.com", CLASS_RESEARCHER},
    {"riskbasedsecurity.com", CLASS_RESEARCHER},
    /* where those who took data put them: addresses are not kept */
    {"pastebin.com", CLASS_ATTACKER},
    {"pastebin.ca", CLASS_ATTACKER},
    {"pastie.org", CLASS_ATTACKER},
    {"pastee.org", CLASS_ATTACKER},
    {"paste.ee", CLASS_ATTACKER},
    {"hastebin.com", CLASS_ATTACKER},
    {"ghostbin.com", CLASS_ATTACKER},
    {"anonpaste.me", CLASS_ATTACKER},
    {"privatepaste.com", CLASS_ATTACKER},
    {"justpaste.it", CLASS_ATTACKER},
    {"doxbin.com", CLASS_ATTACKER},
    {"anonfiles.com", CLASS_ATTACKER},
    {"mega.nz", CLASS_ATTACKER},
    {"mega.co.nz", CLASS_ATTACKER},
    {"mediafire.com", CLASS_ATTACKER},
    {"raidforums.com", CLASS_ATTACKER},
    {"breachforums.st", CLASS_ATTACKER},
    {"cyberguerrilla.org", CLASS_ATTACKER},
    {"quickleak.org", CLASS_ATTACKER},
    {"onion", CLASS_ATTACKER},
};

/* Whether HOST is, or lies below, the domain SUFFIX. */
static bool is_below(const char *host, size_t n, const char *suffix)
{
    size_t k = strlen(suffix);
    return n >= k && strncasecmp(host + n - k, suffix, k) == 0 && (n == k || host[n - k - 1] == '.');
}

/* "hhs.gov", "police.govt.nz", "oag.state.md.us": an authority's. */
static bool is_government(const char *host, size_t n)
{
    static const char *const labels[] = {"gov", "govt", "gob", "gouv", "mil", "courts"};
    size_t seen = 0;
    for (size_t end = n; end > 0 && seen < 3; seen++) {
        size_t start = end;
        while (start > 0 && host[start - 1] != '.')
            start--;
        for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
            if (end - start == strlen(labels[i]) && strncasecmp(host + start, labels[i], end - start) == 0)
                return true;
        if (seen == 2 && end - start == 5 && strncasecmp(host + start, "state", 5) == 0 &&
            is_below(host, n, "us"))
            return true;
        end = start ? start - 1 : 0;
    }
    return false;
}

static enum source_class class_of(const char *host, size_t n)
{
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
        if (is_below(host, n, hosts[i].host))
            return hosts[i].class;
    return is_government(host, n) ? CLASS_REGULATOR : CLASS_PRESS;
}

/* --- one source --- */

/* A source being read. */
struct reference {
    struct strbuf url, words;
    char read[11]; /* the day on which it was read; "": not stated */
};

/* The host of a URL. */
static const char *host_of(const char *url, size_t *ret_n)
{
    const char *host = strstr(url, "//") + 2;
    size_t n = strcspn(host, "/?#");
    const char *at = memrchr(host, '@', n);
    if (at)
        host = at + 1;
    *ret_n = strcspn(host, ":/?#");
    if (*ret_n > 4 && strncasecmp(host, "www.", 4) == 0) {
        *ret_n -= 4;
        host += 4;
    }
    return host;
}

static bool has_source(const struct vcdb *x, const char *url, const char *words)
{
    for (size_t i = 0; i < x->d.x.n_sources; i++) {
        const struct source *s = &x->d.x.sources[i];
        if (url ? s->url && strcmp(s->url, url) == 0
                : !s->url && words && s->description && strcmp(s->description, words) == 0)
            return true;
    }
    return false;
}

static void put_words(struct vcdb *x, const char *words)
{
    if (has_source(x, NULL, words))
        return;
    struct source *s = draft_source(&x->d, CLASS_PRESS);
    if (s)
        s->description = words;
}

static void put_url(struct vcdb *x, const char *url, const char *words, const char *read)
{
    size_t n;
    const char *host = host_of(url, &n);
    enum source_class class = class_of(host, n);
    if (class != CLASS_ATTACKER && has_source(x, url, NULL))
        return;
    struct source *s = draft_source(&x->d, class);
    if (!s)
        return;
    s->publisher = draft_format(&x->d, "%.*s", (int)n, host);
    s->url = class == CLASS_ATTACKER ? NULL : url;
    s->description = words                     ? words
                     : class == CLASS_ATTACKER ? "What the attacker published; its address is not kept"
                                               : "Reference of the VCDB record";
    if (*read && edtf_parse(read, &s->retrieved) != 0)
        s->retrieved = EDTF_UNKNOWN;
}

/* Ends the source being read. */
static void flush(struct vcdb *x, struct reference *r)
{
    const char *url = NULL, *words = NULL;
    if (r->url.failed || r->words.failed)
        x->d.error = -ENOMEM;
    else if (r->url.size)
        url = draft_format(&x->d, "%s", r->url.data);
    words = vcdb_keep(x, "reference", &r->words, LIMIT_TEXT_BYTES);
    const char *read = r->read[0] ? draft_format(&x->d, "%s", r->read) : "";
    if (url && reader_is_url(url)) {
        put_url(x, url, words, read ? read : "");
    } else if (url) {
        draft_warn(&x->d, "bad-url", "reference", "\"%.*s\" cannot be linked to; kept as text",
                   VCDB_SHOWN(url));
        url = vcdb_clean(x, "reference", url, LIMIT_TEXT_BYTES, false);
        if (url)
            put_words(x, url);
    } else if (words) {
        put_words(x, words);
    }
    strbuf_reset(&r->url);
    strbuf_reset(&r->words);
    r->read[0] = '\0';
}

/* --- reading the text --- */

static size_t scheme_at(const char *p)
{
    return strncasecmp(p, "http://", 7) == 0 ? 7 : strncasecmp(p, "https://", 8) == 0 ? 8 : 0;
}

/* "(20140202)" or "(2014-05-07T…)" at the N bytes at P: the day in RET. */
static bool is_day(const char *p, size_t n, char ret[static 11])
{
    static const char *const forms[] = {"(9999-99-99", "(99999999)"};
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        char day[9] = "";
        size_t k = 0, i = 0;
        for (; i < strlen(forms[f]) && i < n; i++) {
            if (forms[f][i] == '9' ? !isdigit((unsigned char)p[i]) : p[i] != forms[f][i])
                break;
            if (forms[f][i] == '9')
                day[k++] = p[i];
        }
        if (i < strlen(forms[f]) || p[n - 1] != ')')
            continue;
        (void)snprintf(ret, 11, "%.4s-%.2s-%.2s", day, day + 4, day + 6);
        struct edtf date;
        if (edtf_parse(ret, &date) == 0)
            return true;
        ret[0] = '\0';
    }
    return false;
}

/* How many of the N bytes at P belong to one URL: up to a semicolon or comma behind which nothing of it
 * follows. */
static size_t url_length(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool last = i + 1 == n;
        if (p[i] == ',' && (last || scheme_at(p + i + 1)))
            return i;
        if (p[i] != ';')
            continue;
        size_t back = i, name = i + 1;
        while (back > 0 && isalnum((unsigned char)p[back - 1]))
            back--;
        if (back > 0 && p[back - 1] == '&')
            continue; /* "&amp;" */
        while (name < n && (isalnum((unsigned char)p[name]) || p[name] == '_'))
            name++;
        if (last || name >= n || name == i + 1 || p[name] != '=')
            return i;
    }
    return n;
}

/* Without marks of the sentence around it, a day glued to it, or the number of somebody's visit. */
static size_t trimmed(const char *url, size_t n, char read[static 11])
{
    const char *day = memrchr(url, '(', n);
    if (day && is_day(day, n - (size_t)(day - url), read))
        n = (size_t)(day - url);
    const char *session = memmem(url, n, ";jsessionid=", 12);
    if (session)
        n = (size_t)(session - url);
    while (n && (strchr(".,;\"'>]", url[n - 1]) || (url[n - 1] == ')' && !memchr(url, '(', n))))
        n--;
    return n;
}

/* The URL at P, at most N bytes; how many of them were its own. */
static size_t take_url(struct vcdb *x, struct reference *r, const char *p, size_t n)
{
    size_t twice = scheme_at(p), took = 0;
    while (twice && scheme_at(p + twice)) { /* "http://http://" */
        took += twice;
        p += twice;
        n -= twice;
        twice = scheme_at(p);
    }
    if (r->url.size)
        flush(x, r);
    size_t length = url_length(p, n);
    strbuf_add(&r->url, p, trimmed(p, length, r->read));
    return took + length;
}

static void take_words(struct reference *r, const char *p, size_t n)
{
    while (n && strchr(",.;-", p[n - 1]) && n == 1)
        n--;
    if (n == 0 || (n == 1 && !isalnum((unsigned char)*p)))
        return;
    if (r->words.size)
        strbuf_addc(&r->words, ' ');
    strbuf_add(&r->words, p, n);
}

/* A piece of text without blanks. */
static void take_token(struct vcdb *x, struct reference *r, const char *p, size_t n)
{
    while (n) {
        size_t k = 0;
        while (k < n && p[k] != ';' && !scheme_at(p + k))
            k++;
        if (k == 0 && *p == ';') {
            flush(x, r);
            k = 1;
        } else if (k == 0) {
            k = take_url(x, r, p, n);
        } else if (strncasecmp(p, "file:", 5) == 0) {
            draft_warn(&x->d, "bad-url", "reference", "has a path on somebody's own computer; left out");
        } else if (!is_day(p, k, r->read)) {
            take_words(r, p, k);
        }
        p += k;
        n -= k;
    }
}

/* Blanks, and characters that are not shown: U+FEFF, U+200B. */
static size_t blank_at(const char *p)
{
    if (*p == ' ' || *p == '\n')
        return 1;
    return strncmp(p, "\xef\xbb\xbf", 3) == 0 || strncmp(p, "\xe2\x80\x8b", 3) == 0 ? 3 : 0;
}

void vcdb_put_references(struct vcdb *x)
{
    const char *p = NULL;
    const json_t *v = vcdb_get(x, "reference");
    struct vcdb_words list = {0};
    if (json_is_array(v))
        list = vcdb_words(x, "reference");
    else
        p = vcdb_text(x, "reference", LONGEST, true);
    for (size_t i = 0; p || i < list.n; i++, p = NULL) {
        struct reference r = {0};
        for (const char *at = p ? p : list.at[i]; *at;) {
            size_t n = blank_at(at);
            const char *end = at;
            while (*end && !blank_at(end))
                end++;
            if (n == 0)
                take_token(x, &r, at, (size_t)(end - at));
            at = n ? at + n : end;
        }
        flush(x, &r);
        strbuf_done(&r.url);
        strbuf_done(&r.words);
        if (p)
            break;
    }
}
