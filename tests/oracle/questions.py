# SPDX-License-Identifier: MIT
"""Questions by chance, from a seed: any parameters together, their values mostly drawn from one record so that it answers."""
import random
import urllib.parse

import answers
import words

ROLES = ["breached", "customers_exposed", "disrupted", "vendor", "filer"]
KINDS = ["dealer", "dealer_group", "automaker", "importer", "finance", "supplier", "vendor", "other"]
FACETS = ["country", "sector", "action", "actor", "data_class", "status", "exposure", "dataset", "year", "party_kind", "organization"]
SORTS = ["-date", "date", "-affected", "affected", "-modified", "modified", "title"]
GROUPINGS = ["year", "country", "sector", "action", "data_class", "status", "exposure", "dataset", "party_kind"]


class Maker:
    def __init__(self, catalogue, seed):
        self.catalogue, self.r = catalogue, random.Random(seed)
        self.names = sorted(catalogue.organizations)
        self.modified = sorted({i.modified for i in catalogue.incidents})
        self.numbers = sorted({i.affected[1] for i in catalogue.incidents if i.affected and i.affected[1] is not None})

    def incidents(self):
        """Parameters of /incidents but those of paging: each name with its values."""
        incident = self.r.choice(self.catalogue.incidents)
        question = {}
        for name in self.r.sample(NAMES, self.r.choices((0, 1, 2, 3, 4), (1, 6, 6, 4, 1))[0]):
            question.update(self.part(name, incident))
        if self.r.random() < 0.6:
            question["sort"] = [self.r.choice(SORTS + ["relevance"] * ("q" in question))]
            if "affected" in question["sort"][0] and self.r.random() < 0.5:
                question.setdefault("unit", [self.r.choice(answers.UNITS + ("any",))])
        return question

    def statistics(self):
        question = self.incidents()
        question.pop("sort", None)
        if not {"affected_min", "affected_max"} & question.keys():
            question.pop("unit", None)
        return {**question, "by": [self.r.choice(GROUPINGS)]}

    def organizations(self):
        """Parameters of /organizations and /dealers."""
        org = self.catalogue.organizations[self.r.choice(self.names)]
        parts = {"kind": [org.kind], "country": [org.country or "none"], "owner": sorted(org.owners) or ["none"],
                 "brand": [self.r.choice(sorted(org.brands))] if org.brands else ["none"], "q": [self.text(org.texts)]}
        chosen = self.r.sample(sorted(parts), self.r.choices((0, 1, 2, 3), (2, 6, 4, 1))[0])
        question = {name: parts[name] for name in chosen}
        if "kind" in question:
            question["kind"] = self.more(question["kind"], KINDS)
        if self.r.random() < 0.6:
            question["sort"] = [self.r.choice(["name", "-incidents", "-date"])]
        return question

    def timeline(self):
        incident = self.r.choice(self.catalogue.incidents)
        event = self.r.choice(incident.events) if incident.events else (None, "leak", None)
        orgs = [org for org, _, _ in incident.parties if org] or [self.r.choice(self.names)]
        parts = {"kind": self.more([event[1]], ["leak", "claim", "lawsuit", "other"]),
                 "organization": self.more([self.r.choice(orgs)], self.names),
                 "incident": self.more([incident.id], [self.r.choice(self.catalogue.incidents).id]),
                 "date": [self.date(event[2])]}
        question = {name: parts[name] for name in self.r.sample(sorted(parts), self.r.choices((0, 1, 2), (1, 6, 3))[0])}
        if "none" in question.get("date", ()):
            del question["date"]
        if "organization" in question and self.r.random() < 0.5:
            question["reach"] = [self.r.choice(("own", "group", "all"))]
        if "date" in question and self.r.random() < 0.4:
            question["match"] = [self.r.choice(("certain", "possible"))]
        return question

    # Values.

    def more(self, values, others):
        """VALUES, or sometimes some more beside."""
        if self.r.random() < 0.7:
            return values
        return list(dict.fromkeys(values + [self.r.choice(others) for _ in range(self.r.randint(1, 2))]))

    def value(self, name, incident):
        """One of the values that the incident has of NAME, and sometimes others."""
        value = incident.single[name] if name in incident.single else self.r.choice(incident.multiple[name] or (None,))
        others = ["none" if v is None else v for v in self.catalogue.values(name)]
        return {name: self.more(["none" if value is None else value], others)}

    def sector(self, incident):
        sector = incident.single["sector"]
        return {"sector": self.more([sector[:self.r.randint(2, len(sector))] if sector else "none"], ["44", "52", "none"])}

    def status(self, incident):
        if self.r.random() < 0.15:
            return {"status": ["withdrawn"]}
        return {"status": self.more([incident.single["status"]], ["claimed", "suspected", "confirmed", "disputed"])}

    def party(self, incident):
        org, kind, role = self.r.choice(incident.parties or [(None, "none", "breached")])
        if self.r.random() < 0.2:
            org = self.r.choice(self.names)
        question = {}
        if self.r.random() < 0.8:
            question["organization"] = self.more([org or "none"], self.names)
            if self.r.random() < 0.5:
                question["reach"] = [self.r.choice(("own", "group", "all"))]
        if self.r.random() < 0.4 or not question:
            question["role"] = self.more([role], ROLES)
        if self.r.random() < 0.4:
            question["party_kind"] = self.more([kind], KINDS)
        return question

    def date(self, known):
        """A date to ask for, around the one known."""
        if known is None or self.r.random() < 0.1:
            return self.r.choice(["none", "2019", "2019-03", "2020/2021"])
        low, high = known.earliest or known.latest, known.latest or known.earliest
        return self.r.choice([low, low[:7], low[:4], low[:3] + "X", f"{low[:7]}/{high}", f"{low[:4]}/{high[:4]}", f"../{high}",
                              f"{low[:7]}/..", f"[{low}..{high}]", f"[..{high[:4]}]", f"[{low[:4]}..]", f"{low[:4]}-XX"])

    def dated(self, name, incident):
        question = {name: [self.date(incident.dates[name])]}
        if self.r.random() < 0.5:
            question["match"] = [self.r.choice(("certain", "possible"))]
        return question

    def affected(self, incident):
        unit, value, _ = incident.affected or ("people", None, None)
        value = value if value is not None else self.r.choice(self.numbers)
        question = {}
        if self.r.random() < 0.6:
            question["affected_min"] = [str(self.r.choice([value, value + 1, value // 2, 0]))]
        if self.r.random() < 0.6 or not question:
            most = self.r.choice([value, value * 2, 2**53 - 1])
            question["affected_max"] = [str(max(most, int(answers.first(question, "affected_min", 0))))]
        if unit != "people" or self.r.random() < 0.4:
            question["unit"] = [self.r.choice([unit, unit, "any", "people"])]
        return question

    def modified_since(self, incident):
        time = self.r.choice([incident.modified, self.r.choice(self.modified)])
        return {"modified_since": [self.r.choice([time, time[:10]])]}

    # Searches.

    def text(self, texts):
        """Some operands of a search, most of which TEXTS satisfy."""
        operands = [self.operand(self.r.choice(texts)) for _ in range(self.r.choices((1, 2, 3), (6, 3, 1))[0])]
        found = [o for o in operands if o]
        if not found:
            return "data"
        if self.r.random() < 0.25:
            other = self.operand(self.r.choice(self.catalogue.texts(self.r.choice(self.catalogue.incidents))))
            found += ["-" + other] if other else []
        return " ".join(found)

    def operand(self, text):
        cut = [w for w, _ in words.cut(text)]
        if not cut:
            return None
        at = self.r.randrange(len(cut))
        word, how = cut[at], self.r.random()
        if how < 0.2 and len(word) > 2:
            return word[:self.r.randint(2, len(word))] + "*"
        if how < 0.4:
            row = " ".join(cut[at:at + self.r.randint(1, 3)])
            return f'"{row}"' if how < 0.35 or len(row) < 3 else f'"{row[:-1]}*"'
        if how < 0.5:
            return self.r.choice([word.upper(), word.title(), "".join(_wide(c) for c in word)])
        if how < 0.6 and words.SPACELESS.match(word) and len(word) > 2:
            start = self.r.randrange(len(word) - 1)
            return word[start:self.r.randint(start + 2, len(word))]
        if how < 0.7:  # as it stands in the text: with hyphens, apostrophes and all
            chosen = self.r.choice(text.split()).replace('"', "").lstrip("-").rstrip("*")
            return chosen if words.cut(chosen) else word
        return word

    def search(self, incident):
        return {"q": [self.text([t for t in self.catalogue.texts(incident) if t] or ["data"])]}

    def part(self, name, incident):
        """Parameters about NAME that the incident satisfies, mostly."""
        if name in answers.DATES:
            return self.dated(name, incident)
        if name in PARTS:
            return PARTS[name](self, incident)
        return self.value(name, incident)


VALUES = ("country", "exposure", "dataset", "year", "action", "actor", "data_class", "source_class")
PARTS = {"sector": Maker.sector, "status": Maker.status, "party": Maker.party, "affected": Maker.affected, "q": Maker.search,
         "modified_since": Maker.modified_since, "duplicates": lambda self, incident: {"duplicates": ["hide"]}}
NAMES = sorted([*VALUES, *answers.DATES, *PARTS, "party", "q"])  # what has most sides comes more often


def _wide(c):
    return chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c


def url(path, question, rng=None, **more):
    """The address of a question; with RNG written in one of the ways that all mean the same."""
    pairs = [(name, values) for name, values in question.items()] + [(name, [str(v)]) for name, v in more.items()]
    if rng:
        rng.shuffle(pairs)
    written = []
    for name, values in pairs:
        if rng:
            values = rng.sample(values, len(values))
        if rng and rng.random() < 0.5:
            written += [(name, value) for value in values]
        else:
            written.append((name, ",".join(values)))
    return path + ("?" + "&".join(f"{n}={urllib.parse.quote(v, safe=',')}" for n, v in written) if written else "")
