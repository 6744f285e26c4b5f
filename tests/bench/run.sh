#!/bin/sh
# Everything that the service promises about speed and memory, measured side by side on made-up catalogues, and printed as one table
# of ratios. Installs what it needs and builds an optimised breachd in build-bench/.
#
# usage: sh tests/bench/run.sh
#
# By environment: INCIDENTS=1000000, RUNS=5 (of which the median counts), LONG_RUNS (of building and exporting; RUNS when not given),
# QUERIES=2000, TURNS=15 (of the three servers, of which the median counts), SECONDS=1 (of one server in a turn), ONLY=section[,section] (serving, cold, mix, start, export, build),
# BENCH_DIR=folder for catalogues (some GiB; a temporary one when not given; one that is kept makes repeats quick).
set -eu
cd "$(dirname "$0")/../.."
. server/packages.sh

# shellcheck disable=SC2086,SC2154  # lists of names
need $build_packages $bench_packages
[ -f build-bench/build.ninja ] || meson setup build-bench --buildtype=release -Db_lto=true -Dtests=disabled >/dev/null
ninja -C build-bench --quiet all bench tests/bench/bare-import
exec python3 tests/bench/run.py build-bench
