/* SPDX-License-Identifier: MIT */
/* Events as sentences, for feeds and calendars: what a page says in several places has to fit into few here. */
#include "render/render.h"

#include "util/ascii.h"

static const char *capital(const char *text, struct arena *mem)
{
    char *s = arena_strdup(mem, text);
    if (s)
        *s = ascii_upper(*s);
    return s;
}

const char *say_event_title(const struct timeline_item *t, struct arena *mem)
{
    const struct event *e = &t->event;
    bool sure = e->e.certainty == CERTAINTY_CONFIRMED, day = edtf_is_day(&e->date);
    const char *kind = capital(vocab_label(&vocab_event_kind, e->kind), mem);
    const char *when = day ? "" : e->date.text ? edtf_words(&e->date, mem) : "date not known";
    if (!kind || !when)
        return NULL;
    return arena_printf(mem, "%s%s%s%s%s%s: %s", kind, sure ? "" : " (",
                        sure ? "" : vocab_label(&vocab_certainty, e->e.certainty), sure ? "" : ")",
                        day ? "" : ", ", when, t->incident.title);
}

const char *say_event(const struct timeline_item *t, struct arena *mem)
{
    const char *sure = capital(vocab_label(&vocab_certainty, t->event.e.certainty), mem);
    const char *kind = vocab_label(&vocab_event_kind, t->event.kind);
    return sure ? arena_printf(mem, "%s: %s", sure, t->event.text ? t->event.text : kind) : NULL;
}

const char *say_cited(const struct timeline_item *t, struct arena *mem)
{
    const struct asserter *by = &t->event.e.asserted_by;
    const char *where = !t->has_cited        ? "compiled from the record as a whole"
                        : t->cited.publisher ? t->cited.publisher
                        : t->cited.title     ? t->cited.title
                                             : "its source";
    if (!by->name)
        return where;
    return arena_printf(mem, "says %s (%s), %s", by->name, vocab_label(&vocab_source_class, by->class),
                        where);
}
