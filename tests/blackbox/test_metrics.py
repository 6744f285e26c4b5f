#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The admin listener: metrics that count what was asked at the public one, as others read them, and probes."""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

from prometheus_client.parser import text_string_to_metric_families

import daemon
from daemon import request

ADMIN = re.compile(r"^breachd \S+: metrics and probes at (\S+)$")
KNOWN = {"breachd_build_info", "breachd_ready", "breachd_catalogue_info", "breachd_catalogue_records", "breachd_cache_bytes",
         "breachd_http_connections", "breachd_limit_reached", "process_open_fds", "process_threads", "process_cpu_seconds"}


class Watched(daemon.Daemon):
    """A daemon with an admin listener."""

    def __init__(self, *args, admin="127.0.0.1:0", **more):
        super().__init__("--admin-listen", admin, *args, **more)
        self.admin = next(m[1] for m in map(ADMIN.match, self.start) if m)

    def text(self):
        reply = self.get("/metrics", url=self.admin)
        assert reply.status == 200, reply.status
        return reply.body.decode()

    def value(self, sample):
        """Of the line that begins with SAMPLE, a name with its labels; 0 where there is none."""
        values = [float(line.removeprefix(sample + " ")) for line in self.text().splitlines() if line.startswith(sample + " ")]
        assert len(values) < 2, values
        return values[0] if values else 0

    def until(self, condition):
        end = time.monotonic() + daemon.PATIENCE
        while not condition():
            assert time.monotonic() < end, self.text()
            time.sleep(0.01)


class Metrics(unittest.TestCase):
    def test_only_the_admin_listener_has_them(self):
        with Watched() as d:
            self.assertEqual(d.get("/metrics").status, 404)
            reply = d.get("/metrics", url=d.admin)
            self.assertEqual((reply.status, reply["Content-Type"]), (200, "text/plain; version=0.0.4; charset=utf-8"))
            self.assertEqual(reply["Cache-Control"], "no-store")
            head = d.get("/metrics?x=1", method="HEAD", url=d.admin)
            self.assertEqual((head.status, head.body), (200, b""))
            self.assertEqual(d.get("/metrics", method="DELETE", url=d.admin).status, 405)
            for target in ("/", "/incidents", "/metricsx", "/metrics/", "/catalogue.db", "//metrics", "/%6detrics"):
                self.assertEqual(d.get(target, url=d.admin).status, 404, target)
            for target in ("/healthz", "/readyz", "/version"):
                self.assertEqual((d.get(target, url=d.admin).status, d.get(target).status), (200, 200))
            self.assertEqual(d.stop(), 0)

    def test_nothing_listens_unless_it_is_told_to(self):
        with daemon.Daemon() as d:
            self.assertFalse([line for line in d.start if ADMIN.match(line)])

    def test_a_socket_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "admin.sock")
            with Watched(admin=f"unix:{path}") as d:
                self.assertEqual(d.admin, f"unix:{path}")
                self.assertIn("breachd_ready 1\n", d.text())
                self.assertEqual(d.stop(), 0)
            self.assertFalse(os.path.exists(path))

    def test_an_address_in_use_is_said(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            status, _, said = daemon.run("--catalogue", daemon.CATALOGUE, "--listen", "127.0.0.1:0", "--admin-listen",
                                         f"127.0.0.1:{port}")
            self.assertEqual(status, 1)
            self.assertIn(f"cannot listen on 127.0.0.1:{port}", said)

    def test_requests_are_counted(self):
        with Watched() as d:
            for _ in range(3):
                d.get("/incidents.json")
            d.get("/incidents.json", method="HEAD")
            d.get("/no-such")
            d.get("/incidents?nonsense=1")
            d.ask(b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
            d.get("/dealers", method="BREW")
            total = "breachd_http_requests_total{route=\"%s\",method=\"%s\",code=\"%s\"}"
            d.until(lambda: d.value(total % ("/incidents", "HEAD", 200)) == 1)
            for sample, n in ((("/incidents", "GET", 200), 3), (("/incidents", "GET", 400), 1), (("none", "GET", 404), 1),
                              (("none", "GET", 400), 1)):
                d.until(lambda sample=sample, n=n: d.value(total % sample) == n)
            d.until(lambda: 'method="other"' in d.text())
            self.assertNotIn("BREW", d.text())
            self.assertEqual(d.value('breachd_http_request_duration_seconds_count{route="/incidents"}'), 5)
            self.assertEqual(d.value('breachd_cache_requests_total{result="miss"}'), 1)
            self.assertEqual(d.value('breachd_cache_requests_total{result="hit"}'), 3)
            self.assertGreater(d.value("breachd_cache_bytes"), 0)
            self.assertGreater(d.value('breachd_http_response_bytes_total{route="/incidents"}'), 3000)

    def test_scrapes_do_not_count(self):
        with Watched() as d:
            before = [line for line in d.text().splitlines() if line.startswith("breachd_http_requests_total")]
            self.assertEqual(before, [])
            self.assertEqual([line for line in d.text().splitlines() if line.startswith("breachd_http_requests_total")], [])

    def test_connections_are_counted(self):
        with Watched("--connections", "8") as d:
            self.assertEqual((d.value("breachd_http_connections"), d.value("breachd_http_connections_limit")), (0, 8))
            held = [d.connect() for _ in range(8)]
            try:
                d.until(lambda: d.value("breachd_http_connections") == 8)
                d.until(lambda: d.value('breachd_limit_reached_total{limit="connections"}') > 0)
                self.assertEqual(d.get("/readyz", url=d.admin).status, 200)
            finally:
                for c in held:
                    c.close()
            d.until(lambda: d.value("breachd_http_connections") == 0)

    def test_the_catalogue_is_told(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "catalogue.db")
            shutil.copy(daemon.CATALOGUE, path)
            with Watched(catalogue=path) as d:
                version = json.loads(d.get("/version").body)["catalogue"]
                self.assertEqual(d.value(f'breachd_catalogue_info{{id="{version["id"]}",schema="{self.schema(d)}"}}'), 1)
                total = json.loads(d.get("/incidents.json").body)["total"]
                self.assertEqual(d.value('breachd_catalogue_records{kind="incidents"}'), total)
                self.assertEqual(d.value("breachd_catalogue_file_bytes"), os.path.getsize(path))
                self.assertGreater(d.value("breachd_catalogue_loaded_timestamp_seconds"), time.time() - 600)
                self.put(path, b"no catalogue")
                d.signal(signal.SIGHUP)
                d.until(lambda: d.value("breachd_catalogue_refusals_total") == 1)
                self.assertEqual((d.value("breachd_catalogue_refused"), d.value("breachd_ready")), (1, 1))
                with open(daemon.CATALOGUE, "rb") as f:
                    self.put(path, f.read())
                d.signal(signal.SIGHUP)
                d.until(lambda: d.value("breachd_catalogue_swaps_total") == 1)
                self.assertEqual(d.value("breachd_catalogue_refused"), 0)

    @staticmethod
    def schema(d):
        return re.search(r'^breachd_catalogue_info\{.*schema="(\d+)"', d.text(), re.M)[1]

    @staticmethod
    def put(path, content):
        with open(path + ".new", "wb") as f:
            f.write(content)
        os.replace(path + ".new", path)

    def test_the_process_is_told(self):
        with Watched("--threads", "3") as d:
            proc = f"/proc/{d.process.pid}"
            self.assertEqual(d.value("process_threads"), len(os.listdir(proc + "/task")))
            self.assertGreater(d.value("process_cpu_seconds_total"), 0)
            before = d.value("process_open_fds")
            held = [d.connect() for _ in range(20)]
            d.until(lambda: d.value("process_open_fds") == before + 20)
            self.assertLess(abs(before + 20 - len(os.listdir(proc + "/fd"))), 3)  # the scrape's own
            for c in held:
                c.close()
            self.assertLess(abs(d.value("process_start_time_seconds") - os.stat(proc).st_mtime), 60)
            with open(proc + "/status", encoding="ascii") as f:
                rss = int(re.search(r"^VmRSS:\s+(\d+) kB", f.read(), re.M)[1]) * 1024
            self.assertLess(abs(d.value("process_resident_memory_bytes") - rss), rss / 2)

    def test_it_answers_while_the_public_side_is_busy(self):
        """The one thread that serves the public has some thousand searches to do that came at once."""
        with Watched("--threads", "1", "--connections", "64", "--cache-size", "0") as d:
            flood = b"".join(request(f"/incidents.json?limit=1&facet=country,action,year,organization&affected_min={i}")
                             for i in range(300))
            held = [d.connect() for _ in range(8)]
            d.until(lambda: d.value("breachd_http_connections") == 8)
            for c in held:
                c.setblocking(False)
                try:
                    c.send(flood)
                except BlockingIOError:
                    pass
            for _ in range(20):
                self.assertEqual(d.get("/healthz", url=d.admin).status, 200)
                self.assertIn("breachd_http_connections 8\n", d.text())
            for c in held:
                c.close()

    def test_it_answers_to_the_end(self):
        """While the daemon waits for a client, the admin listener says that it is not ready."""
        with Watched("--drain-timeout", "30") as d:
            with d.connect() as c:
                c.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n")
                d.until(lambda: d.value("breachd_http_requests_in_flight") == 1)
                d.signal(signal.SIGTERM)
                d.until(lambda: d.get("/readyz", url=d.admin).status == 503)
                self.assertEqual(d.value("breachd_ready"), 0)
                c.sendall(b"body")
                self.assertEqual(c.reply().status, 405)
            self.assertEqual(d.wait(), 0)

    def test_another_parser_reads_them(self):
        with Watched() as d:
            for target in ("/", "/incidents", "/no-such"):
                d.get(target)
            d.until(lambda: 'code="404"' in d.text())
            families = {f.name: f for f in text_string_to_metric_families(d.text())}
            self.assertEqual(KNOWN - set(families), set())
            for f in families.values():
                self.assertTrue(f.documentation.endswith("."), f.name)
                self.assertIn(f.type, ("counter", "gauge", "histogram"))
            histogram = families["breachd_http_request_duration_seconds"].samples
            for route in {s.labels["route"] for s in histogram}:
                counts = [s.value for s in histogram if s.labels["route"] == route and s.name.endswith("_bucket")]
                self.assertEqual(counts, sorted(counts))
                total = next(s.value for s in histogram if s.labels["route"] == route and s.name.endswith("_count"))
                self.assertEqual(counts[-1], total)

    def test_promtool_has_no_complaint(self):
        with Watched() as d:
            d.get("/incidents")
            d.until(lambda: 'route="/incidents"' in d.text())
            done = subprocess.run(["promtool", "check", "metrics"], input=d.text(), capture_output=True, text=True,
                                  timeout=daemon.PATIENCE, check=False)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))


if __name__ == "__main__":
    daemon.main()
