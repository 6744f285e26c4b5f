# SPDX-License-Identifier: MIT
"""Everything as NDJSON over a socket, against `sqlite3 -json` writing the same columns; and whether the daemon's memory stays flat."""
import http.client
import time

from table import median, mib
from world import Watch, memory, timed

# What a whole record is made of.
TABLES = ("incident", "date_fact", "party", "figure", "data_class", "actor", "actor_name", "attack", "event", "related", "caveat",
          "conflict", "conflict_source", "source")


def download(port, target):
    """(seconds, bytes)"""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    start = time.monotonic()
    connection.request("GET", target)
    response = connection.getresponse()
    if response.status != 200:
        raise SystemExit(f"{target}: {response.status}")
    size, room = 0, bytearray(1 << 20)
    while n := response.readinto(room):
        size += n
    return time.monotonic() - start, size


def written(world, tables):
    script = world.folder / "export.sql"
    output = world.folder / "export.out"
    script.write_text(".mode json\n" + "".join(f"SELECT * FROM {name};\n" for name in tables))
    with script.open() as commands, output.open("w") as out:
        seconds = timed(["sqlite3", "-readonly", world.catalogue(world.large)], stdin=commands, stdout=out).seconds
    size = output.stat().st_size
    output.unlink()
    return seconds, size


def measure(world, table):
    exports = {"/catalogue.ndjson": [name for (name,) in world.sql(world.large, "SELECT name FROM sqlite_schema") if name in TABLES],
               "/incidents.ndjson": ["incident"]}
    with world.daemon(world.large) as (port, process):
        download(port, "/incidents.json")
        before, watch = memory(process.pid), Watch(process.pid)
        watch.start()
        for target, tables in exports.items():
            ours, theirs = [], []
            for _ in range(world.long_runs):
                ours.append(download(port, target))
                theirs.append(written(world, tables))
            seconds, bare = median(s for s, _ in ours), median(s for s, _ in theirs)
            table.at_least(f"{target} of {world.large}, against sqlite3 writing the same columns",
                           f"{seconds:.1f} s ({mib(ours[0][1] / seconds)}/s) against {bare:.1f} s ({mib(theirs[0][1] / bare)}/s)",
                           bare / seconds, 0.5)
        grown = watch.stop() - before
        table.add("memory while exporting, above idle", mib(grown), "", "flat: ≤ 16 MiB", grown <= 16 << 20)
