#!/bin/sh
# One case on a machine of its own: called inside `unshare` by run.mjs, never by hand.
# Usage: sandbox.sh FOLDER PREFIX NODE [VARIABLE=VALUE…] COMMAND…
#   FOLDER  hosts, passwd, case.json, home/, global/; gets out.log, code and wire.jsonl; FOLDER/.. has the certificates
#   PREFIX  the client, installed as `npm install --global --prefix PREFIX` does
#   NODE    the node binary that runs the client
set -eu
folder=$1 prefix=$2 node=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)

ip link set lo up
hostname laptop
mount --bind "$folder/hosts" /etc/hosts
mount --bind "$folder/passwd" /etc/passwd
mount -t tmpfs tmpfs /etc/ssl/certs
cp "$folder/../ca.pem" /etc/ssl/certs/ca-certificates.crt

"$LAB_NODE" "$here/wire.mjs" "$folder" &
registry=$!
while [ ! -e "$folder/ready" ]; do
  kill -0 "$registry"
  sleep 0.02
done

# The global settings lie in /usr/local/etc, beside the client.
mkdir -p "$prefix/etc"
mount --bind "$prefix" /usr/local
mount -o remount,bind,ro /usr/local
mount --bind "$folder/global" /usr/local/etc
[ "$node" = none ] || mount --bind "$node" /usr/local/bin/node
mount --bind "$folder/home" /home
chown -R 1000:1000 /home/dev
cd "/home/dev/${LAB_CD:-project}"

code=0
setpriv --reuid=1000 --regid=1000 --clear-groups --no-new-privs \
  env -i HOME=/home/dev USER=dev LOGNAME=dev LANG=C.UTF-8 SHELL=/bin/sh TERM=dumb \
  PATH=/usr/local/bin:/usr/bin:/bin "$@" >"$folder/out.log" 2>&1 </dev/null || code=$?
echo "$code" >"$folder/code"
kill "$registry"
