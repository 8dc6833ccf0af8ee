# SPDX-License-Identifier: MIT
"""Whatever holds numbers or labels."""

import pickle

import numpy as np
import pytest

import mutualinformation as mi
from mutualinformation import _arrays


@pytest.fixture()
def pair():
    rng = np.random.default_rng(1)
    x = rng.normal(size=(60, 2))
    return x, x + rng.normal(size=(60, 2))


def test_contiguous_arrays_are_read_where_they_lie(pair):
    for array in (pair[0], np.arange(5, dtype=np.int32), pair[0].astype("f4")):
        assert _arrays.contiguous(array, "x") is array
        assert _arrays.borrowed(array, "x", 0).data == array.ctypes.data


def test_a_large_array_costs_no_memory():
    resource = pytest.importorskip("resource")
    rng = np.random.default_rng(0)
    x = rng.normal(size=4_000_000)
    labels = rng.integers(0, 2, len(x)).astype(np.int32)
    mi.estimate(x[:100], labels[:100], "gaussian-label")
    for bad in (x[:10].copy(), labels[:10].copy()):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with pytest.raises(ValueError):
            mi.estimate(x, bad, "ross")
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
        assert grown < x.nbytes / 4


def test_views_orders_and_read_only_arrays_are_the_same(pair):
    x, y = pair
    expected = mi.estimate(x, y, "ksg-1").nats
    wide = np.zeros((60, 5))
    wide[:, 1:5:2] = x
    frozen = x.copy()
    frozen.flags.writeable = False
    shifted = np.frombuffer(b"\0" + x.tobytes(), dtype=np.uint8)[1:].view(float).reshape(60, 2)
    for other in (np.asfortranarray(x), wide[:, 1:5:2], x[::-1][::-1], frozen, x.tolist(),
                  x.astype(">f8"), shifted, memoryview(x), x.astype(object)):
        assert mi.estimate(other, y, "ksg-1").nats == expected


def test_tensors_through_array(pair):
    class Tensor:
        def __init__(self, data):
            self.data = data

        def __array__(self, dtype=None, copy=None):
            return self.data

    class NoTensor:
        def __array__(self, dtype=None, copy=None):
            raise TypeError("can't convert cuda:0 device type tensor to numpy")

    x, y = pair
    assert mi.estimate(Tensor(x), y, "ksg-1").nats == mi.estimate(x, y, "ksg-1").nats
    with pytest.raises(ValueError, match="x: cannot be read as an array: can't convert cuda"):
        mi.estimate(NoTensor(), y)


def test_frames(pair):
    pandas = pytest.importorskip("pandas")
    x, y = pair
    names = np.where(x[:, 0] > 0, "high", "low")
    frame = pandas.DataFrame({"a": x[:, 0], "b": x[:, 1], "name": names})
    assert mi.estimate(frame[["a", "b"]], y, "ksg-1").nats == mi.estimate(x, y, "ksg-1").nats
    expected = mi.estimate(x, names, "ross").nats
    for labels in (frame["name"], frame["name"].astype("category"), frame["name"].astype(object),
                   frame["name"].astype("string"), list(names)):
        assert mi.estimate(frame[["a", "b"]], labels, "ross").nats == expected
    counts = pandas.Series(np.arange(60) % 3, dtype="Int64")
    assert mi.estimate(x, counts).nats == mi.estimate(x, np.arange(60) % 3).nats


@pytest.mark.parametrize("values,sentence", [
    (["a", None] * 30, "y: element 1 (counted from 0) is None among texts"),
    (["a", float("nan")] * 30, "y: element 1 (counted from 0) is nan among texts"),
    (["a", ""] * 30, "y: the label of row 1 (counted from 0) is empty"),
    (["a", "b\0"] * 30, "y: a label holds a zero character"),
    (np.ma.masked_greater(np.arange(60), 30), "y: 29 elements are masked"),
    (np.arange(60) * 1j, "y: the array is complex"),
    (np.arange(60).astype("M8[s]"), "y: the array is of dates or durations"),
    ([object()] * 60, "y: the array is of Python objects"),
    (5.0, "y: the array has shape ()"),
    (np.zeros((60, 0)), "y: the array has shape (60, 0)"),
    ([[1, 2], [3]], "y: cannot be read as an array"),
    (np.full((60, 2), 7), "labels need one column"),
    (np.zeros((60, 2), dtype=int), "several labels at once (multi-label)"),
])
def test_what_is_no_variable(pair, values, sentence):
    with pytest.raises(ValueError) as error:
        mi.estimate(pair[0], values)
    assert sentence in str(error.value)


def test_discrete_and_continuous(pair):
    x, y = pair
    codes = np.arange(60) % 4
    assert mi.estimate(x, codes, "ksg-1", continuous="y").dy == 1
    assert mi.estimate(codes.astype(float), x, discrete="x").classes == 4
    for bad in ({"discrete": "z"}, {"discrete": "y", "continuous": "y"}):
        with pytest.raises(ValueError):
            mi.estimate(x, y, **bad)


def test_an_estimate(pair):
    estimate = mi.estimate(*pair, "gaussian")
    assert float(estimate) == estimate.nats
    assert estimate.bits == pytest.approx(estimate.nats / np.log(2))
    assert estimate.pointwise is None or estimate.pointwise.mean() == pytest.approx(estimate.nats)
    assert mi.estimate(*pair, "ksg-1").pointwise.shape == (60,)
    assert estimate.parameters == {"correction": "exact", "shrinkage": "none"}
    assert "gaussian" in repr(estimate) and "<table>" in estimate._repr_html_()
    copied = pickle.loads(pickle.dumps(mi.estimate(*pair, "ksg-1")))
    assert copied.to_dict() == mi.estimate(*pair, "ksg-1").to_dict()
    assert (copied.pointwise == mi.estimate(*pair, "ksg-1").pointwise).all()


def test_warnings_are_told():
    x = np.random.default_rng(0).normal(size=50)
    y = x + 1e-9 * np.random.default_rng(1).normal(size=50)
    with pytest.warns(mi.EstimateWarning, match="near"):
        assert mi.estimate(x, y, "ksg-1").warnings[0]["code"] == "ceiling"
