# SPDX-License-Identifier: MIT
"""The Python package against scikit-learn: all pairs, screening against a label, cost of a call.

    python Benchmarks/python/run.py                    # 10,000 x 100, a few of scikit-learn's columns
    python Benchmarks/python/run.py --whole            # all of scikit-learn's, about ten minutes

One thread on both sides, processor time on both sides, the same arrays, one script. scikit-learn is
called once per column, as its users do for a matrix of pairs; without --whole its columns are a
sample and its time is that of a call times the number of columns, which is said.
"""

import argparse
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import numpy as np
import sklearn
from sklearn.feature_selection import mutual_info_classif, mutual_info_regression

import mutualinformation as mi


def seconds(call, repeats=1):
    """The least processor time of a call, and its result."""
    best, result = float("inf"), None
    for _ in range(repeats):
        start = time.process_time()
        result = call()
        best = min(best, time.process_time() - start)
    return best, result


def row(name, ours, theirs, note=""):
    print("%-34s %9.3f s %10.3f s %8.1f  %s" % (name, ours, theirs, theirs / ours, note))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n", type=int, default=10_000)
    parser.add_argument("--d", type=int, default=100)
    parser.add_argument("--columns", type=int, default=3, help="columns of scikit-learn's sample")
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_args()
    n, d = options.n, options.d
    rng = np.random.default_rng(0)
    shared = rng.normal(size=(n, 5))
    X = shared @ rng.normal(size=(5, d)) / 5**0.5 + rng.normal(size=(n, d))
    X /= X.std(axis=0)
    labels = np.digitize(shared[:, 0], [-0.8, 0, 0.8])
    print("mutualinformation %s, scikit-learn %s, %d x %d, k = 3, one thread, processor time" % (
        mi.__version__, sklearn.__version__, n, d))
    print("%-34s %11s %12s %8s" % ("", "ours", "scikit-learn", "ratio"))

    ours, matrix = seconds(lambda: mi.pairwise(X, k=3, threads=1))
    chosen = range(d) if options.whole else range(0, d, max(d // options.columns, 1))
    theirs, found = 0.0, []
    for j in chosen:
        spent, column = seconds(lambda: mutual_info_regression(
            X, X[:, j], n_neighbors=3, discrete_features=False, random_state=0, n_jobs=1))
        theirs += spent
        found.append(column)
    note = "" if options.whole else "(%d of %d columns timed)" % (len(chosen), d)
    row("pairwise: matrix of pairs", ours, theirs * d / len(chosen), note)
    pairs = d * (d - 1) / 2
    print("%34s %9.2f ms %9.2f ms %8.1f" % (
        "a pair", ours / pairs * 1e3, theirs / len(chosen) / d * 1e3,
        theirs / len(chosen) / d / (ours / pairs)))
    others = np.array([[i for i in range(d) if i != j] for j in chosen])
    gap = max(np.abs(np.maximum(matrix[j][rest], 0) - column[rest]).max()
              for j, rest, column in zip(chosen, others, found))
    print("largest difference %.1e nats" % gap)

    ours, scores = seconds(lambda: mi.pairwise(X, X[:, 0] + shared[:, 0], k=3, threads=1), 3)
    theirs, column = seconds(lambda: mutual_info_regression(
        X, X[:, 0] + shared[:, 0], n_neighbors=3, discrete_features=False, random_state=0))
    row("screening against a number", ours, theirs)

    ours, scores = seconds(lambda: mi.pairwise(X, labels, k=3, threads=1), 3)
    theirs, column = seconds(lambda: mutual_info_classif(
        X, labels, n_neighbors=3, discrete_features=False, random_state=0))
    row("screening against labels", ours, theirs)
    print("largest difference %.1e nats" % np.abs(np.maximum(scores, 0) - column).max())

    a, b = X[:100, 0].copy(), X[:100, 1].copy()
    codes = labels[:100].astype(np.int32)
    for name, call in (
            ("discrete", lambda: mi.estimate(codes, codes, "discrete", threads=1)),
            ("gaussian", lambda: mi.estimate(a, b, "gaussian", threads=1)),
            ("ksg-1", lambda: mi.estimate(a, b, "ksg-1", threads=1))):
        best = min(seconds(lambda: [call() for _ in range(200)])[0] for _ in range(10)) / 200
        print("estimate(%s) at n = 100: %.0f microseconds, the work included" % (name, best * 1e6))


if __name__ == "__main__":
    sys.exit(main())
