#!/bin/sh
# Faults under steady load: a hundred swaps, corrupt catalogues, a folder that cannot be read, no descriptors left. Half a minute.
# usage: sh tests/stress/faults.sh [BUILD]
set -eu
cd "$(dirname "$0")/../.."
build=${1:-build}
. tests/stress/common.sh
exec python3 tests/stress/faults.py
