#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The daemon behind nginx and HAProxy, at the root of a host and beneath a prefix that is passed on or taken off."""
import http.client
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "blackbox"))

import daemon  # pylint: disable=wrong-import-position
from crawl import Crawl, Reference  # pylint: disable=wrong-import-position
from proxies import Haproxy, Nginx  # pylint: disable=wrong-import-position

PREFIXES = {"root": "", "whole": "/b", "stripped": "/b"}
FEW = {1: 1}  # behind each proxy; what else there is, is looked at once


class Proxies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.log = pathlib.Path(folder.name) / "access.log"
        cls.root = cls.enter(daemon.Daemon("--trusted-proxy", "127.0.0.1"))
        cls.beneath = cls.enter(daemon.Daemon("--trusted-proxy", "127.0.0.1", "--base-path", "/b"))
        cls.proxies = [cls.enter(kind(cls.root.urls[0], cls.beneath.urls[0])) for kind in (Nginx, Haproxy)]

    @classmethod
    def enter(cls, context):
        cls.addClassCleanup(context.__exit__, None, None, None)
        return context

    def ways(self):
        """(name, origin, prefix) of each way in."""
        for proxy in self.proxies:
            for way, url in proxy.urls.items():
                yield f"{type(proxy).__name__} {way}", url, PREFIXES[way]

    def crawl(self, origin, prefix, **options):
        aliens = [url.removeprefix("http://") for url in (*self.root.urls, *self.beneath.urls) if url != origin]
        done = Crawl(origin, prefix, aliens, **options).run("/", "/robots.txt", "/healthz", "/readyz", "/version",
                                                            "/catalogue.ndjson")
        self.assertEqual(done.faults[:20], [], f"{origin}{prefix}: {len(done.faults)} faults")
        return done

    def test_every_address_leads_somewhere(self):
        done = self.crawl(self.root.urls[0], "")
        self.assertGreater(len(done.asked), 1000)
        for media in ("text/html", "application/json", "text/css", "image/svg+xml", "application/schema+json"):
            self.assertIn(media, done.types)
        print(f"{len(done.asked)} of {len(done.seen)} addresses: {done.types}")

    def test_every_address_leads_somewhere_behind_proxies(self):
        wanted = self.crawl(self.root.urls[0], "", most=FEW).asked
        self.assertGreater(len(wanted), 300)
        for name, origin, prefix in self.ways():
            with self.subTest(name):
                asked = self.crawl(origin, prefix, most=FEW).asked
                self.assertEqual(asked ^ wanted, set())

    def test_the_prefix_alone(self):
        for name, origin, prefix in self.ways():
            with self.subTest(name):
                if prefix:
                    reply = self.root.get(prefix, url=origin)
                    self.assertEqual((reply.status, reply["Location"]), (308, "/b/"))
                    self.assertEqual(self.root.get("/incidents", url=origin).status // 100, 4)
                reply = self.root.get(prefix + "/incidents/", url=origin)
                self.assertEqual((reply.status, reply["Location"]), (308, prefix + "/incidents"))

    def test_clients_do_not_say_who_they_are(self):
        lies = ("Forwarded: for=6.6.6.6;proto=https;host=evil.test", "X-Forwarded-Host: evil.test",
                "X-Forwarded-For: 6.6.6.6", "X-Forwarded-Proto: https")
        for name, origin, prefix in self.ways():
            with self.subTest(name):
                for lie in lies:  # first, so that it is what the proxies would keep
                    reply = self.root.get(f"{prefix}/dealers?q={len(lie)}", "Accept: text/html", lie, url=origin)
                    self.assertEqual(reply.status, 200)
                    self.assertNotIn(b"evil.test", reply.body)
                    self.assertIn(f'<http://breaches.test{prefix}/dealers?q={len(lie)}>; rel="canonical"', reply["Link"])

    def test_bodies_are_the_same_as_without(self):
        for name, origin, prefix in self.ways():
            direct = self.beneath if prefix else self.root
            with self.subTest(name):
                for target in ("/catalogue.ndjson", "/incidents.json?limit=50&detail=full", "/", "/no-such"):
                    wanted, got = direct.get(prefix + target), self.root.get(prefix + target, url=origin)
                    self.assertEqual(got.status, wanted.status, target)
                    self.assertTrue(got.body == wanted.body, target)

    def test_conditional_requests_pass(self):
        for name, origin, prefix in self.ways():
            with self.subTest(name):
                for target in ("/incidents", "/incidents.json", "/catalogue.ndjson"):
                    tag = self.root.get(prefix + target, url=origin)["ETag"]
                    if tag:
                        again = self.root.get(prefix + target, f"If-None-Match: {tag}", url=origin)
                        self.assertEqual((again.status, again.body), (304, b""), target)

    def test_crawls_find_faults(self):
        """The crawler itself."""
        cases = [("/x", False, "lacks the prefix"), ("//evil.test/b/x", True, "leads elsewhere"),
                 ("http://localhost/b/x", False, "leads elsewhere"), ("https://a.test/b/x", True, "leads elsewhere"),
                 ("javascript:x", True, "is javascript:x"), ("../x", False, "lacks the prefix")]
        for url, own, says in cases:
            crawl = Crawl("http://a.test", "/b")
            crawl.take("/b/y", Reference(url, own, "place"))
            self.assertEqual(len(crawl.faults), 1, url)
            self.assertIn(says, crawl.faults[0])
        crawl = Crawl("http://a.test", "/b")
        for url, own in (("/b/x", True), ("http://a.test/b/z?q=1", True), ("https://elsewhere.test/", False), ("#a", True),
                         ("mailto:a@b.test", False)):
            crawl.take("/b/y", Reference(url, own, "place"))
        self.assertEqual((crawl.faults, sorted(crawl.waiting)), ([], ["/b/x", "/b/y", "/b/z?q=1"]))


class One(unittest.TestCase):
    """What shows only in one daemon's log, or when it is away."""

    def lines(self, kind, ask):
        """Fields of the lines in the log of a daemon that ASK(proxy, daemon) asked through a proxy of KIND."""
        with tempfile.TemporaryDirectory() as folder:
            log = pathlib.Path(folder) / "access.log"
            with daemon.Daemon("--trusted-proxy", "127.0.0.1", "--access-log", str(log)) as d:
                with kind(d.urls[0], d.urls[0]) as proxy:
                    ask(proxy, d)
                if d.process.poll() is None:
                    self.assertEqual(d.stop(), 0)
            lines = [line.split(" ") for line in log.read_text(encoding="ascii").splitlines()]
            return [line for line in lines if line[4] != "/readyz"]  # HAProxy's

    @staticmethod
    def from_afar(proxy, target, *headers):
        """Asks from an address that is not the proxy's own."""
        host, port = proxy.urls["root"].removeprefix("http://").split(":")
        with daemon.Connection(socket.AF_INET, socket.SOCK_STREAM) as c:
            c.settimeout(daemon.PATIENCE)
            c.bind(("127.0.0.2", 0))
            c.connect((host, int(port)))
            c.sendall(daemon.request(target, *headers, "Connection: close"))
            return c.reply()

    def test_the_log_has_the_client(self):
        for kind in (Nginx, Haproxy):
            with self.subTest(kind.__name__):
                lines = self.lines(kind, lambda proxy, d: [
                    self.from_afar(proxy, "/healthz?1"),
                    self.from_afar(proxy, "/healthz?2", "X-Forwarded-For: 6.6.6.6", "Forwarded: for=6.6.6.6")])
                self.assertEqual(sorted((line[4], line[1]) for line in lines),
                                 [("/healthz?1", "127.0.0.2"), ("/healthz?2", "127.0.0.2")])

    def test_proxies_keep_answers(self):
        def ask(proxy, d):
            bodies = {d.get(target, url=proxy.urls["root"]).body for _ in range(3)}
            self.assertEqual(len(bodies), 1)

        for kind, target in ((Nginx, "/incidents"), (Nginx, "/incidents.json"), (Haproxy, "/incidents.json")):
            with self.subTest(f"{kind.__name__} {target}"):
                self.assertEqual([line[4] for line in self.lines(kind, ask)], [target])

    def test_with_tls(self):
        with tempfile.TemporaryDirectory() as folder:
            certificate, key = pathlib.Path(folder) / "both.pem", pathlib.Path(folder) / "key.pem"
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                            "-subj", "/CN=breaches.test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key,
                            "-out", certificate], check=True, capture_output=True, timeout=daemon.PATIENCE)
            with certificate.open("a", encoding="ascii") as both:
                both.write(key.read_text(encoding="ascii"))
            context = ssl.create_default_context(cafile=certificate)
            for kind in (Nginx, Haproxy):
                with self.subTest(kind.__name__), daemon.Daemon("--trusted-proxy", "127.0.0.1") as d, \
                        kind(d.urls[0], d.urls[0], certificate) as proxy:
                    plain = d.get("/dealers?q=a", url=proxy.urls["root"])
                    self.assertEqual((plain.status, plain["Location"]), (308, "https://breaches.test/dealers?q=a"))
                    self.assertIsNone(plain["Strict-Transport-Security"])
                    c = http.client.HTTPSConnection(proxy.urls["tls"].removeprefix("https://"), context=context,
                                                    timeout=daemon.PATIENCE)
                    c.request("GET", "/dealers", headers={"Host": "breaches.test", "Accept": "text/html"})
                    reply = c.getresponse()
                    self.assertEqual((reply.status, reply.getheader("Strict-Transport-Security")), (200, "max-age=31536000"))
                    self.assertIn('<https://breaches.test/dealers>; rel="canonical"', reply.getheader("Link"))
                    c.close()

    def test_without_the_daemon(self):
        def ask(proxy, d):
            self.assertEqual(d.get("/incidents", url=proxy.urls["root"]).status, 200)
            self.assertEqual(d.stop(), 0)
            self.assertIn(d.get("/dealers", url=proxy.urls["root"]).status, (502, 503))

        for kind in (Nginx, Haproxy):
            with self.subTest(kind.__name__):
                self.lines(kind, ask)


if __name__ == "__main__":
    daemon.main()
