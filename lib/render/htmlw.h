/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_HTMLW_H
#define BREACHD_RENDER_HTMLW_H

/*
 * Writes HTML that is well-formed whatever the data holds. Elements are opened and closed by name and the
 * writer keeps count; text, attributes and URLs each have a way in that escapes for that place, and markup
 * as it stands can only be a literal. Failure is remembered, not returned: whoever takes the page asks
 * htmlw_finish().
 *
 * Refused outright, as faults of the program: <script>, <style>, style="…", on…="…", and href, src, action
 * or formaction as plain attributes (they are URLs).
 */
#include "util/strbuf.h"

#define HTMLW_DEPTH 32 /* elements open at once; the deepest page needs half */

struct htmlw {
    struct strbuf *out;
    const char *open[HTMLW_DEPTH];
    unsigned depth;
    bool in_tag; /* a start tag awaits its ">": attributes may still come */
    int error;   /* the first failure */
};

#define HTMLW_INIT(buffer) ((struct htmlw){.out = (buffer)})

/* A list of strings whose first must be a literal, and how many they are. */
#define HTMLW_LIST(...)                                                                                      \
    (const char *const[]){"" __VA_ARGS__}, sizeof((const char *const[]){"" __VA_ARGS__}) / sizeof(char *)

/* htmlw_open(w, "p", "class", "lead", …): element, then names and values of attributes. A NULL value
 * leaves the attribute out; the value of a boolean one (selected, …) is not written. */
#define htmlw_open(w, ...) htmlw_open_((w), HTMLW_LIST(__VA_ARGS__))

/* Closes NAME, which must be the innermost open element. */
#define htmlw_close(w, name) htmlw_close_((w), "" name)

/* An element without content or end tag: <meta>, <link>, <input>. */
#define htmlw_empty(w, ...) htmlw_empty_((w), HTMLW_LIST(__VA_ARGS__))

/* htmlw_el(w, text, "p", "class", "lead", …): an element that holds TEXT alone. */
#define htmlw_el(w, text, ...) htmlw_el_((w), (text), HTMLW_LIST(__VA_ARGS__))

/* htmlw_say(w, "says %s, %s", who, when): a literal in which each %s stands for a text. All of it is
 * escaped. */
#define htmlw_say(w, ...) htmlw_say_((w), HTMLW_LIST(__VA_ARGS__))

/*
 * htmlw_url(w, "href", "%p/incidents/%s?year=%q#%s", base, id, year, anchor): a URL attribute of the element
 * just opened. %p is a URL or its beginning made by the server itself; %s a path segment or fragment; %q a
 * value in the query. %s and %q are percent-encoded (RFC 3986); the segments "." and ".." are faults.
 */
#define htmlw_url(w, name, ...) htmlw_url_((w), "" name, HTMLW_LIST(__VA_ARGS__))

/* Markup as it stands, literals only. */
#define htmlw_raw(w, markup) htmlw_raw_((w), "" markup)

/* Text. NULL is what a sentence is that memory ran out for: it fails the page with -ENOMEM. */
void htmlw_text(struct htmlw *w, const char *text);

/* "h1" to "h6". */
void htmlw_open_heading(struct htmlw *w, unsigned level);
void htmlw_close_heading(struct htmlw *w, unsigned level);

/* 0; -EINVAL: text that is not UTF-8, or a fault of the program (something left open, closed out of order,
 * refused); -ENOMEM: out of memory or over the buffer's limit. */
int htmlw_finish(struct htmlw *w);

/* Behind the macros. */
void htmlw_open_(struct htmlw *w, const char *const *list, size_t n);
void htmlw_close_(struct htmlw *w, const char *name);
void htmlw_empty_(struct htmlw *w, const char *const *list, size_t n);
void htmlw_el_(struct htmlw *w, const char *text, const char *const *list, size_t n);
void htmlw_say_(struct htmlw *w, const char *const *list, size_t n);
void htmlw_url_(struct htmlw *w, const char *name, const char *const *list, size_t n);
void htmlw_raw_(struct htmlw *w, const char *markup);

#endif
