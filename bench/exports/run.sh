#!/usr/bin/env bash
# A video of 30 s at 1080p, with pictures that move and pictures that stand still, exported to every format with every
# preset; README.md tells more.
#   bench/exports/run.sh [-Dexports.presets=low,medium,high,uhd] [-Dexports.formats=mp4,mov,webm]
# Needs a built project (mvn -DskipTests package), a JDK and Linux. Everything listens on loopback only.
set -euo pipefail
repo=$(cd "$(dirname "$0")/../.." && pwd)
exec java -Xmx1g -Dstoryreel.home="$repo" "$@" \
  -cp "$repo/local-stack/target/storyreel.jar:$repo/local-stack/target/lib/*" "$repo/bench/exports/Exports.java"
