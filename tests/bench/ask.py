# SPDX-License-Identifier: MIT
"""Runs the three programs that measure without sockets: queries makes questions, ask asks the daemon, step asks SQLite."""
import collections
import subprocess

from world import SEED

Question = collections.namedtuple("Question", "kind target sql")
Answer = collections.namedtuple("Answer", "nanoseconds status size total ids")


def filtered(command, lines):
    done = subprocess.run([str(part) for part in command], input="".join(f"{line}\n" for line in lines), text=True,
                          capture_output=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{command[0]}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout.splitlines()


def questions(world, kind, number, incidents):
    lines = filtered([world.program("queries"), kind, number, SEED, incidents], [])
    return [Question(*line.split("\t")) for line in lines]


def ask(world, incidents, targets):
    answers = []
    for line in filtered([world.program("ask"), world.catalogue(incidents)], targets):
        nanoseconds, status, size, total, ids = line.split(" ")
        answers.append(Answer(int(nanoseconds), int(status), int(size), None if total == "-" else int(total),
                              [name for name in ids.split(",") if name]))
    return answers


def step(world, incidents, lines, sql=None):
    """Nanoseconds of each line."""
    command = [world.program("step"), world.catalogue(incidents), *([sql] if sql else [])]
    return [int(line.split(" ")[0]) for line in filtered(command, lines)]
