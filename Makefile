# Two commands are all the set-up: `make run` opens the tutor, `make test` runs every check.
# .venv is made when it is missing, and refreshed when pyproject.toml or constraints.txt changed.

VENV := .venv
JOBS ?= 2
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SUITABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))
# Another Python may be named: make run PYTHON=python3.12
PYTHON ?= $(shell for each in python3 python3.12 python3.13 python3.11 python3.10 python3.14; do \
	$$each -c '$(SUITABLE)' >/dev/null 2>&1 && echo $$each && break; done)

.PHONY: install run test format bench docs screenshots wheel clean

install: $(STAMP)

run: $(STAMP)
	@$(BIN)/pytorch-tutor $(ARGS)

test: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n $(JOBS) --dist worksteal

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP)
	$(BIN)/python -m tests.bench $(ARGS)

docs: $(STAMP)
	$(BIN)/python -m tests.pages

screenshots: $(STAMP)
	$(BIN)/python -m tests.screenshots

wheel: $(STAMP)
	$(BIN)/python -m build --outdir dist .

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.10 or newer with its venv module is needed; on Debian: apt install python3-venv" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(STAMP)
