# SPDX-License-Identifier: MIT
"""What all sections of the benchmark share: programs, catalogues, the running daemon, and what machine this is."""
import collections
import contextlib
import hashlib
import http.client
import os
import pathlib
import platform
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEED = 1
SMALL = 10_000


def say(text):
    print(text, file=sys.stderr, flush=True)


def limit(name):
    """A number of lib/util/limits.h."""
    found = re.search(rf"#define {name}\s+(?:\\\s+)?\(?(\d+)u?(?: << (\d+))?", (ROOT / "lib/util/limits.h").read_text())
    return int(found[1]) << int(found[2] or 0)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(port, process, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.002)
    sys.exit(f"{process.args[0]} does not listen on port {port}")


@contextlib.contextmanager
def serving(command, port, **more):
    """COMMAND while it listens on PORT."""
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, **more)
    try:
        wait_for(port, process)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def get(port, target, headers=None):
    """(status, [(name, value)], body)"""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", target, headers=headers or {})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, response.getheaders(), body


def memory(pid):
    """Bytes that are the process's own: mapped pages of files are the system's to take back."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"RssAnon:\s+(\d+) kB", status)
    return int(found[1]) * 1024 if found else 0 # it has ended


class Watch(threading.Thread):
    """The highest memory of a process, looked at until it is told to stop."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.peak, self.over = pid, 0, threading.Event()

    def run(self):
        while not self.over.wait(0.05):
            with contextlib.suppress(OSError): # it has ended
                self.peak = max(self.peak, memory(self.pid))

    def stop(self):
        self.over.set()
        self.join()
        return self.peak


Run = collections.namedtuple("Run", "seconds cpu peak own")  # own: peak without mapped files


def timed(command, **more):
    """The Run of COMMAND; it must end well."""
    start = time.monotonic()
    child = subprocess.Popen([str(part) for part in command], **more)
    watch = Watch(child.pid)
    watch.start()
    _, status, usage = os.wait4(child.pid, 0)
    seconds, own = time.monotonic() - start, watch.stop()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit {child.returncode}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, own)


class World:
    """Numbers come from the environment: INCIDENTS, RUNS, QUERIES, LONG_RUNS, TURNS, SECONDS."""

    def __init__(self, build, folder):
        self.build, self.folder = pathlib.Path(build), pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.large = int(os.environ.get("INCIDENTS", 1_000_000))
        self.runs = int(os.environ.get("RUNS", 5))
        self.long_runs = int(os.environ.get("LONG_RUNS", self.runs))
        self.queries = int(os.environ.get("QUERIES", 2000))
        self.turns = int(os.environ.get("TURNS", 15))
        self.seconds = int(os.environ.get("SECONDS", 1))
        self.breachd, self.breachctl = self.build / "server/breachd", self.build / "server/breachctl"
        self.digests, self.warmed = None, set()
        self.help = subprocess.run([self.breachd, "--help"], capture_output=True, text=True, check=True).stdout

    def program(self, name):
        return self.build / "tests/bench" / name

    def sample(self):
        """Digests of a small input and of its catalogue: both programs make the same of the same, so what is there already can be used
        again while these stay as they are."""
        if not self.digests:
            with tempfile.TemporaryDirectory(dir=self.folder) as folder:
                source, catalogue = pathlib.Path(folder) / "input", pathlib.Path(folder) / "catalogue.db"
                self.generate(300, source)
                self.build_catalogue(source, catalogue)
                bytes_of = [b"".join(path.read_bytes() for path in sorted(source.iterdir())), catalogue.read_bytes()]
                self.digests = [hashlib.sha256(found).hexdigest()[:12] for found in bytes_of]
        return self.digests

    def generate(self, incidents, folder):
        subprocess.run([self.program("generate"), "--incidents", str(incidents), "--seed", str(SEED), "--output", folder], check=True)

    def build_catalogue(self, source, output):
        subprocess.run([self.breachctl, "import", "--output", output, source], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def made(self, name, incidents, digest, make):
        """The path of what MAKE makes, made only where it is not there; older ones are removed."""
        path = self.folder / f"{incidents}-{digest}.{name}"
        if not path.exists():
            for old in self.folder.glob(f"{incidents}-*.{name}"):
                shutil.rmtree(old) if old.is_dir() else old.unlink()
            say(f"making {name} of {incidents} incidents")
            making = self.folder / f"making.{name}"
            make(making)
            making.rename(path)
        return path

    def input(self, incidents):
        """The folder of made-up input."""
        return self.made("input", incidents, self.sample()[0], lambda path: self.generate(incidents, path))

    def keep(self, incidents, built):
        """Takes BUILT for the catalogue of that many incidents."""
        self.made("db", incidents, self.sample()[1], built.rename)
        built.unlink(missing_ok=True)

    def catalogue(self, incidents):
        source = self.input(incidents)
        path = self.made("db", incidents, self.sample()[1], lambda path: self.build_catalogue(source, path))
        if path not in self.warmed:
            self.warmed.add(path)
            with path.open("rb") as file:  # into memory
                while file.read(1 << 24):
                    pass
        return path

    def sql(self, incidents, statement):
        """Rows of the catalogue, by Python; for what is not measured."""
        with contextlib.closing(sqlite3.connect(f"file:{self.catalogue(incidents)}?mode=ro&immutable=1", uri=True)) as db:
            return db.execute(statement).fetchall()

    def daemon_command(self, incidents, port):
        log = ["--access-log", str(self.folder / "access.log")] if "--access-log" in self.help else []
        return [self.breachd, "--catalogue", self.catalogue(incidents), "--listen", f"127.0.0.1:{port}", *log]

    @contextlib.contextmanager
    def daemon(self, incidents):
        """(port, process)"""
        port = free_port()
        errors = subprocess.DEVNULL if "--access-log" in self.help else (self.folder / "access.log").open("w")
        with serving(self.daemon_command(incidents, port), port, stderr=errors) as process:
            yield port, process


def output_of(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip().splitlines()


def machine(world):
    """Lines that say what the figures are from."""
    cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory_size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    release = re.search(r'PRETTY_NAME="(.*)"', pathlib.Path("/etc/os-release").read_text())
    version = output_of([world.breachd, "--version"])
    revision = output_of(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"])
    return [f"{cpu[1] if cpu else platform.machine()}, {os.cpu_count()} cores, {memory_size / 2**30:.0f} GiB, "
            f"Linux {platform.release()}, {release[1] if release else 'unknown'}",
            f"{', '.join(version)}, revision {revision[0] if revision else 'unknown'}; "
            f"{output_of(['nginx', '-v'])[0]}; {output_of(['wrk', '-v'])[0].split('[')[0].strip()}; "
            f"sqlite3 {output_of(['sqlite3', '--version'])[0].split()[0]}",
            f"{world.large} and {SMALL} made-up incidents, seed {SEED}; medians of {world.runs} runs in turns"]
