# The build stage compiles and tests; the image itself has the two programs, their libraries and the bundled catalogue.
FROM debian:trixie-slim AS build
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      gcc libc6-dev meson ninja-build pkg-config python3 check \
      libmicrohttpd-dev libjansson-dev libsqlite3-dev nettle-dev libutf8proc-dev libarchive-dev libcsv-dev libxml2-dev \
      libbrotli-dev libcurl4-gnutls-dev libzstd-dev zlib1g-dev libseccomp-dev
WORKDIR /src
COPY . .
# Tests are built apart: linked as the programs are, each would be optimised as a whole.
RUN meson setup /tests -Dtests=enabled \
 && meson test -C /tests --suite unit --print-errorlogs
ARG REVISION=
RUN meson setup /build --prefix=/usr --buildtype=release -Db_lto=true --strip -Dtests=disabled -Drevision="$REVISION" \
 && ninja -C /build \
 && DESTDIR=/out meson install -C /build --no-rebuild --tags runtime \
 && mkdir -p /out/var/lib/breachd \
 && /out/usr/bin/breachctl import --output /out/var/lib/breachd/catalogue.db static/catalogue

FROM debian:trixie-slim
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      libmicrohttpd12t64 libjansson4 libsqlite3-0 libnettle8t64 libutf8proc3 libarchive13t64 libcsv3 libxml2 \
      libbrotli1 libcurl3t64-gnutls libzstd1 zlib1g libseccomp2 ca-certificates \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/* /var/log/*
COPY --from=build /out/ /
RUN breachd --version && breachctl check /var/lib/breachd/catalogue.db
ENV BREACHD_CATALOGUE=/var/lib/breachd/catalogue.db \
    BREACHD_LISTEN=0.0.0.0:8080
EXPOSE 8080
USER 65532:65532
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s CMD ["/usr/bin/breachd", "--check", "http://127.0.0.1:8080/healthz"]
ENTRYPOINT ["/usr/bin/breachd"]
