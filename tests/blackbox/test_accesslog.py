#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The access log: a line a request, in a file that can be moved away, or on standard error."""
import json
import os
import re
import tempfile
import time
import unittest

import daemon
from daemon import request

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (\S+) (\S+) (\S+) (\S+) (\d+) (\d+) \d+ (hit|miss|none) (\S+) (\S+)")


def parts(line):
    """client, method, route, target, status, bytes, cache, id, traceparent"""
    match = LINE.fullmatch(line)
    assert match, line
    return (*match.groups()[:4], int(match[5]), int(match[6]), *match.groups()[6:])


TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def lines_of(path):
    with open(path, encoding="ascii") as f:
        text = f.read()
    assert not text or text.endswith("\n"), text[-100:]
    return text.splitlines()


def until(what):
    end = time.monotonic() + daemon.PATIENCE
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


class AccessLog(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "access.log")

    def test_a_line_a_request(self):
        target = "/incidents/2019-03-toyota-japan-sales-subsidiaries.json"
        with daemon.Daemon("--access-log", self.path, "--threads", "1") as d:
            whole = d.get(target)
            d.get(target, "X-Request-Id: from.the-proxy_1")
            d.get(target, "X-Request-Id: no good", f"traceparent: {TRACE}", method="HEAD")
            d.get(target, f"If-None-Match: {whole['ETag']}")
            d.get("/nope\x7f?q=\\x")
            d.get("/incidents", method="POST")
            d.ask(b"GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
            d.get("/catalogue.ndjson")
            self.assertEqual(d.stop(), 0)
            self.assertEqual(d.lines, [])
        got = [parts(line) for line in lines_of(self.path)]
        n, route = len(whole.body), "/incidents/{id}"
        self.assertEqual([p[1:7] for p in got[:4]],
                         [("GET", route, target, 200, n, "miss"), ("GET", route, target, 200, n, "hit"),
                          ("HEAD", route, target, 200, 0, "hit"), ("GET", route, target, 304, 0, "hit")])
        self.assertEqual(got[4][2:5], ("-", "/nope\\x7f?q=\\x5cx", 400))
        self.assertEqual((got[5][1], got[5][4]), ("POST", 405))
        self.assertEqual((got[6][3], got[6][4]), ("/healthz", 400))
        self.assertEqual((got[7][3], got[7][4], got[7][6]), ("/catalogue.ndjson", 200, "none"))
        self.assertGreater(got[7][5], 100000)
        self.assertEqual(len(got), 8)
        self.assertEqual({p[0] for p in got}, {"127.0.0.1"})
        self.assertEqual([p[8] for p in got], ["-", "-", TRACE] + 5 * ["-"])
        self.assertEqual(got[1][7], "from.the-proxy_1")
        ours = [p[7] for i, p in enumerate(got) if i != 1]
        self.assertEqual(len(set(ours)), 7)
        for name in ours:
            self.assertRegex(name, r"^[0-9a-f]{16}$")

    def test_a_request_is_called_what_its_client_calls_it(self):
        with daemon.Daemon("--access-log", self.path, "--threads", "1") as d:
            for _ in range(3):  # made, kept, repeated
                self.assertEqual(d.get("/incidents.json", "X-Request-Id: mine.1")["X-Request-Id"], "mine.1")
                self.assertIsNone(d.get("/incidents.json")["X-Request-Id"])
            tag = d.get("/incidents.json")["ETag"]
            unchanged = d.get("/incidents.json", "X-Request-Id: mine.2", f"If-None-Match: {tag}")
            self.assertEqual((unchanged.status, unchanged["X-Request-Id"]), (304, "mine.2"))
            self.assertEqual(d.get("/catalogue.ndjson", "X-Request-Id: mine.3")["X-Request-Id"], "mine.3")
            faults = [d.get(target) for target in ("/nowhere", "/nowhere", "/incidents.json?nonsense=1")]
            self.assertEqual(d.get("/nowhere", "X-Request-Id: a b")["X-Request-Id"] == "a b", False)
            self.assertEqual(d.stop(), 0)
        ids = [parts(line)[7] for line in lines_of(self.path)]
        for reply in faults:
            self.assertIn(reply["X-Request-Id"], ids)
        self.assertEqual(len({reply["X-Request-Id"] for reply in faults}), 3)

    def test_only_a_right_traceparent_is_kept(self):
        wrong = ["", "00", TRACE.upper(), TRACE + "-", TRACE + "-x", "ff" + TRACE[2:], TRACE.replace("b7ad6b7169203331", "0" * 16),
                 TRACE.replace("0af7651916cd43dd8448eb211c80319c", "0" * 32), TRACE[:-1] + "g", TRACE.replace("-", "_")]
        with daemon.Daemon("--access-log", self.path, "--threads", "1") as d:
            for value in wrong:
                d.get("/healthz", f"traceparent: {value}")
            d.get("/healthz", f"traceparent: {TRACE}", f"Traceparent: {TRACE}")
            d.get("/healthz", f"Traceparent: {TRACE}")
            d.get("/healthz", "traceparent: cc" + TRACE[2:])
            d.get("/healthz", "traceparent: cc" + TRACE[2:] + "-what the future brings")
            self.assertEqual(d.stop(), 0)
        got = [parts(line)[8] for line in lines_of(self.path)]
        self.assertEqual(got[:-3], ["-"] * (len(wrong) + 1))
        self.assertEqual(got[-3:], [TRACE, "cc" + TRACE[2:], "cc" + TRACE[2:] + "-what\\x20the..."])

    def test_json(self):
        with daemon.Daemon("--access-log", self.path, "--log-format", "json", "--threads", "1") as d:
            d.get("/incidents/2019-03-toyota-vietnam.json?utm_source=\"\\", f"traceparent: {TRACE}")
            d.get("/nowhere", "X-Request-Id: mine")
            self.assertEqual(d.stop(), 0)
            for line in d.start + d.lines:
                self.assertEqual(set(json.loads(line)) - {"version"}, {"time", "level", "message"})
        first, second = [json.loads(line) for line in lines_of(self.path)]
        self.assertEqual(list(first), ["time", "client", "method", "route", "target", "status", "bytes", "micros", "cache", "id",
                                       "traceparent"])
        self.assertEqual((first["client"], first["route"], first["traceparent"]), ("127.0.0.1", "/incidents/{id}", TRACE))
        self.assertEqual((second["status"], second["route"], second["id"], second["traceparent"]), (404, None, "mine", None))

    def test_lines_come_within_seconds_and_follow_a_moved_file(self):
        with daemon.Daemon("--access-log", self.path) as d:
            d.get("/healthz")
            until(lambda: len(lines_of(self.path)) == 1)
            os.rename(self.path, self.path + ".1")
            d.get("/version")  # in either
            d.signal(daemon.signal.SIGHUP)
            until(lambda: os.path.exists(self.path))
            d.get("/readyz")
            until(lambda: len(lines_of(self.path + ".1")) + len(lines_of(self.path)) == 3)
            self.assertIn("/readyz", [parts(line)[3] for line in lines_of(self.path)])
            self.assertEqual(parts(lines_of(self.path + ".1")[0])[3], "/healthz")

    def test_a_folder_that_is_gone_leaves_the_old_file(self):
        with daemon.Daemon("--access-log", self.path) as d:
            folder = os.path.dirname(self.path)
            os.rename(folder, folder + "-moved")
            d.signal(daemon.signal.SIGHUP)
            until(lambda: any("access.log" in line for line in d.lines))
            os.rename(folder + "-moved", folder)
            d.get("/healthz")
            until(lambda: len(lines_of(self.path)) == 1)

    def test_standard_error_is_the_default(self):
        with daemon.Daemon(BREACHD_ACCESS_LOG="") as d:
            d.get("/healthz")
            until(lambda: d.lines)
            self.assertEqual(parts(d.lines[0])[1:5], ("GET", "/healthz", "/healthz", 200))

    def test_pipelines_and_threads_lose_nothing(self):
        with daemon.Daemon("--access-log", self.path, "--threads", "3") as d:
            connections = [d.connect() for _ in range(6)]
            for round_ in range(20):
                for i, c in enumerate(connections):
                    c.sendall(b"".join(request(f"/healthz?utm_source={i}-{round_}-{n}") for n in range(20)))
                for c in connections:
                    for _ in range(20):
                        self.assertEqual(c.reply().status, 200)
            for c in connections:
                c.close()
            self.assertEqual(d.stop(), 0)
        targets = [parts(line)[3] for line in lines_of(self.path)]
        self.assertEqual(len(targets), 2400)
        self.assertEqual(len(set(targets)), 2400)

    def test_what_cannot_be_opened_ends_the_start(self):
        status, _, err = daemon.run("--catalogue", daemon.CATALOGUE, "--listen", "127.0.0.1:0", "--access-log",
                                    "/nowhere/access.log")
        self.assertEqual((status, err), (1, "breachd: /nowhere/access.log: No such file or directory\n"))

    def test_a_client_by_its_own_address(self):
        socket = os.path.join(os.path.dirname(self.path), "s")
        with daemon.Daemon("--access-log", self.path, "--threads", "1", listen=("*:0", f"unix:{socket}")) as d:
            port = d.urls[0].rsplit(":", 1)[1]
            d.get("/healthz", url=f"http://127.0.0.1:{port}")
            d.get("/healthz", url=f"unix:{socket}")
            self.assertEqual(d.stop(), 0)
        self.assertEqual([parts(line)[0] for line in lines_of(self.path)], ["127.0.0.1", "unix"])


if __name__ == "__main__":
    daemon.main()
