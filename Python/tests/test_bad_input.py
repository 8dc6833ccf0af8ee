# SPDX-License-Identifier: MIT
"""Bad input is a ValueError with the core's sentence, and nothing ends the interpreter."""

import os
import random
import warnings

import numpy as np
import pytest

import mutualinformation as mi

X = np.random.default_rng(0).normal(size=(30, 2))
Y = X + 1

SENTENCES = [
    (dict(y=Y[:5]), "The first variable has 30 rows and the second 5; they must be equal."),
    (dict(estimator="ksg"), "There is no estimator \"ksg\". Did you mean cca-ksg or ksg-1?"),
    (dict(estimator="ksg-1", l=3),
     "Estimator ksg-1 has no parameter \"l\"; it has k, jitter, scale, ties, theiler."),
    (dict(estimator="ksg-1", k=0),
     "Parameter k of ksg-1 is \"0\"; it needs whole numbers of at least 1, with commas."),
    (dict(estimator="ksg-1", k=1.5), "Parameter k of ksg-1 is \"1.5\""),
    (dict(estimator="ksg-1", k=[2, 2]), "Parameter k of ksg-1 is \"2,2\""),
    (dict(estimator="ksg-1", k=30), "Estimator ksg-1 got 30 rows; it needs at least 31."),
    (dict(estimator="ksg-1", k=2**63 - 1), "Estimator ksg-1 got 30 rows"),
    (dict(estimator="ksg-1", k=2**64), "Parameter k of ksg-1"),
    (dict(estimator="ksg-1", k="3\n4"), "Parameter k has a line break"),
    (dict(estimator="ross"), "For two continuous variables use ksg-1 or gaussian-copula."),
    (dict(estimator=3), "estimator is 3; it needs a text."),
    (dict(estimator="a\0b"), "estimator holds a zero character."),
    (dict(y=np.where(X > 2, np.nan, X)[:, 0] * np.nan),
     "y: row 0, column 0 (counted from 0) is nan; every number must be finite."),
    (dict(y=np.ones(30), estimator="ksg-1"), "Column 0 of y (counted from 0) is 1.0 in every row"),
    (dict(seed=-1), "seed is -1; it needs a whole number from 0 to 18446744073709551615."),
    (dict(seed=1.0), "seed is 1.0"),
    (dict(threads=0), "threads is 0; it needs a whole number from 1 to 4096."),
    (dict(permutations=-1), "permutations is -1"),
    (dict(estimator="wild+ksg-1"), "There is no wrapper \"wild\""),
]


@pytest.mark.parametrize("change,sentence", SENTENCES)
def test_the_sentence(change, sentence):
    arguments = dict(x=X, y=Y)
    arguments.update(change)
    with pytest.raises(ValueError) as error:
        mi.estimate(**arguments)
    assert sentence in str(error.value)
    assert error.value.code


@pytest.mark.parametrize("call,sentence", [
    (lambda: mi.score("ksg-1", n=1), "n is 1"),
    (lambda: mi.score("ksg-1", mi=[-1]), "rising numbers of nats"),
    (lambda: mi.score("ksg-1", mi=[]), "rising numbers of nats"),
    (lambda: mi.score("ksg-1", mi=[float("nan")]), "mi is nan"),
    (lambda: mi.score("ksg-9"), "There is no estimator \"ksg-9\""),
    (lambda: mi.score({"ksg-1": {"q": 1}}), "has no parameter \"q\""),
    (lambda: mi.score("gaussian", n=10**8, dims=(2000, 2000)), "at most 1000000000 numbers"),
    (lambda: mi.check({}, X, Y[:, 0]), "teachers is empty"),
    (lambda: mi.check({"student": X}, X, Y[:, 0]), "different names"),
    (lambda: mi.check({"t": X}, X, Y[:, 0], alpha=0.7), "alpha is 0.7"),
    (lambda: mi.check({"t": X}, X, Y[:, 0], represent="svd"), "represent is \"svd\""),
    (lambda: mi.check({"t": X[:9]}, X, Y[:, 0]), "t has 9 rows and student 30"),
    (lambda: mi.check({"t": X[:9]}, X[:9], Y[:9, 0]), "got 9 rows"),
    (lambda: mi.bench("no-suite"), "no-suite"),
    (lambda: mi.bench("bmi-v1", []), "estimators is empty"),
    (lambda: mi.bench("bmi-v1", "ksg-1", tasks="*zebra*"), "zebra"),
    (lambda: mi.bench("bmi-v1", "ksg-1", deadline=-1), "deadline is -1"),
    (lambda: mi.pairwise(X, errors="no"), "errors is 'no'"),
    (lambda: mi.pairwise(X, Y[:5]), "30 rows"),
    (lambda: mi.pairwise(["a", "b"]), "strings"),
    (lambda: mi.register("Bad Id", lambda x, y: 0.0), "lower case"),
    (lambda: mi.register("ksg-1", lambda x, y: 0.0), "Two estimators are called \"ksg-1\""),
    (lambda: mi.register("one", lambda x: 0.0), "two arguments"),
    (lambda: mi.register("two", lambda x, y, k: 0.0), "no default"),
    (lambda: mi.unregister("ksg-1"), "only registered functions"),
    (lambda: mi.load_plugin("./no-such-plugin"), "no-such-plugin"),
])
def test_other_calls(call, sentence):
    with pytest.raises(ValueError) as error:
        call()
    assert sentence in str(error.value)


def test_a_store_that_is_not_there(tmp_path):
    pytest.importorskip("pandas")
    with pytest.raises(mi.MutualInformationError, match="nothing.sqlite"):
        mi.read_store(tmp_path / "nothing.sqlite")


FAST = ["gaussian", "gaussian-copula", "gaussian-label", "gaussian-copula-label", "ksg-1", "ksg-2",
        "ross", "mixed-ksg", "weighted-kl", "binning", "bspline", "darbellay-vajda", "discrete",
        "kde", "student-copula", "coherence", "rank+ksg-1", "pca+ross", "whiten+gaussian",
        "extrapolate+discrete", "standardize+kde", "normal-scores+binning", "auto", "nonsense", "",
        "+", "rank+", "rank+rank+rank+gaussian"]
KNOWN = mi.estimators()
DTYPES = ["f2", "f4", "f8", ">f8", "g", "i1", "i2", "i4", "i8", ">i2", "u1", "u2", "u4", "u8", "?",
          "U3", "S4", "c16", "M8[D]", "m8[s]", "O", "V3"]
NUMBERS = [-1, 0, 1, 2, 3, 5, 7, 29, 30, 31, 1000, 2**31 - 1, 2**31, 2**32, 2**53, 2**62,
           2**63 - 1, 2**63, 2**64, -2**63, 1e300, -1e300, 0.5, float("nan"), float("inf"), 1e-320,
           True, None, "", "3", "x", [3, 5], [], [2**62, 3], (1,), object(), b"3", "\u00e9"]


def random_array(rng):
    """An array of a random type, shape, layout and content."""
    shape = rng.choice([(), (0,), (1,), (2,), (3,), (7,), (30,), (30,), (30,), (30, 1), (30, 1),
                        (30, 2), (30, 5), (30, 0), (0, 3), (29,), (3, 3, 3), (64,), (64, 2)])
    dtype = rng.choice(DTYPES + ["f8"] * 20 + ["i4"] * 8)
    numbers = np.random.default_rng(rng.getrandbits(32))
    size = shape + (2,) if shape and rng.random() < 0.2 else shape
    content = rng.randrange(7)
    if content == 0:
        array = numbers.integers(0, 3, size).astype(float)
    elif content == 1:
        array = np.full(size, rng.choice([0.0, 1.0, 1e308, -1e308, 5e-324, 2.0**60]))
    elif content == 2:
        array = numbers.normal(size=size) * rng.choice([1e-310, 1e-150, 1e150, 1e308])
    else:
        array = numbers.normal(size=size)
    if content == 3 and array.size:
        array.flat[rng.randrange(array.size)] = rng.choice(
            [np.nan, np.inf, -np.inf, 1e308, -1e308])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            array = np.asarray(array).astype(dtype)
        except (TypeError, ValueError):
            array = np.zeros(size, dtype)
    if size != shape:
        array = np.asarray(array[..., rng.randrange(2)])
    array = np.asarray(array)
    layout = rng.randrange(6)
    if layout == 0:
        array = np.asfortranarray(array)
    elif layout == 1 and array.ndim:
        array = array[::-1]
    elif layout == 2:
        array = np.broadcast_to(array, array.shape)
    elif layout == 3 and array.ndim:
        array.flags.writeable = False
    return array.tolist() if rng.random() < 0.05 and array.dtype.kind != "V" else array


def likely_pair(rng, name):
    """A pair of the kind that the estimator takes, with ties, scales and layouts of all sorts."""
    kinds = (KNOWN.get(name.split("+")[-1]) or {"kinds": ["continuous-continuous"]})["kinds"]
    kind = rng.choice(kinds)
    numbers = np.random.default_rng(rng.getrandbits(32))
    n = rng.choice([2, 3, 4, 6, 9, 16, 30, 64, 130])

    def samples():
        array = numbers.normal(size=(n, rng.choice([1, 1, 1, 2, 3, 6])))
        array *= rng.choice([1, 1, 1, 1e-300, 1e-9, 1e9, 1e300])
        if rng.random() < 0.3:
            array = np.round(array, rng.choice([0, 1]))
        return array.astype(rng.choice(["f8", "f8", "f8", "f4"]))

    def labels():
        return numbers.integers(0, rng.choice([1, 2, 3, n]), n).astype(
            rng.choice(["i4", "i8", "u1", "U", "O"]))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        x = labels() if kind == "labels-labels" else samples()
        y = samples() if kind == "continuous-continuous" else labels()
    if kind == "continuous-continuous" and rng.random() < 0.3:
        y = x + y if x.shape == y.shape else x[:, ::-1]
    return (x, y) if rng.random() < 0.7 else (y, x)


def random_call(seed):
    """One random call: done, or refused in one of the two ways there are."""
    rng = random.Random(seed)
    name = rng.choice(FAST)
    if rng.random() < 0.7:
        x, y = likely_pair(rng, name)
    else:
        x, y = random_array(rng), random_array(rng)
        if rng.random() < 0.5:
            y = x[::-1] if isinstance(x, np.ndarray) and x.ndim else x
    arguments = {}
    if rng.random() < 0.4:
        known = [one["name"] for one in (KNOWN.get(name.split("+")[-1]) or {}).get(
            "parameters", [{"name": "k"}])] or ["k"]
        arguments[rng.choice(known + ["components", "nonsense"])] = rng.choice(NUMBERS)
    if name in ("auto", ""):
        arguments = {}
        if isinstance(y, np.ndarray) and y.dtype.kind == "f":
            name = "gaussian"  # auto trains; it has its own tests
    if rng.random() < 0.1:
        arguments[rng.choice(["seed", "threads", "permutations"])] = rng.choice(
            [0, 1, 2, 5, -1, 2**64, 2**63, None, "a", 1.5])
    if rng.random() < 0.2:
        arguments[rng.choice(["discrete", "continuous"])] = rng.choice(["x", "y", ("x", "y"), "z"])
    kind = rng.randrange(10)
    try:
        if kind == 0:
            result = mi.pairwise(x, None if rng.random() < 0.5 else y, name, errors=rng.choice(
                ["raise", "nan"]), **{key: value for key, value in arguments.items() if key not in (
                    "permutations", "discrete", "continuous")})
            return "done" if isinstance(result, np.ndarray) else "wrong"
        result = mi.estimate(x, y, name, **arguments)
        return "done" if np.isfinite(result.nats) and result.to_dict() else "wrong"
    except ValueError as error:
        return "refused" if str(error) else "wrong"
    except mi.EstimationError as error:
        return "failed" if str(error) else "wrong"


@pytest.mark.filterwarnings("ignore")
def test_random_calls():
    """MI_FUZZ_CALLS sets how many; MI_FUZZ_SEED where they start."""
    count = int(os.environ.get("MI_FUZZ_CALLS", 600))
    first = int(os.environ.get("MI_FUZZ_SEED", 0))
    trace = os.environ.get("MI_FUZZ_TRACE")
    outcomes = {}
    for seed in range(first, first + count):
        if trace:
            with open(trace, "w") as file:
                file.write("%d\n" % seed)
        outcome = random_call(seed)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        assert outcome != "wrong", seed
    print(outcomes)
    assert outcomes["done"] > count / 20 and outcomes["refused"] > count / 5
