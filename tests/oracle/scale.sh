#!/bin/sh
# The comparison of test_answers.py with 100,000 incidents: sh tests/oracle/scale.sh [BUILD [OPTION…]]; takes a quarter of an hour.
# The lists are asked in two processes, each with a daemon and a catalogue of its own.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${1:-$here/../../build}
[ $# -eq 0 ] || shift
export TEST_BREACHD="$build/server/breachd" TEST_BREACHCTL="$build/server/breachctl"
export TEST_GENERATE="$build/tests/bench/generate" TEST_RECORDS="$here/../../static/catalogue"
compare() {
    python3 "$here/test_answers.py" --awkward 5000 --generated 95000 "$@"
}
compare --lists organizations,timeline,statistics "$@" &
status=0
compare --lists incidents "$@" || status=1
wait $! || status=1
exit $status
