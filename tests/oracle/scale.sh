#!/bin/sh
# The comparison of test_answers.py with 100,000 incidents: sh tests/oracle/scale.sh [BUILD [OPTION…]]; takes minutes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${1:-$here/../../build}
[ $# -eq 0 ] || shift
export TEST_BREACHD="$build/server/breachd" TEST_BREACHCTL="$build/server/breachctl"
export TEST_GENERATE="$build/tests/bench/generate" TEST_RECORDS="$here/../../static/catalogue"
exec python3 "$here/test_answers.py" --awkward 5000 --generated 95000 "$@"
