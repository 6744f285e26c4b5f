#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds each manual against its program: the options that --help lists are those that it explains.

usage: manuals.py PROGRAM MANUAL [PROGRAM MANUAL]...
"""
import re
import subprocess
import sys

OPTION = re.compile(r"--[a-z][a-z-]*")


def faults_of(program, manual):
    said = subprocess.run([program, "--help"], capture_output=True, text=True, check=True, timeout=30).stdout
    with open(manual, encoding="utf-8") as f:
        explained = set(OPTION.findall(f.read().replace("\\", "")))
    offered = set(OPTION.findall(said))
    for option in sorted(offered - explained):
        yield f"{manual}: {option} is not explained"
    for option in sorted(explained - offered):
        yield f"{manual}: {option} is no option"
    if not offered:
        yield f"{program} --help: no options"


def main(args):
    faults = [fault for pair in zip(args[::2], args[1::2]) for fault in faults_of(*pair)]
    print(*faults, sep="\n", end="\n" if faults else "")
    print(f"{len(args) // 2} manuals, {len(faults)} faults")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
