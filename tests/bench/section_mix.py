# SPDX-License-Identifier: MIT
"""Questions as people ask them, each once and with its exact total, through the dispatcher in process; each kind against the SQL that
would answer it, stepped bare; and facets."""
import collections
import re

from ask import ask, questions, step
from table import median, millis, quantile
from world import say

BARE = 30  # questions of each kind that SQL is asked too: it takes long
COMMON = 0.01


def words_of(question):
    """The words of a phrase, or the prefix."""
    text = re.search(r"[?&]q=([^&]*)", question.target)[1]
    return [word for word in re.split(r"%2[02A]", text) if word]


def common_ones(world, found, answers):
    """Prefixes and phrases over words that more than 1 % of the rows have."""
    words = sorted({word for q in found if q.kind == "phrase" for word in words_of(q)})
    totals = dict(zip(words, ask(world, world.large, [f"/incidents.json?q={word}" for word in words])))
    most = COMMON * world.large

    def is_common(q, a):
        if q.kind == "prefix":
            return (a.total or 0) > most
        return q.kind == "phrase" and any((totals[word].total or 0) > most for word in words_of(q))

    return {i for i, (q, a) in enumerate(zip(found, answers)) if is_common(q, a)}


def medians(world, targets):
    """Each target's median time over all runs; and the last answers."""
    runs = [ask(world, world.large, targets) for _ in range(world.runs)]
    return [median(a.nanoseconds for a in answers) for answers in zip(*runs)], runs[-1]


def add_times(table, what, times, bars):
    if not times:
        return
    for part, bar in bars:
        name = {0.5: "p50", 0.99: "p99", 1: "worst"}[part]
        time = quantile(times, part)
        table.add(f"{what}: {name}", millis(time), "", f"≤ {bar} ms", time <= bar * 1e6)


def add_kinds(world, table, found, times):
    """Each kind's median beside that of bare SQL over the same questions."""
    kinds = collections.defaultdict(list)
    for i, q in enumerate(found):
        kinds[q.kind].append(i)
    for kind in sorted(kinds):
        some = kinds[kind][:BARE]
        ours = median(times[i] for i in some)
        bare = median(step(world, world.large, [found[i].sql for i in some]))
        table.add(f"mix, {kind}, against bare SQL", f"{millis(ours)} against {millis(bare)}", ours / bare, "reported")


def say_slowest(found, times):
    for i in sorted(range(len(times)), key=lambda i: -times[i])[:10]:
        say(f"{millis(times[i])} {found[i].kind} {found[i].target}")


def measure_kind(world, table, kind, what, bars):
    found = questions(world, kind, world.queries, world.large)
    times, answers = medians(world, [q.target for q in found])
    refused = [q.target for q, a in zip(found, answers) if a.status != 200]
    if refused:
        table.add(what, f"{len(refused)} of {len(found)} were not answered with 200: {refused[0]}", holds=False)
    fine = [t for t, a in zip(times, answers) if a.status == 200]
    say_slowest(found, times)
    add_times(table, what, fine, bars)


def measure_mix(world, table):
    found = questions(world, "mix", world.queries, world.large)
    times, answers = medians(world, [q.target for q in found])
    good = [a.status == 200 and a.total is not None for a in answers]
    what = f"mix of {len(found)} queries at {world.large}, cold"
    if not all(good):
        table.add(what, f"{good.count(False)} without 200 and a total, as {found[good.index(False)].target}", holds=False)
    found, times, answers = zip(*(row for row, fine in zip(zip(found, times, answers), good) if fine))
    common = common_ones(world, found, answers)
    usual = [t for i, t in enumerate(times) if i not in common]
    add_times(table, what, usual, [(0.5, 3), (0.99, 50)])
    add_times(table, f"{what}, with {len(common)} prefixes and phrases of common words", times, [(1, 200)])
    say_slowest(found, times)
    add_kinds(world, table, found, times)


def measure(world, table):
    measure_mix(world, table)
    measure_kind(world, table, "facets", "all facets but organisation and actor, of a random filter", [(0.99, 60)])
    found = questions(world, "sorts", world.queries // 4, world.large)
    times, answers = medians(world, [q.target for q in found])
    if all(a.status == 200 for a in answers):
        table.add("filters in other orders than the default", f"p50 {millis(quantile(times, 0.5))}, p99 {millis(quantile(times, 0.99))}",
                  "", "reported")
    else:
        table.not_yet("filters in other orders", "not all are answered")
