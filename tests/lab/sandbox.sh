#!/bin/sh
# One scenario on a machine of its own: called inside `unshare` by record.mjs, never by hand.
# Usage: sandbox.sh FOLDER PREFIX NODE
#   FOLDER  hosts, passwd, ca.pem, scenario.json, home/, setup.sh, run.sh; gets out.log and requests.jsonl
#   PREFIX  the client, installed as `npm install --global --prefix PREFIX` does
#   NODE    the node binary that runs the client
set -eu
folder=$1 prefix=$2 node=$3
here=$(cd "$(dirname "$0")" && pwd)

ip link set lo up
hostname laptop
mount --bind "$folder/hosts" /etc/hosts
mount --bind "$folder/passwd" /etc/passwd
mount -t tmpfs tmpfs /etc/ssl/certs
cp "$folder/ca.pem" /etc/ssl/certs/ca-certificates.crt

"$LAB_NODE" "$here/registry.mjs" "$folder" &
registry=$!
while [ ! -e "$folder/ready" ]; do
  kill -0 "$registry"
  sleep 0.05
done

# From here on the machine looks like an ordinary one: the client below /usr/local, the user in /home/dev.
mount --bind "$prefix" /usr/local
mount -o remount,bind,ro /usr/local
[ "$node" = none ] || mount --bind "$node" /usr/local/bin/node
mount --bind "$folder/home" /home
chown -R 1000:1000 /home/dev

as_user() {
  setpriv --reuid=1000 --regid=1000 --clear-groups --no-new-privs \
    env -i HOME=/home/dev USER=dev LOGNAME=dev LANG=C.UTF-8 SHELL=/bin/sh \
    PATH=/usr/local/bin:/usr/bin:/bin "$@"
}

as_user sh "/home/setup.sh" >"$folder/setup.log" 2>&1 </dev/null || {
  echo "the setup failed" >&2
  cat "$folder/setup.log" >&2
  exit 3
}
: >"$folder/armed"
code=0
if [ "${LAB_PTY:-}" = 1 ]; then
  as_user TERM=xterm-256color script -qec "stty cols 120 rows 40; sh /home/run.sh" /dev/null \
    >"$folder/out.log" 2>&1 </dev/null || code=$?
else
  as_user TERM=dumb sh "/home/run.sh" >"$folder/out.log" 2>&1 </dev/null || code=$?
fi
echo "$code" >"$folder/code"
kill "$registry"
