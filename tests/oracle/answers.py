# SPDX-License-Identifier: MIT
"""What the right answer is to a question, by trying every record: written from the contract, not from the service.

A question is a dict of parameters, each with the list of its values (q, dates and numbers have one). Where the contract
leaves room, this is what is expected, for the reason given:

- A party counts however sure it is that it was one: `organization` is "a named party", and a page that lists a denial
  among its parties is what its filter finds. Only of data classes a denial never matches.
- `organization`, `role` and `party_kind` speak of one and the same party; with `reach` of a party that is reached.
  Values of `reach`: group is all that is owned, over any number of steps; all adds the owners, over any number of steps, and
  the suppliers that these and itself have, one step. Ties that have ended or are denied reach nothing.
- `none`: the incident has nothing of the kind: no party with an id, no party at all, no data class but denied ones, no actor.
  organization=none with a role or kind: nobody is named, and an unnamed group has it. No party at all has no role.
- `year` is that of the first day the date can be; where that is open, of the last.
- A date filter looks at the headline date; possible: a day in common; certain: wholly inside, and neither approximate nor
  uncertain. The marks of the date asked for are of no consequence: what is asked is a span of days.
- A headline figure without any number satisfies no bound; a placeholder is compared as the number it states.
- Withdrawn and merged incidents exist for a question with status=withdrawn or modified_since, and for no other. Both have the
  status "withdrawn" to filters and counts, whatever a merged record says of itself: an incident is of one status only.
- The count of a facet's value is the total of the same question with that value in place of the facet's own filter.
"""
import re

import edtf
import words
from records import members

DATES = ("date", "occurred", "discovered", "contained", "notified", "disclosed")
UNITS = ("people", "accounts", "records", "vehicles", "dealers", "organizations", "files", "money")
OPERAND = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
NEVER = 1 << 62


def first(question, name, default=None):
    return (question.get(name) or [default])[0]


def _value(text):
    return None if text == "none" else text


# Filters of incidents: each gives the incidents that satisfy it.

def _any_of(name):
    def found(catalogue, question):
        bits = 0
        for value in question[name]:
            bits |= catalogue.having(name, _value(value))
        return bits
    return found


def _sector(catalogue, question):
    bits = 0
    for value in question["sector"]:
        for sector in catalogue.values("sector"):
            if sector == _value(value) or (sector and sector.startswith(value)):
                bits |= catalogue.having("sector", sector)
    return bits


def _dated(name):
    def found(catalogue, question):
        if first(question, name) == "none":
            return catalogue.which(lambda i: i.dates[name] is None)
        asked = edtf.read(first(question, name))
        test = edtf.Date.lies_within if first(question, "match") == "certain" else edtf.Date.may_meet
        return catalogue.which(lambda i: i.dates[name] is not None and test(i.dates[name], asked))
    return found


def number(incident, unit):
    """The headline figure in that unit ("any": in any), or None."""
    if incident.affected and unit in (incident.affected[0], "any"):
        return incident.affected[1]
    return None


def _affected(catalogue, question):
    least, most = int(first(question, "affected_min", 0)), int(first(question, "affected_max", NEVER))
    unit = first(question, "unit", "people")

    def holds(incident):
        n = number(incident, unit)
        return n is not None and least <= n <= most
    return catalogue.which(holds)


def _modified(catalogue, question):
    since = first(question, "modified_since")
    since = since if "T" in since else since + "T00:00:00Z"
    return catalogue.which(lambda i: i.modified >= since)


def reached(catalogue, ids, reach):
    """The organisations that a question about IDS is about."""
    found = _closure(ids, lambda i: catalogue.owned.get(i, ())) if reach in ("group", "all") else set(ids)
    if reach == "all":
        above = _closure(ids, lambda i: catalogue.organizations[i].owners if i in catalogue.organizations else ())
        found |= above
        for i in above & catalogue.organizations.keys():
            found |= catalogue.organizations[i].suppliers
    return found


def _closure(ids, following):
    found, todo = set(ids), list(ids)
    while todo:
        for other in following(todo.pop()):
            if other not in found:
                found.add(other)
                todo.append(other)
    return found


def _parties(catalogue, question):
    roles, kinds, ids = (question.get(name) for name in ("role", "party_kind", "organization"))

    def suited(parties):
        bits = 0
        for party in parties:
            if (not roles or party[2] in roles) and (not kinds or party[1] in kinds):
                bits |= catalogue.having("party", party)
        return bits
    if ids:
        about = reached(catalogue, [i for i in ids if i != "none"], first(question, "reach", "own"))
        bits = suited(party for i in about for party in catalogue.parties.get(i, ()))
    else:
        bits = suited(catalogue.values("party"))
    if ids and "none" in ids:
        unnamed = catalogue.having("organization", None)
        bits |= unnamed & suited(catalogue.values("party")) if roles or kinds else unnamed
    if kinds and "none" in kinds and not roles and (not ids or "none" in ids):
        bits |= catalogue.having("party_kind", None)
    return bits


# Searches.

def operands(text):
    """The operands of q: (whether negated, its words as words.cut gives them, whether a prefix)."""
    for minus, phrase, word in OPERAND.findall(text):
        cut = words.cut(phrase or word)
        if cut:
            begins = (phrase or word).endswith("*") and words.cut((phrase or word)[-2:])  # the star belongs to a word
            yield bool(minus), cut, bool(begins) and len(cut[-1][0]) >= 2


def _candidates(catalogue, cut, prefix):
    """Incidents that have every token, wherever: the phrase itself is looked for in their texts."""
    bits = catalogue.all
    for i, (word, spaceless) in enumerate(cut):
        if spaceless and len(word) == 1:
            found = [t for t in catalogue.values("token") if word in t]
        elif prefix and i == len(cut) - 1 and not spaceless:
            found = [t for t in catalogue.values("token") if t.startswith(word)]
        else:
            found = None
        if found is None:
            for token in words.tokens(word):
                bits &= catalogue.having("token", token)
        else:
            some = 0
            for token in found:
                some |= catalogue.having("token", token)
            bits &= some
    return bits


def _matching(catalogue, cut, prefix):
    bits = _candidates(catalogue, cut, prefix)
    if len(cut) == 1 and (not cut[0][1] or len(cut[0][0]) <= 2):
        return bits
    found = 0
    for i in members(bits):
        if any(words.occurs(cut, prefix, words.cut(text)) for text in catalogue.texts(catalogue.incidents[i])):
            found |= 1 << i
    return found


def _text(catalogue, question):
    bits = catalogue.all
    for negated, cut, prefix in operands(first(question, "q")):
        found = _matching(catalogue, cut, prefix)
        bits &= ~found if negated else found
    return bits


FILTERS = {
    "q": _text, "sector": _sector, "modified_since": _modified,
    **{name: _any_of(name) for name in ("country", "action", "actor", "data_class", "status", "exposure", "source_class", "dataset", "year")},
    **{name: _dated(name) for name in DATES},
}


def listed(catalogue, question):
    """Which incidents exist for this question."""
    if "withdrawn" in question.get("status", ()) or question.get("modified_since"):
        return catalogue.all
    return catalogue.having("listed", True)


def matches(catalogue, question, without=None):
    """The incidents that satisfy the question, as bits; WITHOUT leaves one filter of it out."""
    return listed(catalogue, question) & satisfying(catalogue, question, without)


def satisfying(catalogue, question, without=None):
    """As matches(), of all that the catalogue holds."""
    bits = catalogue.all
    asked = {name: values for name, values in question.items() if name != without and values}
    for name in asked:
        if name in FILTERS:
            bits &= FILTERS[name](catalogue, asked)
    if "affected_min" in asked or "affected_max" in asked:
        bits &= _affected(catalogue, asked)
    if any(name in asked for name in ("organization", "role", "party_kind")):
        bits &= _parties(catalogue, asked)
    if first(asked, "duplicates") == "hide":
        bits &= ~catalogue.having("duplicate", True)
    return bits


# Orders. None in a key's place means no value, which stands last whichever way the order goes.

def _by(value, descending):
    def ordered(incidents, question):
        known = [i for i in incidents if value(i, question) is not None]
        known.sort(key=lambda i: i.id)
        known.sort(key=lambda i: value(i, question), reverse=descending)
        return known + sorted((i for i in incidents if value(i, question) is None), key=lambda i: i.id)
    return ordered


def _oldest_first(incidents, question):
    known = [i for i in incidents if i.order is not None]
    known.sort(key=lambda i: (i.order, i.id), reverse=True)
    return known + sorted((i for i in incidents if i.order is None), key=lambda i: i.id)


def _figure(incident, question):
    return number(incident, first(question, "unit", "people"))


ORDERS = {
    "-date": _by(lambda i, q: i.order, False),
    "date": _oldest_first,
    "-affected": _by(_figure, True),
    "affected": _by(_figure, False),
    "-modified": _by(lambda i, q: i.modified, True),
    "modified": _by(lambda i, q: i.modified, False),
    "title": _by(lambda i, q: i.title, False),
}


def chosen(catalogue, bits):
    return [catalogue.incidents[i] for i in members(bits)]


def order(question):
    """The order that the question asks for; "relevance" is nobody's to foretell."""
    return first(question, "sort", "relevance" if first(question, "q") else "-date")


def incidents(catalogue, question):
    """The incidents in the order asked for (by relevance: in default order)."""
    found = chosen(catalogue, matches(catalogue, question))
    how = order(question)
    return found if how in ("-date", "relevance") else ORDERS[how](found, question)


# Facets.

def facet(catalogue, question, name):
    """{value: count} of every value that occurs, unknown as None."""
    base = matches(catalogue, question, without=name)
    if name in ("organization", "party_kind"):
        return _facet_of_parties(catalogue, question, base, name)
    counts = {}
    for value in catalogue.values(name):
        n = (base & catalogue.having(name, value)).bit_count()
        if n:
            key = value[:2] if name == "sector" and value else value
            counts[key] = counts.get(key, 0) + n
    return counts


def _facet_of_parties(catalogue, question, base, name):
    value_of = party_values(catalogue, question, name)
    counts = {}
    for i in members(base):
        for value in value_of(catalogue.incidents[i]):
            counts[value] = counts.get(value, 0) + 1
    return counts


def party_values(catalogue, question, name):
    """A function that gives the organisations, or the kinds, of those parties of an incident that the question is about."""
    at = {"organization": 0, "party_kind": 1}[name]
    roles = question.get("role")
    kinds = question.get("party_kind") if name == "organization" else None
    ids = question.get("organization") if name == "party_kind" else None
    about = reached(catalogue, [i for i in ids if i != "none"], first(question, "reach", "own")) if ids else set()

    def values(incident):
        nobody = "none" in (ids or ()) and not any(p[0] for p in incident.parties)
        found = {p[at] for p in incident.parties if (not roles or p[2] in roles) and (not kinds or p[1] in kinds) and
                 (not ids or nobody or p[0] in about)}
        found.discard(None)
        known = incident.parties and (name == "party_kind" or any(p[0] for p in incident.parties))
        return found or (set() if known else {None})
    return values
