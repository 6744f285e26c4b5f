#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The end: nothing that was asked goes unanswered, and nothing waits for idle clients."""
import os
import signal
import threading
import time
import unittest

import daemon
from daemon import Daemon, request

CLIENTS = 24
TARGETS = ["/incidents.json", "/", "/incidents", "/catalogue.ndjson", "/healthz", "/dealers.json"]


class Client(threading.Thread):
    """Asks one thing after another until it is told to go, and remembers what became of each request.

    A connection may end without an answer in one case only: it was kept open, and the reply before it did not say
    that it would close. Even then the daemon waits until it is quiet, so the test calls that lost as well.
    """

    def __init__(self, url, number, keep):
        super().__init__(daemon=True)
        self.url, self.number, self.keep = url, number, keep
        self.answered = 0
        self.lost = []
        self.closes = 0
        self.started = threading.Event()

    def run(self):
        while True:
            try:
                c = daemon.dial(self.url)
            except ConnectionRefusedError:
                return
            except ConnectionResetError:
                return  # never accepted: the socket was closed in that moment
            with c:
                while self.ask(c):
                    pass
            if self.lost:
                return

    def ask(self, c):
        target = TARGETS[(self.answered + self.number) % len(TARGETS)]
        extra = [] if self.keep else ["Connection: close"]
        try:
            c.sendall(request(target, *extra))
            reply = c.reply()
        except (EOFError, ConnectionError) as e:
            self.lost.append((target, repr(e)))
            return False
        if reply.status not in (200, 503):
            self.lost.append((target, reply.status))
        self.answered += 1
        self.started.set()
        self.closes += reply.closes
        return not reply.closes


class Shutdown(unittest.TestCase):
    def under_load(self, keep, number):
        with Daemon("--threads", "2") as d:
            clients = [Client(d.urls[0], i, keep) for i in range(CLIENTS)]
            for c in clients:
                c.start()
            for c in clients:
                self.assertTrue(c.started.wait(daemon.PATIENCE))
            d.signal(number)
            status = d.wait()
            for c in clients:
                c.join(daemon.PATIENCE)
            self.assertEqual(status, 0)
            self.assertEqual([loss for c in clients for loss in c.lost], [])
            self.assertEqual(d.lines, [])

    def test_keep_alive_clients_lose_nothing(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            self.under_load(True, number)

    def test_one_request_a_connection_loses_nothing(self):
        self.under_load(False, signal.SIGTERM)

    def test_requests_already_sent_are_answered(self):
        with Daemon() as d:
            waiting = [d.connect() for _ in range(100)]
            for c in waiting:
                c.sendall(request("/incidents.json"))
            d.signal(signal.SIGTERM)
            for c in waiting:
                self.assertEqual(c.reply().status, 200)
                c.close()
            self.assertEqual(d.wait(), 0)

    def test_idle_and_unfinished_connections_do_not_hold_it(self):
        with Daemon("--drain-timeout", "60") as d:
            idle = [d.connect() for _ in range(10)]
            for c in idle[:5]:
                c.sendall(request("/healthz"))
                self.assertEqual(c.reply().status, 200)
            idle[9].sendall(b"GET /healthz HTTP/1.1\r\nHost:")
            self.assertEqual(d.stop(), 0)
            for c in idle:
                self.assertTrue(c.is_closed())
                c.close()

    def test_idle_connections_are_closed_in_time(self):
        with Daemon("--idle-timeout", "1") as d, d.connect() as fresh, d.connect() as kept:
            kept.sendall(request("/healthz"))
            self.assertEqual(kept.reply().status, 200)
            self.assertTrue(fresh.is_closed())
            self.assertTrue(kept.is_closed())

    def test_a_client_that_does_not_read_is_cut_off(self):
        with Daemon("--drain-timeout", "1") as d:
            with d.connect() as c:
                c.setsockopt(daemon.socket.SOL_SOCKET, daemon.socket.SO_RCVBUF, 4096)
                c.sendall(request("/catalogue.ndjson") * 50)
                self.assertTrue(c.recv(1))
                began = time.monotonic()
                self.assertEqual(d.stop(), 0)
                self.assertLess(time.monotonic() - began, daemon.PATIENCE)

    def test_hangup_is_no_end(self):
        with Daemon() as d:
            d.signal(signal.SIGHUP)
            self.assertEqual(d.get("/healthz").status, 200)
            self.assertEqual(d.stop(), 0)
            self.assertTrue(any("now serving" in line for line in d.lines), d.lines)

    def test_descriptors_do_not_leak(self):
        with Daemon() as d:
            def descriptors():
                return len(os.listdir(f"/proc/{d.process.pid}/fd"))

            def settled(at_most):
                for _ in range(1000):
                    if descriptors() <= at_most:
                        return True
                    time.sleep(0.01)
                return False

            d.get("/incidents")
            before = descriptors()
            for _ in range(200):
                d.get("/healthz")
            for _ in range(50):
                with d.connect() as c:
                    c.sendall(request("/catalogue.ndjson"))
            # What the catalogue's readers need stays open; 250 connections do not.
            self.assertTrue(settled(before + 40), descriptors())


if __name__ == "__main__":
    daemon.main()
