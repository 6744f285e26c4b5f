#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""/catalogue.db: the file that is served, whole and in parts, by curl too, and while another takes its place."""
import base64
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest

import daemon
from daemon import Daemon, request

TARGET = "/catalogue.db"


def contents(path):
    with open(path, "rb") as f:
        return f.read()


def pad(path, size):
    """Makes a catalogue larger by more than sockets hold, in a table that nobody reads without being asked."""
    db = sqlite3.connect(path)
    db.executemany("INSERT INTO word VALUES (? || printf('%*s', 100000, 'x'), 1)", ((n,) for n in range(size // 100000)))
    db.commit()
    db.close()


class Download(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name
        cls.path = shutil.copy(daemon.CATALOGUE, os.path.join(cls.folder, "catalogue.db"))
        cls.whole = contents(cls.path)
        cls.d = Daemon(catalogue=cls.path)
        cls.addClassCleanup(cls.d.close)
        cls.tag = cls.d.get(TARGET)["ETag"]

    def part(self, *headers, method="GET"):
        with self.d.connect() as c:
            c.sendall(request(TARGET, *headers, method=method))
            return c.reply(method)

    def test_it_is_the_file(self):
        reply = self.d.get(TARGET)
        self.assertEqual(reply.status, 200)
        self.assertEqual(reply.body, self.whole)
        self.assertEqual(reply["Content-Type"], "application/vnd.sqlite3")
        self.assertEqual(reply["Content-Length"], str(len(self.whole)))
        self.assertEqual(reply["Accept-Ranges"], "bytes")
        self.assertEqual(reply["Content-Disposition"], 'attachment; filename="catalogue.db"')
        self.assertEqual(reply["Last-Modified"], self.d.get("/incidents.json")["Last-Modified"])
        digest = base64.b64encode(hashlib.sha256(reply.body).digest()).decode()
        self.assertEqual(reply["Repr-Digest"], f"sha-256=:{digest}:")

    def test_sqlite_opens_it(self):
        copy = os.path.join(self.folder, "copy.db")
        with open(copy, "wb") as f:
            f.write(self.d.get(TARGET).body)
        db = sqlite3.connect(copy)
        self.assertEqual(db.execute("PRAGMA integrity_check").fetchone(), ("ok",))
        count = db.execute("SELECT count(*) FROM incident WHERE listed").fetchone()[0]
        self.assertEqual(count, json.loads(self.d.get("/incidents.json").body)["total"])
        db.close()
        with Daemon(catalogue=copy) as replica:
            self.assertEqual(replica.get(TARGET)["ETag"], self.tag, "a replica has the same tag")

    def test_parts(self):
        n = len(self.whole)
        for field, first, last in [("bytes=0-0", 0, 0), ("bytes=10-19", 10, 19), (f"bytes={n - 1}-", n - 1, n - 1),
                                   ("bytes=100-999999999999", 100, n - 1), ("bytes=-7", n - 7, n - 1), (f"bytes=-{n + 5}", 0, n - 1)]:
            for condition in ([], [f"If-Range: {self.tag}"], [f"If-Match: {self.tag}"], ['If-None-Match: "other"']):
                with self.subTest(field=field, condition=condition):
                    reply = self.part(f"Range: {field}", *condition)
                    self.assertEqual(reply.status, 206)
                    self.assertEqual(reply["Content-Range"], f"bytes {first}-{last}/{n}")
                    self.assertEqual(reply["ETag"], self.tag)
                    self.assertEqual(reply.body, self.whole[first:last + 1])

    def test_whole_where_no_part_can_be_meant(self):
        for headers in (["Range: bytes=0-1,5-6"], ["Range: lines=0-1"], ["Range: bytes=9-1"], ["Range: bytes=0-1", 'If-Range: "other"'],
                        ["Range: bytes=0-1", f"If-Range: W/{self.tag}"], ["Range: bytes=0-1", "Range: bytes=5-6"],
                        ["Range: bytes=0-1", f"If-Range: {self.d.get(TARGET)['Last-Modified']}"]):
            with self.subTest(headers):
                reply = self.part(*headers)
                self.assertEqual((reply.status, reply["Content-Range"], reply.body), (200, None, self.whole))

    def test_no_such_part(self):
        reply = self.part(f"Range: bytes={len(self.whole)}-")
        self.assertEqual((reply.status, reply["Content-Range"]), (416, f"bytes */{len(self.whole)}"))
        self.assertEqual(json.loads(reply.body)["type"], "/about#problem-range")
        self.assertEqual(reply["Access-Control-Allow-Origin"], "*")

    def test_conditions(self):
        for headers, status in ([f"If-None-Match: {self.tag}"], 304), ([f"If-None-Match: {self.tag}", "Range: bytes=0-1"], 304), \
                ([f"If-None-Match: {self.tag}", "Range: bytes=999999999-"], 304), (['If-Match: "other"'], 412), \
                (['If-Match: "other"', f"If-None-Match: {self.tag}"], 412), (["If-Match: *"], 200):
            for method in ("GET", "HEAD"):
                with self.subTest(headers=headers, method=method):
                    self.assertEqual(self.part(*headers, method=method).status, status)

    def test_head_tells_the_length(self):
        for headers in ([], ["Range: bytes=0-1"]):
            reply = self.part(*headers, method="HEAD")
            self.assertEqual((reply.status, reply["Content-Length"], reply["ETag"]), (200, str(len(self.whole)), self.tag))
        with self.d.connect() as c:  # and nothing of a body stands in the way of what comes next
            for target in (TARGET, "/healthz"):
                c.sendall(request(target, method="HEAD"))
                self.assertEqual(c.reply("HEAD").status, 200)

    def test_curl_goes_on_where_it_stopped(self):
        for have in (0, 1, 4096, len(self.whole) - 1):
            with self.subTest(have):
                part = os.path.join(self.folder, "part.db")
                with open(part, "wb") as f:
                    f.write(self.whole[:have])
                done = subprocess.run(["curl", "-sS", "--fail", "-C", "-", "-o", part, self.d.urls[0] + TARGET], capture_output=True,
                                      timeout=daemon.PATIENCE, check=False)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(contents(part), self.whole)


class Swapped(unittest.TestCase):
    """Two catalogues, one after the other at the same path."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.first, self.second = os.path.join(self.folder, "first.db"), os.path.join(self.folder, "second.db")
        self.make(self.first, "2030-01-01T00:00:00Z", 20_000_000)
        self.make(self.second, "2031-01-01T00:00:00Z", 20_000_000)
        self.path = shutil.copy(self.first, os.path.join(self.folder, "catalogue.db"))

    def make(self, path, built, size):
        subprocess.run([os.environ["TEST_BREACHCTL"], "import", "--built", built, "--output", path, os.environ["TEST_RECORDS"]],
                       env=daemon.environment(), check=True, capture_output=True, timeout=daemon.PATIENCE * 4)
        pad(path, size)

    def until(self, condition):
        end = time.monotonic() + daemon.PATIENCE
        while not condition():
            self.assertLess(time.monotonic(), end, "waited in vain")
            time.sleep(0.01)

    def swap(self, d):
        tag = d.get(TARGET, "Range: bytes=0-0")["ETag"]
        shutil.copy(self.second, self.path + ".new")
        os.replace(self.path + ".new", self.path)
        d.signal(signal.SIGHUP)
        self.until(lambda: d.get(TARGET, "Range: bytes=0-0")["ETag"] != tag)

    def test_a_download_goes_on_from_the_file_it_began_with(self):
        with Daemon(catalogue=self.path) as d, d.connect() as c:
            c.sendall(request(TARGET))
            begun = c.recv(100_000)
            self.swap(d)
            c.buffer += begun
            self.assertEqual(c.reply().body, contents(self.first))
            c.sendall(request(TARGET))
            self.assertEqual(c.reply().body, contents(self.second))

    def test_a_part_of_another_file_is_not_had_by_mistake(self):
        with Daemon(catalogue=self.path) as d:
            tag = d.get(TARGET, "Range: bytes=0-99")["ETag"]
            self.swap(d)
            reply = d.get(TARGET, "Range: bytes=100-", f"If-Range: {tag}")
            self.assertEqual((reply.status, reply.body), (200, contents(self.second)))
            self.assertEqual(d.get(TARGET, "Range: bytes=100-199", f"If-Match: {tag}").status, 412)

    def test_a_large_file_has_its_digest_after_a_while(self):
        want = base64.b64encode(hashlib.sha256(contents(self.first)).digest()).decode()
        with Daemon(catalogue=self.path) as d:
            first = d.get(TARGET, "Range: bytes=0-0")
            self.assertIn(first["Repr-Digest"], (None, f"sha-256=:{want}:"))
            self.until(lambda: d.get(TARGET, "Range: bytes=0-0")["Repr-Digest"])
            whole = d.get(TARGET)
            self.assertEqual((whole["Repr-Digest"], whole["ETag"]), (f"sha-256=:{want}:", first["ETag"]))

    def test_many_at_once_and_an_end_in_order(self):
        with Daemon(catalogue=self.path) as d:
            faults = []

            def read():
                try:
                    with d.connect() as c:
                        c.sendall(request(TARGET))
                        if c.reply().body not in (contents(self.first), contents(self.second)):
                            faults.append("neither of the two")
                except Exception as fault:  # pylint: disable=broad-except
                    faults.append(fault)

            threads = [threading.Thread(target=read) for _ in range(8)]
            for t in threads:
                t.start()
            self.swap(d)
            for t in threads:
                t.join(daemon.PATIENCE)
            self.assertEqual(faults, [])
            self.assertEqual(d.stop(), 0)


if __name__ == "__main__":
    daemon.main()
