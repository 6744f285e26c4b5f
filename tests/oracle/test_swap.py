#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A walk through a list, in the midst of which another catalogue takes over: it goes on at the same place.

The place is the last row seen, by what it was sorted by when it was seen: all rows of the new catalogue that stand behind
that place follow, in the new order, whatever became of the row itself; on the way back all that stand before it.
"""
import os
import pathlib
import random
import shutil
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "blackbox"))

import answers  # noqa: E402
import awkward  # noqa: E402
import compare  # noqa: E402
import daemon  # noqa: E402
import lists  # noqa: E402
import questions  # noqa: E402
import service  # noqa: E402
from records import Catalogue  # noqa: E402

SORTS = questions.SORTS
STEP = 20
# What a row is sorted by, of incidents and of organisations.
KEYS = {"date": lambda x: x.order, "affected": lambda x: answers.number(x, "any"), "modified": lambda x: x.modified,
        "title": lambda x: x.title, "name": lambda x: x.name, "incidents": lambda x: x.incidents}


def changed(document, seed):
    """The same with a tenth of the incidents gone, a tenth new, and a third with other titles, dates, figures and times."""
    r = random.Random(seed)
    other = {one["id"]: one for one in awkward.make(seed, len(document["incidents"]))["incidents"]}
    new = [one for one in other.values() if r.random() < 0.1]
    kept = [one for one in document["incidents"] if r.random() < 0.9]
    for one in kept:
        if r.random() < 0.3:
            like = r.choice(list(other.values()))
            for member in ("title", "dates", "figures", "modified"):
                one[member] = like[member]
    ids = {one["id"] for one in kept + new}
    for one in kept + new:
        if one.get("merged_into", one["id"]) not in ids:
            del one["merged_into"]
        one["related"] = [to for to in one["related"] if to["incident"]["id"] in ids]
    return {**document, "incidents": kept + new}


class Swap(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        at = pathlib.Path(cls.folder.name)
        document = awkward.make(11, 700)
        cls.files = [service.catalogue(at / "one.db", [service.written(at / "one.json", document)]),
                     service.catalogue(at / "two.db", [service.written(at / "two.json", changed(document, 12))])]
        cls.served = at / "served.db"
        cls.known = [cls.exported(file) for file in cls.files]
        shutil.copy(cls.files[0], cls.served)
        cls.d = daemon.Daemon(catalogue=str(cls.served))
        cls.service = compare.Service(cls.d)

    @staticmethod
    def exported(file):
        with daemon.Daemon(catalogue=file) as running:
            asked = compare.Service(running)
            path = service.export(asked, pathlib.Path(file + ".ndjson"))
            asked.close()
        return Catalogue(path)

    @classmethod
    def tearDownClass(cls):
        cls.service.close()
        cls.d.close()
        cls.folder.cleanup()

    @classmethod
    def serve(cls, which):
        """Puts that catalogue in the place of the other, and returns when it is in service."""
        shutil.copy(cls.files[which], str(cls.served) + ".new")
        os.rename(str(cls.served) + ".new", cls.served)
        cls.d.signal(daemon.signal.SIGHUP)
        patience = time.monotonic() + daemon.PATIENCE
        while cls.service.json("/version")[0]["catalogue"]["id"] != cls.known[which].identity:
            assert time.monotonic() < patience, cls.d.lines
            time.sleep(0.01)

    def walk(self, url, way):
        """The pages behind URL, one way: (ids in the order of the list, what each said of a change)."""
        ids, said = [], []
        while url:
            page, _ = self.service.json(url)
            told = [row["id"] for row in page["data"]]
            ids = told + ids if way == "prev" else ids + told
            said.append(page["page"]["catalogue_changed"])
            url = page["page"][way]
        return ids, said

    def across(self, path, question, rows):
        """ROWS gives the things that a catalogue lists, in order."""
        self.serve(0)
        url = questions.url(path, question, limit=STEP)
        first, _ = self.service.json(url)
        second, _ = self.service.json(first["page"]["next"])
        old = {thing.id: thing for thing in rows(self.known[0])}
        last, start = old[second["data"][-1]["id"]], old[second["data"][0]["id"]]
        self.serve(1)
        ahead, said = self.walk(second["page"]["next"], "next")
        self.assertEqual(ahead, self.beside(rows, last, question["sort"][0])[1], url)
        self.assertEqual(said, [True] + [False] * (len(said) - 1), url)
        back, said = self.walk(second["page"]["prev"], "prev")
        self.assertEqual(back, self.beside(rows, start, question["sort"][0])[0], url)
        self.assertTrue(said[0], url)

    def beside(self, rows, place, sort):
        """Ids before and behind PLACE, an old row, in the new catalogue; itself too where it has moved."""
        order = rows(self.known[1], place)
        at = order.index(place)
        value = KEYS[sort.lstrip("-")]
        order = [None if i.id == place.id and value(i) == value(place) else i.id for i in order]
        return [i for i in order[:at] if i], [i for i in order[at + 1:] if i]

    def test_incidents(self):
        for sort in SORTS:
            question = {"sort": [sort], "unit": ["any"]} if "affected" in sort else {"sort": [sort]}

            def rows(known, extra=None, question=question):
                found = answers.chosen(known, answers.matches(known, question))
                return answers.ORDERS[question["sort"][0]](found + ([extra] if extra else []), question)
            with self.subTest(sort):
                self.across("/incidents.json", question, rows)

    def test_organizations(self):
        for sort in ("name", "-incidents", "-date"):
            def rows(known, extra=None, sort=sort):
                return lists.ordered(list(known.organizations.values()) + ([extra] if extra else []), sort)
            with self.subTest(sort):
                self.across("/organizations.json", {"sort": [sort]}, rows)


if __name__ == "__main__":
    daemon.main()
