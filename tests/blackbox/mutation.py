# SPDX-License-Identifier: MIT
"""Valid requests with bytes changed, pipelined at a real daemon. All of it follows from a seed, so that what goes wrong can be
had again; what may not come of it is a crash, a hang, an answer that is none, or a failure that the daemon calls its own.
"""
import collections
import random
import re
import selectors
import socket

import daemon

PIPELINE = 16  # requests on one connection at most
OURS = {501, 503, 505}  # of 5xx, those that say something of the request, or that it is too much just now

TARGETS = [
    "/", "/incidents", "/incidents.json?limit=3", "/incidents.csv?limit=3", "/incidents.atom", "/incidents?q=toyota+-dealer",
    "/incidents.json?year=2019&sort=-affected&facet=country,year", "/incidents.json?date=2019-01/2019-06&match=certain",
    "/incidents.json?q=%22customer%20data%22&limit=2&detail=full", "/dealers.json?limit=3", "/organizations?q=kia",
    "/timeline.ics", "/timeline.json?kind=disclosure&limit=2", "/statistics.json?by=year", "/data-classes.csv", "/datasets",
    "/healthz", "/readyz", "/version", "/robots.txt", "/sitemap.xml", "/static/style.css", "/schemas/incident.json",
    "/incidents/%C3%A9", "/incidents/", "/nothing?utm_source=x", "http://breaches.test/actors.json",
]

FIELDS = [
    "Accept: text/html;q=0.9, application/json", "Accept: */*", "Accept-Encoding: gzip, br;q=0.5, zstd;q=0",
    'If-None-Match: "abc", W/"def"', "If-None-Match: *", "Range: bytes=0-99", "If-Range: \"abc\"",
    "Forwarded: for=\"[2001:db8::1]:80\";proto=https;host=a.test", "X-Forwarded-For: 192.0.2.1, 127.0.0.1",
    "X-Forwarded-Proto: https", "X-Request-Id: a-1", "Connection: keep-alive", "Expect: 100-continue", "Cookie: a=b; c=d",
    "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "User-Agent: breachd-tests/1 (\xe9)",
]

# Method, fields and body of those that carry one, or say so.
BODIES = [
    ("POST", "Content-Length: 5", b"a=b&c"), ("GET", "Content-Length: 0", b""), ("PUT", "Content-Length: 20", b"x" * 20),
    ("POST", "Transfer-Encoding: chunked", b"5;a=b\r\nhello\r\n0\r\nX-Trailer: y\r\n\r\n"),
]

PIECES = [b"\r\n", b"\n", b"\r", b"\0", b" ", b"\t", b":", b",", b";", b"%", b"%00", b"%2F", b"%ff", b"\"", b"..", b"//", b"\\",
          b"&", b"?", b"#", b"\xff", b"\xc3", b"0", b"-1", b"+5", b"99999999999999999999", b"chunked", b"Content-Length: 3\r\n",
          b"Transfer-Encoding: chunked\r\n", b"Host: b\r\n", b"HTTP/1.1", b"GET / HTTP/1.1\r\n\r\n", b"x" * 9000]


def valid(chance):
    """A request that nothing is wrong with."""
    method, extra, body = chance.choice(["GET"] * 8 + ["HEAD", "OPTIONS"]), [], b""
    if chance.random() < 0.15:
        method, field, body = chance.choice(BODIES)
        extra.append(field)
    extra += chance.sample(FIELDS, chance.randrange(5))
    lines = [f"{method} {chance.choice(TARGETS)} HTTP/1.{chance.choice('1111110')}", "Host: breaches.test", *extra, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def flip(chance, data, at):
    data[at] ^= 1 << chance.randrange(8)


def replace(chance, data, at):
    data[at] = chance.randrange(256)


def insert(chance, data, at):
    data[at:at] = chance.choice(PIECES)


def remove(chance, data, at):
    del data[at:at + chance.randint(1, 8)]


def repeat(chance, data, at):
    data[at:at] = data[at:at + chance.randint(1, 40)]


def move(chance, data, at):
    to = chance.randrange(len(data))
    data[at], data[to] = data[to], data[at]


CHANGES = [flip, flip, replace, insert, insert, remove, repeat, move]


def mutated(chance):
    data = bytearray(valid(chance))
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        if data:
            chance.choice(CHANGES)(chance, data, chance.randrange(len(data)))
    return bytes(data)


class Finding(Exception):
    """What is wrong."""


def exchange(c, data):
    """Sends DATA and then no more, and reads meanwhile until the other side ends."""
    left, got = memoryview(data), bytearray()
    c.setblocking(False)
    with selectors.DefaultSelector() as ready:
        ready.register(c, selectors.EVENT_READ | selectors.EVENT_WRITE)
        while True:
            events = ready.select(daemon.PATIENCE)
            if not events:
                raise Finding(f"nothing happens any more, after {bytes(got[-200:])!r}")
            try:
                if left and events[0][1] & selectors.EVENT_WRITE:
                    left = left[c.send(left):]
                    if not left:
                        c.shutdown(socket.SHUT_WR)
                        ready.modify(c, selectors.EVENT_READ)
                if events[0][1] & selectors.EVENT_READ:
                    piece = c.recv(1 << 18)
                    if not piece:
                        return bytes(got)
                    got += piece
            except (BrokenPipeError, ConnectionResetError):  # refused, with what came behind it unread
                ready.modify(c, selectors.EVENT_READ)
                left = b""
                if events[0][1] & selectors.EVENT_READ:
                    return bytes(got)
            except OSError as e:  # ended on the other side before this one did
                if e.errno != 107:
                    raise
                left = b""
                ready.modify(c, selectors.EVENT_READ)


HEAD = re.compile(rb"HTTP/1\.1 (\d{3}) [^\r\n]*\r\n((?:[!#-'*+.0-9A-Z^-z|~-]+: [^\r\n]*\r\n)*)\r\n")
LENGTH = re.compile(rb"^Content-Length: (\d+)\r$", re.M | re.I)
CHUNK = re.compile(rb"([0-9A-Fa-f]+)\r\n")


def after_chunks(text, at):
    """Behind the last chunk, or the end where the connection was closed before it."""
    while at < len(text):
        size = CHUNK.match(text, at)
        if not size:
            raise Finding(f"no chunk: {text[at:at + 60]!r}")
        at = size.end() + int(size[1], 16) + 2
        if size[1].strip(b"0") == b"":
            break
    return at


def statuses(text):
    """Those of all replies in TEXT, one behind the other. To HEAD, which a change may have made of something else or something
    else of it, there is no body whatever the head says; so there is one where it is not the next reply that follows."""
    at, found = 0, []
    while at < len(text):
        head = HEAD.match(text, at)
        if not head:
            raise Finding(f"no reply: {text[at:at + 200]!r}")
        at = head.end()
        found.append(int(head[1]))
        if found[-1] == 100 or text[at:at + 7] == b"HTTP/1.":
            continue
        length = LENGTH.search(head[2])
        if length:
            at += int(length[1])
        elif b"chunked" in head[2]:
            at = after_chunks(text, at)
        else:
            break  # lasts until the end
    return found


class Run:
    """Requests at D until ANSWERS were answered."""

    def __init__(self, d, seed):
        self.d, self.seed, self.chance = d, seed, random.Random(seed)
        self.sent = self.connections = 0
        self.counts = collections.Counter()

    def one(self):
        pipeline = [mutated(self.chance) for _ in range(self.chance.randint(1, PIPELINE))]
        data = b"".join(pipeline)
        self.connections += 1
        self.sent += len(pipeline)
        try:
            with self.d.connect() as c:
                found = statuses(exchange(c, data))
            for status in found:
                if status >= 500 and status not in OURS:
                    raise Finding(f"answered with {status}")
            if self.d.process.poll() is not None:
                raise Finding(f"the daemon ended with {self.d.process.returncode}")
        except (Finding, OSError) as e:
            raise Finding(f"seed {self.seed}, connection {self.connections}: {e}\nwhat was sent: {data!r}\n"
                          + "\n".join(self.d.lines[-60:])) from e
        self.counts.update(found)

    def run(self, answers):
        while self.counts.total() < answers:
            self.one()

    def summary(self):
        return (f"{self.sent} requests on {self.connections} connections, {self.counts.total()} answered: "
                + ", ".join(f"{n} x {status}" for status, n in sorted(self.counts.items())))
