#!/usr/bin/env bash
# How long Unforbid needs for a 1 GiB npm debug log, beside the time `rg -c -F 403` needs for the same file.
#
#   benches/against_ripgrep.sh [path of the unforbid binary]
#
# Without a path the release binary is built (without the window). SIZE_MIB and RUNS change what is measured.
# Prints the best of five interleaved runs each, their ratio, and the peak resident memory of Unforbid.
# The goal is a ratio of at most 2.0 and less than 100 MB; the status says whether both were reached.
set -euo pipefail

SIZE_MIB=${SIZE_MIB:-1024}
RUNS=${RUNS:-5}
MOST_RATIO=2.0
MOST_MEMORY_KB=100000

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
    echo "against_ripgrep: $1" >&2
    exit 2
}

command -v rg > /dev/null || fail "ripgrep is missing; install it with: apt-get install ripgrep, or cargo install ripgrep"
command -v awk > /dev/null || fail "awk is missing; it writes the log"
[ -x /usr/bin/time ] || fail "GNU time is missing (it tells the peak memory); install it with: apt-get install time"
/usr/bin/time -f %M true 2> /dev/null || fail "/usr/bin/time is not GNU time, which knows -f %M; install the package called time"

binary=${1:-}
if [ -z "$binary" ]; then
    cargo build --release --no-default-features --manifest-path "$root/Cargo.toml" >&2
    binary=${CARGO_TARGET_DIR:-$root/target}/release/unforbid
fi
[ -x "$binary" ] || fail "there is no such program: $binary"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
free_kib=$(df -Pk "$folder" | awk 'NR == 2 { print $4 }')
[ "$free_kib" -gt $((SIZE_MIB * 1024 + 65536)) ] || fail "not enough room for the log in $folder"

# The lines of a real debug log, numbered as npm numbers them; 403 stands in numbers, timings, sizes, hashes and
# ports, and once, in the middle, as what a registry answered.
log=$folder/2026-11-21T20_04_14_878Z-debug-0.log
echo "writing $SIZE_MIB MiB of npm's debug log" >&2
awk -v most=$((SIZE_MIB * 1048576)) '
function put(text) {
    text = line++ " " text
    size += length(text) + 1
    print text
}
function name() { return names[int(rand() * count)] }
function version() { return int(rand() * 20) "." int(rand() * 60) "." int(rand() * 30) }
function hex(digits,   text) {
    while (length(text) < digits) text = text sprintf("%06x", int(rand() * 16777216))
    return substr(text, 1, digits)
}
BEGIN {
    srand(403)
    count = split("lodash react @babel%2fcore chalk semver polyfill-core errors-ex canvas @types%2fnode resolve " \
        "ansi-styles commander merge-stream scan-env policy-reader typescript code-frame left-padd mirror-fs", names, " ")
    host = "https://npm.acme.example/"
    put("verbose cli /usr/local/bin/node /usr/local/bin/npm")
    put("info using npm@11.6.2")
    put("info using node@v24.11.1")
    put("verbose title npm publish")
    put("verbose argv \"publish\"")
    while (size < most) {
        kind = int(rand() * 10)
        n = name()
        if (kind < 2) put("http fetch GET 200 " host n " " int(rand() * 5000) "ms (cache " (rand() < 0.5 ? "hit" : "miss") ")")
        else if (kind < 4) put("silly placeDep ROOT " n "@" version() " OK for: " name() "@" version() " want: ^" version())
        else if (kind < 5) put("silly fetch manifest " n "@^" version())
        else if (kind < 7) put("timing reifyNode:node_modules/" n "/node_modules/" name() " Completed in " int(rand() * 9000) "ms")
        else if (kind < 8) put("silly tarball no local data for " host n "/-/" n "-" version() ".tgz. Extracting by manifest.")
        else if (kind < 9) put("verbose integrity sha1-" hex(40) " " int(rand() * 900000) "B port " 4000 + int(rand() * 60))
        else put("http cache " host n "/-/" n "-" version() ".tgz 0ms (cache hit)")
        if (!refused && size > most / 2) {
            refused = 1
            put("notice package: @acme/ui@2.1.0")
            put("http fetch PUT 403 " host "@acme%2fui 431ms")
            put("verbose stack HttpErrorGeneral: 403 Forbidden - PUT " host "@acme%2fui - You do not have permission to publish \"@acme/ui\".")
            put("verbose statusCode 403")
            put("error code E403")
            put("error 403 403 Forbidden - PUT " host "@acme%2fui - You do not have permission to publish \"@acme/ui\".")
            put("error 403 In most cases, you or one of your dependencies are requesting")
        }
    }
    put("verbose exit 1")
}' > "$log"
cat "$log" > /dev/null

now() { date +%s%N; }
best_of() { [ "$2" -lt "$1" ] && echo "$2" || echo "$1"; }

best_rg=999999999999
best_unforbid=999999999999
peak=0
for _ in $(seq "$RUNS"); do
    start=$(now)
    rg -c -F 403 "$log" > "$folder/count"
    best_rg=$(best_of "$best_rg" $(($(now) - start)))

    start=$(now)
    status=0
    "$binary" diagnose "$log" --json > "$folder/answer.json" || status=$?
    best_unforbid=$(best_of "$best_unforbid" $(($(now) - start)))
    [ "$status" -eq 0 ] || fail "unforbid found nothing (status $status)"
    grep -q '@acme/ui' "$folder/answer.json" || fail "unforbid did not find the refused package"

    # Apart from the timed run, because the wrapper takes time of its own.
    /usr/bin/time -o "$folder/memory" -f %M "$binary" diagnose "$log" --json > /dev/null
    peak=$(awk -v a="$peak" '{ print ($1 > a) ? $1 : a }' "$folder/memory")
done

awk -v rg="$best_rg" -v own="$best_unforbid" -v peak="$peak" -v lines="$(cat "$folder/count")" \
    -v size="$(wc -c < "$log")" -v most="$MOST_RATIO" -v memory="$MOST_MEMORY_KB" 'BEGIN {
    printf "log       %.0f MiB, 403 on %d lines\n", size / 1048576, lines
    printf "ripgrep   %.0f ms, %.1f GiB/s\n", rg / 1e6, size / 1073741824 / (rg / 1e9)
    printf "unforbid  %.0f ms, %.1f GiB/s\n", own / 1e6, size / 1073741824 / (own / 1e9)
    printf "ratio     %.2f (goal: at most %.1f)\n", own / rg, most
    printf "memory    %.0f MB (goal: less than %.0f MB)\n", peak / 1e3, memory / 1e3
    exit !(own / rg <= most && peak < memory)
}'
