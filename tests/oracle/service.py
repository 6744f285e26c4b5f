# SPDX-License-Identifier: MIT
"""Catalogues for the tests of this folder: made by breachctl, exported by the daemon."""
import json
import os
import subprocess
import sys

import daemon

BUNDLED = os.environ["TEST_RECORDS"]


def written(path, document):
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def generated(path, incidents, seed):
    """A folder of records that look like real ones (tests/bench/generate)."""
    subprocess.run([os.environ["TEST_GENERATE"], "--incidents", str(incidents), "--seed", str(seed), "--output", str(path)],
                   check=True, stdout=subprocess.DEVNULL)
    return str(path)


def catalogue(path, inputs):
    done = subprocess.run([os.environ["TEST_BREACHCTL"], "import", "--output", str(path), *inputs], env=daemon.environment(),
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"breachctl import: exit {done.returncode}\n{done.stdout}{done.stderr[-4000:]}")
    return str(path)


def export(service, path):
    path.write_bytes(service.get("/catalogue.ndjson").body)
    return str(path)
