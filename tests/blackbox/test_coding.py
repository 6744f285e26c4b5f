#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compressed answers over sockets, read back by decoders from outside: gzip of Python, and the programs brotli and zstd."""
import gzip
import re
import subprocess
import unittest

import daemon

LIST, PAGE, TINY = "/incidents.json", "/incidents", "/datasets.json"
TARGETS = ["/", "/index.json", LIST, PAGE, "/incidents/2019-03-toyota-japan-sales-subsidiaries.json", "/about",
           "/timeline.json", "/schemas/incident.json"]
STREAMS = ["/catalogue.ndjson", "/incidents.ndjson", "/incidents.csv", "/timeline.csv?csv=excel", "/sitemap-incidents-1.xml"]


def decode_by(*command):
    return lambda body: subprocess.run(command, input=body, capture_output=True, timeout=daemon.PATIENCE, check=True).stdout


DECODERS = {"gzip": gzip.decompress, "br": decode_by("brotli", "-dc"), "zstd": decode_by("zstd", "-dc")}

# What a client says, and what it gets.
CHOICES = [
    (None, None), ("", None), ("gzip", "gzip"), ("GZip", "gzip"), ("x-gzip", "gzip"), ("br", "br"), ("zstd", "zstd"),
    ("gzip, deflate, br, zstd", "br"), ("gzip, deflate, zstd", "zstd"), ("gzip, deflate", "gzip"), ("deflate", None),
    ("gzip;q=1, br;q=0.5", "gzip"), ("gzip;q=0.001, br;q=0, zstd;q=0.0", "gzip"), ("br;q=0.3, gzip;q=0.7, zstd;q=0.5", "gzip"),
    ("*", "br"), ("*, br;q=0", "zstd"), ("*;q=0.5, gzip", "gzip"), ("identity", None), ("identity, gzip;q=0.5", None),
    ("identity;q=0.5, gzip;q=0.4", None), ("identity;q=0, gzip", "gzip"), ("identity;q=0", None), ("*;q=0", None),
    ("gzip;q=0", None), ("compress, sdch", None), ("gzip;q=2", None), ("gzip;q=", None), (";;,,=\"", None),
    ("gzip;q=nan, br", "br"), ("gzip;level=9", None), ("g zip", None), (",".join(["nonsense"] * 200), None),
]


def fields(reply):
    return [h for h in reply.headers if h[0] not in ("Date", "Connection")]


class Coding(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = daemon.Daemon()
        style = re.search(rb'href="(/static/[^"]+/style\.css)"', cls.daemon.get("/").body)[1].decode()
        cls.targets = [*TARGETS, style]

    @classmethod
    def tearDownClass(cls):
        cls.daemon.close()

    def get(self, target, accepted=None, *headers, method="GET"):
        more = [] if accepted is None else [f"Accept-Encoding: {accepted}"]
        return self.daemon.get(target, *more, *headers, method=method)

    def test_every_coding_says_the_same(self):
        for target in self.targets:
            plain = self.get(target)
            self.assertIsNone(plain["Content-Encoding"])
            tags = {plain["ETag"]}
            for coding, decode in DECODERS.items():
                for _ in range(2):
                    coded = self.get(target, coding)
                    self.assertEqual((coded.status, coded["Content-Encoding"]), (200, coding), target)
                    self.assertLess(len(coded.body), len(plain.body))
                    self.assertEqual(decode(coded.body), plain.body, target)
                self.assertRegex(coded["ETag"], r'^"[^"]+"$')
                tags.add(coded["ETag"])
                own = ("ETag", "Content-Encoding", "Content-Length")
                self.assertEqual([f for f in fields(coded) if f[0] not in own], [f for f in fields(plain) if f[0] not in own])
            self.assertEqual(len(tags), 4, target)

    def test_choice(self):
        plain = self.get(LIST).body
        for accepted, expected in CHOICES:
            for _ in range(2):
                reply = self.get(LIST, accepted)
                self.assertEqual((reply.status, reply["Content-Encoding"]), (200, expected), accepted)
                self.assertEqual(DECODERS[expected](reply.body) if expected else reply.body, plain, accepted)

    def test_lines_are_read_together(self):
        reply = self.get(LIST, "identity;q=0.1", "Accept-Encoding: zstd;q=0.5", "accept-encoding: gzip;q=0.6")
        self.assertEqual(reply["Content-Encoding"], "gzip")

    def test_what_it_varies_by_is_said(self):
        for accepted in (None, "gzip", "br", "deflate"):
            self.assertEqual(self.get(LIST, accepted)["Vary"], "Accept-Encoding")
            self.assertEqual(self.get(PAGE, accepted)["Vary"], "Accept, Accept-Encoding")

    def test_head_says_what_get_does(self):
        for target in self.targets:
            for coding in (None, *DECODERS):
                for query in ("", "?utm_source=head"):  # answered before, and not in these bytes
                    whole = self.get(target, coding)
                    head = self.get(target + query, coding, method="HEAD")
                    self.assertEqual((head.status, fields(head)), (200, fields(whole)), target)

    def test_each_coding_has_its_own_304(self):
        for target in self.targets:
            tags = {coding: self.get(target, coding)["ETag"] for coding in (None, *DECODERS)}
            for coding in tags:
                whole = self.get(target, coding)
                for of, tag in tags.items():
                    reply = self.get(target, coding, f"If-None-Match: {tag}")
                    self.assertEqual(reply.status, 304 if of == coding else 200, (target, coding, of))
                    self.assertEqual(fields(reply), fields(whole))
                weak = self.get(target, coding, "If-None-Match: " + ", ".join(f"W/{tag}" for tag in tags.values()))
                self.assertEqual((weak.status, weak["ETag"]), (304, whole["ETag"]))

    def test_a_304_before_anything_is_made(self):
        with daemon.Daemon() as fresh:
            for coding in DECODERS:
                whole = self.get(PAGE, coding)
                cold = fresh.get(PAGE, f"Accept-Encoding: {coding}", f"If-None-Match: {whole['ETag']}")
                self.assertEqual(cold.status, 304)
                for name in ("ETag", "Vary", "Content-Encoding", "Cache-Control", "Content-Location", "Last-Modified"):
                    self.assertEqual(cold[name], whole[name], name)
                self.assertEqual(fresh.get(PAGE, f"Accept-Encoding: {coding}", "If-None-Match: \"other\"").status, 200)

    def test_small_bodies_stay_as_they_are(self):
        plain = self.get(TINY)
        self.assertLess(len(plain.body), 1024)
        for coding in DECODERS:
            for target in (TINY, f"{TINY}?ref={coding}"):
                reply = self.get(target, coding)
                self.assertEqual((fields(reply), reply.body), (fields(plain), plain.body))
                self.assertEqual(self.get(target, coding, f"If-None-Match: {plain['ETag']}").status, 304)

    def test_streams_come_coded(self):
        """Not in br, which is for what is made once."""
        for target in STREAMS:
            plain = self.get(target)
            self.assertEqual((plain["Content-Encoding"], plain["Vary"], plain["Content-Length"]), (None, "Accept-Encoding", None))
            for accepted, coding in (("gzip", "gzip"), ("zstd", "zstd"), ("gzip, deflate, br, zstd", "zstd"), ("gzip, br", "gzip")):
                coded = self.get(target, accepted)
                self.assertEqual((coded.status, coded["Content-Encoding"], coded["Vary"]), (200, coding, "Accept-Encoding"))
                self.assertEqual(coded["ETag"], plain["ETag"][:-1] + f'-{coding}"')
                self.assertLess(len(coded.body), len(plain.body) / 2)
                self.assertEqual(DECODERS[coding](coded.body), plain.body, target)
                self.assertEqual(fields(self.get(target, accepted, method="HEAD")),
                                 [f for f in fields(coded) if f[0] != "Transfer-Encoding"])
                again = self.get(target, accepted, f"If-None-Match: {coded['ETag']}")
                self.assertEqual((again.status, again["ETag"], again["Content-Encoding"], again["Vary"]),
                                 (304, coded["ETag"], coding, "Accept-Encoding"))
                self.assertEqual(self.get(target, accepted, f"If-None-Match: {plain['ETag']}").status, 200)
            other = self.get(target, "br")
            self.assertEqual((other["Content-Encoding"], other["ETag"], other.body), (None, plain["ETag"], plain.body))

    def test_files_and_their_parts_stay_as_they_are(self):
        whole = self.get("/catalogue.db", "gzip")
        self.assertEqual((whole.status, whole["Content-Encoding"], whole["Vary"], whole.body[:15]), (200, None, None, b"SQLite format 3"))
        part = self.get("/catalogue.db", "gzip", "Range: bytes=0-14")
        self.assertEqual((part.status, part["Content-Encoding"], part.body), (206, None, b"SQLite format 3"))

    def test_errors_stay_as_they_are(self):
        for target, status in (("/nope", 404), ("/incidents.json?x=1", 400), ("/healthz", 200)):
            reply = self.get(target, "gzip")
            self.assertEqual((reply.status, reply["Content-Encoding"]), (status, None))

    def test_without_a_cache(self):
        with daemon.Daemon("--cache-size", "0") as bare:
            for target in self.targets:
                for coding in DECODERS:
                    kept, made = self.get(target, coding), bare.get(target, f"Accept-Encoding: {coding}")
                    self.assertEqual((fields(made), made.body), (fields(kept), kept.body))
                    again = bare.get(target, f"Accept-Encoding: {coding}", f"If-None-Match: {kept['ETag']}")
                    self.assertEqual((again.status, again["ETag"]), (304, kept["ETag"]))


if __name__ == "__main__":
    daemon.main()
