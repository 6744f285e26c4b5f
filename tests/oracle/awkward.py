# SPDX-License-Identifier: MIT
"""Native records in which every rule meets its exceptions: made by chance from a seed, and small enough to ask all of.

Few values and many ties, so that combinations are not empty and orders need their tie-breaks; denials, unnamed groups,
chains of owners, ended ties, open and doubtful dates, placeholders, withdrawn and merged records, duplicates,
names and texts in several scripts.
"""
import json
import random

KINDS = ["dealer", "dealer_group", "automaker", "importer", "finance", "supplier", "vendor", "other"]
ROLES = ["breached", "customers_exposed", "disrupted", "vendor", "filer"]
SURE = ["confirmed", "claimed", "suspected", "denied", "unknown"]
CLASSES = ["regulator", "company", "researcher", "press", "dataset", "aggregator", "attacker"]
DATA = ["names", "emails", "phones", "payment-cards", "medical", "vehicle-ids", "other", "unknown"]
ACTIONS = ["hacking", "malware", "social", "misuse", "error", "physical", "environmental", "unknown"]
EVENTS = ["intrusion", "discovery", "containment", "disclosure", "notification", "statement", "regulator", "claim", "leak",
          "restoration", "analysis", "lawsuit", "settlement", "other"]
COUNTRIES = ["JP", "US", "US", "US", "DE", "GB", None]
SECTORS = ["44", "441110", "441120", "4413", "336111", "52", "5415", None]
DATES = ["2019-03-29", "2019-03-29", "2019-03-28", "2019-03", "2019", "2019-03-21~", "2019?", "2018-12-31", "2019-01-01",
         "2024-XX", "201X", "2019-03-XX", "2018/2020", "2019-01-15/2019-02", "[2019-03-01..2019-03-31]", "[2018..2020]",
         "[..2019-03-29]", "[2019-03-29..]", "2019-12-31/2020-01-02", "2020-02-29", "2020-02", "2021-06%", "0999", "2019-21"]
WORDS = ["Toyota", "ＴＯＹＯＴＡ", "toyota", "データ", "漏えい", "東京トヨタ自動車", "トヨタ", "ﾄﾖﾀ", "自動車", "車", "현대자동차", "현대",
         "Straße", "STRASSE", "Citroën", "Citroe\u0308n", "ŠKODA", "naïve", "ﬁle", "file", "x²", "Ⅳ", "№", "don't", "don’t",
         "e-mail", "e mail", "email", "AND", "NEAR", "or", "not", "A", "a*b", "C++", "3.1", "3,100,000", "100%", "cyber\u00adattack",
         "cyberattack", "İstanbul", "istanbul", "ΣΊΣΥΦΟΣ", "σίσυφος", "Москва", "москва", "ё", "е\u0308", "data", "breach",
         "data breach", "dealer", "dealers", "dealership", "the", "of", "the", "of", "snake_case", "it’s", "㍿", "株式会社",
         "𠮷野家", "吉野家", "ｶﾞ", "ガ", "々", "人々", "ー", "スーパー", "ไทย", "हिन्दी", "عربي", "🚗", "a\u200db", "ab"]
TIMES = ["2026-01-01T00:00:00Z", "2026-01-01T12:00:00Z", "2026-01-01T12:00:01Z", "2026-02-28T23:59:59Z", "2026-03-01T00:00:00Z"]
BRANDS = ["Toyota", "TOYOTA", "Lexus", "Škoda", "škoda", "日産"]


class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.ids = []

    def some(self, values, most):
        return [self.r.choice(values) for _ in range(self.r.randint(0, most))]

    def text(self, least, most):
        return " ".join(self.r.choice(WORDS) for _ in range(self.r.randint(least, most)))

    def evidence(self, sure=None):
        sure = sure or self.r.choices(SURE, [6, 4, 3, 2, 1])[0]
        who = {"name": self.r.choice(["Toyota", "A regulator"]), "class": self.r.choice(CLASSES)}
        return {"certainty": sure, "source": 1, "asserted_by": self.r.choice([None, who]),
                "asserted": self.r.choice([None, {"edtf": self.r.choice(DATES[:6])}]), "note": None, "quote": None}

    def organizations(self, n):
        ids = [f"org-{i:02d}" for i in range(n)]
        return [self.organization(i, ids) for i in ids]

    def organization(self, i, ids):
        r = self.r
        names = [{"name": self.text(1, 2), "lang": None, "type": r.choice(["alias", "former", "native", "misspelling"]),
                  "note": None} for _ in range(r.randint(0, 2))]
        # Several share a name but for case, or in full: their order then rests on the id.
        name = r.choice([f"Company {i[-2:]}", "Same Name", "same name", "SAME NAME", "Ärger", "Zebra", "日本 " + i, self.text(1, 2)])
        return {"id": i, "name": name, "kind": r.choice(KINDS), "country": r.choice(COUNTRIES), "region": None, "city": None,
                "brands": sorted(set(self.some(BRANDS, 2))), "sector": r.choice(SECTORS), "names": names, "website": None,
                "links": [self.tie(i, ids) for _ in range(r.choice([0, 0, 1, 1, 2]))],
                "modified": r.choice(TIMES), "sources": [{"n": 1, "title": "A page", "class": "press"}]}

    def tie(self, own, ids):
        r = self.r
        other = r.choice([i for i in ids if i != own])
        ended = r.random() < 0.2
        relation = r.choice(["owned_by", "owned_by", "supplied_by"]) if other < own else "supplied_by"  # no rings of owners
        return {"organization": {"id": other}, "relation": relation,
                "from": None, "until": {"edtf": "2015"} if ended else None, **self.evidence(r.choice(SURE[:4]))}

    def party(self, orgs):
        r = self.r
        if r.random() < 0.15:
            who = {"id": None, "name": self.text(1, 3), "kind": r.choice(KINDS)}
        else:
            who = {"id": r.choice(orgs)["id"]}
        return {"organization": who, "role": r.choice(ROLES), "count": None, **self.evidence()}

    def figure(self):
        r = self.r
        how = r.choice(["exact", "about", "at_least", "up_to", "between", "placeholder"])
        n = r.choice([0, 1, 500, 500, 501, 1000, 1000, 31000, 3100000, 2**40])
        figure = {"unit": r.choice(["people", "people", "accounts", "records", "vehicles", "dealers", "organizations", "files"]),
                  "qualifier": how, "scope": r.choice(["affected", "affected", "subset", "context", "attacker_claim"]),
                  "of": "things", **self.evidence()}
        if how == "between":
            return {**figure, "value": None, "min": n, "max": n + r.choice([0, 1, 500])}
        return {**figure, "value": n}

    def actor(self):
        i = self.r.choice(["apt32", "lockbit", "play"])
        return {"id": i, "name": i.upper(), "names": [], "kind": "group", **self.evidence()}

    def event(self):
        return {"date": {"edtf": self.r.choice(DATES)}, "kind": self.r.choice(EVENTS), "text": self.text(1, 6), **self.evidence()}

    def incident(self, i, orgs):
        r = self.r
        sources = [{"n": n + 1, "title": "A page", "class": c} for n, c in enumerate([r.choice(CLASSES)] + self.some(CLASSES, 2))]
        return {"id": i, "title": r.choice([self.text(1, 5), "Same title", "same TITLE"]), "summary": r.choice([None, self.text(1, 25)]),
                "status": r.choice(["claimed", "suspected", "confirmed", "disputed"]),
                "dataset": {"id": r.choice(["one", "two"]), "record": i}, "added": TIMES[0], "modified": r.choice(TIMES),
                "dates": [{"kind": r.choice(["occurred", "discovered", "contained", "notified", "disclosed"]),
                           "date": {"edtf": r.choice(DATES)}, **self.evidence()} for _ in range(r.randint(0, 4))],
                "parties": [self.party(orgs) for _ in range(r.randint(0, 4))],
                "figures": [self.figure() for _ in range(r.randint(0, 3))],
                "data_classes": [{"id": c, "text": None, **self.evidence()} for c in sorted(set(self.some(DATA, 3)))],
                "actors": [self.actor() for _ in range(r.choice([0, 0, 1, 2]))],
                "attack": [{"action": a, "variety": None, "vector": None, **self.evidence()} for a in self.some(ACTIONS, 2)],
                "timeline": [self.event() for _ in range(r.randint(0, 4))],
                "related": [], "sources": sources}

    def incidents(self, n, orgs):
        r = self.r
        made = [self.incident(r.choice(["a-", "b-", ""]) + f"{r.randrange(16**6):06x}-{i}", orgs) for i in range(n)]
        fates = [r.random() for _ in made]
        plain = [one["id"] for one, fate in zip(made, fates) if fate >= 0.2]
        for one, fate in zip(made, fates):
            if fate < 0.05:
                one["status"], one["withdrawn"] = "withdrawn", {"at": r.choice(TIMES), "reason": "An error.", "by": None}
            elif fate < 0.08:
                one["merged_into"] = r.choice(plain)
            elif fate < 0.2:
                one["related"] = [{"incident": {"id": r.choice(plain)}, "relation": "duplicate_of",
                                   **self.evidence("confirmed")}]
        return made


def make(seed, incidents, organizations=60):
    """A document of the native format."""
    maker = Maker(seed)
    orgs = maker.organizations(organizations)
    return {"datasets": [{"id": i, "title": f"Set {i}", "publisher": "nobody", "license": "CC0", "license_spdx": "CC0-1.0",
                          "license_url": "https://creativecommons.org/publicdomain/zero/1.0/", "credit": "nobody",
                          "url": None, "retrieved": None} for i in ("one", "two")],
            "organizations": orgs, "incidents": maker.incidents(incidents, orgs)}


if __name__ == "__main__":
    import sys
    json.dump(make(int(sys.argv[1]), int(sys.argv[2])), sys.stdout, ensure_ascii=False)
