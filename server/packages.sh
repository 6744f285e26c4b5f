# shellcheck shell=sh
# What Debian 12 and 13 call the things that building, running and testing need. Sourced by quickstart.sh, tests/run.sh and
# tests/bench/*.sh and tests/stress/*.sh.

# shellcheck disable=SC2034  # used by those who source this
build_packages="gcc libc6-dev meson ninja-build pkg-config python3 git
    libmicrohttpd-dev libjansson-dev libsqlite3-dev nettle-dev libutf8proc-dev libarchive-dev libcsv-dev libxml2-dev
    libbrotli-dev libcurl4-gnutls-dev libzstd-dev zlib1g-dev libseccomp-dev"

# shellcheck disable=SC2034
test_packages="binutils brotli check clang ca-certificates chromium curl haproxy libclang-rt-dev libreoffice-calc-nogui nginx openssl prometheus
    python3-feedparser python3-icalendar python3-prometheus-client python3-yaml systemd zstd"

# shellcheck disable=SC2034
analysis_packages="clang-tidy cppcheck valgrind"

# shellcheck disable=SC2034
bench_packages="nginx sqlite3 wrk"

# shellcheck disable=SC2034
stress_packages="slowhttptest wrk"

# need NAME…: installs those that are missing, and says nothing when none is.
need() {
    missing=
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
    done
    [ -z "$missing" ] && return 0
    if [ "$(id -u)" != 0 ]; then
        echo "These packages are missing; install them, or run this as root:$missing" >&2
        return 1
    fi
    echo "installing:$missing"
    export DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes
    # shellcheck disable=SC2086  # a list of names
    apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 || {
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends $missing >/dev/null
    }
}
