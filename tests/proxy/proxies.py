# SPDX-License-Identifier: MIT
"""Real proxies with the configurations of server/deploy/, as they are but for ports and folders."""
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time

PATIENCE = 30
DEPLOY = pathlib.Path(__file__).resolve().parents[2] / "server" / "deploy"


def free_ports(n):
    """N ports that nobody listens on now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(n)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


class Proxy:
    """A running proxy with a daemon at the root (ROOT, a URL, or several of replicas) and one beneath /b (BENEATH) behind it.
    CERTIFICATE: the root also comes with TLS by this file, of a certificate and its key."""

    def __init__(self, root, beneath, certificate=None):
        self.folder = tempfile.TemporaryDirectory()
        os.chmod(self.folder.name, 0o755)
        self.at = pathlib.Path(self.folder.name)
        self.urls = {}
        self.config = (DEPLOY / self.FILE).read_text(encoding="ascii")
        self.spread([root] if isinstance(root, str) else root)
        self.put("127.0.0.1:8081", beneath.removeprefix("http://"))
        if certificate:
            self.use_tls(certificate)
        for way, port, ours in zip(("root", "whole", "stripped"), (80, 8001, 8002), free_ports(3)):
            self.put(self.LISTEN.format(port), self.LISTEN.format(f"127.0.0.1:{ours}").replace(" :127", " 127"))
            self.urls[way] = f"http://127.0.0.1:{ours}"
        self.adapt()
        path = self.at / self.FILE
        path.write_text(self.config, encoding="ascii")
        with open(self.at / "output", "wb") as output:
            self.process = subprocess.Popen(self.command(path), stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        try:
            self.wait()
        except AssertionError:
            self.__exit__()
            raise

    def put(self, word, instead):
        """Each WORD of the configuration, of which there must be one, that is not a comment."""
        pattern = rf"^([^#\n]*?){re.escape(word)}(?![\w])"
        self.config, n = re.subn(pattern, lambda m: m[1] + instead, self.config, flags=re.M)
        assert n, f"{self.FILE} has no {word}"

    def spread(self, urls):
        """The line of the server at the root, once for each of them."""
        line = re.search(r"^ *server (?:one )?127\.0\.0\.1:8080.*\n", self.config, re.M)[0]
        lines = [line.replace("127.0.0.1:8080", url.removeprefix("http://")).replace("one", f"replica{i}")
                 for i, url in enumerate(urls)]
        self.config = self.config.replace(line, "".join(lines))

    def use_tls(self, certificate):
        """What stands there as a comment for those who want it."""
        for words in self.TLS:
            self.config, n = re.subn(rf"^( *)# (.*{re.escape(words)}.*)$", r"\1\2", self.config, count=1, flags=re.M)
            assert n, f"{self.FILE} has no comment with {words}"
        for path in self.CERTIFICATES:
            self.put(path, str(certificate))
        port, = free_ports(1)
        self.put(self.LISTEN.format(443), self.LISTEN.format(f"127.0.0.1:{port}").replace(" :127", " 127"))
        self.urls["tls"] = f"https://127.0.0.1:{port}"

    def wait(self):
        """Until it listens. It says nothing when it does."""
        end = time.monotonic() + PATIENCE
        for url in self.urls.values():
            host, port = url.split("://")[1].split(":")
            while True:
                try:
                    socket.create_connection((host, int(port)), timeout=PATIENCE).close()
                    break
                except ConnectionRefusedError:
                    ended = self.process.poll() is not None or time.monotonic() > end
                    assert not ended, (self.at / "output").read_text(encoding="utf-8")
                    time.sleep(0.01)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.process.terminate()
        self.process.wait(timeout=PATIENCE)
        self.folder.cleanup()


class Nginx(Proxy):
    FILE, LISTEN = "nginx.conf", "listen {}"
    TLS = ["listen 443", "ssl_certificate ", "ssl_certificate_key", "Strict-Transport-Security", "if ($scheme = http)"]
    CERTIFICATES = ["/etc/ssl/breaches.pem", "/etc/ssl/private/breaches.key"]

    def adapt(self):
        self.put("/run/nginx.pid", str(self.at / "pid"))
        self.put("/var/log/nginx", str(self.at))
        self.put("/var/lib/nginx/breachd", str(self.at / "cache"))
        if os.geteuid() != 0:
            self.put("user www-data;", "")
        scratch = [f"    {kind}_temp_path {self.at}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "scgi", "uwsgi")]
        self.config = self.config.replace("http {\n", "http {\n" + "".join(scratch), 1)

    @staticmethod
    def command(path):
        return [shutil.which("nginx", path="/usr/sbin:/usr/bin"), "-c", str(path), "-e", "stderr", "-g", "daemon off;"]


class Haproxy(Proxy):
    FILE, LISTEN = "haproxy.cfg", "bind :{}"
    TLS = ["bind :443", "redirect scheme https", "Strict-Transport-Security"]
    CERTIFICATES = ["/etc/haproxy/breaches.pem"]

    def adapt(self):
        self.put("log /dev/log local0", "log stdout format raw local0 warning")
        if os.geteuid() != 0:
            self.put("user haproxy", "")
            self.put("group haproxy", "")

    @staticmethod
    def command(path):
        return [shutil.which("haproxy", path="/usr/sbin:/usr/bin"), "-db", "-f", str(path)]
