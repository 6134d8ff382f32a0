#!/usr/bin/env bash
# Builds the Dockerfile where no Docker engine runs, starts the container's command as a random user, and asks it for a trace.
#
# The base image is made here with debootstrap and gets the name that the Dockerfile uses; buildah takes it from its own store and pulls
# nothing. Inside the build pip is configured as it is on this machine, and torch is what pip finds by itself. Needs root.
set -euo pipefail
cd "$(dirname "$0")/.."
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs

command -v buildah >/dev/null && command -v debootstrap >/dev/null || {
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends buildah debootstrap
}

work=$PWD/.cache/image-test
mkdir -p "$work"
buildah=(buildah --storage-driver vfs --root "$work/storage" --runroot "$work/run")
store() { "${buildah[@]}" "$@"; }
container=""
server=""
finish() {
  [ -z "$server" ] || { kill -- "-$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }
  [ -z "$container" ] || store rm "$container" >/dev/null
}
trap finish EXIT

base=$(sed -n 's/^ARG BASE=//p' Dockerfile)
release=${base#*:}
if ! store inspect --type image "$base" >/dev/null 2>&1; then
  echo "== $base, with debootstrap"
  rm -rf "$work/base"
  debootstrap --variant=minbase "${release%-slim}" "$work/base" >"$work/debootstrap.log" || { tail "$work/debootstrap.log"; exit 1; }
  container=$(store from scratch)
  tar -C "$work/base" --one-file-system -cf "$work/base.tar" .  # a tar keeps the modes of folders such as /tmp
  store add --quiet "$container" "$work/base.tar" / >/dev/null
  store commit --quiet "$container" "$base" >/dev/null
  store rm "$container" >/dev/null
  container=""
  rm -rf "$work/base" "$work/base.tar"
fi

# pip's and npm's configuration of this machine, with every folder and file that it names.
python3 tools/machine_mounts.py "$work" >"$work/mounts"
mounts=()
while read -r mount; do mounts+=(--volume "$mount:ro"); done <"$work/mounts"

echo "== build"
store build --pull=never --format docker --layers=false --build-arg TORCH= "${mounts[@]}" --tag wengert . | sed -E '/^(Get|Fetched|Selecting|Preparing|Unpacking|Setting up|\(Reading)/d'

echo "== run"
container=$(store from --pull=never wengert)
root=$(store mount "$container")
uid=$((RANDOM + 20000))
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mapfile -t command < <(store inspect --format '{{range .OCIv1.Config.Cmd}}{{println .}}{{end}}' "$container" | sed '/^$/d')
setsid "${buildah[@]}" run --user "$uid" --env "WENGERT_PORT=$port" "$container" -- "${command[@]}" &
server=$!
python3 tools/ask_for_a_trace.py "http://127.0.0.1:$port"

written=$(find "$root" -xdev -user "$uid" ! -path "$root/tmp/*" ! -path "$root/data/*" | head)
[ -z "$written" ] || { echo "written outside /tmp and /data: $written"; exit 1; }
echo "== image-test: ${command[*]} as user $uid answered, and wrote nothing outside /tmp and /data"
