#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds what the daemon answers against the OpenAPI document that it gives: every route in every form, right and wrong requests,
on the bundled records and on records of another kind. Lints the document, and looks at what else leads to the service's description:
the catalogue of APIs, the maps of the site, schemas, and the reference, whose answers must be real.

Run by meson with TEST_BREACHCTL, TEST_BREACHD (the programs) and TEST_RECORDS (the bundled records).
"""
import html.parser
import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "blackbox"))

import daemon  # pylint: disable=wrong-import-position

ORIGIN = "https://breaches.example"
CONTACT = ("--contact", "mailto:desk@example.org", "--public-url", ORIGIN)
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

# What stands for arguments of paths in the bundled catalogue, good and bad.
IDS = {"/incidents/": ["2019-03-toyota-japan-sales-subsidiaries", "2024-06-cdk-global", "no-such-incident"],
       "/dealers/": ["tokyo-toyopet", "toyota-motor-corporation", "no-such-dealer"],
       "/organizations/": ["toyota-motor-corporation", "tokyo-toyopet", "no-such-organisation"],
       "/actors/": ["apt32", "no-such-actor"],
       "/datasets/": ["bundled", "no-such-dataset"],
       "/schemas/": ["incident.json", "organization.json", "answers.json", "no-such.json"]}

# Further queries, by the path before its suffix.
QUERIES = {"/incidents": ["q=toyota", "country=JP&facet=country,year,action,organization", "detail=full&limit=5",
                          "organization=toyota-motor-corporation&reach=all", "limit=3&sort=-affected", "status=withdrawn",
                          "q=toyota&sort=relevance", "year=1999"],
           "/dealers": ["sort=-incidents&limit=3", "country=JP"],
           "/organizations": ["q=toyota", "kind=automaker,vendor"],
           "/timeline": ["kind=lawsuit", "date=2019&match=certain", "limit=200"],
           "/statistics": [f"by={by}" for by in ("year", "country", "sector", "action", "data_class", "status", "exposure",
                                                 "dataset", "party_kind")] + ["country=XX"]}
WRONG = ["nonsense=1", "limit=0", "limit=1&limit=2", "country=Japan", "after=x"]

ODD = {"datasets": [{"id": "odd", "title": "Odd"}],
       "incidents": [{"id": "gone", "title": "Gone", "status": "withdrawn", "dataset": {"id": "odd"},
                      "withdrawn": {"at": "2026-01-31T12:00:00Z", "reason": "a mistake"},
                      "sources": [{"n": 1, "title": "A", "class": "press"}]},
                     {"id": "merged", "title": "Merged", "status": "confirmed", "merged_into": "bare",
                      "dataset": {"id": "odd"}, "sources": [{"n": 1, "title": "A", "class": "press"}]},
                     {"id": "bare", "title": "Bare", "status": "claimed", "dataset": {"id": "odd"},
                      "sources": [{"n": 1, "title": "A", "class": "press"}]}]}


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def expect(self, name, ok, detail=""):
        if ok:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {name}: {detail}")

    def run(self, name, *command, **env):
        """Runs COMMAND, which must succeed; a closing "N passed, N failed" is added up."""
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env={**os.environ, **env})
        counts = re.search(r"^(\d+) passed, (\d+) failed$", done.stdout, re.M)
        if counts:
            self.passed += int(counts[1])
            self.failed += int(counts[2])
        self.expect(name, done.returncode == 0, f"exit {done.returncode}\n{done.stdout[-6000:]}{done.stderr[-3000:]}")
        return done.stdout + done.stderr


def arguments(template):
    """TEMPLATE with ids in its place."""
    if "{" not in template:
        return [template]
    for folder, ids in IDS.items():
        if template.startswith(folder):
            return [re.sub(r"\{[^}]*\}", one, template, count=1) for one in ids]
    if template == "/sitemap-{part}.xml":
        return [f"/sitemap-{part}.xml" for part in ("pages", "incidents-1", "organizations-1", "incidents-2", "x")]
    return []  # files of pages are found on pages


def accepts(operation):
    """The Accept fields that lead to each form of an operation, and one that leads to none."""
    media = operation["responses"]["200"]["content"]
    return [*media, "image/png"] if "406" in operation["responses"] else ["*/*"]


def requests_of(template, operation):
    """(target, Accept) for a wide choice of requests."""
    for path in arguments(template):
        for accept in accepts(operation):
            yield path, accept
        for query in QUERIES.get(template.rsplit(".", 1)[0], []):
            yield f"{path}?{query}", accepts(operation)[0]
        for query in WRONG:
            yield f"{path}?{query}", "application/json"


def record(template, target, reply):
    return {"path": target, "template": template, "status": reply.status,
            "type": (reply["Content-Type"] or "").split(";")[0],
            "headers": {name.lower(): value for name, value in reply.headers}, "body": reply.body.decode("utf-8", "replace")}


def answers(served, document, wanted=lambda template: True):
    """What the daemon says to all of it; with a tag, to asking again too."""
    for template, item in document["paths"].items():
        if not wanted(template):
            continue
        for target, accept in requests_of(template, item["get"]):
            reply = served.get(target, f"Accept: {accept}")
            yield record(template, target, reply)
            if reply.status == 200 and reply["ETag"]:
                yield record(template, target, served.get(target, f"Accept: {accept}", f'If-None-Match: {reply["ETag"]}'))


# Requests that other answers follow from than those of sound ones: (template, status, method, header fields, query).
REFUSALS = [("/incidents.json", 405, "POST", (), ""),
            ("/incidents.json", 411, "POST", ("Transfer-Encoding: chunked",), ""),
            ("/incidents.json", 413, "POST", ("Content-Length: 1000000",), ""),
            ("/incidents.json", 414, "GET", (), "q=" + "a" * 8192),
            ("/incidents.json", 431, "GET", ("X: " + "a" * 12288,), ""),
            ("/incidents.json", 501, "get", (), ""),
            ("/catalogue.db", 206, "GET", ("Range: bytes=0-99",), ""),
            ("/catalogue.db", 412, "GET", ('If-Match: "another"',), ""),
            ("/catalogue.db", 416, "GET", ("Range: bytes=99999999999-",), "")]


def refusals(served, tally):
    for template, status, method, fields, query in REFUSALS:
        reply = served.get(f"{template}?{query}", *fields, method=method)
        tally.expect(f"{template} {method} {fields} is {status}", reply.status == status, f"{reply.status}")
        yield record(template, template, reply)
    with served.connect() as c:
        c.sendall(daemon.request("/incidents.json", version="HTTP/1.2"))
        reply = c.reply()
        tally.expect("HTTP/1.2 is 505", reply.status == 505, f"{reply.status}")
        yield record("/incidents.json", "/incidents.json", reply)


def crowded(tally):
    """The second request of one client, while the first, which has a body to come, is in flight."""
    with daemon.Daemon("--connections-per-address", "1", "--trusted-proxy", "127.0.0.1") as served, \
            served.connect() as first, served.connect() as second:
        client = "X-Forwarded-For: 192.0.2.9"
        first.sendall(daemon.request("/healthz", client, "Content-Length: 2", "Expect: 100-continue"))
        tally.expect("the first is in flight", first.reply().status == 100, "")
        second.sendall(daemon.request("/incidents.json", client))
        reply = second.reply()
        tally.expect("the second is 429", reply.status == 429, f"{reply.status}")
        yield record("/incidents.json", "/incidents.json", reply)


def validate(work, name, document, found, tally):
    (work / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    lines = list(found)
    (work / "answers").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    tally.run(name, "node", str(ROOT / "tests/schema/openapi.mjs"), str(work / "openapi.json"), str(work / "answers"))
    return lines


def parse(served, target):
    return json.loads(served.get(target).body)


def routes():
    """The rows of the route table, as they stand in the sources: (path, formats, query)."""
    text = (ROOT / "server/routes.c").read_text(encoding="utf-8")
    return re.findall(r'^    \{"(/[^"]*)", ([A-Z0-9_| ]+), (QUERY_\w+)', text, re.M)


def suffixes():
    """Suffixes by format, as the router has them."""
    text = (ROOT / "server/router.c").read_text(encoding="utf-8")
    return dict(re.findall(r'\[FORMAT_(\w+)\] = \{"([^"]*)"', text))


def check_routes(document, tally):
    """Every route is there in each of its forms, and nothing else; and every parameter that it takes."""
    wanted = set()
    for path, formats, _ in routes():
        names = [] if formats.strip() == "0" else re.findall(r"\w+", formats)
        wanted.add(path)
        stem = "/index" if path == "/" else path
        wanted |= {stem + suffixes()[name] for name in names if suffixes()[name]}
    tally.expect("routes of the document", set(document["paths"]) == wanted,
                 f"not alike: {set(document['paths']) ^ wanted}")
    tally.expect("routes", len(wanted) > 40, f"{len(wanted)}")


def check_parameters(served, document, tally):
    """A parameter that is missing would be known to the service, which names the nearest right one to a slip."""
    for path, _, query in routes():
        if query == "QUERY_PLAIN":
            continue
        told = {p["$ref"].rsplit(".", 1)[1] for p in document["paths"][path]["get"]["parameters"] if "$ref" in p}
        table = (ROOT / "lib/query/params_table.c").read_text(encoding="utf-8")
        groups = re.search(rf"\[{query}\] = \{{(.*)\}},", table)[1]
        names = set()
        for group in re.findall(r"GROUP\((\w+)\)", groups):
            body = re.search(rf"struct param {group}\[\] = \{{(.*?)\}};", table, re.S)[1]
            names |= {name.lower() for name in re.findall(r"FILTER_(\w+)", body)} | set(re.findall(r'"(\w+)"', body))
        names = {"q" if name == "text" else name for name in names if name != "n"}
        tally.expect(f"parameters of {path}", told == names, f"{told ^ names}")
        for name in told:
            slip = served.get(f"{path}.json?{name}x=1")
            tally.expect(f"{path} knows {name}", slip.status == 400, f"{slip.status}")


def check_links(served, tally):
    """What a document says describes it does, and every schema is there."""
    for target in ("/index.json", "/incidents.json", "/incidents/2024-06-cdk-global.json", "/timeline.json", "/datasets/bundled.json"):
        link = served.get(target)["Link"]
        for rel in ("describedby", "service-desc", "service-doc", "license", "alternate", "canonical"):
            tally.expect(f'{target}: rel="{rel}"', f'rel="{rel}"' in link, link)
        for address in re.findall(r"<(/[^>]*)>", link):
            path, _, fragment = address.partition("#")
            reply = served.get(path)
            tally.expect(address, reply.status == 200, f"{reply.status}")
            place = json.loads(reply.body) if fragment else {}
            for part in fragment.split("/")[1:]:
                place = place.get(part, {})
            tally.expect(f"{address} is a schema", not fragment or "properties" in place, f"{place}")


def check_catalog(served, tally):
    reply = served.get("/.well-known/api-catalog", method="HEAD")
    tally.expect("api-catalog", 'rel="api-catalog"' in reply["Link"], reply["Link"])
    tally.expect("api-catalog's type", reply["Content-Type"].startswith("application/linkset+json"), reply["Content-Type"])
    context = parse(served, "/.well-known/api-catalog")["linkset"][0]
    tally.expect("anchor", context.pop("anchor") == f"{ORIGIN}/", "")
    tally.expect("relations", {"service-desc", "service-doc"} <= set(context), f"{set(context)}")
    for rel, targets in context.items():
        for target in targets:
            got = served.get(target["href"].removeprefix(ORIGIN))
            tally.expect(f"{rel} {target['href']}", target["href"].startswith(f"{ORIGIN}/") and got.status == 200, f"{got.status}")
            tally.expect(f"{rel}'s type", got["Content-Type"].split(";")[0] == target["type"].split(";")[0], target["type"])


def locations(body):
    root = xml.etree.ElementTree.fromstring(body)
    return root, [loc.text for loc in root.iter(f"{SITEMAP}loc")]


def check_sitemaps(served, tally):
    """Every address of every map answers 200, all records are there, and no robot is kept from any."""
    robots = served.get("/robots.txt").body.decode()
    tally.expect("robots.txt names the map", f"Sitemap: {ORIGIN}/sitemap.xml" in robots, robots)
    closed = [re.compile(re.escape(line.split(" ", 1)[1]).replace(r"\*", ".*").replace(r"\$", "$"))
              for line in robots.splitlines() if line.startswith("Disallow: ")]
    shut = ("/incidents?year=2019", "/incidents?after=x", "/incidents.csv", "/timeline.ndjson", "/catalogue.ndjson", "/catalogue.db",
            "/incidents.atom", "/organizations/toyota-motor-corporation.atom", "/timeline.ics",
            "/incidents/2024-06-cdk-global/timeline.ics")
    open_ones = ("/", "/incidents", "/incidents.json", "/incidents/2024-06-cdk-global.json", "/openapi.json", "/api", "/favicon.svg")
    for target in shut + open_ones:
        tally.expect(f"robots and {target}", any(rule.match(target) for rule in closed) == (target in shut), robots)
    _, files = locations(served.get("/sitemap.xml").body)
    seen = set()
    for file in files:
        root, urls = locations(served.get(file.removeprefix(ORIGIN)).body)
        tally.expect(f"{file} is a map", root.tag == f"{SITEMAP}urlset" and 0 < len(urls) <= 50000, root.tag)
        tally.expect(f"{file} has addresses once", not seen & set(urls), f"{seen & set(urls)}")
        seen |= set(urls)
    for url in sorted(seen):
        target = url.removeprefix(ORIGIN)
        tally.expect(f"{url} is whole", url.startswith(f"{ORIGIN}/"), url)
        tally.expect(f"robots may see {url}", not any(rule.match(target) for rule in closed), robots)
        reply = served.get(target)
        tally.expect(url, reply.status == 200, f"{reply.status}")
    for listed in ("incidents", "organizations"):
        rows = parse(served, f"/{listed}.json?limit=200")
        missing = [row["html_url"] for row in rows["data"] if ORIGIN + row["html_url"] not in seen]
        tally.expect(f"all {listed} are in the maps", rows["total"] == len(rows["data"]) and not missing, f"{missing}")


class Reference(html.parser.HTMLParser):
    """Commands and answers of /api, in order, ids and addresses."""

    def __init__(self, text):
        super().__init__()
        self.commands, self.ids, self.hrefs, self.kind = [], [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "a":
            self.hrefs.append(attrs["href"])
        if tag == "pre":
            self.kind = attrs["class"]
            if self.kind == "command":
                self.commands.append(["", ""])

    def handle_endtag(self, tag):
        if tag == "pre":
            self.kind = None

    def handle_data(self, data):
        if self.kind:
            self.commands[-1][self.kind == "answer"] += data


def sketch(text):
    """The rule for a text that is shown in part: whatever "…" stands for may be there."""
    parts = [re.escape(part) for part in re.sub(r"\s+", "", text).split("…")]
    return re.compile(".*?".join(parts), re.S)


def check_reference(served, document, tally):
    page = Reference(served.get("/api").body.decode())
    tally.expect("ids of /api are unique", len(page.ids) == len(set(page.ids)), "")
    shown = 0
    for command, answer in page.commands:
        target = re.fullmatch(rf"curl -s '{ORIGIN}(/\S*)'", command)
        tally.expect(f"{command!r}", target, "")
        if not target or not answer:
            continue
        shown += 1
        real = re.sub(r"\s+", "", served.get(target[1]).body.decode())
        tally.expect(f"answer of {target[1]}", sketch(answer).match(real), answer[:300])
    tally.expect("answers shown", shown >= 16, f"{shown}")
    about = Reference(served.get("/about").body.decode()).ids
    for href in set(page.hrefs):
        path, _, fragment = href.partition("#")
        if href.startswith("mailto:"):
            continue
        if not path:
            tally.expect(href, fragment in page.ids, "")
        elif path == "/about" and fragment:
            tally.expect(href, fragment in about, "")
        else:
            tally.expect(href, served.get(path).status == 200, "")
    for path in document["paths"]:
        text = re.sub(r"\.json$", "", path) if path not in ("/openapi.json", "/index.json") else path
        anchor = re.sub(r"[^a-zA-Z0-9]+", "-", text).strip("-") or "overview"
        if "." not in text:
            tally.expect(f"{path} has a place on /api", anchor in page.ids, anchor)


def check_words(document, tally):
    """Words of closed lists in parameters are those of schemas."""
    names = {"role": "role", "party_kind": "org_kind", "action": "action", "data_class": "data_class", "status": "status",
             "exposure": "exposure", "source_class": "source_class", "unit": "unit"}
    schemas, parameters = document["components"]["schemas"], document["components"]["parameters"]
    for name, schema in names.items():
        told = parameters[f"incidents.{name}"]["schema"]
        words = [word for word in told.get("items", told)["enum"] if word not in ("none", "any")]
        tally.expect(f"words of {name}", [word for word in schemas[schema]["enum"] if word in words] == words,
                     f"{words} / {schemas[schema]['enum']}")


def lint(work, tally):
    redocly = ROOT / "tests/node_modules/.bin/redocly"
    said = tally.run("redocly lint", str(redocly), "lint", "--config", str(ROOT / "tests/schema/redocly.yaml"), "--format=stylish",
                     str(work / "openapi.json"), REDOCLY_TELEMETRY="off", REDOCLY_SUPPRESS_UPDATE_NOTICE="true")
    tally.expect("redocly warns of nothing", "warning" not in said.lower(), said)


def bundled(work, tally):
    with daemon.Daemon(*CONTACT) as served:
        document = parse(served, "/openapi.json")
        check_routes(document, tally)
        check_parameters(served, document, tally)
        lines = validate(work, "answers by the document", document,
                         itertools.chain(answers(served, document), refusals(served, tally), crowded(tally)), tally)
        lint(work, tally)
        check_words(document, tally)
        check_links(served, tally)
        check_catalog(served, tally)
        check_sitemaps(served, tally)
        check_reference(served, document, tally)
    for status in (200, 304, 307, 400, 404, 406):
        tally.expect(f"some answers are {status}", any(line["status"] == status for line in lines), "")
    with daemon.Daemon("--base-path", "/b", *CONTACT) as served:
        tally.expect("server under a prefix", parse(served, "/b/openapi.json")["servers"] == [{"url": f"{ORIGIN}/b"}], "")
    return len(lines)


def odd(work, tally):
    """What the bundled records have not: withdrawn and merged ones; and almost nothing else."""
    (work / "odd.json").write_text(json.dumps(ODD), encoding="utf-8")
    tally.run("import", os.environ["TEST_BREACHCTL"], "import", "--output", str(work / "odd.db"), str(work / "odd.json"))
    IDS.update({"/incidents/": ["gone", "merged", "bare"], "/datasets/": ["odd"]})
    with daemon.Daemon(*CONTACT, catalogue=str(work / "odd.db")) as served:
        document = parse(served, "/openapi.json")
        lines = validate(work, "answers of odd records", document, answers(served, document), tally)
        check_reference_of_little(served, tally)
    for status in (308, 410):
        tally.expect(f"some answers are {status}", any(line["status"] == status for line in lines), "")
    return len(lines)


def check_reference_of_little(served, tally):
    text = served.get("/api").body.decode()
    tally.expect("/api says that there is nothing", "none yet" in text, "")
    tally.expect("/api shows no failure", not re.search(r"service, status [45]", text), "")


def main():
    tally = Tally()
    with tempfile.TemporaryDirectory() as work:
        n = bundled(pathlib.Path(work), tally) + odd(pathlib.Path(work), tally)
    print(f"{n} answers")
    print(f"{tally.passed} passed, {tally.failed} failed")
    return tally.failed > 0 or tally.passed == 0


if __name__ == "__main__":
    sys.exit(main())
