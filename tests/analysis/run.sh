#!/bin/sh
# Looks at the sources with clang-tidy, cppcheck and gcc's -fanalyzer, and runs an import and a check under valgrind: what takes too
# long for every run of the tests. Exit status 0 when nothing is found but what TOOL.txt beside this explains; as Debian 12's
# versions see it.
#
# usage: sh tests/analysis/run.sh [clang-tidy|cppcheck|fanalyzer|valgrind]...    all when none is named
set -eu
cd "$(dirname "$0")/../.."
. server/packages.sh

# shellcheck disable=SC2086,SC2154  # lists of names
need $build_packages $analysis_packages
dir=build-analysis
[ -f $dir/build.ninja ] || CC=gcc meson setup $dir -Dtests=disabled >/dev/null
ninja -C $dir --quiet

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
for tool in ${*:-cppcheck fanalyzer clang-tidy valgrind}; do
    echo "--- $tool"
    case $tool in
    clang-tidy | cppcheck | fanalyzer) nice python3 tests/analysis/look.py "$tool" $dir || status=1 ;;
    valgrind) look_valgrind || status=1 ;;
    *)
        echo "$tool: is none of clang-tidy, cppcheck, fanalyzer and valgrind" >&2
        exit 2
        ;;
    esac
done
[ $status -ne 0 ] || echo "nothing found"
exit $status
