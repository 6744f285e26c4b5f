/* SPDX-License-Identifier: MIT */
/* The front door of libcurl; see fetch.h. Redirects are followed here and not there, since libcurl's rule of which schemes
 * may be led to is one for the whole chain. */
#include "fetch.h"

#include "util/limits.h"
#include "version.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct fetching {
    const struct fetch_request *rq;
    CURL *curl;
    bool headed, stopped;
    uint64_t passed; /* bytes of a redirect's body, which nobody wants */
    char error[CURL_ERROR_SIZE];
};

/* What helps against what libcurl reports. */
static const struct {
    CURLcode code;
    const char *mend;
} mends[] = {
    {CURLE_COULDNT_RESOLVE_HOST, "check the host's name, and whether names are resolved here"},
    {CURLE_COULDNT_CONNECT, "check host and port, and whether a server listens there"},
    {CURLE_OPERATION_TIMEDOUT, "the server is too slow or not there; pull again later"},
    {CURLE_PEER_FAILED_VERIFICATION, "the certificate is not trusted; name its authority with --ca FILE"},
    {CURLE_SSL_CONNECT_ERROR, "no TLS with that server; check scheme and port"},
    {CURLE_SSL_CACERT_BADFILE, "the file of --ca has to be readable and hold certificates in PEM"},
    {CURLE_PARTIAL_FILE, "the connection ended early; pull again"},
    {CURLE_RECV_ERROR, "the connection ended early; pull again"},
    {CURLE_GOT_NOTHING, "the connection ended without an answer; pull again"},
};

static const char *mend_of(CURLcode code)
{
    for (size_t i = 0; i < sizeof mends / sizeof *mends; i++)
        if (mends[i].code == code)
            return mends[i].mend;
    return "pull again later";
}

static int failed(char **reterr, const char *what, const char *mend)
{
    return asprintf(reterr, "%s; %s", what, mend) < 0 ? -ENOMEM : FETCH_E_FAILED;
}

const char *fetch_field(const struct fetch_reply *reply, const char *name)
{
    struct curl_header *h;
    return curl_easy_header(reply->handle, name, 0, CURLH_HEADER, -1, &h) == CURLHE_OK ? h->value : NULL;
}

bool fetch_takes(const char *url)
{
    CURLU *u = curl_url();
    char *scheme = NULL;
    bool takes = u && curl_url_set(u, CURLUPART_URL, url, CURLU_DISALLOW_USER) == CURLUE_OK &&
                 curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
                 (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0);
    for (const char *s = url; *s && takes; s++)
        takes = (unsigned char)*s > ' ' && *s != 0x7f;
    curl_free(scheme);
    curl_url_cleanup(u);
    return takes;
}

static unsigned status_of(CURL *curl)
{
    long status = 0;
    (void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    return (unsigned)status;
}

static bool leads_on(unsigned status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* The head is there. */
static void meet(struct fetching *f)
{
    curl_off_t length = -1;
    struct fetch_reply reply = {.status = status_of(f->curl), .handle = f->curl};
    f->headed = true;
    if (leads_on(reply.status))
        return;
    (void)curl_easy_getinfo(f->curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    reply.sized = length >= 0;
    reply.length = reply.sized ? (uint64_t)length : 0;
    f->stopped = !f->rq->head(f->rq->ctx, &reply);
}

static size_t on_body(char *bytes, size_t one, size_t n, void *ctx)
{
    struct fetching *f = ctx;
    n *= one;
    if (!f->headed)
        meet(f);
    if (!f->stopped && leads_on(status_of(f->curl)))
        return (f->passed += n) <= LIMIT_REDIRECT_BYTES ? n : CURL_WRITEFUNC_ERROR;
    if (!f->stopped)
        f->stopped = !f->rq->body(f->rq->ctx, bytes, n);
    return f->stopped ? CURL_WRITEFUNC_ERROR : n;
}

static bool set_up(struct fetching *f, struct curl_slist *fields)
{
    CURL *c = f->curl;
    const struct fetch_request *rq = f->rq;
    bool ok = curl_easy_setopt(c, CURLOPT_HTTPHEADER, fields) == CURLE_OK &&
              curl_easy_setopt(c, CURLOPT_USERAGENT, "breachctl/" BREACHD_VERSION) == CURLE_OK &&
              curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
              curl_easy_setopt(c, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L) == CURLE_OK &&
              curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)LIMIT_FETCH_CONNECT_SECONDS) == CURLE_OK &&
              curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, (long)LIMIT_FETCH_SPEED) == CURLE_OK &&
              curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)LIMIT_FETCH_STALL_SECONDS) == CURLE_OK &&
              curl_easy_setopt(c, CURLOPT_ERRORBUFFER, f->error) == CURLE_OK &&
              curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK &&
              curl_easy_setopt(c, CURLOPT_WRITEDATA, f) == CURLE_OK;
    return ok && (!rq->ca || curl_easy_setopt(c, CURLOPT_CAINFO, rq->ca) == CURLE_OK);
}

static bool is_secure(const char *url)
{
    return strncasecmp(url, "https:", 6) == 0;
}

/* Asks at URL; SECURE: nothing but https will do. */
static int ask(struct fetching *f, const char *url, bool secure, char **reterr)
{
    f->headed = false;
    f->passed = 0;
    *f->error = '\0';
    if (curl_easy_setopt(f->curl, CURLOPT_PROTOCOLS_STR, secure ? "https" : "http,https") != CURLE_OK ||
        curl_easy_setopt(f->curl, CURLOPT_URL, url) != CURLE_OK)
        return -ENOMEM;
    CURLcode code = curl_easy_perform(f->curl);
    if (code == CURLE_OK && !f->headed)
        meet(f);
    if (f->stopped)
        return FETCH_E_STOPPED;
    if (code == CURLE_OUT_OF_MEMORY)
        return -ENOMEM;
    return code == CURLE_OK ? 0
                            : failed(reterr, *f->error ? f->error : curl_easy_strerror(code), mend_of(code));
}

/* Where the reply to URL leads, in *ret, or why one does not go there. */
static int find_next(struct fetching *f, const char *url, char **ret, char **reterr)
{
    char *next = NULL;
    (void)curl_easy_getinfo(f->curl, CURLINFO_REDIRECT_URL, &next);
    if (!next)
        return failed(reterr, "a redirect leads nowhere", "give the address that it should lead to");
    if (is_secure(url) && !is_secure(next))
        return failed(reterr, "a redirect leads from https to where nothing is protected",
                      "give an https address");
    if (!fetch_takes(next))
        return failed(reterr, "a redirect leads to what is no http or https address", "give the right one");
    *ret = strdup(next);
    return *ret ? 0 : -ENOMEM;
}

/* Asks, and goes where the replies lead. */
static int follow(struct fetching *f, char **reterr)
{
    char *url = strdup(f->rq->url);
    int r = url ? ask(f, url, is_secure(url), reterr) : -ENOMEM;
    for (unsigned hops = 0; r == 0 && leads_on(status_of(f->curl)); hops++) {
        char *next = NULL;
        r = hops < LIMIT_REDIRECTS
                ? find_next(f, url, &next, reterr)
                : failed(reterr, "one redirect leads to the next", "give the last address");
        if (r != 0)
            break;
        free(url);
        url = next;
        r = ask(f, url, is_secure(url), reterr);
    }
    free(url);
    return r;
}

static bool add_field(struct curl_slist **list, const char *field)
{
    struct curl_slist *longer = curl_slist_append(*list, field);
    if (longer)
        *list = longer;
    return longer;
}

int fetch_run(const struct fetch_request *rq, char **reterr)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return -ENOMEM;
    struct curl_slist *fields = NULL;
    struct fetching f = {.rq = rq, .curl = curl_easy_init()};
    bool ready = f.curl && add_field(&fields, "Accept-Encoding: identity");
    for (size_t i = 0; i < rq->n_fields && ready; i++)
        ready = add_field(&fields, rq->fields[i]);
    int r = ready && set_up(&f, fields) ? follow(&f, reterr) : -ENOMEM;
    curl_easy_cleanup(f.curl);
    curl_slist_free_all(fields);
    curl_global_cleanup();
    return r;
}
