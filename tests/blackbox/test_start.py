#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How the daemon starts, and what it says when it cannot."""
import os
import pathlib
import sqlite3
import tempfile
import unittest

import daemon
from daemon import Daemon, run

WHOLE = pathlib.Path(daemon.CATALOGUE).read_bytes()


def altered(path, sql):
    with sqlite3.connect(path) as db:
        db.executescript(sql)
    db.close()


class Catalogues(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "catalogue.db"

    def check_refused(self, why=""):
        before = sorted(os.listdir(self.path.parent))
        status, out, err = run("--catalogue", str(self.path), "--listen", "127.0.0.1:0")
        self.assertEqual((status, out), (1, ""), err)
        self.assertEqual(err.count("\n"), 1, err)
        self.assertIn(str(self.path), err)
        self.assertIn(why, err)
        self.assertEqual(sorted(os.listdir(self.path.parent)), before)

    def test_missing(self):
        self.check_refused("No such file")

    def test_folder(self):
        self.path.mkdir()
        self.check_refused()

    def test_empty(self):
        self.path.write_bytes(b"")
        self.check_refused()

    def test_garbage(self):
        self.path.write_bytes(b"not a catalogue\n" * 1000)
        self.check_refused()

    def test_another_database(self):
        altered(self.path, "CREATE TABLE t (x); INSERT INTO t VALUES (1);")
        self.check_refused()

    def test_truncated(self):
        for n in (50, 100, 4096, len(WHOLE) // 2, len(WHOLE) - 4096, len(WHOLE) - 1):
            with self.subTest(n):
                self.path.write_bytes(WHOLE[:n])
                self.check_refused()

    def test_another_schema_version(self):
        for version in (0, 999):
            with self.subTest(version):
                self.path.write_bytes(WHOLE)
                altered(self.path, f"PRAGMA user_version = {version};")
                self.check_refused()

    def test_another_application(self):
        self.path.write_bytes(WHOLE)
        altered(self.path, "PRAGMA application_id = 1;")
        self.check_refused()

    def test_damaged(self):
        for at in (2, 4, 8):
            with self.subTest(at):
                middle = len(WHOLE) * at // 10
                self.path.write_bytes(WHOLE[:middle] + b"\xa5" * 5000 + WHOLE[middle + 5000:])
                self.check_refused()

    def test_a_journal_beside_it(self):
        for suffix in ("-wal", "-journal"):
            with self.subTest(suffix):
                self.path.write_bytes(WHOLE)
                beside = self.path.with_name(self.path.name + suffix)
                beside.write_bytes(b"x" * 100)
                self.check_refused()
                beside.unlink()

    def test_a_good_one_is_not_touched(self):
        self.path.write_bytes(WHOLE)
        self.path.chmod(0o444)
        before = self.path.stat()
        with Daemon(catalogue=str(self.path)) as d:
            self.assertEqual(d.get("/incidents.json").status, 200)
            self.assertEqual(os.listdir(self.path.parent), [self.path.name])
        self.assertEqual(self.path.read_bytes(), WHOLE)
        self.assertEqual(self.path.stat().st_mtime_ns, before.st_mtime_ns)


class Options(unittest.TestCase):
    def test_faults_are_one_line_and_open_nothing(self):
        for args, env, says in (
                ([], {}, "--catalogue: is not given, nor is BREACHD_CATALOGUE"),
                (["--catalogue", "/nowhere", "--thread", "2"], {}, "did you mean --threads?"),
                (["--catalogue", "/nowhere", "--threads", "two"], {}, '--threads: "two" is not a number'),
                (["--catalogue", "/nowhere", "--listen", "nowhere"], {}, '--listen: "nowhere" is not ADDR:PORT'),
                (["--catalogue", "/nowhere"], {"BREACHD_BASE_PATH": "x/"}, 'BREACHD_BASE_PATH: "x/" is not a path'),
                (["--catalogue", "/nowhere"], {"BREACHD_LISTEN": "127.0.0.1:0,x"}, 'BREACHD_LISTEN: "x" is not'),
                (["--catalogue", "/nowhere", "stray"], {}, '"stray" is not an option')):
            with self.subTest(says):
                status, out, err = run(*args, **env)
                self.assertEqual((status, out, err.count("\n")), (2, "", 1), err)
                self.assertIn(says, err)

    def test_help_and_version(self):
        status, out, err = run("--help")
        self.assertEqual((status, err), (0, ""))
        self.assertIn("--catalogue FILE", out)
        self.assertLess(max(map(len, out.splitlines())), 90)
        self.assertRegex(run("--version")[1], r"^breachd \d+\.\d+\.\d+ ")

    def test_environment(self):
        env = {"BREACHD_BASE_PATH": "/b", "BREACHD_THREADS": "1", "BREACHD_CACHE_CONTROL": "no-store"}
        with Daemon(**env) as d:
            self.assertEqual(d.get("/incidents.json")["Cache-Control"], "no-store")
            self.assertIn(b'"/b/incidents', d.get("/b/incidents").body)
            self.assertIn(b'"/b/incidents', d.get("/incidents").body)
        with Daemon("--base-path", "/c", **env) as d:
            self.assertIn(b'"/c/incidents', d.get("/incidents").body)

    def test_memory_is_said_at_start(self):
        with daemon.Daemon("--connections", "100", "--cache-size", "1500K") as d:
            self.assertRegex(d.start[-2], r"^breachd \S+: memory for 100 connections of 16 KiB: 2 MiB, "
                                         r"for kept answers: 1 MiB, for stored sets: 24 MiB, for 16 readers: 24 MiB, for replies on their way: 128 MiB$")

    def test_everything_from_the_environment(self):
        process = daemon.subprocess.Popen(
            [daemon.BREACHD], stderr=daemon.subprocess.PIPE, text=True, stdin=daemon.subprocess.DEVNULL,
            env=daemon.environment(BREACHD_CATALOGUE=daemon.CATALOGUE, BREACHD_LISTEN="127.0.0.1:0,[::1]:0"))
        line = next(line for line in process.stderr if "serving" in line)
        process.terminate()
        self.assertEqual(process.wait(timeout=daemon.PATIENCE), 0)
        process.stderr.close()
        self.assertRegex(line, r" at http://127\.0\.0\.1:\d+, http://\[::1\]:\d+\n$")


if __name__ == "__main__":
    daemon.main()
