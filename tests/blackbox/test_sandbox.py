#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The sandbox around the real daemon: what is in force, and that all its work goes on in it."""
import ctypes
import json
import os
import pwd
import shutil
import signal
import tempfile
import time
import unittest

import daemon
from daemon import Daemon, run

# How a kernel without Landlock is had: sandboxes within each other are 16 at most. Needs nothing but the calls themselves.
CROWDED = """
import ctypes, os, sys
c = ctypes.CDLL(None)
c.prctl(38, 1, 0, 0, 0)
devices = ctypes.c_uint64(1 << 11)
for _ in range(16):
    ruleset = c.syscall(444, ctypes.byref(devices), 8, 0)
    c.syscall(446, ruleset, 0)
    os.close(ruleset)
os.execv(sys.argv[1], sys.argv[1:])
"""


def has_landlock():
    return ctypes.CDLL(None).syscall(444, None, 0, 1) > 0


def thread_states(pid):
    """(NoNewPrivs, Seccomp, Uid, Gid, Groups, CapEff) of each thread."""
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/status", encoding="ascii") as f:
            fields = dict(line.rstrip("\n").split(":", 1) for line in f)
        yield {k: v.strip() for k, v in fields.items()}


class Sandbox(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with Daemon() as d:
            told = json.loads(d.get("/version").body)["sandbox"]
            if told["mode"] == "off" or not told["seccomp"]:
                raise unittest.SkipTest("a build for sanitizers, or without libseccomp")

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        os.chmod(self.folder, 0o755)
        self.inner = os.path.join(self.folder, "inner")
        os.mkdir(self.inner)
        self.path = os.path.join(self.inner, "catalogue.db")
        shutil.copy(daemon.CATALOGUE, self.path)

    def until(self, what, d):
        end = time.monotonic() + daemon.PATIENCE
        while not what():
            self.assertLess(time.monotonic(), end, d.lines)
            time.sleep(0.01)

    def test_it_is_on_unless_it_is_not_wanted(self):
        with Daemon() as d:
            for state in thread_states(d.process.pid):
                self.assertEqual((state["NoNewPrivs"], state["Seccomp"]), ("1", "2"))
            self.assertRegex(d.start[0], r"sandbox: no new privileges, Landlock \d+, seccomp; reads beneath /")
            told = json.loads(d.get("/version").body)["sandbox"]
            self.assertEqual((told["mode"], told["no_new_privileges"], told["seccomp"]), ("try", True, True))
            self.assertEqual(told["landlock"] > 0, has_landlock())
            self.assertIn({"name": "sandbox", "status": "ok", "detail": d.start[0].split("sandbox: ")[1].split(";")[0]},
                          json.loads(d.get("/readyz").body)["checks"])
        with Daemon("--sandbox", "off") as d:
            ours = {state["Seccomp"] for state in thread_states(os.getpid())}  # a container may have a filter of its own
            self.assertEqual({state["Seccomp"] for state in thread_states(d.process.pid)}, ours)
            self.assertTrue(d.start[0].endswith("sandbox: off"), d.start)
            self.assertEqual(json.loads(d.get("/version").body)["sandbox"],
                             {"mode": "off", "no_new_privileges": False, "landlock": 0, "seccomp": False})

    @unittest.skipUnless(has_landlock(), "no Landlock here")
    def test_where_it_is_not_whole(self):
        crowded = (daemon.sys.executable, "-c", CROWDED)
        with Daemon(command=(*crowded, daemon.BREACHD)) as d:
            self.assertRegex(d.start[0], r"sandbox: no new privileges, seccomp; without Landlock \(.+\)")
            self.assertEqual(json.loads(d.get("/version").body)["sandbox"]["landlock"], 0)
            checks = {c["name"]: c for c in json.loads(d.get("/readyz").body)["checks"]}
            self.assertEqual(checks["sandbox"]["status"], "warn")
            self.assertEqual(d.get("/readyz").status, 200)
        done = daemon.subprocess.run([*crowded, daemon.BREACHD, "--catalogue", self.path, "--listen", "127.0.0.1:0", "--sandbox",
                                      "require"], env=daemon.environment(), capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"^breachd: --sandbox require: [^\n]*without Landlock[^\n]*\n$")

    def test_everything_is_done_in_it(self):
        log, socket = os.path.join(self.folder, "log", "access"), os.path.join(self.folder, "run", "s")
        os.mkdir(os.path.dirname(log))
        os.mkdir(os.path.dirname(socket))
        with Daemon("--sandbox", "require", "--access-log", log, catalogue=self.path,
                    listen=("127.0.0.1:0", f"unix:{socket}")) as d:
            for target in ("/incidents?q=data", "/incidents.csv", "/catalogue.ndjson", "/catalogue.db", "/statistics", "/timeline.ics",
                           "/dealers.atom", "/sitemap.xml", "/.well-known/security.txt"):
                for coding in ("identity", "gzip", "br", "zstd"):
                    self.assertIn(d.get(target, f"Accept-Encoding: {coding}").status, (200, 404))
            self.assertEqual(d.get("/healthz", url=d.urls[1]).status, 200)
            for _ in range(3):
                loaded = json.loads(d.get("/version").body)["catalogue"]["loaded"]
                shutil.copy(self.path, self.path + ".new")
                os.replace(self.path + ".new", self.path)
                os.rename(log, log + ".1")
                n = len(d.lines)
                d.signal(signal.SIGHUP)
                self.until(lambda n=n: any("now serving" in line for line in d.lines[n:]), d)
                self.assertTrue(os.path.exists(log))
                self.assertGreaterEqual(json.loads(d.get("/version").body)["catalogue"]["loaded"], loaded)
            with d.connect() as c:
                c.sendall(daemon.request("/catalogue.ndjson"))
                d.signal(signal.SIGTERM)
                self.assertEqual(c.reply().status, 200)
            self.assertEqual(d.wait(), 0)
            self.assertFalse(os.path.exists(socket))
            self.assertFalse([line for line in d.lines if "now serving" not in line], d.lines)
        self.assertGreater(os.path.getsize(log) + os.path.getsize(log + ".1"), 0)

    def test_the_log_may_be_no_file_or_behind_a_link(self):
        real, link = os.path.join(self.folder, "real"), os.path.join(self.folder, "link")
        os.mkdir(real)
        os.symlink(os.path.join(real, "access"), link)
        for log in ("/dev/null", link, "off", "-"):
            with self.subTest(log), Daemon("--access-log", log) as d:
                d.signal(signal.SIGHUP)
                self.until(lambda: any("now serving" in line for line in d.lines), d)
                self.assertEqual(d.get("/healthz").status, 200)
                self.assertEqual(d.stop(), 0)
                self.assertFalse([line for line in d.lines if "denied" in line or "permitted" in line], d.lines)

    def test_links_lead_beneath_the_folder_or_nowhere(self):
        outside, link = os.path.join(self.folder, "outside.db"), os.path.join(self.inner, "link.db")
        shutil.copy(self.path, outside)
        for target in (outside, "../outside.db"):
            os.symlink(target, link)
            status, _, err = run("--catalogue", link, "--listen", "127.0.0.1:0")
            self.assertEqual(status, 1)
            self.assertRegex(err, rf"^breachd: {link}: leads to {outside}, outside of {self.inner}, [^\n]+\n$")
            with Daemon("--sandbox", "off", catalogue=link) as d:
                self.assertEqual(d.get("/healthz").status, 200)
            os.unlink(link)
        os.mkdir(os.path.join(self.inner, "releases"))
        for name in "12":
            shutil.copy(self.path, os.path.join(self.inner, "releases", name))
        os.symlink("releases/1", link)
        with Daemon(catalogue=link) as d:
            os.symlink("releases/2", link + ".new")
            os.replace(link + ".new", link)
            self.until(lambda: any("now serving" in line for line in d.lines), d)
            os.symlink(outside, link + ".new")
            os.replace(link + ".new", link)
            self.until(lambda: len(d.lines) >= 3, d)
            self.assertIn("Permission denied", d.lines[1])
            self.assertRegex(d.lines[2], rf"{link}: leads to {outside} by now, outside of {self.inner}")
            self.assertEqual(d.get("/incidents.json").status, 200)


@unittest.skipUnless(os.geteuid() == 0, "needs root")
class User(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        os.chmod(self.folder, 0o755)
        self.path = os.path.join(self.folder, "catalogue.db")
        shutil.copy(daemon.CATALOGUE, self.path)
        os.chmod(self.path, 0o644)
        self.nobody = pwd.getpwnam("nobody")
        # Nobody else reaches what was built in root's home.
        self.as_nobody = (daemon.sys.executable, "-c", "import os, sys; os.setgroups([]); os.setgid(65534); os.setuid(65534); "
                                                       "os.execv(sys.argv[1], sys.argv[1:])",
                          shutil.copy(daemon.BREACHD, self.folder))

    def test_root_is_dropped_for_good(self):
        logs = os.path.join(self.folder, "logs")
        os.mkdir(logs)
        os.chown(logs, self.nobody.pw_uid, self.nobody.pw_gid)
        log = os.path.join(logs, "access")
        with Daemon("--user", "nobody", "--access-log", log, catalogue=self.path) as d:
            for state in thread_states(d.process.pid):
                self.assertEqual(set(state["Uid"].split()), {str(self.nobody.pw_uid)})
                self.assertEqual(set(state["Gid"].split()), {str(self.nobody.pw_gid)})
                self.assertEqual(set(state["Groups"].split()) - {str(self.nobody.pw_gid)}, set())
                self.assertEqual(int(state["CapEff"], 16) | int(state["CapPrm"], 16), 0)
            self.assertFalse([line for line in d.start if "root" in line])
            self.assertEqual(os.stat(log).st_uid, self.nobody.pw_uid)
            os.rename(log, log + ".1")
            d.signal(signal.SIGHUP)
            end = time.monotonic() + daemon.PATIENCE
            while not os.path.exists(log):
                self.assertLess(time.monotonic(), end, d.lines)
                time.sleep(0.01)
            self.assertEqual(d.get("/incidents.json").status, 200)

    def test_what_the_user_cannot_read_is_told_at_start(self):
        os.chmod(self.path, 0o600)
        status, _, err = run("--catalogue", self.path, "--listen", "127.0.0.1:0", "--user", "nobody")
        self.assertEqual((status, err), (1, f"breachd: {self.path}: cannot be opened: Permission denied\n"))

    def test_as_root_it_warns_and_serves(self):
        with Daemon() as d:
            self.assertTrue(any("runs as root" in line for line in d.start), d.start)
            self.assertEqual(d.get("/healthz").status, 200)

    def test_users_that_cannot_be(self):
        for name, says in (("no-such-user-here", "there is no such user"), ("root", "is root itself")):
            status, _, err = run("--catalogue", self.path, "--listen", "127.0.0.1:0", "--user", name)
            self.assertEqual(status, 1)
            self.assertIn(f'--user: "{name}": {says}', err)
        done = daemon.subprocess.run([*self.as_nobody, "--catalogue", self.path, "--listen", "127.0.0.1:0", "--user", "daemon"],
                                     env=daemon.environment(), capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("only root can become another user", done.stderr)

    def test_it_runs_as_anybody(self):
        with Daemon(command=self.as_nobody, catalogue=self.path) as d:
            self.assertFalse([line for line in d.start if "root" in line])
            self.assertEqual(d.get("/incidents.json").status, 200)
            n = len(d.lines)
            d.signal(signal.SIGHUP)
            end = time.monotonic() + daemon.PATIENCE
            while len(d.lines) == n:
                self.assertLess(time.monotonic(), end)
                time.sleep(0.01)
            self.assertIn("now serving", d.lines[n])


if __name__ == "__main__":
    daemon.main()
