#!/usr/bin/env bash
# One worker with -Xmx512m and 5,000 jobs that wait for slow simulated providers; README.md tells more.
#   bench/waiting/run.sh [-Dwaiting.jobs=5000] [-Dwaiting.heap=512] [-Dwaiting.seconds=120]
# Needs a built project (mvn -DskipTests package), a JDK and Linux. Everything listens on loopback only.
set -euo pipefail
repo=$(cd "$(dirname "$0")/../.." && pwd)
exec java -Xmx1g -Dstoryreel.home="$repo" "$@" \
  -cp "$repo/local-stack/target/storyreel.jar:$repo/local-stack/target/lib/*" "$repo/bench/waiting/Waiting.java"
