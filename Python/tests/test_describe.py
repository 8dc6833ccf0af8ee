# SPDX-License-Identifier: MIT
"""How data were recorded: iris, and a table such as people bring."""

import numpy as np
import pytest

import mutualinformation as mi


def kinds(description, side=0):
    return [profile["kind"] for profile in description.facts["sides"][side]["profiles"]]


def test_iris():
    datasets = pytest.importorskip("sklearn.datasets")
    iris = datasets.load_iris()
    found = mi.describe(iris.data, iris.target)
    # Measured in millimetres and written in centimetres: one decimal.
    assert kinds(found) == ["recorded"] * 4
    for profile in found.facts["sides"][0]["profiles"]:
        assert profile["step"] == pytest.approx(0.1, rel=1e-9)
        assert profile["tiedShare"] > 0.9
    assert found.facts["sides"][1]["classSizes"] == {"0": 50, "1": 50, "2": 50}
    assert found.estimator == "dequantize+standardize+ross"
    assert "4 of the 4 columns of x are recorded" in found.assumptions[0]
    assert "recorded" in repr(found)
    # One row is there twice, as in the paper: rounded numbers, so no copy.
    assert found.facts["copiedRows"] == 0
    estimate = mi.estimate(iris.data, iris.target)
    assert 0.8 < float(estimate) <= np.log(3)


@pytest.fixture
def table():
    pandas = pytest.importorskip("pandas")
    rng = np.random.default_rng(5)
    n = 400
    prices = np.round(rng.lognormal(3, 0.8, n), 2)
    return pandas.DataFrame({
        "day": pandas.date_range("2024-01-01", periods=n).strftime("%Y-%m-%d"),
        "id": ["u%05d" % number for number in rng.permutation(n)],
        "price": np.where(np.arange(n) % 40 == 7, np.nan, prices),
        "rating": rng.integers(1, 6, n).astype(float),
        "direction": rng.integers(0, 360, n).astype(float),
    })


def test_a_table_with_a_date_an_id_a_price_a_rating_and_gaps(table):
    found = mi.describe(table["price"], table["rating"])
    assert kinds(found) == ["recorded"]
    assert kinds(found, 1) == ["fewValues"]
    assert found.facts["missing"]["dropped"] == 10
    assert found.facts["sides"][0]["rows"] == 390
    assert found.facts["sides"][0]["profiles"][0]["step"] == pytest.approx(0.01, rel=1e-6)
    with pytest.raises(ValueError, match="row 7"):
        mi.describe(table["price"], missing="refuse")
    day = mi.describe(table["day"].to_numpy(dtype=str))
    assert "dates" in day.facts["sides"][0]["remark"]
    identifier = mi.describe(table["id"].to_numpy(dtype=str))
    assert "identifier" in identifier.facts["sides"][0]["remark"]
    direction = mi.describe(table["direction"])
    assert direction.facts["sides"][0]["profiles"][0]["ends"]["period"] == 360


def test_copied_rows_count_once():
    rng = np.random.default_rng(6)
    x, y = rng.normal(size=(2, 500))
    drawn = rng.integers(0, 500, 500)
    found = mi.describe(x[drawn], y[drawn])
    assert found.facts["copiedRows"] == 500 - len(set(drawn))
    estimate = mi.estimate(x[drawn], y[drawn])
    assert estimate.n == len(set(drawn))
    assert "copies" in estimate.assumptions[0]
    # Sampled by its terms' spread; the truth is 0 and a copy would read as one nat.
    assert abs(float(estimate)) < 0.2


def test_missing_rows_in_check_and_pairwise():
    rng = np.random.default_rng(7)
    n = 200
    student = rng.normal(size=(n, 2))
    teacher = student + rng.normal(size=(n, 2))
    labels = (student[:, 0] + rng.normal(size=n) > 0).astype(int)
    broken = student.copy()
    broken[[3, 50]] = np.nan
    options = dict(held_out=True, replicates=5, subsamples=10, represent="raw")
    whole = np.delete(np.arange(n), [3, 50])
    dropped = mi.check({"t": teacher}, broken, labels, missing="drop", **options)
    direct = mi.check({"t": teacher[whole]}, student[whole], labels[whole], **options)
    assert dropped.teachers == direct.teachers
    assert dropped.to_dict()["missing"]["byVariable"] == {"t": 0, "student": 2, "labels": 0}
    with pytest.raises(ValueError):
        mi.check({"t": teacher}, broken, labels, **options)
    with pytest.raises(ValueError, match="train_rows"):
        mi.check({"t": teacher}, broken, labels, missing="drop", train_rows=[1], **options)
    np.testing.assert_array_equal(
        mi.pairwise(broken, labels, missing="drop"), mi.pairwise(student[whole], labels[whole]))


def test_the_order_of_rows_in_check():
    rng = np.random.default_rng(8)
    n = 400
    noise = rng.normal(size=(n, 2))
    series = np.empty_like(noise)
    series[0] = noise[0]
    for row in range(1, n):
        series[row] = 0.8 * series[row - 1] + noise[row]
    labels = (series[:, 0] > 0).astype(int)
    options = dict(held_out=True, replicates=5, subsamples=10, represent="raw")
    found = mi.check({"t": series[:, :1]}, series[:, 1:], labels, order="time", **options)
    assert found.to_dict()["regime"]["groups"] >= 10
    with pytest.raises(ValueError, match="order"):
        mi.check({"t": series[:, :1]}, series[:, 1:], labels, order="sideways", **options)
