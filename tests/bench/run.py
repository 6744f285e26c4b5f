#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures section by section and prints the table. Called by run.sh, which says what the environment may hold.

usage: run.py BUILD_FOLDER
"""
import os
import sys
import tempfile

import section_build
import section_cold
import section_export
import section_mix
import section_serving
import section_start
from table import Table
from world import World, machine, say

SECTIONS = {
    "serving": section_serving.measure,
    "cold": section_cold.measure,
    "mix": section_mix.measure,
    "start": section_start.measure,
    "export": section_export.measure,
    "build": section_build.measure,
}


def main(build):
    asked = [name for name in os.environ.get("ONLY", "").split(",") if name] or list(SECTIONS)
    if unknown := set(asked) - set(SECTIONS):
        sys.exit(f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    with tempfile.TemporaryDirectory(prefix="breachd-bench-") as temporary:
        world = World(build, os.environ.get("BENCH_DIR") or temporary)
        table = Table(say)
        for name in asked:
            say(f"--- {name}")
            SECTIONS[name](world, table)
        print("\n".join(machine(world)), end="\n\n")
        print(table.text())


main(sys.argv[1])
