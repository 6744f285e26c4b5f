#!/bin/sh
# HAProxy before three replicas under load, one killed every two seconds, catalogues rolled from one to the next: no client may see
# it. sh tests/stress/replicas.sh [BUILD [--seconds N] [--clients N] [--proxy haproxy|nginx]]; a minute, if not said otherwise.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${1:-$here/../../build}
[ $# -eq 0 ] || shift
export TEST_BREACHD="$build/server/breachd" TEST_BREACHCTL="$build/server/breachctl"
export TEST_RECORDS="$here/../../static/catalogue"
exec python3 "$here/replicas.py" "$@"
