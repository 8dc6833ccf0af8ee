# SPDX-License-Identifier: MIT
"""What the tests share: data, the command, and the package from the tree where none is installed."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

# A shell without job control starts background work with Ctrl-C ignored, and children inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parents[2]
if importlib.util.find_spec("mutualinformation") is None:
    sys.path.insert(0, str(ROOT / "Python"))


@pytest.fixture(scope="session")
def command():
    """Runs `mi` and gives its JSON."""
    from mutualinformation import _command

    program = os.environ.get("MI_COMMAND") or _command.program()
    if program is None:
        pytest.skip("the command mi is not built")

    def run(*arguments):
        found = subprocess.run(
            [str(program), *map(str, arguments)], capture_output=True, text=True, timeout=300)
        assert found.returncode == 0, found.stderr
        return json.loads(found.stdout)

    return run


@pytest.fixture()
def views():
    """150 rows: two views that share a normal and a class, and the class."""
    rng = np.random.default_rng(7)
    labels = rng.integers(0, 3, 150).astype(np.int32)
    shared = rng.normal(size=(150, 1)) + labels[:, None]
    x = shared + rng.normal(size=(150, 2))
    y = shared + 0.7 * rng.normal(size=(150, 2))
    return x, y, labels
