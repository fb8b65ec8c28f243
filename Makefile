# make run    sets up and serves the dashboard on http://localhost:8501
# make test   sets up, checks and runs every test, those in a real browser included
# make test-cluster  the same questions to a Spark cluster of several processes, which it starts
# make check  formatting, lint and types
# make bench  the measurements that the README quotes
# INCIDENTS=path shows another table; MAPPING=path says what its columns mean, DECISIONS=path what its names mean.
# DOCUMENTS=folder shows the passages of the source documents.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: run test check bench docs browser gdal office test-cluster java

$(VENV)/run.stamp: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

$(VENV)/cluster.stamp: $(VENV)/test.stamp requirements-cluster.txt tests/cluster/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-cluster.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $(VENV)/spark -r tests/cluster/requirements.txt
	touch $@

run: $(VENV)/run.stamp
	INCIDENTS="$(INCIDENTS)" MAPPING="$(MAPPING)" DECISIONS="$(DECISIONS)" DOCUMENTS="$(DOCUMENTS)" \
		$(BIN)/streamlit run dashboard/app.py --server.port $(PORT)

check: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright --pythonpath $(BIN)/python

test: check browser gdal office
	$(BIN)/python -m pytest --numprocesses auto --dist loadgroup

test-cluster: $(VENV)/cluster.stamp java
	$(BIN)/python -m pytest tests/cluster

browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || .ci/install-browser

gdal:
	@command -v ogrinfo >/dev/null || .ci/install-gdal

office:
	@command -v soffice >/dev/null || .ci/install-office

java:
	@command -v java >/dev/null || .ci/install-java

bench: $(VENV)/test.stamp browser
	$(BIN)/python -m benchmarks.matching
	$(BIN)/python -m benchmarks

docs: $(VENV)/run.stamp
	$(BIN)/python -m geodata dictionary > docs/data.md
