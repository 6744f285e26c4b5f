# SPDX-License-Identifier: MIT
"""A list page of 25 that was never answered before: any filters, default order, through the dispatcher in process, against the same
stored rows stepped by one prepared statement and copied; and the same at both sizes."""
from ask import ask, questions, step
from table import median, millis, quantile
from world import SMALL

PAGE = 25
ROW = "SELECT json FROM incident_row WHERE n = ?1"


def whole_pages(world, incidents):
    """The targets among random filters that fill a page, and the row numbers of what they show."""
    found = questions(world, "filters", world.queries, incidents)
    numbers = dict(world.sql(incidents, "SELECT id, n FROM incident"))
    answers = ask(world, incidents, [q.target for q in found])
    whole = [(q.target, " ".join(str(numbers[name]) for name in a.ids)) for q, a in zip(found, answers)
             if a.status == 200 and len(a.ids) == PAGE]
    refused = sum(a.status != 200 for a in answers)
    return [target for target, _ in whole], [rows for _, rows in whole], refused


def half(times):
    return quantile(times, 0.5)


def measure(world, table):
    sizes = {world.large: whole_pages(world, world.large), SMALL: whole_pages(world, SMALL)}
    took, bare = {n: [] for n in sizes}, []
    for _ in range(world.runs):
        for incidents, (targets, rows, _) in sizes.items():
            took[incidents].append(half([a.nanoseconds for a in ask(world, incidents, targets)]))
            if incidents == world.large:
                bare.append(half(step(world, incidents, rows, ROW)))
    large, small = median(took[world.large]), median(took[SMALL])
    targets, _, refused = sizes[world.large]
    what = f"cold list page of 25, {len(targets)} random filters"
    if refused:
        table.add(what, f"{refused} of {world.queries} were not answered with 200", holds=False)
    table.at_most(f"{what}, against its rows stepped", f"p50 {millis(large)} against {millis(median(bare))}", large / median(bare), 2)
    table.at_most(f"the same at {world.large} against {SMALL}", f"p50 {millis(large)} against {millis(small)}", large / small, 1.5)
