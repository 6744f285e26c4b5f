#!/bin/sh
# 100,000 mutated requests, pipelined, at a daemon that was built with ASan and UBSan: no finding, no answer that is none, no 5xx
# but 501, 503 and 505. Prints the seed first, and what was sent where something is found.
# sh tests/stress/mutate.sh [--answers N] [--seed N]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
. server/packages.sh
# shellcheck disable=SC2086  # lists of names
need $build_packages
[ -f build-test-asan/build.ninja ] ||
    CC=gcc meson setup build-test-asan --werror -Dtests=enabled -Db_sanitize=address,undefined -Db_lundef=false >/dev/null
ninja -C build-test-asan --quiet server/breachd server/breachctl
export ASAN_OPTIONS=abort_on_error=1:detect_leaks=1:allocator_may_return_null=1:detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=halt_on_error=1:abort_on_error=1:print_stacktrace=1
export TEST_BREACHD="$root/build-test-asan/server/breachd" TEST_BREACHCTL="$root/build-test-asan/server/breachctl"
export TEST_RECORDS="$root/static/catalogue"
exec python3 tests/stress/mutate.py "$@"
