#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What every page promises: drawings with their text, headings in order, words that lead to what they mean, facts that can be cited."""
import html.parser
import json
import re
import unittest

import daemon

TOKYO = "2019-03-toyota-japan-sales-subsidiaries"
VOIDS = {"meta", "link", "input"}
PAGES = ["/", "/incidents", "/incidents?q=toyota&disclosed=2019", f"/incidents/{TOKYO}", f"/incidents/{TOKYO}/timeline", "/dealers",
         "/dealers/toyota-tokyo-sales-holdings", "/organizations", "/organizations/cdk-global", "/timeline", "/statistics",
         "/statistics?by=country", "/statistics?by=action", "/statistics?by=data_class&country=JP", "/actors", "/data-classes",
         "/datasets", "/datasets/bundled", "/about"]


class Element:
    def __init__(self, tag, attrs, parent):
        self.tag, self.attrs, self.parent, self.parts = tag, attrs, parent, []

    @property
    def children(self):
        return [part for part in self.parts if isinstance(part, Element)]

    def all(self, *tags):
        for child in self.children:
            if not tags or child.tag in tags:
                yield child
            yield from child.all(*tags)

    def words(self):
        return "".join(part.words() if isinstance(part, Element) else part for part in self.parts)

    def of_class(self, name):
        return [e for e in self.all() if name in (e.attrs.get("class") or "").split()]


class Tree(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = self.at = Element("", {}, None)
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs), self.at)
        self.at.parts.append(element)
        if tag not in VOIDS:
            self.at = element

    def handle_endtag(self, tag):
        assert self.at.tag == tag, (self.at.tag, tag)
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.parts.append(data)


def percent(value):
    return float(value.removesuffix("%"))


class Drawings(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.served = daemon.Daemon().__enter__()
        cls.addClassCleanup(cls.served.close)
        cls.trees = {path: Tree(cls.body(path)).root for path in PAGES}

    @classmethod
    def body(cls, path):
        reply = cls.served.get(path, "Accept: text/html")
        assert reply.status == 200, (path, reply.status)
        return reply.body.decode()

    def data(self, path):
        return json.loads(self.served.get(path).body)

    def test_pictures_are_told_in_text(self):
        seen = 0
        for path, page in self.trees.items():
            ids = {e.attrs["id"] for e in page.all() if "id" in e.attrs}
            for svg in page.all("svg"):
                if svg.attrs.get("aria-hidden") == "true":
                    continue
                self.assertEqual(svg.attrs["role"], "img", path)
                self.assertLessEqual(set(svg.attrs["aria-labelledby"].split()), ids, path)
                self.assertEqual([e.tag for e in svg.children[:2]], ["title", "desc"], path)
                self.assertTrue(all(e.words() for e in svg.children[:2]), path)
                self.assertEqual(list(svg.all("a", "script", "style")), [])
                seen += 1
            self.assertEqual([e for e in page.all() if "style" in e.attrs or e.tag in ("script", "style")], [], path)
        self.assertGreater(seen, 12)

    def test_shapes_stay_within_their_picture(self):
        for path, page in self.trees.items():
            for svg in page.all("svg"):
                for rect in svg.all("rect"):
                    self.assertGreaterEqual(percent(rect.attrs["x"]), 0, path)
                    self.assertLessEqual(percent(rect.attrs["x"]) + percent(rect.attrs["width"]), 100.6, path)
                for text in svg.all("text"):
                    self.assertTrue(0 <= percent(text.attrs["x"]) <= 100, path)

    def test_headings_and_tables(self):
        for path, page in self.trees.items():
            levels = [int(e.tag[1]) for e in page.all("h1", "h2", "h3", "h4")]
            self.assertEqual(levels.count(1), 1, path)
            self.assertEqual(levels[0], 1, path)
            self.assertTrue(all(b <= a + 1 for a, b in zip(levels, levels[1:])), (path, levels))
            for table in page.all("table"):
                self.assertEqual(table.children[0].tag, "caption", path)
                self.assertTrue(table.children[0].words(), path)
            self.assertEqual(next(page.all("a")).attrs["href"], "#main", path)

    def test_every_word_leads_to_its_definition(self):
        defined = {e.attrs["id"] for e in self.trees["/about"].all() if "id" in e.attrs}
        words = {}
        for path, page in self.trees.items():
            for link in page.all("a"):
                address, _, fragment = link.attrs["href"].partition("#")
                if address == "/about" and fragment:
                    self.assertIn(fragment, defined, (path, link.words()))
                    words[fragment] = link.words()
                elif not address:
                    self.assertTrue(any(e.attrs.get("id") == fragment for e in page.all()), (path, fragment))
        for wanted in ("status-confirmed", "exposure-suspected", "certainty-claimed", "role-breached", "scope-affected",
                       "data-class-names", "action-hacking", "date-kind-disclosed", "event-kind-statement", "org-kind-dealer",
                       "source-class-company", "qualifier-up-to", "relation-possible-link", "actor-kind-state"):
            self.assertIn(wanted, words)

    def test_every_fact_has_its_address(self):
        page, record = self.trees[f"/incidents/{TOKYO}"], self.data(f"/incidents/{TOKYO}.json")["data"]
        anchors = [link.attrs["href"][1:] for link in page.of_class("anchor")]
        self.assertEqual(len(anchors), len(set(anchors)))
        facts = ("dates", "parties", "figures", "data_classes", "actors", "attack", "timeline", "related", "caveats", "conflicts",
                 "sources")
        self.assertEqual(len(anchors), sum(len(record[name]) for name in facts))
        for wanted in [f"figure-{f['id']}" for f in record["figures"]] + [e["id"] for e in record["timeline"]]:
            self.assertIn(wanted, anchors)

    def test_ceilings_and_counts_have_axes_of_their_own(self):
        drawn = set()
        for page in self.trees.values():
            for svg in page.all("svg"):
                marks = {c for e in svg.all("rect") for c in (e.attrs.get("class") or "").split()}
                self.assertFalse(marks & {"ceiling", "range"} and marks & {"exact", "about", "floor"}, svg.words())
                drawn |= marks
        self.assertLessEqual({"ceiling", "exact", "about", "within", "lasted", "median", "box-may"}, drawn)
        figures = [svg for svg in self.trees[f"/incidents/{TOKYO}"].all("svg")
                   if svg.attrs.get("aria-labelledby", "").startswith("figures-people")]
        self.assertEqual(len(figures), 2)
        self.assertTrue(all("Claimed: " in svg.words() and "says " in svg.words() for svg in figures))

    def test_columns_are_as_high_as_their_years(self):
        years = self.data("/index.json")["data"]["by_year"]
        columns = {}
        for rect in self.trees["/"].all("rect"):
            tip = re.match(r"(\d+): ([\d,]+) incident", rect.words())
            if tip:
                columns[tip[1]] = (int(tip[2]), float(rect.attrs["height"].removesuffix("em")))
        self.assertEqual({y["value"]: y["incidents"] for y in years if y["value"]}, {k: v[0] for k, v in columns.items()})
        most = max(columns.values())
        for n, height in columns.values():
            self.assertAlmostEqual(height, most[1] * n / most[0], delta=0.02)

    def test_bars_are_as_long_as_their_counts(self):
        svg = next(s for s in self.trees["/statistics?by=action"].all("svg") if "incidents-drawing" in s.attrs.get("aria-labelledby", ""))
        counts = [int(e.words().strip().replace(",", "")) for e in svg.of_class("value")]
        groups = self.data("/statistics.json?by=action")["data"]["groups"]
        known = [g["incidents"] for g in groups if g["value"]]
        self.assertEqual(counts, sorted(known, reverse=True) + [g["incidents"] for g in groups if not g["value"]])
        for n, rect in zip(counts, svg.all("rect"), strict=True):
            self.assertAlmostEqual(percent(rect.attrs["width"]), max(94 * n / max(counts), 0.3), delta=0.02)
        unknown = [rect.attrs["class"] for rect in svg.all("rect")][-1]
        self.assertEqual(unknown == "unknown", groups[-1]["value"] is None)

    def test_the_largest_groups_are_drawn(self):
        """Sectors stand in the order of their numbers; what is drawn of them does not."""
        groups = self.data("/statistics.json?by=sector")["data"]["groups"]
        page = Tree(self.body("/statistics?by=sector")).root
        svg = next(s for s in page.all("svg") if "incidents-drawing" in s.attrs.get("aria-labelledby", ""))
        counts = [int(e.words().strip().replace(",", "")) for e in svg.of_class("value")]
        known = sorted((g["incidents"] for g in groups if g["value"]), reverse=True)[:11]
        self.assertEqual(counts, known + [g["incidents"] for g in groups if not g["value"]])

    def test_a_record_says_how_it_is_cited(self):
        catalogue = self.data("/index.json")["catalogue"]
        for path in (f"/incidents/{TOKYO}", "/dealers/toyota-tokyo-sales-holdings"):
            page = self.trees[path]
            cite = next(e for e in page.all("section") if e.attrs.get("id") == "cite")
            title = next(page.all("h1")).words()
            canonical = next(e for e in page.all("link") if e.attrs["rel"] == "canonical").attrs["href"]
            for part in (title, catalogue["id"][:12], canonical, f"urldate      = {{{catalogue['built'][:10]}}}", "@misc{breachd-"):
                self.assertIn(part, cite.words())

    def test_dates_of_each_kind_are_asked_for(self):
        names = {e.attrs.get("name") for e in self.trees["/incidents"].all("input", "select")}
        kinds = {"occurred", "discovered", "contained", "notified", "disclosed"}
        self.assertLessEqual(kinds | {"date", "match", "modified_since", "source_class", "role"}, names)
        for kind in kinds:
            want = self.data(f"/incidents.json?{kind}=2019")["total"]
            self.assertEqual(self.served.get(f"/incidents?{kind}=2019", "Accept: text/html")["X-Total-Count"], str(want))

    def test_an_organisation_says_how_its_incidents_come_to_it(self):
        row = self.data("/dealers/toyota-tokyo-sales-holdings.json")["data"]
        totals = self.trees["/dealers/toyota-tokyo-sales-holdings"].of_class("totals")[0]
        self.assertIn(f"{row['incidents']['own']} incident of its own", totals.words())
        for link in totals.all("a"):
            self.assertEqual(self.served.get(link.attrs["href"]).status, 200)


if __name__ == "__main__":
    daemon.main()
