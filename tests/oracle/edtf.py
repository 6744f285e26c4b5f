# SPDX-License-Identifier: MIT
"""Dates of the Extended Date/Time Format, as far as the service reads them, turned into first and last days.

Written from the Library of Congress's page and the service's own contract, not from the service's code: levels 0 and 1 and,
of level 2, the sets [a..b], [..b] and [a..]. A day is its ISO text, so that days compare as strings do.
"""
import calendar
import re

POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([~?%]?)")


class Unreadable(ValueError):
    pass


class Date:
    """What a date says: its first and last possible day (None: open), and how sure it is of them."""

    __slots__ = ("earliest", "latest", "approximate", "uncertain")

    def __init__(self, earliest, latest, approximate=False, uncertain=False):
        self.earliest, self.latest = earliest, latest
        self.approximate, self.uncertain = approximate, uncertain

    def may_meet(self, other):
        """Whether the two have, or can have, a day in common."""
        return not ((self.latest and other.earliest and self.latest < other.earliest) or
                    (self.earliest and other.latest and other.latest < self.earliest))

    def lies_within(self, other):
        """Whether no day of it, whatever it means, is outside of the other, and it is sure of that."""
        if self.approximate or self.uncertain:
            return False
        return ((other.earliest is None or (self.earliest is not None and other.earliest <= self.earliest)) and
                (other.latest is None or (self.latest is not None and self.latest <= other.latest)))


def _day(year, month, day):
    return f"{year:04d}-{month:02d}-{day:02d}"


def _last(year, month):
    return _day(year, month, calendar.monthrange(year, month)[1])


def _point(text):
    parts = POINT.fullmatch(text)
    if not parts:
        raise Unreadable(text)
    year, month, day, mark = parts.groups()
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    # A season (21 to 24) is another part of the year on either side of the equator: all that is sure is the year.
    if month in (None, "XX", "21", "22", "23", "24") or "X" in year:
        low, high = _day(first, 1, 1), _day(last, 12, 31)
    else:
        low, high = _day(first, int(month), 1), _last(last, int(month))
        if day not in (None, "XX"):
            low = high = _day(first, int(month), int(day))
            if low > _last(first, int(month)) or day == "00":
                raise Unreadable(text)
    return Date(low, high, mark in ("~", "%"), mark in ("?", "%"))


def read(text):
    """The date that TEXT is; Unreadable when it is none."""
    if text.startswith("[") and text.endswith("]") and ".." in text:
        ends = text[1:-1].split("..")
    elif "/" in text:
        ends = ["" if end == ".." else end for end in text.split("/")]
    else:
        return _point(text)
    if len(ends) != 2 or ends == ["", ""]:
        raise Unreadable(text)
    begin, end = (_point(e) if e else Date(None, None) for e in ends)
    return Date(begin.earliest, end.latest, begin.approximate or end.approximate, begin.uncertain or end.uncertain)
