# SPDX-License-Identifier: MIT
"""What users write passes `mypy --strict`."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

USER = '''
from typing import Any, Dict, List, Optional, Tuple

import numpy as np
import numpy.typing as npt

import mutualinformation as mi


@mi.register("mine", replace=True)
def mine(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], k: int = 3) -> Tuple[float, float]:
    return float(x.sum() + y.sum() + k), 0.1


def work(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> List[float]:
    found: mi.Estimate = mi.estimate(x, y, "ksg-1", k=3, seed=1)
    error: Optional[float] = found.standard_error
    facts: Dict[str, Any] = found.to_dict()
    verdicts: Dict[str, str] = mi.check({"a": x}, y, y, held_out=True).verdict
    card: mi.ScoreResult = mi.score(["ksg-1"], n=100, dims=(1, 2))
    chosen: Optional[str] = mi.describe(x, y).estimator
    mi.distill({"a": x}, y, y).plot()
    peak: Dict[str, Any] = mi.lags(x, y, 5, permutations=19).peak
    told: float = mi.transfer(x, y, lag="auto", history=2).nats + peak["nats"]
    mine(x, y, k=4)
    try:
        mi.estimate(x, y)
    except (mi.InputError, mi.EstimationError) as failure:
        print(failure.code, told, error, facts, verdicts, card.scorecards, chosen)
    return [float(found), found.nats, found.bits]


reveal_type(mine)
reveal_type(mi.estimate(1, 2).nats)
'''


def test_users_code_passes_strict(tmp_path):
    pytest.importorskip("mypy")
    script = tmp_path / "user.py"
    script.write_text(USER)
    import mutualinformation

    folder = Path(mutualinformation.__file__).parents[1]
    # An installed package is found by itself, and mypy refuses a path into site-packages.
    path = {} if folder.name == "site-packages" else {"MYPYPATH": str(folder)}
    found = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--cache-dir",
         str(tmp_path / "cache"), str(script)],
        capture_output=True, text=True, cwd=tmp_path, env={"PATH": "/usr/bin:/bin", **path})
    errors = [line for line in found.stdout.splitlines() if "user.py" in line and "error" in line]
    assert not errors, found.stdout
    # The decorator keeps the function's own type.
    assert re.search(r"k: [\w.]*int =\) -> tuple\[[\w.]*float, [\w.]*float\]", found.stdout), found.stdout
    assert re.search(r'Revealed type is "[\w.]*float"', found.stdout), found.stdout


def test_the_package_itself_passes(tmp_path):
    pytest.importorskip("mypy")
    import mutualinformation

    if Path(mutualinformation.__file__).parents[1].name == "site-packages":
        pytest.skip("the package is installed, and is checked in the tree")
    found = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path), "--ignore-missing-imports",
         "--exclude", "sklearn|ray", str(Path(mutualinformation.__file__).parent)],
        capture_output=True, text=True, cwd=tmp_path)
    assert found.returncode == 0, found.stdout
