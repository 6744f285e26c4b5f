#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Answers that are kept: the same to the byte however they come about, bounded memory, and nothing of an old catalogue."""
import os
import re
import shutil
import subprocess
import tempfile
import time
import unittest

import daemon
from daemon import request

FLOOD = 20000
MIB = 1 << 20
TARGETS = ["/", "/index.json", "/incidents", "/incidents.json", "/incidents?country=JP&limit=3", "/about",
           "/incidents/2019-03-toyota-japan-sales-subsidiaries.json", "/dealers/tokyo-toyopet", "/timeline.json"]


def fields(reply):
    """Header fields but the clock's."""
    return [h for h in reply.headers if h[0] not in ("Date", "Connection")]


class Cache(unittest.TestCase):
    def test_first_and_later_answers_are_alike(self):
        with daemon.Daemon("--cache-size", "0") as plain, daemon.Daemon("--cache-size", "8M") as kept:
            with plain.connect() as p, kept.connect() as k:
                for target in TARGETS * 3:
                    for method in ("HEAD", "GET", "HEAD"):
                        p.sendall(request(target, method=method))
                        k.sendall(request(target, method=method))
                        a, b = p.reply(method), k.reply(method)
                        self.assertEqual((a.status, fields(a), a.body), (b.status, fields(b), b.body), target)

    def test_a_304_of_what_is_kept_keeps_the_connection(self):
        with daemon.Daemon() as d, d.connect() as c:
            for target in TARGETS:
                c.sendall(request(target))
                whole = c.reply()
                for _ in range(2):
                    c.sendall(request(target, f"If-None-Match: {whole['ETag']}"))
                    reply = c.reply()
                    self.assertEqual((reply.status, fields(reply), reply.closes), (304, fields(whole), False))

    def test_pipelines_of_kept_and_new_answers(self):
        with daemon.Daemon() as d:
            alone = {t: d.get(t).body for t in TARGETS}
            with d.connect() as c:
                mixed = [t for i in range(30) for t in (TARGETS[i % len(TARGETS)], f"/incidents.json?limit={i + 1}")]
                c.sendall(b"".join(request(t) for t in mixed))
                for target in mixed:
                    reply = c.reply()
                    self.assertEqual(reply.status, 200)
                    if target in alone:
                        self.assertEqual(reply.body, alone[target])

    def test_a_new_catalogue_answers_anew(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "catalogue.db")
            shutil.copy(daemon.CATALOGUE, path)
            with daemon.Daemon(catalogue=path) as d:
                before = [d.get("/incidents.json") for _ in range(3)][-1]
                records = os.path.join(folder, "one.json")
                with open(records, "w", encoding="utf-8") as f:
                    f.write('{"incidents": [{"id": "only", "title": "Only", "status": "claimed", '
                            '"dataset": {"id": "bundled"}}]}')
                subprocess.run([os.environ["TEST_BREACHCTL"], "import", "--allow-shrink", "--output", path, records],
                               env=daemon.environment(), capture_output=True, timeout=daemon.PATIENCE, check=True)
                d.signal(daemon.signal.SIGHUP)
                end = time.monotonic() + daemon.PATIENCE
                while (after := d.get("/incidents.json"))["ETag"] == before["ETag"] and time.monotonic() < end:
                    pass
                self.assertEqual(after["X-Total-Count"], "1")
                self.assertEqual(d.get("/incidents.json").body, after.body)

    @unittest.skipIf(daemon.sanitised(), "freed memory is kept back there")
    def test_a_flood_stays_within_the_bound(self):
        """Distinct lists, each some 40 KB: kept without bound they would take hundreds of megabytes."""
        with daemon.Daemon("--cache-size", "8M", "--threads", "2") as d, d.connect() as c:
            def ask(first, n):
                for at in range(first, first + n, 50):
                    c.sendall(b"".join(request(f"/incidents.json?limit=20&organization=none-{i},toyota-motor-corporation"
                                               f"&reach=group&utm_source={i}") for i in range(at, at + 50)))
                    for _ in range(50):
                        self.assertEqual(c.reply().status, 200)

            ask(0, 1000)
            settled = self.resident(d)
            ask(1000, FLOOD - 1000)
            self.assertLess(self.resident(d), settled + 8 * MIB)

    @staticmethod
    def resident(d):
        with open(f"/proc/{d.process.pid}/status", encoding="ascii") as f:
            return int(re.search(r"VmRSS:\s+(\d+) kB", f.read())[1]) * 1024


if __name__ == "__main__":
    daemon.main()
