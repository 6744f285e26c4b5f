#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Faults under steady load: catalogues swapped, corrupt ones, a folder that cannot be read, no descriptors left.

usage: TEST_… faults.py [--swaps N]

Meanwhile clients ask without pause, and hold every answer against what that catalogue is known to answer. Nothing else may
come than that, a 503, or, where connections are what is short, a connection that is closed without a reply; and when the fault
is over everything is as ever.
"""
import argparse
import itertools
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "blackbox"))
import daemon  # pylint: disable=wrong-import-position
from daemon import Daemon, request

OPTIONS = argparse.Namespace(swaps=100)
CLIENTS = 4
NOBODY = 65534
DESCRIPTORS = 64

TARGETS = ["/incidents.json?limit=3", "/incidents?q=toyota", "/incidents/2019-03-toyota-vietnam.json", "/dealers.csv",
           "/timeline.json?kind=lawsuit", "/statistics.json?by=country&status=confirmed", "/incidents.atom?country=JP",
           "/catalogue.db", "/incidents.json?q=cloud&facet=year,country"]


class Served(Daemon):
    """A daemon on a catalogue of its own, which is replaced; as root it runs as nobody."""

    def __init__(self, folder, *prefix):
        self.path = folder / "served" / "catalogue.db"
        self.path.parent.mkdir()
        shutil.copy(daemon.CATALOGUE, self.path)
        program = folder / "breachd"  # where nobody can run it
        shutil.copy(daemon.BREACHD, program)
        os.chmod(folder, 0o755)
        if os.geteuid() == 0:
            prefix += ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
            os.chown(self.path.parent, NOBODY, NOBODY)
        super().__init__(catalogue=str(self.path), command=(*prefix, str(program)))

    def put(self, source):
        shutil.copy(source, self.path.parent / "next")
        os.chmod(self.path.parent / "next", 0o644)
        os.replace(self.path.parent / "next", self.path)

    def until(self, condition, what):
        end = time.monotonic() + daemon.PATIENCE
        while not condition():
            assert time.monotonic() < end, f"waited in vain until {what}: {self.lines[-5:]}"
            time.sleep(0.005)

    def look(self):
        """Has it look at its catalogue; what it says of it."""
        seen = len(self.lines)
        self.signal(signal.SIGHUP)
        words = ("now serving", "refused")
        self.until(lambda: any(w in line for line in self.lines[seen:] for w in words), "the catalogue was looked at")
        return next(line for line in self.lines[seen:] if any(w in line for w in words))

    def answers(self):
        """What the catalogue in service answers."""
        return {t: (r["ETag"], r.body) for t in TARGETS for r in [self.get(t)]}


class Client(threading.Thread):
    """Asks without pause, on one connection as long as it lasts."""

    def __init__(self, d, right, first):
        super().__init__(daemon=True)
        self.d, self.right, self.first = d, right, first
        self.over = threading.Event()
        self.counts = {"right": 0, "503": 0, "closed": 0}
        self.wrong = []

    def judge(self, target, reply):
        if reply.status == 503:
            self.counts["503"] += 1
        elif reply.status == 200 and (reply["ETag"], reply.body) in [r[target] for r in self.right]:
            self.counts["right"] += 1
        else:
            self.wrong.append((target, reply.status, reply["ETag"]))

    def converse(self, targets):
        with self.d.connect() as c:
            for target in targets:
                if self.over.is_set():
                    return
                c.sendall(request(target))
                reply = c.reply()
                self.judge(target, reply)
                if reply.closes:
                    return

    def run(self):
        targets = itertools.cycle(TARGETS[self.first:] + TARGETS[:self.first])
        while not self.over.is_set():
            try:
                self.converse(targets)
            except (EOFError, ConnectionError):
                self.counts["closed"] += 1
            except Exception as e:  # pylint: disable=broad-except
                self.wrong.append(repr(e))


def spoil(whole):
    """Twenty files that are no catalogue to serve: name and bytes."""
    for part in (1, 15, 99, 100, 1024, 4096, len(whole) // 2, len(whole) - 4096, len(whole) - 1):
        yield f"the first {part} bytes", whole[:part]
    yield "more at its end", whole + bytes(4096)
    yield "empty", b""
    yield "zeros", bytes(len(whole))
    yield "a page", b"<html>" * 1000
    for name, at in {"another format": 0, "another page size": 16, "another schema": 63, "another program": 68,
                     "another length": 31, "written by WAL": 18, "no tree": 100}.items():
        yield name, whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1:]


class Faults(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="faults-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.other = self.folder / "other.db"
        subprocess.run([os.environ["TEST_BREACHCTL"], "import", "--built", "2030-01-01T00:00:00Z", "--output", self.other,
                        os.environ["TEST_RECORDS"]], env=daemon.environment(), check=True, capture_output=True,
                       timeout=daemon.PATIENCE * 4)

    def begin(self, *prefix):
        d = Served(self.folder, *prefix)
        self.addCleanup(lambda: d.process.poll() is None and d.process.kill())
        self.old = d.answers()
        d.put(self.other)
        self.assertIn("now serving", d.look())
        self.new = d.answers()
        self.clients = [Client(d, [self.old, self.new], i * 2) for i in range(CLIENTS)]
        for c in self.clients:
            c.start()
        return d

    def end(self, d, *allowed):
        """The clients stop; what they met is right, and the daemon ends in order."""
        self.go_on(d)
        for c in self.clients:
            c.over.set()
        for c in self.clients:
            c.join(daemon.PATIENCE)
        counts = {k: sum(c.counts[k] for c in self.clients) for k in self.clients[0].counts}
        print(f"{self.id().rsplit('.', 1)[1]}: {counts}", flush=True)
        self.assertEqual([w for c in self.clients for w in c.wrong], [])
        for kind, n in counts.items():
            self.assertTrue(n == 0 or kind in ("right", *allowed), counts)
        self.assertEqual(d.stop(), 0)

    def go_on(self, d):
        """Every client gets right answers still."""
        before = [c.counts["right"] for c in self.clients]
        d.until(lambda: all(c.counts["right"] > n + 3 or c.wrong for c, n in zip(self.clients, before)), "all are answered")

    def test_swaps(self):
        d = self.begin()
        for source in itertools.islice(itertools.cycle([daemon.CATALOGUE, self.other]), OPTIONS.swaps):
            d.put(source)
            self.assertIn("now serving", d.look())
        self.end(d)

    def test_corrupt_catalogues(self):
        d = self.begin()
        for name, content in spoil(self.other.read_bytes()):
            with self.subTest(name):
                (self.folder / "bad").write_bytes(content)
                d.put(self.folder / "bad")
                self.assertIn("refused", d.look())
                self.go_on(d)
        self.end(d)

    def test_what_is_no_file(self):
        d = self.begin()
        makers = {"a folder": os.mkdir, "a queue": os.mkfifo, "a link to nothing": lambda p: os.symlink("nothing", p),
                  "a link to itself": lambda p: os.symlink(p, p), "a device": lambda p: os.symlink("/dev/zero", p),
                  "nothing": lambda p: None}
        for name, make in makers.items():
            with self.subTest(name):
                if d.path.is_dir() and not d.path.is_symlink():
                    d.path.rmdir()
                else:
                    d.path.unlink(missing_ok=True)
                make(d.path)
                self.assertIn("refused", d.look())
                self.go_on(d)
        d.path.unlink(missing_ok=True)
        d.put(daemon.CATALOGUE)
        self.assertIn("now serving", d.look())
        self.end(d)

    def test_a_folder_that_cannot_be_read(self):
        d = self.begin()
        os.chmod(d.path.parent, 0)
        self.assertRegex(d.look(), "refused .*Permission denied")
        # more at once than there were readers: they share those that are there
        more = [Client(d, [self.old, self.new], i % len(TARGETS)) for i in range(4 * CLIENTS)]
        for c in more:
            c.start()
        self.clients += more
        self.go_on(d)
        os.chmod(d.path.parent, 0o755)
        d.put(daemon.CATALOGUE)
        self.assertIn("now serving", d.look())
        self.end(d)

    def test_no_descriptors(self):
        d = self.begin("prlimit", f"--nofile={DESCRIPTORS}:{DESCRIPTORS}")
        self.go_on(d)  # so that the clients are connected before the others are
        held = [d.connect() for _ in range(2 * DESCRIPTORS)]  # the kernel takes them, and the daemon as many as it can
        opened = lambda: len(os.listdir(f"/proc/{d.process.pid}/fd"))
        d.until(lambda: opened() == DESCRIPTORS, "no descriptor is left")
        d.put(daemon.CATALOGUE)
        self.assertRegex(d.look(), "refused .*Too many open files")
        self.go_on(d)
        for c in held:
            c.close()
        d.until(lambda: opened() < DESCRIPTORS - CLIENTS, "descriptors are there again")
        self.assertIn("now serving", d.look())
        with d.connect() as c:
            c.sendall(request(TARGETS[0]))
            reply = c.reply()
        self.assertEqual((reply["ETag"], reply.body), self.old[TARGETS[0]])
        self.end(d, "503", "closed")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--swaps", type=int, default=OPTIONS.swaps)
    OPTIONS, rest = parser.parse_known_args()
    sys.argv[1:] = rest
    daemon.main()
