# SPDX-License-Identifier: MIT
"""Asks a running daemon and holds what it says against the right answer.

Every comparison ends in Mismatch or in nothing. The text of a Mismatch is for people: the address, what differs, and a
record to look at; `shrunk` leaves out of a question whatever the mismatch can do without.
"""
import json
import random
import re
from urllib.parse import parse_qsl, urlencode

import answers
import daemon
import figures
import lists
import questions

PAGE = 25
WALK = 12  # pages; a walk of more takes only the first so many, and the way back from there
NEXT = re.compile(r'<([^>]*)>; rel="next"')
RANKED = 10000  # matches; of more none is more relevant than another
CERTAIN = ("confirmed", "claimed", "suspected")


class Mismatch(Exception):
    pass


def same(what, expected, got, url):
    if expected != got:
        raise Mismatch(f"{url}\n  {what}: expected {expected!r:.2000}\n  {' ' * len(what)}       got {got!r:.2000}")


class Service:
    """A daemon that is asked over one connection, opened again when it was closed."""

    def __init__(self, running):
        self.running, self.connection, self.asked = running, None, 0

    def get(self, target, method="GET"):
        self.asked += 1
        kept = self.connection
        try:
            reply = self._exchange(target, method)
        except (EOFError, ConnectionError):
            if kept is None:
                raise
            self.close()  # it was idle for too long
            reply = self._exchange(target, method)
        if reply.closes:
            self.close()
        return reply

    def _exchange(self, target, method):
        if self.connection is None:
            self.connection = self.running.connect()
        self.connection.sendall(daemon.request(target, method=method))
        return self.connection.reply(method)

    def json(self, target):
        reply = self.get(target)
        if reply.status != 200:
            raise Mismatch(f"{target}\n  status {reply.status}: {reply.body.decode()[:600]}")
        return json.loads(reply.body), reply

    def close(self):
        if self.connection:
            self.connection.close()
            self.connection = None


def relimited(url, limit):
    path, _, query = url.partition("?")
    return path + "?" + urlencode([(k, v) for k, v in parse_qsl(query) if k != "limit"] + [("limit", limit)])


class Comparison:
    """Right answers beside those of SERVICE, for one catalogue."""

    def __init__(self, service, catalogue):
        self.service, self.catalogue, self.r = service, catalogue, None

    def check(self, name, question, seed):
        """Holds one question of the list NAME; what of it is chance, SEED decides."""
        self.r = random.Random(seed)
        getattr(self, name)(question)

    # Lists.

    def _page(self, url, total):
        page, reply = self.service.json(url)
        same("total", total, page["total"], url)
        same("X-Total-Count", str(total), reply["X-Total-Count"], url)
        same("catalogue", self.catalogue.identity, page["catalogue"]["id"], url)
        same("catalogue_changed", False, page["page"]["catalogue_changed"], url)
        following = NEXT.findall(reply["Link"])
        same("Link next", [page["page"]["next"]] if page["page"]["next"] else [], following, url)
        return page

    def _walk(self, url, key, total):
        """(keys of the pages forward, of the pages back to the first, whether the walk came to the end)."""
        ahead, back, pages = [], [], 0
        while url and pages < WALK:
            url = relimited(url, self.r.choice((1, 7, PAGE, 100, 200)) if total < 200 else 200 - self.r.randrange(3))
            page = self._page(url, total)
            if pages == 0:
                same("prev of the first page", None, page["page"]["prev"], url)
            ahead += map(key, page["data"])
            url, last, pages = page["page"]["next"], page, pages + 1
        back = list(map(key, last["data"]))
        behind = last["page"]["prev"]
        while behind:
            behind = relimited(behind, self.r.choice((3, 50, 200)))
            page = self._page(behind, total)
            if not page["data"]:
                raise Mismatch(f"{behind}\n  a page before the first")
            back = list(map(key, page["data"])) + back
            behind = page["page"]["prev"]
        return ahead, back, url is None

    def _same_list(self, url, right, key, ordered=True):
        """The whole list behind URL, page by page both ways, beside the keys RIGHT."""
        ahead, back, ended = self._walk(url, key, len(right))
        same("way back", ahead, back, url)
        wanted = right if ended else right[:len(ahead)]
        if not ordered:
            same("repeats", len(ahead), len(set(ahead)), url)
            if ended:
                self._differ(url, sorted(right), sorted(ahead))
            elif not set(ahead) <= set(right):
                self._differ(url, [], sorted(set(ahead) - set(right)))
            return
        self._differ(url, wanted, ahead)

    def _differ(self, url, wanted, got):
        if wanted == got:
            return
        lacking, beyond = [k for k in wanted if k not in set(got)], [k for k in got if k not in set(wanted)]
        at = next((i for i, pair in enumerate(zip(wanted, got)) if pair[0] != pair[1]), min(len(wanted), len(got)))
        raise Mismatch(f"{url}\n  expected {len(wanted)}, got {len(got)}; lacking {lacking[:3]}, beyond {beyond[:3]}; "
                       f"first difference at {at}: expected {wanted[at:at + 3]}, got {got[at:at + 3]}"
                       + self._about((lacking + beyond + wanted[at:at + 1])[0]))

    def _about(self, key):
        """What of a record filters and orders look at."""
        thing = (self.catalogue.organizations.get(key) if key in self.catalogue.organizations else
                 self.catalogue.incidents[self.catalogue.place[key]] if key in self.catalogue.place else None)
        if thing is None:
            return ""
        record = self.catalogue.record(thing)
        for long in ("sources", "caveats", "conflicts", "figures", "attack", "dates"):
            record.pop(long, None)
        return f"\n  {json.dumps(record, ensure_ascii=False)[:3000]}"

    # The questions.

    def incidents(self, question):
        right = answers.incidents(self.catalogue, question)
        ids = [i.id for i in right]
        path = "/incidents.json"
        facets = self.r.sample(questions.FACETS, self.r.choice((0, 2, 4, len(questions.FACETS))))
        how = answers.order(question)
        said = self._first_page(path, question, ids, facets)
        if how == "relevance" and (len(ids) > RANKED or said == "-date"):
            how = "-date"  # so much is not weighed: the page has to say so, and its order is that of dates
        same("sort", how, said, questions.url(path, question))
        self._same_list(questions.url(path, question), ids, lambda row: row["id"], how != "relevance")

    def _first_page(self, path, question, ids, facets):
        """Looks at one page closely, and gives the order that it says it has."""
        limit = self.r.choice((1, 5, PAGE, 50))
        more = {"limit": limit, **({"facet": ",".join(facets)} if facets else {})}
        if limit == 5:
            more["detail"] = "full"
        elif facets and limit == 50:
            more["facet_limit"] = self.r.choice((1, 3, 200))
        url = questions.url(path, question, self.r, **more)
        page = self._page(url, len(ids))
        plain = questions.url(path, question, **more)
        same("ETag of the same question", self.service.get(plain)["ETag"], self.service.get(url)["ETag"], url)
        head = self.service.get(url, "HEAD")
        same("HEAD", (200, str(len(ids))), (head.status, head["X-Total-Count"]), url)
        same("rows", min(limit, len(ids)), len(page["data"]), url)
        for row in page["data"]:
            self._same_row(url, row, "detail" in more, question)
        for name in facets:
            self._same_facet(url, question, name, page.get("facets", {}).get(name, []), more.get("facet_limit", 20))
        return page["query"]["sort"]

    def _same_row(self, url, row, full, question):
        record = self.catalogue.record(self.catalogue.incidents[self.catalogue.place[row["id"]]])
        via = row.pop("via", None)
        if first_reach(question) in ("group", "all"):
            if self.catalogue.incidents[self.catalogue.place[row["id"]]].listed:
                self._same_via(url, record, via or [], question)
        elif via is not None:
            raise Mismatch(f"{url}\n  via without reach in {row['id']}")
        if full:
            same(row["id"], record, row, url)
            return
        short = {k: record[k] for k in row}
        classes = {}
        for one in record["data_classes"]:
            if one["certainty"] in CERTAIN:
                classes[one["id"]] = min(classes.get(one["id"], one["certainty"]), one["certainty"], key=CERTAIN.index)
        short["data_classes"] = [{"id": i, "certainty": c} for i, c in classes.items()]
        for either in (short, row):
            either["data_classes"].sort(key=lambda c: c["id"])
        same(row["id"], short, row, url)

    def _same_via(self, url, record, via, question):
        """VIA names parties that the question reaches, and some one where none of those asked for is a party itself."""
        asked = set(question["organization"])
        about = answers.reached(self.catalogue, [i for i in asked if i != "none"], first_reach(question))
        named = {p["organization"]["id"] for p in record["parties"]} - {None}
        told = {v["id"] for v in via}
        if not told <= named & about or (not told and named and not named & asked):
            raise Mismatch(f"{url}\n  via of {record['id']}: {via}; parties {sorted(named)}")

    def _same_facet(self, url, question, name, told, limit):
        counts = answers.facet(self.catalogue, question, name)
        known = sorted(((v, n) for v, n in counts.items() if v is not None), key=lambda pair: (-pair[1], pair[0]))
        same(f"facet {name}", known[:limit], [(f["value"], f["count"]) for f in told if f["value"] is not None], url)
        same(f"facet {name} none", [n for v, n in counts.items() if v is None],
             [f["count"] for f in told if f["value"] is None], url)
        if told:
            self._behind(self.r.choice(told), "count")

    def _behind(self, counted, name):
        """What is counted beside a link is what the link leads to."""
        url = counted["url"].replace("/incidents?", "/incidents.json?")
        same("total", counted[name], self.service.json(url)[0]["total"], url)

    def organizations(self, question):
        dealers = self.r.random() < 0.4
        right = [o.id for o in lists.organizations(self.catalogue, question, dealers)]
        url = questions.url("/dealers.json" if dealers else "/organizations.json", question)
        self._same_list(url, right, lambda row: row["id"], "q" not in question or "sort" in question)

    def timeline(self, question):
        self._same_list(questions.url("/timeline.json", question), lists.timeline(self.catalogue, question),
                        lambda row: (row["incident"]["id"], row["id"]))

    def statistics(self, asked):
        question = {k: v for k, v in asked.items() if k != "by"}
        by = answers.first(asked, "by", "year")
        everything, groups, left_out = figures.statistics(self.catalogue, question, by)
        url = questions.url("/statistics.json", asked)
        told = self.service.json(url)[0]["data"]
        same("all", everything, told["all"], url)
        same("by", by, told["by"], url)
        found = {}
        for group in told["groups"]:
            found[group["value"]] = {k: v for k, v in group.items() if k not in ("value", "label", "url")}
        same("groups", sorted(map(str, groups)), sorted(map(str, found)), url)
        for value, right in groups.items():
            same(f"group {value}", right, found[value], url)
        same("left_out", left_out, told["left_out"], url)
        linked = [group for group in told["groups"] if group["url"]]
        if linked:
            self._behind(self.r.choice(linked), "incidents")
        if by not in figures.SHARED:
            same("exclusive", True, told["exclusive"], url)


def first_reach(question):
    return answers.first(question, "reach", "own") if "organization" in question else None


def shrunk(check, question):
    """The smallest part of QUESTION (a dict) for which CHECK still fails, and how."""
    try:
        check(question)
    except Mismatch as failure:
        for name in question:
            less = {k: v for k, v in question.items() if k != name}
            found = shrunk(check, less)
            if found:
                return found
        for name, values in question.items():
            if len(values) > 1:
                for value in values:
                    found = shrunk(check, {**question, name: [v for v in values if v != value]})
                    if found:
                        return found
        return question, failure
    return None
