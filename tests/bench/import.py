#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs `breachctl import` and bare-import on the same inputs, in turns, and prints a table of medians and ratios.

Called by import.sh, which says what the inputs are. Peak memory is what wait4(2) tells, which for small programs is the
memory of this one.

usage: import.py BREACHCTL BARE_IMPORT [CORPUS_FOLDER]
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time

RUNS = int(os.environ.get("RUNS", "5"))
COPIES = int(os.environ.get("COPIES", "100"))
BUNDLED = pathlib.Path(__file__).resolve().parents[2] / "static/catalogue"
HEAD = ("input", "seconds", "bare", "ratio", "cpu", "bare", "ratio", "MiB", "bare", "rows", "bytes")
FORM = "{:<28} {:>8} {:>8} {:>6}  {:>8} {:>8} {:>6}  {:>6} {:>6}  {:>8} {:>11}"


def run(command, *fine):
    """Its output, wall seconds, CPU seconds and peak memory in KiB."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.monotonic()
        child = subprocess.Popen(command, stdout=out, stderr=err)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, *fine):
            err.seek(0)
            sys.exit(f"{' '.join(map(str, command))}: exit {child.returncode}\n{err.read().decode(errors='replace')[-2000:]}")
        out.seek(0)
        return out.read().decode(), seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def ours(breachctl, folder, inputs):
    _, seconds, cpu, peak = run([breachctl, "import", "--output", folder / "ours.db", *inputs], 3)
    return {"seconds": seconds, "cpu": cpu, "peak": peak}


def bare(program, folder, inputs):
    return json.loads(run([program, folder / "ours.db", folder / "bare.db", *inputs])[0])


def median(runs, member):
    return statistics.median(r[member] for r in runs)


def measure(breachctl, program, folder, name, inputs):
    a, b = [], []
    for _ in range(RUNS):
        (folder / "ours.db").unlink(missing_ok=True)
        a.append(ours(breachctl, folder, inputs))
        b.append(bare(program, folder, inputs))
    columns = [name]
    for member in ("seconds", "cpu"):
        x, y = median(a, member), median(b, member)
        columns += [f"{x:.3f}", f"{y:.3f}", f"{x / y:.2f}"]
    columns += [f"{median(r, 'peak') / 1024:.1f}" for r in (a, b)]
    print(FORM.format(*columns, b[0]["rows"], b[0]["bytes"]), flush=True)
    return ", ".join(f"{part} {median(b, part):.3f}" for part in ("parse", "insert", "finish"))


def unpacked(path, folder):
    """What of the corpus is at PATH, as both programs can read it; None: nothing."""
    if path.name.endswith(".tar.xz"):
        to = folder / path.name.removesuffix(".tar.xz")
        with tarfile.open(path) as archive:
            archive.extractall(to, filter="data")
        return to
    return path if path.is_dir() or path.suffix.lower() in (".json", ".ndjson", ".csv") else None


def renamed(value, ids, copy):
    """VALUE with its records' ids, and the names of organisations, made those of a copy."""
    if isinstance(value, list):
        return [renamed(item, ids, copy) for item in value]
    if isinstance(value, str):
        return f"{value}-copy-{copy}" if value in ids else value
    if not isinstance(value, dict):
        return value
    out = {key: renamed(item, ids, copy) for key, item in value.items()}
    if value.get("id") in ids and "name" in value:
        out["name"] = f"{value['name']} {copy}"
    return out


def synthetic(folder):
    """The bundled catalogue, COPIES times, as one file."""
    organizations = json.loads((BUNDLED / "organizations.json").read_text())["organizations"]
    incidents = [json.loads(path.read_text()) for path in sorted((BUNDLED / "incidents").glob("*.json"))]
    ids = {record["id"] for record in organizations + incidents}
    path = folder / "synthetic.ndjson"
    with path.open("w") as out:
        print(json.dumps(json.loads((BUNDLED / "datasets.json").read_text())), file=out)
        for records in (organizations, incidents):
            for copy in range(COPIES):
                for record in records:
                    print(json.dumps(renamed(record, ids, copy), ensure_ascii=False), file=out)
    return path


def inputs_of(corpus, folder):
    if not corpus:
        return {f"bundled, {COPIES} times": [synthetic(folder)]}
    parts = {path.name: found for path in sorted(pathlib.Path(corpus).iterdir()) if (found := unpacked(path, folder))}
    return {**{name: [path] for name, path in parts.items()}, "all, and the bundled": [*parts.values(), BUNDLED]}


def main(breachctl, program, corpus=None):
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        inputs = inputs_of(corpus, folder)
        print(f"breachctl import beside bare-import, median of {RUNS}, on {os.cpu_count()} cores")
        print(FORM.format(*HEAD), flush=True)
        parts = [f"{name}: {measure(breachctl, program, folder, name, paths)}" for name, paths in inputs.items()]
        print("of the bare seconds, " + "; ".join(parts))


main(*sys.argv[1:])
