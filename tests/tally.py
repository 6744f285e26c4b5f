#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Adds up what `meson test` left in each build directory and says it in one line.

A test counts as the cases it tells of, in TAP or by a closing "N passed, N failed", else as one.

usage: tally.py DIR...
"""
import json
import pathlib
import re
import sys

TAP = re.compile(r"^(not )?ok\b(?!.*# *skip)", re.I | re.M)
CLOSING = re.compile(r"^(\d+) passed, (\d+) failed\b", re.M)


def results(directory):
    log = pathlib.Path(directory) / "meson-logs" / "testlog.json"
    for line in log.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def count(test):
    """(passed, failed) of one test. One that failed has a failed case, whatever it says."""
    output = test.get("stdout") or ""
    closing = CLOSING.findall(output)
    if closing:
        passed, failed = map(int, closing[-1])
    else:
        cases = [bool(bad) for bad in TAP.findall(output)]
        passed, failed = cases.count(False), cases.count(True)
    if test["result"] in ("OK", "EXPECTEDFAIL"):
        return (passed or 1), 0
    return passed, (failed or 1)


def main():
    passed = failed = 0
    for directory in sys.argv[1:]:
        for test in results(directory):
            if test["result"] == "SKIP":
                continue
            good, bad = count(test)
            passed += good
            failed += bad
            if bad:
                print(f"failed: {directory}: {test['name']} ({test['result']})")
    print(f"{passed} passed, {failed} failed")
    return failed > 0 or passed == 0


sys.exit(main())
