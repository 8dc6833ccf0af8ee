# SPDX-License-Identifier: MIT
"""The package gives the bits that the command prints."""

import numpy as np
import pytest

import mutualinformation as mi

#: What keeps the estimators that train short; the others run with their defaults.
SHORT = {
    "gmm": {"maxComponents": 4, "draws": 1000}, "auto": {"fast": True, "twins": 1},
    "lmi": {"steps": 20, "twins": 1, "latents": 2}, "pca-ksg": {"twins": 1, "latents": 2},
    "cca-ksg": {"twins": 1, "latents": 2}, "classifier": {"folds": 3},
    "coherence": {"shifts": 19},
}
NEURAL = ("mine", "dv", "nwj", "infonce", "smile", "js", "dime")
SHORT.update({name: {"steps": 40, "batch": 32, "hidden": [8]} for name in NEURAL})

CASES = [
    (name, kind) for name, item in mi.estimators().items() for kind in item["kinds"]
    if item["origin"] == "built-in"]
CASES += [("rank+ksg-1", "continuous-continuous"), ("pca+gaussian", "continuous-continuous"),
          ("extrapolate+gaussian", "continuous-continuous")]


def pair(name, kind, views):
    x, y, labels = views
    if (mi.estimators().get(name) or {}).get("maximumDimension") in (2, 3):
        x, y = x[:, :1].copy(), y[:, :1].copy()
    if kind == "continuous-labels":
        return x, labels
    return (labels, (y[:, 0] > 0).astype(np.int64)) if kind == "labels-labels" else (x, y)


def same(found, expected):
    """Equality to the last bit: JSON has the shortest text that gives the bits back."""
    return {key: found[key] for key in found} == {key: expected[key] for key in found}


@pytest.mark.parametrize("name,kind", CASES)
def test_every_estimator(name, kind, views, command, tmp_path):
    x, y = pair(name, kind, views)
    np.save(tmp_path / "x.npy", x)
    np.save(tmp_path / "y.npy", y)
    parameters = SHORT.get(name, {})
    words = [word for key, value in parameters.items()
             for word in ("-p", "%s=%s" % (key, mi._calls.parameter(key, value)))]
    expected = command(
        "estimate", tmp_path / "x.npy", tmp_path / "y.npy", "-e", name, "--seed", 11, "--json",
        "--no-timing", *words)
    with pytest.warns() if expected["warnings"] else _nothing():
        found = mi.estimate(x, y, name, seed=11, **parameters)
    assert found.nats.hex() == expected["nats"].hex()
    assert same(found.to_dict(), expected)


class _nothing:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


@pytest.mark.parametrize("kind", ["continuous-labels", "labels-labels", "continuous-continuous"])
@pytest.mark.filterwarnings("ignore")
def test_the_default_is_that_of_the_command(kind, views, command, tmp_path):
    x, y = pair("", kind, views)
    x, y = x[:39], y[:39]
    np.save(tmp_path / "x.npy", x)
    np.save(tmp_path / "y.npy", y)
    expected = command("estimate", tmp_path / "x.npy", tmp_path / "y.npy", "--json", "--no-timing")
    assert same(mi.estimate(x, y).to_dict(), expected)


@pytest.mark.filterwarnings("ignore")
def test_permutations(views, command, tmp_path):
    x, y, _ = views
    np.save(tmp_path / "x.npy", x)
    np.save(tmp_path / "y.npy", y)
    expected = command(
        "estimate", tmp_path / "x.npy", tmp_path / "y.npy", "-e", "gaussian", "--permutations", 99,
        "--json", "--no-timing")
    found = mi.estimate(x, y, "gaussian", permutations=99)
    assert found.independence == expected["independence"]
    assert same(found.to_dict(), expected)


@pytest.mark.parametrize("name", ["gaussian", "ksg-1", "mixed-ksg", "classifier"])
@pytest.mark.filterwarnings("ignore")
def test_a_given_variable(name, views, command, tmp_path):
    x, y, labels = views
    y = labels if name == "classifier" else y
    z = np.ascontiguousarray(x[:, :1] + 0.5 * x[::-1, :1])
    for key, value in (("x", x), ("y", y), ("z", z)):
        np.save(tmp_path / (key + ".npy"), value)
    expected = command(
        "estimate", tmp_path / "x.npy", tmp_path / "y.npy", "--given", tmp_path / "z.npy",
        "-e", name, "--json", "--no-timing")
    found = mi.estimate(x, y, name, given=z)
    assert same(found.to_dict(), expected)
    assert found.nats != mi.estimate(x, y, name).nats


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u8", "?", "U",
                                   "S", ">f8", ">i4"])
@pytest.mark.filterwarnings("ignore")
def test_every_type(dtype, views, command, tmp_path):
    x, _, labels = views
    y = labels.astype(dtype) if dtype != "?" else labels > 0
    if "f" in dtype:
        y = (y + np.linspace(0, 1, len(y))).astype(dtype)
    np.save(tmp_path / "x.npy", x)
    np.save(tmp_path / "y.npy", y)
    expected = command("estimate", tmp_path / "x.npy", tmp_path / "y.npy", "--json", "--no-timing")
    assert same(mi.estimate(x, y).to_dict(), expected)


def test_score(command):
    expected = command(
        "score", "-e", "ksg-1", "-e", "ross", "-p", "k=2", "--n", 80, "--dims", "2x1",
        "--replicates", 4, "--mi", "0,0.5", "--seed", 3, "--no-timing", "--json")
    found = mi.score({"ksg-1": {"k": 2}, "ross": {"k": 2}}, n=80, dims=(2, 1), replicates=4,
                     mi=(0, 0.5), seed=3, timing=False)
    assert found.scorecards == expected["scorecards"]
    assert found.failures == expected["failures"]


@pytest.mark.filterwarnings("ignore")
def test_check(views, command, tmp_path):
    x, y, labels = views
    u, groups = x[:, :1] - y[:, 1:], np.arange(150) // 5
    for name, array in (("x", x), ("y", y), ("u", u), ("labels", labels), ("groups", groups)):
        np.save(tmp_path / ("%s.npy" % name), array)
    expected = command(
        "check", "--teacher", "t=%s" % (tmp_path / "x.npy"), "--teacher",
        "u=%s" % (tmp_path / "u.npy"), "--groups", tmp_path / "groups.npy", "--student", tmp_path / "y.npy",
        "--labels", tmp_path / "labels.npy", "--replicates", 5, "--subsamples", 10, "--held-out",
        "--no-cache", "--joint",
        "-e", "gaussian-copula", "-e", "ross", "--json")
    found = mi.check(
        {"t": x, "u": u}, y, labels, groups=groups, replicates=5, subsamples=10, held_out=True, joint=True,
        estimators=["gaussian-copula", "ross"]).to_dict()
    for record in expected["variables"] + found["variables"]:
        del record["file"]
    assert found == expected


def test_bench(command, tmp_path):
    names = ("-e", "gaussian", "-e", "ksg-1")
    command("bench", "run", "bmi-v1", "--task", "*normal*", *names, "-n", 100, "--seeds", 2,
            "--store", tmp_path / "a.sqlite", "--json")
    result = mi.bench("bmi-v1", ["gaussian", "ksg-1"], tasks="*normal*", n=100, seeds=2,
                      store=tmp_path / "b.sqlite")
    keys = ("estimator", "version", "task", "n", "seed", "nats", "truthNats", "parameters")
    rows = [[{key: row[key] for key in keys} for row in mi._bench._trials(store)]
            for store in (tmp_path / "a.sqlite", result.store)]
    assert rows[0] == rows[1] and len(rows[0]) == result.summary["ran"] > 0


def test_threads_never_change_a_result(views):
    x, y, _ = views
    for name in ("ksg-1", "ksg-2", "gaussian", "kde"):
        one = x[:, :1].copy() if name == "kde" else x
        two = y[:, :1].copy() if name == "kde" else y
        numbers = {mi.estimate(one, two, name, threads=threads).nats for threads in (1, 2, 5)}
        assert len(numbers) == 1
