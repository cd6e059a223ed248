# `make help` lists the targets. PYTHON=… uses another environment than .venv.
SHELL := /bin/bash -euo pipefail
ROOT := $(CURDIR)
PYTHON ?= .venv/bin/python
export PYTHONPATH := $(ROOT)/platform:$(ROOT)
export DEBUG ?= true
export BOOTSTRAP ?= off
LOCK := uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
STATIC := platform/countersign/web/static

.PHONY: help check lint types borders migrations curriculum prompts openapi-check openapi bundle-check \
	format lock environment secrets

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

check: lint types borders migrations curriculum prompts openapi-check bundle-check  ## everything but the tests
	@echo "check: all is well"

lint:  ## style and formatting
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:  ## strict types
	$(PYTHON) -m mypy platform/countersign grader tests bench requirements manage.py

borders:  ## who may import whom
	$(PYTHON) -c "from importlinter.cli import lint_imports_command as run; run()"

migrations:  ## every model has its migration
	@mkdir -p var
	$(PYTHON) manage.py makemigrations --check --dry-run

curriculum:  ## every exercise is proven, its schemas and its page are fresh
	$(PYTHON) -m grader schema --check
	$(PYTHON) -m grader coverage curriculum --check docs/curriculum.md
	$(PYTHON) -m grader check curriculum

prompts:  ## the released prompts are unchanged
	@mkdir -p var
	$(PYTHON) manage.py prompts

openapi-check:  ## docs/openapi.json says what the API does
	@fresh=$$(mktemp) && trap 'rm -f $$fresh' EXIT && \
	$(PYTHON) manage.py spectacular --format openapi-json --fail-on-warn --file $$fresh && \
	diff -u docs/openapi.json $$fresh && echo "openapi: the same" || \
	{ echo "docs/openapi.json differs; after a wanted change: make openapi"; exit 1; }

openapi:  ## write docs/openapi.json
	$(PYTHON) manage.py spectacular --format openapi-json --fail-on-warn --file docs/openapi.json

bundle-check:  ## the committed front end is what its sources build (needs Node 20)
	@.ci/bundle

format:  ## put the code into shape
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

environment:  ## .venv with every lock, the browser tests' too
	python3 -m requirements.bootstrap requirements.txt requirements/dev.txt requirements/e2e.txt

lock:  ## resolve requirements/*.in anew (needs uv and the network)
	$(LOCK) requirements/runtime.in -o requirements.txt
	$(LOCK) requirements/dev.in -o requirements/dev.txt
	$(LOCK) requirements/e2e.in -o requirements/e2e.txt

secrets:  ## make secrets/ for docker-compose.yml; what is there stays
	@umask 077; mkdir -p secrets; cd secrets; \
	random() { head -c 48 /dev/urandom | base64 -w0 | tr '+/' '-_'; }; \
	new() { test -e $$1 || { printf %s "$$2" > $$1; chmod 444 $$1; echo "made secrets/$$1"; }; }; \
	new secret_key "$$(random)"; \
	new database_password "$$(random)"; \
	new database_url "postgresql://countersign:$$(cat database_password)@db/countersign"; \
	new email_url ""; \
	new llm_api_key ""; \
	new llm_vault_key "$$(random)"
