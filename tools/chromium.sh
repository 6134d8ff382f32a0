#!/usr/bin/env bash
# Makes sure that there is a Chromium for the browser tests: this machine's, or its package manager's.
set -euo pipefail
for browser in chromium chromium-browser google-chrome; do
  command -v "$browser" >/dev/null && exit 0
done
root=()
[ "$(id -u)" = 0 ] || root=(sudo -n)
if command -v apt-get >/dev/null; then
  "${root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends chromium
else
  echo "The browser tests need Chromium: install it with this machine's package manager and run again." >&2
  exit 1
fi
