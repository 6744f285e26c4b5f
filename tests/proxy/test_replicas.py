#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Three replicas behind HAProxy and nginx: one is killed, catalogues are rolled from one to the next, and clients see neither.
tests/stress/replicas.sh does the same under load."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "blackbox"))

import daemon  # pylint: disable=wrong-import-position
from proxies import Haproxy, Nginx  # pylint: disable=wrong-import-position
from replicas import Replicas, Walk  # pylint: disable=wrong-import-position


class ReplicasTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.replicas = Replicas(pathlib.Path(folder.name))
        self.addCleanup(lambda: self.assertFalse(any(self.replicas.stop())))
        self.wanted = self.replicas.ids()

    def behind(self, kind):
        urls = self.replicas.urls
        proxy = kind(urls, urls[0])
        self.addCleanup(proxy.__exit__)
        return Walk(proxy.urls["root"])

    def walk(self, kind, between):
        """All pages of the list, with BETWEEN(turn) after each."""
        walk = self.behind(kind)
        for turn, _ in enumerate(walk):
            between(turn)
        self.assertEqual(walk.ids, self.wanted)
        return walk

    def test_replicas_are_killed(self):
        for kind in (Haproxy, Nginx):
            with self.subTest(kind.__name__):
                self.walk(kind, lambda turn: self.replicas.kill(turn % 3))

    def test_a_killed_replica_stays_away(self):
        for kind in (Haproxy, Nginx):
            with self.subTest(kind.__name__):
                self.walk(kind, lambda turn: turn == 1 and self.replicas.kill(0, again=False))
                self.replicas.start(0)

    def test_catalogues_are_rolled(self):
        """Pages go on across it, by cursors of either catalogue at replicas that have either."""
        for kind in (Haproxy, Nginx):
            with self.subTest(kind.__name__):
                walk = self.walk(kind, lambda turn: self.replicas.roll(turn % 3))
                self.assertGreater(len(walk.catalogues), 1)
                self.assertIn(True, walk.changes)


if __name__ == "__main__":
    daemon.main()
