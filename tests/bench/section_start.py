# SPDX-License-Identifier: MIT
"""How long until the first 200, and the memory that the daemon keeps: idle, after the mix over sockets, with idle connections."""
import http.client
import socket
import subprocess
import threading
import time

from ask import questions
from table import median, mib
from world import SMALL, free_port, get, limit, memory

IDLE = 1000
CLIENTS = 4
CACHE = 64 << 20  # --cache-size, when not given
HOUR = 18  # times the queries: ten a second with 2,000 of them


def first_200(world, incidents):
    """Seconds from start to a whole answer."""
    port = free_port()
    command = [str(part) for part in world.daemon_command(incidents, port)]
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            try:
                if get(port, "/incidents.json")[0] == 200:
                    return time.monotonic() - start
            except OSError:
                time.sleep(0.0005)
        raise SystemExit("the daemon ended")
    finally:
        process.terminate()
        process.wait(20)


def measure_start(world, table):
    took = {world.large: [], SMALL: []}
    for incidents in took:
        first_200(world, incidents)  # the file's pages are then in memory
    for _ in range(world.runs):
        for incidents, found in took.items():
            found.append(first_200(world, incidents))
    large, small = median(took[world.large]), median(took[SMALL])
    table.at_most(f"start to first 200 at {world.large} against {SMALL}", f"{large * 1e3:.1f} ms against {small * 1e3:.1f} ms",
                  large / small, 1.5)
    table.add(f"start to first 200 at {world.large}", f"{large * 1e3:.1f} ms", "", "< 100 ms", large < 0.1)


def replay(port, targets):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for target in targets:
        connection.request("GET", target)
        connection.getresponse().read()
    connection.close()


def replay_all(port, targets):
    threads = [threading.Thread(target=replay, args=(port, targets[i::CLIENTS])) for i in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def measure_mix(world, table, port, process):
    idle = memory(process.pid)
    table.add(f"resident memory at {world.large}, idle, mapped file pages aside", mib(idle), "", "≤ 64 MiB", idle <= 64 << 20)
    targets = [q.target for q in questions(world, "mix", HOUR * world.queries, world.large)]
    half = len(targets) // 2
    replay_all(port, targets[:half])
    middle = memory(process.pid)
    replay_all(port, targets[half:])
    after = memory(process.pid)
    table.add(f"growth after {len(targets)} queries of the mix over {CLIENTS} sockets",
              f"{mib(after - idle)}, of which {mib(after - middle)} in the second half", "",
              f"≤ {mib(CACHE)}, the cache", after - idle <= CACHE)


def open_idle(port):
    s = socket.create_connection(("127.0.0.1", port), 20)
    s.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    while b'"status"' not in s.recv(65536):
        pass
    return s


def measure_idle(world, table, port, process):
    before = memory(process.pid)
    sockets = [open_idle(port) for _ in range(IDLE)]
    grown = memory(process.pid) - before
    for s in sockets:
        s.close()
    pool = limit("LIMIT_CONNECTION_POOL")
    table.at_most(f"{IDLE} idle keep-alive connections", f"{mib(grown)} against {IDLE} × {pool // 1024} KiB = {mib(IDLE * pool)}",
                  grown / (IDLE * pool), 1.15)


def measure(world, table):
    measure_start(world, table)
    with world.daemon(world.large) as (port, process):
        get(port, "/incidents.json")
        measure_mix(world, table, port, process)
    with world.daemon(world.large) as (port, process):
        get(port, "/incidents.json")
        measure_idle(world, table, port, process)
