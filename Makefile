# `make run` serves Wengert, `make test` checks all of it. Both set up what they need: Python 3.11 or newer is enough to begin with.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
NPM := PATH="$(CURDIR)/$(VENV)/node/bin:$$PATH" npm
NODE := $(VENV)/node/bin/node

RUNTIME := $(VENV)/.runtime
TOOLS := $(VENV)/.tools
MODULES := node_modules/.installed
VENDOR := static/vendor/.bundled
PAGE := static/built/manifest.json

.PHONY: help run test lint types test-js test-py test-browser bench bench-page fmt lock screenshot image image-test clean

help: ## say what there is
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: $(RUNTIME) $(PAGE) ## serve on PORT (8000)
	WENGERT_HOST=$(HOST) WENGERT_PORT=$(PORT) $(PY) -m app serve

test: lint types test-js test-py test-browser ## everything that must hold

lint: $(TOOLS)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/lint-imports

types: $(TOOLS) $(VENDOR)
	$(VENV)/bin/mypy
	PATH="$(CURDIR)/$(VENV)/node/bin:$$PATH" node_modules/.bin/tsc --project tsconfig.json

test-js: $(VENDOR)
	$(NPM) test --silent

test-py: $(TOOLS) $(PAGE)
	tools/postgres.sh
	$(PY) -m pytest --ignore=tests/browser

# A process of its own: Playwright keeps an event loop running in its thread.
test-browser: $(TOOLS) $(PAGE)
	tools/chromium.sh
	$(PY) -m pytest tests/browser

bench: .cache/bench-venv/.peers ## the speed suite, against its peers
	.cache/bench-venv/bin/python -m benchmarks

bench-page: $(TOOLS) $(PAGE) benchmarks/layout/node_modules/.package-lock.json ## first visit, frames and large graphs, in Chromium; layouts beside their peers
	tools/chromium.sh
	$(PY) -m benchmarks.page
	$(PY) -m benchmarks.tapes .cache/tapes.json
	$(NODE) benchmarks/layout/run.mjs --tapes .cache/tapes.json --json .cache/layouts.json

fmt: $(TOOLS) ## lay out the Python sources
	$(VENV)/bin/ruff check --fix-only .
	$(VENV)/bin/ruff format .

lock: ## resolve the dependencies anew
	tools/venv.sh .cache/lock-venv
	.cache/lock-venv/bin/pip install --quiet uv
	.cache/lock-venv/bin/python tools/lock.py .cache/lock-venv/bin/uv
	npm update --ignore-scripts

screenshot: $(TOOLS) $(PAGE) ## take the README's picture anew
	tools/chromium.sh
	$(PY) tools/screenshot.py

image: ## build the container image with Docker
	docker build --tag wengert .

image-test: ## build the image with buildah on a base made here, run it, ask it for a trace
	tools/image-test.sh

clean: ## remove everything that set-up and tests have made
	rm -rf $(VENV) .cache node_modules static/vendor static/built app/ops/generated test-results .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Set-up, each step done anew only when what it is made from has changed.

$(PY):
	tools/venv.sh $(VENV)

$(RUNTIME): requirements.lock requirements-torch.lock | $(PY)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) -r requirements-torch.lock
	touch $@

$(TOOLS): requirements-dev.lock $(RUNTIME)
	$(PIP) --require-hashes -r requirements-dev.lock
	touch $@

$(NODE): | $(PY)
	tools/node.sh $(VENV)

$(MODULES): package-lock.json .npmrc $(NODE)
	$(NPM) ci --ignore-scripts --no-fund --no-audit
	touch $@

$(VENDOR): $(MODULES) tools/bundle.js tools/bundle/libraries.js tools/bundle/pack.js $(wildcard tools/vendor/*.js)
	$(NODE) tools/bundle.js libraries
	touch $@

# The folders are named too: one is newer when a file has come or gone.
$(PAGE): $(VENDOR) tools/bundle.js tools/bundle/page.js tools/bundle/pack.js $(shell find static/js static/css)
	$(NODE) tools/bundle.js page

benchmarks/layout/node_modules/.package-lock.json: benchmarks/layout/package-lock.json
	$(NPM) ci --prefix benchmarks/layout --ignore-scripts --no-audit --no-fund

.cache/bench-venv/.peers: benchmarks/peers.txt requirements.lock requirements-torch.lock
	tools/venv.sh .cache/bench-venv
	.cache/bench-venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	.cache/bench-venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-torch.lock -r benchmarks/peers.txt
	touch $@
