# make demo         install, then the whole job on a bundled example, offline
# make test         install, then the tests (two minutes)
# make test-clock   the tests that start the program, tomorrow, in a month and in a year
# make browser      the tests in chromium, khal and newsboat
# make slow         the tests that take long
# make check        ruff, mypy --strict, coverage
# make install      into .venv
# make help         these lines
# make run          one run on this folder's feeds.yaml
# make audit        looks for known holes in what is installed (asks a server of the Python Package Index)
# make package      builds what is published, and looks it over (build and twine, in .venv-package)
# make constraints  writes down the versions that are installed, after they were tested
# make endurance    kills a thousand runs at their writes, fills the disk, changes the clock (20 minutes)
# make season       four months of hourly runs (8 minutes)
# make fuzz         reads five thousand spoilt inputs of every kind (20 minutes)
# make mutants      changes each number that decides and reports what no test notices (an hour)
# make picture      makes docs/page.png from the demo's page (needs Debian's chromium)
# make train        fits again what tells good news from bad, about from named, news, what is useful, and jotted lines
# make season-of-traps  plays ten weeks of news with traps, and says what fell into a message
# make word-pieces  distils pipeline/relevance/word_pieces.npy again (half an hour; 1 GB to install)
# make bench        measures speed and relevance; needs ../shared for the collections
# make bench-quick  measures what a user feels every day, in two minutes

PYTHON ?= python3
BIN := .venv/bin
# The versions that were tested; `make demo CONSTRAINTS=` takes the newest instead.
CONSTRAINTS ?= -c constraints.txt

.PHONY: package demo run test test-clock check mutants bench bench-quick browser slow install audit constraints endurance season fuzz help picture word-pieces train season-of-traps
.DEFAULT_GOAL := demo

demo: .venv/installed
	@$(BIN)/touchpoints demo

run: .venv/installed
	@$(BIN)/touchpoints run

test: .venv/dev
	$(BIN)/pytest -n auto -m "not slow and not browser"

DAYS = 1,30,365
STARTERS = tests/cli tests/maintenance tests/steps tests/store tests/web tests/test_a_*.py \
  tests/news/test_news_f*.py tests/workspace
test-clock: .venv/dev
	$(BIN)/python -m tests.moved_clock $(DAYS) -n auto -m "not slow and not browser" $(STARTERS)

browser: .venv/dev
	$(BIN)/pytest -m browser

picture: .venv/dev
	$(BIN)/python -m tests.picture

train: .venv/dev
	$(BIN)/python -m tests.training.verdict --write
	$(BIN)/python -m tests.training.subject --write
	$(BIN)/python -m tests.training.genre --write
	$(BIN)/python -m tests.training.usefulness --write
	$(BIN)/python -m tests.training.line_use --write

season-of-traps: .venv/dev
	$(BIN)/python -m tests.traps.season

word-pieces: .venv/dev
	$(PIP) -e '.[distil]'
	$(BIN)/python -m tests.training.distil_word_pieces

slow: .venv/dev
	$(BIN)/pytest -n auto -m slow

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto -m "not browser" --cov --cov-report=term-missing:skip-covered

endurance: .venv/dev
	TOUCHPOINTS_KILLS=1000 $(BIN)/pytest --ignore tests/endurance/test_endurance_season.py tests/endurance

season: .venv/dev
	TOUCHPOINTS_SEASON_DAYS=120 TOUCHPOINTS_SEASON_HOURS=1 \
	$(BIN)/pytest tests/endurance/test_endurance_season.py

fuzz: .venv/dev
	$(BIN)/pytest -m fuzz --hypothesis-profile=fuzz -o timeout=3600

mutants: .venv/dev
	$(BIN)/python -m tests.mutants

bench: .venv/dev
	$(BIN)/python -m tests.benchmarks

bench-quick: .venv/dev
	$(BIN)/python -m tests.benchmarks --quick

package:
	@test -d .venv-package || $(PYTHON) -m venv .venv-package
	@.venv-package/bin/python -m pip install --quiet --disable-pip-version-check build twine
	.venv-package/bin/python -m tests.package

audit: .venv/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[audit]'
	$(BIN)/pip-audit --skip-editable

constraints: .venv/dev
	@{ sed -n '/^#/p' constraints.txt; \
	   $(BIN)/python -m pip freeze --disable-pip-version-check --exclude-editable; } > constraints.new
	@! grep -E '://|^-| @ ' constraints.new
	@mv constraints.new constraints.txt

install: .venv/installed

help:
	@sed -n 's/^# make /make /p' Makefile

# Where the tested versions cannot be had (a newer Python, another kind of machine), the newest serve.
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
NEWEST = echo "The tested versions cannot be had here: the newest are taken." >&2

.venv/installed: pyproject.toml constraints.txt
	@test -d .venv || $(PYTHON) -m venv .venv
	@$(PIP) $(CONSTRAINTS) -e . || { $(NEWEST); $(PIP) -e .; }
	@touch $@

.venv/dev: .venv/installed
	@$(PIP) $(CONSTRAINTS) -e '.[dev]' || { $(NEWEST); $(PIP) -e '.[dev]'; }
	@touch $@
