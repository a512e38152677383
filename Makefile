# Two commands: `make run` starts Heard, `make test` checks it. Everything else is for those who change it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ASSETS := console/assets/manifest.json
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input

.PHONY: run test again faults bench bench-peers soak year week house tour lock translations clean

run: $(VENV)/ready $(ASSETS)
	@exec $(BIN)/heard run

test: $(VENV)/ready-to-test $(ASSETS)
	@$(BIN)/python -m tests.everything

# What needs PostgreSQL; it goes before a change is taken in.
again: $(VENV)/ready-to-test $(ASSETS)
	@$(BIN)/python -m tests.everything again

bench: $(VENV)/ready-to-test $(ASSETS)
	@$(BIN)/python -m bench.join
	@$(BIN)/python -m bench.join --database postgres
	@$(BIN)/python -m bench.broadcast --queued 1000000
	@$(BIN)/python -m bench.broadcast --database postgres --queued 1000000
	@$(BIN)/python -m bench.beside
	@$(BIN)/python -m bench.beside --database postgres
	@$(BIN)/python -m bench.telegram
	@$(BIN)/python -m bench.pages
	@$(BIN)/python -m bench.preview
	@$(BIN)/python -m bench.transfers
	@$(BIN)/python -m bench.meetings
	@$(BIN)/python -m bench.sign_in
	@$(BIN)/python -m bench.start
	@$(BIN)/python -m bench.plain
	@$(BIN)/python -m bench.reading.measure unseen_fourth

# Other people's bots, queues and clients at the same work, in an environment of their own: make bench-peers ARGS=--small
bench-peers: $(VENV)/ready-to-test $(ASSETS)
	@$(BIN)/python -m bench.peers $(ARGS)

# Processes killed, databases that go, answers that are lost, in their long form: about twenty minutes.
faults: $(VENV)/ready-to-test $(ASSETS)
	@$(BIN)/python -m tests.faults.repeats --messages 1000
	@$(BIN)/python -m tests.faults.repeats --messages 1000 --database postgres
	@$(BIN)/python -m pytest tests/faults -m long
	@$(BIN)/python -m tests.faults.troubles --texts 1000 --messages 2000
	@$(BIN)/python -m tests.faults.storm --texts 10000 --messages 20000 --kills 50 --seed 1
	@$(BIN)/python -m tests.faults.storm --texts 10000 --messages 20000 --kills 50 --seed 1 --database postgres

# A hundred thousand odd texts, read and taken in: up to an hour.
soak: $(VENV)/ready-to-test
	@$(BIN)/python -m bench.reading.soak

# A year of four hundred members and sixty meetings, on a clock that is moved: make year ARGS="--seed 2"
year: $(VENV)/ready-to-test $(ASSETS)
	@$(BIN)/python -m tests.year $(ARGS)

# A week in the shoes of ten people of one bank, on the same clock: make week ARGS="--tell Jean"
week: $(VENV)/ready-to-test $(ASSETS)
	@$(BIN)/python -m tests.week $(ARGS)

# How large the rooms are, which way their imports go, and what breaks a rule of the house.
house: $(VENV)/ready-to-test
	@$(BIN)/python -m tests.house_rules.house

# Each thing that can be missing is said there. A set-up that was moved, or whose Python is gone, is made anew.
SET_UP := PYTHON="$(PYTHON)" VENV="$(VENV)" sh deploy/set-up.sh
ifeq ($(shell $(SET_UP) stands),no)
.PHONY: $(VENV)/ready
endif

$(VENV)/ready: requirements.txt pyproject.toml
	@$(SET_UP)

$(VENV)/ready-to-test: $(VENV)/ready requirements-test.txt
	@$(PIP) install --require-hashes -r requirements-test.txt
	@touch $@

# The console's styles, scripts and fonts.
$(ASSETS): $(wildcard console/scss/* console/scripts/* console/marks/*) console/node/package-lock.json $(wildcard console/build*.py) | $(VENV)/ready
	@$(BIN)/python -m console.build
	@touch $@

# Pins are written without any registry's address.
lock:
	uv pip compile pyproject.toml --group build --universal --generate-hashes --no-emit-index-url --no-header -q -o requirements.txt
	uv pip compile pyproject.toml --group build --group test -c requirements.txt --universal --generate-hashes --no-emit-index-url --no-header -q -o requirements-test.txt

translations: $(VENV)/ready
	@$(BIN)/python -m bot.translations

# Pictures of the team's pages for docs/tour.md; it needs Chromium.
tour: $(VENV)/ready-to-test
	@$(BIN)/python -m tests.journeys.tour

clean:
	rm -rf $(VENV) var tests/node/node_modules console/node/node_modules bench/peers/node/node_modules console/assets
