#!/bin/sh
# A day's 864,000 requests in SECONDS (600), and a table of what the daemon holds meanwhile, which has to stay flat. In less than a
# minute the first quarter does not fill the cache.
# usage: sh tests/stress/soak.sh [SECONDS] [BUILD]
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-600}
build=${2:-build}
. tests/stress/common.sh
exec python3 tests/stress/soak.py --seconds "$seconds"
