#!/bin/sh
# Lets libFuzzer make up inputs for the harnesses, with ASan and UBSan: each for SECONDS, AT_ONCE of them at a time, beginning with
# what is kept. What breaks one is kept in crashes/NAME/, where the tests run it from then on.
#
# usage: sh tests/fuzz/run.sh [SECONDS [NAME...]]     (60 seconds; all of them)
# Set AT_ONCE=2 to run two at a time, KEEP=FOLDER to keep what was found to lead to other code (FOLDER/NAME).
set -eu
cd "$(dirname "$0")/../.."
. server/packages.sh
seconds=${1:-60}
[ $# -eq 0 ] || shift
names=${*:-$(sed -n "s/^  \['\([a-z]*\)', .*/\1/p" tests/fuzz/meson.build)}

export ASAN_OPTIONS=abort_on_error=1:detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=halt_on_error=1:abort_on_error=1:print_stacktrace=1

# shellcheck disable=SC2086  # a list of names
need $build_packages clang libclang-rt-dev
dir=build-fuzz
[ -f $dir/build.ninja ] || CC="$(command -v ccache || :) clang" meson setup $dir --werror -Dtests=disabled -Dfuzz=true -Db_sanitize=address,undefined \
    -Db_lundef=false >$dir.log 2>&1 || {
    cat $dir.log
    exit 1
}
rm -f $dir.log
echo "building $dir"
ninja -C $dir --quiet fuzz

# Files in memory, where there is such a place: inputs are many.
[ -d /dev/shm ] && [ -w /dev/shm ] && export TMPDIR=/dev/shm
work=$(mktemp -d)
export TMPDIR="$work"
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

# fuzz NAME: what it says goes to $work/NAME.log, how it ended to $work/NAME.status. libFuzzer keeps no count of which inputs lead to
# rare code (-entropic=0): where one input comes by tens of thousands of places, that took more time than the harness.
fuzz() {
    found=${KEEP:-$work/found}/$1
    mkdir -p "$found" "tests/fuzz/crashes/$1"
    status=0
    nice $dir/tests/fuzz/fuzz-"$1" -seed=1 -max_total_time="$seconds" -max_len=4096 -timeout=30 -rss_limit_mb=2048 \
        -entropic=0 -print_final_stats=1 -artifact_prefix="tests/fuzz/crashes/$1/" "$found" "tests/fuzz/corpus/$1" "tests/fuzz/crashes/$1" \
        >"$work/$1.log" 2>&1 || status=$?
    rmdir "tests/fuzz/crashes/$1" 2>/dev/null || :
    echo $status >"$work/$1.status"
}

# tell NAME: the result, also as meson leaves its own, for tests/tally.py
mkdir -p $dir/meson-logs
: >$dir/meson-logs/testlog.json
passed=0 failed=0
tell() {
    result=OK
    [ "$(cat "$work/$1.status")" = 0 ] || result=FAIL
    echo "{\"name\": \"fuzz $1\", \"result\": \"$result\"}" >>$dir/meson-logs/testlog.json
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$1.log")
    if [ $result = OK ]; then
        echo "$1: ${runs:-no} inputs"
        passed=$((passed + 1))
    else
        tail -n 60 "$work/$1.log"
        echo "$1: broken"
        failed=$((failed + 1))
    fi
}

# shellcheck disable=SC2086  # a list of names
set -- $names
while [ $# -gt 0 ]; do
    these=
    for _ in $(seq "${AT_ONCE:-1}"); do
        [ $# -gt 0 ] || break
        these="$these $1"
        fuzz "$1" &
        shift
    done
    wait
    for name in $these; do
        tell "$name"
    done
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
