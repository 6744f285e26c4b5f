#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Hundreds of questions by chance to a real daemon; every answer is worked out again from the exported records.

Run by meson with few thousand records, and by scale.sh with many. A failure is told with the smallest question that still
fails; the same --seed asks the same again.
"""
import argparse
import collections
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "blackbox"))

import awkward  # noqa: E402
import compare  # noqa: E402
import daemon  # noqa: E402
import questions  # noqa: E402
import records  # noqa: E402
import service  # noqa: E402

LISTS = ("incidents", "organizations", "timeline", "statistics")
SHOWN = 2  # failures of one kind that are told in full


def arguments():
    p = argparse.ArgumentParser(description="Compares answers of breachd with those worked out from its export.")
    p.add_argument("--seed", type=int, default=4)
    p.add_argument("--questions", type=int, default=500, help="about incidents; of each other list a third of it")
    p.add_argument("--awkward", type=int, default=1500, help="incidents that try every rule")
    p.add_argument("--generated", type=int, default=3500, help="incidents that are like real ones")
    p.add_argument("--lists", default=",".join(LISTS))
    return p.parse_args()


def catalogue(args, folder):
    inputs = []
    if args.awkward:
        inputs.append(service.written(folder / "awkward.json", awkward.make(args.seed, args.awkward)))
    if args.generated:
        inputs.append(service.generated(folder / "generated", args.generated, args.seed))
    return service.catalogue(folder / "catalogue.db", inputs or [service.BUNDLED])


def ask(comparison, maker, name, seed):
    """What is wrong about the answer to one question of the list NAME, in its smallest form; None when nothing is."""
    found = compare.shrunk(lambda q: comparison.check(name, q, seed), getattr(maker, name)())
    return found and (f"{name} {' '.join(sorted(found[0]))}", found[1])


def main():
    args = arguments()
    passed, failed = 0, collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        with daemon.Daemon(catalogue=catalogue(args, folder)) as running:
            asked = compare.Service(running)
            known = records.Catalogue(service.export(asked, folder / "export.ndjson"))
            comparison, maker = compare.Comparison(asked, known), questions.Maker(known, args.seed)
            for name in args.lists.split(","):
                for n in range(args.questions if name == LISTS[0] else args.questions // 3):
                    failure = ask(comparison, maker, name, f"{args.seed} {n}")
                    if failure is None:
                        passed += 1
                        continue
                    failed[failure[0]] += 1
                    if failed[failure[0]] <= SHOWN:
                        print(f"{failure[0]}: {failure[1]}", flush=True)
            asked.close()
    for kind, n in failed.most_common():
        print(f"{n} of {kind}")
    print(f"{passed} passed, {failed.total()} failed", flush=True)
    return 1 if failed or not passed else 0


sys.exit(main())
