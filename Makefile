# Dateline: everything a person types.  `make help` lists it.  Needs Python 3.11 or later and make, nothing else.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
PY := $(VENV)/bin/python
STAMPS := .build/stamps
PORT ?= 8501
ARGS ?=
BUNDLE ?= .build/dateline.tar.gz
# Each step is done again only when what it rests on has other contents (not merely another time of change).
sum = $(shell cat $(1) 2>/dev/null | cksum | tr ' ' '-')
ENV_STAMP := $(STAMPS)/python-$(call sum,requirements.lock)
DEV_STAMP := $(STAMPS)/python-dev-$(call sum,requirements.lock requirements-dev.txt)
NODE_STAMP := $(STAMPS)/browser-files-$(call sum,package-lock.json dashboard/offline.py dashboard/base_map.py geodata/shapes.py geodata/data/*.parquet)

.PHONY: help run test setup lint eval bench clean gazetteer lock bundle installed

help:  ## this list
	@echo "Dateline: from articles to a map that an analyst can stand behind"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r a b; do printf '%-14s %s\n' "$$a" "$$b"; done
	@echo "  PORT=8502 make run   serve on another port; ARGS='-k merge' make test   hand options to pytest"

run: setup  ## set up if needed, read the sample articles if the store is empty, open the app
	@DATELINE_PYTHON=$(PY) .ci/first-articles
	@echo "== Dateline: http://localhost:$(PORT) (stop with Ctrl-C)"
	@exec $(PY) -m streamlit run dashboard/app.py --server.port $(PORT)

test: setup $(DEV_STAMP)  ## set up if needed and run the whole test suite (ARGS=… goes to pytest)
	@chromium=$$(DATELINE_PYTHON=$(PY) .ci/find-chromium) || true; \
	if [ -n "$$chromium" ]; then echo "== Tests, browser tests with $$chromium"; export DATELINE_CHROMIUM="$$chromium"; \
	else echo "== Tests.  !!! NO CHROMIUM FOUND OR INSTALLABLE: THE BROWSER TESTS ARE SKIPPED !!!"; fi; \
	$(PY) -m pytest $(ARGS)

setup: $(ENV_STAMP) $(NODE_STAMP) gazetteer  ## everything but starting: environment, browser files, gazetteer

lint: $(DEV_STAMP)  ## style and types
	@echo "== ruff"; $(PY) -m ruff check .
	@echo "== mypy"; $(PY) -m mypy

eval: setup $(DEV_STAMP)  ## accuracy against pinned floors
	@echo "== Accuracy"; PYTHONPATH=. $(PY) tests/eval/gate.py $(ARGS)

bench: setup $(DEV_STAMP)  ## speed
	@shopt -s nullglob; files=(benchmarks/bench_*.py); [ $${#files[@]} -gt 0 ] || { echo "no benchmarks" >&2; exit 1; }; \
	for file in "$${files[@]}"; do echo "== $$file"; PYTHONPATH=. $(PY) "$$file"; done

lock: $(DEV_STAMP)  ## resolve requirements.txt anew: every package with its hashes, in requirements.lock
	@$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links requirements.txt --output-file requirements.lock

bundle: setup  ## one archive for a machine without network (BUNDLE=file.tar.gz)
	@DATELINE_PYTHON=$(PY) .ci/bundle "$(BUNDLE)"

clean:  ## remove what setup built (the environment and the index, never the store)
	@rm -rf $(VENV) node_modules .build dashboard/static/vendor && echo "removed $(VENV), node_modules, .build, dashboard/static/vendor"

installed:  # an unpacked bundle brings what these steps would make
	@mkdir -p $(STAMPS) && touch $(ENV_STAMP) $(NODE_STAMP)

# ---------------------------------------------------------------- steps of the set-up
$(PY):
	@.ci/make-venv $(VENV)

$(ENV_STAMP): | $(PY)
	@echo "== Set-up: installing Python packages (once; a few minutes)"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@mkdir -p $(STAMPS) && rm -f $(STAMPS)/python-[0-9]* && touch $@

$(DEV_STAMP): $(ENV_STAMP)
	@echo "== Set-up: installing what tests and development need"
	@$(PY) -m pip install --quiet --disable-pip-version-check --requirement requirements.txt --requirement requirements-dev.txt
	@rm -f $(STAMPS)/python-dev-* && touch $@

$(NODE_STAMP): $(ENV_STAMP)
	@echo "== Set-up: files for the browser (Leaflet, country shapes)"
	@DATELINE_PYTHON=$(PY) .ci/install-browser-files
	@$(PY) -m dashboard.offline
	@rm -f $(STAMPS)/browser-files-* && touch $@

gazetteer: $(ENV_STAMP)  # looks itself whether the index is up to date (0.3 s); compiling it takes about a minute
	@echo "== Set-up: gazetteer index"
	@$(PY) -m geodata.gazetteer_build
