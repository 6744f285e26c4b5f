#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Has a tool look at every source of lib/ and server/, compiled as BUILD does it, and prints what it finds that is not explained.

usage: look.py TOOL BUILD

Explained is what a line "CHECK:FILE" of TOOL.txt beside this names; the comment above it is the reason. A line that names
nothing that was found is printed too, but is no failure: compilers of other versions find other things. So that a second look finds what
the first did, sources are looked at one by one and not built.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WITH_VALUE = {"-MQ", "-MF", "-o"}


def without_output(words):
    """The compiler's command, without what it would write."""
    kept, words = [], iter(words)
    for word in words:
        if word in WITH_VALUE:
            next(words)
        elif word not in ("-MD", "ccache"):
            kept.append(word)
    return kept


def fanalyzer(entry):
    return without_output(shlex.split(entry["command"])) + ["-fanalyzer", "-fdiagnostics-plain-output", "-o", "/dev/null"]


def clang_tidy(entry):
    return ["clang-tidy", "--quiet", "-p", entry["directory"], entry["file"]]


def cppcheck(entry):
    return ["cppcheck", "--quiet", "--std=c11", "--language=c", "--enable=warning,performance,portability",
            "--template={file}:{line}: warning: {message} [{id}]", "-D_GNU_SOURCE", f"-I{ROOT}/lib", f"-I{ROOT}/server",
            entry["file"]]


TOOLS = {"clang-tidy": clang_tidy, "cppcheck": cppcheck, "fanalyzer": fanalyzer}

# Of a leak, gcc may tell neither file nor line: those of the source stand for it.
BEGINS = re.compile(r"^[^ :]+(?::\d+)*: (?:warning|error): ")
FINDING = re.compile(r"^(?P<path>[^ :]+)(?::\d+)*: (?:warning|error): .*\[(?:-W(?:error=)?)?(?P<check>[\w.-]+?)(?:,-warnings-as-errors)?\]$")


def whole(lines):
    """The lines, those of a finding that goes over several put together: the check's name comes at its end."""
    pending = ""
    for line in lines:
        if BEGINS.match(line):
            if pending:
                yield pending
            pending = line
        elif pending:
            pending += " " + line
        if pending and FINDING.match(pending):
            yield pending
            pending = ""
    if pending:
        yield pending


def look(tool, entry):
    """(check, path, line) of each finding in one source; a failure of the tool itself is one called "failed"."""
    source = (pathlib.Path(entry["directory"]) / entry["file"]).resolve()
    done = subprocess.run(TOOLS[tool]({**entry, "file": str(source)}), cwd=entry["directory"], capture_output=True, text=True, check=False)
    found = []
    for line in whole((done.stdout + done.stderr).splitlines()):
        m = FINDING.match(line)
        if not m: # of nobody's making, as far as this can read
            found.append(("unread", os.path.relpath(source, ROOT), line))
            continue
        path = (pathlib.Path(entry["directory"]) / m["path"]).resolve()
        path = os.path.relpath(path if path.is_file() else source, ROOT)
        found.append((m["check"], path, line))
    if done.returncode != 0 and not found:
        found.append(("failed", os.path.relpath(source, ROOT), done.stderr))
    return found


def explained(tool):
    lines = (HERE / f"{tool}.txt").read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("//")}


def sources(build):
    entries = json.loads((pathlib.Path(build) / "compile_commands.json").read_text(encoding="utf-8"))
    return [e for e in entries if re.match(r"(\.\./|.*/)?(lib|server)/.*\.c$", e["file"]) and e["file"].startswith("../")]


def main(tool, build):
    known, met, unexplained, looked_at = explained(tool), set(), {}, sources(build)
    if not looked_at:
        sys.exit(f"{build}: its compile_commands.json names no source of lib/ or server/")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(lambda e: look(tool, e), looked_at):
            for check, path, line in found:
                name = f"{check}:{path}"
                met.add(name)
                if name not in known:
                    unexplained[line] = name
    for line, name in unexplained.items():
        print(f"{line}\n    {name}")
    for name in sorted(known - met):
        print(f"{name}: explained in {tool}.txt, but not found")
    print(f"{tool}: {len(unexplained)} findings that are not explained, {len(met & known)} that are")
    return bool(unexplained)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
