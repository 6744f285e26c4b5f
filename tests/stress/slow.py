# SPDX-License-Identifier: MIT
"""What tests/stress/slow.sh runs: wrk at four times the connections that the daemon takes, 200 clients of slowhttptest that send
heads, send bodies and read answers slowly, and one polite client, whose every request has to be answered."""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "blackbox"))

import daemon  # pylint: disable=wrong-import-position

TARGETS = ["/", "/incidents", "/incidents.json?limit=5", "/dealers.json", "/healthz", "/statistics.json?by=year"]
P99_MILLIS = 250
RECOVERY_SECONDS = 5
BASE_MIB = 96  # of the process without a connection: programs, libraries, threads, the arenas of requests

# Options of slowhttptest, the target, and how many of these clients; each does something every two seconds.
SLOW = [
    (["-H", "-i", "2", "-x", "8"], "/", 67),
    (["-B", "-i", "2", "-x", "2", "-s", "60000"], "/incidents", 67),
    (["-X", "-n", "2", "-z", "1", "-w", "1", "-y", "512", "-k", "10"], "/catalogue.ndjson", 66),
]


class Slow(threading.Thread):
    """One kind of slow clients; those that were cut off come again."""

    def __init__(self, url, kind, over):
        super().__init__(daemon=True)
        options, target, n = kind
        self.command = ["slowhttptest", *options, "-c", str(n), "-r", str(n), "-l", "3600", "-p", "60", "-u", url + target]
        self.over, self.rounds = over, 0

    def run(self):
        while not self.over.is_set():
            with subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True) as slow:
                reader = threading.Thread(target=self.read, args=(slow.stdout,), daemon=True)
                reader.start()
                while slow.poll() is None and not self.over.wait(0.1):
                    pass
                slow.kill()
                reader.join()
            self.rounds += 1

    def read(self, lines):
        for line in lines:
            if line.startswith("Error"):
                print(*self.command, line, file=sys.stderr)
                os._exit(1)


class Polite(threading.Thread):
    """A request on a connection of its own, twenty times a second."""

    def __init__(self, d, over):
        super().__init__(daemon=True)
        self.d, self.over, self.millis, self.faults = d, over, [], []

    def run(self):
        while not self.over.wait(0.05):
            target, began = TARGETS[len(self.millis) % len(TARGETS)], time.monotonic()
            try:
                status = self.d.get(target).status
            except (OSError, EOFError) as e:
                status = repr(e)
            self.millis.append((time.monotonic() - began) * 1000)
            if status != 200:
                self.faults.append(f"{target}: {status}")

    def at(self, share):
        return sorted(self.millis)[int(share * (len(self.millis) - 1))]


def resident(d, which):
    with open(f"/proc/{d.process.pid}/status", encoding="ascii") as f:
        return int(re.search(rf"{which}:\s+(\d+) kB", f.read())[1]) >> 10


def descriptors(d):
    return len(os.listdir(f"/proc/{d.process.pid}/fd"))


def recovery(d, before):
    """Seconds until no connection is left and a client is answered at once; None: not in time, twice over."""
    began = time.monotonic()
    while time.monotonic() - began < 2 * RECOVERY_SECONDS:
        asked = time.monotonic()
        answered = d.get("/incidents").status == 200 and (time.monotonic() - asked) * 1000 <= P99_MILLIS
        if answered and descriptors(d) <= before + 20:  # readers of the catalogue that were opened meanwhile
            return time.monotonic() - began
        time.sleep(0.05)
    return None


def run(d, options):
    """What went wrong."""
    url, over, before = d.urls[0], threading.Event(), descriptors(d)
    most = BASE_MIB + sum(int(n) for n in re.findall(r"(\d+) MiB", " ".join(d.start)))
    polite, slow = Polite(d, over), [Slow(url, kind, over) for kind in SLOW]
    for thread in slow:
        thread.start()
    time.sleep(2)
    polite.start()
    print(f"{options.connections} connections at most; wrk with {4 * options.connections} and 200 slow ones for "
          f"{options.seconds} s", flush=True)
    wrk = subprocess.run(["wrk", "-t2", f"-c{4 * options.connections}", f"-d{options.seconds}s", "--timeout", "60s",
                          url + "/incidents.json?limit=5"], capture_output=True, text=True, check=False)
    over.set()
    began = time.monotonic()
    for thread in [polite, *slow]:
        thread.join(daemon.PATIENCE)
    recovered = recovery(d, before)
    peak = resident(d, "VmHWM")
    print(*[line for line in wrk.stdout.splitlines() if "requests in" in line or "Socket" in line or "Requests" in line],
          sep="\n")
    print(f"slow clients came {', '.join(str(s.rounds) for s in slow)} times (heads, bodies, readers)")
    print(f"polite: {len(polite.millis)} requests, {len(polite.faults)} not answered; ms: median {polite.at(.5):.1f}, "
          f"p99 {polite.at(.99):.1f}, worst {polite.at(1):.1f}")
    print(f"memory: at most {peak} MiB, {resident(d, 'VmRSS')} now, {most} allowed; "
          f"recovered after {time.monotonic() - began if recovered is not None else float('nan'):.1f} s")
    faults = polite.faults[:10]
    if polite.at(.99) > P99_MILLIS:
        faults.append(f"the p99 of the polite client is over {P99_MILLIS} ms")
    if peak > most:
        faults.append("more memory was used than the daemon says at its start")
    if recovered is None or recovered > RECOVERY_SECONDS:
        faults.append(f"not recovered within {RECOVERY_SECONDS} s")
    return faults


def main():
    parser = argparse.ArgumentParser(description="a full house, slow clients, and a polite one")
    parser.add_argument("--connections", type=int, default=256, help="that the daemon takes (default: 256)")
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    with daemon.Daemon("--connections", str(options.connections)) as d:
        faults = run(d, options)
        if d.stop():
            faults.append("\n".join(d.lines))
    sys.exit("\n".join(faults) if faults else 0)


main()
