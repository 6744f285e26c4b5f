#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A day of requests in minutes, and what the daemon holds meanwhile.

usage: TEST_… soak.py [--seconds N] [--requests N]

A day is 864,000 requests, ten a second: pages, lists, searches by chance, exports, feeds, parts of the file, requests for what
is known already, compressed answers, bad requests and broken ones, over connections of ten, with 24 swaps of the catalogue. They
are sent as fast as they are answered, until they or the seconds are over. In between, with no connection open, memory,
descriptors and threads are read. The first quarter warms up. After it they have to stay flat: never more threads or descriptors
than in it, and private memory at no time above its highest by more than a sixteenth and 2 MiB. Nor may it creep: its median in
the last quarter is above that in the second by no more than a thirty-second and 256 KiB, which over a day is one byte a request,
or 45 KiB a swap.
"""
import argparse
import concurrent.futures
import os
import pathlib
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "blackbox"))
import daemon  # pylint: disable=wrong-import-position
from daemon import Daemon, dial, request

DAY = 864_000
ROWS = 20  # of the table
WORKERS = 3
BATCH = 10  # requests on one connection
SWAPS = 24
IDLE = "3"  # seconds: a client that left in the middle of an answer may not be missed before
CACHE = "8M"  # less than a day of searches leaves, so that it is full when it is warm

WORDS = "toyota honda data customers ransomware cloud vendor email dealer attack names notice server japan access".split()
FACETS = "country sector action data_class status exposure dataset year party_kind".split()
INCIDENTS = sorted(p.stem for p in (pathlib.Path(__file__).resolve().parents[2] / "static/catalogue/incidents").iterdir())


def search(r):
    q = "+".join(r.sample(WORDS, r.randint(1, 2)))
    return f"/incidents{r.choice(['', '.json'])}?q={q}&facet={r.choice(FACETS)}&limit={r.randint(1, 50)}", (200,), ()


def narrow(r):
    return f"/incidents.json?country={r.choice(['JP', 'US', 'GB', 'none'])}&date={r.randint(2013, 2025)}&" \
           f"sort={r.choice(['-date', 'title', '-affected', 'modified'])}", (200,), ()


def record(r):
    ending = r.choice(["", ".json", "/timeline", "/timeline.ics", "/timeline.csv"])
    return f"/incidents/{r.choice(INCIDENTS)}{ending}", (200,), ()


def coded(r):
    return f"/incidents?limit={r.randint(1, 200)}", (200,), (f"Accept-Encoding: {r.choice(['gzip', 'br', 'zstd'])}",)


def known(r):
    return r.choice(["/", "/about", "/dealers", "/timeline"]), (304,), ("If-None-Match: *",)


def feed(r):
    return f"/incidents.atom?country={r.choice(['JP', 'US', 'GB'])}", (200,), ()


def export(r):
    return r.choice(["/dealers.csv", "/timeline.ndjson?kind=claim", "/incidents.csv?csv=excel&country=JP", "/timeline.ics"]), (200,), ()


def part(r):
    first = r.randrange(1 << 19)
    return "/catalogue.db", (206,), (f"Range: bytes={first}-{first + r.randrange(1 << 16)}",)


def whole(r):
    return r.choice(["/catalogue.db", "/catalogue.ndjson", "/organizations.csv"]), (200,), ()


def bad(r):
    return r.choice([(f"/incidents.json?{r.choice(WORDS)}=1&limit={r.randint(201, 999)}", (400,), ()),
                     (f"/incidents/{r.choice(WORDS)}-{r.randrange(10**6)}", (404,), ()),
                     ("/incidents.pdf", (404,), ()), ("/timeline?kind=x", (400,), ()),
                     ("/catalogue.db", (412,), ('If-Match: "x"',))])


def service(r):
    return r.choice(["/healthz", "/readyz", "/version", "/openapi.json", "/static/style.css", "/sitemap.xml"]), (200, 404), ()


# How often, in a thousand.
MIX = [(search, 250), (narrow, 150), (record, 250), (coded, 100), (known, 60), (feed, 40), (export, 28), (part, 40),
       (whole, 2), (bad, 50), (service, 30)]

BROKEN = [b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"\x16\x03\x01\x02\x00\r\n\r\n",
          b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n", b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
          b"GET /incidents HTTP/1.1\r\nHo"]


def converse(url, r):
    """One connection of BATCH requests, sent at once; what was wrong with the answers."""
    asked = [kind(r) for kind in r.choices([k for k, _ in MIX], [n for _, n in MIX], k=BATCH)]
    with dial(url) as c:
        c.sendall(b"".join(request(t, *fields) for t, _, fields in asked))
        for target, statuses, _ in asked:
            reply = c.reply()
            if reply.status not in statuses:
                return [f"{target}: {reply.status}"]
    return []


def break_off(url, r):
    """A client that sends rubbish, or leaves in the middle."""
    with dial(url) as c:
        c.sendall(r.choice(BROKEN))
        if r.random() < 0.5:
            c.settimeout(1)
            try:
                c.recv(100)
            except OSError:
                pass
    return []


def work(url, seed, n, until):
    """N requests, or as many as fit: (requests made, what was wrong)."""
    r, made, wrong = random.Random(seed), 0, []
    while made < n and time.monotonic() < until and not wrong:
        try:
            wrong = converse(url, r) if r.random() > 0.02 else break_off(url, r)
        except (OSError, EOFError) as e:
            wrong = [repr(e)]
        made += BATCH
    return made, wrong


def measure(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    number = lambda name: int(re.search(rf"^{name}:\s+(\d+)", status, re.M)[1])
    return {"resident KiB": number("VmRSS"), "private KiB": number("RssAnon"), "threads": number("Threads"),
            "descriptors": len(os.listdir(f"/proc/{pid}/fd"))}


def sockets(pid):
    folder, n = f"/proc/{pid}/fd", 0
    for fd in os.listdir(folder):
        try:
            n += os.readlink(os.path.join(folder, fd)).startswith("socket:")
        except FileNotFoundError: # closed meanwhile
            pass
    return n


def settle(pid, before):
    """The measures once the last clients' connections are closed, which leaves BEFORE sockets."""
    end = time.monotonic() + daemon.PATIENCE
    while sockets(pid) > before and time.monotonic() < end:
        time.sleep(0.01)
    return measure(pid)


def creeps(rows):
    """What is wrong with private memory's medians: a leak, however slow, is in them, and what is high for a moment is not."""
    quarter = len(rows) // 4
    early, late = (statistics.median(x["private KiB"] for x in part) for part in (rows[quarter + 1:2 * quarter + 1], rows[-quarter:]))
    bound = early + early / 32 + 256
    return [f"private KiB: {late:.0f} at the end, but {bound:.0f} at most after {early:.0f}"] if late > bound else []


def is_flat(rows):
    """Prints what has grown since the first quarter."""
    warm, rest = rows[1:len(rows) // 4 + 1], rows[len(rows) // 4 + 1:]
    room = {"threads": lambda n: n, "descriptors": lambda n: n, "private KiB": lambda n: n + n // 16 + 2048}
    grown = [f"{name}: {max(x[name] for x in rest)}, but {bound(max(x[name] for x in warm))} at most"
             for name, bound in room.items() if max(x[name] for x in rest) > bound(max(x[name] for x in warm))]
    grown += creeps(rows)
    for line in grown:
        print(line)
    return not grown


def swap(d, path, sources, i):
    seen = len(d.lines)
    shutil.copy(sources[i % 2], path + ".new")
    os.replace(path + ".new", path)
    d.signal(signal.SIGHUP)
    end = time.monotonic() + daemon.PATIENCE
    while not any("now serving" in line for line in d.lines[seen:]) and time.monotonic() < end:
        time.sleep(0.01)


def run(d, path, sources, seconds, requests):
    begun, made, swaps, wrong = time.monotonic(), 0, 0, []
    rows = [{"seconds": 0, "requests": 0, "swaps": 0, **measure(d.process.pid)}]
    listening = sockets(d.process.pid)
    print("| " + " | ".join(rows[0]) + " |\n|" + "---|" * len(rows[0]))
    with concurrent.futures.ProcessPoolExecutor(WORKERS) as pool:
        for i in range(1, ROWS + 1):
            share = (requests * i // ROWS - made + WORKERS - 1) // WORKERS
            until = begun + seconds * i / ROWS
            jobs = [pool.submit(work, d.urls[0], i * WORKERS + k, share, until) for k in range(WORKERS)]
            while swaps < SWAPS * i // ROWS: # while they are asked
                swaps += 1
                swap(d, path, sources, swaps)
            for n, faults in (job.result() for job in jobs):
                made += n
                wrong += faults
            rows.append({"seconds": round(time.monotonic() - begun), "requests": made, "swaps": swaps,
                         **settle(d.process.pid, listening)})
            print("| " + " | ".join(f"{n:,}" for n in rows[-1].values()) + " |", flush=True)
            if wrong or d.process.poll() is not None:
                break
    return rows, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--requests", type=int, default=DAY)
    o = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        other, path = os.path.join(folder, "other.db"), os.path.join(folder, "catalogue.db")
        subprocess.run([os.environ["TEST_BREACHCTL"], "import", "--built", "2030-01-01T00:00:00Z", "--output", other,
                        os.environ["TEST_RECORDS"]], env=daemon.environment(), check=True, capture_output=True)
        shutil.copy(daemon.CATALOGUE, path)
        with Daemon("--cache-size", CACHE, "--idle-timeout", IDLE, catalogue=path) as d:
            rows, wrong = run(d, path, [daemon.CATALOGUE, other], o.seconds, o.requests)
            for line in wrong:
                print(f"wrong: {line}")
            ended = d.process.poll()
            flat = ended is None and not wrong and is_flat(rows)
            status = d.stop() if ended is None else ended
    print(f"{rows[-1]['requests'] * 100 // DAY} % of a day's requests; {'flat' if flat else 'not flat'}; "
          f"breachd ended with {status}")
    failed = int(not flat) + int(status != 0)
    print(f"{2 - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
