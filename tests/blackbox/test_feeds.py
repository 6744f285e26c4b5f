#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Feeds and calendars, read by programs that other people read them with, say what the same lists say as JSON.

Debian's own Python, as the readers are its packages.
"""
import datetime
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
import urllib.parse
from xml.etree import ElementTree

import feedparser
import icalendar

import daemon
from daemon import Daemon, request

ATOM = "{http://www.w3.org/2005/Atom}"
ORIGIN = "http://breaches.test"  # what the requests' Host says
LIMIT_FEED, LIMIT_DAYS = 50, 31

# What breaks careless writers and readers: what has a meaning in XML or iCalendar, lines, characters that must not be cut.
HOSTILE = "日本のトヨタ販売店、個人情報流出の可能性。" * 5 + "\U0001f697\U0001f697 a, b; c\\d <p>&amp;\"' ]]> é" * 3
EVENTS = [
    {"date": {"edtf": "2024-02"}, "kind": "leak", "text": "Zeile eins\nZeile zwei, mit; allem\\\n\n" + HOSTILE, "certainty": "claimed"},
    {"date": {"edtf": "2024-03-01~"}, "kind": "statement", "text": "about a day", "certainty": "confirmed", "quote": "not \"sure\", they say"},
    {"date": {"edtf": "2023-11-20/2024-01-15"}, "kind": "intrusion", "text": "lasted", "certainty": "suspected"},
    {"date": {"edtf": "2023"}, "kind": "other", "text": "some time that year", "certainty": "claimed"},
    {"date": {"edtf": "2023-11-20/.."}, "kind": "other", "text": "open", "certainty": "claimed"},
]
RECORD = {"id": "hostile", "title": "Händler, Söhne & Co; " + HOSTILE[:150].strip(), "summary": "Line one\nLine two " + HOSTILE,
          "status": "claimed", "dataset": {"id": "bundled"}, "timeline": EVENTS}
OTHER = {"id": "other", "title": "Other", "status": "claimed", "dataset": {"id": "bundled"}}

FEEDS = ["/incidents.atom", "/incidents.atom?country=JP&year=2019,2020", "/incidents.atom?q=toyota",
         "/incidents.atom?organization=cdk-global,toyota-motor-corporation&reach=all", "/incidents.atom?country=none",
         "/incidents.atom?status=withdrawn", "/timeline.atom", "/timeline.atom?kind=lawsuit,settlement",
         "/timeline.atom?incident=hostile", "/dealers/tokyo-toyopet.atom", "/organizations/toyota-motor-corporation.atom"]
CALENDARS = ["/timeline.ics", "/timeline.ics?date=2019&kind=disclosure", "/timeline.ics?incident=hostile",
             "/incidents/hostile/timeline.ics", "/incidents/2019-03-toyota-japan-sales-subsidiaries/timeline.ics"]


def build(folder, records, *options):
    """A catalogue of the bundled records and these, taking over from the one that is there."""
    extra, path = os.path.join(folder, "extra"), os.path.join(folder, "catalogue.db")
    os.makedirs(extra, exist_ok=True)
    with open(os.path.join(extra, "records.json"), "w", encoding="utf-8") as f:
        json.dump({"incidents": records}, f)
    done = subprocess.run([os.environ["TEST_BREACHCTL"], "import", "--output", path, *options, os.environ["TEST_RECORDS"], extra],
                          env=daemon.environment(), capture_output=True, text=True, timeout=daemon.PATIENCE * 4, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return path


def suffix(target, new):
    return re.sub(r"\.\w+(?=\?|$)", new, target, count=1)


def rows(d, target):
    """All rows of a list."""
    found = []
    while target:
        page = json.loads(d.get(target).body)
        found += page["data"]
        target = page.get("page", {}).get("next")
    return found


def text_of(entry):
    return "".join(entry.find(ATOM + "content").itertext())


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.d = Daemon("--contact", "mailto:desk@breaches.test", catalogue=build(folder.name, [RECORD], "--built", "2030-01-01T00:00:00Z"))
        cls.addClassCleanup(cls.d.close)

    def get(self, target):
        reply = self.d.get(target)
        self.assertEqual(reply.status, 200, target)
        return reply


class Atom(Case):
    def test_every_feed_is_as_rfc_4287_wants_it(self):
        for target in FEEDS:
            with self.subTest(target):
                reply = self.get(target)
                self.assertEqual(reply["Content-Type"], "application/atom+xml; charset=utf-8")
                self.check_feed(ElementTree.fromstring(reply.body), target)

    def check_feed(self, feed, target):
        self.assertEqual(feed.tag, ATOM + "feed")
        self.check_common(feed)
        links = [(link.get("rel"), link.get("type"), link.get("href")) for link in feed.findall(ATOM + "link")]
        own = [href for rel, _, href in links if rel == "self"]
        self.assertEqual([urllib.parse.unquote(u) for u in own], [ORIGIN + target])
        self.assertEqual(feed.findtext(f"{ATOM}author/{ATOM}email"), "desk@breaches.test")
        entries = feed.findall(ATOM + "entry")
        self.assertEqual(len({e.findtext(ATOM + "id") for e in entries}), len(entries))
        updated = [e.findtext(ATOM + "updated") for e in entries]
        self.assertEqual(updated, sorted(updated, reverse=True))
        if entries:
            self.assertEqual(feed.findtext(ATOM + "updated"), updated[0])
        for e in entries:
            self.check_common(e)
            self.assertEqual(e.find(ATOM + "content").get("type"), "xhtml")
            self.assertEqual([c.tag for c in e.find(ATOM + "content")], ["{http://www.w3.org/1999/xhtml}div"])
        for _, _, href in links + [(None, None, link.get("href")) for link in feed.iter(ATOM + "link")]:
            self.assertRegex(href, r"^https?://")

    def check_common(self, element):
        """What a feed and an entry have to have, once each, and what must not repeat."""
        for name in ("id", "title", "updated"):
            self.assertEqual(len(element.findall(ATOM + name)), 1, name)
        self.assertRegex(element.findtext(ATOM + "id"), r"^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
        for name in ("updated", "published"):
            for at in element.findall(ATOM + name):
                datetime.datetime.strptime(at.text, "%Y-%m-%dT%H:%M:%SZ")
        alternates = [(link.get("type"), link.get("hreflang")) for link in element.findall(ATOM + "link") if link.get("rel") == "alternate"]
        self.assertEqual(len(alternates), len(set(alternates)))
        self.assertIn(("text/html", None), alternates)
        self.assertLessEqual(len(element.findall(ATOM + "rights")), 1)

    def test_feeds_hold_what_changed_last(self):
        for target in FEEDS:
            parts = urllib.parse.urlsplit(target)
            if parts.path.startswith("/timeline"):
                continue
            listed = target
            if parts.path.startswith(("/dealers/", "/organizations/")):
                listed = f"/incidents.atom?organization={parts.path.split('/')[2].removesuffix('.atom')}&reach=all"
            with self.subTest(target):
                query = urllib.parse.urlsplit(listed).query
                want = rows(self.d, f"/incidents.json?{query}&sort=-date&limit=200")
                want = sorted(want, key=lambda r: r["modified"], reverse=True)[:LIMIT_FEED]
                self.check_entries(target, want)

    def check_entries(self, target, want):
        parsed = feedparser.parse(self.get(target).body)
        self.assertFalse(parsed.bozo, parsed.get("bozo_exception"))
        self.assertEqual([e.title for e in parsed.entries], [r["title"] for r in want])
        self.assertEqual([(e.updated, e.published) for e in parsed.entries], [(r["modified"], r["added"]) for r in want])
        self.assertEqual([e.link for e in parsed.entries], [ORIGIN + r["html_url"] for r in want])
        for e, r in zip(ElementTree.fromstring(self.get(target).body).findall(ATOM + "entry"), want):
            text, affected = text_of(e), r["affected"]
            self.assertIn(r["summary"] or "", text)
            if affected and affected["asserted_by"]:
                self.assertRegex(text, rf"(?i){affected['certainty']}: .*{re.escape(affected['asserted_by']['name'])}")
            terms = {c.get("term") for c in e.findall(ATOM + "category")}
            self.assertLessEqual({r["status"], r["exposure"], *r["actions"], *(c["id"] for c in r["data_classes"])}, terms)
            for v in r.get("via") or []:
                self.assertIn(v["name"], text)

    def test_events_of_what_changed_last(self):
        incidents = sorted(rows(self.d, "/incidents.json?sort=-date&limit=200"), key=lambda r: r["modified"], reverse=True)
        place = {r["id"]: i for i, r in enumerate(incidents)}
        for target in (t for t in FEEDS if t.startswith("/timeline")):
            with self.subTest(target):
                listed = suffix(target, ".json")
                want = rows(self.d, listed + ("&" if "?" in listed else "?") + "limit=200")
                want = sorted(want, key=lambda e: place[e["incident"]["id"]])[:LIMIT_FEED]
                parsed = feedparser.parse(self.get(target).body)
                self.assertFalse(parsed.bozo, parsed.get("bozo_exception"))
                self.assertEqual([e.link for e in parsed.entries], [ORIGIN + x["html_url"] for x in want])
                for e, x in zip(ElementTree.fromstring(self.get(target).body).findall(ATOM + "entry"), want):
                    self.assertTrue(e.findtext(ATOM + "title").endswith(x["incident"]["title"]))
                    self.assertIn(f"{x['certainty'].capitalize()}: {x['text']}", text_of(e))
                    self.assertIsNone(e.find(ATOM + "published"))

    def test_order_and_page_mean_nothing(self):
        plain = self.get("/incidents.atom?country=JP")
        page = json.loads(self.get("/incidents.json?country=JP&sort=title&limit=2").body)
        for target in (suffix(page["page"]["next"], ".atom"), "/incidents.atom?country=jp&limit=1&facet=year&detail=full"):
            other = self.get(target)
            self.assertEqual((other.body, other["ETag"]), (plain.body, plain["ETag"]))

    def test_a_page_leads_to_its_feed(self):
        for path, feeds in {"/incidents?country=JP&sort=title&limit=2": ["/incidents.atom?country=JP"],
                            "/timeline?kind=leak": ["/timeline.atom?kind=leak", "/timeline.ics?kind=leak"],
                            "/dealers/tokyo-toyopet": ["/dealers/tokyo-toyopet.atom"],
                            "/incidents/hostile/timeline": ["/incidents/hostile/timeline.ics"]}.items():
            reply = self.get(path)
            for feed in feeds:
                kind = "application/atom+xml" if ".atom" in feed else "text/calendar"
                self.assertIn(f'<link rel="alternate" type="{kind}" href="{feed}">', reply.body.decode())
                self.assertIn(f'<a type="{kind}" href="{feed}">', reply.body.decode())
                self.assertIn(f'<{feed}>; rel="alternate"; type="{kind}"', reply["Link"])
                self.get(feed)
        self.assertEqual(self.d.get("/dealers.atom").status, 404)
        self.assertEqual(self.d.get("/incidents.ics").status, 404)
        self.assertEqual(self.d.get("/incidents", "Accept: application/atom+xml").status, 406)


class Calendar(Case):
    def test_lines(self):
        for target in CALENDARS:
            with self.subTest(target):
                reply = self.get(target)
                self.assertEqual(reply["Content-Type"], "text/calendar; charset=utf-8")
                self.assertTrue(reply.body.endswith(b"END:VCALENDAR\r\n"))
                self.assertEqual(reply.body.count(b"\n"), reply.body.count(b"\r\n"))
                for line in reply.body.split(b"\r\n"):
                    self.assertLessEqual(len(line), 75)
                    line.decode()  # no character is cut
                    self.assertNotRegex(line, rb"[\x00-\x08\x0b-\x1f\x7f]")

    def test_events_are_those_of_the_list(self):
        for target in CALENDARS:
            with self.subTest(target):
                listed = suffix(target, ".json")
                query = ("&" if "?" in listed else "?") + "limit=200" if listed.startswith("/timeline") else ""
                items = rows(self.d, listed + query)
                want = {ORIGIN + x["html_url"]: x for x in items if self.is_shown(x["date"])}
                calendar = icalendar.Calendar.from_ical(self.get(target).body)
                self.check_calendar(calendar, target, len(items) - len(want))
                events = calendar.walk("VEVENT")
                self.assertEqual({str(e["URL"]) for e in events}, set(want))
                self.assertEqual(len({str(e["UID"]) for e in events}), len(events))
                for e in events:
                    self.check_event(e, want[str(e["URL"])])

    @staticmethod
    def is_shown(date):
        """Known to within a month, or from one such date to another."""
        def days(earliest, latest):
            return (datetime.date.fromisoformat(latest) - datetime.date.fromisoformat(earliest)).days + 1
        if not date or not date["earliest"] or not date["latest"]:
            return False
        ends = date["edtf"].split("/")
        if len(ends) == 1:
            return days(date["earliest"], date["latest"]) <= LIMIT_DAYS
        return all(len(end.strip("~?%")) > len("2019") for end in ends)

    def check_calendar(self, calendar, target, left_out):
        self.assertEqual(calendar["VERSION"], "2.0")
        self.assertEqual(urllib.parse.unquote(str(calendar["SOURCE"])), ORIGIN + target)
        self.assertEqual(str(calendar["NAME"]), str(calendar["X-WR-CALNAME"]))
        self.assertIn("REFRESH-INTERVAL", calendar)
        if left_out:
            self.assertIn(f"how little is known of their dates: {left_out}.", str(calendar["X-WR-CALDESC"]))

    def check_event(self, event, item):
        date, title = item["date"], item["incident"]["title"]
        self.assertEqual(event["DTSTART"].dt, datetime.date.fromisoformat(date["earliest"]))
        self.assertEqual(event["DTEND"].dt, datetime.date.fromisoformat(date["latest"]) + datetime.timedelta(1))
        self.assertEqual(event["DTSTART"].params["VALUE"], "DATE")
        self.assertTrue(str(event["SUMMARY"]).endswith(": " + title), str(event["SUMMARY"]))
        self.assertTrue(str(event["DESCRIPTION"]).startswith(f"{item['certainty'].capitalize()}: {item['text']}\n"))
        if item["quote"]:
            self.assertIn(item["quote"], str(event["DESCRIPTION"]))
        if item["asserted_by"]:
            self.assertIn(f"says {item['asserted_by']['name']}", str(event["DESCRIPTION"]))
        day = len(date["edtf"]) == len("2019-03-29") and not date["approximate"] and not date["uncertain"]
        words = str(event["SUMMARY"])[:-len(title)]
        self.assertEqual(bool(re.search(r"\d{4}", words)), not day, words)
        self.assertEqual(f"({item['certainty']})" in words, item["certainty"] != "confirmed")

    def test_the_clock_has_no_part(self):
        built = datetime.datetime(2030, 1, 1, tzinfo=datetime.timezone.utc)
        event = icalendar.Calendar.from_ical(self.get("/timeline.ics?incident=hostile").body).walk("VEVENT")[0]
        self.assertEqual(event["DTSTAMP"].dt, built)
        self.assertEqual(event["LAST-MODIFIED"].dt, built)


class Elsewhere(Case):
    def test_names_stay_where_addresses_change(self):
        with Daemon("--base-path", "/b", "--public-url", "https://other.test", catalogue=self.d.process.args[2]) as other:
            for target in FEEDS + CALENDARS:
                here, there = self.get(target).body.decode(), other.get("/b" + target).body.decode()
                names = re.findall(r"urn:uuid:[^<]+|UID:\S+", here)
                self.assertTrue(names)
                self.assertEqual(names, re.findall(r"urn:uuid:[^<]+|UID:\S+", there))
                self.assertNotIn(ORIGIN, there)
                for url in re.findall(r"https?://[^\s\"<]*", there.replace("\r\n ", "")):
                    if "other.test" in url:
                        self.assertTrue(url.startswith("https://other.test/b/"), url)

    def test_each_host_has_its_own(self):
        with self.d.connect() as c:
            replies = []
            for host in ("one.test", "two.test", "one.test"):
                c.sendall(request("/timeline.ics", host=host))
                replies.append(c.reply())
            self.assertEqual((replies[0].body, replies[0]["ETag"]), (replies[2].body, replies[2]["ETag"]))
            self.assertNotEqual(replies[0]["ETag"], replies[1]["ETag"])
            self.assertIn(b"http://two.test/timeline", replies[1].body.replace(b"\r\n ", b""))
            c.sendall(request("/timeline.ics", f"If-None-Match: {replies[0]['ETag']}", host="two.test"))
            self.assertEqual(c.reply().status, 200)
            c.sendall(request("/timeline.ics", f"If-None-Match: {replies[0]['ETag']}", host="one.test"))
            self.assertEqual(c.reply().status, 304)


class Later(unittest.TestCase):
    """The same feeds after another import."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.before = shutil.copy(build(self.folder, [RECORD], "--built", "2030-01-01T00:00:00Z"), os.path.join(self.folder, "before.db"))

    def entries(self, d, target):
        feed = ElementTree.fromstring(d.get(target).body)
        return {e.findtext(ATOM + "id"): e for e in feed.findall(ATOM + "entry")}

    def test_what_changed_comes_first_and_the_rest_stays(self):
        after = build(self.folder, [{**RECORD, "title": "Otherwise"}, OTHER], "--built", "2031-01-01T00:00:00Z")
        with Daemon(catalogue=self.before) as was, Daemon(catalogue=after) as now:
            for untouched in ("/incidents.atom?country=JP", "/timeline.ics?organization=tokyo-toyopet", "/dealers/tokyo-toyopet.atom"):
                self.assertEqual(was.get(untouched).body, now.get(untouched).body)
            old, new = self.entries(was, "/incidents.atom"), self.entries(now, "/incidents.atom")
            first = list(new.values())[:2]
            self.assertEqual({e.findtext(ATOM + "title") for e in first}, {"Otherwise", "Other"})
            self.assertEqual({e.findtext(ATOM + "updated") for e in first}, {"2031-01-01T00:00:00Z"})
            added = {e.findtext(ATOM + "title"): e.findtext(ATOM + "published") for e in first}
            self.assertEqual(added, {"Otherwise": "2030-01-01T00:00:00Z", "Other": "2031-01-01T00:00:00Z"})
            self.assertEqual(len(set(new) - set(old)), 1, "only what is new has a new name")

    def test_what_is_withdrawn_is_told_to_those_who_ask(self):
        after = build(self.folder, [OTHER], "--built", "2031-01-01T00:00:00Z")
        with Daemon(catalogue=self.before) as was, Daemon(catalogue=after) as now:
            name = next(i for i, e in self.entries(was, "/incidents.atom").items() if e.findtext(ATOM + "title") == RECORD["title"])
            self.assertNotIn(name, self.entries(now, "/incidents.atom"))
            for target in ("/incidents.atom?status=withdrawn", "/incidents.atom?modified_since=2000-01-01"):
                entry = self.entries(now, target)[name]
                self.assertEqual(entry.findtext(ATOM + "title"), "Withdrawn: " + RECORD["title"])
                self.assertIn("gone from dataset", text_of(entry))
            self.assertEqual(now.get("/incidents/hostile/timeline.ics").status, 410)


if __name__ == "__main__":
    daemon.main()
