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
    """What fills a page of ten thousand are wider filters than what fills one of a million: the sizes are compared by what fills both."""
    pages, small = whole_pages(world, world.large), whole_pages(world, SMALL)
    of_small = set(small.targets)
    same = [target for target in pages.targets if target in of_small]
    took, bare, of_same = [], [], {world.large: [], SMALL: []}
    for _ in range(world.runs):
        took.append(middle([a.nanoseconds for a in ask(world, world.large, pages.targets)]))
        bare.append(middle(step(world, world.large, pages.rows, ROW)))
        for incidents, found in of_same.items():
            found.append(middle([a.nanoseconds for a in ask(world, incidents, same)]))
    what = f"cold list page of 25, {(len(pages.targets) + 1) // 2} random filters"
    if refused := pages.refused + small.refused:
        table.add(what, f"{refused} of {4 * world.queries} were not answered with 200", holds=False)
    table.at_most(f"{what}, against its rows stepped", f"p50 {millis(median(took))} against {millis(median(bare))}",
                  median(took) / median(bare), 2)
    large, little = (median(of_same[n]) for n in (world.large, SMALL))
    table.at_most(f"the same at {world.large} against {SMALL}, {(len(same) + 1) // 2} of them that fill a page of both",
                  f"p50 {millis(large)} against {millis(little)}", large / little, 1.5)
