"""Lags, transfer entropy and conditional tests of `mi` on series of known truth, beside JIDT and infomeasure.

    python run.py --jidt infodynamics.jar               # all parts, some 25 minutes on two cores
    python run.py --jidt ... --parts equal speed        # some of them
    python run.py table results.json                    # the tables of README.md

Needs the Python package of this tree (PYTHONPATH=../../Python, libMICore built), NumPy, infomeasure, and for JIDT
Java, JPype and infodynamics.jar (github.com/jlizier/jidt, or inside the wheel idtxl-uv). A peer that is not there is
left out, and the table says so. Every draw has a seed of its own; equal runs give equal numbers but for times.
"""
import argparse
import json
import sys
import time
import warnings

import numpy as np

import mutualinformation as mi

warnings.simplefilter("ignore")
RESULTS = {}


def series(n, coefficient, rng, start=300):
    """An autoregression with unit noise."""
    noise = rng.normal(size=n + start)
    values = np.zeros(n + start)
    for t in range(1, n + start):
        values[t] = coefficient * values[t - 1] + noise[t]
    return values[start:]


def coupled(n, coefficient, own, weight, lag, rng, start=300):
    """x an autoregression, y_t = own y_{t-1} + weight x_{t-lag} + noise."""
    x = series(n + start, coefficient, rng)
    noise = rng.normal(size=n + start)
    y = np.zeros(n + start)
    for t in range(lag, n + start):
        y[t] = own * y[t - 1] + weight * x[t - lag] + noise[t]
    return x[start:], y[start:]


def note(part, key, value):
    if isinstance(value, dict):
        value = {name: float(number) for name, number in value.items()}
    RESULTS.setdefault(part, {})[key] = value
    print(part, key, value, flush=True)


# Peers

class JIDT:
    """Kraskov's transfer entropy of JIDT, on raw data without noise, one thread."""

    def __init__(self, jar):
        import jpype

        self.jpype = jpype
        if not jpype.isJVMStarted():
            jpype.startJVM(jpype.getDefaultJVMPath(), "-ea", "-Xmx4g", classpath=[jar], convertStrings=False)
        self.type = jpype.JClass("infodynamics.measures.continuous.kraskov.TransferEntropyCalculatorKraskov")
        self.random = jpype.JClass("java.util.Random")

    def calculator(self, x, y, history=1, lag=1, k=4):
        calculator = self.type()
        for name, value in {"k": k, "NORMALISE": "false", "NOISE_LEVEL_TO_ADD": 0, "NUM_THREADS": 1}.items():
            calculator.setProperty(name, str(value))
        calculator.initialise(history, 1, 1, 1, lag)
        double = self.jpype.JArray(self.jpype.JDouble, 1)
        calculator.setObservations(double(x.tolist()), double(y.tolist()))
        return calculator

    def nats(self, x, y, **options):
        return float(self.calculator(x, y, **options).computeAverageLocalOfObservations())

    def p_value(self, x, y, permutations, seed, **options):
        calculator = self.calculator(x, y, **options)
        calculator.computeAverageLocalOfObservations()
        # Orders drawn with a seed, so that equal runs are equal.
        rng = np.random.default_rng(seed)
        n = int(calculator.getNumObservations())
        orders = np.array([rng.permutation(n) for _ in range(permutations)], dtype=np.int32)
        return float(calculator.computeSignificance(self.jpype.JArray(self.jpype.JInt, 2)(orders.tolist())).pValue)


class Infomeasure:
    def __init__(self):
        import infomeasure

        self.module = infomeasure

    def estimator(self, x, y, k=4, lag=1):
        return self.module.estimator(
            x, y, measure="te", approach="ksg", k=k, noise_level=0, prop_time=lag - 1)

    def nats(self, x, y, **options):
        return float(self.estimator(x, y, **options).global_val())

    def p_value(self, x, y, permutations, seed, **options):
        # Its surrogates come from NumPy's global state.
        np.random.seed(seed)
        test = self.estimator(x, y, **options).statistical_test(n_tests=permutations, method="permutation_test")
        return float(test.p_value)


def peers(jar):
    found = {}
    for name, make in (("JIDT", lambda: JIDT(jar) if jar else None), ("infomeasure", Infomeasure)):
        try:
            peer = make()
            if peer is not None:
                found[name] = peer
        except Exception as error:  # a peer that is not installed
            print("%s is left out: %s" % (name, error), file=sys.stderr)
    return found


# Parts

def truth(_):
    """Closed forms: errors in units of the stated standard error."""
    for estimator in ("gaussian", "ksg-1"):
        misses, errors = [], []
        for seed in range(100):
            x, y = coupled(2000, 0.6, 0, 0.8, 2, np.random.default_rng(seed))
            variance = 1 / (1 - 0.36)
            for one in mi.lags(x, y, 6, min_lag=-3, estimator=estimator, threads=2).facts["lags"]:
                r = 0.8 * (variance / (0.64 * variance + 1)) ** 0.5 * 0.6 ** abs(one["lag"] - 2)
                misses.append(one["nats"] + np.log(1 - r * r) / 2)
                errors.append(one["standardErrorNats"])
        misses, errors = np.array(misses), np.array(errors)
        note("truth", "lags %s" % estimator, {
            "bias": misses.mean(), "rms": (misses ** 2).mean() ** 0.5, "stated": errors.mean(),
            "within2": float((abs(misses) <= 2 * errors + 0.005).mean())})
        for direction, target in (("x -> y", np.log(1.49) / 2), ("y -> x", 0.0)):
            misses = []
            for seed in range(100):
                x, y = coupled(2000, 0, 0.5, 0.7, 2, np.random.default_rng(1000 + seed))
                pair = (x, y) if direction == "x -> y" else (y, x)
                misses.append(mi.transfer(*pair, lag=2, estimator=estimator, threads=2).nats - target)
            misses = np.array(misses)
            note("truth", "transfer %s %s" % (direction, estimator), {
                "truth": target, "bias": misses.mean(), "rms": (misses ** 2).mean() ** 0.5})


def direction(_):
    """Which way: n = 1000."""
    right = driven = vanished = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        x, y = coupled(1000, 0.5, 0.5, 0.7, 1, rng)
        right += mi.transfer(x, y, threads=2).nats > mi.transfer(y, x, threads=2).nats
        z = rng.normal(size=1000)
        a = np.concatenate([[0], z[:-1]]) + 0.5 * rng.normal(size=1000)
        b = np.concatenate([[0, 0], z[:-2]]) + 0.5 * rng.normal(size=1000)
        alone = mi.transfer(a, b, permutations=99, seed=seed, threads=2)
        given = mi.transfer(a, b, given=z, given_lag=2, permutations=99, seed=seed, threads=2)
        driven += alone.p_value <= 0.05
        vanished += given.p_value > 0.05
    note("direction", "right of 100", int(right))
    note("direction", "common driver, found without it of 100", int(driven))
    note("direction", "common driver, gone with --given of 100", int(vanished))


def level(_):
    """Rejections at 5 % of 200 pairs."""
    def share(key, p_value):
        note("level", key, float(np.mean([p_value(seed) <= 0.05 for seed in range(200)])))

    def pair(seed, n=1000):
        rng = np.random.default_rng(seed)
        coefficient = rng.uniform(0.9, 0.97)
        return series(n, coefficient, rng), series(n, coefficient, rng)

    for estimator in ("gaussian", "ksg-1"):
        for lags in (0, 5, 10):
            share("lags -%d..%d, shift, %s" % (lags, lags, estimator), lambda seed: mi.lags(
                *pair(seed), lags, estimator=estimator, permutations=199, seed=seed).p_value)
        for how in ("shift", "local"):
            share("transfer, %s, %s" % (how, estimator), lambda seed: mi.transfer(
                *pair(seed), estimator=estimator, permutations=199, surrogates=how, seed=seed).p_value)

            def back(seed):
                x, y = coupled(500, 0.9, 0.5, 0.8, 1, np.random.default_rng(seed))
                return mi.transfer(
                    y, x, estimator=estimator, permutations=199, surrogates=how, seed=seed).p_value
            share("transfer against the arrow, %s, %s" % (how, estimator), back)
        for columns in (1, 3):
            for n in (200, 500, 1000):
                def chain(seed):
                    rng = np.random.default_rng(seed)
                    z = rng.normal(size=(n, columns))
                    one = z.sum(axis=1) / columns ** 0.5
                    x = 2 * np.tanh(one) + 0.5 * rng.normal(size=n)
                    y = one ** 2 + 0.5 * rng.normal(size=n)
                    return mi.estimate(
                        x, y, estimator, given=z, permutations=199, seed=seed).independence["pValue"]
                share("chain x <- z -> y, %d rows, z of %d, %s" % (n, columns, estimator), chain)

    def classes(seed):
        rng = np.random.default_rng(seed)
        z = rng.integers(0, 4, 300)
        x, y = 2.0 * z + rng.normal(size=300), -1.5 * z + rng.normal(size=300)
        return mi.estimate(x, y, "ksg-1", given=z, permutations=199, seed=seed).independence["pValue"]
    share("labels z, 300 rows, ksg-1", classes)


def power(found):
    """Coupled and uncoupled series, the same for all: rejections at 5 %, k = 4, 99 surrogates, 200 pairs."""
    tools = {
        "mi, shift": lambda x, y, s: mi.transfer(
            x, y, estimator="ksg-1", k=4, permutations=99, seed=s).p_value,
        "mi, local": lambda x, y, s: mi.transfer(
            x, y, estimator="ksg-1", k=4, permutations=99, surrogates="local", seed=s).p_value,
        "mi gaussian, shift": lambda x, y, s: mi.transfer(
            x, y, estimator="gaussian", permutations=99, seed=s).p_value}
    for name, peer in found.items():
        tools[name] = lambda x, y, s, peer=peer: peer.p_value(x, y, 99, s)
    for weight in (0.0, 0.15, 0.25):
        for name, tool in tools.items():
            rejected = 0
            for seed in range(200):
                x, y = coupled(300, 0.8, 0.5, weight, 1, np.random.default_rng(seed))
                rejected += tool(x, y, seed) <= 0.05
            note("power", "%s, weight %g" % (name, weight), rejected / 200)


def equal(found):
    """The same number from each tool, at history 1 and 2, and by the definition."""
    from scipy.special import digamma

    for history in (1, 2):
        x, y = coupled(1000, 0.5, 0.5, 0.6, 1, np.random.default_rng(history))
        ours = mi.transfer(x, y, history=history, estimator="ksg-1", k=4).nats
        rows = np.arange(history, 1000)
        past = np.abs(x[rows - 1][:, None] - x[rows - 1][None])
        now = np.abs(y[rows][:, None] - y[rows][None])
        own = np.max([np.abs(y[rows - j][:, None] - y[rows - j][None]) for j in range(1, history + 1)], axis=0)
        joint = np.maximum(np.maximum(past, now), own)
        np.fill_diagonal(joint, np.inf)
        reach = np.sort(joint, axis=1)[:, 3:4]
        def count(d): return (d < reach).sum(axis=1) - 1
        brute = digamma(4) - np.mean(
            digamma(count(np.maximum(past, own)) + 1) + digamma(count(np.maximum(now, own)) + 1)
            - digamma(count(own) + 1))
        note("equal", "history %d, definition" % history, abs(ours - brute))
        for name, peer in found.items():
            if name == "infomeasure" and history != 1:
                continue
            options = {"history": history} if name == "JIDT" else {}
            note("equal", "history %d, %s" % (history, name), abs(ours - peer.nats(x, y, **options)))


def speed(found):
    """Seconds of ksg-1, k = 4, history 1, one thread; medians of three calls in turn, of one where a call takes above 60 s."""
    for n in (1000, 10_000, 100_000):
        x, y = coupled(n, 0.5, 0.5, 0.6, 1, np.random.default_rng(1))
        tools = {"mi": lambda: mi.transfer(x, y, estimator="ksg-1", k=4, threads=1).nats}
        for name, peer in found.items():
            tools[name] = lambda peer=peer: peer.nats(x, y)
        taken = {name: [] for name in tools}
        for _ in range(3):
            for name, tool in tools.items():
                if taken[name] and max(taken[name]) > 60:
                    continue
                start = time.perf_counter()
                tool()
                taken[name].append(time.perf_counter() - start)
        for name, seconds in taken.items():
            note("speed", "%d rows, %s" % (n, name), float(np.median(seconds)))


PARTS = {"truth": truth, "direction": direction, "level": level, "power": power, "equal": equal, "speed": speed}


def table(path):
    for part, rows in json.load(open(path)).items():
        print("\n| %s | |\n|---|---|" % part)
        for key, value in rows.items():
            if isinstance(value, dict):
                value = ", ".join("%s %.4g" % pair for pair in value.items())
            print("| %s | %s |" % (key, value if isinstance(value, str) else "%.3g" % value))


if __name__ == "__main__":
    if sys.argv[1:2] == ["table"]:
        table(sys.argv[2])
    else:
        parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
        parser.add_argument("--jidt", help="infodynamics.jar")
        parser.add_argument("--parts", nargs="*", choices=PARTS, default=list(PARTS))
        parser.add_argument("--output", default="results.json")
        given = parser.parse_args()
        others = peers(given.jidt)
        for part in given.parts:
            PARTS[part](others)
        json.dump(RESULTS, open(given.output, "w"), indent=1)
