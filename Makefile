PY := .venv/bin/python

.PHONY: run test check bench quality soak lock

run: .venv/ready
	@$(PY) -m bot run

test: .venv/ready-dev
	$(PY) -m pytest -q

check: .venv/ready-dev
	.venv/bin/ruff format --check bot tools bench tests
	.venv/bin/ruff check bot tools bench tests
	$(PY) -m mypy

bench: .venv/ready-dev
	$(PY) -m bench --write

quality: .venv/ready-dev
	$(PY) -m tools.quality --write

soak: .venv/ready-dev
	$(PY) -m pytest -q -m slow
	$(PY) -m bench.reliability all --write

lock: .venv/ready-dev
	$(PY) -m pip install -q pip-tools
	$(PY) -m tools.lock

.venv/bin/python:
	python3 -m venv .venv

.venv/ready: .venv/bin/python requirements.lock
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
