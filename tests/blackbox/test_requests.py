#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Requests as HTTP allows them: connections kept, pipelines, HEAD, bodies nobody wants, odd targets."""
import json
import unittest

import daemon
from daemon import request

LIMIT_TARGET = 8192
LIMIT_HEADERS = 100
LIMIT_HEAD = 12288
LIMIT_HEAD_USUAL = 8192
LIMIT_LOCATION = 2048
POOL = 16384
FIELD = 4 + 72  # what a field weighs beside its bytes
OWN_FIELDS = len("Hostbreaches.test") + len("Connectionclose") + 2 * FIELD  # what get() sends
LIMIT_BODY = 65536
PAGES = ["/", "/incidents", "/incidents.json", "/dealers", "/timeline.json", "/about", "/healthz", "/nowhere"]


class Requests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.d = daemon.Daemon()

    @classmethod
    def tearDownClass(cls):
        cls.d.signal(daemon.signal.SIGTERM)
        assert cls.d.wait() == 0, cls.d.lines

    def test_connections_are_kept(self):
        with self.d.connect() as c:
            for target in PAGES * 3:
                c.sendall(request(target))
                reply = c.reply()
                self.assertEqual(reply.status, 404 if target == "/nowhere" else 200, target)
                self.assertFalse(reply.closes)
                self.assertTrue(reply["Date"])

    def test_pipelined_requests_are_answered_in_order(self):
        alone = {target: self.d.get(target).body for target in PAGES}
        with self.d.connect() as c:
            c.sendall(b"".join(request(target) for target in PAGES * 5))
            for target in PAGES * 5:
                self.assertEqual(c.reply().body, alone[target], target)

    def test_close_is_honoured(self):
        with self.d.connect() as c:
            c.sendall(request("/healthz", "Connection: close") + request("/healthz"))
            self.assertTrue(c.reply().closes)
            self.assertTrue(c.is_closed())

    def test_http_1_0_closes_unless_asked(self):
        with self.d.connect() as c:
            c.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            self.assertEqual(c.reply().status, 200)
            self.assertTrue(c.is_closed())

    def test_head_is_get_without_body(self):
        for target in PAGES + ["/catalogue.ndjson", "/incidents?contry=JP"]:
            with self.d.connect() as c:
                c.sendall(request(target, method="HEAD") + request("/healthz"))
                head, get = c.reply("HEAD"), self.d.get(target)
                if head.closes:
                    self.assertTrue(c.is_closed(), target)
                else:
                    self.assertEqual(c.reply().body, self.d.get("/healthz").body, target)
            skipped = ("date", "connection", "transfer-encoding", "x-request-id")
            self.assertEqual(head.status, get.status)
            self.assertEqual([h for h in head.headers if h[0].lower() not in skipped],
                             [h for h in get.headers if h[0].lower() not in skipped], target)

    def test_304_has_no_body_and_no_false_length(self):
        whole = self.d.get("/incidents.json")
        tag = whole["ETag"]
        self.assertRegex(tag, r'^"[^"]+"$')
        for value in (tag, "W/" + tag, f'"x", {tag}', "*"):
            with self.d.connect() as c:
                c.sendall(request("/incidents.json", f"If-None-Match: {value}"))
                reply = c.reply()
                self.assertEqual((reply.status, reply["ETag"], reply["Transfer-Encoding"]), (304, tag, None))
                self.assertIn(reply["Content-Length"], (None, whole["Content-Length"]))
                if reply.closes:  # 0.9.75 knows no other way to leave the length out
                    self.assertLess(daemon.library(), (0, 9, 77))
                    self.assertTrue(c.is_closed())
                    continue
                c.sendall(request("/incidents.json", 'If-None-Match: "other"'))
                self.assertEqual(c.reply().status, 200)

    def test_304_of_a_file_keeps_the_connection(self):
        whole = self.d.get("/schemas/incident.json")
        with self.d.connect() as c:
            for _ in range(2):
                c.sendall(request("/schemas/incident.json", f"If-None-Match: {whole['ETag']}"))
                reply = c.reply()
                self.assertEqual((reply.status, reply["Content-Length"]), (304, whole["Content-Length"]))
                self.assertFalse(reply.closes)

    def test_slow_bytes_make_a_request(self):
        with self.d.connect() as c:
            c.setsockopt(daemon.socket.IPPROTO_TCP, daemon.socket.TCP_NODELAY, 1)
            for byte in request("/healthz", "Accept: application/json"):
                c.sendall(bytes([byte]))
            self.assertEqual(c.reply().status, 200)

    def test_unwanted_bodies_are_passed_over(self):
        for n in (1, 1000, LIMIT_BODY):
            with self.d.connect() as c:
                c.sendall(request("/healthz", f"Content-Length: {n}") + b"G" * n + request("/healthz"))
                self.assertEqual([c.reply().status, c.reply().status], [200, 200], n)

    def test_long_bodies_are_refused(self):
        with self.d.connect() as c:
            c.sendall(request("/healthz", f"Content-Length: {LIMIT_BODY + 1}"))
            reply = c.reply()
            self.assertEqual((reply.status, reply.closes), (413, True))
            self.assertTrue(c.is_closed())
        with self.d.connect() as c:
            c.sendall(request("/healthz", f"Content-Length: {10**18}"))
            self.assertEqual(c.reply().status, 413)

    def test_chunked_bodies_are_refused(self):
        for body in (b"4\r\nGET \r\n0\r\n\r\n", b"1\na\n0\n\n", b"1;" + b"x" * 70000 + b"\r\na\r\n0\r\n\r\n",
                     b"0\r\nContent-Length: 9\r\n\r\n", b"F" * 16 + b"\r\n"):
            with self.d.connect() as c:
                c.sendall(request("/healthz", "Transfer-Encoding: chunked"))
                reply = c.reply()
                self.assertEqual((reply.status, reply.closes), (411, True))
                try:
                    c.sendall(body + request("/healthz"))
                except (BrokenPipeError, ConnectionResetError):
                    pass
                self.assertTrue(c.is_closed())

    def test_who_goes_in_the_middle_of_a_body_is_no_failure(self):
        with daemon.Daemon() as d:
            with d.connect() as c:
                c.sendall(request("/healthz", "Content-Length: 9") + b"abc")
            self.assertEqual(d.get("/healthz").status, 200)
            self.assertEqual(d.stop(), 0)
            self.assertEqual([line for line in d.lines if "answered" in line], [])

    def test_100_continue(self):
        with self.d.connect() as c:
            c.sendall(request("/healthz", "Content-Length: 3", "Expect: 100-continue"))
            self.assertEqual(c.reply().status // 100, 1)
            c.sendall(b"abc")
            self.assertEqual(c.reply().status, 200)

    def test_nothing_to_continue_with(self):
        with self.d.connect() as c:
            c.sendall(request("/healthz", "Expect: 100-continue") + request("/version"))
            reply = c.reply()
            self.assertEqual((reply.status, reply.closes), (200, True))
            self.assertTrue(c.is_closed())

    def test_methods(self):
        for method, status in (("POST", 405), ("PUT", 405), ("DELETE", 405), ("PATCH", 405), ("TRACE", 405),
                               ("BREW", (405, 501))):
            with self.d.connect() as c:
                c.sendall(request("/incidents", method=method))
                reply = c.reply()
                self.assertIn(reply.status, status if isinstance(status, tuple) else (status,), method)
                if reply.status == 405:
                    self.assertIn("GET", reply["Allow"])
                self.assertNotIn(b"<script", reply.body)

    def test_targets_at_the_limit_and_past_it(self):
        for n, status in ((LIMIT_TARGET, 404), (LIMIT_TARGET + 1, 414)):
            with self.d.connect() as c:
                c.sendall(request("/" + "a" * (n - 1)))
                reply = c.reply()
                self.assertEqual((reply.status, reply.closes), (status, status == 414), n)
        for n in (10000, 30000, 60000, 200000):
            self.check_refused(request("/" + "a" * n), {414, 431})

    def check_refused(self, head, statuses):
        with self.d.connect() as c:
            try:
                c.sendall(head)
            except (BrokenPipeError, ConnectionResetError):
                pass
            reply = c.reply()
            self.assertIn(reply.status, statuses, head[:60])
            self.assertTrue(reply.closes)
            self.assertTrue(c.is_closed())

    def test_many_arguments_are_answered_at_once(self):
        for n in (65, 600, 1300):
            reply = self.d.get("/incidents.json?" + "&".join(f"a{i}=b" for i in range(n))[:LIMIT_TARGET - 20])
            self.assertEqual(reply.status, 400, n)
            json.loads(reply.body)
        for n in (4000, 15000, 30000):
            self.check_answered(request("/?" + "a&" * n, "Connection: close"), {400, 414, 431})

    def check_answered(self, head, statuses):
        with self.d.connect() as c:
            try:
                c.sendall(head)
            except (BrokenPipeError, ConnectionResetError):
                pass
            self.assertIn(c.reply().status, statuses, head[:60])

    def test_many_headers(self):
        ours = 2  # Host and Connection
        for n, status in ((LIMIT_HEADERS, 200), (LIMIT_HEADERS + 1, 431)):
            reply = self.d.get("/healthz", *[f"X-{i}: y" for i in range(n - ours)])
            self.assertEqual(reply.status, status, n)
        for n in (500, 2000, 10000):
            self.check_refused(request("/healthz", *["X: y"] * n), {431})
        self.check_refused(request("/healthz", "X: " + "y" * 100000), {431})

    def test_heads_at_the_limit_and_past_it(self):
        """Cookies are kept twice, and each of them has a record of its own."""
        for target in ("/healthz", "/healthz?utm_source=" + "x" * 7000):
            rest = LIMIT_HEAD - len(target) - len("Hostbreaches.test") - FIELD
            for field, weighs, room in (("X-Long: ", 1, rest - len("X-Long") - FIELD),
                                        ("Cookie: ", 2, rest - len("Cookie") - FIELD - 72),
                                        ("Cookie: " + "a=b;" * 20, 2, rest - len("Cookie") - FIELD - 72 * 21 - 160)):
                for n, status in ((room // weighs, 200), (room // weighs + 1, 431)):
                    with self.d.connect() as c:
                        c.sendall(request(target, field + "a" * n))
                        reply = c.reply()
                        self.assertEqual((reply.status, reply.closes), (status, status == 431), (field, n))

    def test_the_longest_heads_get_the_longest_replies(self):
        """A list's links say its query again, each of them. Beside a long head there is no room for them."""
        for others in (0, 50, LIMIT_HEADERS - 4):
            fields = [f"X-{i:02}: y" for i in range(others)]
            for organizations in range(0, 41, 5):
                target = "/incidents?organization=" + ",".join("a" * 120 + str(n) for n in range(organizations))
                rest = LIMIT_HEAD - len(target) - 200 - others * (5 + FIELD) - 3 * FIELD
                for field, most in (("X: ", rest), ("Cookie: ", rest // 2 - 72)):
                    for n in sorted({*range(0, most, 499), max(most, 0)} if most >= 0 else ()):
                        reply = self.d.get(target, *fields, field + "a" * n)
                        self.assertEqual(reply.status, 200, (others, organizations, field, n))
                        self.assertLess(sum(len(name) + len(value) + 4 for name, value in reply.headers), 8000)

    def test_what_follows_a_long_head_takes_no_reply_its_room(self):
        """Bodies and the next requests come into the memory in which the reply's head is made."""
        for target in ("/incidents?organization=" + ",".join("a" * 120 + str(n) for n in range(22)), "/incidents/?q=" + "a" * 2000):
            status = self.d.get(target).status
            most = LIMIT_HEAD - len(target) - OWN_FIELDS - len("XContent-Length00000") - 2 * FIELD
            for n in (*range(0, most, 750), most):
                for body in (b"", b"b" * 5000, b"b" * LIMIT_BODY):
                    with self.d.connect() as c:
                        c.sendall((request(target, "X: " + "a" * n, f"Content-Length: {len(body):05}") + body) * 4)
                        self.assertEqual([c.reply().status for _ in range(4)], [status] * 4, (target[:16], n, len(body)))

    def test_only_long_heads_cost_a_reply_its_links(self):
        target = "/incidents?country=JP"
        rest = LIMIT_HEAD_USUAL - len(target) - OWN_FIELDS - len("X") - FIELD
        whole, brief = (self.d.get(target, "X: " + "a" * n) for n in (rest, rest + 1))
        pointers = {"Link", "Content-Location"}
        self.assertLessEqual(pointers, {name for name, _ in whole.headers})
        self.assertEqual([h for h in whole.headers if h[0] not in pointers | {"Date"}],
                         [h for h in brief.headers if h[0] != "Date"])
        self.assertEqual(whole.body, brief.body)

    def test_heads_past_the_limit_are_told_so(self):
        """By the daemon as long as there is room to say so, then by the library."""
        for target in ("/healthz", "/" + "a" * (LIMIT_TARGET - 1)):
            least, room = LIMIT_HEAD - len(target), POOL - len(target)
            for n in (*range(least, room - 600, 251), *range(room, room + 8192, 251)):
                self.check_refused(request(target, "X: " + "a" * n), {431})

    def test_long_redirects(self):
        """To the address without its last slash, with its query: that has to fit into a field beside the longest head."""
        fixed = len("/incidents?q=")
        for n, status in ((LIMIT_LOCATION - fixed, 308), (LIMIT_LOCATION - fixed + 1, 414)):
            target = "/incidents/?q=" + "a" * n
            rest = LIMIT_HEAD - len(target) - OWN_FIELDS - len("X") - FIELD
            for fill in (0, rest // 2, rest):
                reply = self.d.get(target, "X: " + "a" * fill)
                self.assertEqual(reply.status, status, (n, fill))

    def test_many_cookies(self):
        self.check_answered(request("/healthz", "Cookie: " + "a;" * 100), {200})
        self.check_answered(request("/healthz", "Cookie: " + "a;" * 5000), {200, 400, 431})

    def test_absolute_targets(self):
        self.assertEqual(self.d.get("http://breaches.test/healthz").status, 200)
        self.assertEqual(self.d.get("*", method="OPTIONS").status // 100, 2)

    def test_paths_are_decoded_once(self):
        for target, status in (("/incidents%2Ejson", 200), ("/%69ncidents", 200), ("/incidents%252Ejson", 404),
                               ("/%2e%2e/etc/passwd", 404), ("/../etc/passwd", 404), ("/./incidents", 404),
                               ("//incidents", 404), ("//evil.test/..", 404), ("/\\evil.test", 404),
                               ("/incidents%2Fx", 404), ("/incidents/a%2Fb", 404), ("/static/..%2f..", 404),
                               ("/incidents%00", 400), ("/incidents?country=%00", 400), ("/%zz", 400), ("/%a", 400),
                               ("/incidents%0d%0aX:%20y", 400), ("/%ff", 400), ("/incidents?country=%ff", 400),
                               ("/incidents?country=%c0%af", 400), ("/incidents#x", 400)):
            reply = self.d.get(target)
            self.assertEqual(reply.status, status, target)
            self.assertNotIn(b"evil.test", reply.body, target)
            self.assertIsNone(reply["Location"], target)


if __name__ == "__main__":
    daemon.main()
