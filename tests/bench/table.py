# SPDX-License-Identifier: MIT
"""The one table that the benchmarks print, and the small arithmetic of it."""
import math
import statistics

HEAD = ("what", "figures", "ratio", "bar", "holds")


def median(values):
    return statistics.median(values)


def quantile(values, part):
    """Nearest rank; PART of one."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * part) - 1)]


def millis(nanoseconds):
    time = nanoseconds / 1e6
    return f"{time:.0f} ms" if time >= 100 else f"{time:.3g} ms"


def mib(size):
    return f"{size / 2**20:.1f} MiB"


class Table:
    """Rows as they are measured; said at once on standard error, printed at the end."""

    def __init__(self, say):
        self.rows = []
        self.say = say

    def add(self, what, figures, ratio="", bar="", holds=None):
        word = {None: "", True: "yes", False: "NO"}[holds]
        self.rows.append((what, figures, ratio if isinstance(ratio, str) else f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.2g}", bar, word))
        self.say(" | ".join(self.rows[-1]))

    def at_least(self, what, figures, ratio, bar):
        self.add(what, figures, ratio, f"≥ {bar}×", ratio >= bar)

    def at_most(self, what, figures, ratio, bar):
        self.add(what, figures, ratio, f"≤ {bar}×", ratio <= bar)

    def not_yet(self, what, why):
        self.add(what, f"not yet: {why}")

    def text(self):
        """As Markdown, each column as wide as its widest cell."""
        rows = [HEAD, *self.rows]
        widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
        lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in rows]
        lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
        return "\n".join(lines)
