#!/bin/sh
# How long an import takes and how much memory, beside one plain C program that parses the same bytes and inserts the same
# rows. Builds what it needs, optimised, in build-bench/.
#
# usage: sh tests/bench/import.sh [CORPUS_FOLDER]
#
# CORPUS_FOLDER holds what trackers publish, as they ship it (files, folders, .tar.xz); archives are unpacked first, for
# both. Without one, the bundled catalogue is repeated under new ids. RUNS=N instead of 5; COPIES=N instead of 100.
set -eu
corpus=${1:+$(realpath "$1")}
cd "$(dirname "$0")/../.."
. server/packages.sh

# shellcheck disable=SC2086  # a list of names
need $build_packages
[ -f build-bench/build.ninja ] || meson setup build-bench --buildtype=release -Dtests=disabled >/dev/null
ninja -C build-bench --quiet server/breachctl tests/bench/bare-import
exec python3 tests/bench/import.py build-bench/server/breachctl build-bench/tests/bench/bare-import ${corpus:+"$corpus"}
