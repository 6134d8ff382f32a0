#!/usr/bin/env bash
# Gradescope runs this once, while it builds the image: the only moment with a network. Grading needs no PyTorch.
set -euo pipefail
source=${AUTOGRADER_ROOT:-/autograder}/source
cd "$source/wengert"

if [ ! -x .venv/bin/python ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 python3-venv gcc libc6-dev
  tools/venv.sh .venv
  .venv/bin/python -m pip install --quiet --require-hashes -r requirements.lock
fi

# The first grading compiles what later ones find ready.
echo '{"c": 3}' | .venv/bin/python -m app grade "$source/exercise.json" - --format gradescope >/dev/null
echo "the grader is ready"
