#!/usr/bin/env bash
# Makes a virtual environment from the first Python of this machine that is new enough for us.
set -euo pipefail
target=$1

for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
  if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    python=$name
    break
  fi
done
if [ -z "${python:-}" ]; then
  echo "Wengert needs Python 3.11 or newer, and found none on this machine." >&2
  exit 1
fi

# Debian ships Python without the part that makes environments.
if ! "$python" -c 'import ensurepip' 2>/dev/null && command -v apt-get >/dev/null; then
  root=()
  [ "$(id -u)" = 0 ] || root=(sudo -n)
  "${root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends \
    "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
fi
"$python" -m venv "$target"
