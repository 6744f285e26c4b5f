#!/usr/bin/env python3
"""Adds up what `meson test` left in each build directory and says it in one line.

usage: tally.py DIR...
"""
import json
import pathlib
import sys


def results(directory):
    log = pathlib.Path(directory) / "meson-logs" / "testlog.json"
    for line in log.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def main():
    passed = failed = 0
    for directory in sys.argv[1:]:
        for test in results(directory):
            if test["result"] in ("OK", "EXPECTEDFAIL"):
                passed += 1
            elif test["result"] != "SKIP":
                failed += 1
                print(f"failed: {directory}: {test['name']} ({test['result']})")
    print(f"{passed} passed, {failed} failed")
    return failed > 0 or passed == 0


sys.exit(main())
