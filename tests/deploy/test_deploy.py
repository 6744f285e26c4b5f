#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What server/deploy/ says of the daemon is so: its options, addresses, ports, metrics, and what keeps it harmless. That the files are
what their readers want is seen by schemas.mjs, promtool here, and tests/proxy, which runs the proxies' configurations.

Debian's own Python, as the reader of YAML is its package.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "blackbox"))

import daemon  # pylint: disable=wrong-import-position
from test_metrics import Watched  # pylint: disable=wrong-import-position

DEPLOY = ROOT / "server" / "deploy"
HERE = pathlib.Path(__file__).resolve().parent
ADMIN_PORT, PORT = "9180", "8080"
SUFFIXES = ("_bucket", "_sum", "_count")


def load(name):
    return list(yaml.safe_load_all((DEPLOY / name).read_text(encoding="ascii")))


def compose():
    return load("compose.yaml")[0]["services"]


def kubernetes(kind):
    return next(d for d in load("kubernetes.yaml") if d["kind"] == kind)


def image():
    """The image's ENV, as a dictionary, and its user."""
    text = (ROOT / "Dockerfile").read_text(encoding="ascii")
    return dict(re.findall(r"\b(BREACHD_\w+)=(\S+)", text)), re.search(r"^USER (\S+)$", text, re.M)[1]


def environments():
    """(file, variables of the daemon there)."""
    container = kubernetes("Deployment")["spec"]["template"]["spec"]["containers"][0]
    yield "Dockerfile", image()[0]
    yield "compose.yaml", compose()["breachd"]["environment"]
    yield "kubernetes.yaml", {e["name"]: e["value"] for e in container["env"]}


class Settings(unittest.TestCase):
    def test_each_is_an_option_with_a_good_value(self):
        text = daemon.run("--help")[1]
        for name, variables in environments():
            with self.subTest(name):
                for variable in variables:
                    self.assertIn(f"\n  --{variable.removeprefix('BREACHD_').lower().replace('_', '-')} ", text)
                status, _, said = daemon.run(**{**variables, "BREACHD_CATALOGUE": "/no-such"})
                self.assertEqual(status, 1, said)  # not 2: it went on to look for the catalogue

    def test_a_bad_value_would_be_seen(self):
        self.assertEqual(daemon.run(BREACHD_CATALOGUE="/no-such", BREACHD_LISTEN="*")[0], 2)

    def test_options_in_comments_and_the_readme_exist(self):
        text = daemon.run("--help")[1]
        files = [*DEPLOY.iterdir(), ROOT / "README.md"]
        for path in files:
            for options in re.findall(r"\bbreachd ((?:--[a-z-]+[= ]\S+ ?)+)", path.read_text(encoding="utf-8")):
                for option in re.findall(r"--[a-z-]+", options):
                    self.assertIn(f"\n  {option} ", text, path.name)


class Containers(unittest.TestCase):
    def test_compose_gives_them_nothing_that_they_do_not_need(self):
        for name, service in compose().items():
            with self.subTest(name):
                self.assertIs(service["read_only"], True)
                self.assertEqual(service["cap_drop"], ["ALL"])
                self.assertIn("no-new-privileges:true", service["security_opt"])
        self.assertEqual([name for name, service in compose().items() if "cap_add" in service], ["nginx"])
        self.assertIn("catalogues:/var/lib/breachd:ro", compose()["breachd"]["volumes"])

    def test_compose_publishes_the_proxy_alone(self):
        ports = [port for service in compose().values() for port in service.get("ports", ())]
        self.assertEqual([port.rsplit(":", 1)[1] for port in ports], ["80"])
        self.assertRegex((DEPLOY / "nginx.conf").read_text(encoding="ascii"), r"(?m)^ +listen 80;")
        self.assertEqual(compose()["nginx"]["network_mode"], "service:breachd")
        self.assertEqual(compose()["breachd"]["environment"]["BREACHD_LISTEN"], "127.0.0.1:" + PORT)

    def test_nginx_can_write_where_it_does(self):
        service = compose()["nginx"]
        places = [*service["tmpfs"], *(v.split(":")[1] for v in service["volumes"] if not v.endswith(":ro"))]
        text = (DEPLOY / "nginx.conf").read_text(encoding="ascii")
        for path in re.findall(r"^ *(?:pid|proxy_cache_path) (/[^\s;]+)", text, re.M):
            self.assertIn(str(pathlib.PurePath(path).parent), places)

    def test_import_writes_where_the_daemon_reads(self):
        entrypoint = compose()["import"]["entrypoint"]
        self.assertEqual(entrypoint[entrypoint.index("--output") + 1], image()[0]["BREACHD_CATALOGUE"])
        self.assertEqual(entrypoint[:2], ["breachctl", "import"])

    def test_kubernetes_gives_them_nothing_that_they_do_not_need(self):
        pod = kubernetes("Deployment")["spec"]["template"]["spec"]
        context = pod["containers"][0]["securityContext"]
        self.assertEqual(context, {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                                   "capabilities": {"drop": ["ALL"]}})
        self.assertIs(pod["securityContext"]["runAsNonRoot"], True)
        self.assertEqual(f"{pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}", image()[1])
        self.assertEqual(pod["securityContext"]["seccompProfile"], {"type": "RuntimeDefault"})
        self.assertIs(pod["automountServiceAccountToken"], False)

    def test_kubernetes_always_has_a_replica(self):
        spec = kubernetes("Deployment")["spec"]
        self.assertGreaterEqual(spec["replicas"], 2)
        self.assertEqual(spec["strategy"]["rollingUpdate"]["maxUnavailable"], 0)
        self.assertLess(kubernetes("PodDisruptionBudget")["spec"]["minAvailable"], spec["replicas"])
        labels = spec["template"]["metadata"]["labels"]
        for selector in (spec["selector"]["matchLabels"], kubernetes("Service")["spec"]["selector"],
                         kubernetes("PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
                         kubernetes("NetworkPolicy")["spec"]["podSelector"]["matchLabels"]):
            self.assertEqual(selector, labels)

    def test_probes_are_answered(self):
        spec = kubernetes("Deployment")["spec"]["template"]
        container = spec["spec"]["containers"][0]
        ports = {p["name"]: str(p["containerPort"]) for p in container["ports"]}
        self.assertEqual(ports, {"http": PORT, "admin": ADMIN_PORT})
        variables = {e["name"]: e["value"] for e in container["env"]}
        self.assertEqual((variables["BREACHD_LISTEN"], variables["BREACHD_ADMIN_LISTEN"]), ("*:" + PORT, "*:" + ADMIN_PORT))
        self.assertEqual(spec["metadata"]["annotations"]["prometheus.io/port"], ADMIN_PORT)
        with Watched() as d:
            for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
                self.assertEqual(container[probe]["httpGet"]["port"], "admin")
                self.assertEqual(d.get(container[probe]["httpGet"]["path"], url=d.admin).status, 200)

    def test_the_pod_outlives_its_drain(self):
        spec = kubernetes("Deployment")["spec"]["template"]["spec"]
        pause = int(spec["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])
        drain = int(re.search(r"\(default: (\d+)\)", daemon.run("--help")[1].split("--drain-timeout")[1])[1])
        self.assertGreater(spec["terminationGracePeriodSeconds"], pause + drain)
        self.assertGreater(int(compose()["breachd"]["stop_grace_period"].removesuffix("s")), drain)

    def test_there_is_memory_enough(self):
        """What the daemon says at start that its settings come to."""
        limits = {"compose.yaml": compose()["breachd"]["mem_limit"].removesuffix("m"),
                  "kubernetes.yaml": kubernetes("Deployment")["spec"]["template"]["spec"]["containers"][0]["resources"]["limits"]
                  ["memory"].removesuffix("Mi")}
        for name, variables in environments():
            if name in limits:
                settings = {k: v for k, v in variables.items() if k in ("BREACHD_CONNECTIONS", "BREACHD_CACHE_SIZE")}
                with daemon.Daemon(**settings) as d:
                    line = next(line for line in d.start if "memory for" in line)
                connections, answers, sets, readers, replies = (int(n) for n in re.findall(r": (\d+) MiB", line))
                # While one catalogue takes another's place, there are two.
                self.assertLess(connections + 2 * (answers + sets + readers) + replies, int(limits[name]), name)


class Metrics(unittest.TestCase):
    """Names in rules and on the dashboard are those of the daemon."""

    @classmethod
    def setUpClass(cls):
        with Watched() as d:
            cls.names = set(re.findall(r"^# TYPE (\S+)", d.text(), re.M)) | {"up"}

    def check(self, expressions):
        self.assertTrue(expressions)
        for expression in expressions:
            names = re.findall(r"\b(?:breachd|process)_[a-z_]+|\bup\b", expression)
            self.assertTrue(names, expression)
            for name in names:
                known = name in self.names or any(name.removesuffix(s) in self.names for s in SUFFIXES)
                self.assertTrue(known, f"{name} in {expression}")

    def test_rules(self):
        self.check([rule["expr"] for group in load("alerts.yaml")[0]["groups"] for rule in group["rules"]])

    def test_dashboard(self):
        dashboard = json.loads((DEPLOY / "dashboard.json").read_text(encoding="ascii"))
        self.check([target["expr"] for panel in dashboard["panels"] for target in panel["targets"]])
        self.check([v["query"] for v in dashboard["templating"]["list"] if v["type"] == "query"])
        places = [(p["gridPos"]["x"] + dx, p["gridPos"]["y"] + dy) for p in dashboard["panels"]
                  for dx in range(p["gridPos"]["w"]) for dy in range(p["gridPos"]["h"])]
        self.assertEqual(len(places), len(set(places)), "panels lie over each other")
        self.assertEqual(len({p["id"] for p in dashboard["panels"]}), len(dashboard["panels"]))

    def test_promtool_takes_the_rules(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(DEPLOY / "alerts.yaml", folder)
            shutil.copy(HERE / "alerts_test.yaml", folder)
            for command in (["check", "rules", "alerts.yaml"], ["test", "rules", "alerts_test.yaml"]):
                done = subprocess.run(["promtool", *command], cwd=folder, capture_output=True, text=True,
                                      timeout=daemon.PATIENCE, check=False)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_each_rule_is_tried(self):
        rules = {rule["alert"] for group in load("alerts.yaml")[0]["groups"] for rule in group["rules"]}
        tried = set(re.findall(r"\bBreachd\w+", (HERE / "alerts_test.yaml").read_text(encoding="ascii")))
        self.assertEqual(rules, tried)


if __name__ == "__main__":
    daemon.main()
