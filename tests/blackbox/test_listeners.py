#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Where the daemon listens, and its own health check."""
import os
import pathlib
import socket
import tempfile
import unittest

import daemon
from daemon import Daemon, run


class Listeners(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "s"

    def test_several_at_once(self):
        with Daemon(listen=["127.0.0.1:0", "[::1]:0", f"unix:{self.path}", "*:0"]) as d:
            self.assertEqual(len(d.urls), 4)
            self.assertRegex(d.urls[0], r"^http://127\.0\.0\.1:\d+$")
            self.assertRegex(d.urls[1], r"^http://\[::1\]:\d+$")
            self.assertEqual(d.urls[2], f"unix:{self.path}")
            port = d.urls[3].rsplit(":", 1)[1]
            for url in [*d.urls[:3], f"http://127.0.0.1:{port}", f"http://[::1]:{port}"]:
                with d.connect(url) as c:
                    for _ in range(3):
                        c.sendall(daemon.request("/incidents.json"))
                        self.assertEqual(c.reply().status, 200, url)

    def test_same_port_for_both_families(self):
        with Daemon(listen=["127.0.0.1:0"]) as d:
            port = d.urls[0].rsplit(":", 1)[1]
            with Daemon(listen=[f"[::1]:{port}"]) as other:
                self.assertEqual(other.get("/healthz").status, 200)

    def test_a_port_in_use_is_one_line(self):
        with Daemon() as d:
            address = d.urls[0].removeprefix("http://")
            status, out, err = run("--catalogue", daemon.CATALOGUE, "--listen", address)
            self.assertEqual((status, out), (1, ""))
            self.assertEqual(err, f"breachd: cannot listen on {address}: Address already in use\n")

    def test_the_port_is_free_again(self):
        with Daemon() as d:
            address = d.urls[0].removeprefix("http://")
            self.assertEqual(d.get("/healthz").status, 200)
            self.assertEqual(d.stop(), 0)
        with Daemon(listen=[address]) as d:
            self.assertEqual(d.get("/healthz").status, 200)

    def test_an_address_of_nobody(self):
        status, _, err = run("--catalogue", daemon.CATALOGUE, "--listen", "192.0.2.1:80")
        self.assertEqual(status, 1)
        self.assertRegex(err, r"^breachd: cannot listen on 192\.0\.2\.1:80: [^\n]+\n$")

    def test_socket_file_comes_and_goes(self):
        with Daemon(listen=[f"unix:{self.path}"]) as d:
            self.assertEqual(self.path.stat().st_mode & 0o777, 0o666)
            self.assertEqual(d.get("/healthz").status, 200)
            self.assertEqual(d.stop(), 0)
            self.assertFalse(self.path.exists())

    def test_a_stale_socket_file_is_replaced(self):
        with socket.socket(socket.AF_UNIX) as left:
            left.bind(str(self.path))
            left.listen()
        with Daemon(listen=[f"unix:{self.path}"]) as d:
            self.assertEqual(d.get("/healthz").status, 200)

    def test_a_socket_in_use_is_left_alone(self):
        with Daemon(listen=[f"unix:{self.path}"]) as d:
            status, _, err = run("--catalogue", daemon.CATALOGUE, "--listen", f"unix:{self.path}")
            self.assertEqual(status, 1)
            self.assertEqual(err, f"breachd: cannot listen on unix:{self.path}: another process serves there\n")
            self.assertEqual(d.get("/healthz").status, 200)

    def test_another_file_is_left_alone(self):
        self.path.write_text("mine", encoding="ascii")
        status, _, err = run("--catalogue", daemon.CATALOGUE, "--listen", f"unix:{self.path}")
        self.assertEqual(status, 1)
        self.assertIn(str(self.path), err)
        self.assertEqual(err.count("\n"), 1)
        self.assertEqual(self.path.read_text(encoding="ascii"), "mine")

    def test_a_socket_file_of_the_next_daemon_stays(self):
        with Daemon(listen=[f"unix:{self.path}"]) as first:
            os.unlink(self.path)
            with Daemon(listen=[f"unix:{self.path}"]) as second:
                self.assertEqual(first.stop(), 0)
                self.assertEqual(second.get("/healthz").status, 200)

    def test_failed_start_leaves_no_socket_file(self):
        status, _, _ = run("--catalogue", daemon.CATALOGUE, "--listen", f"unix:{self.path}",
                           "--listen", "192.0.2.1:80")
        self.assertEqual(status, 1)
        self.assertFalse(self.path.exists())

    def test_check(self):
        with Daemon(listen=["127.0.0.1:0", "[::1]:0"]) as d:
            for url in (*d.urls, d.urls[0].replace("127.0.0.1", "localhost")):
                self.assertEqual(run("--check", url + "/healthz"), (0, "", ""))
                self.assertEqual(run("--check", url + "/readyz"), (0, "", ""))
                self.assertEqual(run("--check", url), (0, "", ""))
                self.assertEqual(run("--check", url + "/nowhere"),
                                 (1, "", f"breachd: {url}/nowhere: answered 404\n"))
            url = d.urls[0] + "/healthz"
        self.assertEqual(run("--check", url)[0], 1)
        for bad in ("", "x", "https://127.0.0.1/", "http://", "http:///x", "http://127.0.0.1:x/", "http://a.test/",
                    "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX: y", "http://u@127.0.0.1/"):
            status, _, err = run("--check", bad)
            self.assertEqual(status, 2, bad)
            self.assertTrue(err.startswith("breachd: --check: "), err)

    def test_check_waits_three_seconds_and_no_longer(self):
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen()
            status, _, err = run("--check", f"http://127.0.0.1:{silent.getsockname()[1]}/")
            self.assertEqual(status, 1)
            self.assertIn("timed out", err)


if __name__ == "__main__":
    daemon.main()
