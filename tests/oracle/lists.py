# SPDX-License-Identifier: MIT
"""The right answers of the other lists: organisations, dealers, the timeline. As answers.py says of incidents.

- Every organisation of the catalogue is listed, whether an incident names it or not; a dealer is one of kind dealer or
  dealer_group. `brand` and names are compared folded; `owner` is a present owner.
- -incidents counts own, group's and inherited ones together; -date goes by the newest incident of these.
- The timeline is the order of events (first day, last day, incident, place in the record) turned round, what has no date last; only events of
  listed incidents are in it. `date` is that of the event, as answers.py says of date filters.
"""
import answers
import edtf
import words
from answers import first
from records import newest_first

DEALERS = ("dealer", "dealer_group")


def organizations(catalogue, question, dealers):
    found = [o for o in catalogue.organizations.values() if _suits(o, question) and (not dealers or o.kind in DEALERS)]
    return ordered(found, first(question, "sort", "name"))


def ordered(found, how):
    found.sort(key=lambda o: o.id)
    if how == "-incidents":
        found.sort(key=lambda o: o.incidents, reverse=True)
    elif how == "-date":
        found.sort(key=lambda o: (o.order is None, o.order or ()))
    else:
        found.sort(key=lambda o: o.name)
    return found


def _suits(org, question):
    def among(name, values):
        asked = question.get(name)
        return not asked or any(("none" if v is None else v) in asked for v in values)
    return (among("kind", [org.kind]) and among("country", [org.country]) and among("owner", org.owners or [None]) and
            _branded(org, question.get("brand")) and _named(org, first(question, "q")))


def _branded(org, asked):
    return not asked or any(words.fold(b) in org.brands if b != "none" else not org.brands for b in asked)


def _named(org, asked):
    texts = [words.cut(text) for text in org.texts]
    return not asked or all(any(words.occurs(cut, prefix, text) for text in texts) != negated
                            for negated, cut, prefix in answers.operands(asked))


def timeline(catalogue, question):
    """(incident id, event id) of the events, newest first."""
    found = [(newest_first((date.earliest, date.latest)) if date else (0, 0), incident.id, place, event)
             for incident in answers.chosen(catalogue, _told(catalogue, question))
             for place, (event, kind, date) in enumerate(incident.events) if _asked_for(kind, date, question)]
    found.sort(key=lambda e: (e[1], e[2]), reverse=True)
    found.sort(key=lambda e: e[0])
    return [(incident, event) for _, incident, _, event in found]


def _told(catalogue, question):
    bits = answers.matches(catalogue, {k: question[k] for k in ("organization", "reach") if k in question})
    ids = question.get("incident")
    return bits & catalogue.which(lambda i: i.id in ids) if ids else bits


def _asked_for(kind, date, question):
    kinds, asked = question.get("kind"), first(question, "date")
    if kinds and kind not in kinds:
        return False
    if not asked:
        return True
    test = edtf.Date.lies_within if first(question, "match") == "certain" else edtf.Date.may_meet
    return date is not None and test(date, edtf.read(asked))
