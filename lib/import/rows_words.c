/* SPDX-License-Identifier: MIT */
/* What is searched of incidents and organisations, as rows of words (query/words.h). Called by rows.c. */
#include "import/rows.h"

#include "query/words.h"

#include <errno.h>

/* Stands between two texts of one column, so that no phrase reaches from one into the other. It is no part of a word. */
#define BETWEEN "\xc2\xa6"

/* One column. */
struct text {
    struct arena *mem;
    struct strbuf words;
    int result;
};
#define _cleanup_text_ __attribute__((cleanup(text_done)))

static void text_done(struct text *t)
{
    strbuf_done(&t->words);
}

static void add_text(struct text *t, const char *s)
{
    size_t before = t->words.size;
    if (!s || t->result != 0)
        return;
    if (before)
        strbuf_adds(&t->words, " " BETWEEN);
    size_t start = t->words.size;
    t->result = words_index(s, t->mem, &t->words);
    if (t->words.size == start)
        strbuf_cut(&t->words, before);
}

static void add_names(struct text *t, const struct organization *x)
{
    add_text(t, x->row.name);
    for (size_t i = 0; i < x->n_names; i++)
        add_text(t, x->names[i].name);
}

/* A party's organisation is found by all its names; a group by its words. */
static void add_party(struct text *t, const struct catalogue *c, const struct org_ref *o)
{
    size_t i = o->id ? catalogue_find_org(c, o->id) : NOBODY;
    if (i == NOBODY)
        add_text(t, o->name);
    else
        add_names(t, &c->orgs[i].x);
}

static void put_column(struct build *b, const struct text *t)
{
    put_text(b, t->words.size ? t->words.data : "");
}

static int outcome(const struct text *t)
{
    return t->result != 0 ? t->result : t->words.failed ? -ENOMEM : 0;
}

int rows_put_words(struct build *b, const struct catalogue *c, const struct incident_record *rec,
                   const struct incident *x)
{
    _cleanup_text_ struct text title = {.mem = c->record}, names = title, text = title;
    add_text(&title, x->row.title);
    for (size_t i = 0; i < x->n_parties; i++)
        add_party(&names, c, &x->parties[i].organization);
    add_text(&text, x->row.summary);
    for (size_t i = 0; i < x->n_timeline; i++)
        add_text(&text, x->timeline[i].text);
    put_begin(b, TABLE_WORDS);
    put_size(b, rec->row);
    put_column(b, &title);
    put_column(b, &names);
    put_column(b, &text);
    put_end(b);
    int result = outcome(&title) ? outcome(&title) : outcome(&names);
    return result ? result : outcome(&text);
}

int rows_put_org_words(struct build *b, const struct catalogue *c, const struct org_record *o)
{
    _cleanup_text_ struct text names = {.mem = c->record};
    add_names(&names, &o->x);
    put_begin(b, TABLE_ORGANIZATION_WORDS);
    put_size(b, o->row);
    put_column(b, &names);
    put_end(b);
    return outcome(&names);
}
