#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Searches over sockets, against the same texts looked through here."""
import json
import re
import unicodedata
import unittest
from urllib.parse import quote

import daemon

RUN = re.compile("[\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uac00-\ud7ff]")


def fold(text):
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in unicodedata.normalize("NFD", text) if not "\u0300" <= c <= "\u036f")


def spaced(text):
    """A text as words with a space around each; runs of Han, kana and hangul whole."""
    words, last = "", " "
    for c in unicodedata.normalize("NFC", fold(text)):
        kind = "" if unicodedata.category(c)[0] not in "LMN" else "run" if RUN.match(c) else "word"
        words += (" " if kind != last else "") + (c if kind else "")
        last = kind
    return f" {' '.join(words.split())} "


def texts(record, names):
    """Everything of a record that is searched."""
    found = [record["title"], record["summary"] or ""]
    for party in record["parties"]:
        org = party["organization"]
        found += names[org["id"]] if org["id"] else [org["name"]]
    found += [event["text"] or "" for event in record["timeline"]]
    return [spaced(text) for text in found]


def needle(term):
    """What a term looks for: words are whole, beginnings and runs go on."""
    words = spaced(term.strip('"').rstrip("*"))
    return words.rstrip() if term.strip('"').endswith("*") or RUN.match(words[-2]) else words


def holds(record_texts, term):
    part = needle(term)
    if RUN.match(part[1]):
        part = part[1:]
    return any(part in text for text in record_texts)


class Search(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.d = daemon.Daemon()
        lines = [json.loads(line) for line in cls.d.get("/catalogue.ndjson").body.splitlines()]
        names, records = {}, []
        for x in lines:
            if "parties" in x:
                records.append(x)
            elif "names" in x:
                names[x["id"]] = [x["name"]] + [n["name"] for n in x["names"]]
        cls.texts = {x["id"]: texts(x, names) for x in records if not x["withdrawn"] and not x["merged_into"]}

    @classmethod
    def tearDownClass(cls):
        cls.d.signal(daemon.signal.SIGTERM)
        assert cls.d.wait() == 0, cls.d.lines

    def ask(self, q, more="", path="/incidents.json"):
        reply = self.d.get(f"{path}?limit=200&q={quote(q)}{more}")
        return reply.status, json.loads(reply.body)

    def found(self, q, more=""):
        status, body = self.ask(q, more)
        self.assertEqual(status, 200, (q, body))
        self.assertEqual(body["total"], len(body["data"]))
        return [row["id"] for row in body["data"]]

    def test_words_phrases_beginnings(self):
        some = 0
        for q in ["toyota", "ＴＯＹＯＴＡ", "Toyota", "dealers", "the", "hack*", "ransom*", '"customer data"', '"toyota motor"',
                  "トヨタ", "ﾄﾖﾀ", "車", "自動", "renault", "Rénault", "o'brien", "t-connect", "2019", "zzzz", '"data customer"',
                  '"toyota mot*"', "現代", "bmw"]:
            want = {i for i, t in self.texts.items() if holds(t, q)}
            self.assertEqual(set(self.found(q)), want, q)
            some += bool(want)
        self.assertGreater(some, 12)

    def test_terms_together(self):
        for terms in [["toyota", "data"], ["toyota", "-motor"], ["hack*", "-toyota", "data"],
                      ['"customer data"', "bmw"], ["the", "-the"]]:
            want = {i for i, t in self.texts.items()
                    if all(holds(t, x.lstrip("-")) != x.startswith("-") for x in terms)}
            self.assertEqual(set(self.found(" ".join(terms))), want, terms)

    def test_what_is_no_operator_is_text(self):
        for q in ["title:x", "NEAR(toyota motor)", "toyota*data", '"toyota', "^toyota", "{title}: toyota", "toyota AND",
                  "a OR b", "toyota) OR (words", "'; DROP TABLE words; --", "* toyota", "- toyota", "toyota -", '""toyota']:
            self.assertEqual(self.ask(q)[0], 200, q)
        self.assertEqual(self.found("* toyota"), self.found("toyota"))
        self.assertEqual(self.found("toyota -"), self.found("toyota"))

    def test_without_a_word_it_is_a_fault(self):
        for q in ["-toyota", "*", '"', '""', "-", "!?", "\u00a6"]:
            for path in ["/incidents.json", "/dealers.json", "/statistics.json"]:
                reply = self.d.get(f"{path}?q={quote(q)}")
                self.assertEqual(reply.status, 400, (q, path))
                self.assertTrue(reply["Content-Type"].startswith("application/problem+json"))
                self.assertEqual(json.loads(reply.body)["errors"][0]["parameter"], "q")
        for q in ["a " * 17 + "b c d e f g h i j k l m n o p q r", "x" * 1001, "\0"]:
            self.assertEqual(self.d.get(f"/incidents.json?q={quote(q)}").status, 400, q[:20])
        self.assertEqual(self.d.get("/timeline.json?q=toyota").status, 400)

    def test_equal_searches_are_one_answer(self):
        tags = {self.d.get(f"/incidents.json?q={quote(q)}")["ETag"]
                for q in ["toyota data", "Data  TOYOTA", "ＴＯＹＯＴＡ data toyota", '"toyota" "data"', "toyota data -"]}
        self.assertEqual(len(tags), 1)
        self.assertNotIn(self.d.get("/incidents.json?q=toyota")["ETag"], tags)
        self.assertNotIn(self.d.get("/incidents.json?q=toyota+data&sort=-date")["ETag"], tags)

    def test_relevance_is_said_and_walked(self):
        whole = self.found("the data")
        self.assertEqual(self.ask("the data")[1]["query"]["sort"], "relevance")
        self.assertEqual(self.ask("the data", "&sort=-date")[1]["query"]["sort"], "-date")
        self.assertEqual(sorted(whole), sorted(self.found("the data", "&sort=title")))
        walked, url, back = [], "/incidents.json?q=the%20data&limit=7", []
        while url:
            page = json.loads(self.d.get(url).body)
            walked += [row["id"] for row in page["data"]]
            last, url = page, page["page"]["next"]
        self.assertEqual(walked, whole)
        while last["page"]["prev"]:
            last = json.loads(self.d.get(last["page"]["prev"]).body)
            back = [row["id"] for row in last["data"]] + back
        self.assertEqual(back, whole[:len(back)])

    def test_facets_count_what_is_found(self):
        _, body = self.ask("toyota", "&facet=status,country&facet_limit=200")
        for name in ["status", "country"]:
            for value in body["facets"][name]:
                word = "none" if value["value"] is None else value["value"]
                self.assertEqual(len(self.found("toyota", f"&{name}={word}")), value["count"], (name, word))

    def test_organizations_are_counted_by_what_names_them(self):
        """Whatever is reached beside: the count of each is the total behind its link."""
        url = "/incidents.json?organization=creative-box&reach=all&facet=organization&facet_limit=200"
        values = json.loads(self.d.get(url).body)["facets"]["organization"]
        self.assertGreater(len(values), 3)
        for value in values:
            behind = value["url"].replace("/incidents?", "/incidents.json?")
            self.assertEqual(json.loads(self.d.get(behind).body)["total"], value["count"], value)

    def test_dealers_are_found_by_name(self):
        everyone = {}
        for path in ["/dealers.json", "/organizations.json"]:
            listed = json.loads(self.d.get(path + "?limit=200").body)["data"]
            for row in listed:
                everyone[row["id"]] = row["name"]
            for q in ["toyota", "motor*", "-toyota motor*", '"toyota motor"']:
                status, body = self.ask(q, path=path)
                self.assertEqual(status, 200)
                names = [spaced(row["name"]) for row in body["data"]]
                self.assertEqual(body["total"], len(names))
                if q == "toyota":
                    at_least = {row["id"] for row in listed if " toyota " in spaced(row["name"])}
                    self.assertLessEqual(at_least, {row["id"] for row in body["data"]})

    def test_pages_show_what_was_searched(self):
        page = self.d.get("/incidents?q=%22%3Cscript%3Ealert(1)%22").body.decode()
        self.assertNotIn("<script", page)
        self.assertIn("script alert 1", page)


if __name__ == "__main__":
    daemon.main()
