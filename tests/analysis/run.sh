#!/bin/sh
# Looks at the sources with cppcheck, and runs an import, a check and a pull's refusal under valgrind: what takes too long for every
# run of the tests. Exit status 0 when nothing is found but what cppcheck.txt explains.
#
# usage: sh tests/analysis/run.sh [cppcheck|valgrind]...    both when none is named
set -eu
cd "$(dirname "$0")/../.."
. server/packages.sh

# shellcheck disable=SC2086,SC2154  # lists of names
need $build_packages $analysis_packages
dir=build-analysis
[ -f $dir/build.ninja ] || CC=gcc meson setup $dir -Dtests=disabled >/dev/null
ninja -C $dir --quiet

look_cppcheck() {
    cppcheck --quiet -j 2 --error-exitcode=1 --std=c11 --language=c --enable=warning,performance,portability --inline-suppr \
        --suppressions-list=tests/analysis/cppcheck.txt -D_GNU_SOURCE -I lib -I server lib server
}

under_valgrind() {
    valgrind --quiet --leak-check=full --show-leak-kinds=definite,indirect --errors-for-leak-kinds=definite,indirect --error-exitcode=9 "$@"
}

# Twice, since the second import goes by the first.
look_valgrind() {
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    under_valgrind $dir/server/breachctl import --output "$folder/catalogue.db" static/catalogue &&
        under_valgrind $dir/server/breachctl import --output "$folder/catalogue.db" static/catalogue &&
        under_valgrind $dir/server/breachctl check "$folder/catalogue.db"
}

status=0
for tool in ${*:-cppcheck valgrind}; do
    case $tool in
    cppcheck | valgrind) ;;
    *)
        echo "$tool: is neither cppcheck nor valgrind" >&2
        exit 2
        ;;
    esac
    echo "--- $tool"
    "look_$tool" || status=1
done
[ $status -ne 0 ] || echo "nothing found"
exit $status
