# Every command that a developer, an operator or CI needs. `make` alone lists them.
# All are the same on a fresh machine: they make .venv first, and again when what it is made from has changed.

PYTHON ?= python3
PYTEST_ARGS ?=
LOCK_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(LOCK_ARGS)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint plain strings lock bench rehearsal clean

help: ## show this list
	@echo 'make run and make test are all that is needed to begin. PYTHON=python3.12 chooses another Python.'
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(VENV)/made-to-run ## start Equal Voice: prints where to go and the first invitation
	@$(BIN)/equal-voice run

test: $(VENV)/made-to-test ## run every test (PYTEST_ARGS='-k keys' for some)
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(VENV)/made-to-test ## check style, formatting, types and plain English
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/python -m bot.plain --faults

plain: $(VENV)/made-to-test ## print how hard each English text is to read; fails when one is too hard
	@$(BIN)/python -m bot.plain

strings: $(VENV)/made-to-test ## collect the texts to translate into locales/
	@$(BIN)/python -m bot.strings

lock: $(VENV)/made-to-test ## pin the requirements again (LOCK_ARGS=--upgrade for newer ones)
	@$(COMPILE) pyproject.toml requirements.in --output-file requirements.txt
	@$(COMPILE) --constraint requirements.txt requirements-test.in --output-file requirements-test.txt

bench: $(VENV)/made-to-run ## measure roughly: updates a second, milliseconds a chart
	@$(BIN)/equal-voice bench

rehearsal: $(VENV)/made-to-run ## make a practice assessment with made-up participants
	@$(BIN)/equal-voice rehearsal

clean: ## remove .venv and caches; data and keys stay
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find bot conversations storage locales tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/made-to-run: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'Equal Voice needs Python 3.11 or newer, and $(PYTHON) is not: install one and name it, as in PYTHON=python3.12.' >&2; exit 1; }
	@echo 'Setting up $(VENV): this takes a minute the first time.'
	@$(PYTHON) -m venv $(VENV)
	@$(PIP_INSTALL) --require-hashes --only-binary :all: -r requirements.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/made-to-test: $(VENV)/made-to-run requirements-test.txt
	@$(PIP_INSTALL) --require-hashes --only-binary :all: -r requirements-test.txt
	@touch $@
