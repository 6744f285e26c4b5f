# SPDX-License-Identifier: MIT
"""What tests/stress/mutate.sh runs."""
import argparse
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "blackbox"))

import daemon  # pylint: disable=wrong-import-position
import mutation  # pylint: disable=wrong-import-position


def main():
    parser = argparse.ArgumentParser(description="mutated requests, pipelined, at a daemon with sanitizers")
    parser.add_argument("--answers", type=int, default=100000, help="until so many were answered (default: 100000)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32), help="of another run")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    with daemon.Daemon("--trusted-proxy", "127.0.0.1") as d:
        run = mutation.Run(d, options.seed)
        try:
            for part in range(1, 11):
                run.run(options.answers * part // 10)
                print(run.summary(), flush=True)
        except mutation.Finding as e:
            sys.exit(str(e))
        status = d.stop()
        if status or any("Sanitizer" in line or "runtime error" in line for line in d.lines):
            sys.exit(f"seed {options.seed}: at its end the daemon says (exit status {status}):\n" + "\n".join(d.lines))
    print("no finding")


main()
