# Two commands for a fresh machine with Python 3.11+, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BUILD := setup.cfg setup.py pyproject.toml $(shell find cli -name '_*.[ch]')

.PHONY: demo test lint clean

demo: $(VENV)/installed
	$(BIN)/thematic demo

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/installed-dev
	$(BIN)/ruff check cli tests benchmarks docs/tools setup.py
	$(BIN)/ruff format --check cli tests benchmarks docs/tools setup.py
	$(BIN)/mypy

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "no virtual environment could be made; on Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/installed: $(VENV)/bin/python $(BUILD)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/installed-dev: $(VENV)/bin/python $(BUILD)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@ $(VENV)/installed

clean:
	rm -rf $(VENV) build dist *.egg-info cli/*.egg-info
