# Two commands: `make demo` shows what ilo_gis does, `make test` proves it. Both can be repeated at no cost.
SHELL := /bin/bash
PYTHON := $(shell [ -x /usr/bin/python3 ] && echo /usr/bin/python3 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-all test-qgis-matrix lint bench plugin clean system

demo: $(VENV)/.ready
	@$(BIN)/ilo-gis demo --out out/demo

test: system $(VENV)/.tests
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n auto -m "not slow"
	@bash .ci/test-plugin $(BIN)/python -m "not slow"

test-all: system $(VENV)/.tests
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n auto
	@bash .ci/test-plugin $(BIN)/python

# The plugin on Debian 13 and Debian testing: needs root, debootstrap, 6 GB and a network; says so where it is missing.
test-qgis-matrix: | $(VENV)/bin/python
	@bash .ci/qgis-matrix $(BIN)/python $(RELEASES)

lint: $(VENV)/.lint
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && \
		$(BIN)/bandit -q -r ilo_gis qgis_plugin/ilo_gis_plugin 2> >(grep -v "nosec encountered" >&2) \
		&& $(BIN)/python .ci/check-dependencies

bench: $(VENV)/.ready
	@$(BIN)/python -m benchmarks

# the zip that a planner installs in QGIS
plugin: system $(VENV)/.ready
	@$(BIN)/python qgis_plugin/package_plugin.py

# QGIS, and the venv module that Debian ships apart, where apt is at hand. Says what it cannot do.
system:
	@bash .ci/system-packages

# Debian's own python3 sees Debian's QGIS; numpy<2 and pandas<3 because its GDAL was built for numpy 1.
$(VENV)/bin/python:
	@bash .ci/make-venv "$(PYTHON)" $(VENV)

$(VENV)/.ready: pyproject.toml | $(VENV)/bin/python
	@echo "Installing ilo_gis into $(VENV) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c .ci/constraints.txt -e ".[all]"
	@touch $@

$(VENV)/.tests: $(VENV)/.ready pyproject.toml
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c .ci/constraints.txt "bandit>=1.7.9" "detect-secrets>=1.5" "hypothesis>=6.100" "pytest>=8" "pytest-qgis>=5.0.2" "pytest-xdist>=3.5"
	@touch $@

$(VENV)/.lint: $(VENV)/.tests
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c .ci/constraints.txt "bandit>=1.7.9" "mypy>=1.10" "packaging>=23" "pip-audit>=2.7" "ruff>=0.6"
	@touch $@

clean:
	rm -rf $(VENV) out build dist
