#!/usr/bin/env bash
# How long the whole probe takes, beside the npm commands that would tell the same: `npm view`, `npm owner ls` and
# `npm ping`, one after the other, against the same Verdaccio.
#
#   benches/against_npm.sh [path of the unforbid binary]
#
# Without a path the release binary is built (without the window). RUNS changes how often each is run.
# Needs Verdaccio, which .ci/registries installs. Prints the best of the interleaved runs and their ratio.
# The goal is a ratio of at least 10; the status says whether it was reached.
set -euo pipefail

RUNS=${RUNS:-5}
LEAST_RATIO=10

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
verdaccio=${XDG_CACHE_HOME:-$HOME/.cache}/unforbid-lab/verdaccio@6/node_modules/.bin/verdaccio

fail() {
    echo "against_npm: $1" >&2
    exit 2
}

command -v npm > /dev/null || fail "npm is missing; install it with: apt-get install nodejs npm"
[ -x "$verdaccio" ] || fail "Verdaccio is missing; .ci/registries installs it"

binary=${1:-}
if [ -z "$binary" ]; then
    cargo build --release --no-default-features --features probe --manifest-path "$root/Cargo.toml" >&2
    binary=${CARGO_TARGET_DIR:-$root/target}/release/unforbid
fi
[ -x "$binary" ] || fail "there is no such program: $binary"
binary=$(cd "$(dirname "$binary")" && pwd)/$(basename "$binary")

folder=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2> /dev/null || true
    rm -rf "$folder"
}
trap finish EXIT

mkdir -p "$folder/home" "$folder/project"
cat > "$folder/config.yaml" << YAML
storage: $folder/storage
auth: { htpasswd: { file: $folder/htpasswd, max_users: -1 } }
packages: { '**': { access: \$all, publish: \$authenticated } }
log: { type: stdout, format: json, level: info }
YAML
printf 'alice:{SHA}LnNEJV8jKtmfFq9Xj5SGUhsNZSU=\n' > "$folder/htpasswd"
port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
mkfifo "$folder/said"
"$verdaccio" --config "$folder/config.yaml" --listen "127.0.0.1:$port" > "$folder/said" 2>&1 &
server=$!
exec 3< "$folder/said"
until IFS= read -r line <&3 && [[ $line == *"http address"* ]]; do
    kill -0 "$server" 2> /dev/null || fail "Verdaccio does not start"
done
cat <&3 > /dev/null &

registry=http://127.0.0.1:$port/
cat > "$folder/home/.npmrc" << NPMRC
registry=$registry
//127.0.0.1:$port/:_auth=YWxpY2U6YWxpY2UtcGFzc3dvcmQ=
update-notifier=false
fund=false
NPMRC
echo '{"name":"my-utils","version":"1.0.2"}' > "$folder/project/package.json"
cd "$folder/project"
export HOME=$folder/home UNFORBID_HOME=$folder/none
npm publish > "$folder/published" 2>&1 || { cat "$folder/published" >&2; fail "npm cannot publish to Verdaccio"; }

cat > "$folder/npm-debug.log" << LOG
npm notice name: my-utils
npm notice version: 1.0.2
npm error code E403
npm error 403 403 Forbidden - PUT ${registry}my-utils - You cannot publish over the previously published versions: 1.0.2.
LOG

now() { date +%s%N; }
best_of() { [ "$2" -lt "$1" ] && echo "$2" || echo "$1"; }

best_npm=999999999999
best_unforbid=999999999999
for _ in $(seq "$RUNS"); do
    start=$(now)
    npm view my-utils --json > "$folder/view"
    npm owner ls my-utils > "$folder/owners" 2>&1 || true
    npm ping > "$folder/ping" 2>&1
    best_npm=$(best_of "$best_npm" $(($(now) - start)))

    start=$(now)
    "$binary" diagnose "$folder/npm-debug.log" --json --probe > "$folder/answer.json" 2> "$folder/asked"
    best_unforbid=$(best_of "$best_unforbid" $(($(now) - start)))
    grep -q '"version-listed"' "$folder/answer.json" || fail "the probe did not find the version"
done
requests=$(grep -c asking "$folder/asked" || true)

awk -v npm="$best_npm" -v own="$best_unforbid" -v least="$LEAST_RATIO" -v requests="$requests" 'BEGIN {
    printf "npm       %.0f ms for three commands\n", npm / 1e6
    printf "unforbid  %.0f ms for the log, the configuration, %d requests and the answer\n", own / 1e6, requests
    printf "ratio     %.1f (goal: at least %d)\n", npm / own, least
    exit !(npm / own >= least)
}'
