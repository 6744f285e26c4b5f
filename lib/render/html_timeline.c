/* SPDX-License-Identifier: MIT */
/* Events: of one incident, oldest first, and of all of them, newest first. */
#include "render/html_incident.h"

void html_incident_timeline_head(struct page *p, const struct view *v)
{
    const struct incident_row *r = &v->incident_timeline.incident->row;
    p->title = arena_printf(p->mem, "Timeline: %s", r->title);
    p->list = &v->incident_timeline.info;
    const char *events = words_count(p, v->incident_timeline.info.total, "dated event", "dated events");
    const char *answers = say_answers(r, p->mem);
    p->description =
        events && answers ? arena_printf(p->mem, "%s. %s, oldest first.", answers, events) : NULL;
}

void html_incident_timeline_body(struct page *p, const struct view *v)
{
    const struct incident *x = v->incident_timeline.incident;
    struct htmlw *w = &p->w;
    p->sources = x->sources;
    p->n_sources = x->n_sources;
    htmlw_open(w, "div", "class", "lead");
    htmlw_el(w, p->title, "h1");
    htmlw_open(w, "p", "class", "verdict");
    part_answers(p, &x->row);
    htmlw_close(w, "p");
    htmlw_open(w, "p");
    htmlw_text(w, "Everything known about it: ");
    part_incident(p, x->row.id, x->row.title);
    htmlw_close(w, "p");
    htmlw_close(w, "div");
    list_begin(p, &v->incident_timeline.info, FORM_NONE, "event", "events");
    incident_draw_timeline(p, x);
    part_events(p, v->incident_timeline.items, v->incident_timeline.n, true);
    list_end(p, &v->incident_timeline.info);
}

void html_timeline_head(struct page *p, const struct view *v)
{
    p->title = "Timeline of all incidents";
    p->list = &v->timeline.info;
    p->description =
        "What happened when: intrusions, discoveries, disclosures, statements, rulings and settlements, "
        "newest first, each with its source.";
}

void html_timeline_body(struct page *p, const struct view *v)
{
    htmlw_el(&p->w, "Timeline", "h1");
    htmlw_el(&p->w,
             "What happened when, over all incidents: intrusions, discoveries, disclosures, statements, "
             "rulings and "
             "settlements, each with who says so.",
             "p", "class", "summary");
    list_begin(p, &v->timeline.info, FORM_EVENTS, "event", "events");
    draw_events(p, v->timeline.items, v->timeline.n);
    part_events(p, v->timeline.items, v->timeline.n, false);
    list_end(p, &v->timeline.info);
}
