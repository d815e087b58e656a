#!/usr/bin/env bash
# What the window costs, beside an empty window of the same toolkit on the same machine: time to the first frame,
# work while idle and while scrolling, time from a paste to the verdict, memory.
#
#   benches/window.sh [path of the unforbid binary] [path of the empty window]
#
# Without paths the release binaries are built. STARTS changes how often each is started (11 if not said).
# Needs Xvfb, xclip and Debian's python3-xlib. Prints a table; the status is 1 if a target is missed.
# The screen is drawn by software here, which costs more than any graphics card does.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
    echo "window: $1" >&2
    exit 2
}

for needed in Xvfb xclip /usr/bin/python3; do
    command -v "$needed" > /dev/null || fail "$needed is missing; install it with: apt-get install xvfb xclip python3"
done
/usr/bin/python3 -c 'import Xlib' 2> /dev/null || fail "python3-xlib is missing; install it with: apt-get install python3-xlib"

ours=${1:-} empty=${2:-}
target=${CARGO_TARGET_DIR:-$root/target}/release
if [ -z "$ours" ]; then
    cargo build --release --bin unforbid --manifest-path "$root/Cargo.toml" >&2
    ours=$target/unforbid
fi
if [ -z "$empty" ]; then
    cargo build --release --features figures --bin empty_window --manifest-path "$root/Cargo.toml" >&2
    empty=$target/empty_window
fi
for binary in "$ours" "$empty"; do
    [ -x "$binary" ] || fail "there is no such program: $binary"
done

folder=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2> /dev/null || true
    rm -rf "$folder"
}
trap finish EXIT

export HOME=$folder LIBGL_ALWAYS_SOFTWARE=1 DISPLAY
unset WAYLAND_DISPLAY WAYLAND_SOCKET
mkfifo "$folder/display"
exec 3<> "$folder/display"
# No window manager: nothing else may draw.
Xvfb -displayfd 3 -screen 0 1280x800x24 +extension GLX > /dev/null 2>&1 &
server=$!
read -r -t 20 display <&3 || fail "Xvfb does not start"
DISPLAY=:$display

/usr/bin/python3 "$root/benches/window/measure.py" "$ours" "$empty"
