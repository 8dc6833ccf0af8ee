# SPDX-License-Identifier: MIT
"""Golden values of `mixed-ksg`: python make.py, in this folder. Needs numpy and scipy.

Gao, Kannan, Oh and Viswanath 2017, over all pairs of rows.
"""

import json

import numpy as np
from scipy.special import digamma

rng = np.random.default_rng(11)


def norm(a):
    return np.abs(a[:, None, :] - a[None, :, :]).max(axis=2)


def mixed_ksg(x, y, k, closed):
    n = len(x)
    dx, dy = norm(x), norm(y)
    d = np.maximum(dx, dy)
    rho = np.sort(d, axis=1)[:, k]
    ties = (d == 0).sum(axis=1)
    k_tilde = np.where(rho == 0, ties, k)
    near = rho if closed else np.where(rho == 0, 0, np.nextafter(rho, 0))
    n_x = (dx <= near[:, None]).sum(axis=1) - 1
    n_y = (dy <= near[:, None]).sum(axis=1) - 1
    return float(np.mean(digamma(k_tilde) + np.log(n) - np.log(n_x + 1) - np.log(n_y + 1)))


def data(name, n):
    if name == "uniform":
        x = rng.integers(0, 5, n).astype(float)
        return x[:, None], (x + 2 * rng.random(n))[:, None]
    if name == "poisson":
        x = rng.exponential(size=n)
        y = np.where(rng.random(n) < 0.15, 0, rng.poisson(x)).astype(float)
        return x[:, None], y[:, None]
    if name == "discrete":
        x = rng.integers(0, 3, n)
        y = np.where(rng.random(n) < 0.6, x, rng.integers(0, 3, n))
        return x[:, None].astype(float), y[:, None].astype(float)
    if name == "censored":
        z = rng.normal(size=(n, 3))
        x = np.maximum(z[:, :2], 0)
        return x, np.maximum(z[:, :1] + 0.5 * z[:, 2:], -0.5)
    x = rng.normal(size=(n, 1))
    return x, x + rng.normal(size=(n, 1))


cases = []
for name in ("uniform", "poisson", "discrete", "censored", "normal"):
    n = 120
    x, y = data(name, n)
    values = [
        {"k": k, "closed": closed, "nats": mixed_ksg(x, y, k, closed)}
        for k in (1, 3, 5, 10)
        for closed in (False, True)
    ]
    cases.append(
        {
            "name": name, "count": n, "dx": x.shape[1], "dy": y.shape[1],
            "x": x.ravel().tolist(), "y": y.ravel().tolist(), "values": values,
        }
    )
json.dump(cases, open("mixtures.json", "w"))
