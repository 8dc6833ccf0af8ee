# SPDX-License-Identifier: MIT
"""What an installed wheel brings with it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import mutualinformation as mi

installed = pytest.mark.skipif(
    "MI_NO_SWIFT" not in os.environ, reason="of an installed wheel; make wheel runs it")


def test_the_version_is_that_of_the_project():
    text = (Path(__file__).resolve().parents[1] / "pyproject.toml").read_text()
    assert 'version = "%s"' % mi.__version__ in text


def test_the_kernels_are_named_and_slow_ones_are_a_warning():
    assert mi.kernels in ("baseline", "fma", "avx2", "avx512")
    code = "import mutualinformation as mi; print(mi.kernels)"
    paths = [str(Path(mi.__file__).resolve().parents[1]), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        [sys.executable, "-c", code], text=True, capture_output=True, check=True,
        env={**os.environ, "MI_KERNELS": "sse9", "PYTHONPATH": os.pathsep.join(paths)})
    assert done.stdout.strip() in ("baseline", "fma", "avx2", "avx512")
    assert "RuntimeWarning: MI_KERNELS names no level" in done.stderr


@installed
def test_no_library_of_swift_comes_from_elsewhere():
    assert shutil.which("swift") is None and "LD_LIBRARY_PATH" not in os.environ
    package = str(Path(mi.__file__).resolve().parents[1])
    with open("/proc/self/maps") as maps:
        files = {line.split()[-1] for line in maps if ".so" in line}
    words = ("swift", "Foundation", "dispatch", "MICore", "gsl", "fftw3", "openblasp")
    ours = [name for name in files if any(word in os.path.basename(name) for word in words)]
    assert len(ours) >= 10
    assert [name for name in ours if not name.startswith(package)] == []


@installed
def test_the_command_comes_along():
    found = subprocess.run(["mi", "list"], capture_output=True, text=True, check=True)
    assert "ksg-1" in found.stdout


@installed
def test_the_licenses_come_along():
    from importlib.metadata import files

    names = " ".join(str(file) for file in files("swift-mutual-information"))
    for word in ("libgsl", "libfftw3", "libopenblas", "swift-runtime", "GRDB"):
        assert word in names
