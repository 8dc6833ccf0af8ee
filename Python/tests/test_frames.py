# SPDX-License-Identifier: MIT
"""Tables of pandas and polars in and out, and a picture of every result."""

import numpy as np
import pytest

import mutualinformation as mi


@pytest.fixture()
def columns():
    rng = np.random.default_rng(3)
    a = rng.normal(size=120)
    return {"a": a, "b": a + rng.normal(size=120), "c": rng.normal(size=120)}


def test_pairwise_as_a_frame_of_pandas(columns):
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame(columns)
    plain = mi.pairwise(table, estimator="ksg-1")
    frame = mi.pairwise(table, estimator="ksg-1", frame=True)
    assert list(frame.columns) == list(frame.index) == ["a", "b", "c"]
    np.testing.assert_array_equal(frame.to_numpy(), plain)
    series = mi.pairwise(table, table["a"], estimator="ksg-1", frame=True, errors="nan")
    assert series["b"] == frame.loc["a", "b"]
    assert list(mi.pairwise(table.to_numpy(), estimator="ksg-1", frame=True).columns) == [0, 1, 2]


def test_polars_in_and_out(columns):
    polars = pytest.importorskip("polars")
    table = polars.DataFrame(columns)
    assert float(mi.estimate(table["a"], table["b"], "ksg-1")) == float(
        mi.estimate(columns["a"], columns["b"], "ksg-1"))
    frame = mi.pairwise(table, estimator="ksg-1", frame=True)
    assert frame.columns == ["column", "a", "b", "c"]
    np.testing.assert_array_equal(
        frame.select("a", "b", "c").to_numpy(), mi.pairwise(table, estimator="ksg-1"))
    target = mi.pairwise(table.select("b", "c"), table["a"], estimator="ksg-1", frame=True)
    assert target["column"].to_list() == ["b", "c"]


def test_nulls_of_polars_are_dropped_and_kinds_stay(columns):
    polars = pytest.importorskip("polars")
    codes = [i % 3 for i in range(120)]
    holes = polars.Series(codes[:5] + [None] + codes[6:])
    x = polars.Series(columns["a"]).scatter(7, float("nan"))
    found = mi.estimate(x, holes, missing="drop")
    keep = [i for i in range(120) if i not in (5, 7)]
    whole = mi.estimate(columns["a"][keep], np.array(codes)[keep])
    assert found.n == 118 and found.classes == 3
    assert float(found) == float(whole)
    assert found.to_dict()["missing"]["dropped"] == 2


def test_every_result_draws_itself(columns, views, tmp_path):
    pytest.importorskip("matplotlib").use("Agg")
    x, y, labels = views
    results = [
        mi.estimate(columns["a"], columns["b"], "ksg-1"),
        mi.estimate(columns["a"], columns["b"], "gaussian"),
        mi.describe(np.round(columns["a"], 1), labels[:120]),
        mi.score("gaussian", n=50, replicates=5),
        mi.distill({"t": x}, y, labels, splits=5, represent="none"),
        mi.check({"t": x}, y, labels, held_out=True, replicates=5, subsamples=10),
    ]
    for result in results:
        axes = result.plot()
        assert axes.get_xlabel()
        axes.figure.savefig(tmp_path / "p.png")


def test_frames_of_results(columns, views):
    pandas = pytest.importorskip("pandas")
    x, y, labels = views
    described = mi.describe(np.column_stack([np.round(columns["a"], 1), columns["b"]]), labels[:120])
    frame = described.to_frame()
    assert list(frame["kind"]) == ["recorded", "continuous", "labels"]
    frame = mi.distill({"t": x}, y, labels, splits=5, represent="none").to_frame()
    assert isinstance(frame, pandas.DataFrame) and list(frame.index) == ["t"]
    assert frame["gainLow"].iloc[0] <= frame["gain"].iloc[0] <= frame["gainHigh"].iloc[0]
