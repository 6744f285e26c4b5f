#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Life under a service manager: sockets that it hands over, what it is told, how the journal is written to."""
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import daemon
from daemon import Daemon

# Becomes the daemon with the descriptors as those from 3 on, as a service manager leaves them.
ACTIVATE = """
import os, sys
fds = [os.dup(int(fd)) for fd in sys.argv[1].split(",")]
fds = [os.dup(fd) if fd < 3 + len(fds) else fd for fd in fds]
for i, fd in enumerate(fds):
    os.dup2(fd, 3 + i)
os.environ["LISTEN_PID"], os.environ["LISTEN_FDS"] = str(os.getpid()), str(len(fds))
os.execv(sys.argv[2], sys.argv[2:])
"""


def activated(*sockets):
    fds = [s.fileno() for s in sockets]
    return {"command": (sys.executable, "-c", ACTIVATE, ",".join(map(str, fds)), daemon.BREACHD), "pass_fds": fds}


def listener(family=socket.AF_INET, address=("127.0.0.1", 0)):
    s = socket.socket(family)
    s.bind(address)
    s.listen(16)
    return s


class Manager:
    """Hears what is told to NOTIFY_SOCKET."""

    def __init__(self, address):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(address)
        self.socket.settimeout(daemon.PATIENCE)

    def hear(self):
        return dict(line.split("=", 1) for line in self.socket.recv(4096).decode().splitlines())

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.socket.close()


class Life(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    # --- the service manager ---

    def test_it_is_told_of_everything(self):
        path, name = os.path.join(self.folder, "notify"), f"breachd-test-{os.getpid()}"
        for at, variable in ((path, path), ("\0" + name, "@" + name)):
            with self.subTest(variable), Manager(at) as m, Daemon(NOTIFY_SOCKET=variable) as d:
                ready = m.hear()
                self.assertEqual(ready["READY"], "1")
                self.assertRegex(ready["STATUS"], r"^serving \d+ incidents, id [0-9a-f]{8}$")
                before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
                d.signal(signal.SIGHUP)
                reloading = m.hear()
                self.assertEqual(reloading["RELOADING"], "1")
                self.assertGreaterEqual(int(reloading["MONOTONIC_USEC"]), before)
                heard = m.hear()
                while "READY" not in heard:
                    heard = m.hear()
                d.signal(signal.SIGTERM)
                self.assertEqual(m.hear()["STOPPING"], "1")
                self.assertEqual(d.wait(), 0)

    def test_signs_of_life(self):
        path = os.path.join(self.folder, "notify")
        with Manager(path) as m, Daemon("--threads", "3", NOTIFY_SOCKET=path, WATCHDOG_USEC="1000000") as d:
            self.assertIn("READY", m.hear())
            for _ in range(4):
                self.assertEqual(m.hear(), {"WATCHDOG": "1"})
            self.assertEqual(d.lines, [])

    def test_no_sign_of_life_without_answers(self):
        """A thread that is held up by a debugger's stop answers nothing, and the process as a whole looks well."""
        path = os.path.join(self.folder, "notify")
        with Manager(path) as m, Daemon("--threads", "1", NOTIFY_SOCKET=path, WATCHDOG_USEC="1000000") as d:
            self.assertIn("READY", m.hear())
            self.assertEqual(m.hear(), {"WATCHDOG": "1"})
            worker = next(t for t in map(int, os.listdir(f"/proc/{d.process.pid}/task")) if self.is_worker(d, t))
            held = Holder(worker)
            if not held.holds:
                self.skipTest("may not trace")
            end = time.monotonic() + daemon.PATIENCE
            while not d.lines and time.monotonic() < end:
                time.sleep(0.01)
            self.assertTrue(d.lines, "nobody noticed")
            self.assertIn("was not answered", d.lines[0])
            held.let_go()
            m.socket.settimeout(0)
            try:
                while m.hear():
                    pass
            except BlockingIOError:
                m.socket.settimeout(daemon.PATIENCE)
            self.assertEqual(m.hear(), {"WATCHDOG": "1"})

    @staticmethod
    def is_worker(d, thread):
        with open(f"/proc/{d.process.pid}/task/{thread}/comm", encoding="ascii") as f:
            return f.read().startswith("MHD")

    def test_a_watchdog_of_another_process_is_none_of_ours(self):
        path = os.path.join(self.folder, "notify")
        with Manager(path) as m, Daemon(NOTIFY_SOCKET=path, WATCHDOG_USEC="1000", WATCHDOG_PID="1") as d:
            self.assertIn("READY", m.hear())
            d.signal(signal.SIGHUP)
            self.assertIn("RELOADING", m.hear())

    def test_a_manager_that_is_not_there(self):
        for address in (os.path.join(self.folder, "nobody"), "nonsense", "@" + 200 * "x"):
            with Daemon(NOTIFY_SOCKET=address) as d:
                self.assertTrue(any("NOTIFY_SOCKET: " in line for line in d.start), d.start)
                self.assertEqual(d.get("/healthz").status, 200)

    # --- sockets ---

    def test_sockets_that_are_handed_over(self):
        path = os.path.join(self.folder, "s")
        with listener() as tcp, listener(socket.AF_INET6, ("::1", 0)) as six, listener(socket.AF_UNIX, path) as unix:
            with Daemon(listen=(), **activated(tcp, six, unix)) as d:
                self.assertEqual(d.urls, [f"http://127.0.0.1:{tcp.getsockname()[1]}", f"http://[::1]:{six.getsockname()[1]}",
                                          f"unix:{path}"])
                for url in d.urls:
                    self.assertEqual(d.get("/incidents.json", url=url).status, 200)
                self.assertEqual(d.stop(), 0)
            self.assertTrue(os.path.exists(path))
            with Daemon(**activated(tcp)) as d:  # and one of its own
                self.assertEqual(len(d.urls), 2)
                for url in d.urls:
                    self.assertEqual(d.get("/healthz", url=url).status, 200)

    def test_who_comes_between_two_daemons_is_answered(self):
        with listener() as tcp:
            url = f"http://127.0.0.1:{tcp.getsockname()[1]}"
            for _ in range(2):
                with daemon.dial(url) as waiting:
                    waiting.sendall(daemon.request("/healthz"))
                    with Daemon(listen=(), **activated(tcp)) as d:
                        self.assertEqual(waiting.reply().status, 200)
                        self.assertEqual(d.stop(), 0)

    def test_restarts_refuse_nobody(self):
        """Clients ask without pause while one daemon after another serves the same socket."""
        over, lost, answered = threading.Event(), [], []

        def ask(url):
            while not over.is_set():
                try:
                    with daemon.dial(url) as c:
                        c.sendall(daemon.request("/healthz", "Connection: close"))
                        answered.append(c.reply().status)
                except (EOFError, OSError) as e:
                    lost.append(repr(e))
                    return

        with listener() as tcp:
            url = f"http://127.0.0.1:{tcp.getsockname()[1]}"
            clients = [threading.Thread(target=ask, args=(url,), daemon=True) for _ in range(4)]
            for c in clients:
                c.start()
            for _ in range(5):
                n = len(answered)
                with Daemon(listen=(), **activated(tcp)) as d:
                    while len(answered) < n + 20 and not lost:
                        time.sleep(0.001)
                    self.assertEqual(lost, [])
                    self.assertEqual(d.stop(), 0)
            with Daemon(listen=(), **activated(tcp)):
                over.set()
                for c in clients:
                    c.join(daemon.PATIENCE)
        self.assertEqual(lost, [])
        self.assertEqual(set(answered), {200})

    def test_sockets_of_another_process_are_none_of_ours(self):
        with Daemon(LISTEN_PID="1", LISTEN_FDS="7") as d:
            self.assertEqual(len(d.urls), 1)

    def test_what_is_no_listening_socket_is_refused(self):
        with socket.socket() as fresh, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram, \
                open(os.devnull, "rb") as file:
            datagram.bind(("127.0.0.1", 0))
            for handed in (fresh, datagram, file):
                way = activated(handed)
                done = subprocess.run([*way["command"], "--catalogue", daemon.CATALOGUE], pass_fds=way["pass_fds"],
                                      env=daemon.environment(), capture_output=True, text=True, check=False)
                self.assertEqual(done.returncode, 1)
                self.assertRegex(done.stderr, r"^breachd: LISTEN_FDS: descriptor 3 [^\n]+\n$")

    # --- the journal ---

    def test_priorities_where_the_journal_listens(self):
        with tempfile.TemporaryFile("w+") as err:
            stat = os.fstat(err.fileno())
            for stream, wanted in ((f"{stat.st_dev}:{stat.st_ino}", "<3>breachd: "), ("1:1", "breachd: ")):
                err.truncate(0)
                err.seek(0)
                subprocess.run([daemon.BREACHD, "--catalogue", "/nowhere.db", "--listen", "127.0.0.1:0"], stderr=err, check=False,
                               env=daemon.environment(JOURNAL_STREAM=stream))
                err.seek(0)
                self.assertTrue(err.read().splitlines()[-1].startswith(wanted + "/nowhere.db: "))

    def test_the_access_log_has_them_too(self):
        with tempfile.TemporaryFile("w+") as err:
            stat = os.fstat(err.fileno())
            with subprocess.Popen([daemon.BREACHD, "--catalogue", daemon.CATALOGUE, "--listen", "127.0.0.1:0"], stderr=err,
                                  env=daemon.environment(BREACHD_ACCESS_LOG="-",
                                                         JOURNAL_STREAM=f"{stat.st_dev}:{stat.st_ino}")) as process:
                url = None
                while not url:
                    url = re.search(r" at (http:\S+)\n", os.pread(err.fileno(), 65536, 0).decode())
                with daemon.dial(url[1]) as c:
                    c.sendall(daemon.request("/healthz", "Connection: close"))
                    self.assertEqual(c.reply().status, 200)
                process.terminate()
            err.seek(0)
            lines = err.read().splitlines()
            self.assertTrue(all(re.match("<[3-6]>", line) for line in lines), lines)
            self.assertRegex(lines[-1], r"^<6>\S+Z 127\.0\.0\.1 GET /healthz ")

    def test_json(self):
        status, _, err = daemon.run("--catalogue", "/now\there\n\".db", "--listen", "127.0.0.1:0", "--log-format", "json")
        self.assertEqual(status, 1)
        said = daemon.json.loads(err)
        self.assertEqual((said["level"], said["message"].split(": ")[0]), ("error", '/now\\x09here\\x0a".db'))


class Holder:
    """Stops one thread of a process, as a debugger does."""
    SEIZE, INTERRUPT, DETACH = 0x4206, 0x4207, 17

    def __init__(self, thread):
        import ctypes  # pylint: disable=import-outside-toplevel
        self.ptrace = ctypes.CDLL(None, use_errno=True).ptrace
        self.ptrace.argtypes = [ctypes.c_long] * 4
        self.thread = thread
        self.holds = self.ptrace(self.SEIZE, thread, 0, 0) == 0 and self.ptrace(self.INTERRUPT, thread, 0, 0) == 0
        if self.holds:
            os.waitpid(thread, 0x40000000)  # __WALL

    def let_go(self):
        self.ptrace(self.DETACH, self.thread, 0, 0)


if __name__ == "__main__":
    daemon.main()
