#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that the image is built with the packages that server/packages.sh names, so that neither list is forgotten.

usage: packages.py SOURCE_ROOT
"""
import pathlib
import re
import sys

# The image is built without the repository's history.
NOT_IN_IMAGE = {"git"}


def main(root):
    script = (pathlib.Path(root) / "server/packages.sh").read_text(encoding="utf-8")
    image = (pathlib.Path(root) / "Dockerfile").read_text(encoding="utf-8")
    wanted = set(re.search(r'^build_packages="([^"]*)"', script, re.M)[1].split()) - NOT_IN_IMAGE | {"check"}
    given = set(re.search(r"--no-install-recommends\s*\\\n([^&]*?)\n\S", image)[1].replace("\\", " ").split())
    for name in sorted(wanted - given):
        print(f"Dockerfile: does not install {name} for its build")
    for name in sorted(given - wanted):
        print(f"Dockerfile: installs {name}, which server/packages.sh does not name")
    print(f"{len(given)} packages")
    return wanted != given


sys.exit(main(sys.argv[1]))
