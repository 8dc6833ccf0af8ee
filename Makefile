# make demo    install the system libraries, build release, decide on the digits example
# make bench   five fast estimators on the 40 published tasks, and the report of it
# make test    every test: the Swift suite, then the Python package
# make test-swift    the Swift suite alone
# make test-kernels  the tests of numbers once more with the AVX2 kernels, where others are the default
# make test-seeds    the statistical tests under ten shifts of their seeds, and how near thresholds come
# make test-python   the tests of the Python package, in a virtual environment of their own
# make test-ray      the tests of mi-ray on a Ray cluster of this machine
# make test-r    R CMD check of the R package, with its tests and vignette; installs R by apt
# make test-recipe   the code of docs/add-an-estimator.md, compiled and run as it stands there
# make docs    the site in .build/site: guides, reference, and a gallery whose commands are run
# make wheel   a wheel of the Python package, tested where there is no Swift
# make lint    formatting, strict, and imports that run downward only
# make format  formats in place
# make plugins   the C and Swift example plugins
# make sanitize  the tests of plugin host, neighbors and parsers under the address and thread sanitizers
# make fuzz      the readers of foreign bytes under libFuzzer, 10 minutes each (SECONDS_EACH=600)
DIGITS = Examples/digits

.PHONY: setup build demo bench test test-swift test-kernels test-seeds test-python test-r test-recipe test-ray docs wheel core lint format plugins sanitize fuzz

APT = libfftw3-dev libopenblas-dev liblapacke-dev libgsl-dev zlib1g-dev libhdf5-dev libsqlite3-dev pkg-config \
  gnuplot-nox

setup:
	@bash scripts/setup $(APT)

build: setup
	swift build -c release

# Which of two other views of handwritten digits can teach the Fourier view?
demo: build
	.build/release/mi check --teacher kar=$(DIGITS)/kar.npy --teacher mor=$(DIGITS)/mor.npy \
	  --student $(DIGITS)/fou.npy --labels $(DIGITS)/labels.npy --represent pca=4 --held-out

# Results stay in .build; the same command again only runs what is missing.
bench: build
	.build/release/mi bench run bmi-v1 -e gaussian -e gaussian-copula -e ksg-1 -e ksg-2 -e binning \
	  -n 1000 --seeds 5 --store .build/bench.sqlite
	.build/release/mi bench report .build/bench.sqlite -o .build/bench.html --plots .build/bench-plots
	.build/release/mi bench report .build/bench.sqlite
	@echo "The page: .build/bench.html, the plots: .build/bench-plots"

# No test uses testable imports; without them build and test share their objects.
TEST = swift test -c release --disable-testable-imports

test: test-swift test-python

test-swift: setup
	$(TEST)

# After test-swift. The kernels are chosen when a test process starts, so nothing is built again.
test-kernels:
	MI_KERNELS=avx2 $(TEST) --skip-build --filter 'EstimatorsTests|HarnessTests'

# After test-swift. Ten shifts take about seven minutes on two cores.
SHIFTS = 0 1 2 3 4 5 6 7 8 9

test-seeds:
	python3 scripts/test-seeds $(SHIFTS)

# The library and the command that the Python package stands on.
core: setup
	@bash scripts/setup python3-venv
	swift build -c release --product MICore
	swift build -c release --product mi

test-python: core
	bash scripts/test-python Python

# R comes with its packages from Debian; where apt has none, the test is skipped and says so.
test-r: core
	bash scripts/test-r

test-recipe: core
	bash scripts/test-recipe

# Plain files: they open from the folder and from any web server.
docs: core
	bash scripts/setup python3-venv gawk
	swift build -c release --product EstimatorPlugin
	[ -x .build/docs-python/bin/python ] || python3 -m venv .build/docs-python
	.build/docs-python/bin/pip install -q --disable-pip-version-check markdown numpy h5py
	.build/docs-python/bin/python scripts/make-docs .build/release/mi .build/release/Modules .build/site
	@echo "The site: .build/site/index.html"

test-ray: core
	bash scripts/test-ray

# The wheel is installed and tested with nothing of Swift in PATH and LD_LIBRARY_PATH.
wheel: core
	python3 Python/make_wheel.py .build/release .build/dist
	bash scripts/test-python .build/dist/*.whl

lint:
	swift format lint --strict --recursive Package.swift Sources Tests
	python3 scripts/check-imports
	python3 scripts/module-map --check

format:
	swift format --in-place --recursive Package.swift Sources Tests

plugins:
	$(MAKE) -C Plugins/c
	swift build -c release --package-path Plugins/swift

SANITIZED = PluginHostTests|EstimatorConformanceTests|Neighbor|KSG|DataReading

# Child hosts are left out: under their limit of address space a sanitizer cannot reserve its shadow.
# Leaks are not counted: Foundation's Process keeps 72 bytes of each program started.
CHILDREN = SameNumberTests|ChaosTests

sanitize: setup
	ASAN_OPTIONS=detect_leaks=0 $(TEST) --sanitize address \
	  --scratch-path .build/address --filter '$(SANITIZED)' --skip '$(CHILDREN)'
	$(TEST) --sanitize thread \
	  --scratch-path .build/thread --filter '$(SANITIZED)' --skip '$(CHILDREN)'

fuzz: setup
	bash Fuzz/run.sh
