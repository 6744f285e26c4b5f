#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whom the daemon believes about where a request comes from: a trusted proxy, and nobody else. 127.0.0.1 is one here,
[::1] and the socket file are not."""
import pathlib
import re
import tempfile
import unittest

import daemon

OLDER = ("X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https", "X-Forwarded-Host: public.test")
STANDARD = ('Forwarded: for="[2001:db8::1]:4711";proto=https;host="public.test"',)
LIES = ("Forwarded: for=6.6.6.6;proto=https;host=evil.test", "X-Forwarded-Host: evil.test", "X-Forwarded-For: 6.6.6.6",
        "X-Forwarded-Proto: https")


def listeners(folder):
    return ["127.0.0.1:0", "[::1]:0", f"unix:{folder}/s"]


def canonical(reply):
    """The origins of absolute addresses of our own in a page: in its Link field and in itself."""
    field = re.findall(r'<(https?://[^/>]+)[^>]*>; rel="canonical"', reply["Link"])
    page = re.findall(r'<link rel="canonical" href="(https?://[^/"]+)', reply.body.decode())
    assert len(field) == len(page) == 1, (field, page)
    return field[0], page[0]


class Forwarded(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.served = daemon.Daemon("--trusted-proxy", "192.0.2.0/24,127.0.0.1", listen=listeners(folder.name))
        cls.addClassCleanup(cls.served.close)

    def origin(self, *headers, peer=0, target="/incidents"):
        reply = self.served.get(target, "Accept: text/html", *headers, url=self.served.urls[peer])
        self.assertEqual(reply.status, 200)
        field, page = canonical(reply)
        self.assertEqual(field, page)
        return page

    def test_a_trusted_proxy_is_believed(self):
        for _ in range(2):  # the second time from memory
            for fields in (OLDER, STANDARD):
                self.assertEqual(self.origin(*fields), "https://public.test")
            self.assertEqual(self.origin("X-Forwarded-Proto: https"), "https://breaches.test")
            self.assertEqual(self.origin("X-Forwarded-Host: public.test:81"), "http://public.test:81")
            self.assertEqual(self.origin('Forwarded: host="[2001:db8::2]:8443"'), "http://[2001:db8::2]:8443")
            self.assertEqual(self.origin("Forwarded: host=evil.test", "Forwarded: for=198.51.100.1;host=public.test"),
                             "http://public.test")
            self.assertEqual(self.origin("Forwarded: host=public.test;for=198.51.100.1",
                                         "Forwarded: for=192.0.2.9;host=inner.test"), "http://public.test")
            self.assertEqual(self.origin(), "http://breaches.test")

    def test_nobody_else_is_believed(self):
        for peer in (1, 2):
            plain = self.served.get("/dealers", url=self.served.urls[peer])
            for lie in (*LIES, "Forwarded: \"", "X-Forwarded-Host: a/b", "X-Forwarded-Proto: gopher"):
                told = self.served.get("/dealers", lie, url=self.served.urls[peer])
                self.assertEqual(told.status, 200)
                self.assertEqual(told.body, plain.body)
                self.assertEqual(told["ETag"], plain["ETag"])
                self.assertEqual(told["Link"], plain["Link"])

    def test_a_liar_leaves_nothing_behind(self):
        """Whoever asks first for what is kept afterwards."""
        for target in ("/timeline", "/actors?utm_source=x"):
            for lie in LIES:
                self.assertEqual(self.origin(lie, peer=1, target=target), "http://breaches.test")
            for peer in (0, 1, 2):
                self.assertEqual(self.origin(peer=peer, target=target), "http://breaches.test")
            self.assertEqual(self.origin(*OLDER, target=target), "https://public.test")
            self.assertEqual(self.origin(*OLDER, peer=1, target=target), "http://breaches.test")

    def test_each_origin_has_its_own_answer_and_tag(self):
        tags = set()
        for fields in ((), OLDER, STANDARD, ("X-Forwarded-Proto: https",)):
            reply = self.served.get("/incidents", "Accept: text/html", *fields)
            tags.add(reply["ETag"])
            again = self.served.get("/incidents", "Accept: text/html", f"If-None-Match: {reply['ETag']}", *fields)
            self.assertEqual((again.status, again["ETag"], again["Link"]), (304, reply["ETag"], reply["Link"]))
        self.assertEqual(len(tags), 3)
        other = self.served.get("/incidents", "Accept: text/html", f"If-None-Match: {reply['ETag']}", *OLDER)
        self.assertEqual(other.status, 200)

    def test_what_cannot_be_read_is_refused(self):
        for fields, says in [
                (('Forwarded: for="', "Forwarded: for=198.51.100.1;host=public.test"), "RFC 7239"),
                (("Forwarded: host=a/b",), "RFC 7239"),
                (("X-Forwarded-Host: a/b",), "X-Forwarded-Host"),
                (("X-Forwarded-Proto: gopher",), "X-Forwarded-Proto"),
                (("Forwarded: host=evil.test", *OLDER), "do not say the same")]:
            reply = self.served.get("/incidents", *fields)
            self.assertEqual(reply.status, 400, fields)
            self.assertIn(says, reply.body.decode())
            self.assertNotIn("evil", reply.body.decode())
            self.assertTrue(reply.closes)


class Log(unittest.TestCase):
    """Lines have the client, not the proxy."""

    ASKED = [((), 0, "127.0.0.1"), ((), 1, "::1"), ((), 2, "unix"), (OLDER, 0, "192.0.2.1"),
             (STANDARD, 0, "2001:db8::1"), (OLDER, 1, "::1"), (STANDARD, 2, "unix"),
             (("X-Forwarded-For: 6.6.6.6, 198.51.100.1, 192.0.2.7",), 0, "198.51.100.1"),
             (("X-Forwarded-For: ::ffff:198.51.100.2",), 0, "198.51.100.2"),
             (("X-Forwarded-For: x y",), 0, "127.0.0.1"), (("Forwarded: for=_hidden",), 0, "127.0.0.1"),
             (("X-Forwarded-For: 198.51.100.3", "Forwarded: x"), 0, "127.0.0.1")]

    def clients(self, trusted, asked):
        """The client in the line of each of ASKED, of a daemon that trusts TRUSTED."""
        with tempfile.TemporaryDirectory() as folder:
            log = pathlib.Path(folder) / "access.log"
            with daemon.Daemon("--trusted-proxy", trusted, "--access-log", str(log), listen=listeners(folder)) as d:
                for i, (fields, peer, _) in enumerate(asked):
                    d.get(f"/healthz?{i}", *fields, url=d.urls[peer])
                self.assertEqual(d.stop(), 0)
            lines = [line.split(" ") for line in log.read_text(encoding="ascii").splitlines()]
            found = {fields[4]: fields[1] for fields in lines}
            self.assertEqual(len(lines), len(found))
            return [found[f"/healthz?{i}"] for i in range(len(asked))]

    def test_a_proxy_by_its_address(self):
        self.assertEqual(self.clients("192.0.2.0/24,127.0.0.1", self.ASKED), [client for _, _, client in self.ASKED])

    def test_a_proxy_by_a_socket_file(self):
        asked = [(OLDER, 2, "192.0.2.1"), (OLDER, 0, "127.0.0.1"), ((), 2, "unix")]
        self.assertEqual(self.clients("unix", asked), [client for _, _, client in asked])


class PublicUrl(unittest.TestCase):
    def test_it_wins(self):
        with daemon.Daemon("--public-url", "https://set.test", "--base-path", "/b", "--trusted-proxy", "::/0") as d:
            for fields in ((), OLDER, STANDARD):
                for target in ("/incidents", "/b/incidents"):
                    reply = d.get(target, "Accept: text/html", *fields)
                    self.assertEqual(canonical(reply), ("https://set.test",) * 2)
                    self.assertIn("<https://set.test/b/incidents>", reply["Link"])

    def test_without_a_host_there_is_no_absolute_address(self):
        with daemon.Daemon() as d:
            reply = d.ask(b"GET /incidents HTTP/1.0\r\nAccept: text/html\r\n\r\n").decode()
            self.assertTrue(reply.startswith("HTTP/1.0 200") or reply.startswith("HTTP/1.1 200"), reply[:20])
            self.assertNotIn("canonical", reply)

    def test_an_absolute_target_names_the_host(self):
        with daemon.Daemon() as d:
            reply = d.get("http://breaches.test:8443/incidents", "Accept: text/html")
            self.assertEqual(canonical(reply), ("http://breaches.test:8443",) * 2)


if __name__ == "__main__":
    daemon.main()
