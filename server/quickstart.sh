#!/bin/sh
# From a bare Debian to a running tracker: installs what the build needs, builds, imports the bundled catalogue and
# serves it at http://127.0.0.1:8080 (BREACHD_LISTEN changes that). Run it from anywhere; a second run is quick.
set -eu
cd "$(dirname "$0")/.."
. server/packages.sh
# shellcheck disable=SC2086  # a list of names
need $build_packages

[ -f build/build.ninja ] || meson setup build >/dev/null
echo "building"
ninja -C build --quiet server/breachd server/breachctl
build/server/breachctl import --output build/catalogue.db static/catalogue
exec build/server/breachd --catalogue build/catalogue.db "$@"
