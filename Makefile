# make demo   install, then the whole job on a bundled example, offline
# make test   install, then the tests (under three minutes)
# make check  ruff, mypy --strict, coverage
# make run    one run on this folder's feeds.yaml
# make bench  measures speed and relevance; needs ../shared for the collections

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo run test check bench browser slow install
.DEFAULT_GOAL := demo

demo: .venv/installed
	@$(BIN)/touchpoints demo

run: .venv/installed
	@$(BIN)/touchpoints run

test: .venv/dev
	$(BIN)/pytest -m "not slow and not browser"

browser: .venv/dev
	$(BIN)/pytest -m browser

slow: .venv/dev
	$(BIN)/pytest -m slow

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -m "not browser" --cov --cov-report=term-missing:skip-covered

bench: .venv/dev
	$(BIN)/python -m tests.benchmarks

install: .venv/installed

.venv/installed: pyproject.toml
	@test -d .venv || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/dev: .venv/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@
