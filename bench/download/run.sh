#!/usr/bin/env bash
# A large video downloaded through the API and from the S3 server, in turns; README.md tells more.
#   bench/download/run.sh [-Ddownload.megabytes=2048] [-Ddownload.rounds=3] [-Ddownload.heap=512]
# Needs a built project (mvn -DskipTests package), a JDK, twice the size on the disk, and Linux. Everything listens on
# loopback only.
set -euo pipefail
repo=$(cd "$(dirname "$0")/../.." && pwd)
exec java -Xmx256m -Dstoryreel.home="$repo" "$@" \
  -cp "$repo/local-stack/target/storyreel.jar:$repo/local-stack/target/lib/*:$repo/api-service/target/quarkus-app/lib/main/*" \
  "$repo/bench/download/Download.java"
