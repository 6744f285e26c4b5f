#!/bin/sh
# Installs what the tests need, builds four times (gcc; clang; gcc with ASan and UBSan; gcc with TSan), warnings as errors, runs every
# test in the first, all of the daemon and the tools in the third and those in which threads meet in the last, and fuzzes for a while.
# Ends with "N passed, N failed"; exit status 0 when none failed.
# Builds stay in build-test*/, so a second run is quick.
set -eu
cd "$(dirname "$0")/.."
. server/packages.sh

# Nothing that is set for a daemon of one's own may reach the programs under test.
for name in $(env | sed -n 's/^\(BREACHD_[A-Z_]*\|BREACHCTL_[A-Z_]*\|SOURCE_DATE_EPOCH\)=.*/\1/p'); do
    unset "$name"
done
export ASAN_OPTIONS=abort_on_error=1:detect_leaks=1:allocator_may_return_null=1:detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=halt_on_error=1:abort_on_error=1:print_stacktrace=1
export TSAN_OPTIONS=halt_on_error=1:abort_on_error=1

# Where threads meet: the pool of readers, the caches, the swap, the log, the counters, the end.
thread_tests="accesslog checksum coding httpd listeners metrics recall reload shutdown snapshot storage swap"

# shellcheck disable=SC2086  # lists of names
need $build_packages $test_packages
# Node from elsewhere brings an npm of its own, beside which Debian's cannot be installed.
command -v node >/dev/null && command -v npm >/dev/null || need nodejs npm
[ tests/node_modules/.package-lock.json -nt tests/package-lock.json ] || (cd tests && npm ci --silent --no-audit --no-fund)

# configure DIR OPTION…: with the compiler in $CC
configure() {
    dir=$1
    shift
    [ -f "$dir/build.ninja" ] || meson setup "$dir" --werror -Dtests=enabled "$@" >"$dir.log" 2>&1 || {
        cat "$dir.log"
        exit 1
    }
    rm -f "$dir.log"
    echo "building $dir"
    ninja -C "$dir" --quiet
}

CC=gcc configure build-test
CC=clang configure build-test-clang -Doptimization=0
CC=gcc configure build-test-asan -Db_sanitize=address,undefined -Db_lundef=false
CC=gcc configure build-test-tsan -Db_sanitize=thread -Db_lundef=false

status=0
echo "testing build-test"
meson test -C build-test --no-rebuild --print-errorlogs --num-processes 2 || status=1
# Without what looks at sources and files, and the browser, which asks for nothing that others do not.
echo "testing build-test-asan"
meson test -C build-test-asan --no-rebuild --print-errorlogs --num-processes 2 --no-suite browser --no-suite deploy --no-suite lint || status=1
echo "testing build-test-tsan"
# shellcheck disable=SC2086  # a list of names
meson test -C build-test-tsan --no-rebuild --print-errorlogs --num-processes 2 --timeout-multiplier 4 $thread_tests || status=1
echo "fuzzing"
AT_ONCE=2 sh tests/fuzz/run.sh 10 || status=1
python3 tests/tally.py build-test build-test-asan build-test-tsan build-fuzz || status=1
exit $status
