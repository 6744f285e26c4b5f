#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A new catalogue is taken into service while requests run; a bad one is refused and the old serves on."""
import itertools
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import unittest

import daemon
from daemon import Daemon, request

SWAPS = 50


def build(path, built):
    """The bundled records once more, with another id because built at another time."""
    subprocess.run([os.environ["TEST_BREACHCTL"], "import", "--built", built, "--output", path,
                    os.environ["TEST_RECORDS"]], env=daemon.environment(), check=True, capture_output=True,
                   timeout=daemon.PATIENCE * 4)


class Follower(Daemon):
    """A daemon on a catalogue of its own, which tests replace."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "catalogue.db")
        shutil.copy(daemon.CATALOGUE, self.path)
        super().__init__(catalogue=self.path)

    def json(self, target):
        reply = self.get(target)
        return reply.status, json.loads(reply.body)

    def id(self):
        return self.json("/version")[1]["catalogue"]["id"]

    def put(self, source):
        """Renames a copy of SOURCE over the catalogue, as an import does."""
        shutil.copy(source, self.path + ".new")
        os.replace(self.path + ".new", self.path)

    def until(self, condition):
        end = time.monotonic() + daemon.PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain; standard error: {self.lines}")
            time.sleep(0.01)

    def reload_check(self):
        status, body = self.json("/readyz")
        return status, next(c for c in body["checks"] if c["name"] == "reload")


class Reader(threading.Thread):
    """Asks without pause on one connection, and keeps what each answer says of its catalogue."""

    def __init__(self, d, target):
        super().__init__()
        self.d, self.target, self.over = d, target, threading.Event()
        self.pairs, self.fault = set(), None
        self.answers = 0

    def run(self):
        try:
            with self.d.connect() as c:
                while not self.over.is_set():
                    c.sendall(request(self.target))
                    reply = c.reply()
                    assert reply.status == 200, reply.status
                    self.pairs.add((reply["ETag"], json.loads(reply.body)["catalogue"]["id"]))
                    self.answers += 1
        except Exception as fault:  # pylint: disable=broad-except
            self.fault = fault


class Reload(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.other = os.path.join(self.folder, "other.db")
        build(self.other, "2030-01-01T00:00:00Z")

    def test_many_swaps_under_requests(self):
        targets = ["/incidents.json?limit=3", "/dealers.json", "/incidents/2019-03-toyota-vietnam.json", "/timeline.json"]
        with Follower(self.folder) as d:
            readers = [Reader(d, t) for t in targets]
            for r in readers:
                r.start()
            for source in itertools.islice(itertools.cycle([self.other, daemon.CATALOGUE]), SWAPS):
                before = d.id()
                d.put(source)
                d.signal(signal.SIGHUP)
                d.until(lambda: d.id() != before)
            for r in readers:
                r.over.set()
            for r in readers:
                r.join(daemon.PATIENCE)
                self.assertIsNone(r.fault)
                self.assertGreater(r.answers, SWAPS)
                self.assertEqual(len(r.pairs), 2, "an ETag of one catalogue came with another's body")
                self.assertEqual(len({tag for tag, _ in r.pairs}), 2)
            self.assertEqual(d.stop(), 0)

    def test_a_new_file_is_seen_without_a_signal(self):
        with Follower(self.folder) as d:
            before = d.id()
            d.put(self.other)
            d.until(lambda: d.id() != before)
            d.until(lambda: any("now serving" in line for line in d.lines))

    def test_a_bad_file_is_refused(self):
        with open(daemon.CATALOGUE, "rb") as f:
            whole = f.read()
        bad = {"empty": b"", "garbage": os.urandom(8192), "truncated": whole[:len(whole) // 2],
               "another schema": whole[:60] + b"\x00\x00\x00\x63" + whole[64:]}
        with Follower(self.folder) as d:
            before = d.id()
            for name, content in bad.items():
                with self.subTest(name):
                    path = os.path.join(self.folder, "bad")
                    with open(path, "wb") as f:
                        f.write(content)
                    seen = len(d.lines)
                    d.put(path)
                    d.signal(signal.SIGHUP)
                    d.until(lambda: len(d.lines) > seen)
                    status, check = d.reload_check()
                    self.assertEqual((status, check["status"]), (200, "warn"))
                    self.assertRegex(check["detail"], r"^refused catalogue\.db at \S+Z: .+; serving " + before[:8])
                    self.assertNotIn(self.folder, check["detail"])
                    self.assertEqual(d.id(), before)
                    self.assertEqual(d.get("/incidents.json").status, 200)
            d.put(self.other)
            d.signal(signal.SIGHUP)
            d.until(lambda: d.reload_check()[1]["status"] == "ok")
            self.assertNotEqual(d.id(), before)

    def test_a_file_cut_short_in_place_ends_it_with_words(self):
        for style, begins in (("text", "breachd: the catalogue"), ("json", '{"level":"error","message":"the catalogue')):
            path = os.path.join(self.folder, f"{style}.db")
            shutil.copy(daemon.CATALOGUE, path)
            with Daemon("--log-format", style, catalogue=path) as d:
                os.truncate(path, 8192)
                try:
                    d.ask(request("/incidents.json?q=toyota&facet=year"))
                except ConnectionError:
                    pass
                self.assertEqual(d.wait(), -signal.SIGBUS)
                self.assertTrue(any(line.startswith(begins) and "by renaming" in line for line in d.lines), d.lines)

    def test_a_catalogue_that_goes_away_serves_on(self):
        with Follower(self.folder) as d:
            os.unlink(d.path)
            d.until(lambda: d.reload_check()[1]["status"] == "warn")
            self.assertEqual(d.get("/incidents.json").status, 200)

    def test_paging_goes_on_across_a_swap(self):
        with Follower(self.folder) as d:
            whole = [row["id"] for row in d.json("/incidents.json?limit=200")[1]["data"]]
            _, page = d.json("/incidents.json?limit=20")
            ids = [row["id"] for row in page["data"]]
            before = d.id()
            d.put(self.other)
            d.signal(signal.SIGHUP)
            d.until(lambda: d.id() != before)
            _, page = d.json(page["page"]["next"])
            self.assertTrue(page["page"]["catalogue_changed"])
            ids += [row["id"] for row in page["data"]]
            _, page = d.json(page["page"]["next"])
            self.assertFalse(page["page"]["catalogue_changed"])
            ids += [row["id"] for row in page["data"]]
            self.assertEqual(ids, whole)


if __name__ == "__main__":
    daemon.main()
