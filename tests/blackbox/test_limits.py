#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Clients that take too long, and too many of one address. Slow ones send or read a byte at a time until they are cut off,
which is all that is asked: when, depends on the machine.
"""
import itertools
import select
import socket
import threading
import time
import unittest
from concurrent import futures

import daemon
from daemon import Daemon, request

CLIENT = "X-Forwarded-For: "
UNTAKEN = 128 << 20
HALF = (b"GET / HTTP/1.1\r\nHost: a\r\nX: ", b"y")


def dial_from(d, address):
    """A connection from another address of this machine."""
    host, port = d.urls[0].removeprefix("http://").rsplit(":", 1)
    c = daemon.Connection(socket.AF_INET, socket.SOCK_STREAM)
    c.settimeout(daemon.PATIENCE)
    c.bind((address, 0))
    c.connect((host, int(port)))
    return c


def once(ask, wanted):
    """Asks until it comes out as wanted: that a connection or an answer is over reaches the daemon a moment later."""
    for _ in range(1000):
        got = ask()
        if got == wanted:
            break
        time.sleep(0.01)
    return got


class Slow(unittest.TestCase):
    """The idle time is longer than any test may take, so it is the other that ends these."""

    @staticmethod
    def is_cut_off(c, piece=b"x"):
        """Whether a client that sends PIECE again and again is cut off without an answer."""
        c.settimeout(0.1)
        for _ in range(10 * daemon.PATIENCE):
            try:
                return c.recv(1) == b""
            except TimeoutError:
                pass
            except ConnectionError:
                return True
            try:
                c.sendall(piece)
            except ConnectionError:
                return True
        return False

    def check_cut_off(self, d, clients):
        """CLIENTS, all at once: what each has sent before it slows down, and with what it goes on."""
        def run(client):
            with d.connect() as c:
                c.sendall(client[0])
                return self.is_cut_off(c, client[1])

        with futures.ThreadPoolExecutor(len(clients)) as threads:
            self.assertEqual(list(threads.map(run, clients)), [True] * len(clients))

    def test_heads_and_bodies(self):
        with Daemon("--idle-timeout", "60", "--request-timeout", "1") as d:
            self.check_cut_off(d, [HALF, (b"GET / HTTP/1.1\r\nHost: a\r\n", b"X: y\r\n"),
                                   (request("/", "Content-Length: 60000"), b"x"),
                                   (request("/", "Content-Length: 60000", method="POST"), b"x")])
            self.assertEqual(d.get("/healthz").status, 200)
            self.assertEqual(d.stop(), 0)

    def test_request_lines_and_what_comes_after_an_answer(self):
        with Daemon("--idle-timeout", "2", "--request-timeout", "1") as d:
            with d.connect() as c:
                c.sendall(request("/healthz"))
                self.assertEqual(c.reply().status, 200)
                self.assertTrue(self.is_cut_off(c, b"G"))
            self.check_cut_off(d, [(b"GET /", b"x"), (b"", b"\r\n")])

    def test_idle_connections_are_left_alone(self):
        with Daemon("--idle-timeout", "60", "--request-timeout", "1") as d, d.connect() as fresh, d.connect() as kept:
            kept.sendall(request("/healthz"))
            self.assertEqual(kept.reply().status, 200)
            for _ in range(2):  # which takes longer than a request may
                self.check_cut_off(d, [HALF])
            for c in (fresh, kept):
                c.sendall(request("/healthz"))
                self.assertEqual(c.reply().status, 200)

    def test_readers(self):
        """They keep their connection busy with a byte now and then; one that reads all is not hurt meanwhile."""
        with Daemon("--idle-timeout", "60", "--request-timeout", "1") as d, d.connect() as c:
            size = len(d.get("/catalogue.ndjson").body)
            c.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            many = (32 << 20) // size + 1  # more than the kernel keeps for a connection
            sender = threading.Thread(target=self.send, args=(c, request("/catalogue.ndjson") * many), daemon=True)
            sender.start()
            end = select.poll()
            end.register(c, 0)  # what was received may still be read after the end
            for _ in range(5 * daemon.PATIENCE):
                cut_off = end.poll(200)
                if cut_off:
                    break
                c.recv(1)
            self.assertTrue(cut_off)
            sender.join(daemon.PATIENCE)
            self.assertEqual(len(d.get("/catalogue.ndjson").body), size)

    @staticmethod
    def send(c, data):
        try:
            c.sendall(data)
        except OSError:
            pass  # cut off


class PerAddress(unittest.TestCase):
    def status_from(self, d, address):
        with dial_from(d, address) as c:
            c.sendall(request("/healthz", "Connection: close"))
            return c.reply().status

    def test_connections_at_the_limit_and_past_it(self):
        with Daemon("--connections-per-address", "3") as d:
            held = [d.connect() for _ in range(3)]
            for c in held:
                c.sendall(request("/healthz"))
                self.assertEqual(c.reply().status, 200)
            with d.connect() as c:
                c.sendall(request("/healthz"))
                reply = c.reply()
                self.assertEqual((reply.status, reply["Retry-After"], reply.closes), (429, "5", True))
                self.assertEqual(reply["Content-Type"], "application/problem+json")
                self.assertTrue(c.is_closed())
            self.assertEqual(self.status_from(d, "127.0.0.2"), 200)
            held.pop().close()
            self.assertEqual(once(lambda: self.status_from(d, "127.0.0.1"), 200), 200)
            for c in held:
                c.close()
            self.assertEqual(d.stop(), 0)

    def test_off_unless_asked_for(self):
        with Daemon() as d:
            held = [d.connect() for _ in range(300)]
            for c in held:
                c.sendall(request("/healthz"))
            for c in held:
                self.assertEqual(c.reply().status, 200)
                c.close()

    def begin(self, c, client):
        """A request of CLIENT that is in flight until two bytes come."""
        c.sendall(request("/healthz", CLIENT + client, "Content-Length: 2", "Expect: 100-continue"))
        self.assertEqual(c.reply().status, 100)

    def test_clients_of_a_trusted_proxy(self):
        with Daemon("--connections-per-address", "1", "--trusted-proxy", "127.0.0.1") as d:
            def ask(c, client):
                c.sendall(request("/healthz", *([CLIENT + client] if client else [])))
                return c.reply()

            held = [d.connect() for _ in range(5)]
            for i, c in enumerate(held):
                self.assertEqual(ask(c, f"192.0.2.{i}").status, 200)
            self.begin(held[0], "192.0.2.9")
            reply = ask(held[1], "192.0.2.9")
            self.assertEqual((reply.status, reply["Retry-After"], reply.closes), (429, "5", False))
            self.assertEqual(ask(held[1], "192.0.2.8").status, 200)
            self.assertEqual(ask(held[1], None).status, 200)
            held[0].sendall(b"xy")
            self.assertEqual(held[0].reply().status, 200)
            self.assertEqual(once(lambda: ask(held[1], "192.0.2.9").status, 200), 200)
            self.assertEqual(self.status_from(d, "127.0.0.2"), 200)
            for c in held:
                c.close()

    def test_networks_of_ipv6_are_one_client(self):
        with Daemon("--connections-per-address", "1", "--trusted-proxy", "127.0.0.1") as d, \
                d.connect() as first, d.connect() as second:
            self.begin(first, "2001:db8:0:1::1")

            def status(client):
                second.sendall(request("/healthz", CLIENT + client))
                return second.reply().status

            self.assertEqual(status("2001:db8:0:1:ffff::2"), 429)
            self.assertEqual(status("2001:db8:0:2::1"), 200)

    def test_socket_files_are_not_counted(self):
        with daemon.tempfile.TemporaryDirectory() as folder:
            with Daemon("--connections-per-address", "1", listen=[f"unix:{folder}/s"]) as d:
                held = [d.connect() for _ in range(5)]
                for c in held:
                    c.sendall(request("/healthz"))
                    self.assertEqual(c.reply().status, 200)
                    c.close()


class Untaken(unittest.TestCase):
    """Clients that ask for much and read nothing."""

    LARGE = "/incidents.json?limit=50&detail=full"

    def test_what_others_do_not_take_bounds_what_is_made(self):
        """What is kept is answered all the same, and so is who asks after the daemon."""
        with daemon.tempfile.TemporaryDirectory() as folder, Daemon("--threads", "1", listen=[f"unix:{folder}/s"]) as d:
            held = [d.connect() for _ in range(UNTAKEN // len(d.get(self.LARGE).body))]
            for c in held[::2]:
                c.sendall(request(self.LARGE))
            self.assertEqual(d.get("/incidents.json?year=2018").status, 200)
            for c in held[1::2]:
                c.sendall(request(self.LARGE))
            for _ in range(10):
                held.append(d.connect())
                held[-1].sendall(request(self.LARGE))
            fresh = itertools.count(1)
            self.assertEqual(once(lambda: d.get(f"/incidents.json?affected_min={next(fresh)}").status, 503), 503)
            self.assertEqual(d.get("/incidents.json?year=2019")["Retry-After"], "5")
            for target in ("/incidents.ndjson", "/catalogue.ndjson", "/sitemap.xml", "/sitemap-incidents-1.xml"):
                self.assertEqual(d.get(target).status, 503, target)
            self.assertEqual([d.get(target).status for target in (self.LARGE, "/healthz", "/readyz")], [200] * 3)
            for c in held:
                c.close()
            self.assertEqual(once(lambda: d.get("/incidents.json?year=2019").status, 200), 200)


if __name__ == "__main__":
    daemon.main()
