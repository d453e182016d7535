# make run: a fresh machine's environment, the default population, the flagship scenario: its answer in plain words, its page in out/.
# make test: environment, linters, types, import contracts and all tests. Both need only python3 (3.11 to 3.13), make and git.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SCENARIO ?= packages/wealth_tax_three_uses
WORKERS ?= 2

.PHONY: run test lint tests warm format lock wheel clean

run: $(VENV)/.installed
	@mkdir -p out
	$(BIN)/fairshare population build
	$(BIN)/fairshare run $(SCENARIO) --out out

test: lint tests

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# The rules are compiled once, before the workers start; without a browser its tests say so and are skipped.
tests: $(VENV)/.installed
	$(BIN)/python tests/warm.py
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -ra

format: $(VENV)/.installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Versions are pinned in requirements.lock; what it does not name is taken as pyproject.toml allows.
$(VENV)/.installed: pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
		{ echo "fairshare needs Python 3.11, 3.12 or 3.13; name one with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e ".[test]"
	@touch $@

# New versions of everything that pyproject.toml asks for.
lock: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --dry-run --ignore-installed --report $(VENV)/report.json -e ".[test]" hatchling editables
	$(BIN)/python -c 'import json; found = json.load(open("$(VENV)/report.json"))["install"]; \
		pins = sorted(f"{each[\"metadata\"][\"name\"].lower().replace(\"_\", \"-\")}=={each[\"metadata\"][\"version\"]}" for each in found); \
		open("requirements.lock", "w").write("# Versions that the tests pass with, for Python 3.11 to 3.13. Made by: make lock\n" + \
		"".join(f"{pin}\n" for pin in pins if not pin.startswith("fairshare==")))'

wheel: $(VENV)/.installed
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean:
	rm -rf $(VENV) out dist
