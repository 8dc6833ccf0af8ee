# SPDX-License-Identifier: MIT
"""Golden values of I(x; y | z): python make.py, in this folder. Needs numpy, scipy, scikit-learn.

`gaussian`: log determinants of the four covariances, each with its expected error taken off.
`frenzelPompe`: Frenzel and Pompe 2007, equation 6, over all pairs of rows.
`mesnerShalizi`: Mesner and Shalizi 2019, algorithm 1, over all pairs of rows, not clipped at 0.
"""
import json

import numpy as np
from scipy.special import digamma
from scipy.stats import norm, rankdata

rng = np.random.default_rng(29)


def logdet(rows):
    n, d = rows.shape
    j = np.arange(1, d + 1)
    expected = digamma((n - j) / 2).sum() + d * np.log(2 / (n - 1))
    return np.array([1, 0]) * np.linalg.slogdet(np.atleast_2d(np.cov(rows, rowvar=False)))[1] + [0, expected]


def gaussian(x, y, z):
    plug_in, bias = (logdet(np.hstack([x, z])) + logdet(np.hstack([y, z])) - logdet(z)
                     - logdet(np.hstack([x, y, z]))) / 2
    return plug_in, plug_in - bias


def scores(x):
    return np.column_stack([norm.ppf(rankdata(c) / (len(c) + 1)) for c in x.T])


def distances(*sides):
    return np.max([np.abs(s[:, None, :] - s[None, :, :]).max(axis=2) for s in sides], axis=0)


def frenzel_pompe(x, y, z, k):
    n, values = len(x), []
    xyz, xz, yz, zz = distances(x, y, z), distances(x, z), distances(y, z), distances(z)
    for i in range(n):
        others = np.arange(n) != i
        radius = np.sort(xyz[i, others])[k - 1]
        inside = lambda d: np.sum(d[i, others] < radius)
        values.append(digamma(k) - digamma(inside(xz) + 1) - digamma(inside(yz) + 1) + digamma(inside(zz) + 1))
    return float(np.mean(values))


def mesner_shalizi(x, y, z, k):
    n, values = len(x), []
    xyz, xz, yz, zz = distances(x, y, z), distances(x, z), distances(y, z), distances(z)
    for i in range(n):
        others = np.arange(n) != i
        radius = np.sort(xyz[i, others])[k - 1]
        inside = lambda d: np.sum(d[i, others] <= radius)
        values.append(digamma(inside(xyz)) - digamma(inside(xz)) - digamma(inside(yz)) + digamma(inside(zz)))
    return float(np.mean(values))


def data(name, n):
    z = rng.normal(size=(n, 2))
    if name == "chain":
        return (z[:, :1] + 0.5 * rng.normal(size=(n, 1)), z[:, :1] - z[:, 1:] + 0.5 * rng.normal(size=(n, 1)), z)
    if name == "synergy":
        x = rng.normal(size=(n, 1))
        return x, z[:, :1] + x + 0.5 * rng.normal(size=(n, 1)), z[:, :1]
    if name == "wide":
        x = z @ rng.normal(size=(2, 3)) + rng.normal(size=(n, 3))
        return x, x[:, :2] + z + rng.normal(size=(n, 2)), z
    if name == "mixed":
        x = rng.integers(0, 3, (n, 1)).astype(float)
        return x, np.maximum(x + z[:, :1], 0), np.round(z[:, :1])
    z = rng.integers(0, 3, (n, 1)).astype(float)
    x = rng.integers(0, 2, (n, 1)).astype(float)
    return x, (x + z) % 2, z


cases = []
for name in ("chain", "synergy", "wide", "mixed", "discrete"):
    n = 90
    x, y, z = (a.round(6) for a in data(name, n))
    continuous = name in ("chain", "synergy", "wide")
    plug_in, corrected = gaussian(x, y, z)
    copula_plug_in, copula = gaussian(scores(x), scores(y), scores(z))
    cases.append({
        "name": name, "count": n, "dx": x.shape[1], "dy": y.shape[1], "dz": z.shape[1],
        "x": x.ravel().tolist(), "y": y.ravel().tolist(), "z": z.ravel().tolist(),
        "plugIn": plug_in, "corrected": corrected, "copula": copula,
        "ks": [1, 3, 5],
        "frenzelPompe": [frenzel_pompe(x, y, z, k) for k in (1, 3, 5)] if continuous else [],
        "mesnerShalizi": [mesner_shalizi(x, y, z, k) for k in (1, 3, 5)],
    })
json.dump(cases, open("conditional.json", "w"), indent=0)
