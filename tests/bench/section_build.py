# SPDX-License-Identifier: MIT
"""Building the catalogue, against one C program that parses the same bytes, inserts the same rows and builds the same indexes."""
import json
import subprocess

from table import median, mib
from world import timed


def bare(world, folder, rows):
    output = world.folder / "bare.db"
    done = subprocess.run([world.program("bare-import"), rows, output, folder], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"bare-import: {done.stderr}")
    output.unlink()
    return json.loads(done.stdout)


def measure(world, table):
    folder, output = world.input(world.large), world.folder / "built.db"
    ours, theirs = [], []
    for _ in range(world.long_runs):
        output.unlink(missing_ok=True)
        ours.append(timed([world.breachctl, "import", "--output", output, folder], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL))
        theirs.append(bare(world, folder, output))
    seconds, cpu, peak, own = (median(part) for part in zip(*ours))
    floor, floor_cpu = median(t["seconds"] for t in theirs), median(t["cpu"] for t in theirs)
    parts = ", ".join(f"{part} {median(t[part] for t in theirs):.1f}" for part in ("parse", "insert", "finish"))
    table.at_most(f"building the catalogue of {world.large}, against bare C", f"{seconds:.1f} s against {floor:.1f} s ({parts})",
                  seconds / floor, 2)
    table.add("the same in seconds of CPU", f"{cpu:.1f} against {floor_cpu:.1f}", cpu / floor_cpu, "reported")
    table.add("its peak memory in all", f"{mib(peak)} against {mib(median(t['peak'] for t in theirs) * 1024)}", "", "reported")
    size, source = output.stat().st_size, sum(path.stat().st_size for path in folder.iterdir())
    table.at_most("its peak memory, mapped files aside, against its input", f"{mib(own)}, {own / world.large:.0f} bytes an incident",
                  own / source, 0.5)
    table.add("its size", f"{mib(size)}, {size / world.large:.0f} bytes an incident, of {source / world.large:.0f} bytes of input", "",
              "reported")
    world.keep(world.large, output)
