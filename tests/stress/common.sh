# shellcheck shell=sh
# Sourced by the commands beside it, from the root of the sources, with the build's folder in $build: builds, and says to the
# scripts where everything is.
[ -f "$build/build.ninja" ] || meson setup "$build" --werror -Dtests=enabled >/dev/null
ninja -C "$build" --quiet
for name in $(env | sed -n 's/^\(BREACHD_[A-Z_]*\|BREACHCTL_[A-Z_]*\|SOURCE_DATE_EPOCH\)=.*/\1/p'); do
    unset "$name"
done
build=$(cd "$build" && pwd)
export TEST_BREACHCTL="$build/server/breachctl" TEST_BREACHD="$build/server/breachd" \
    TEST_DROUGHT="$build/tests/stress/drought.so" TEST_RECORDS="$PWD/static/catalogue"
