#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks systemd's units in server/deploy/ as systemd itself does: that it understands every line, and how much of the system it
sees them exposed to; and that their filters leave the programs what they need.

usage: units.py SOURCE_ROOT
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77

# The most exposure, in tenths, of each service.
EXPOSURE = {"breachd.service": 15, "breachd-import.service": 20}
# Calls that are made rarely, and that the large groups do not have or that are taken from them.
NEEDED = {"breachd.service": {"landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "seccomp"},
          "breachd-import.service": {"fchown", "fchmod", "rename"}}


def say(done):
    print(done.stdout + done.stderr)
    return done.returncode != 0


def analyze(*words):
    return subprocess.run(["systemd-analyze", "--no-pager", *words], capture_output=True, text=True, check=False,
                          env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"})


def is_exposed(unit, most):
    """Also where a line is passed over, as of a system call group that this systemd does not know."""
    done = analyze("security", "--offline=yes", f"--threshold={most}", str(unit))
    print(done.stdout.strip().splitlines()[-1] if done.stdout else done.stderr)
    return done.returncode != 0 or (done.stderr != "" and say(done))


def calls_of(name):
    """The calls of a group, and of the groups in it."""
    if not name.startswith("@"):
        return {name}
    members = [line.strip() for line in analyze("syscall-filter", name).stdout.splitlines()[1:]]
    return set().union(*(calls_of(member) for member in members if member and not member.startswith("#")))


def is_short_of_calls(unit, needed):
    allowed = set()
    for words in re.findall(r"^SystemCallFilter=(.*)$", unit.read_text(encoding="utf-8"), re.M):
        named = set().union(*map(calls_of, words.removeprefix("~").split()))
        allowed = allowed - named if words.startswith("~") else allowed | named
    if missing := needed - allowed:
        print(f"{unit.name} does not allow {', '.join(sorted(missing))}")
    return bool(missing)


def is_misunderstood(units, folder):
    """The programs and users need not be there: others that are stand for them."""
    copies = []
    for unit in units:
        text = unit.read_text(encoding="utf-8")
        for program in ("breachd", "breachctl"):
            text = text.replace(f"/usr/bin/{program} ", "/bin/true ")
        copies.append(folder / unit.name)
        copies[-1].write_text(text.replace("User=breachd", "User=nobody").replace("Documentation=", "# "), encoding="utf-8")
    done = analyze("verify", *map(str, copies))
    own = [line for line in done.stderr.splitlines() if "breachd" in line]
    print("\n".join(own))
    return bool(own)


def main(root):
    deploy = pathlib.Path(root) / "server/deploy"
    units = sorted(p for p in deploy.iterdir() if p.suffix in (".service", ".socket", ".timer"))
    if not shutil.which("systemd-analyze"):
        print("no systemd-analyze here")
        return SKIPPED
    faults = [unit.name for unit in units if unit.name in EXPOSURE and is_exposed(unit, EXPOSURE[unit.name])]
    faults += [unit.name for unit in units if unit.name in NEEDED and is_short_of_calls(unit, NEEDED[unit.name])]
    with tempfile.TemporaryDirectory() as folder:
        faults += ["understanding"] * is_misunderstood(units, pathlib.Path(folder))
    print(f"{len(units)} units, {len(faults)} faults: {' '.join(faults)}")
    return bool(faults) or len(units) < 4


sys.exit(main(sys.argv[1]))
