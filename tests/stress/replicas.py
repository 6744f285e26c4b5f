# SPDX-License-Identifier: MIT
"""What tests/stress/replicas.sh runs. Each client walks through the list of incidents again and again, by the addresses that
pages give out, and compares every page with what it should be; between walks it asks for records and pages. An answer that is not
a whole 200 with the right content ends the run."""
import argparse
import collections
import json
import pathlib
import random
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "blackbox"), str(ROOT / "proxy")]

import daemon  # pylint: disable=wrong-import-position
from proxies import Haproxy, Nginx  # pylint: disable=wrong-import-position
from replicas import Replicas, Walk  # pylint: disable=wrong-import-position

KILL_SECONDS = 2
OTHERS = 5  # single addresses between two walks


class Client(threading.Thread):
    def __init__(self, origin, number, wanted, over):
        super().__init__(daemon=True)
        self.origin, self.number, self.wanted, self.over = origin, number, wanted, over
        self.chance = random.Random(number)
        self.requests = self.walks = self.across = 0
        self.slowest, self.catalogues, self.fault = 0.0, collections.Counter(), None

    def run(self):
        try:
            while not self.over.is_set():
                self.walk()
        except Exception as fault:  # pylint: disable=broad-except
            self.fault = f"client {self.number}, after {self.requests} requests: {type(fault).__name__}: {fault}"
            self.over.set()

    def walk(self):
        walk = Walk(self.origin, mark=f"&modified_since={self.moment()}")
        since = time.monotonic()
        for page in walk:
            self.slowest = max(self.slowest, time.monotonic() - since)
            self.catalogues[page["catalogue"]["id"][:8]] += 1
            self.across += page["page"]["catalogue_changed"]
            if self.over.is_set():
                break
            since = time.monotonic()
        else:
            assert walk.ids == self.wanted, f"a walk has {len(walk.ids)} incidents, not the {len(self.wanted)} there are"
            self.walks += 1
        for incident in self.chance.sample(self.wanted, OTHERS):
            since = time.monotonic()
            document = walk.ask(f"/incidents/{incident}.json?utm_source={self.chance.random()}")
            self.slowest = max(self.slowest, time.monotonic() - since)
            assert document["data"]["id"] == incident, document["data"]["id"]
        self.requests += walk.requests
        walk.connection.close()

    def moment(self):
        """One before all that the catalogue says, so it filters nothing; another each time, so no cache has the answer."""
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.chance.randrange(1, 900000000)))


class Killer(threading.Thread):
    """Kills one after another, and starts it again."""

    def __init__(self, replicas, over, lock):
        super().__init__(daemon=True)
        self.replicas, self.over, self.lock, self.kills, self.fault = replicas, over, lock, 0, None

    def run(self):
        try:
            while not self.over.wait(KILL_SECONDS):
                with self.lock:
                    self.replicas.kill(self.kills % len(self.replicas.urls))
                self.kills += 1
        except Exception as fault:  # pylint: disable=broad-except
            self.fault = f"killing: {type(fault).__name__}: {fault}"
            self.over.set()


class Roller(Killer):
    """Gives one after another the other catalogue."""

    def run(self):
        try:
            while not self.over.wait(KILL_SECONDS / 4):
                with self.lock:  # who is being killed cannot be asked what it serves
                    self.replicas.roll(self.kills % len(self.replicas.urls))
                self.kills += 1
        except Exception as fault:  # pylint: disable=broad-except
            self.fault = f"rolling: {type(fault).__name__}: {fault}"
            self.over.set()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--proxy", choices=("haproxy", "nginx"), default="haproxy")
    options = parser.parse_args()
    kind = {"haproxy": Haproxy, "nginx": Nginx}[options.proxy]
    over, lock = threading.Event(), threading.Lock()
    with tempfile.TemporaryDirectory() as folder:
        replicas = Replicas(pathlib.Path(folder))
        wanted = replicas.ids()
        with kind(replicas.urls, replicas.urls[0]) as proxy:
            clients = [Client(proxy.urls["root"], i, wanted, over) for i in range(options.clients)]
            others = [Killer(replicas, over, lock), Roller(replicas, over, lock)]
            for thread in (*clients, *others):
                thread.start()
            over.wait(options.seconds)
            over.set()
            for thread in (*clients, *others):
                thread.join(daemon.PATIENCE)
        statuses = replicas.stop()
    return report(options, clients, others, statuses)


def report(options, clients, others, statuses):
    faults = [thread.fault for thread in (*clients, *others) if thread.fault]
    catalogues = sum((c.catalogues for c in clients), collections.Counter())
    print(json.dumps({
        "proxy": options.proxy, "seconds": options.seconds, "clients": options.clients,
        "requests": sum(c.requests for c in clients), "walks": sum(c.walks for c in clients),
        "killed": others[0].kills, "catalogues rolled": others[1].kills, "pages by catalogue": catalogues,
        "pages across catalogues": sum(c.across for c in clients),
        "slowest answer, seconds": round(max(c.slowest for c in clients), 3), "faults": faults[:10]}, indent=2))
    good = not faults and not any(statuses) and others[0].kills and others[1].kills and all(c.requests for c in clients)
    print("no client saw it" if good else "FAILED")
    return 0 if good else 1


sys.exit(main())
