#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Questions that take longer than they may. What is asked costs a hundred times the time that is left to it, in a catalogue made
for that: sixteen words that thousands of records have, in order of relevance.
"""
import json
import os
import subprocess
import tempfile
import unittest

import daemon
from daemon import Daemon, request

INCIDENTS = 8000
READERS = 16  # LIMIT_READERS in lib/util/limits.h
WORDS = [f"word{letter}" for letter in "abcdefghijklmnop"]
LONG = f"/incidents.json?q={'+'.join(WORDS)}&sort=relevance"
SHORT = "/incidents/number-7.json"


def make_catalogue(folder):
    source, path = os.path.join(folder, "incidents.ndjson"), os.path.join(folder, "catalogue.db")
    with open(source, "w", encoding="utf-8") as f:
        for n in range(INCIDENTS):
            json.dump({"id": f"number-{n}", "title": f"{' '.join(WORDS)} {n}", "status": "claimed", "dataset": {"id": "made"},
                       "sources": [{"n": 1, "title": "A", "class": "press"}]}, f)
            f.write("\n")
    done = subprocess.run([os.environ["TEST_BREACHCTL"], "import", "--output", path, source], env=daemon.environment(),
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=daemon.PATIENCE * 4, check=False)
    assert done.returncode == 0, done.stderr
    return path


class Deadline(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.catalogue = make_catalogue(folder.name)

    def check_refused(self, reply):
        self.assertEqual((reply.status, reply["Retry-After"], reply["Cache-Control"]), (503, "5", "no-store"))
        self.assertEqual(reply["Content-Type"], "application/problem+json")
        problem = json.loads(reply.body)
        self.assertEqual((problem["status"], problem["type"]), (503, "/about#problem-unavailable"))
        self.assertIn("took too long", problem["detail"])

    def test_the_question_is_a_good_one(self):
        with Daemon("--query-timeout", "60000", catalogue=self.catalogue) as d:
            reply = d.get(LONG)
            self.assertEqual((reply.status, json.loads(reply.body)["total"]), (200, INCIDENTS))

    def test_past_it_the_answer_is_503_and_the_readers_are_back(self):
        """More of them than there are readers, on one connection, which stays. A short question may be held up by what else runs on
        the machine, but not for ever."""
        with Daemon("--query-timeout", "1", catalogue=self.catalogue) as d, d.connect() as c:
            for _ in range(READERS + 1):
                c.sendall(request(LONG))
                self.check_refused(c.reply())
            for _ in range(1000):
                c.sendall(request(SHORT))
                reply = c.reply()
                if reply.status != 503:
                    break
                self.check_refused(reply)
            self.assertEqual((reply.status, json.loads(reply.body)["data"]["id"]), (200, "number-7"))
        self.assertIn("answered GET /incidents with 503", "\n".join(d.lines))

    def test_who_asked_for_a_page_reads_one(self):
        with Daemon("--query-timeout", "1", catalogue=self.catalogue) as d:
            reply = d.get(LONG.replace(".json", ""), "Accept: text/html")
            self.assertEqual((reply.status, reply["Retry-After"]), (503, "5"))
            self.assertTrue(reply["Content-Type"].startswith("text/html"))
            self.assertIn(b"took too long", reply.body)


if __name__ == "__main__":
    daemon.main()
