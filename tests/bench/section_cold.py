# SPDX-License-Identifier: MIT
"""A list page of 25 that was never answered before: any filters, default order, through the dispatcher in process, against the same
stored rows stepped by one prepared statement and copied; and the same at both sizes. Nothing is kept of answers, but a process that
has just begun has the file's pages yet to map and its sets to read: the first half of the questions only make it warm."""
import collections

from ask import ask, questions, step
from table import median, millis, quantile
from world import SMALL

PAGE = 25
Pages = collections.namedtuple("Pages", "targets rows refused")
ROW = "SELECT json FROM incident_row WHERE n = ?1"


def whole_pages(world, incidents):
    """The targets among random filters that fill a page, and the row numbers of what they show."""
    found = questions(world, "filters", 2 * world.queries, incidents)
    numbers = dict(world.sql(incidents, "SELECT id, n FROM incident"))
    answers = ask(world, incidents, [q.target for q in found])
    whole = [(q.target, " ".join(str(numbers[name]) for name in a.ids)) for q, a in zip(found, answers)
             if a.status == 200 and len(a.ids) == PAGE]
    refused = sum(a.status != 200 for a in answers)
    return Pages([target for target, _ in whole], [rows for _, rows in whole], refused)


def middle(times):
    """The median of the second half."""
    return quantile(times[len(times) // 2:], 0.5)


def measure(world, table):
    sizes = {n: whole_pages(world, n) for n in (world.large, SMALL)}
    took, bare = {n: [] for n in sizes}, []
    for _ in range(world.runs):
        for incidents, pages in sizes.items():
            took[incidents].append(middle([a.nanoseconds for a in ask(world, incidents, pages.targets)]))
            if incidents == world.large:
                bare.append(middle(step(world, incidents, pages.rows, ROW)))
    large, small = median(took[world.large]), median(took[SMALL])
    pages = sizes[world.large]
    what = f"cold list page of 25, {(len(pages.targets) + 1) // 2} random filters"
    if refused := pages.refused:
        table.add(what, f"{refused} of {2 * world.queries} were not answered with 200", holds=False)
    table.at_most(f"{what}, against its rows stepped", f"p50 {millis(large)} against {millis(median(bare))}", large / median(bare), 2)
    table.at_most(f"the same at {world.large} against {SMALL}", f"p50 {millis(large)} against {millis(small)}", large / small, 1.5)
