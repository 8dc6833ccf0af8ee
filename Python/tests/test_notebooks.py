# SPDX-License-Identifier: MIT
"""The notebooks run from top to bottom, and the examples of the docstrings are true."""

import doctest
import os
from pathlib import Path

import pytest

import mutualinformation as mi

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook(path):
    nbformat = pytest.importorskip("nbformat")
    client = pytest.importorskip("nbclient")
    for name in ("ipykernel", "pandas", "matplotlib"):
        pytest.importorskip(name)
    package = str(Path(mi.__file__).resolve().parents[1])
    os.environ["PYTHONPATH"] = os.pathsep.join(
        filter(None, [package, os.environ.get("PYTHONPATH")]))
    notebook = nbformat.read(path, as_version=4)
    before = [len(cell.get("outputs", [])) for cell in notebook.cells]
    client.NotebookClient(
        notebook, timeout=600, kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}}).execute()
    if os.environ.get("MI_STORE_NOTEBOOKS"):
        nbformat.write(notebook, path)
        return
    # Stored as executed: what the reader sees without running it is what comes out.
    assert [len(cell.get("outputs", [])) for cell in notebook.cells] == before


@pytest.mark.parametrize("module", ["_estimate", "_register"])
def test_the_examples_of_the_docstrings(module):
    found = doctest.testmod(getattr(mi, module), raise_on_error=False)
    assert found.attempted and not found.failed
