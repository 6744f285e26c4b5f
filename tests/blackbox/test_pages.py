#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lists as people use them: facets, orders, filters that are taken back, forms, pages; each link is followed."""
import html.parser
import json
import re
import unittest
import urllib.parse

import daemon

LISTS = {
    "/incidents": ["", "?country=JP&year=2019,2020", "?status=confirmed&year=2019&sort=title", "?q=toyota",
                   "?country=none", "?organization=toyota-tokyo-sales-holdings&reach=all"],
    "/dealers": ["", "?q=toyo*", "?country=JP&sort=-incidents"],
    "/organizations": ["", "?kind=automaker,supplier&sort=-date"],
    "/timeline": ["", "?kind=disclosure&date=2019", "?incident=2019-03-toyota-vietnam"],
}
TARGETS = [path + query for path, queries in LISTS.items() for query in queries]

# What nobody should be able to make a page of.
HOSTILE = ["<script>alert(1)</script>", "\" onfocus=\"alert(1)", "'><b>x", "\U0001f697 toyota", "\u202etoyota", "تويوتا",
           "&lt;b&gt; x", "%3Cb%3E x", "a" * 200]

VOIDS = {"meta", "link", "input"}


class Page(html.parser.HTMLParser):
    """A page: whether its elements close in order, and its links and fields by the part they stand in."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.links, self.fields, self.faults, self.counts = [], [], [], [], {}
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> stays open" for tag, _ in self.open]

    def _inside(self, name):
        return any(name in (attrs.get("class") or "").split() for _, attrs in self.open)

    def _facet(self):
        return next((a["id"] for _, a in self.open if a.get("class") == "facet"), None)

    def handle_starttag(self, tag, attrs):
        attrs = {k: v if v is not None else "" for k, v in attrs}
        if tag in ("script", "style") or any(k.startswith("on") or k == "style" for k in attrs):
            self.faults.append(f"<{tag}> {attrs}")
        if tag not in VOIDS:
            self.open.append((tag, attrs))
        if tag == "a" and not attrs["href"].startswith("#"):
            part = next((p for p in ("help", "facet", "filters", "orders", "paging", "advice") if self._inside(p)), None)
            self.links.append({"href": attrs["href"], "part": part, "facet": self._facet(), "text": "",
                               "current": "aria-current" in attrs, "more": self._inside("more"),
                               "remove": attrs.get("class") == "remove"})
        if tag in ("input", "select") and self._inside("filter"):
            self.fields.append({"name": attrs["name"], "value": attrs.get("value", ""), "id": attrs.get("id"),
                                "type": attrs.get("type", tag), "options": []})
        if tag == "option":
            self.fields[-1]["options"].append(attrs["value"])

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            self.faults.append(f"</{tag}> in {[t for t, _ in self.open]}")
        else:
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1][1].get("class") == "count":
            self.links[-1]["count"] = int(data.replace(",", ""))
        elif self.links and any(tag == "a" for tag, _ in self.open):
            self.links[-1]["text"] += data

    def of(self, part):
        return [link for link in self.links if link["part"] == part]


def query_of(target):
    return urllib.parse.parse_qs(urllib.parse.urlsplit(target).query)


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.served = cls.enterClassContext(daemon.Daemon()) if hasattr(cls, "enterClassContext") else None
        if not cls.served:
            cls.served = daemon.Daemon().__enter__()
            cls.addClassCleanup(cls.served.close)
        cls.known = {}

    def page(self, target):
        """The page at TARGET, which must be there and well-formed, and the total of its list."""
        target = target.split("#")[0]
        if target not in self.known:
            reply = self.served.get(target, "Accept: text/html")
            self.assertEqual(reply.status, 200, target)
            page = Page(reply.body.decode())
            self.assertEqual(page.faults, [], target)
            self.known[target] = page, int(reply["X-Total-Count"] or -1)
        return self.known[target]

    def test_facets_lead_to_what_they_count(self):
        followed = 0
        for target in TARGETS:
            page, total = self.page(target)
            for link in page.of("facet"):
                name = (link["facet"] or "").removeprefix("facet-").replace("-", "_")
                if link["more"]:
                    self.page(link["href"])
                elif link["current"]:
                    self.assertNotEqual(query_of(link["href"]).get(name), query_of(target)[name], link)
                    self.page(link["href"])
                elif name not in query_of(target):
                    self.assertEqual(self.page(link["href"])[1], link["count"], (target, link))
                    self.assertLessEqual(link["count"], total)
                else:  # beside others: all of both, some perhaps in both
                    self.assertLessEqual(self.page(link["href"])[1], total + link["count"], (target, link))
                followed += 1
        self.assertGreater(followed, 100)

    def test_facets_as_data_are_exact_whatever_is_in_force(self):
        asked = "facet=country,sector,action,actor,data_class,status,exposure,dataset,year,party_kind,organization"
        for query in LISTS["/incidents"]:
            target = f"/incidents.json{query}{'&' if query else '?'}{asked}&facet_limit=6"
            facets = json.loads(self.served.get(target).body)["facets"]
            self.assertEqual(len(facets), 11)
            for name, values in facets.items():
                self.assertLessEqual(len(values), 7)
                for value in values:
                    answer = json.loads(self.served.get(value["url"]).body)
                    self.assertEqual(answer["total"], value["count"], (target, name, value))
                    self.assertNotIn("facets", answer)

    def test_years_stand_latest_first(self):
        page, _ = self.page("/incidents")
        years = [link["text"] for link in page.of("facet") if link["facet"] == "facet-year" and not link["more"]]
        self.assertEqual(len(years), 8)
        newest = json.loads(self.served.get("/incidents.json?limit=1").body)["data"][0]["date"]["latest"][:4]
        self.assertEqual(years, sorted(years, reverse=True))
        self.assertEqual(years[0], newest)
        facets = json.loads(self.served.get("/incidents.json?facet=year&facet_limit=200").body)["facets"]["year"]
        oldest = min((value for value in facets if value["value"]), key=lambda value: value["value"])
        page, _ = self.page(oldest["url"].replace(".json", ""))
        chosen = [link for link in page.of("facet") if link["current"]]
        self.assertEqual([(link["text"].split()[0], link["count"]) for link in chosen],
                         [(oldest["value"], oldest["count"])])

    def test_each_filter_is_said_and_can_be_removed(self):
        removed = 0
        for target in TARGETS:
            data = json.loads(self.served.get(target.replace("?", ".json?") if "?" in target else target + ".json").body)
            page, _ = self.page(target)
            links = [link for link in page.of("filters") if link["remove"]]
            self.assertEqual(len(links), len(data["query"]["filters"]), target)
            for link, said in zip(links, data["query"]["filters"]):
                without = json.loads(self.served.get(said["remove"]).body)
                self.assertEqual(self.page(link["href"])[1], without["total"], (target, said))
                kept = [(f["name"], f["value"]) for f in without["query"]["filters"]]
                self.assertNotIn((said["name"], said["value"]), kept)
                removed += 1
            if len(links) > 1:
                all_of_them = page.of("filters")[-1]
                self.assertEqual((all_of_them["text"], all_of_them["href"]), ("Remove all", target.split("?")[0]))
        self.assertGreater(removed, 10)

    def test_orders_answer_and_the_present_one_is_marked(self):
        for target in TARGETS:
            page, total = self.page(target)
            for link in page.of("orders"):
                ordered, found = self.page(link["href"])
                self.assertEqual(found, total, link)
                marked = [other["text"] for other in ordered.of("orders") if other["current"]]
                self.assertEqual(marked, [link["text"]], (target, link))

    def test_forms_hold_only_what_is_accepted(self):
        for target in TARGETS:
            page, _ = self.page(target)
            path = target.split("?")[0]
            present = [(f["name"], f["value"]) for f in page.fields if f["type"] not in ("checkbox", "select")]
            for values in [[]] + [[(f["name"], v)] for f in page.fields for v in (f["options"] or [f["value"]])[:12]]:
                filled = {**dict(present), **dict(values)}
                reply = self.served.get(f"{path}?{urllib.parse.urlencode(filled)}", "Accept: text/html")
                self.assertEqual(reply.status, 200, (target, filled))
            labelled = [f["name"] for f in page.fields if f["type"] != "hidden" and not f["id"]]
            self.assertEqual(labelled, [])

    def test_a_form_keeps_what_it_does_not_show(self):
        page, _ = self.page("/incidents?country=JP&year=2019,2020&sort=title&limit=7")
        hidden = {f["name"]: f["value"] for f in page.fields if f["type"] == "hidden"}
        self.assertEqual(hidden, {"country": "JP", "year": "2019,2020", "sort": "title", "limit": "7"})

    def test_pages_keep_order_and_filters(self):
        target, seen = "/incidents?status=confirmed&sort=title&limit=7", []
        while target:
            page, total = self.page(target)
            seen += [link["href"] for link in page.links if re.fullmatch(r"/incidents/[^/?#]+", link["href"])]
            onward = [link["href"] for link in page.of("paging") if link["text"] == "Next page"]
            target = onward[0] if onward else None
            if target:
                self.assertEqual(query_of(target)["sort"], ["title"])
        self.assertEqual(len(set(seen)), total)

    def test_every_link_of_a_list_answers(self):
        links = {link["href"].split("#")[0] for target in TARGETS for link in self.page(target)[0].links}
        for link in sorted(link for link in links if link.startswith("/")):
            status = self.known[link][0] and 200 if link in self.known else self.served.get(link).status
            self.assertIn(status, (200, 307, 308), link)
        self.assertGreater(len(links), 200)

    def test_whole_records_are_for_data(self):
        rows = json.loads(self.served.get("/incidents.json?country=JP").body)["data"]
        whole = json.loads(self.served.get("/incidents.json?country=JP&detail=full").body)["data"]
        for row, record in zip(rows, whole, strict=True):
            self.assertEqual(record, json.loads(self.served.get(row["url"]).body)["data"])
            self.assertEqual({k: v for k, v in record.items() if k in row and k != "data_classes"},
                             {k: v for k, v in row.items() if k != "data_classes"})
        self.assertEqual(self.page("/incidents?country=JP&detail=full")[1], len(rows))

    def test_hostile_texts_stay_texts(self):
        for path in LISTS:
            for text in HOSTILE:
                target = f"{path}?{urllib.parse.urlencode({'q': text})}"
                reply = self.served.get(target, "Accept: text/html")
                self.assertIn(reply.status, (200, 400), target)
                body = reply.body.decode()
                self.assertEqual(Page(body).faults, [], target)
                self.assertNotIn("<script", body)
                self.assertNotIn("<b>", body)
                self.assertNotIn("\u202e", body)

    def test_an_empty_list_says_what_to_drop(self):
        page, total = self.page("/incidents?country=JP&year=1999")
        self.assertEqual(total, 0)
        advice = {link["text"]: self.page(link["href"])[1] for link in page.of("advice")}
        self.assertEqual(list(advice), ["Without year 1999"])
        self.assertGreater(advice["Without year 1999"], 0)

    def test_a_slip_of_the_pen_finds_what_begins_so(self):
        page, total = self.page("/dealers?q=tokyo+toyopett")
        self.assertEqual(total, 0)
        found = [(link["text"], self.page(link["href"])[1]) for link in page.of("advice")]
        self.assertEqual([text for text, _ in found],
                         ["With the text “tokyo”", "With the text “toyopet*”", "Without text “tokyo toyopett”"])
        self.assertTrue(all(n > 0 for _, n in found), found)


if __name__ == "__main__":
    daemon.main()
