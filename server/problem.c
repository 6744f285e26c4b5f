/* SPDX-License-Identifier: MIT */
/* Errors as RFC 9457 documents, or as the page that says the same. */
#include "http/negotiate.h"
#include "load.h"
#include "util/limits.h"

#include <errno.h>

static const struct problem_kind kinds[] = {
    {400, "bad-request", "The request was not understood"},
    {404, "not-found", "There is nothing here"},
    {405, "method", "This method is not served here"},
    {406, "not-acceptable", "Not available in that form"},
    {410, "gone", "This record was withdrawn"},
    {411, "bad-request", "The length of the body is not given"},
    {412, "precondition", "Not the one that was meant"},
    {413, "too-large", "The request carries too much"},
    {414, "too-long", "The address is too long"},
    {416, "range", "No such part"},
    {429, "unavailable", "Too much at once"},
    {431, "too-large", "The request's header is too large"},
    {500, "internal", "Something went wrong here"},
    {501, "method", "This method is not known"},
    {503, "unavailable", "Not now"},
    {505, "bad-request", "This version of HTTP is not spoken here"},
};

#define KINDS (sizeof kinds / sizeof *kinds)

const struct problem_kind *problem_kind_at(size_t place)
{
    return place < KINDS ? &kinds[place] : NULL;
}

const struct problem_kind *problem_kind(unsigned status)
{
    static const struct problem_kind internal = {500, "internal", "Something went wrong here"};
    for (size_t i = 0; i < KINDS; i++)
        if (kinds[i].status == status)
            return &kinds[i];
    return &internal;
}

bool problem_as_page(const char *accept)
{
    static const char *const offers[] = {"application/problem+json", "application/json", "text/html"};
    size_t chosen = 0;
    return accept && negotiate_media(accept, offers, 3, &chosen) == 0 && chosen == 2;
}

void problem_reply(struct load *l, bool page, const struct problem *p, struct reply *ret)
{
    struct view v = {.kind = VIEW_PROBLEM, .problem = *p};
    ret->status = p->status;
    int r = app_render(l, page ? FORMAT_HTML : FORMAT_JSON, &v, &ret->body);
    if (r != 0) {
        static const char bare[] = "{\"type\":\"about:blank\",\"title\":\"Internal error\",\"status\":500}\n",
                          short_of[] = "{\"type\":\"about:blank\",\"title\":\"Not now\",\"status\":503}\n";
        page = false;
        ret->status = r == -ENOMEM ? 503 : 500;
        ret->body =
            r == -ENOMEM ? blob_static(short_of, sizeof short_of - 1) : blob_static(bare, sizeof bare - 1);
    }
    reply_header(ret, "Content-Type", page ? "text/html; charset=utf-8" : "application/problem+json");
    reply_header(ret, "Cache-Control", "no-store");
    if (ret->status == 429 || ret->status == 503)
        reply_header(ret, "Retry-After", LIMIT_RETRY);
}
