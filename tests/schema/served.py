#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Imports the bundled catalogue, serves it, follows every link from the lists on, and checks each record that comes
against the schemas that come with it. Then /catalogue.ndjson, imported again, must be the same catalogue.

Run by meson with TEST_BREACHD and TEST_BREACHCTL (the programs) and TEST_RECORDS (the bundled records).
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "blackbox"))

import daemon  # pylint: disable=wrong-import-position

# Where the crawl begins: what links to all the rest. A small limit makes it turn pages.
STARTS = ["/index.json", "/incidents.json?limit=20",
          "/incidents.json?facet=country,action,data_class&facet_limit=5&limit=3",
          "/incidents.json?detail=full&limit=9&sort=title", "/dealers.json?limit=20", "/organizations.json?limit=50",
          "/timeline.json?limit=100", "/statistics.json?by=party_kind", "/actors.json", "/data-classes.json",
          "/datasets.json", "/schemas/incident.json", "/schemas/organization.json", "/healthz", "/readyz", "/version"]

# Answers whose records have a schema.
RECORDS = re.compile(r"/(index|incidents|dealers|organizations|timeline|datasets)\b")
INCIDENT = re.compile(r"/incidents/[^/]+\.json")


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def expect(self, name, got, wanted):
        if got == wanted:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {name}: {got!r}, not {wanted!r}")

    def run(self, name, *command):
        """Runs COMMAND, which must succeed; what it printed. A closing "N passed, N failed" is added up."""
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        counts = re.search(r"^(\d+) passed, (\d+) failed$", done.stdout, re.M)
        if counts:
            self.passed += int(counts[1])
            self.failed += int(counts[2])
        if done.returncode != 0:
            self.failed += not (counts and int(counts[2]))  # else they are counted already
            print(f"FAILED {name}: exit status {done.returncode}\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
        return done.stdout


def links(value):
    """The addresses of data in an answer: members `url`, `next` and the like that begin with one slash."""
    if isinstance(value, dict):
        for member in value.values():
            yield from links(member)
    elif isinstance(value, list):
        for member in value:
            yield from links(member)
    elif isinstance(value, str) and re.match(r"/(?!/)\S*$", value):
        target = value.split("#")[0]
        if urllib.parse.urlsplit(target).path.endswith(".json"):
            yield target


def crawl(served, tally):
    """Every answer that can be reached, by its target."""
    waiting, seen, answers = list(STARTS), set(), {}
    while waiting:
        target = waiting.pop()
        if target in seen:
            continue
        seen.add(target)
        reply = served.get(target)
        tally.expect(target, reply.status, 200)
        if reply.status != 200:
            continue
        answers[target] = reply.body
        if not target.startswith("/schemas/"):
            waiting += links(json.loads(reply.body))
        if INCIDENT.fullmatch(target):
            waiting.append(target.removesuffix(".json") + "/timeline.json")
    return answers


def ids(lines, wanted):
    """Of the lines of an export, the ids of one kind of record."""
    found = (json.loads(line) for line in lines.splitlines() if line)
    return sorted(record["id"] for record in found if wanted(record))


def check(breachctl, work, tally):
    with daemon.Daemon() as served:
        answers = crawl(served, tally)
        export = served.get("/catalogue.ndjson")
    tally.expect("/catalogue.ndjson", export.status, 200)

    (work / "schemas").mkdir()
    files = []
    for n, (target, body) in enumerate(sorted(answers.items())):
        if target.startswith("/schemas/"):
            (work / target[1:]).write_bytes(body)
            tally.expect(f"{target}, as it is in the sources", body, (ROOT / "static" / target[1:]).read_bytes())
        elif RECORDS.match(target):
            files.append(work / f"{n}{re.sub(r'[^a-z0-9]+', '-', target)[:100]}.json")
            files[-1].write_bytes(body)
    validate = ["node", str(ROOT / "tests/schema/validate.mjs"), str(work / "schemas")]
    tally.run("what is served, by the schemas", *validate, "--served", *map(str, files))

    ndjson = work / "catalogue.ndjson"
    ndjson.write_bytes(export.body)
    tally.run("/catalogue.ndjson by the schemas", *validate, str(ndjson))
    total = json.loads(answers[STARTS[1]])["total"]
    incidents = sorted(json.loads(body)["data"]["id"] for t, body in answers.items() if INCIDENT.fullmatch(t))
    tally.expect("incidents in the export", ids(export.body, lambda r: "status" in r), incidents)
    tally.expect("incidents that the list counts", total, len(incidents))

    again = str(work / "again.db")
    tally.run("import of /catalogue.ndjson", breachctl, "import", "--output", again, str(ndjson))
    tally.expect("the catalogue of /catalogue.ndjson", tally.run("info", breachctl, "info", again),
                 tally.run("info", breachctl, "info", daemon.CATALOGUE))
    print(f"{len(answers)} answers, {len(incidents)} incidents, {len(files)} files of records")


def main():
    tally = Tally()
    with tempfile.TemporaryDirectory() as work:
        check(os.environ["TEST_BREACHCTL"], pathlib.Path(work), tally)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return tally.failed > 0 or tally.passed == 0


sys.exit(main())
