#!/usr/bin/env bash
# Measures the pair with the shared load driver against what Postgres and Redis do alone in the same run.
#   bench/service/run.sh [session options, such as --only http,e2e --runs 3]
# Needs what the driver needs (its README tells), a built project, and a JDK. Everything listens on loopback only.
set -euo pipefail
repo=$(cd "$(dirname "$0")/../.." && pwd)
driver=${BENCH_DRIVER:-$repo/../shared/bench}
work=${BENCH_WORK:-$(mktemp -d)}
java=${BENCH_JAVA:-java}
export PEERS_DIR=${PEERS_DIR:-$work/peers} BENCH_PGPORT=${BENCH_PGPORT:-15432} BENCH_REDIS_PORT=${BENCH_REDIS_PORT:-16379}
s3_port=${BENCH_S3_PORT:-19000} api_port=18080
export HOST=127.0.0.1 \
  STORYREEL_DB_URL=postgresql://127.0.0.1:$BENCH_PGPORT/bench STORYREEL_DB_USER=postgres STORYREEL_DB_PASSWORD=unused \
  STORYREEL_REDIS_URL=redis://127.0.0.1:$BENCH_REDIS_PORT \
  STORYREEL_S3_ENDPOINT=http://127.0.0.1:$s3_port STORYREEL_S3_ACCESS_KEY=bench STORYREEL_S3_SECRET_KEY=bench-secret \
  STORYREEL_JWT_SECRET=0123456789abcdef0123456789abcdef0123456789abcdef \
  STORYREEL_SPEECH_PROVIDER=none STORYREEL_SCRATCH_DIR="$work/scratch" \
  STORYREEL_MOCK_DURATION_MIN=0s STORYREEL_MOCK_DURATION_MAX=0s \
  STORYREEL_RENDER_ONE_ACTIVE_PER_PROJECT=false STORYREEL_RATE_ENABLED=false \
  QUARKUS_FLYWAY_BASELINE_ON_MIGRATE=true QUARKUS_FLYWAY_BASELINE_VERSION=0 # the driver keeps tables of its own there
workspace=00000000-0000-4000-8000-0000000000a1
project=00000000-0000-4000-8000-0000000000b1

# The processes of the pair, as `storyreel up` starts them; the driver says which port the API listens on.
api="$java -Xmx512m -XX:+UseParallelGC -jar $repo/api-service/target/quarkus-app/quarkus-run.jar"
worker="env PORT=18081 $java -Xmx512m -XX:+UseParallelGC -jar $repo/render-worker/target/quarkus-app/quarkus-run.jar"

cleanup() {
  kill "${s3_pid:-0}" "${setup_pid:-0}" 2>/dev/null || true
  bash "$driver/infra.sh" stop
}
trap cleanup EXIT

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
sign() { openssl dgst -sha256 -hmac "$STORYREEL_JWT_SECRET" -binary | base64url; }
claims() {
  printf '{"iss":"storyreel","sub":"bench","workspaces":["%s"],"iat":%d,"exp":%d}' \
    "$workspace" "$(date +%s)" "$(($(date +%s) + 86400))"
}
signed=$(printf '{"alg":"HS256","typ":"JWT"}' | base64url).$(claims | base64url)
token=$signed.$(printf %s "$signed" | sign)

bash "$driver/infra.sh" start
mkdir -p "$work/s3/data"
cat >"$work/s3/s3proxy.conf" <<EOF
s3proxy.endpoint=http://127.0.0.1:$s3_port
s3proxy.authorization=aws-v2-or-v4
s3proxy.identity=bench
s3proxy.credential=bench-secret
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$work/s3/data
EOF
java -Xmx128m -jar "$repo/local-stack/target/s3/s3proxy.jar" --properties "$work/s3/s3proxy.conf" >"$work/s3/log" 2>&1 &
s3_pid=$!

# One start of the API makes the schema; then one approved project with a scene.
PORT=$api_port $api >"$work/setup.log" 2>&1 &
setup_pid=$!
until curl -sf "http://127.0.0.1:$api_port/q/health/live" >/dev/null; do
  kill -0 "$setup_pid" || { tail -20 "$work/setup.log"; exit 1; }
  sleep 0.5
done
psql -qXh 127.0.0.1 -p "$BENCH_PGPORT" -U postgres -d bench -v ON_ERROR_STOP=1 <<EOF
delete from video_project where id = '$project';
EOF
made=$(curl -sf -X POST "http://127.0.0.1:$api_port/api/v1/video/workspaces/$workspace/projects" \
  -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d '{"title":"bench","approved":true,
  "storyboard":[{"scene_index":1,"image_url":"https://example.org/scene.png","duration":5}]}')
id=$(printf %s "$made" | grep -o '"id":"[^"]*"' | head -1 | cut -d'"' -f4)
psql -qXh 127.0.0.1 -p "$BENCH_PGPORT" -U postgres -d bench -c "update video_project set id = '$project' where id = '$id'"
kill "$setup_pid"
wait "$setup_pid" || true

cd "$work"
node "$driver/bench.mjs" session --name storyreel --base "http://127.0.0.1:$api_port" \
  --pg "postgres://postgres@127.0.0.1:$BENCH_PGPORT/bench" --redis-port "$BENCH_REDIS_PORT" \
  --api "$api" --worker "$worker" --header "Authorization: Bearer $token" \
  --body '{"provider":"mock"}' --table job --reset-sql 'truncate jobs, job_event, job_step, provider_task' \
  --health-path /q/health/live --sse-path '/api/v1/video/workspaces/{ws}/render/jobs/{task}/events' \
  --out "$work/results.jsonl" "$@"
node "$driver/bench.mjs" report "$work/results.jsonl" | tee "$work/report.tsv"
echo "results: $work/results.jsonl"
