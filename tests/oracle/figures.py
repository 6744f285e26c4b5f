# SPDX-License-Identifier: MIT
"""The right answers of /statistics: what a selection of incidents adds up to, as answers.py says of lists.

- A duplicate is left out, and said to be, whether or not what it repeats is in the selection: its figures are another's.
  `duplicates=hide` changes nothing. Withdrawn and merged incidents that would match are left out, and said to be.
- A placeholder is no number of people: it is counted among those without a figure and never summed.
- Kinds of parties are those of the parties that `role` and `organization` speak of.
- Quantiles are nearest rank: of n sorted values the one at place ceil(p * n), of lower and of upper bounds apart.
"""
import answers

DELAYS = ("occurred_to_discovered", "discovered_to_disclosed", "occurred_to_disclosed")
RANKS = {"median": (1, 2), "q1": (1, 4), "q3": (3, 4), "p90": (9, 10)}
QUALIFIERS = ("exact", "about", "at_least", "up_to", "between")
SHARED = ("action", "data_class", "party_kind")  # groupings of which an incident may be in several


def group(incidents):
    """What the contract calls G."""
    by_unit = {}
    for one in incidents:
        if one.affected and one.affected[1] is not None and one.affected[2] in QUALIFIERS:
            unit, value, qualifier = one.affected
            line = by_unit.setdefault(unit, {"unit": unit, "incidents": 0, "sum": 0, **dict.fromkeys(QUALIFIERS, 0)})
            line["incidents"] += 1
            line["sum"] += value
            line[qualifier] += 1
    return {"incidents": len(incidents), "figures": [by_unit[u] for u in answers.UNITS if u in by_unit],
            "without_figure": len(incidents) - sum(line["incidents"] for line in by_unit.values()),
            "delays": {name: _delays([one.delays[name] for one in incidents]) for name in DELAYS}}


def _delays(all_of_them):
    known = [d for d in all_of_them if d is not None]
    told = {"n": len(known), "unknown": len(all_of_them) - len(known)}
    for name, (p, q) in RANKS.items():
        told[name] = {end: sorted(d[end] for d in known)[-(-p * len(known) // q) - 1] for end in ("min", "max")} if known else None
    return told


def statistics(catalogue, question, by):
    """(G of all, {value: G}, how many duplicates and withdrawn ones are left out); unknown is None among the values."""
    question = {k: v for k, v in question.items() if k != "duplicates"}
    bits, listed = answers.satisfying(catalogue, question), answers.listed(catalogue, question)
    repeats = catalogue.having("duplicate", True)
    chosen = answers.chosen(catalogue, bits & listed & ~repeats)
    groups = {}
    value_of = answers.party_values(catalogue, question, by) if by == "party_kind" else lambda one: _values(one, by)
    for one in chosen:
        for value in value_of(one):
            groups.setdefault(value, []).append(one)
    left_out = {"duplicates": (bits & listed & repeats).bit_count(), "withdrawn": (bits & ~listed).bit_count()}
    return group(chosen), {value: group(some) for value, some in groups.items()}, left_out


def _values(one, by):
    if by in SHARED:
        return one.multiple[by] or (None,)
    value = one.single[by]
    return (value[:2] if by == "sector" and value else value,)
