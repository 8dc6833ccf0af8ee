# SPDX-License-Identifier: MIT
"""The line that `mi` prints for a file it does not read does what it says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest


def refused(program, spec, folder):
    """The line in the refusal."""
    found = subprocess.run([program, "describe", spec], capture_output=True, text=True, cwd=folder)
    assert found.returncode == 65, found.stderr
    line = re.search(r'of it: (python3 -c "(?:[^"\\]|\\.)*")', found.stderr)
    assert line, found.stderr
    return line[1]


@pytest.fixture()
def program():
    from mutualinformation import _command

    found = os.environ.get("MI_COMMAND") or _command.program()
    if found is None:
        pytest.skip("the command mi is not built")
    return str(found)


def run(line, folder):
    path = "%s:%s" % (Path(sys.executable).parent, os.environ["PATH"])
    subprocess.run(line, shell=True, check=True, cwd=folder, env={**os.environ, "PATH": path})


@pytest.mark.parametrize("name", ["x", "it's", 'a "b" $c `d` \\e'])
def test_old_mat_files(program, tmp_path, name):
    io = pytest.importorskip("scipy.io")
    values = np.random.default_rng(0).normal(size=(20, 2))
    io.savemat(tmp_path / (name + ".mat"), {"w": values, "v": values[:, :1]})
    run(refused(program, name + ".mat:w", tmp_path), tmp_path)
    np.testing.assert_array_equal(np.load(tmp_path / (name + ".npy")), values)
    run(refused(program, name + ".mat", tmp_path), tmp_path)
    made = np.load(tmp_path / (name + ".npz"))
    assert sorted(made) == ["v", "w"]


def test_parquet_and_feather(program, tmp_path):
    pytest.importorskip("pyarrow")
    import pandas

    table = pandas.DataFrame({"a": [1.5, 2, 3], "b": [2.5, 1, 0], "t": ["u", "v", "u"]})
    table.to_parquet(tmp_path / "t.parquet")
    table.to_feather(tmp_path / "t.feather")
    for ending in ("parquet", "feather"):
        run(refused(program, "t.%s:b,a" % ending, tmp_path), tmp_path)
        np.testing.assert_array_equal(np.load(tmp_path / "t.npy"), table[["b", "a"]])


def test_pickles(program, tmp_path):
    import pandas

    pandas.Series([1.5, 2.5]).to_pickle(tmp_path / "s.pkl")
    run(refused(program, "s.pkl", tmp_path), tmp_path)
    np.testing.assert_array_equal(np.load(tmp_path / "s.npy"), [1.5, 2.5])
