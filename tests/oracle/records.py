# SPDX-License-Identifier: MIT
"""The exported catalogue, read for asking: of every incident, organisation and event what questions can be about.

Reads the lines of /catalogue.ndjson and nothing else. Sets of incidents are integers, bit i for the i-th in default order,
so that even a million of them are combined at once; each set is made on first use from the list of its members.
"""
import json
from array import array
from collections import defaultdict

import edtf
import words

LAST = "9999-99-99"  # after every day
ROW_ENDS = "html_url"  # the last member of a list row; what follows is of the whole record


def newest_first(day_pair):
    """Sorts by first day, then last, the later before; an open end reaches farther than any day."""
    earliest, latest = day_pair
    return tuple(-int(day.replace("-", "")) for day in (earliest or "0000-00-00", latest or LAST))


class Incident:
    __slots__ = ("id", "at", "title", "listed", "order", "dates", "year", "single", "multiple", "parties", "affected",
                 "modified", "duplicate", "withdrawn", "delays", "texts", "events")

    def __init__(self, record, at):
        self.id, self.at = record["id"], at
        self.title = words.fold(record["title"])
        self.withdrawn = record["withdrawn"] is not None or record["status"] == "withdrawn"
        self.listed = not self.withdrawn and record["merged_into"] is None
        self.dates = {kind: _date(record[kind]) for kind in ("date", "occurred", "discovered", "contained", "notified", "disclosed")}
        date = self.dates["date"]
        self.order = newest_first((date.earliest, date.latest)) if date else None
        self.year = (date.earliest or date.latest)[:4] if date else None
        self.single = {"country": record["country"], "sector": record["sector"], "status": record["status"] if self.listed else "withdrawn",
                       "exposure": record["exposure"], "dataset": record["dataset"]["id"], "year": self.year}
        self.multiple = {"action": tuple(dict.fromkeys(record["actions"])),
                         "actor": tuple(dict.fromkeys(a["id"] for a in record["actors"])),
                         "data_class": tuple(dict.fromkeys(c["id"] for c in record["data_classes"]
                                                           if c["certainty"] in ("confirmed", "claimed", "suspected"))),
                         "source_class": tuple(dict.fromkeys(s["class"] for s in record["sources"]))}
        self.parties = [(p["organization"]["id"], p["organization"]["kind"], p["role"]) for p in record["parties"]]
        self.affected = record["affected"] and _affected(record["affected"])
        self.modified, self.duplicate, self.delays = record["modified"], record["duplicate_of"], record["delays"]
        self.texts = [record["title"], record["summary"] or ""]
        self.texts += [p["organization"]["name"] for p in record["parties"]]
        self.texts += [e["text"] for e in record["timeline"] if e["text"]]
        self.events = [(e["id"], e["kind"], _date(e["date"])) for e in record["timeline"]]


def _date(of):
    return of and edtf.Date(of["earliest"], of["latest"], of["approximate"], of["uncertain"])


def _affected(figure):
    value = next((figure[k] for k in ("value", "max", "min") if figure[k] is not None), None)
    return figure["unit"], value, figure["qualifier"]


class Organization:
    __slots__ = ("id", "at", "name", "kind", "country", "brands", "owners", "suppliers", "incidents", "order", "texts")

    def __init__(self, record, at):
        self.id, self.at, self.kind, self.country = record["id"], at, record["kind"], record["country"]
        self.name = words.fold(record["name"])
        self.brands = {words.fold(b) for b in record["brands"]}
        # A tie that has ended or that is denied is none today.
        present = [l for l in record["links"] if l["until"] is None and l["certainty"] != "denied"]
        self.owners = {l["organization"]["id"] for l in present if l["relation"] == "owned_by"}
        self.suppliers = {l["organization"]["id"] for l in present if l["relation"] == "supplied_by"}
        self.incidents = sum(record["incidents"].values())
        latest = record["latest"] and _date(record["latest"]["date"])
        self.order = latest and newest_first((latest.earliest, latest.latest))
        self.texts = [record["name"]] + [n["name"] for n in record["names"]]


class Catalogue:
    """Everything of one export. `incidents` is in default order; `organizations` is by id."""

    def __init__(self, path):
        self.path = path
        self.incidents, self.organizations = [], {}
        self._read()
        self.incidents.sort(key=lambda i: (i.order is None, i.order or (), i.id))
        self.place = {one.id: i for i, one in enumerate(self.incidents)}
        self.all = (1 << len(self.incidents)) - 1
        self._lists, self._masks = defaultdict(lambda: defaultdict(lambda: array("I"))), {}
        self._index()
        self.owned = defaultdict(set)
        for org in self.organizations.values():
            for owner in org.owners:
                self.owned[owner].add(org.id)

    def _read(self):
        with open(self.path, "rb") as lines:
            at = 0
            for line in lines:
                record = json.loads(line)
                if "parties" in record:
                    self.incidents.append(Incident(record, at))
                elif "names" in record:
                    self.organizations[record["id"]] = Organization(record, at)
                elif "catalogue" in record:
                    self.identity = record["catalogue"]["id"]
                at += len(line)

    def record(self, thing):
        """The whole record of an incident or organisation, read again."""
        with open(self.path, "rb") as lines:
            lines.seek(thing.at)
            return json.loads(lines.readline())

    def row(self, thing):
        """Its list row: the record up to its address."""
        row = {}
        for key, value in self.record(thing).items():
            row[key] = value
            if key == ROW_ENDS:
                return row
        raise AssertionError(f"no {ROW_ENDS} in {thing.id}")

    def _index(self):
        put = self._lists
        for i, one in enumerate(self.incidents):
            put["listed"][one.listed].append(i)
            put["duplicate"][one.duplicate is not None].append(i)
            for name, value in one.single.items():
                put[name][value].append(i)
            for name, values in one.multiple.items():
                for value in values or (None,):
                    put[name][value].append(i)
            for party in set(one.parties):
                put["party"][party].append(i)
            if not any(org for org, _, _ in one.parties):
                put["organization"][None].append(i)
            if not one.parties:
                put["party_kind"][None].append(i)
            for token in self._tokens(one):
                put["token"][token].append(i)
        self.parties = defaultdict(list)  # by organisation: each party that it is somewhere
        for party in put["party"]:
            self.parties[party[0]].append(party)

    def texts(self, incident):
        """All that searches look at: title, summary, parties' names, their other names, events."""
        other = [self.organizations[org].texts for org, _, _ in incident.parties if org in self.organizations]
        return incident.texts + [name for names in other for name in names]

    def _tokens(self, incident):
        return {token for text in self.texts(incident) for token in words.tokens(text)}

    def values(self, name):
        """The values that some incident has of NAME, unknown among them as None."""
        return list(self._lists[name])

    def having(self, name, value):
        """The incidents with that value, as a set of bits."""
        key = (name, value)
        if key not in self._masks:
            self._masks[key] = mask(self._lists[name].get(value, ()), len(self.incidents))
        return self._masks[key]

    def which(self, holds):
        """The incidents of which HOLDS says yes, as a set of bits."""
        return mask((i for i, one in enumerate(self.incidents) if holds(one)), len(self.incidents))


def mask(numbers, size):
    bits = bytearray(size // 8 + 1)
    for i in numbers:
        bits[i >> 3] |= 1 << (i & 7)
    return int.from_bytes(bits, "little")


def members(bits):
    """The numbers of the bits that are set, ascending."""
    found = []
    for at, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        while byte:
            low = byte & -byte
            found.append(at * 8 + low.bit_length() - 1)
            byte ^= low
    return found
