/* SPDX-License-Identifier: MIT */
/* What /api says beside its resources, in the order of its chapters. */
#include "render/html_api_text.h"

static const char *const start[] = {
    "Everything is read with GET; nothing needs a key, an account or a header of its own. HEAD and OPTIONS work everywhere, and "
    "any other page on the web may ask too (CORS).",
    "A page and its data differ by suffix only: `/incidents` is the page, `/incidents.json` the same as data, with the same "
    "parameters. Each resource below says which suffixes it has. Without a suffix the `Accept` field chooses; an address with one "
    "never varies. The data of the front page is `/index.json`.",
    "`null` means not known, `[]` none recorded. Dates are EDTF with their bounds beside them. Every fact says how sure it is "
    "(`certainty`), who says so (`asserted_by`), and where that stands (`source`, a number among the record’s sources). "
    "Addresses in answers are relative to the root of this server.",
};

static const char *const lists[] = {
    "A list answers `data`, the exact `total` over all pages, `page`, `query` and `catalogue`. `query` says back what was asked "
    "for, in words and filter by filter, each with the address of the list without it.",
    "Pages: `limit` rows, then follow `page.next` until it is `null`; the same addresses stand in the `Link` field, and the total "
    "in `X-Total-Count`. Marks in them are opaque and belong to their query. Paging neither repeats nor loses a row; when another "
    "catalogue takes over in between it goes on at the same place, and `page.catalogue_changed` says so.",
    "Several values of one parameter, with commas or repeated, mean any of them; different parameters mean all of them. `none` "
    "stands for what is not known. An empty value is the same as none given.",
};

static const char *const errors[] = {
    "What cannot be answered is a problem document (RFC 9457, `application/problem+json`), or a page for who asked for a page. "
    "`type` leads to an explanation, and with status 400 `errors` names each fault in the query with the nearest right word. "
    "Nothing is ignored: a mistyped filter is an error, never a longer list.",
    "400 the query; 404 no such address or record; 406 not in a form that `Accept` allows; 410 the record was withdrawn, with "
    "when and why; 414 the address and 431 the header fields too long; 429 too much at once from one address and 503 not just now, "
    "both with `Retry-After`. 307 and 308 lead to where a record is: follow them.",
};

static const char *const caching[] = {
    "Answers from the catalogue carry a strong `ETag`. Send it back as `If-None-Match`: while nothing changed, the answer is 304 "
    "without a body, and costs next to nothing. `Last-Modified` says when the catalogue was built; it is information only.",
    "A catalogue never changes; a new one replaces it as a whole. `catalogue.id` in every answer says which it was: two answers "
    "with the same id belong together.",
};

static const char *const manners[] = {
    "There is no quota. One request at a time, and what you have sent back as `If-None-Match`, is good company; with 503, wait "
    "as long as `Retry-After` says. To follow what is new, ask `/incidents.json?modified_since=` with the last time you looked, once "
    "an hour at most. For everything at once take `/catalogue.ndjson` rather than ten thousand pages.",
    "Say in `User-Agent` who you are and how to reach you. Whether a proxy in front of this service limits requests, its operator "
    "knows.",
};

static const char *const promise[] = {
    "This is version 1, as `/version` says in `api`. Within it members, words, parameters, formats and addresses may be added; none "
    "is renamed, removed, or changes its meaning or type. So read past members that you do not know, and do not rely on the order of "
    "members or on what is not described here.",
    ("Addresses of records stay, and the anchors of facts within them. A record that is withdrawn says so at its address (410), one "
     "that is merged leads to the other (308)."),
    "Pages, their wording and layout, and the SQL of the catalogue’s file are no part of the promise.",
};

#define CHAPTER(id, title, list)                                                                             \
    {                                                                                                        \
        (id), (title), (list), sizeof(list) / sizeof *(list)                                                 \
    }
const struct api_chapter api_before[] = {
    CHAPTER("start", "In short", start),
    CHAPTER("lists", "Lists and pages", lists),
};
const size_t api_before_n = sizeof api_before / sizeof *api_before;

const struct api_chapter api_after[] = {
    CHAPTER("errors", "Errors", errors),
    CHAPTER("caching", "Asking again", caching),
    CHAPTER("manners", "How often", manners),
    CHAPTER("promise", "What you may rely on", promise),
};
const size_t api_after_n = sizeof api_after / sizeof *api_after;
