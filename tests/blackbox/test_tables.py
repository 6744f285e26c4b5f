#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""CSV and NDJSON, read back by other readers, against what JSON says: the same rows, the same values."""
import csv
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import daemon

SOFFICE = shutil.which("soffice")
FORMULA = ('=HYPERLINK("http://evil.test/","open")', "+49 30 1234", "-1", "@SUM(A1:A9)", "=1+1|2", "'quoted")
MULTI = 'Two lines,\nand "quotes"; a | bar, a \\ backslash\nand 東京トヨペット 株式会社'


def incident(n, **members):
    return {"id": f"made-{n}", "title": f"Made {n}", "summary": None, "status": "confirmed", "dates": [], "parties": [], "figures": [],
            "data_classes": [], "actors": [], "attack": [], "timeline": [], "related": [], "caveats": [], "conflicts": [],
            "sources": [], **members}


FACT = {"certainty": "confirmed", "source": None, "asserted_by": None, "asserted": None, "note": "as told", "quote": None}


def awkward():
    """Records whose texts are hard to write down."""
    records = [incident(i, title=text.strip() or text, summary=text) for i, text in enumerate(FORMULA)]
    party = {"organization": {"id": "made-dealer", "name": "=Dealer", "kind": "dealer"}, "role": "breached", "count": None, **FACT}
    records.append(incident("multi", title="東京トヨペット, 株式会社", summary=MULTI, parties=[party], status_note="-note",
                            timeline=[{"date": "2019-03-29", "kind": "disclosure", "text": MULTI, **FACT}],
                            actors=[{"id": "made-actor", "name": "@actor", "names": ["a|b", "c\\d"], "kind": "group", **FACT}]))
    org = {"id": "made-dealer", "name": "=Dealer", "kind": "dealer", "country": "JP", "region": None, "city": None,
           "brands": ["A|B", "C\\D", "平仮名"], "sector": None, "names": [], "website": None, "links": [], "sources": []}
    return {"organizations": [org], "incidents": records}


def cell(value, in_list=False):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return re.sub(r"([|\\])", r"\\\1", value) if in_list and isinstance(value, str) else str(value)


def flat(value, name="", in_list=False):
    """A row of JSON by columns, from the rule alone: nesting joined by _, lists by |."""
    if isinstance(value, dict) and name == "warnings":
        return {name: "|".join(f"{k}={v}" for k, v in value.items())}
    if isinstance(value, dict):
        found = {}
        for key, member in value.items():
            found.update(flat(member, f"{name}_{key}" if name else key, in_list))
        return found
    if isinstance(value, list):
        items = [flat(item, name, True) for item in value]
        return {key: "|".join(item[key] for item in items) for key in (items[0] if items else {})} or {name: ""}
    return {name: cell(value, in_list)}


def rows_of(text):
    if not text.endswith("\r\n"):
        raise AssertionError("a last line without its end")
    table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    return table[0], [dict(zip(table[0], row, strict=True)) for row in table[1:]]


LISTS = ["/incidents", "/dealers", "/organizations", "/timeline"]
QUESTIONS = ["/incidents", "/incidents?country=JP", "/incidents?country=JP,US&year=2019,2023&sort=title", "/incidents?q=toyota",
             "/incidents?q=data&sort=-affected", "/incidents?sort=date", "/incidents?sort=modified&status=confirmed",
             "/incidents?organization=toyota-motor-corporation&reach=all", "/incidents?year=1901", "/incidents?affected_min=1000&unit=any",
             "/dealers", "/dealers?country=JP&sort=-incidents", "/organizations?q=motor", "/organizations?sort=-date", "/timeline",
             "/timeline?kind=lawsuit,leak", "/timeline?organization=toyota-motor-corporation&reach=group", "/timeline?date=2019"]
TABLES = ["/statistics", "/statistics?by=data_class&country=JP", "/statistics?by=country", "/actors", "/data-classes", "/datasets",
          "/incidents/2019-03-toyota-japan-sales-subsidiaries/timeline"]
THINGS = ["/actors/apt32", "/actors/made-actor", "/datasets/bundled"]


def with_suffix(target, suffix, more=""):
    path, _, query = target.partition("?")
    return f"{path}{suffix}" + "?" * bool(query or more) + "&".join(x for x in (query, more) if x)


class Tables(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        (folder / "awkward.json").write_text(json.dumps(awkward()), encoding="utf-8")
        path = str(folder / "catalogue.db")
        done = subprocess.run([os.environ["TEST_BREACHCTL"], "import", "--output", path, os.environ["TEST_RECORDS"],
                               str(folder / "awkward.json")], env=daemon.environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        cls.d = daemon.Daemon(catalogue=path)

    @classmethod
    def tearDownClass(cls):
        cls.d.close()
        cls.folder.cleanup()

    def get(self, target, status=200, *headers):
        reply = self.d.get(target, *headers)
        self.assertEqual(reply.status, status, (target, reply.body[:300]))
        return reply

    def json_rows(self, target):
        """Every row, page after page."""
        rows, url = [], with_suffix(target, ".json", "limit=50" if target.partition("?")[0] in LISTS else "")
        while url:
            body = json.loads(self.get(url).body)
            data = body["data"]
            rows += data if isinstance(data, list) else data.get("groups", [data])
            url = body.get("page", {}).get("next")
        return rows

    def expected(self, want, name):
        """A member that the row does not have is one of something that is null, an empty list, or not asked for."""
        if name not in want and not name.startswith("via_"):
            words = name.split("_")
            self.assertIn("", [want.get("_".join(words[:n])) for n in range(1, len(words))], name)
        return want.get(name, "")

    def assert_table(self, target, rows):
        reply = self.get(with_suffix(target, ".csv"))
        self.assertEqual(reply["Content-Type"], "text/csv; charset=utf-8; header=present")
        names, found = rows_of(reply.body.decode())
        for row, want in zip(found, rows, strict=True):
            want.pop("touching", None)  # lists of their own, embedded
            want.get("rejects", {}).pop("data", None)
            want = flat(want)
            if target.startswith("/statistics") and want["url"]:
                want["url"] = want["url"].replace(".json", ".csv")  # URLs of lists are in the form asked for
            for name in names:
                self.assertEqual(row[name], self.expected(want, name), (target, name))
            left = [name for name in want if name not in row and want[name] != ""]
            self.assertEqual(left, [], target)
        return names

    def test_csv_says_what_json_says(self):
        columns, some = {}, 0
        for target in QUESTIONS + TABLES + THINGS:
            rows = self.json_rows(target)
            names = self.assert_table(target, rows)
            some += len(rows)
            self.assertEqual(columns.setdefault(target.partition("?")[0], names), names)
        self.assertGreater(some, 500)
        self.assertEqual(columns["/dealers"], columns["/organizations"])

    def test_ndjson_is_the_rows_themselves(self):
        for target in QUESTIONS:
            for more in ("", "limit=7"):
                reply = self.get(with_suffix(target, ".ndjson", more))
                self.assertEqual(reply["Content-Type"], "application/x-ndjson")
                want = json.loads(self.get(with_suffix(target, ".json", more)).body)["data"] if more else self.json_rows(target)
                self.assertEqual([json.loads(line) for line in reply.body.decode().splitlines()], want, target)
                self.assertTrue(not want or reply.body.endswith(b"\n"))
        whole = [json.loads(line) for line in self.get("/incidents.ndjson?detail=full&country=JP").body.splitlines()]
        self.assertEqual(whole, json.loads(self.get("/incidents.json?detail=full&country=JP&limit=50").body)["data"])

    def test_a_limit_makes_pages(self):
        for suffix in (".csv", ".ndjson"):
            found, url, pages = [], f"/incidents{suffix}?limit=10", 0
            while url:
                reply = self.get(url)
                self.assertIsNotNone(reply["Content-Length"])
                body = reply.body.decode()
                found += [r["id"] for r in rows_of(body)[1]] if suffix == ".csv" else [json.loads(x)["id"] for x in body.splitlines()]
                link = re.search(r'<([^>]*)>; rel="next"', reply["Link"])
                url, pages = link and link[1], pages + 1
            self.assertEqual(found, [row["id"] for row in self.json_rows("/incidents")])
            self.assertGreater(pages, 5)

    def test_of_what_is_there_already_nothing_is_sent(self):
        tags = set()
        for target in ("/incidents.csv", "/incidents.csv?limit=25", "/incidents.csv?csv=excel", "/incidents.ndjson", "/incidents.csv?country=JP",
                       "/incidents.csv?csv=excel&limit=25", "/data-classes.csv", "/data-classes.csv?csv=excel"):
            reply = self.get(target)
            self.assertNotIn(reply["ETag"], tags, target)
            tags.add(reply["ETag"])
            self.assertEqual(self.get(target, 304, f"If-None-Match: {reply['ETag']}").body, b"")
            self.assertEqual(reply["X-Total-Count"], self.get(target.replace(".csv", ".json").replace(".ndjson", ".json"))["X-Total-Count"])
            head = self.d.get(target, method="HEAD")
            self.assertEqual((head.status, head["ETag"], head["X-Total-Count"]), (200, reply["ETag"], reply["X-Total-Count"]))
            self.assertRegex(reply["Content-Disposition"], r'^attachment; filename="breachd-(incidents|data-classes)-\d{4}-\d\d-\d\d\.(csv|ndjson)"$')
        same = {self.get(t)["ETag"] for t in ("/incidents.json", "/incidents.json?csv=excel", "/incidents.json?limit=25")}
        self.assertEqual(len(same), 1)

    def test_faults_are_problems(self):
        for target, status in (("/incidents.csv?contry=JP", 400), ("/incidents.ndjson?csv=exel", 400), ("/incidents.csv?limit=0", 400),
                               ("/actors.ndjson", 404), ("/about.csv", 404), ("/incidents/none/timeline.csv", 404)):
            reply = self.get(target, status, "Accept: application/json")
            self.assertEqual(reply["Content-Type"], "application/problem+json", target)
        self.get("/incidents", 406, "Accept: text/csv")  # Accept chooses among pages and JSON; a suffix names the others

    def test_for_spreadsheets_only_formulas_change(self):
        plain = self.get("/incidents.csv").body.decode()
        excel = self.get("/incidents.csv?csv=excel").body.decode()
        self.assertTrue(excel.startswith("\ufeff"))
        names, rows = rows_of(plain)
        self.assertEqual(rows_of(excel[1:])[0], names)
        guarded = 0
        for row, guard in zip(rows, rows_of(excel[1:])[1], strict=True):
            for name in names:
                risky = row[name][:1] in tuple("=+-@\t\r")
                self.assertEqual(guard[name], "'" + row[name] if risky else row[name], name)
                guarded += risky
        self.assertGreater(guarded, 6)

    @unittest.skipUnless(SOFFICE, "LibreOffice is not installed")
    def test_libreoffice_shows_the_same(self):
        folder = pathlib.Path(self.folder.name)
        (folder / "incidents.csv").write_bytes(self.get("/incidents.csv?csv=excel").body)
        subprocess.run([SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--infilter=CSV:44,34,76,1",
                        "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "--outdir", str(folder / "out"),
                        str(folder / "incidents.csv")], check=True, capture_output=True, timeout=240)
        _, ours = rows_of((folder / "incidents.csv").read_bytes().decode("utf-8-sig"))
        shown = list(csv.DictReader(io.StringIO((folder / "out/incidents.csv").read_text(encoding="utf-8"), newline="")))
        lines = re.compile(r"\r\n?|\n")
        for row, want in zip(shown, ours, strict=True):
            for name in ("id", "title", "summary", "organization_name", "status_note"):
                self.assertEqual(lines.sub("\n", row[name]), lines.sub("\n", want[name]), name)
        self.assertIn("東京トヨペット, 株式会社", [row["title"] for row in shown])
        self.assertIn("'" + FORMULA[0], [row["summary"] for row in shown])


def memory(pid):
    """Bytes that are the process's own."""
    text = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.search(r"RssAnon:\s+(\d+) kB", text)[1]) << 10


class Streaming(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        subprocess.run([os.environ["TEST_GENERATE"], "--incidents", "20000", "--output", str(folder / "made")], check=True,
                       stdout=subprocess.DEVNULL)
        cls.path = str(folder / "catalogue.db")
        subprocess.run([os.environ["TEST_BREACHCTL"], "import", "--output", cls.path, str(folder / "made")], env=daemon.environment(),
                       check=True, capture_output=True)
        cls.d = daemon.Daemon("--cache-size", "0", catalogue=cls.path)

    @classmethod
    def tearDownClass(cls):
        cls.d.close()
        cls.folder.cleanup()

    def streamed(self, target):
        """(lines, bytes, the most memory that the daemon had meanwhile above what it had before)"""
        before, most, ends, size, last = memory(self.d.process.pid), 0, 0, 0, b""
        with self.d.connect() as c:
            c.sendall(daemon.request(target, "Connection: close", version="HTTP/1.0"))
            while part := c.recv(1 << 20):
                ends, size, last = ends + part.count(b"\n"), size + len(part), part
                most = max(most, memory(self.d.process.pid) - before)
        self.assertTrue(last.endswith(b"\n"))
        return ends, size, most

    def test_memory_is_flat(self):
        total = int(self.d.get("/incidents.json?limit=1")["X-Total-Count"])
        self.d.get("/incidents.csv?country=JP")
        for target in ("/incidents.ndjson", "/incidents.csv", "/incidents.ndjson?sort=title", "/timeline.ndjson", "/incidents.csv?sort=-affected"):
            lines, size, most = self.streamed(target)
            self.assertGreaterEqual(lines, total, target)
            self.assertGreater(size, 12 << 20, target)
            if not daemon.sanitised():
                self.assertLess(most, 6 << 20, target)

    def test_every_order_holds_every_row_once(self):
        def ids(target):
            return [json.loads(line)["id"] for line in self.d.get(target).body.splitlines()]
        everyone = sorted(ids("/incidents.ndjson"))
        self.assertEqual(len(set(everyone)), len(everyone))
        for sort in ("date", "-affected", "affected", "-modified", "title"):
            found = ids(f"/incidents.ndjson?sort={sort}")
            self.assertEqual(sorted(found), everyone, sort)
            self.assertEqual(found[4090:4290], self.paged(f"/incidents.json?sort={sort}&limit=195", 22)[4090:4290], sort)

    def paged(self, url, pages):
        found = []
        for _ in range(pages):
            body = json.loads(self.d.get(url).body)
            found += [row["id"] for row in body["data"]]
            url = body["page"]["next"]
        return found

    def test_a_search_goes_on_where_it_was(self):
        found = [json.loads(line)["id"] for line in self.d.get("/incidents.ndjson?q=data").body.splitlines()]
        self.assertGreater(len(found), 300)
        self.assertEqual(found[:400], self.paged("/incidents.json?q=data&limit=200", 2))


if __name__ == "__main__":
    daemon.main()
