# syntax=docker/dockerfile:1

# Builds Mabel; the final image holds the program, certificates and the C library, has no shell and runs as nobody.
#   docker build -t mabel .
#   docker run --read-only -v mabel:/data -e DISCORD_TOKEN=… mabel

# Holds the C compiler that the TLS library, SQLite and the allocator need; the allocator needs make, too.
FROM rust:1-slim-bookworm AS build
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /mabel
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/mabel/target \
    cargo build --locked --release --bin mabel && cp target/release/mabel /usr/local/bin/mabel && mkdir /data

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /usr/local/bin/mabel /usr/local/bin/mabel
# The one place that is written.
COPY --from=build --chown=nonroot:nonroot /data /data
VOLUME /data
WORKDIR /data
ENV MABEL_DATABASE__URL=sqlite:///data/mabel.db \
    MABEL_OPS__LISTEN=127.0.0.1:9090 \
    MABEL_LOG__FORMAT=json
# She may wait for a network, and with many shards for her turns.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["/usr/local/bin/mabel", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/mabel"]
CMD ["run"]
