#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Memory runs out in a real daemon, at each allocation in turn: of its start, of requests, of taking in a new catalogue.

usage: TEST_… memory.py [--most N] [--stride N] [--first N]

At start it has to end with 1 and words, or to serve. A request has to be answered as ever, or with 503, or by a closed
connection; a new catalogue is taken, or refused with words. Whatever failed, afterwards the same requests are answered as ever,
the next swap is carried out, and no descriptor is left open.
"""
import argparse
import collections
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "blackbox"))
import daemon  # pylint: disable=wrong-import-position
from daemon import Daemon, request
from drought import Drought, start

OPTIONS = argparse.Namespace(most=2000, stride=1, first=0)

# Targets and fields, so that each kind of answer, and each way to fail at one, is met.
ASKED = [
    ("/incidents/2019-03-toyota-japan-sales-subsidiaries", "Accept-Encoding: gzip"),
    ("/incidents/2019-03-toyota-japan-sales-subsidiaries.json", "Accept-Encoding: br"),
    ("/incidents.json?country=JP&facet=year,action&q=toyota", "Accept-Encoding: zstd"),
    ("/incidents?q=nothing-has-this-word&year=2019", "Accept-Encoding: identity"),
    ("/incidents.csv?country=JP", "Accept-Encoding: identity"),
    ("/incidents.atom", "Accept-Encoding: gzip"),
    ("/dealers/tokyo-toyopet.json", "Accept-Encoding: identity"),
    ("/timeline.ics?kind=lawsuit", "Accept-Encoding: identity"),
    ("/statistics.json?by=country", "Accept-Encoding: identity"),
    ("/catalogue.db", "Range: bytes=4096-8191"),
    ("/incidents.json?contry=JP&limit=0&sort=x", "Accept: application/json"),
    ("/nothing/here", "Accept: text/html"),
    ("/incidents/", "Accept: text/html"),
    ("/openapi.json", "Accept-Encoding: identity"),
]


def numbers():
    return range(OPTIONS.first, OPTIONS.most, OPTIONS.stride)


def ask(d, target, field):
    """What came: a Reply, or None where the connection was closed before the end of one."""
    try:
        with d.connect() as c:
            c.sendall(request(target, field, "Connection: close"))
            reply = c.reply()
            assert c.is_closed(), "bytes after the reply"
            return reply
    except (EOFError, ConnectionError):
        return None


def shape(reply):
    """What of a reply has to be as ever."""
    return reply.status, reply["ETag"], reply["Content-Encoding"], reply["Location"], reply.body


def descriptors(d):
    return len(os.listdir(f"/proc/{d.process.pid}/fd"))


class Starved(Daemon):
    """A daemon whose memory can run out."""

    def __init__(self, catalogue, *args):
        self.drought = Drought()
        super().__init__(*args, catalogue=catalogue, **self.drought.environment())

    def until(self, condition, what):
        end = time.monotonic() + daemon.PATIENCE
        while not condition():
            assert self.process.poll() is None, f"ended with {self.process.poll()}: {self.lines}"
            assert time.monotonic() < end, f"waited in vain until {what}: {self.lines}"
            time.sleep(0.001)

    def reload(self):
        """Has it look at its catalogue; the line that says what came of it."""
        seen = len(self.lines)
        words = ("now serving", "refused", "Cannot allocate memory")
        self.signal(signal.SIGHUP)
        self.until(lambda: any(w in line for line in self.lines[seen:] for w in words), "the catalogue was looked at")
        return next(line for line in self.lines[seen:] if any(w in line for w in words))


class Memory(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="memory-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.path = str(self.folder / "catalogue.db")
        shutil.copy(daemon.CATALOGUE, self.path)

    def put(self, source):
        shutil.copy(source, self.path + ".new")
        os.replace(self.path + ".new", self.path)

    # --- start

    def start(self, at, for_good, drought, tally):
        status, process, said = start(drought, self.path, at, for_good)
        drought["on"] = 0
        if status is None:
            tally["serves"] += 1
            process.send_signal(signal.SIGTERM)
            process.stderr.close()
            self.assertEqual(process.wait(daemon.PATIENCE), 0, "".join(said))
        else:
            tally["ends with 1"] += 1
            self.assertEqual(status, 1, "".join(said))
            self.assertTrue(any(line.startswith("breachd: ") for line in said), "it ends without a word")
        return drought["failed"]

    def test_start(self):
        for for_good in (False, True):
            drought, tally = Drought(), collections.Counter()
            for at in numbers():
                with self.subTest(at=at, for_good=for_good):
                    if not self.start(at, for_good, drought, tally):
                        break
            print(f"start, {'that and all after' if for_good else 'one failure'}: {dict(tally)}", flush=True)

    # --- requests

    def one_request(self, d, asked, expected, at, for_good, tally):
        d.drought.begin(at, for_good)
        reply = ask(d, *asked)
        failed = d.drought.end()
        if reply is None:
            tally["closed"] += 1
        elif reply.status == 503:
            tally["503"] += 1
            self.assertEqual(reply["Retry-After"], "5")
        else:
            tally["answered"] += 1
            self.assertTrue(shape(reply) in expected, f"another answer, {reply.status}")
        self.assertIsNone(d.process.poll(), f"ended: {d.lines[-3:]}")
        return failed

    def requests(self, renew, *args):
        with Starved(self.path, *args) as d:
            plain = {a: ask(d, a[0], "Accept-Encoding: identity") for a in ASKED}
            expected = {a: {shape(ask(d, *a))} for a in ASKED}
            for a in ASKED:
                if a[1].startswith("Accept-Encoding"):
                    expected[a].add(shape(plain[a]))  # what cannot be compressed comes as it is
            before = descriptors(d)
            for for_good in (False, True):
                for a in ASKED:
                    tally = collections.Counter()
                    failed = 1
                    for at in numbers():
                        if renew:
                            self.assertIn("now serving", d.reload())
                        with self.subTest(a, at=at, for_good=for_good):
                            failed = self.one_request(d, a, expected[a], at, for_good, tally)
                            d.until(lambda: descriptors(d) <= before, "the connection was closed")
                            again = ask(d, *a)
                            self.assertIsNotNone(again, "nothing works afterwards")
                            self.assertTrue(shape(again) in expected[a], f"another answer afterwards: {again.status}")
                        if not failed or d.process.poll() is not None:
                            break
                    print(f"{a[0]}, {'that and all after' if for_good else 'one failure'}: {dict(tally)}", flush=True)
            d.until(lambda: descriptors(d) <= before, "all connections were closed")
            self.assertEqual(d.stop(), 0)

    def test_requests_worked_out_each_time(self):
        self.requests(False, "--cache-size", "0")

    def test_requests_whose_answers_are_kept(self):
        self.requests(True)

    # --- swaps

    def test_swaps(self):
        other = str(self.folder / "other.db")
        subprocess.run([os.environ["TEST_BREACHCTL"], "import", "--built", "2030-01-01T00:00:00Z", "--output", other,
                        os.environ["TEST_RECORDS"]], env=daemon.environment(), check=True, capture_output=True,
                       timeout=daemon.PATIENCE * 4)
        with Starved(self.path) as d:
            asked = ("/incidents.json?limit=3", "Accept-Encoding: identity")
            answers = {}
            for name, source in (("other", other), ("first", daemon.CATALOGUE)):
                self.put(source)
                self.assertIn("now serving", d.reload())
                answers[name] = shape(ask(d, *asked))
            before = descriptors(d)
            for for_good in (False, True):
                tally, failed = collections.Counter(), 1
                for i, at in enumerate(numbers()):
                    source = ("other", "first")[i % 2]
                    with self.subTest(at=at, for_good=for_good):
                        self.put(other if source == "other" else daemon.CATALOGUE)
                        d.drought.begin(at, for_good)
                        line = d.reload()
                        failed = d.drought.end()
                        tally["taken" if "now serving" in line else "refused"] += 1
                        self.assertTrue(shape(ask(d, *asked)) in answers.values(), "a wrong answer")
                        self.assertIn("now serving", d.reload(), "it is not taken afterwards")
                        self.assertTrue(shape(ask(d, *asked)) == answers[source], "not the new one's answer")
                    if not failed:
                        break
                print(f"swap, {'that and all after' if for_good else 'one failure'}: {dict(tally)}", flush=True)
            d.until(lambda: descriptors(d) <= before, "the old catalogues were closed")
            self.assertEqual(d.stop(), 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for option in vars(OPTIONS):
        parser.add_argument(f"--{option}", type=int, default=getattr(OPTIONS, option))
    OPTIONS, rest = parser.parse_known_args()
    if daemon.sanitised():
        sys.exit(77)  # its memory comes another way; tests/unit/test_memory.c runs there
    sys.argv[1:] = rest
    daemon.main()
