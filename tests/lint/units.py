#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks systemd's units in server/deploy/ as systemd itself does: that it understands every line, and how much of the system it
sees them exposed to.

usage: units.py SOURCE_ROOT
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77

# The most exposure, in tenths, of each service.
EXPOSURE = {"breachd.service": 15, "breachd-import.service": 20}


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
    with tempfile.TemporaryDirectory() as folder:
        faults += ["understanding"] * is_misunderstood(units, pathlib.Path(folder))
    print(f"{len(units)} units, {len(faults)} faults: {' '.join(faults)}")
    return bool(faults) or len(units) < 4


sys.exit(main(sys.argv[1]))
