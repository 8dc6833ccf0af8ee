# make demo    install the system libraries, build release, decide on the digits example
# make test    the whole test suite
# make lint    formatting, strict
.PHONY: setup build demo test lint format

APT = libfftw3-dev libopenblas-dev liblapacke-dev libgsl-dev zlib1g-dev libsqlite3-dev pkg-config

setup:
	@bash scripts/setup $(APT)

build: setup
	swift build -c release

test: setup
	swift test

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests
