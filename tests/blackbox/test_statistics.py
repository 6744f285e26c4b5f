#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""/statistics of the bundled catalogue, counted a second time from the records that the daemon serves one by one."""
import json
import unittest

import daemon

GROUPINGS = ["year", "country", "sector", "party_kind", "action", "data_class", "status", "exposure", "dataset"]
UNITS = ["people", "accounts", "records", "vehicles", "dealers", "organizations"]
QUALIFIERS = ["exact", "about", "at_least", "up_to", "between"]
DELAYS = ["occurred_to_discovered", "discovered_to_disclosed", "occurred_to_disclosed"]
EVIDENT = ["confirmed", "claimed", "suspected"]


def year(record):
    date = record["date"]
    return [(date["earliest"] or date["latest"])[:4] if date else None]


VALUES = {
    "year": year,
    "country": lambda r: [r["country"]],
    "sector": lambda r: [r["sector"] and r["sector"][:2]],
    "party_kind": lambda r: [p["organization"]["kind"] for p in r["parties"]] or [None],
    "action": lambda r: [a["action"] for a in r["attack"] if a["certainty"] != "denied"] or [None],
    "data_class": lambda r: [c["id"] for c in r["data_classes"] if c["certainty"] in EVIDENT] or [None],
    "status": lambda r: [r["status"]],
    "exposure": lambda r: [r["exposure"]],
    "dataset": lambda r: [r["dataset"]["id"]],
}


def quantile(numbers, percent):
    """The nearest rank."""
    return sorted(numbers)[-(-len(numbers) * percent // 100) - 1]


def quantiles(records, name):
    known = [r["delays"][name] for r in records if r["delays"][name]]
    result = {"n": len(known), "unknown": len(records) - len(known)}
    for key, percent in (("median", 50), ("q1", 25), ("q3", 75), ("p90", 90)):
        result[key] = {bound: quantile([d[bound] for d in known], percent)
                       for bound in ("min", "max")} if known else None
    return result


def size(affected):
    return next(affected[k] for k in ("value", "max", "min") if affected[k] is not None)


def figures(records):
    for unit in UNITS:
        of_unit = [r["affected"] for r in records if r["affected"] and r["affected"]["unit"] == unit
                   and r["affected"]["qualifier"] in QUALIFIERS]
        if of_unit:
            yield {"unit": unit, "incidents": len(of_unit), "sum": sum(map(size, of_unit)),
                   **{q: sum(a["qualifier"] == q for a in of_unit) for q in QUALIFIERS}}


def counts(records):
    sums = list(figures(records))
    return {"incidents": len(records), "figures": sums,
            "without_figure": len(records) - sum(s["incidents"] for s in sums),
            "delays": {name: quantiles(records, name) for name in DELAYS}}


class Statistics(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.d = daemon.Daemon()
        listed = cls.get("/incidents.json?limit=200&status=claimed,suspected,confirmed,disputed")
        cls.records = [cls.get(row["url"])["data"] for row in listed["data"]]
        cls.once = [r for r in cls.records if not r["duplicate_of"]]

    @classmethod
    def tearDownClass(cls):
        cls.d.close()

    @classmethod
    def get(cls, target):
        reply = cls.d.get(target)
        assert reply.status == 200, (target, reply.status, reply.body)
        return json.loads(reply.body)

    def check(self, query, by, records):
        data = self.get(f"/statistics.json?{query}")["data"]
        self.assertEqual(list(data), ["by", "exclusive", "all", "groups", "left_out"])
        self.assertEqual(data["by"], by)
        self.assertEqual(data["all"], counts(records))
        values = {v for r in records for v in VALUES[by](r)}
        self.assertEqual(sorted(str(g["value"]) for g in data["groups"]), sorted(map(str, values)))
        for group in data["groups"]:
            self.assertEqual(list(group)[:3], ["value", "label", "url"])
            members = [r for r in records if group["value"] in VALUES[by](r)]
            self.assertEqual({k: group[k] for k in data["all"]}, counts(members), group["value"])
            if group["url"]:
                self.assertEqual(self.get(group["url"])["total"], len(members), group["url"])
        self.assertEqual(data["exclusive"],
                         by not in ("action", "data_class", "party_kind"))
        return data

    def test_every_grouping(self):
        for by in GROUPINGS:
            data = self.check(f"by={by}", by, self.once)
            self.assertNotIn(None, [g["url"] for g in data["groups"]])
            self.assertEqual(data["left_out"]["duplicates"], len(self.records) - len(self.once))
            if data["exclusive"]:
                self.assertEqual(sum(g["incidents"] for g in data["groups"]), len(self.once))

    def test_years_are_the_default_and_in_order(self):
        groups = self.get("/statistics.json")["data"]["groups"]
        self.assertEqual(self.get("/statistics.json?by=year")["data"]["groups"], groups)
        self.assertIsNone(self.get("/statistics.json")["query"]["sort"])
        years = [g["value"] for g in groups]
        self.assertEqual(years, sorted(y for y in years if y) + [None] * (None in years))
        overview = self.get("/index.json")["data"]
        self.assertEqual(overview["by_year"], [{k: g[k] for k in ("value", "incidents")} for g in groups])
        self.assertEqual(overview["totals"]["incidents"], len(self.once))

    def test_filters_narrow_every_group(self):
        confirmed = [r for r in self.once if r["status"] == "confirmed"]
        self.assertLess(len(confirmed), len(self.once))
        self.check("by=year&status=confirmed", "year", confirmed)
        self.check("by=country&country=JP,US", "country", [r for r in self.once if r["country"] in ("JP", "US")])
        self.check("by=sector&sector=441", "sector",
                   [r for r in self.once if (r["sector"] or "").startswith("441")])

    def test_a_group_that_no_list_has_leads_nowhere(self):
        named = [r for r in self.once if "names" in VALUES["data_class"](r)]
        groups = self.check("by=data_class&data_class=names", "data_class", named)["groups"]
        self.assertGreater(len(groups), 1)
        for group in groups:
            self.assertEqual(group["url"] is None, group["value"] != "names")

    def test_nothing_found_is_counted_too(self):
        data = self.get("/statistics.json?year=1951")["data"]
        self.assertEqual((data["all"], data["groups"]), (counts([]), []))

    def test_wrong_groupings_are_named(self):
        for by in ("actor", "organization", "yaer"):
            reply = self.d.get(f"/statistics.json?by={by}")
            self.assertEqual(reply.status, 400)
            self.assertEqual(json.loads(reply.body)["errors"][0]["parameter"], "by")

    def test_the_page_leads_to_the_same_lists(self):
        page = self.d.get("/statistics?by=status&year=2019", "Accept: text/html").body.decode()
        for group in self.get("/statistics.json?by=status&year=2019")["data"]["groups"]:
            link = group["url"].replace(".json", "").replace("&", "&amp;")
            self.assertIn(f'<th scope="row"><a href="{link}">', page)
        self.assertIn("Statistics by status", page)


if __name__ == "__main__":
    daemon.main()
