# `make demo` runs a notebook and opens it, `make test` passes the test suite. Both need a Swift toolchain and nothing
# else: they install the Debian packages that are missing.
#
# One build configuration (release) serves all goals. HUGONIOT_MARCH chooses the instruction set: `native` (the machine
# that builds), a name that the compiler knows such as `x86-64-v3`, or nothing for the baseline that runs everywhere.

HUGONIOT_MARCH ?= native
export HUGONIOT_MARCH

PREFIX ?= /usr/local
TOOL := .build/release/hugoniot
DEMO ?= quickstart

# Tests that ask Python find their environment here.
TESTING := PATH="$(CURDIR)/.build/python/bin:$$PATH"

# Kills, failing operations and mutated inputs; Benchmarks/Faults/README.md says what counts as a fault.
FAULTS := $(TESTING) python3 Benchmarks/Faults/campaign.py $(TOOL)

.PHONY: build demo test verify faults bench lint format reference install clean packages python
.DEFAULT_GOAL := build

build: packages
	swift build -c release --product hugoniot

packages:
	@.ci/install-packages

python:
	@.ci/install-python
	@.ci/install-browser

demo: build
	@mkdir -p demo
	$(TOOL) notebook run Notebooks/$(DEMO).md --tier quick
	$(TOOL) notebook render Notebooks/$(DEMO).md --output demo/$(DEMO).html --overwrite
	@echo
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] && command -v xdg-open >/dev/null; then xdg-open demo/$(DEMO).html; \
	else echo "Open demo/$(DEMO).html in a browser."; fi
	@echo "Next: make demo DEMO=igr-explained, $(TOOL) notebook new study.md, $(TOOL) --help"

test: packages python
	swift build -c release --build-tests
	$(TESTING) swift test -c release --skip-build --disable-xctest
	$(FAULTS) --kills 8 --operations 16 --mutations 32 --minutes 0.5
	$(TOOL) check-cases Cases --tier quick
	$(TOOL) notebook check Notebooks --tier quick

verify: test
	HUGONIOT_TEST_SLURM=1 swift test -c release --skip-build --disable-xctest --filter Slurm
	$(FAULTS) --kills 60 --operations 180 --mutations 600 --minutes 10
	$(TOOL) check-cases Cases --tier long

faults: build python
	$(FAULTS) --kills 1000 --operations 3000 --mutations 10000

bench: build
	$(TOOL) bench solver

lint:
	swift format lint --strict --recursive Sources Tests Package.swift

format:
	swift format --in-place --recursive Sources Tests Package.swift

reference: build
	$(TOOL) reference case --output Cases/REFERENCE.md --overwrite
	$(TOOL) reference sweep --output Cases/campaigns/REFERENCE.md --overwrite
	$(TOOL) reference calibration --output Cases/calibrations/REFERENCE.md --overwrite
	$(TOOL) reference training --output Cases/trainings/REFERENCE.md --overwrite
	$(TOOL) reference notebook --output Notebooks/REFERENCE.md --overwrite

install: build
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(TOOL) $(DESTDIR)$(PREFIX)/bin/hugoniot

clean:
	rm -rf .build demo
