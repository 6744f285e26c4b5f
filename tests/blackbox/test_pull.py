#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""breachctl pull, from the daemon's own /catalogue.db, from nginx with and without TLS, and over connections that break."""
import base64
import hashlib
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

import daemon
from daemon import Daemon

OLD, NEW = "2030-01-01T00:00:00Z", "2031-01-01T00:00:00Z"

NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/tmp; proxy_temp_path {folder}/tmp; fastcgi_temp_path {folder}/tmp;
    uwsgi_temp_path {folder}/tmp; scgi_temp_path {folder}/tmp;
    gzip on; gzip_types *; gzip_min_length 1;
    root {folder}/www;
    server {{
        listen 127.0.0.1:{http};
        location /wrong/ {{ alias {folder}/www/; add_header Repr-Digest "sha-256=:{wrong}:"; }}
        location /right/ {{ alias {folder}/www/; add_header Content-Digest "md5=:AA==:, sha-256=:{right}:"; }}
        location /moved/ {{ rewrite ^/moved/(.*)$ /$1 redirect; }}
        location /round/ {{ return 302 /round/; }}
        location /elsewhere/ {{ return 302 ftp://127.0.0.1/catalogue.db; }}
        location /weak/ {{ alias {folder}/www/; etag off; add_header ETag 'W/"1"'; }}
        location /denied/ {{ return 403; }}
    }}
    server {{
        listen 127.0.0.1:{https} ssl;
        ssl_certificate {folder}/server.pem;
        ssl_certificate_key {folder}/server.key;
        location /down/ {{ return 302 http://127.0.0.1:{http}/catalogue.db; }}
    }}
}}
"""


def build(path, built):
    subprocess.run([os.environ["TEST_BREACHCTL"], "import", "--built", built, "--output", path,
                    os.environ["TEST_RECORDS"]], env=daemon.environment(), check=True, capture_output=True,
                   timeout=daemon.PATIENCE * 4)


def free_ports(n):
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(n)]
    ports = [s.getsockname()[1] for s in held]
    for s in held:
        s.close()
    return ports


def digest(path):
    return base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()


def openssl(*args):
    subprocess.run(["openssl", *map(str, args)], check=True, capture_output=True, timeout=daemon.PATIENCE)


def certify(folder):
    """An authority of our own, and a certificate by it for 127.0.0.1."""
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", 2, "-subj", "/CN=test authority",
            "-keyout", folder / "ca.key", "-out", folder / "ca.pem")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1",
            "-keyout", folder / "server.key", "-out", folder / "server.csr")
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1\n", encoding="ascii")
    openssl("x509", "-req", "-in", folder / "server.csr", "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key",
            "-CAcreateserial", "-days", 2, "-extfile", folder / "names", "-out", folder / "server.pem")


class Cutter(threading.Thread):
    """Passes bytes on to a server and back, and cuts each connection off after LIMIT bytes of reply."""

    def __init__(self, to, limit):
        super().__init__(daemon=True)
        self.to, self.limit = to, limit
        self.asked = []  # heads of requests
        self.hold = threading.Event()
        self.hold.set()
        self.server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.server.getsockname()[1]}"

    def run(self):
        while True:
            try:
                client = self.server.accept()[0]
            except OSError:
                return
            with client, socket.create_connection(("127.0.0.1", self.to)) as server:
                head = client.recv(1 << 16)
                self.asked.append(head.decode("latin-1"))
                self.hold.wait(daemon.PATIENCE)
                server.sendall(head.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
                self.pass_on(server, client, self.limit)

    @staticmethod
    def pass_on(server, client, left):
        try:
            while left and (piece := server.recv(min(left, 1 << 16))):
                client.sendall(piece)
                left -= len(piece)
        except OSError:  # the client was killed
            pass

    def close(self):
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()


class Saying(threading.Thread):
    """Sends REPLY to whoever asks, once."""

    def __init__(self, reply):
        super().__init__(daemon=True)
        self.reply = reply
        self.server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.server.getsockname()[1]}"

    def run(self):
        with self.server, self.server.accept()[0] as client:
            client.recv(1 << 16)
            client.sendall(self.reply)


class Pull(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = pathlib.Path(tempfile.mkdtemp(prefix="pull-"))
        cls.addClassCleanup(shutil.rmtree, cls.home)
        cls.old, cls.new, cls.www = cls.home / "old.db", cls.home / "new.db", cls.home / "www"
        cls.www.mkdir()
        build(cls.old, OLD)
        build(cls.new, NEW)
        certify(cls.home)
        http, https = free_ports(2)
        cls.http, cls.https = f"http://127.0.0.1:{http}", f"https://127.0.0.1:{https}"
        cls.ca = cls.home / "ca.pem"
        (cls.home / "nginx.conf").write_text(NGINX.format(
            folder=cls.home, http=http, https=https, right=digest(cls.new),
            wrong=digest(cls.ca)), encoding="ascii")
        os.chmod(cls.home, 0o755)  # for nginx's worker
        process = subprocess.Popen(["nginx", "-e", cls.home / "error.log", "-c", cls.home / "nginx.conf"],
                                   stderr=subprocess.DEVNULL)
        cls.addClassCleanup(process.wait)
        cls.addClassCleanup(process.terminate)
        end = time.monotonic() + daemon.PATIENCE
        while not cls.answers(http) and time.monotonic() < end:
            time.sleep(0.01)
        cls.daemon = Daemon(catalogue=str(cls.new))
        cls.addClassCleanup(cls.daemon.wait)
        cls.addClassCleanup(cls.daemon.signal, signal.SIGTERM)
        cls.served = cls.daemon.urls[0] + "/catalogue.db"

    @staticmethod
    def answers(port):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return True
        except OSError:
            return False

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pull-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.output = self.folder / "catalogue.db"
        self.part, self.notes = self.folder / ".catalogue.db.part", self.folder / ".catalogue.db.pull"
        self.published = int(time.time()) - 1000
        self.publish(self.new)

    def publish(self, source):
        shutil.copy(source, self.www / "next")
        os.chmod(self.www / "next", 0o644)
        os.utime(self.www / "next", (self.published, self.published))  # of which nginx makes its tags, to the second
        self.published += 1
        os.replace(self.www / "next", self.www / "catalogue.db")

    def pull(self, url, *args, status=0, **env):
        done = subprocess.run([os.environ["TEST_BREACHCTL"], "pull", url, "--output", self.output, *args],
                              env=daemon.environment(**env), stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=daemon.PATIENCE * 2, check=False)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stderr if status else done.stdout

    def refused(self, url, pattern, *args):
        """Fails with words, and leaves what was there, and nothing else, as it was."""
        before = {p.name: p.read_bytes() for p in self.folder.iterdir() if p != self.notes}
        self.assertRegex(self.pull(url, *args, status=1), pattern)
        self.assertEqual({p.name: p.read_bytes() for p in self.folder.iterdir() if p != self.notes}, before)

    def assert_taken(self, source):
        self.assertEqual(self.output.read_bytes(), source.read_bytes())
        self.assertEqual({p.name for p in self.folder.iterdir()} - {self.notes.name}, {"catalogue.db"})

    # --- what goes well

    def test_from_the_daemon(self):
        said = self.pull(self.served)
        self.assertRegex(said, rf"catalogue\.db: taken, id [0-9a-f]{{8}}, built {NEW}, \d+ bytes, digest right\n")
        self.assert_taken(self.new)
        stamp = self.output.stat().st_mtime_ns
        self.assertRegex(self.pull(self.served), r"catalogue\.db: unchanged\n")
        self.assertEqual(self.output.stat().st_mtime_ns, stamp)
        self.assertEqual(self.pull(self.served, "--quiet"), "")

    def test_what_is_here_by_other_ways_is_known_by_its_digest(self):
        shutil.copy(self.new, self.output)
        stamp = self.output.stat().st_ino
        self.assertRegex(self.pull(self.served), r"unchanged\n$")
        self.assertEqual(self.output.stat().st_ino, stamp)

    def test_a_file_that_others_replaced_is_not_taken_for_the_pulled_one(self):
        self.pull(self.http + "/catalogue.db")
        shutil.copy(self.old, self.folder / "x")
        os.replace(self.folder / "x", self.output)
        self.assertRegex(self.pull(self.http + "/catalogue.db"), "taken")
        self.assert_taken(self.new)

    def test_from_nginx(self):
        url = self.http + "/catalogue.db"
        self.assertRegex(self.pull(url), "bytes, no digest was sent\n$")
        self.assert_taken(self.new)
        self.assertRegex(self.pull(url + "?signature=secret"), r"unchanged\n$")
        self.assertNotIn("secret", self.notes.read_text(encoding="utf-8"))
        self.assertRegex(self.pull(self.http + "/right/catalogue.db"), r"unchanged\n$")
        self.output.unlink()
        self.assertRegex(self.pull(self.http + "/right/catalogue.db"), r"digest right\n$")

    def test_newer_replaces_older(self):
        shutil.copy(self.old, self.output)
        os.chmod(self.output, 0o640)
        self.pull(self.http + "/moved/catalogue.db")
        self.assert_taken(self.new)
        self.assertEqual(self.output.stat().st_mode & 0o777, 0o640)

    def test_tls(self):
        url = self.https + "/catalogue.db"
        self.refused(url, "certificate is not trusted; name its authority with --ca FILE")
        self.pull(url, "--ca", str(self.ca))
        self.assert_taken(self.new)
        self.pull(url, BREACHCTL_CA=str(self.ca))
        self.refused(self.https.replace("127.0.0.1", "localhost") + "/catalogue.db", "certificate|127.0.0.1",
                     "--ca", str(self.ca))

    # --- what is refused

    def test_older(self):
        shutil.copy(self.new, self.output)
        self.publish(self.old)
        url = self.http + "/catalogue.db"
        said = self.pull(url, status=1)
        self.assertRegex(said, rf"was built {OLD}, before .*catalogue\.db \({NEW}\); .*--allow-older")
        self.assertEqual(self.output.read_bytes(), self.new.read_bytes())
        size = self.old.stat().st_size
        self.assertRegex(self.pull(url, "--allow-older"), f"{size} bytes, {size - 1} of them from an earlier pull")
        self.assert_taken(self.old)

    def test_wrong_digest(self):
        shutil.copy(self.old, self.output)
        self.refused(self.http + "/wrong/catalogue.db", "has not the digest that the server names")

    def test_a_server_does_not_drive_the_terminal(self):
        for field, pattern in (("Content-Encoding: \x1b]0;x\x07\x9b2Jbr", r"is sent as \?\]0;x\?{3}2Jbr, though"),
                               ("Repr-Digest: sha-256=:\x1b[2J:", r"not \?\[2J\)")):
            server = Saying(f"HTTP/1.1 200 OK\r\n{field}\r\nContent-Length: 3\r\n\r\nabc".encode("utf-8"))
            server.start()
            self.refused(server.url + "/catalogue.db", pattern)
            server.join()

    def test_too_large(self):
        size = self.new.stat().st_size
        self.refused(self.http + "/catalogue.db", f"is larger than {size - 1} bytes; .*--max-size",
                     "--max-size", str(size - 1))
        self.refused(self.served, "is larger than 1024 bytes", "--max-size", "1K")
        self.pull(self.http + "/catalogue.db", "--max-size", str(size))

    def test_not_a_sound_catalogue(self):
        whole = bytearray(self.new.read_bytes())
        shutil.copy(self.old, self.output)
        flipped = whole.copy()
        for at in range(4096 * 20, len(flipped), 4096):
            flipped[at + 17] ^= 0x40
        bad = {"flipped": bytes(flipped), "cut": bytes(whole[:len(whole) // 2]), "empty": b"", "a page": b"<html>" * 99,
               "another schema": bytes(whole[:60] + b"\x00\x00\x00\x63" + whole[64:])}
        for name, content in bad.items():
            with self.subTest(name):
                (self.home / "bad").write_bytes(content)
                self.publish(self.home / "bad")
                self.refused(self.http + "/catalogue.db", "what it sends cannot be served: .*; have it published again")

    def test_addresses(self):
        for path, words in {"/nothing": "answered 404: nothing is there; check the path",
                            "/denied/": "answered 403: ", "/round/": "one redirect leads to the next",
                            "/elsewhere/": "leads to what is no http or https address"}.items():
            with self.subTest(path):
                self.refused(self.http + path, re.escape(f"breachctl: {self.http}{path}: ") + ".*" + words)
        self.refused(self.https + "/down/", "leads from https to where nothing is protected", "--ca", str(self.ca))
        self.refused(f"http://127.0.0.1:{free_ports(1)[0]}/x", "check host and port")
        for url in ("ftp://127.0.0.1/x", "file:///etc/passwd", "http://me:pw@127.0.0.1/x", "catalogue.db", "http://a b/"):
            with self.subTest(url):
                said = self.pull(url, status=2)
                self.assertIn("is no address to pull from", said)
                self.assertNotIn("pw", said)
        self.assertIn("no size", self.pull(self.served, "--max-size", "1X", status=2))

    # --- connections that break

    def cutter(self, url, limit):
        cutter = Cutter(int(url.rsplit(":", 1)[1]), limit)
        cutter.start()
        self.addCleanup(cutter.close)
        return cutter

    def test_a_cut_download_goes_on(self):
        for server in (self.daemon.urls[0], self.http):
            with self.subTest(server):
                self.output.unlink(missing_ok=True)
                cutter = self.cutter(server, 200_000)
                url = cutter.url + "/catalogue.db"
                self.assertRegex(self.pull(url, status=1), "the connection ended early")
                self.assertFalse(self.output.exists())
                first = self.part.stat().st_size
                self.assertGreater(first, 190_000)
                self.assertNotIn("Range", cutter.asked[0])
                cutter.limit = 1 << 30
                self.assertRegex(self.pull(url), f"{first - 1} of them from an earlier pull")
                self.assertIn(f"Range: bytes={first - 1}-\r\n", cutter.asked[1])
                self.assertIn('If-Range: "', cutter.asked[1])
                self.assert_taken(self.new)

    def test_a_cut_download_of_what_has_changed_begins_anew(self):
        self.publish(self.old)
        cutter = self.cutter(self.http, 200_000)
        self.pull(cutter.url + "/catalogue.db", status=1)
        self.publish(self.new)
        cutter.limit = 1 << 30
        self.assertNotIn("earlier pull", self.pull(cutter.url + "/catalogue.db"))
        self.assert_taken(self.new)

    def test_a_cut_download_without_a_strong_tag_is_not_kept(self):
        cutter = self.cutter(self.http, 200_000)
        self.refused(cutter.url + "/weak/catalogue.db", "the connection ended early")

    def test_a_part_that_was_tampered_with_is_found_out(self):
        cutter = self.cutter(self.daemon.urls[0], 200_000)
        url = cutter.url + "/catalogue.db"
        self.pull(url, status=1)
        self.part.write_bytes(b"x" * self.part.stat().st_size)
        cutter.limit = 1 << 30
        self.assertRegex(self.pull(url, status=1), "has not the digest")
        self.assertFalse(self.part.exists())
        self.pull(url)
        self.assert_taken(self.new)

    def test_two_at_once(self):
        cutter = self.cutter(self.http, 1 << 30)
        cutter.hold.clear()
        first = subprocess.Popen([os.environ["TEST_BREACHCTL"], "pull", cutter.url + "/catalogue.db", "--output",
                                  self.output], env=daemon.environment(), stdout=subprocess.PIPE, text=True)
        end = time.monotonic() + daemon.PATIENCE
        while not cutter.asked and time.monotonic() < end:
            time.sleep(0.01)
        self.assertRegex(self.pull(self.served, status=1), "another import or pull is at work on it")
        cutter.hold.set()
        self.assertIn("taken", first.communicate(timeout=daemon.PATIENCE)[0])
        self.assertEqual(first.returncode, 0)
        self.assert_taken(self.new)

    def test_one_that_was_killed_is_gone_on_with(self):
        cutter = self.cutter(self.http, 1 << 30)
        cutter.hold.clear()
        first = subprocess.Popen([os.environ["TEST_BREACHCTL"], "pull", cutter.url + "/catalogue.db", "--output",
                                  self.output], env=daemon.environment())
        end = time.monotonic() + daemon.PATIENCE
        while not cutter.asked and time.monotonic() < end:
            time.sleep(0.01)
        first.kill()
        first.wait()
        cutter.hold.set()
        self.pull(self.http + "/catalogue.db")
        self.assert_taken(self.new)

    def test_nowhere_to_write(self):
        self.output = self.folder / "no" / "catalogue.db"
        self.assertRegex(self.pull(self.served, status=1), "No such file or directory")
        self.output = self.folder
        self.assertRegex(self.pull(self.served, status=1), "Is a directory")


if __name__ == "__main__":
    daemon.main()
