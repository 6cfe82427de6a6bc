# The two commands are `make release` and `make test`; `make help` lists the others.
.DEFAULT_GOAL := help
SHELL := /bin/bash
export UV_COMPILE_BYTECODE := 1
export UV_PYTHON_DOWNLOADS := never
# The machine decides whom to trust, as it does for pip.
export UV_SYSTEM_CERTS := 1
unexport PYTHONDONTWRITEBYTECODE

# The first Python on the path that the lock file is made for.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& command -v "$$p" && break; done)
BIN := .venv/bin

.PHONY: help setup consumers build release test check unit dev peers bench accuracy dictionary schema readme lock clean

help:  ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/.ready  ## make .venv from the lock file

# uv comes by hash too, into a folder of its own, so that syncing .venv does not remove it.
.uv/bin/uv: requirements-uv.lock
	@test -n "$(PYTHON)" || { echo "On the Record needs Python 3.11, 3.12 or 3.13 on the path; or name one: make PYTHON=/path/to/python3.12"; exit 2; }
	$(PYTHON) -m venv .uv
	.uv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

.venv/.ready: .uv/bin/uv requirements.lock pyproject.toml
	.uv/bin/uv venv --quiet --clear --python .uv/bin/python .venv
	VIRTUAL_ENV=.venv .uv/bin/uv pip sync --quiet --require-hashes requirements.lock
	VIRTUAL_ENV=.venv .uv/bin/uv pip install --quiet --offline --no-deps --no-build-isolation -e .
	@touch $@

# Programs that read a release, each in an environment of its own; only tests need them.
CONSUMERS := $(patsubst tests/consumers/%.txt,.consumers/%/.ready,$(wildcard tests/consumers/*.txt))

consumers: $(CONSUMERS)  ## install the programs that the tests read a release with

.consumers/%/.ready: tests/consumers/%.txt .uv/bin/uv
	.uv/bin/uv venv --quiet --clear --python .uv/bin/python .consumers/$*
	VIRTUAL_ENV=.consumers/$* .uv/bin/uv pip sync --quiet --require-hashes $<
	@touch $@

build: setup  ## bring every table up to date and publish the DuckDB file
	$(BIN)/otr build

# Figures that cannot be measured leave their table out of the release, which says so.
release: build  ## build, measure, then cut a release
	-$(MAKE) --no-print-directory accuracy
	$(BIN)/otr release

test: setup check consumers  ## set up and run every check and test, as CI does
	$(BIN)/pytest -n 2 --dist loadfile

check: setup  ## format, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

unit: setup  ## the fast tests only
	$(BIN)/pytest tests/unit -m "not slow"

dev: setup  ## the Dagster UI on http://127.0.0.1:3000
	$(BIN)/otr dev

# Programs that we are measured against; the tables leave out what does not install here.
PEERS := $(patsubst tests/bench/peers/%.txt,.peers/%/.ready,$(wildcard tests/bench/peers/*.txt))

peers: $(PEERS)  ## install the programs that `make bench` measures us against

.peers/%/.ready: tests/bench/peers/%.txt .uv/bin/uv
	.uv/bin/uv venv --quiet --clear --python .uv/bin/python .peers/$*
	VIRTUAL_ENV=.peers/$* .uv/bin/uv pip sync --quiet --require-hashes $<
	@touch $@

bench: setup  ## measure speed and memory, print the tables, and show them in the README
	-$(MAKE) --no-print-directory --keep-going peers
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.readme warehouse/data/bench

accuracy: setup  ## build the golden documents, score them and print the table a release ships
	$(BIN)/python -m tests.golden "$${OTR_WAREHOUSE:-warehouse/data}/accuracy"

dictionary: setup  ## derive warehouse/DICTIONARY.md anew
	$(BIN)/python -m warehouse.dictionary

schema: setup  ## snapshot the contracts under a new version of the schema
	$(BIN)/python -m warehouse.release.contracts

readme: build  ## make the README's query results and its picture anew
	install -D -m 644 tests/golden/example.jsonl warehouse/data/example-seeds/example.jsonl
	$(BIN)/otr build --seeds warehouse/data/example-seeds --warehouse warehouse/data/example
	$(BIN)/python -m assets.readme warehouse/data/on_the_record.duckdb \
		warehouse/data/example/on_the_record.duckdb 'example.jsonl#1'

lock: .uv/bin/uv  ## pin the dependencies of pyproject.toml anew
	.uv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		--extra dev --extra build --extra sign --extra ray pyproject.toml -o requirements.lock
	for name in $(patsubst %.in,%,$(wildcard tests/consumers/*.in tests/bench/peers/*.in)); do .uv/bin/uv pip compile --quiet \
		--universal --generate-hashes --no-header --python-version 3.11 $$name.in -o $$name.txt; done
	echo 'uv==0.13.9' | .uv/bin/uv pip compile --quiet --generate-hashes --no-header - -o requirements-uv.lock

clean:  ## remove what was built, not the environments
	rm -rf warehouse/data
