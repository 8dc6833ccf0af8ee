"""Golden values of ksg-1, ksg-2 and ross: brute force in NumPy/SciPy, straight from the papers.

Written with numpy 1.26.4, scipy 1.17.1, scikit-learn 1.9.1:  python make.py
"""
import json
import os

import numpy as np
from scipy.special import digamma
from sklearn.feature_selection._mutual_info import _compute_mi_cd


def distances(a):
    return np.abs(a[:, None, :] - a[None, :, :]).max(axis=2)


def ksg(x, y, k):
    n = len(x)
    dx, dy = distances(x), distances(y)
    joint = np.maximum(dx, dy)
    others = ~np.eye(n, dtype=bool)
    first, second = [], []
    for i in range(n):
        o = others[i]
        e = np.sort(joint[i, o])[k - 1]
        first.append(digamma((dx[i, o] < e).sum() + 1) + digamma((dy[i, o] < e).sum() + 1))
        near = o & (joint[i] <= e)  # all points that tie for the k-th place
        ex, ey = dx[i, near].max(), dy[i, near].max()
        second.append(digamma((dx[i, o] <= ex).sum()) + digamma((dy[i, o] <= ey).sum()))
    one = digamma(k) + digamma(n) - np.mean(first)
    two = digamma(k) - 1 / k + digamma(n) - np.mean(second)
    return one, two


def ross(x, c, k):
    keep = np.array([(c == v).sum() > 1 for v in c])
    x, c = x[keep], c[keep]
    n = len(x)
    d = distances(x)
    terms = []
    for i in range(n):
        same = (c == c[i]) & (np.arange(n) != i)
        ki = min(k, same.sum())
        radius = np.sort(d[i, same])[ki - 1]
        m = (d[i, np.arange(n) != i] < radius).sum() + 1
        terms.append(digamma(ki) - digamma(same.sum() + 1) - digamma(m))
    return digamma(n) + np.mean(terms)


rng = np.random.default_rng(20260101)
pairs = []
for n, dx, dy, ks, kind in [
    (200, 1, 1, [1, 3, 10], "normal"), (150, 2, 1, [1, 3, 5], "normal"), (120, 2, 3, [3, 7], "normal"),
    (100, 5, 5, [3], "normal"), (60, 10, 12, [1, 4], "normal"), (130, 1, 1, [1, 3, 6], "grid"),
    (90, 2, 2, [2, 5], "grid"), (70, 3, 4, [3], "grid"), (5, 1, 1, [4], "normal"),
]:
    shared = rng.normal(size=(n, 1))
    x = 0.6 * shared + 0.8 * rng.normal(size=(n, dx))
    y = 0.6 * shared + 0.8 * rng.normal(size=(n, dy))
    if kind == "grid":
        x, y = np.round(2 * x), np.round(2 * y)
    else:
        x, y = np.round(x, 7), np.round(y, 7)
    values = [ksg(x, y, k) for k in ks]
    pairs.append(dict(n=n, dx=dx, dy=dy, kind=kind, x=x.ravel().tolist(), y=y.ravel().tolist(), ks=ks,
                      ksg1=[float(v[0]) for v in values], ksg2=[float(v[1]) for v in values]))

mixed = []
for n, d, classes, k, singletons in [
    (150, 1, 3, 3, 0), (120, 1, 5, 5, 0), (100, 2, 4, 3, 0), (90, 6, 3, 3, 0), (60, 2, 20, 3, 2), (80, 1, 2, 1, 0),
]:
    c = rng.integers(0, classes, size=n)
    x = np.round(rng.normal(size=(n, d)) + 0.7 * c[:, None], 7)
    for s in range(singletons):
        c[s] = 100 + s
    case = dict(n=n, d=d, k=k, x=x.ravel().tolist(), labels=c.tolist(), ross=float(ross(x, c, k)))
    if d == 1:
        # scikit-learn clips at 0; these cases are above.
        case["sklearn"] = float(_compute_mi_cd(x[:, 0], c, k))
        assert case["sklearn"] > 0
    mixed.append(case)

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "neighbors.json"), "w") as out:
    json.dump(dict(pairs=pairs, mixed=mixed), out)
