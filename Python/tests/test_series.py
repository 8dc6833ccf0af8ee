# SPDX-License-Identifier: MIT
"""Lags and transfer: frames, pictures, trials and gaps."""

import numpy as np
import pytest

import mutualinformation as mi


@pytest.fixture(scope="module")
def pair():
    rng = np.random.default_rng(0)
    x = rng.normal(size=1200)
    y = np.concatenate([rng.normal(size=3), x[:-3]]) + 0.5 * rng.normal(size=1200)
    return x, y


def test_lags_are_a_tidy_frame(pair):
    found = mi.lags(*pair, 5, permutations=39, seed=1)
    frame = found.to_frame()
    assert list(frame.columns) == ["lag", "nats", "standard_error", "p_value"]
    assert list(frame["lag"]) == list(range(-5, 6)) == list(found.lags)
    assert found.peak["lag"] == 3 and found.p_value <= 0.1
    assert np.array_equal(frame["nats"], found.nats)
    # The contributions to the peak: of 1,190 rows of x, whose mean is the number.
    assert found.pointwise.shape == (1200,)
    assert np.isnan(found.pointwise).sum() == 10
    assert np.nanmean(found.pointwise) == pytest.approx(found.peak["nats"], abs=1e-12)
    assert "peak at lag 3" in repr(found) and "<table>" in found._repr_html_()


def test_a_lag_is_the_estimate_of_the_pairs(pair):
    x, y = pair
    found = mi.lags(x, y, 2, min_lag=0, estimator="ksg-1")
    for lag, nats in zip(found.lags, found.nats):
        assert nats == mi.estimate(x[:1198], y[lag:1198 + lag], "ksg-1").nats


def test_pictures_show_the_numbers(pair):
    pytest.importorskip("matplotlib").use("Agg")
    found = mi.lags(*pair, 4, permutations=39)
    ax = found.plot()
    line = ax.get_lines()[0]
    assert np.array_equal(line.get_xdata(), found.lags)
    assert np.array_equal(line.get_ydata(), found.nats)
    assert ax.get_legend() is not None
    local = mi.transfer(*pair, lag=3)
    ax = local.plot(*pair)
    assert np.array_equal(ax.get_lines()[0].get_ydata(), local.pointwise, equal_nan=True)
    assert len(ax.figure.axes) == 3
    with pytest.raises(mi.InputError, match="no pointwise values"):
        mi.transfer(*pair, lag=3, estimator="gaussian").plot()


def test_transfer_is_a_row(pair):
    found = mi.transfer(*pair, lag="auto", max_lag=5, history="auto", permutations=39)
    assert found.lag == 3 and found.p_value <= 0.1
    frame = found.to_frame()
    assert len(frame) == 1 and frame["nats"][0] == float(found) == found.nats
    assert "lag=3" in repr(found)
    back = mi.transfer(*pair[::-1], lag=3, permutations=39, correct_bias=True)
    assert abs(back.corrected) < 0.15 < found.nats
    assert back.pointwise.shape == (1200,)


def test_trials_are_groups(pair):
    x, y = (one.reshape(12, 100) for one in pair)
    wide = mi.transfer(x, y, lag=3, trials=True)
    long = mi.transfer(x.ravel(), y.ravel(), lag=3, groups=np.repeat(np.arange(12), 100))
    assert wide.nats == long.nats
    assert wide.facts["trials"] == 12 and wide.facts["n"] == 12 * 97


def test_a_gap_ends_a_trial(pair):
    x, y = pair[0].copy(), pair[1]
    x[500] = np.nan
    with pytest.raises(mi.InputError, match="row 500"):
        mi.lags(x, y, 2)
    found = mi.lags(x, y, 2, missing="drop")
    assert found.facts["trials"] == 2
    assert found.facts["missing"]["dropped"] == 1
    # Two rows at each end of either trial.
    assert found.facts["n"] == 1199 - 8
    groups = np.repeat(["a", "b"], 600)
    assert mi.lags(x, y, 2, groups=groups, missing="drop").facts["trials"] == 3
    with pytest.raises(mi.InputError, match="whole trials"):
        mi.lags(x.reshape(12, 100), y.reshape(12, 100), 2, trials=True, missing="drop")


def test_frames_are_series(pair):
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"x": pair[0], "y": pair[1]})
    assert mi.lags(table["x"], table["y"], 1).nats.tolist() == mi.lags(*pair, 1).nats.tolist()


@pytest.mark.parametrize("options, says", [
    ({"lag": "soon"}, "lag is 'soon'"), ({"history": 1.5}, "history is 1.5"),
    ({"discrete": "x"}, "discrete names 'x'"), ({"lag": 0}, "lag is 0"),
])
def test_bad_options_are_named(pair, options, says):
    with pytest.raises(mi.InputError, match=says):
        mi.transfer(*pair, **options)


def test_values_on_other_scales():
    rng = np.random.default_rng(1)
    y = rng.integers(0, 2, 2000)
    x = np.where(rng.random(2000) < 0.1, 1 - y, y)
    found = mi.estimate(x, y, normalize=["entropy-y", "min-entropy"])
    share = found.normalized["entropy-y"]
    # 1 - H(0.1) / ln 2 = 0.531, with a deviation of 0.66 / ln 2 / sqrt(2000) = 0.021.
    assert abs(share["value"] - 0.531) < 0.08
    assert share["low"] < share["value"] < share["high"]
    assert mi.estimate(x, y).to_dict()["normalized"] == []
    r = mi.estimate(y + rng.normal(size=2000), 1.0 * y + rng.normal(size=2000), "gaussian",
                    normalize="correlation").normalized["correlation"]
    assert r["formula"] == "sqrt(1 - exp(-2 I))" and 0 <= r["low"] <= r["value"] <= r["high"] < 1
