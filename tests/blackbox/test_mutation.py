#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Mutated requests, a few thousand; tests/stress/mutate.sh is the same for longer."""
import unittest

import daemon
import mutation

ANSWERS = 4000
SEED = 1


class Mutation(unittest.TestCase):
    def test_mutated_requests(self):
        with daemon.Daemon("--trusted-proxy", "127.0.0.1") as d:
            run = mutation.Run(d, SEED)
            run.run(ANSWERS)
            print(run.summary())
            for status in (200, 304, 400, 404, 405, 501, 505):
                self.assertIn(status, run.counts)
            self.assertEqual(d.get("/healthz").status, 200)
            self.assertEqual(d.stop(), 0)

    def test_a_seed_says_all(self):
        first, second = (mutation.random.Random(SEED) for _ in range(2))
        self.assertEqual([mutation.mutated(first) for _ in range(500)], [mutation.mutated(second) for _ in range(500)])

    def test_what_is_no_reply_is_found(self):
        whole = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"
        self.assertEqual(mutation.statuses(whole * 2), [200, 200])
        for bad in (b"x", whole + b"y", whole.replace(b"\r\nC", b"\nC"), whole.replace(b": 1", b": 0")):
            with self.assertRaises(mutation.Finding):
                mutation.statuses(bad)


if __name__ == "__main__":
    daemon.main()
