#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Requests that RFC 9112 calls malformed, or that two programs would read differently: refused, connection closed,
and what comes behind them never answered.
"""
import re
import unittest

import daemon

BEHIND = b"GET /healthz HTTP/1.1\r\nHost: behind.test\r\n\r\n"


def head(*lines, line="GET /healthz HTTP/1.1", end=b"\r\n", host=True):
    fields = (["Host: breaches.test"] if host else []) + list(lines)
    return end.join(text.encode("latin-1") for text in [line, *fields, "", ""])


# What is wrong, the bytes, and the statuses it may get; None: closed without a word.
REFUSED = [
    ("two Hosts", head("Host: other.test"), {400}),
    ("two equal Hosts", head("Host: breaches.test"), {400}),
    ("no Host", head(host=False), {400}),
    ("an empty Host", head("Host:", host=False), {400}),
    ("a Host with a path", head("Host: a/b", host=False), {400}),
    ("a Host with a user", head("Host: u@a", host=False), {400}),
    ("two Hosts in one field", head("Host: a, b", host=False), {400}),
    ("a Host with a bad port", head("Host: a:99999", host=False), {400}),
    ("an absolute target and another Host", head(line="GET http://other.test/healthz HTTP/1.1"), {400}),
    ("both lengths", head("Content-Length: 5", "Transfer-Encoding: chunked") + b"0\r\n\r\n", {400}),
    ("both lengths, the other way round", head("Transfer-Encoding: chunked", "Content-Length: 5") + b"0\r\n\r\n", {400}),
    ("two lengths", head("Content-Length: 5", "Content-Length: 6") + b"abcdef", {400}),
    ("two equal lengths", head("Content-Length: 5", "Content-Length: 5") + b"abcde", {400}),
    ("two lengths in one field", head("Content-Length: 5, 5") + b"abcde", {400}),
    ("a signed length", head("Content-Length: +5") + b"abcde", {400}),
    ("a negative length", head("Content-Length: -1"), {400}),
    ("a hexadecimal length", head("Content-Length: 0x5") + b"abcde", {400}),
    ("a length with a space in it", head("Content-Length: 5 5") + b"abcde", {400}),
    ("no length in its field", head("Content-Length:"), {400}),
    ("a length that overflows", head("Content-Length: 99999999999999999999999"), {400, 413}),
    ("an unknown coding", head("Transfer-Encoding: gzip"), {400, 501}),
    ("a coding before chunked", head("Transfer-Encoding: gzip, chunked") + b"0\r\n\r\n", {400, 501}),
    ("chunked twice", head("Transfer-Encoding: chunked, chunked") + b"0\r\n\r\n", {400}),
    ("chunked in two fields", head("Transfer-Encoding: chunked", "Transfer-Encoding: chunked") + b"0\r\n\r\n", {400}),
    ("chunked in quotes", head('Transfer-Encoding: "chunked"') + b"0\r\n\r\n", {400, 501}),
    ("chunked with something before it", head("Transfer-Encoding: xchunked") + b"0\r\n\r\n", {400, 501}),
    ("chunked in HTTP/1.0", head("Transfer-Encoding: chunked", line="GET /healthz HTTP/1.0") + b"0\r\n\r\n", {400}),
    ("chunks", head("Transfer-Encoding: chunked") + b"1\r\na\r\n0\r\n\r\n", {411}),
    ("a chunk without a size", head("Transfer-Encoding: chunked") + b"\r\na\r\n0\r\n\r\n", {411}),
    ("a chunk with a signed size", head("Transfer-Encoding: chunked") + b"+1\r\na\r\n0\r\n\r\n", {411}),
    ("a chunk with a size that overflows", head("Transfer-Encoding: chunked") + b"1" * 40 + b"\r\na\r\n0\r\n\r\n", {411}),
    ("a chunk longer than its size", head("Transfer-Encoding: chunked") + b"1\r\nabc\r\n0\r\n\r\n", {411}),
    ("a chunk that ends in bare LF", head("Transfer-Encoding: chunked") + b"1\na\n0\n\n", {411}),
    ("chunks without a last one", head("Transfer-Encoding: chunked") + b"1\r\na\r\n", {411}),
    ("a tab before chunked", head("Transfer-Encoding:\tchunked") + b"0\r\n\r\n", {411}),
    ("chunked and a control character", head("Transfer-Encoding: \x0bchunked") + b"0\r\n\r\n", {400}),
    ("chunked with a parameter", head("Transfer-Encoding: chunked;a=b") + b"0\r\n\r\n", {400, 501}),
    ("chunked and an identity", head("Transfer-Encoding: chunked, identity") + b"0\r\n\r\n", {400}),
    ("no coding in its field", head("Transfer-Encoding:"), {400}),
    ("a space before the colon of a coding", head("Transfer-Encoding : chunked") + b"0\r\n\r\n", {400}),
    ("a folded coding", head("Transfer-Encoding:", " chunked") + b"0\r\n\r\n", {400}),
    ("a length beyond a bare CR", head("X-A: b\r\rContent-Length: 5"), {400}),
    ("a space before the colon", head("X-A : b"), {400}),
    ("a space before the colon of a length", head("Content-Length : 5") + b"abcde", {400}),
    ("a tab before the colon", head("X-A\t: b"), {400}),
    ("a space in a name", head("X A: b"), {400}),
    ("a name that is no token", head("X(A): b"), {400}),
    ("an empty name", head(": b"), {400}),
    ("a line without a colon", head("X-A"), {400}),
    ("a control character in a value", head("X-A: b\x01c"), {400}),
    ("a delete character in a value", head("X-A: b\x7fc"), {400}),
    ("a bare CR in a value", head("X-A: b\rc"), {400}),
    ("a bare CR before a field", head("X-A: b\rContent-Length: 5"), {400}),
    ("bare LF", head("X-A: b", end=b"\n"), {400}),
    ("one bare LF", b"GET /healthz HTTP/1.1\nHost: breaches.test\r\n\r\n", {400}),
    ("a bare LF at the end", b"GET /healthz HTTP/1.1\r\nHost: breaches.test\r\n\n", {400}),
    ("a bare LF within", b"GET /healthz HTTP/1.1\r\nX-A: b\nHost: breaches.test\r\n\r\n", {400}),
    ("a folded line", head("X-A: b", " c"), {400}),
    ("a folded line at first", head(" c", "X-A: b"), {400}),
    ("a folded length", head("Content-Length:", " 5") + b"abcde", {400}),
    ("a NUL in a value", head("X-A: b\0c"), {400}),
    ("a NUL in a name", head("X\0A: b"), {400}),
    ("a NUL in the target", head(line="GET /healthz\0x HTTP/1.1"), {400, None}),
    ("two spaces in the request line", head(line="GET  /healthz HTTP/1.1"), {400}),
    ("two spaces before the version", head(line="GET /healthz  HTTP/1.1"), {400}),
    ("a tab in the request line", head(line="GET\t/healthz HTTP/1.1"), {400, None}),
    ("a space at the end of the request line", head(line="GET /healthz HTTP/1.1 "), {400}),
    ("a later version", head(line="GET /healthz HTTP/1.2"), {505}),
    ("a much later version", head(line="GET /healthz HTTP/2.0"), {505}),
    ("an early version", head(line="GET /healthz HTTP/0.9"), {400, 505}),
    ("no version", b"GET /healthz\r\n\r\n", {400, 505}),
    ("a version in lower case", head(line="GET /healthz http/1.1"), {400}),
    ("a version that is none", head(line="GET /healthz HTTP/1.1x"), {400}),
    ("a method in lower case", head(line="get /healthz HTTP/1.1"), {501}),
    ("a method that is no token", head(line="G(T /healthz HTTP/1.1"), {400}),
    ("a target that is no path", head(line="GET healthz HTTP/1.1"), {400}),
    ("an asterisk for GET", head(line="GET * HTTP/1.1"), {400}),
    ("a target with another scheme", head(line="GET ftp://breaches.test/ HTTP/1.1"), {400}),
    ("a tunnel", head(line="CONNECT breaches.test:80 HTTP/1.1"), {400, 405}),
    ("a space in the target", head(line="GET /health z HTTP/1.1"), {400}),
    ("no target", head(line="GET  HTTP/1.1"), {400}),
]


class Malformed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # 1.0 may notice only by the idle timeout that a client has stopped in the middle.
        cls.d = daemon.Daemon("--idle-timeout", "1")

    @classmethod
    def tearDownClass(cls):
        cls.d.signal(daemon.signal.SIGTERM)
        assert cls.d.wait() == 0, cls.d.lines

    def answer(self, data):
        """Status of the answer to DATA with a whole request behind it, and all that came."""
        text = self.d.ask(data + BEHIND)
        found = re.match(rb"HTTP/1\.[01] (\d{3}) ", text)
        return (int(found[1]) if found else None), text

    def test_refused_and_closed(self):
        for what, data, statuses in REFUSED:
            with self.subTest(what):
                status, text = self.answer(data)
                self.assertIn(status, statuses, text[:200])
                self.assertTrue(status is None or b"Connection: close" in text, text[:200])
                self.assertNotIn(b"HTTP/1.1 200", text)

    def test_no_end_of_the_head_is_no_request(self):
        with self.d.connect() as c:
            c.sendall(b"GET /healthz HTTP/1.1\r\nHost: breaches.test\r\n")
            c.shutdown(daemon.socket.SHUT_WR)
            self.assertNotIn(b"HTTP/1.1 200", c.rest())

    def test_rubbish(self):
        for data in (b"\0" * 1000, b"\xff" * 1000, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 500,
                     b"SSH-2.0-x\r\n", b"\r\n" * 1000, b"GET", b"GET / HTTP/1.1\r\n\r\n\r\n", b" / HTTP/1.1\r\n\r\n",
                     b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"):
            with self.subTest(data[:20]), self.d.connect() as c:
                c.sendall(data)
                c.shutdown(daemon.socket.SHUT_WR)
                self.assertNotIn(b"HTTP/1.1 200", c.rest())
        self.assertEqual(self.d.get("/healthz").status, 200)


if __name__ == "__main__":
    daemon.main()
