# SPDX-License-Identifier: MIT
"""What was answered before: wrk with 64 connections (drive.c where
there is no body) drives the daemon, the minimal libmicrohttpd program and nginx, in turns, each
with the same bytes and headers, which are those that the daemon was seen to send. The daemon and nginx write their access logs to files."""
import contextlib
import json
import os
import re
import subprocess

from table import median
from world import free_port, get, say, serving

CONNECTIONS = 64
OWN_HEADERS = {"date", "content-length", "connection"}  # every server adds these itself

NGINX = """
{user} daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log stderr crit;
events {{ worker_connections 4096; }}
http {{
  access_log {folder}/nginx.log combined buffer=64k flush=5s; sendfile on; tcp_nopush on; keepalive_requests 100000000;
  open_file_cache max=100; types {{ }} server_tokens off;
  geo $dollar {{ default "$"; }}  # there is no other way to say one
  client_body_temp_path {folder}/t; proxy_temp_path {folder}/t; fastcgi_temp_path {folder}/t;
  uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;
{servers}
}}
"""
# nginx answers 304 only by a tag of its own making.
NGINX_SERVER = """  server {{
    listen 127.0.0.1:{port}; root {root}; default_type "{type}"; etag {etag}; gzip_static {gzip};
    {headers}
  }}"""


def incident_of_4_kb(port):
    """The address of the incident of the newest 200 whose JSON is nearest to 4,096 bytes."""
    rows = json.loads(get(port, "/incidents.json?limit=200")[2])["data"]
    return min((row["url"] for row in rows), key=lambda url: abs(len(get(port, url)[2]) - 4096))


class Case:
    """One answer as the daemon gives it: what to ask, and the files that the other servers are made of."""

    def __init__(self, world, port, name, target, headers, not_modified=False):
        self.name, self.target, self.headers = name, target, dict(headers)
        _, found, self.body = get(port, target, headers)
        found = [(n, v) for n, v in found if n.lower() not in OWN_HEADERS]
        self.fields = {n.lower(): v for n, v in found}
        self.gzip = self.fields.get("content-encoding") == "gzip"
        self.status = 200
        if not_modified:
            self.headers["If-None-Match"] = self.fields["etag"]
            self.status, found, _ = get(port, target, self.headers)
            found = [(n, v) for n, v in found if n.lower() not in OWN_HEADERS]
        self.found = found
        self.folder = world.folder / "serving" / name.replace(" ", "-")
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "headers").write_text("".join(f"{n}: {v}\n" for n, v in found))
        (self.folder / "body").write_bytes(self.body)
        (self.folder / "body.gz").write_bytes(self.body)  # what gzip_static sends when gzip is accepted

    def minimal(self, world, port):
        return [world.program("minimal"), port, self.status, self.folder / "headers", self.folder / "body"]

    def nginx(self, port):
        own = {"content-type"} | ({"content-encoding"} if self.gzip else set()) | ({"etag"} if self.status == 304 else set())
        value = {n: v.replace("\\", "\\\\").replace('"', '\\"').replace("$", "${dollar}") for n, v in self.found}
        headers = [f'add_header {n} "{v}" always;' for n, v in value.items() if n.lower() not in own]
        if "last-modified" not in self.fields:
            headers.append('add_header Last-Modified "";')
        return NGINX_SERVER.format(port=port, root=self.folder, type=self.fields["content-type"],
                                   etag="on" if self.status == 304 else "off", gzip="on" if self.gzip else "off",
                                   headers="\n    ".join(headers))


def drive(world, port, target, headers):
    """Answers a second of what has no body; wrk cannot."""
    lines = [f"GET {target} HTTP/1.1", f"Host: 127.0.0.1:{port}", *(f"{n}: {v}" for n, v in headers.items()), "", ""]
    done = subprocess.run([world.program("drive"), str(port), str(CONNECTIONS), str(world.seconds)], input="\r\n".join(lines),
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"drive, port {port}: {done.stderr}")
    return float(done.stdout)


def wrk(world, port, target, headers):
    command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{world.seconds}s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    done = subprocess.run([*command, f"http://127.0.0.1:{port}{target}"], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in done or "Socket errors" in done:
        say(f"port {port} {target}:\n{done}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done)[1])


def check_same(case, port, target, headers, who):
    """A server that answers something else is no comparison."""
    status, found, body = get(port, target, headers)
    fields = {n.lower(): v for n, v in found}
    if status != case.status or (status == 200 and body != case.body):
        raise SystemExit(f"{who} answers {case.name} with {status} and {len(body)} bytes; expected {case.status}")
    missing = [n for n, _ in case.found if n.lower() not in fields]
    if missing and status == 200:
        raise SystemExit(f"{who} answers {case.name} without {missing}")


def cases_of(world, port):
    url = incident_of_4_kb(port)
    page = {"Accept-Encoding": "gzip"}
    return [Case(world, port, "incident JSON", url, {}),
            Case(world, port, "list page JSON", "/incidents.json", {}),
            Case(world, port, "HTML page", "/incidents", {"Accept": "text/html", **page}),
            Case(world, port, "304", url, {}, not_modified=True)]


def measure_case(world, table, case, ports, bars):
    daemon, minimal, nginx = ports
    nginx_headers = dict(case.headers)
    if case.status == 304:
        nginx_headers["If-None-Match"] = dict(get(nginx, "/body")[1])["ETag"]
    asks = {"daemon": (daemon, case.target, case.headers), "minimal": (minimal, case.target, case.headers),
            "nginx": (nginx, "/body", nginx_headers)}
    for who, (port, target, headers) in asks.items():
        check_same(case, port, target, headers, who)
    rates = {who: [] for who in asks}
    for _ in range(world.turns):
        for who, (port, target, headers) in asks.items():
            rates[who].append((drive if case.status == 304 else wrk)(world, port, target, headers))
    rate = {who: median(found) for who, found in rates.items()}
    # A machine is not as fast all the time: what counts is who was faster within a turn.
    against = {who: median(ours / theirs for ours, theirs in zip(rates["daemon"], rates[who])) for who in ("minimal", "nginx")}
    size = f"{case.name}, {len(case.body)} bytes{' gzip' if case.gzip else ''}" if case.status == 200 else case.name
    figures = f"{rate['daemon']:,.0f} against {{:,.0f}} requests/s"
    table.at_least(f"{size}, against minimal", figures.format(rate["minimal"]), against["minimal"], 0.9)
    if bars:
        table.at_least(f"{size}, against nginx", figures.format(rate["nginx"]), against["nginx"], 1.0)
    else:
        table.add(f"{size}, against nginx", figures.format(rate["nginx"]), against["nginx"], "reported")


def measure(world, table):
    with world.daemon(world.large) as (port, _), contextlib.ExitStack() as running:
        cases = cases_of(world, port)
        ports = [(port, free_port(), free_port()) for _ in cases]
        servers = "\n".join(case.nginx(nginx) for case, (_, _, nginx) in zip(cases, ports))
        configuration = world.folder / "nginx.conf"
        configuration.write_text(NGINX.format(folder=world.folder, servers=servers, user="user root;" if os.geteuid() == 0 else ""))
        running.enter_context(serving(["nginx", "-c", configuration], ports[0][2]))
        for case, (_, minimal, _) in zip(cases, ports):
            running.enter_context(serving(case.minimal(world, minimal), minimal))
        for case, found in zip(cases, ports):
            measure_case(world, table, case, found, case.name == "incident JSON")
