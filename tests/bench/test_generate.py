#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What `generate` makes: the same bytes whenever and wherever it runs, and input that imports without a reject.

usage: TEST_GENERATE=path TEST_BREACHCTL=path test_generate.py
"""
import hashlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

GENERATE = os.path.abspath(os.environ["TEST_GENERATE"])
BREACHCTL = os.path.abspath(os.environ["TEST_BREACHCTL"])
FILES = ("datasets.json", "organizations.ndjson", "incidents.ndjson")
# Of 300 incidents from seed 7. Changes with the generator and with the vocabularies, with nothing else: if the compiler or
# the machine changes it, benchmarks on different ones no longer compare.
DIGEST = "3d5af094abd357c6944faad007b3e3429e401ffb227919f037806964f82b4d0b"


class Generate(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="generate-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def run_it(self, *args):
        return subprocess.run([GENERATE, *map(str, args)], text=True, timeout=60, capture_output=True, check=False)

    def make(self, name, incidents, seed):
        done = self.run_it("--incidents", incidents, "--seed", seed, "--output", self.folder / name)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        return self.folder / name

    def digest(self, folder):
        self.assertEqual(sorted(p.name for p in folder.iterdir()), sorted(FILES))
        return hashlib.sha256(b"".join((folder / name).read_bytes() for name in FILES)).hexdigest()

    def test_the_same_numbers_give_the_same_bytes(self):
        self.assertEqual(self.digest(self.make("a", 300, 7)), DIGEST)
        self.assertNotEqual(self.digest(self.make("b", 300, 8)), DIGEST)
        self.assertEqual(self.digest(self.make("b", 300, 7)), DIGEST)  # over what was there

    def test_imports_without_a_reject(self):
        for incidents, seed in ((1, 1), (60, 2), (3000, 3)):
            with self.subTest(incidents=incidents):
                folder, output = self.make(f"n{incidents}", incidents, seed), self.folder / f"{incidents}.db"
                done = subprocess.run([BREACHCTL, "import", "--output", output, folder], text=True, timeout=60,
                                      capture_output=True, check=False)
                self.assertEqual(done.returncode, 0, done.stderr)
                with sqlite3.connect(f"file:{output}?mode=ro&immutable=1", uri=True) as db:
                    listed, unlisted, organizations = db.execute(
                        "SELECT incidents, all_incidents - incidents, organizations FROM catalogue").fetchone()
                self.assertEqual((listed, organizations), (incidents, max(50, incidents // 5)))
                self.assertGreaterEqual(unlisted, 4)

    def test_is_as_various_as_real_records(self):
        records = [json.loads(line) for line in (self.make("a", 3000, 1) / "incidents.ndjson").open()]
        self.assertEqual({len(r["parties"]) for r in records}, set(range(9)))
        self.assertEqual({len(r["timeline"]) for r in records}, set(range(13)))
        seen = {(kind, f[kind]) for r in records for f in r["figures"] for kind in ("unit", "qualifier", "scope")}
        self.assertEqual(len(seen), 8 + 6 + 6)
        self.assertEqual(len({c["certainty"] for r in records for c in r["data_classes"]}), 5)
        self.assertEqual(len({s["class"] for r in records for s in r["sources"]}), 7)
        self.assertEqual({r["status"] for r in records}, {"confirmed", "claimed", "suspected", "disputed", "withdrawn"})
        self.assertGreater(sum(x["relation"] == "duplicate_of" for r in records for x in r["related"]), 20)

    def test_says_what_it_cannot_do(self):
        for args in ((), ("--incidents", "0", "--output", "x"), ("--incidents", "5"), ("--incidents", "x", "--output", "x")):
            done = self.run_it(*args)
            self.assertEqual(done.returncode, 2, args)
            self.assertNotEqual(done.stderr, "")
        self.assertEqual(self.run_it("--incidents", 1, "--output", self.folder / "no/such").returncode, 1)


if __name__ == "__main__":
    unittest.main()
