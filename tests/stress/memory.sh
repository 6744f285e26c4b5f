#!/bin/sh
# Memory runs out at each of the first 2,000 allocations of a start, of requests, and of taking in a new catalogue: once each, and
# for good from each on. Some twenty minutes.
# usage: sh tests/stress/memory.sh [BUILD]
set -eu
cd "$(dirname "$0")/../.."
build=${1:-build}
. tests/stress/common.sh
exec python3 tests/stress/memory.py
