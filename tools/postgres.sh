#!/usr/bin/env bash
# Makes sure that there are PostgreSQL's programs for the tests of the store: this machine's, or its package manager's.
set -euo pipefail
command -v initdb >/dev/null && exit 0
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && exit 0
root=()
[ "$(id -u)" = 0 ] || root=(sudo -n)
if command -v apt-get >/dev/null; then
  "${root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends postgresql
else
  echo "The tests of the store need PostgreSQL: install it with this machine's package manager and run again." >&2
  exit 1
fi
