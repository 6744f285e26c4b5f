# SPDX-License-Identifier: MIT
"""The real breachd for tests: started on a port that the system chooses, asked over plain sockets.

Run by meson with TEST_BREACHD and TEST_BREACHCTL (the programs) and TEST_RECORDS (the bundled records, of which
breachctl makes the catalogue that is served).
"""
import atexit
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

BREACHD = os.environ["TEST_BREACHD"]
PATIENCE = 30  # seconds; nothing waits so long unless it hangs, and then the test fails

SERVING = re.compile(r"^breachd \S+: serving (.*) \((\d+) incidents, id ([0-9a-f]{8})\) at (.*)$")


def environment(**extra):
    """The environment of the daemon: nothing of ours but what sanitizers and the loader need, and no
    access log unless a test asks for it."""
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LD_LIBRARY_PATH") or k.endswith("_OPTIONS")}
    return {**kept, "BREACHD_ACCESS_LOG": "off", **extra}


def _catalogue():
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    path = os.path.join(folder.name, "catalogue.db")
    done = subprocess.run([os.environ["TEST_BREACHCTL"], "import", "--output", path, os.environ["TEST_RECORDS"]],
                          env=environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=PATIENCE * 4, check=False)
    if done.returncode:
        sys.exit(f"breachctl import: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return path


CATALOGUE = _catalogue()


def run(*args, **env):
    """Runs breachd to its end; (exit status, standard output, standard error)."""
    done = subprocess.run([BREACHD, *args], env=environment(**env), stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=PATIENCE, check=False)
    return done.returncode, done.stdout, done.stderr


def sanitised():
    """Whether the program under test was built with AddressSanitizer."""
    with open(BREACHD, "rb") as f:
        return b"__asan_init" in f.read()


def library():
    """Version of libmicrohttpd in use, as a tuple."""
    words = run("--version")[1].split()
    return tuple(int(n) for n in words[-1].split("."))


def plain(line):
    """A line of standard error as text, if it is JSON."""
    if not line.startswith("{"):
        return line
    said = json.loads(line)
    return f"breachd {said.get('version')}: {said.get('message')}\n"


class Daemon:
    """A running daemon; stopped at the end of a `with`."""

    def __init__(self, *args, listen=("127.0.0.1:0",), catalogue=CATALOGUE, command=(BREACHD,), pass_fds=(), **env):
        options = [word for address in listen for word in ("--listen", address)]
        self.process = subprocess.Popen([*command, "--catalogue", catalogue, *options, *args],
                                        env=environment(**env), stdin=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE, text=True, pass_fds=pass_fds)
        self.start = []  # what was said before it served
        self.lines = []  # and what is said from then on
        self.urls = []
        for line in self.process.stderr:
            self.start.append(line.rstrip("\n"))
            serving = SERVING.match(plain(line))
            if serving:
                self.urls = serving[4].split(", ")
                break
        if not self.urls:
            raise AssertionError(f"breachd ended with {self.process.wait()}: {self.start}")
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stderr:
            self.lines.append(line.rstrip("\n"))

    def signal(self, number):
        self.process.send_signal(number)

    def wait(self):
        status = self.process.wait(timeout=PATIENCE)
        self.reader.join(timeout=PATIENCE)
        self.process.stderr.close()
        return status

    def stop(self):
        """Ends it in order; the exit status."""
        self.signal(signal.SIGTERM)
        return self.wait()

    def __enter__(self):
        return self

    def close(self):
        """Ends it, if it still runs, which must go well: a sanitizer's report is an exit status, too."""
        if self.process.poll() is not None:
            self.wait()
        elif status := self.stop():
            raise AssertionError(f"breachd ended with {status}: {self.lines[-40:]}")

    def __exit__(self, kind, *rest):
        try:
            self.close()
        except AssertionError:
            if kind is None:
                raise

    def connect(self, url=None):
        """A new connection to URL, by default the first address."""
        return dial(url or self.urls[0])

    def ask(self, request, url=None):
        """Sends the bytes of REQUEST on a new connection and reads all that comes until it is closed."""
        with self.connect(url) as c:
            c.sendall(request)
            return c.rest()

    def get(self, target, *headers, method="GET", url=None):
        """One request on a connection of its own; its Reply."""
        with self.connect(url) as c:
            c.sendall(request(target, *headers, "Connection: close", method=method))
            return c.reply(method)


def dial(url):
    if url.startswith("unix:"):
        family, address = socket.AF_UNIX, url[len("unix:"):]
    else:
        host, port = re.fullmatch(r"http://\[?([^\]]+?)\]?:(\d+)", url).groups()
        family, address = (socket.AF_INET6 if ":" in host else socket.AF_INET), (host, int(port))
    c = Connection(family, socket.SOCK_STREAM)
    c.settimeout(PATIENCE)
    try:
        c.connect(address)
    except OSError:
        c.close()
        raise
    return c


def request(target, *headers, method="GET", version="HTTP/1.1", host="breaches.test"):
    lines = [f"{method} {target} {version}", f"Host: {host}", *headers, "", ""]
    return "\r\n".join(lines).encode()


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def __getitem__(self, name):
        """The value of a field that may be there once at most, or None."""
        values = [v for k, v in self.headers if k.lower() == name.lower()]
        assert len(values) < 2, (name, values)
        return values[0] if values else None

    @property
    def closes(self):
        return (self["Connection"] or "").lower() == "close"


class Connection(socket.socket):
    """A socket that reads whole replies and keeps what comes after them."""

    def __init__(self, *args):
        super().__init__(*args)
        self.buffer = bytearray()  # gives up what is taken from its front without a copy of the rest

    def _more(self):
        try:
            got = self.recv(1 << 20)
        except ConnectionResetError:
            got = b""
        self.buffer += got
        return got

    def _take(self, n):
        while len(self.buffer) < n:
            if not self._more():
                raise EOFError(f"{n} bytes wanted, then closed after {self.buffer[:200]!r}")
        taken = bytes(self.buffer[:n])
        del self.buffer[:n]
        return taken

    def _until(self, mark):
        while mark not in self.buffer:
            if not self._more():
                raise EOFError(f"closed after {self.buffer[:200]!r}")
        return self._take(self.buffer.index(mark) + len(mark))

    def _chunks(self):
        while True:
            size = int(self._until(b"\r\n"), 16)
            chunk = self._take(size)
            if self._take(2) != b"\r\n":
                raise AssertionError("a chunk does not end in CRLF")
            if size == 0:
                return
            yield chunk

    def reply(self, method="GET"):
        """The next reply; EOFError when the connection ends before its end."""
        head = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        status = int(re.fullmatch(r"HTTP/1\.[01] (\d{3}) .*", head[0])[1])
        reply = Reply(status, [tuple(line.split(": ", 1)) for line in head[1:] if line], b"")
        if method == "HEAD" or status == 304 or status < 200:
            return reply
        if reply["Transfer-Encoding"]:
            reply.body = b"".join(self._chunks())
        elif reply["Content-Length"] is not None:
            reply.body = self._take(int(reply["Content-Length"]))
        else:
            reply.body = self.rest()
        return reply

    def rest(self):
        """All that still comes until the peer closes."""
        while self._more():
            pass
        return self._take(len(self.buffer))

    def is_closed(self):
        """Whether the peer has closed without another byte. Waits for it."""
        return self.rest() == b""


def main():
    """Runs the module's tests and ends with the line that counts them."""
    program = unittest.main(exit=False, verbosity=2)
    result = program.result
    failed = len(result.failures) + len(result.errors)
    print(f"{max(0, result.testsRun - failed - len(result.skipped))} passed, {failed} failed", flush=True)
    sys.exit(1 if failed or result.testsRun == 0 else 0)
