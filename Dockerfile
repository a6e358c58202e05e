# The program and the libraries that it is linked with, run by a user without rights. Build it with
#   docker build -t breakwater .
# and run it in the folder of a repository with
#   docker run --rm -v "$PWD:/work:ro" breakwater check

FROM debian:12-slim AS build
WORKDIR /src
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends make ca-certificates
COPY Makefile ./
RUN make deps
COPY . .
RUN make -j "$(nproc)" && make install DESTDIR=/out && strip /out/usr/local/bin/breakwater

FROM debian:12-slim
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends \
        ca-certificates \
        libarchive13 \
        libcurl4 \
        libgit2-1.5 \
        libjansson4 \
        libpcre2-8-0 \
        libpq5 \
        libsqlite3-0 \
        libssl3 \
        libyaml-0-2 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 65532 --no-create-home --shell /usr/sbin/nologin breakwater
COPY --from=build /out/usr/local/bin/breakwater /usr/local/bin/breakwater
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["breakwater"]
CMD ["help"]
