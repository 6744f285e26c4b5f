/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_JSON_WRITE_H
#define BREACHD_RENDER_JSON_WRITE_H

/*
 * The typed JSON writer of json*.c. One writer makes one document: members are put in the order they are to
 * stand in, and the first failure sticks, so that nothing can vanish in silence: later puts do nothing, and
 * jw_finish() reports it. Keys are literals that need no escaping unless a function says otherwise. Every put takes the
 * object or array it puts into, and closes what was opened below that; KEY is NULL exactly for an array. How deep a
 * document is follows from the shapes alone, never from data.
 */
#include "model/model.h"
#include "util/strbuf.h"

#define JW_DEPTH 16 /* the deepest shape has 10 levels */

/* An object or array that is open; only json_write.c looks inside. */
struct jw_level {
    size_t start; /* of it, in the text */
    char end;     /* the bracket that closes it */
    bool filled;  /* it has a member */
};

struct jw {
    int error; /* 0, -EINVAL (bad text, a value outside its vocabulary, a put out of order) or -ENOMEM */
    const char *base; /* prefix of every URL made here */
    bool urls;        /* whether rows carry url and html_url */
    struct jw_level *root;
    struct strbuf text; /* the document so far */
    struct strbuf name; /* keys from data are put together here */
    size_t depth;       /* levels that are open */
    struct jw_level levels[JW_DEPTH];
};

/* A new document whose root is an object. Always followed by jw_finish(); W stays where it is until then. */
void jw_begin(struct jw *w, const char *base, bool urls);

/* Makes room for some N bytes at once, where that many are to come. */
void jw_expect(struct jw *w, size_t n);

/* Appends the document to OUT, with a line end if LINE, and releases it. 0, -EINVAL, or -ENOMEM (also when OUT
 * is over its limit), and then OUT holds what it held. */
int jw_finish(struct jw *w, bool line, struct strbuf *out);

/* A new object or array inside O, open until the next put into O or above. NULL after a failure, which every put
 * accepts. */
struct jw_level *jw_object(struct jw *w, struct jw_level *o, const char *key);
struct jw_level *jw_array(struct jw *w, struct jw_level *o, const char *key);

/* Lets O, an object that nothing was put into, begin as the N bytes at TEXT do, which an earlier writer made: a brace, and at
 * least one member. */
void jw_begun(struct jw *w, struct jw_level *o, const char *text, size_t n);

void jw_null(struct jw *w, struct jw_level *o, const char *key);
void jw_bool(struct jw *w, struct jw_level *o, const char *key, bool value);
void jw_integer(struct jw *w, struct jw_level *o, const char *key, int64_t value);
void jw_size(struct jw *w, struct jw_level *o, const char *key, size_t value);

/* NULL and unknown are null. */
void jw_text(struct jw *w, struct jw_level *o, const char *key, const char *value);
void jw_count(struct jw *w, struct jw_level *o, const char *key, struct count value);

/* The N bytes at TEXT, a JSON value that is known to be one. */
void jw_json(struct jw *w, struct jw_level *o, const char *key, const char *text, size_t n);

/* The id of VALUE in V. */
void jw_word(struct jw *w, struct jw_level *o, const char *key, const struct vocab *v, unsigned value);

/* The URL of `base` and the given pieces; a NULL among them is -EINVAL. Pieces are literals and ids, which need
 * no escaping. */
void jw_link_pieces(struct jw *w, struct jw_level *o, const char *key, const char *const *pieces, size_t n);
#define jw_link(w, o, key, ...)                                                                              \
    jw_link_pieces(w, o, key, (const char *const[]){__VA_ARGS__},                                            \
                   sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* N texts as an array. */
void jw_texts(struct jw *w, struct jw_level *o, const char *key, const char *const *texts, size_t n);

/* As jw_text and jw_size, but the key comes from data: it must be UTF-8 and not there yet, else -EINVAL. For objects
 * that hold nothing else. */
void jw_text_at(struct jw *w, struct jw_level *o, const char *key, const char *value);
void jw_size_at(struct jw *w, struct jw_level *o, const char *key, size_t value);

/* Fills the object O from one item of a list. */
typedef void (*jw_member_fn)(struct jw *w, struct jw_level *o, const void *item);

/* An array with one object for each of the N items of SIZE bytes; jw_list() for typed items. */
void jw_items(struct jw *w, struct jw_level *o, const char *key, const void *items, size_t n, size_t size,
              jw_member_fn member);
#define jw_list(w, o, key, items, n, member) jw_items(w, o, key, items, n, sizeof *(items), member)

#endif
