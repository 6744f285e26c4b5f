#!/bin/sh
# wrk at four times the connection limit for 60 s while 200 slow clients hold on: a polite client gets every answer, p99 at most
# 250 ms; memory is bounded; everything recovers within 5 s. The figures are those of a machine that does nothing else.
# sh tests/stress/slow.sh [BUILD [--connections N] [--seconds N]]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:-$root/build}
[ $# -eq 0 ] || shift
. "$root/server/packages.sh"
# shellcheck disable=SC2086  # a list of names
need $stress_packages
# shellcheck disable=SC3045  # dash and bash have it
ulimit -n "$(ulimit -H -n)"
export TEST_BREACHD="$build/server/breachd" TEST_BREACHCTL="$build/server/breachctl" TEST_RECORDS="$root/static/catalogue"
exec python3 "$root/tests/stress/slow.py" "$@"
