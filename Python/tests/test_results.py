# SPDX-License-Identifier: MIT
"""What score, check, bench and pairwise give, and estimators that are Python functions."""

import sys

import numpy as np
import pytest

import mutualinformation as mi


@pytest.fixture()
def correlation():
    def gaussian_of_columns(x, y, seed, scale=1.0):
        """Gaussian information of the first columns."""
        y = y if y.ndim == 1 else y[:, 0]
        return scale * -0.5 * np.log1p(-np.corrcoef(x[:, 0], y)[0, 1] ** 2), 0.01

    mi.register("correlation", gaussian_of_columns, replace=True,
                kinds=("continuous-continuous", "continuous-labels"))
    yield gaussian_of_columns
    mi.unregister("correlation")


def test_estimators_are_listed():
    known = mi.estimators()
    assert "ksg-1" in known and len(known) >= 25
    assert known["ksg-1"]["parameters"][0]["name"] == "k"
    assert [one["name"] for one in known.wrappers][:2] == ["rank", "normal-scores"]
    assert "ksg-1" in repr(known) and "<table>" in known._repr_html_()
    pytest.importorskip("pandas")
    assert known.to_frame().loc["ross", "kinds"] == ["continuous-labels"]


def test_a_function_counts_everywhere(correlation, views):
    x, y, labels = views
    assert mi.estimators()["correlation"]["origin"] == "registered function"
    assert mi.estimators()["correlation"]["summary"] == "Gaussian information of the first columns."
    found = mi.estimate(x, y, "correlation", scale=2)
    assert found.nats == correlation(x, y, 0, 2.0)[0] and found.standard_error == 0.01
    assert mi.estimate(x, labels, "correlation").nats == correlation(x, labels, 0)[0]
    assert mi.estimate(x, y, "standardize+correlation").nats == pytest.approx(
        mi.estimate(x, y, "correlation").nats)
    card = mi.score(["correlation", "gaussian"], n=300, replicates=6).scorecards
    for mine, built_in in zip(card[0]["levels"], card[1]["levels"]):
        assert mine["mean"] == pytest.approx(built_in["mean"], abs=0.01)
    result = mi.bench("bmi-v1", "correlation", tasks="*normal*", n=100, seeds=2)
    assert result.summary["failures"] == {} and result.summary["ran"] > 0
    matrix = mi.pairwise(np.hstack([x, y]), estimator="correlation")
    assert matrix[0, 3] == correlation(x[:, :1], y[:, 1:], 0)[0]


@pytest.mark.filterwarnings("ignore")
def test_a_function_is_judged_by_check(correlation, views):
    x, y, labels = views
    result = mi.check({"x": x}, y, labels, replicates=5, subsamples=10,
                      estimators=["correlation", "gaussian-label"])
    assert [one for one in result.admissions if one["estimator"] == "correlation"]


def test_what_a_function_raises_is_a_failure(views):
    x, y, _ = views

    @mi.register("broken", replace=True)
    def broken(x, y):
        raise RuntimeError("no \u03c0 today")

    @mi.register("wrong", replace=True)
    def wrong(x, y):
        return "a word"

    mi.register("endless", lambda x, y: float("nan"), replace=True)
    with pytest.raises(mi.EstimationError, match="broken raised RuntimeError: no \u03c0 today"):
        mi.estimate(x, y, "broken")
    with pytest.raises(mi.EstimationError, match="wrong raised ValueError"):
        mi.estimate(x, y, "wrong")
    with pytest.raises(mi.EstimationError, match="endless returned nan nats"):
        mi.estimate(x, y, "endless")
    assert "broken raised" in mi.score("broken", n=50, replicates=3).failures[0]["error"]
    failures = mi.bench("bmi-v1", "broken", tasks="*normal*", n=50, seeds=1).summary["failures"]
    assert list(failures) == ["failed"]
    for name in ("broken", "wrong", "endless"):
        mi.unregister(name)
    with pytest.raises(ValueError, match="no estimator \"broken\""):
        mi.estimate(x, y, "broken")


def test_score(tmp_path):
    result = mi.score(["ksg-1", "gaussian"], n=100, replicates=4, mi=(0, 1))
    assert len(result.rows()) == 4 and "ksg-1" in repr(result)
    assert "<table>" in result._repr_html_()
    pandas = pytest.importorskip("pandas")
    frame = result.to_frame()
    assert isinstance(frame, pandas.DataFrame) and list(frame["truth"]) == [0, 1, 0, 1]
    pytest.importorskip("matplotlib").use("Agg")
    assert result.plot().get_xlabel() == "true mutual information, nats"


@pytest.mark.filterwarnings("ignore")
def test_check(views):
    x, y, labels = views
    result = mi.check({"one": x, "noise": np.random.default_rng(5).normal(size=(150, 2))}, y,
                      labels.astype(str), replicates=5, subsamples=10,
                      estimators=["gaussian-copula", "gaussian-label", "ross"])
    assert set(result.verdict) == {"one", "noise"} and set(result.ranking) == {"one", "noise"}
    assert set(result.verdict.values()) <= {"distill", "doNotDistill", "undecided"}
    assert result.warnings and "one" in repr(result) and "<table>" in result._repr_html_()
    pytest.importorskip("pandas")
    frame = result.to_frame()
    assert list(frame.index) == ["one", "noise"]
    known = frame.dropna(subset=["gapNats"])
    assert (known["gapLow"] <= known["gapNats"]).all()
    pytest.importorskip("matplotlib").use("Agg")
    assert len(result.plot().get_yticklabels()) == 2


def test_bench(tmp_path):
    pytest.importorskip("pandas")
    store = tmp_path / "store.sqlite"
    result = mi.bench("bmi-v1", {"ksg-1": {"k": 5}}, tasks="*normal*", n=[60, 90], seeds=[1, 4],
                      store=store)
    frame = mi.read_store(store)
    assert len(frame) == result.summary["ran"]
    assert set(frame["n"]) == {60, 90} and set(frame["seed"]) == {1, 4}
    assert frame["parameters"][0]["k"] == [5] and frame["nats"].notna().all()
    assert [board["n"] for board in result.leaderboards()] == [90, 60]
    again = mi.bench("bmi-v1", {"ksg-1": {"k": 5}}, tasks="*normal*", n=[60, 90], seeds=[1, 4],
                     store=store)
    assert again.summary["ran"] == 0
    assert "ksg-1" in repr(result) and "<table>" in result._repr_html_()
    pytest.importorskip("matplotlib").use("Agg")
    assert result.plot().get_xlabel() == "mean error, nats"


@pytest.mark.filterwarnings("ignore")
def test_pairwise_has_the_bits_of_each_pair():
    rng = np.random.default_rng(2)
    X = rng.normal(size=(80, 4)) @ rng.normal(size=(4, 4))
    X[:, 3] = np.round(X[:, 3])
    for name, parameters in (("ksg-1", {"k": 4}), ("gaussian", {}), ("rank+ksg-2", {})):
        matrix = mi.pairwise(X, estimator=name, **parameters)
        assert np.isnan(np.diag(matrix)).all() and matrix.shape == (4, 4)
        for i in range(4):
            for j in range(i + 1, 4):
                alone = mi.estimate(X[:, i], X[:, j], name, **parameters).nats
                assert matrix[i, j] == matrix[j, i] == alone
    y = rng.integers(0, 3, 80)
    assert mi.pairwise(X, y, "ross").tolist() == [
        mi.estimate(X[:, i], y, "ross").nats for i in range(4)]
    # The default follows how columns were recorded, with neighbors where estimate has auto.
    assert mi.pairwise(X, y)[:3].tolist() == [
        mi.estimate(X[:, i], y, "ross", scale="standardize").nats for i in range(3)]
    flags = X.copy()
    flags[:, 2] = X[:, 2] > 0
    assert mi.pairwise(flags, y)[2] == mi.estimate(X[:, 2] > 0, y, "discrete").nats
    assert mi.pairwise(X, X[:, 0] + 0.1 * y).tolist() == [
        mi.estimate(X[:, i], X[:, 0] + 0.1 * y, "ksg-1", scale="standardize").nats for i in range(4)]
    assert mi.pairwise(X[:, :1]).shape == (1, 1)


def test_a_pair_without_an_estimate():
    X = np.random.default_rng(2).normal(size=(30, 3))
    X[:, 1] = 4
    with pytest.raises(mi.MutualInformationError, match="Column 0 and column 1: Column 0 of y"):
        mi.pairwise(X)
    assert np.isnan(mi.pairwise(X, errors="nan")).sum() == 7


def test_a_plugin_runs_in_its_own_process(tmp_path):
    program = tmp_path / "gauss.py"
    program.write_text(
        "import sys, numpy as n\n"
        "t = n.loadtxt(sys.argv[1], delimiter=',', skiprows=1)\n"
        "r, d = n.corrcoef(t.T), int(sys.argv[2])\n"
        "f = lambda m: n.linalg.slogdet(m)[1]\n"
        "print((f(r[:d, :d].reshape(d, d)) + f(r[d:, d:]) - f(r)) / 2)\n")
    ids = mi.load_plugin("gauss-py=%s %s {csv} {dx} {dy}" % (sys.executable, program))
    assert ids == ["gauss-py"]
    x = np.random.default_rng(0).normal(size=(200, 2))
    y = x + 0.5
    y[:, 0] += np.random.default_rng(1).normal(size=200)
    found = mi.estimate(x[:, 0], y[:, 0], "gauss-py")
    correlation = np.corrcoef(x[:, 0], y[:, 0])[0, 1]
    assert found.nats == pytest.approx(-0.5 * np.log(1 - correlation**2), abs=1e-9)


def test_rows_that_a_network_was_trained_on_are_refused(views):
    x, y, labels = views
    with pytest.raises(ValueError, match="train_rows"):
        mi.check({"x": x}, y, labels, train_rows=[3, 4])
    with pytest.raises(ValueError, match="groups have 5 rows"):
        mi.check({"x": x}, y, labels, groups=labels[:5])
    with pytest.raises(ValueError, match="budget is -1.0"):
        mi.check({"x": x}, y, labels, budget=-1)
