# SPDX-License-Identifier: MIT
"""Replicas of the daemon, each at a port and on a catalogue file of its own, that can be killed and given another catalogue; and a
client that walks through a list."""
import http.client
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time

import daemon
from proxies import free_ports

PAGE = 7


class Replicas:
    """N of them in FOLDER. There are two catalogues, of the same records, which replicas are given in turns."""

    def __init__(self, folder, n=3, options=()):
        self.folder, self.options = folder, options
        self.catalogues = [pathlib.Path(daemon.CATALOGUE), folder / "other.db"]
        subprocess.run([os.environ["TEST_BREACHCTL"], "import", "--built", "2030-01-01T00:00:00Z", "--output",
                        self.catalogues[1], os.environ["TEST_RECORDS"]], env=daemon.environment(), check=True,
                       capture_output=True, timeout=daemon.PATIENCE * 4)
        self.ports = free_ports(n)
        self.urls = [f"http://127.0.0.1:{port}" for port in self.ports]
        self.files = [folder / f"{i}.db" for i in range(n)]
        self.turns = [0] * n
        self.daemons = [None] * n
        for i in range(n):
            shutil.copy(self.catalogues[0], self.files[i])
            self.start(i)

    def start(self, i):
        self.daemons[i] = daemon.Daemon("--trusted-proxy", "127.0.0.1", *self.options, catalogue=str(self.files[i]),
                                        listen=(f"127.0.0.1:{self.ports[i]}",))

    def kill(self, i, again=True):
        """As a machine does that fails: without a word."""
        self.daemons[i].signal(signal.SIGKILL)
        self.daemons[i].wait()
        if again:
            self.start(i)

    def id(self, i):
        return json.loads(self.daemons[i].get("/version").body)["catalogue"]["id"]

    def roll(self, i):
        """Gives replica I the other catalogue and waits until it serves that."""
        before = self.id(i)
        self.turns[i] += 1
        new = self.files[i].with_suffix(".new")
        shutil.copy(self.catalogues[self.turns[i] % 2], new)
        os.replace(new, self.files[i])
        self.daemons[i].signal(signal.SIGHUP)
        end = time.monotonic() + daemon.PATIENCE
        while self.id(i) == before:
            assert time.monotonic() < end, self.daemons[i].lines
            time.sleep(0.01)

    def ids(self):
        """Of all incidents, in the order of lists."""
        return [row["id"] for row in json.loads(self.daemons[0].get("/incidents.json?limit=200").body)["data"]]

    def stop(self):
        """Ends those that run; their exit statuses."""
        return [d.stop() for d in self.daemons if d.process.poll() is None]


class Walk:
    """The list of incidents at ORIGIN, page by page, by the addresses that pages give out; MARK makes it another than others
    ask for, which no cache has."""

    def __init__(self, origin, mark="", patience=daemon.PATIENCE):
        self.origin, self.mark, self.patience = origin.removeprefix("http://"), mark, patience
        self.connection = http.client.HTTPConnection(self.origin, timeout=patience)
        self.ids, self.catalogues, self.changes, self.requests = [], set(), [], 0

    def ask(self, target):
        """The body of the answer, which must be a 200 and whole."""
        self.connection.request("GET", target)
        reply = self.connection.getresponse()
        body = reply.read()
        assert reply.status == 200, f"{target}: {reply.status} {body[:300]!r}"
        self.requests += 1
        return json.loads(body)

    def __iter__(self):
        """Yields each page after it was taken."""
        target = f"/incidents.json?limit={PAGE}{self.mark}"
        while target:
            page = self.ask(target)
            self.ids += [row["id"] for row in page["data"]]
            self.catalogues.add(page["catalogue"]["id"])
            self.changes.append(page["page"]["catalogue_changed"])
            target = page["page"]["next"]
            yield page
        self.connection.close()
