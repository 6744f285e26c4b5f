# SPDX-License-Identifier: MIT
"""Follows every address that a service gives out, in pages, data, feeds, style sheets and header fields, and looks whether it is
one that a client can use: of the origin that it was asked at, beneath the prefix, and answered.

Formats are told by their media type, so what is new is found without a word here.
"""
import csv
import html
import http.client
import io
import json
import re
import urllib.parse
import xml.etree.ElementTree

PATIENCE = 30

# Of one resource with the same one parameter, or the same two, so many are asked for; more only combine what these show.
SAMPLES = {1: 6, 2: 1}
PAGING = {"after", "before"}

# What stands in these places is of this service, whatever else a page links to.
OWN_RELATIONS = {"alternate", "canonical", "describedby", "first", "icon", "next", "prev", "search", "self", "service-desc",
                 "service-doc", "stylesheet"}


class Reference:
    """An address, as found; OWN: it has to be of this service."""

    def __init__(self, url, own, where):
        self.url, self.own, self.where = url.strip(), own, where


ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
PLACES = ("href", "src", "action", "srcset", "data", "poster", "formaction", "cite", "xlink:href")


def in_page(body):
    """Pages of ours are well-formed, with every value quoted, which other tests see to."""
    for tag, inside in re.findall(r'<([a-z][a-z0-9]*)\s((?:[^<>"]|"[^"]*")*)>', body.decode()):
        attrs = dict(ATTRIBUTE.findall(inside))
        own = tag not in ("a", "blockquote", "q", "link") or bool(set(attrs.get("rel", "").split()) & OWN_RELATIONS)
        for name in PLACES:
            if name in attrs:
                yield Reference(html.unescape(attrs[name]), own, f"<{tag} {name}>")
        if attrs.get("property", attrs.get("name", "")).endswith(":url"):
            yield Reference(html.unescape(attrs.get("content", "")), True, "<meta>")


def in_style(body):
    for url in re.findall(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""", body.decode()):
        url = "".join(url)
        if not url.startswith("data:"):
            yield Reference(url, True, "url()")


def in_value(value, where="$"):
    """Addresses of our own are paths; those of others are whole and stand for themselves."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield from in_value(member, f"{where}.{name}")
    elif isinstance(value, list):
        for member in value:
            yield from in_value(member, f"{where}[]")
    elif isinstance(value, str) and re.match(r"/(?!/)\S*$|https?://\S+$", value):
        yield Reference(value, where.startswith("$.servers"), where)


def in_json(body):
    document = json.loads(body)
    yield from in_value(document)
    if isinstance(document, dict) and "openapi" in document:
        base = document["servers"][0]["url"].rstrip("/")
        yield from (Reference(base + path, True, "paths") for path in document["paths"] if "{" not in path)


def in_lines(body):
    for line in body.splitlines():
        if line.strip():
            yield from in_value(json.loads(line))


def in_table(body):
    for row in csv.DictReader(io.StringIO(body.decode("utf-8-sig"))):
        for name, cell in row.items():
            if re.match(r"/(?!/)\S*$", cell or ""):
                yield Reference(cell, True, f"column {name}")


def in_xml(body):
    for element in xml.etree.ElementTree.fromstring(body).iter():
        name = element.tag.rsplit("}", 1)[-1]
        if "href" in element.attrib:
            own = element.get("rel", "alternate") in OWN_RELATIONS
            yield Reference(element.get("href"), own, f"<{name} href>")
        if name in ("loc", "logo", "icon", "uri") and element.text:
            yield Reference(element.text, name != "uri", f"<{name}>")


def in_calendar(body):
    text = re.sub(r"\r?\n[ \t]", "", body.decode())
    for name, url in re.findall(r"^(URL|SOURCE|IMAGE)(?:;[^:\r\n]*)?:(\S+)\r?$", text, re.M):
        yield Reference(url, name != "IMAGE", name)


def in_text(body):
    for url in re.findall(r"^(?:Sitemap|Canonical|Policy):\s*(\S+)", body.decode(), re.M | re.I):
        yield Reference(url, False, "text")


READERS = [
    (r"text/html$", in_page),
    (r"text/css$", in_style),
    (r"text/csv$", in_table),
    (r"text/calendar$", in_calendar),
    (r"text/plain$", in_text),
    (r"application/(x-)?nd?json(lines|-seq)?$", in_lines),
    (r"application/(.*\+)?json$", in_json),
    (r"(application|text|image)/(.*\+)?xml$", in_xml),
]


def in_fields(headers):
    for name, value in headers:
        if name.lower() in ("location", "content-location"):
            yield Reference(value, True, name)
        if name.lower() == "link":
            for url, parameters in re.findall(r"<([^>]*)>([^<]*)", value):
                relation = re.search(r'rel="([^"]*)"', parameters)
                own = bool(set((relation[1] if relation else "").split()) & OWN_RELATIONS)
                yield Reference(url, own, "Link")


class Crawl:
    """A crawl of what lies beneath ORIGIN + PREFIX ("" or "/b"); ALIENS: texts that may stand in no answer. MOST: of
    addresses with so many parameters, by their names, so many are followed."""

    def __init__(self, origin, prefix="", aliens=(), most=SAMPLES):
        self.origin, self.prefix, self.aliens = origin, prefix, [alien.encode() for alien in aliens]
        self.host = urllib.parse.urlsplit(origin).netloc
        self.connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        self.most = most
        self.waiting, self.seen, self.taken, self.samples = [], set(), set(), {}
        self.faults, self.types = [], {}
        self.asked = set()  # targets without the prefix

    def run(self, *starts):
        for start in starts or ("/",):
            self.want(self.prefix + start)
        while self.waiting:
            target = self.waiting.pop()
            self.asked.add(target.removeprefix(self.prefix))
            self.look(target)
        self.connection.close()
        return self

    def ask(self, target):
        self.connection.request("GET", target, headers={"Accept": "*/*"})
        reply = self.connection.getresponse()
        return reply.status, reply.getheaders(), reply.read()

    def look(self, target):
        status, headers, body = self.ask(target)
        media = dict((k.lower(), v) for k, v in headers).get("content-type", "").split(";")[0].strip().lower()
        self.types[media] = self.types.get(media, 0) + 1
        if status >= 400:
            self.faults.append(f"{target}: {status}")
            return
        for alien in self.aliens:
            if alien in body or any(alien in value.encode("latin-1") for _, value in headers):
                self.faults.append(f"{target}: has {alien.decode()}")
        for reference in [*in_fields(headers), *self.read(target, media, body)]:
            self.take(target, reference)

    def read(self, target, media, body):
        reader = next((read for pattern, read in READERS if re.match(pattern, media)), None)
        try:
            return list(reader(body)) if reader and body else []
        except (ValueError, KeyError, xml.etree.ElementTree.ParseError) as e:
            self.faults.append(f"{target}: not {media}: {e}")
            return []

    def take(self, page, reference):
        """What is of this service is asked for later; what should be and is not is a fault."""
        known = (reference.url, reference.own)
        if reference.url.startswith("/"):  # the same on every page
            if known in self.taken:
                return
            self.taken.add(known)
        url = urllib.parse.urlsplit(urllib.parse.urljoin(self.origin + page, reference.url))
        if url.scheme not in ("http", "https"):
            if reference.own:
                self.faults.append(f"{page}: {reference.where} is {reference.url}")
            return
        if f"{url.scheme}://{url.netloc}" != self.origin:
            if reference.own or url.hostname in (None, "localhost", "127.0.0.1", "::1"):
                self.faults.append(f"{page}: {reference.where} leads elsewhere: {reference.url}")
            return
        if not f"{url.path}/".startswith(self.prefix + "/"):  # an address of the service itself may end without a slash
            self.faults.append(f"{page}: {reference.where} lacks the prefix: {reference.url}")
            return
        self.want(url.path + ("?" + url.query if url.query else ""))

    def want(self, target):
        if target in self.seen:
            return
        self.seen.add(target)
        path, _, query = target.partition("?")
        names = {name for name, _ in urllib.parse.parse_qsl(query, keep_blank_values=True)}
        filters = names - PAGING  # pages are turned to the end
        if filters:
            kind = (re.sub(r"(?<=/)[^/.]*-[^/.]*", "*", path), *sorted(names))
            self.samples[kind] = self.samples.get(kind, 0) + 1
            if self.samples[kind] > self.most.get(len(filters), 0):
                return
        self.waiting.append(target)
