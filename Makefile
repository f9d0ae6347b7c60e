# What a person or CI types here. `make test` is exactly what CI runs.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# Tests start the program hundreds of times; without bytecode each start compiles it anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# One file stays on one worker (its fixtures build wheels and environments once); the slow acceptance files start first.
PYTEST ?= -n auto --dist loadfile --no-loadscope-reorder

export PYTHONUTF8 := 1

.PHONY: help demo test lint format docs bench clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "mlgov needs Python 3.11 or newer; say `make PYTHON=python3.12 ...`")'
	$(PYTHON) -m venv $(VENV)

# Dependency groups need pip 25.1; the pip that comes with Python 3.11 is older.
$(VENV)/.pip: | $(BIN)/python
	$(PIP) install --quiet --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/.installed: pyproject.toml | $(VENV)/.pip
	$(PIP) install --quiet -e .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/.pip
	$(PIP) install --quiet -e . --group dev
	@touch $(VENV)/.installed $@

demo: $(VENV)/.installed ## see mlgov fail a broken example and pass a clean one
	@echo 'mlgov check examples/churn-broken: a model whose documents contradict its results'
	@$(BIN)/mlgov check examples/churn-broken; code=$$?; \
	 if [ $$code -ne 1 ]; then echo "the broken example must end with exit code 1, not $$code" >&2; exit 1; fi
	@echo
	@echo 'mlgov check examples/churn: the same model, told without contradictions'
	@$(BIN)/mlgov check examples/churn

# Every step runs, even after one that failed; pytest comes last, so that its closing line is the last thing printed.
test: $(VENV)/.dev ## everything that CI runs
	@failed=(); \
	step() { echo "== $$*"; "$$@" || failed+=("$$(basename $$1) $${2-}"); }; \
	step $(BIN)/ruff check .; \
	step $(BIN)/ruff format --check .; \
	step $(BIN)/mypy --strict mlgov rules; \
	step $(BIN)/lint-imports --no-logo; \
	if (( $${#failed[@]} )); then printf '!! FAILED: %s\n' "$${failed[@]}"; fi; \
	echo '== pytest'; \
	$(BIN)/python -m pytest $(PYTEST) && (( $${#failed[@]} == 0 ))

lint: $(VENV)/.dev ## style, types and floors, without the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict mlgov rules
	$(BIN)/lint-imports --no-logo

format: $(VENV)/.dev ## let ruff rewrite what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.dev ## the site of the documentation, in site/
	$(BIN)/python docs/generate.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

bench: $(VENV)/.dev ## ratios against other tools; prints how long everything took, asserts nothing
	@$(BIN)/python benchmarks/measure.py

clean: ## remove everything that was made, the virtual environment too
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
