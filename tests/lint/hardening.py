#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that the programs were built as they should be run: at a random address, with nothing writable that is
executed or that calls go through, with guarded stacks and checked buffers, and without what starts other programs.

usage: hardening.py optimized|plain PROGRAM...
"""
import re
import subprocess
import sys

# Nothing here starts programs, loads code, asks the name service, or writes without bounds.
FORBIDDEN = {"system", "popen", "execl", "execle", "execlp", "execv", "execve", "execvp", "execvpe", "fork", "vfork",
             "posix_spawn", "posix_spawnp", "dlopen", "getaddrinfo", "gethostbyname", "gets", "strcpy", "strcat",
             "sprintf", "vsprintf", "mktemp", "tmpnam"}


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}
                          ).stdout


def imports(program):
    names = re.findall(r"\bUND (\w+)", run("readelf", "--dyn-syms", "--wide", program))
    return set(names)


def machine(program):
    return re.search(r"Machine:\s+(.*)", run("readelf", "--file-header", program)).group(1)


def faults_in(program, optimized):
    header = run("readelf", "--file-header", program)
    segments = run("readelf", "--program-headers", "--wide", program)
    dynamic = run("readelf", "--dynamic", "--wide", program)
    wanted = imports(program)
    if not re.search(r"Type:\s+DYN", header) or not re.search(r"FLAGS_1\).*\bPIE\b", dynamic):
        yield "is no position-independent executable"
    if "GNU_RELRO" not in segments or not re.search(r"FLAGS_1\).*\bNOW\b", dynamic):
        yield "keeps its table of calls writable (no full RELRO)"
    if not re.search(r"GNU_STACK .* RW +0x", segments):
        yield "has an executable stack"
    if re.search(r"LOAD .* RWE ", segments):
        yield "has a segment that is both writable and executable"
    if re.search(r"\((RPATH|RUNPATH)\)", dynamic):
        yield "looks for libraries in a path of its own"
    if "__stack_chk_fail" not in wanted:
        yield "has no stack protector"
    if optimized and not any(n.endswith("_chk") for n in wanted):
        yield "has no checked buffers (_FORTIFY_SOURCE)"
    # The note of the whole program needs start files that have it too, so an entry is looked at.
    if machine(program).endswith("X86-64") and not re.search(
            r"<main>:\s*\n.*\bendbr64\b", run("objdump", "--disassemble=main", program)):
        yield "has no landing pads for indirect branches (-fcf-protection)"
    for name in sorted(wanted & FORBIDDEN):
        yield f"calls {name}()"


def main(build, *programs):
    faults = 0
    for program in programs:
        for fault in faults_in(program, build == "optimized"):
            faults += 1
            print(f"{program}: {fault}")
    print(f"{len(programs)} programs, {faults} faults")
    return faults > 0 or not programs


sys.exit(main(*sys.argv[1:]))
