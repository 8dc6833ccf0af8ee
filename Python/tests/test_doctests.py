# SPDX-License-Identifier: MIT
"""The examples in docstrings run, and every public function has one."""

import doctest
import importlib

import pytest

import mutualinformation as mi

MODULES = ["_bench", "_check", "_describe", "_distill", "_estimate", "_estimators", "_lags", "_pairwise",
           "_register", "_score", "_transfer"]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    module = importlib.import_module("mutualinformation." + name)
    found = doctest.testmod(module, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert found.failed == 0 and found.attempted > 0


@pytest.mark.parametrize("name", [
    "bench", "check", "describe", "distill", "estimate", "estimators", "lags", "pairwise", "register",
    "score", "transfer"])
def test_every_function_has_one(name):
    assert ">>>" in getattr(mi, name).__doc__
