# SPDX-License-Identifier: MIT
"""Memory that runs out in a real daemon, at a given allocation and for as long as a test wants; see drought.c."""
import atexit
import mmap
import os
import struct
import subprocess
import tempfile

import daemon

WORDS = ("on", "at", "for_good", "at_main", "asked", "failed")


class Drought:
    """The words that a program under drought.so looks at."""

    def __init__(self):
        with tempfile.NamedTemporaryFile(prefix="drought-", delete=False) as f:
            f.write(bytes(8 * len(WORDS)))
            f.flush()
            self.path = f.name
            self.words = mmap.mmap(f.fileno(), 0)
        atexit.register(os.unlink, self.path)

    def __getitem__(self, name):
        return struct.unpack_from("=Q", self.words, 8 * WORDS.index(name))[0]

    def __setitem__(self, name, value):
        struct.pack_into("=Q", self.words, 8 * WORDS.index(name), value)

    def prepare(self, at, for_good, at_main=False):
        for name, value in {"on": 0, "at": at, "for_good": for_good, "at_main": at_main, "asked": 0, "failed": 0}.items():
            self[name] = value

    def begin(self, at, for_good):
        """From now on the allocation number AT, from 0, fails, or that and all after it."""
        self.prepare(at, for_good)
        self["on"] = 1

    def end(self):
        """Plenty again. How many failed."""
        self["on"] = 0
        return self["failed"]

    def environment(self):
        return {"LD_PRELOAD": os.environ["TEST_DROUGHT"], "DROUGHT": self.path}


def start(drought, catalogue, at, for_good, *args):
    """A daemon whose memory runs out while it starts: (exit status, what it said), or (None, it), when it serves."""
    drought.prepare(at, for_good, at_main=True)
    env = daemon.environment(**drought.environment())
    process = subprocess.Popen([daemon.BREACHD, "--catalogue", catalogue, "--listen", "127.0.0.1:0", *args], env=env,
                               stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = []
    for line in process.stderr:
        said.append(line)
        if daemon.SERVING.match(line):
            return None, process, said
    process.stderr.close()
    return process.wait(timeout=daemon.PATIENCE), process, said
