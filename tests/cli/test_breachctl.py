#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""breachctl as people run it: what it prints, how it ends, and what is on disk afterwards, above all when things go wrong.

usage: TEST_BREACHCTL=path/to/breachctl test_breachctl.py
"""
import fcntl
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import tempfile
import time
import unittest

BREACHCTL = os.path.abspath(os.environ["TEST_BREACHCTL"])
CATALOGUE = pathlib.Path(__file__).resolve().parents[2] / "static" / "catalogue"
NOBODY = 65534
GOOD = {"id": "good", "title": "Good", "status": "confirmed", "modified": "2020-01-01T00:00:00Z"}


class Breachctl(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="breachctl-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.output = self.folder / "catalogue.db"

    def run_it(self, *args, env=None, **more):
        clean = {name: value for name, value in os.environ.items()
                 if name != "SOURCE_DATE_EPOCH" and not name.startswith("BREACHCTL_")}
        return subprocess.run([BREACHCTL, *map(str, args)], env=clean | (env or {}), text=True, timeout=60,
                              stdin=subprocess.DEVNULL, stdout=more.pop("stdout", subprocess.PIPE),
                              stderr=subprocess.PIPE, check=False, **more)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    def import_it(self, *inputs, status=0, **more):
        done = self.run_it("import", "--output", self.output, *inputs, **more)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def built(self):
        with sqlite3.connect(f"file:{self.output}?mode=ro&immutable=1", uri=True) as db:
            return db.execute("SELECT built FROM catalogue").fetchone()[0]

    def assert_untouched(self, before):
        """The output is byte for byte as it was, and nothing was left beside it."""
        self.assertEqual(self.output.read_bytes(), before)
        self.assertEqual([p.name for p in self.folder.iterdir() if p.name.startswith(".")], [])

    # --- what goes well

    def test_the_bundled_catalogue(self):
        done = self.import_it(CATALOGUE)
        n = len(list((CATALOGUE / "incidents").iterdir()))
        self.assertEqual(done.stdout, f"bundled: {n} read, {n} imported, 0 rejected, 0 warned\n")
        self.assertEqual(done.stderr, "")
        self.assertEqual(self.run_it("check", self.output).returncode, 0)
        first = self.output.read_bytes()
        self.import_it(CATALOGUE)
        self.assert_untouched(first)

    def test_info(self):
        self.import_it(CATALOGUE)
        done = self.run_it("info", self.output)
        self.assertEqual(done.returncode, 0)
        said = dict(line.split(": ", 1) for line in done.stdout.splitlines())
        self.assertEqual(int(said["incidents"]), len(list((CATALOGUE / "incidents").iterdir())))
        self.assertRegex(said["id"], "^[0-9a-f]{64}$")
        self.assertRegex(said["dataset"], "^bundled, .*CC BY-SA 4.0$")

    def test_rejects_are_told_and_the_rest_is_imported(self):
        bad = {"id": "bad", "title": "B", "status": "confirmed",
               "figures": [{"value": -1, "unit": "people", "qualifier": "exact", "scope": "affected",
                            "certainty": "claimed"}]}
        document = self.write("in/document.json", {"incidents": [GOOD, bad]})
        lines = self.write("in/lines.ndjson", json.dumps({**GOOD, "id": "next"}) + "\n{\n")
        broken = self.write("in/broken.json", "[1,")
        done = self.import_it(self.folder / "in", status=3)
        self.assertEqual(done.stdout, "local: 5 read, 2 imported, 3 rejected, 0 warned\n")
        told = done.stderr.splitlines()
        self.assertEqual(len(told), 3, told)
        self.assertTrue(told[0].startswith(f"{broken}: line 1, column 3: rejected: is not JSON"), told)
        self.assertEqual(told[1], f"{document}: incidents[1].figures[0].value: rejected: "
                                  "-1 is not between 0 and 9007199254740991")
        self.assertTrue(told[2].startswith(f"{lines}: line 2: rejected: is not JSON"), told)
        with sqlite3.connect(f"file:{self.output}?mode=ro&immutable=1", uri=True) as db:
            self.assertEqual(db.execute("SELECT file FROM dataset_reject ORDER BY ordinal").fetchall(),
                             [("broken.json",), ("document.json",), ("lines.ndjson",)])

    def test_when_it_was_built(self):
        path = self.write("a.json", GOOD)
        epoch = {"SOURCE_DATE_EPOCH": "86400"}
        for args, env, want in (
                ([], {}, "2020-01-01T00:00:00Z"),
                ([], epoch, "1970-01-02T00:00:00Z"),
                ([], epoch | {"BREACHCTL_BUILT": "2021-01-01T01:00:00+01:00"}, "2021-01-01T00:00:00Z"),
                (["--built=2022-02-02T00:00:00Z"], epoch | {"BREACHCTL_BUILT": "2021-01-01T00:00:00Z"},
                 "2022-02-02T00:00:00Z")):
            self.output.unlink(missing_ok=True)
            self.import_it(path, *args, env=env)
            self.assertEqual(self.built(), want)

    def test_terminals_are_not_written_to_by_data(self):
        path = self.write("in/\x1b]0;title\x07.json", "{\"\x1b[2J")
        self.write("in/good.json", GOOD)
        done = self.import_it(path.parent, status=3)
        self.assertNotIn("\x1b", done.stderr)
        self.assertNotIn("\x07", done.stderr)

    # --- the file on disk

    def test_mode_and_owner(self):
        path = self.write("a.json", GOOD)
        old = os.umask(0o027)
        self.addCleanup(os.umask, old)
        self.import_it(path)
        self.assertEqual(stat.S_IMODE(self.output.stat().st_mode), 0o640)
        self.output.chmod(0o604)
        if os.getuid() == 0:
            os.chown(self.output, NOBODY, NOBODY)
        before = self.output.stat()
        self.import_it(path)
        after = self.output.stat()
        self.assertNotEqual(after.st_ino, before.st_ino)
        self.assertEqual((after.st_mode, after.st_uid, after.st_gid), (before.st_mode, before.st_uid, before.st_gid))

    def test_a_link_stays_a_link(self):
        path = self.write("a.json", GOOD)
        target = self.folder / "deeper" / "real.db"
        target.parent.mkdir()
        self.import_it(path)
        self.output.rename(target)
        self.output.symlink_to(target)
        before = target.stat().st_ino
        self.import_it(path)
        self.assertTrue(self.output.is_symlink())
        self.assertNotEqual(target.stat().st_ino, before)

    def test_readers_keep_the_file_they_opened(self):
        path = self.write("a.json", GOOD)
        self.import_it(path)
        with self.output.open("rb") as old:
            before = old.read()
            self.write("a.json", {**GOOD, "summary": "other"})
            self.import_it(path)
            old.seek(0)
            self.assertEqual(old.read(), before)
            self.assertNotEqual(self.output.read_bytes(), before)

    # --- what an import owes to the catalogue it replaces

    def write_set(self, *numbers, **more):
        return self.write("set.json", {"datasets": [{"id": "set", "title": "The set"}], "incidents": [
            {"id": f"set-{n}", "title": f"Title {n}", "status": "claimed", "dataset": {"id": "set"}, **more}
            for n in numbers]})

    def test_records_that_are_gone(self):
        self.import_it(self.write_set(*range(20)))
        done = self.import_it(self.write_set(*range(2, 20)))
        self.assertEqual(done.stderr, "set: 2 records gone, now withdrawn: set-0, …\n")
        self.assertEqual(done.stdout, "set: 18 read, 18 imported, 0 rejected, 0 warned\n")
        before = self.output.read_bytes()
        again = self.import_it(self.write_set(*range(2, 20)))
        self.assertEqual((again.stderr, self.output.read_bytes()), ("", before))
        few = self.write_set(7)
        done = self.import_it(few, status=1)
        self.assertEqual(done.stderr, f"breachctl: {self.output}: would withdraw 17 of the 18 records of dataset "
                         "\"set\" (more than 10 %); nothing was published: add the missing input, or allow it with "
                         "--allow-shrink\n")
        self.assertEqual(done.stdout, "")
        self.assert_untouched(before)
        self.import_it(few, status=1, env={"BREACHCTL_ALLOW_SHRINK": "no"})
        self.import_it(few, env={"BREACHCTL_ALLOW_SHRINK": "yes"})
        with sqlite3.connect(f"file:{self.output}?mode=ro&immutable=1", uri=True) as db:
            self.assertEqual(db.execute("SELECT count(*), sum(listed), count(withdrawn_at) FROM incident").fetchone(),
                             (20, 1, 19))
        self.assertEqual(self.run_it("check", self.output).returncode, 0)

    def test_a_file_that_is_no_catalogue_is_replaced(self):
        self.output.write_text("something else")
        done = self.import_it(self.write("a.json", GOOD))
        self.assertEqual(done.stderr, f"{self.output}: nothing of the old file is carried over: "
                         f"{self.output}: is not a catalogue\n")

    # --- the report

    def test_warnings_are_shown_up_to_twenty_of_a_kind_and_dataset(self):
        source = {"n": 1, "title": "T", "class": "attacker", "url": "http://x.example/"}
        many = self.write_set(*range(25), sources=[source])
        few = self.write("few.json", [{**GOOD, "id": f"few-{n}", "sources": [source]} for n in range(3)])
        done = self.import_it(few, many)
        told = done.stderr.splitlines()
        self.assertEqual(len([line for line in told if line.startswith(f"{many}: ")]), 20)
        self.assertEqual(len([line for line in told if line.startswith(f"{few}: ")]), 3)
        self.assertEqual(told[-1], "set: 5 more warnings of kind attacker-url")
        self.assertEqual(done.stdout, "local: 3 read, 3 imported, 0 rejected, 3 warned\n"
                         "set: 25 read, 25 imported, 0 rejected, 25 warned\n")

    def test_the_report_in_a_file(self):
        report = self.folder / "report.json"
        source = {"n": 1, "title": "T", "class": "attacker", "url": "http://x.example/"}
        path = self.write_set(*range(25), sources=[source])
        broken = self.write("broken.json", "{")
        self.import_it(path, "--report", report)
        self.import_it(self.write_set(*range(24), sources=[source]), self.write("good.json", GOOD), "--report", report)
        told = json.loads(report.read_text(encoding="utf-8"))
        self.assertIs(told["published"], True)
        self.assertEqual(told["datasets"], [
            {"id": "local", "read": 1, "imported": 1, "rejected": 0, "warned": 0},
            {"id": "set", "read": 24, "imported": 24, "rejected": 0, "warned": 24}])
        self.assertEqual(len(told["warnings"]), 24)
        self.assertEqual(told["warnings"][3], {
            "dataset": "set", "file": str(path), "position": "incidents[3]", "field": "sources[0].url",
            "reason": told["warnings"][3]["reason"], "kind": "attacker-url"})
        self.assertEqual(told["withdrawn"], [{"dataset": "set", "id": "set-24"}])
        self.assertIn(f"id: {told['catalogue']['id']}\n", self.run_it("info", self.output).stdout)
        before = self.output.read_bytes()
        self.import_it(broken, "--report", report, status=1)
        told = json.loads(report.read_text(encoding="utf-8"))
        self.assertEqual((told["published"], told["catalogue"], len(told["rejects"])), (False, None, 1))
        self.assertIn("holds no record", told["error"])
        self.assert_untouched(before)

    def test_a_report_that_cannot_be_written(self):
        path = self.write("a.json", GOOD)
        done = self.import_it(path, "--report", self.folder / "none" / "r.json", status=1)
        self.assertIn("No such file", done.stderr)
        self.assertFalse(self.output.exists())

    # --- several at once, and those that were killed

    def test_who_comes_second_is_refused(self):
        path = self.write("a.json", GOOD)
        self.import_it(path)
        before = self.output.read_bytes()
        with (self.folder / ".catalogue.db.import").open("w") as other:
            fcntl.flock(other, fcntl.LOCK_EX)
            done = self.import_it(path, "--built", "2030-01-01T00:00:00Z", status=1)
            self.assertEqual(done.stderr, f"breachctl: {self.output}: another import or pull is at work on it\n")
            self.assertEqual(self.output.read_bytes(), before)
        self.import_it(path)
        self.assert_untouched(before)

    def test_many_at_once(self):
        self.import_it(CATALOGUE)
        want = self.output.read_bytes()
        runs = [subprocess.Popen([BREACHCTL, "import", "--output", self.output, CATALOGUE], text=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(8)]
        ended = [(run.communicate(timeout=60), run.returncode) for run in runs]
        for (_, told), status in ended:
            self.assertEqual((status, told), (0, "") if status == 0 else
                             (1, f"breachctl: {self.output}: another import or pull is at work on it\n"))
        self.assertIn(0, [status for _, status in ended])
        self.assert_untouched(want)

    def test_killed_at_any_moment(self):
        """At a hundred moments from the start of an import to its end: the output is the old file or the new one, whole,
        and the next import leaves nothing behind."""
        self.import_it(CATALOGUE)
        old = self.output.read_bytes()
        later = ("--built", "2040-01-01T00:00:00Z", CATALOGUE)
        start = time.monotonic()
        self.import_it(*later)
        whole = time.monotonic() - start
        new, left = self.output.read_bytes(), 0
        self.assertNotEqual(new, old)
        for i in range(100):
            self.output.write_bytes(old)
            run = subprocess.Popen([BREACHCTL, "import", "--output", self.output, *later], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
            try:
                run.wait(whole * (i + random.random()) / 100)
            except subprocess.TimeoutExpired:
                run.kill()
            self.assertIn(run.wait(), (0, -signal.SIGKILL))
            self.assertIn(self.output.read_bytes(), (old, new))
            hidden = [p.name for p in self.folder.iterdir() if p.name.startswith(".")]
            self.assertIn(hidden, ([], [".catalogue.db.import"]))
            left += bool(hidden)
        self.assertGreater(left, 0, "no run was killed while it wrote")
        self.output.write_bytes(old)
        self.import_it(*later)
        self.assert_untouched(new)

    # --- what goes wrong leaves the output as it was

    def expect_failure(self, *inputs, says, status=1, **more):
        self.output.unlink(missing_ok=True)
        self.import_it(self.write("before.json", GOOD))
        before = self.output.read_bytes()
        done = self.run_it("import", "--allow-shrink", "--output", self.output, *inputs, **more)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertIn(says, done.stderr.splitlines()[-1])
        self.assertTrue(done.stderr.splitlines()[-1].startswith("breachctl: "), done.stderr)
        self.assert_untouched(before)

    def test_missing_input(self):
        self.expect_failure(CATALOGUE, self.folder / "missing", says="missing: No such file or directory")

    def test_input_without_records(self):
        self.expect_failure(self.write("empty.json", []), says="holds no record")
        (self.folder / "void").mkdir()
        self.expect_failure(CATALOGUE, self.folder / "void", says="void: holds no record")
        self.expect_failure(self.write("broken.json", "{"), says="broken.json: holds no record")
        self.expect_failure("/dev/null", says="neither a file nor a folder")

    def test_output_that_is_an_input(self):
        self.import_it(self.write("a.json", GOOD))
        before = self.output.read_bytes()
        done = self.run_it("import", "--output", self.output, self.output)
        self.assertEqual(done.returncode, 1)
        self.assert_untouched(before)

    def test_file_size_limit(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        self.expect_failure(CATALOGUE, says=f"{self.output}: disk I/O error: File too large", preexec_fn=limit)

    def test_full_disk(self):
        disk = self.folder / "disk"
        disk.mkdir()
        mount = subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "-o", "size=800k", "none", disk], check=False,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if mount.returncode != 0:
            self.skipTest("may not mount a file system")
        script = """
            mount -t tmpfs -o size=800k none "$1" && cd "$1" || exit 9
            "$0" import --output out.db "$2" && cp out.db before.db || exit 9
            "$0" import --allow-shrink --output out.db "$3"; echo "status $?"
            cmp out.db before.db && ls -A"""
        done = subprocess.run(["unshare", "-m", "sh", "-c", script, BREACHCTL, disk, self.write("a.json", GOOD), CATALOGUE],
                              text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.stderr, "breachctl: out.db: database or disk is full\n")
        self.assertEqual(done.stdout.splitlines()[1:], ["status 1", "before.db", "out.db"])

    def test_memory_that_runs_out(self):
        """At every size of memory the import is done whole or not at all."""
        def limit(size):
            return lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size))
        if self.run_it("--version", preexec_fn=limit(1 << 29)).returncode != 0:
            self.skipTest("the program needs much memory to begin with")
        self.import_it(self.write("before.json", GOOD))
        before, statuses = self.output.read_bytes(), set()
        for size in range(6 << 20, 256 << 20, 512 << 10):
            done = self.run_it("import", "--allow-shrink", "--output", self.output, CATALOGUE, preexec_fn=limit(size))
            statuses.add(done.returncode)
            if done.returncode == 0:
                break
            self.assertIn(done.returncode, (1, 127), done.stderr)  # 127: it could not even be loaded
            self.assert_untouched(before)
        self.assertTrue({0, 1} <= statuses, statuses)

    def test_memory_does_not_grow_with_the_input(self):
        """What is read is not held: an array and lines, each of more text than there may be memory, are imported."""
        def limit(size):
            return lambda: resource.setrlimit(resource.RLIMIT_DATA, (size, size))
        if self.run_it("--version", preexec_fn=limit(96 << 20)).returncode != 0:
            self.skipTest("the program needs much memory to begin with")
        words = "".join(f"word{i % 997} " for i in range(2000))
        for name, head, between, tail in (("lines.ndjson", "", "\n", "\n"), ("array.json", "[", ",", "]")):
            path = self.folder / name
            with path.open("w", encoding="utf-8") as out:
                out.write(head)
                for i in range(9000):
                    out.write((between if i else "") + json.dumps({**GOOD, "id": f"i-{i}", "status_note": words}))
                out.write(tail)
            self.assertGreater(path.stat().st_size, 128 << 20)
            self.import_it(path, preexec_fn=limit(96 << 20))
            path.unlink()

    def test_read_only_folder(self):
        shutil.copytree(CATALOGUE, self.folder / "in")
        program = shutil.copy(BREACHCTL, self.folder / "breachctl")
        self.import_it(self.write("before.json", GOOD))
        before = self.output.read_bytes()
        self.folder.chmod(0o555)
        self.addCleanup(self.folder.chmod, 0o755)
        as_nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.getuid() == 0 else {}
        done = subprocess.run([program, "import", "--output", self.output, self.folder / "in"], text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd="/", **as_nobody)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("Permission denied", done.stderr)
        self.assert_untouched(before)

    def test_outputs_that_cannot_be(self):
        path = self.write("a.json", GOOD)
        (self.folder / "taken").mkdir()
        for output, says in ((self.folder / "taken", "Is a directory"), (self.folder / "none" / "x", "No such file"),
                             (path / "x", "Not a directory"), ("/dev/null", "cannot be replaced"),
                             (self.folder / ("x" * 250), "too long")):
            done = self.run_it("import", "--output", output, path)
            self.assertEqual(done.returncode, 1, output)
            self.assertIn(says, done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["a.json", "taken"])

    def test_standard_output_that_is_full(self):
        with open("/dev/full", "w", encoding="ascii") as full:
            done = self.import_it(self.write("a.json", GOOD), status=1, stdout=full)
        self.assertIn("standard output", done.stderr)

    # --- check

    def test_check_finds_what_was_changed(self):
        self.import_it(CATALOGUE)
        with sqlite3.connect(self.output) as db:
            db.execute("UPDATE incident SET exposure = 'denied' WHERE exposure = 'confirmed'")
        done = self.run_it("check", self.output)
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stdout + done.stderr)

    def test_check_refuses_what_is_no_catalogue(self):
        for name, content in (("empty", b""), ("garbage", b"garbage" * 1000), ("cut", None)):
            path = self.folder / name
            if content is None:
                self.import_it(CATALOGUE)
                content = self.output.read_bytes()[:-5000]
            path.write_bytes(content)
            for verb in ("check", "info"):
                done = self.run_it(verb, path)
                self.assertEqual(done.returncode, 1, (verb, name))
                self.assertIn(str(path), done.stdout + done.stderr)

    # --- the command line

    def test_usage(self):
        path = self.write("a.json", GOOD)
        for args, says in (
                ([], "--help"),
                (["imprt"], "did you mean \"import\""),
                (["import", path], "needs --output"),
                (["import", "--output", self.output], "takes INPUT"),
                (["import", "--output"], "needs a value"),
                (["import", "--output=", path], "needs a value"),
                (["import", "--ouptut", "x", path], "did you mean --output"),
                (["import", "--output", "x", "--output", "y", path], "given twice"),
                (["import", "--output", self.output, "--built", "now", path], "is no time"),
                (["import", "--output", self.output, "--allow-shrink=yes", path], "takes no value"),
                (["import", "--output", self.output, "--allow-shrink", "--allow-shrink", path], "given twice"),
                (["import", "--output", self.output, path, "--report"], "needs a value"),
                (["import", "--output", self.output, "--report", self.output, path], "two files"),
                (["check"], "takes FILE"),
                (["info", path, path], "takes FILE"),
                (["check", "--built", "x", path], "unknown option")):
            done = self.run_it(*args)
            self.assertEqual(done.returncode, 2, args)
            self.assertIn(says, done.stderr)
            self.assertEqual(done.stdout, "")
        for env in ({"SOURCE_DATE_EPOCH": "-1"}, {"BREACHCTL_BUILT": "soon"}, {"BREACHCTL_ALLOW_SHRINK": "maybe"}):
            self.assertEqual(self.run_it("import", "--output", self.output, path, env=env).returncode, 2, env)
        self.assertFalse(self.output.exists())

    def test_help_and_version(self):
        for args in (["--help"], ["import", "--help"]):
            done = self.run_it(*args)
            self.assertEqual(done.returncode, 0)
            for word in ("import", "check", "info", "--output FILE", "--built TIME", "--allow-shrink  ",
                         "--report FILE", "Exit status"):
                self.assertIn(word, done.stdout)
        done = self.run_it("--version")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r"^breachctl \d+\.\d+\.\d+ \(\S+\)\n$")


if __name__ == "__main__":
    unittest.main()
