# SPDX-License-Identifier: MIT
"""Groups of rows reach a registered function that takes them, and no other one."""

import numpy as np
import pytest

import mutualinformation as mi

X = np.random.default_rng(2).normal(size=(40, 1))
NAMES = np.array(["anna", "bob", "eve", "mia"])[np.arange(40) % 4]
CODES = np.arange(40) % 4


def test_a_function_with_the_argument_is_given_codes():
    seen = []

    def telling(x, y, *, groups=None):
        seen.append(groups)
        return 0.0

    mi.register("telling", telling, replace=True)
    assert mi.estimators()["telling"]["groups"] == "kept"
    mi.estimate(X, X + 1, "telling", groups=NAMES)
    mi.estimate(X, X + 1, "telling")
    assert np.array_equal(seen[0], CODES) and seen[0].dtype == np.int32
    assert seen[1] is None


def test_a_function_without_it_is_refused_groups():
    mi.register("plain", lambda x, y: 0.0, replace=True)
    with pytest.raises(ValueError, match="plain does not take groups of rows") as error:
        mi.estimate(X, X + 1, "plain", groups=NAMES)
    assert error.value.code == "unsupportedGroups" and error.value.status == 64
    mi.register("plain", lambda x, y: 0.5, groups="unaffected", replace=True)
    assert mi.estimate(X, X + 1, "plain", groups=NAMES).nats == 0.5
    with pytest.raises(ValueError, match="needs a function with the argument groups"):
        mi.register("plain", lambda x, y: 0.0, groups="kept", replace=True)


def test_a_check_refuses_it_with_the_sentence():
    rng = np.random.default_rng(3)
    x = rng.normal(size=(120, 1))
    mi.register("plain", lambda x, y: 0.0, replace=True)
    found = mi.check(
        {"t": x + rng.normal(size=x.shape)}, x, (x[:, 0] > 0).astype(int),
        groups=np.arange(120) // 6, estimators=["plain", "gaussian-label"], replicates=5,
        subsamples=10, represent="raw")
    refused = [one for one in found.admissions if one["estimator"] == "within-classes+plain"]
    assert refused and not any(one["admitted"] for one in refused)
    assert "does not take groups of rows" in refused[0]["checks"][0]["reason"]


def test_groups_change_what_a_trained_estimator_says():
    rng = np.random.default_rng(4)
    rows = np.repeat(np.arange(40), 5)
    x = rng.normal(size=(40, 3))[rows] + 0.01 * rng.normal(size=(200, 3))
    y = rng.integers(0, 2, 40)[rows]
    leaking = mi.estimate(x, y, "classifier", backend="best").nats
    kept = mi.estimate(x, y, "classifier", groups=rows, backend="best").nats
    assert kept < leaking
    assert mi.estimate(x, y, "ross", groups=rows).nats == mi.estimate(x, y, "ross").nats
