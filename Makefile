# The words of this project. `make help` lists them.
PYTHON ?= python3
RAW ?= raw
OUT ?= out
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: help extract audit test lint golden specimens bench clean
.DEFAULT_GOAL := help

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

extract: $(READY)  ## read the papers in RAW (default raw) and write their tables to OUT (default out)
	@$(BIN)/panel-papers extract $(RAW) --out $(OUT)

audit:  ## open the audit report of OUT in a browser
	@$(PYTHON) -m webbrowser -t "file://$(abspath $(OUT))/audit/index.html"

test: $(READY)  ## run every test
	@$(BIN)/pytest --numprocesses=auto

lint: $(READY)  ## check style, types and formatting
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

golden: $(READY)  ## rewrite the expected results of the specimens and the data dictionary, then show what changed
	-@GOLDEN=write $(BIN)/pytest tests/test_golden.py tests/test_docs.py
	@git --no-pager diff --stat tests/golden docs

specimens: $(READY)  ## typeset the PDF specimens of raw again, then show what changed
	@$(BIN)/python tests/specimens.py
	@git --no-pager diff --stat raw

bench: $(READY)  ## measure the extraction against what importing its libraries costs
	@$(BIN)/python benchmarks/bench.py
	@$(BIN)/python benchmarks/tables.py

clean:  ## remove what was built and what was extracted
	rm -rf $(VENV) out *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The environment is made when it is missing, stale, or its Python is gone.
ifneq ($(shell $(BIN)/python -c 'print("works")' 2>/dev/null),works)
$(shell rm -f $(READY))
endif
$(READY): pyproject.toml constraints.txt
	@echo "making $(VENV) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@
