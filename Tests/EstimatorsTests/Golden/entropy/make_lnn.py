# SPDX-License-Identifier: MIT
"""Golden values of `lnn`: python make_lnn.py, in this folder. Needs numpy and scipy.

Gao, Oh and Viswanath 2016 over all pairs of rows, written as the paper has it: the local likelihood density
f = S0 / ((n - 1) (2 pi)^(d/2) rho^d |Sigma|^(1/2)) exp(-mu' Sigma^-1 mu / 2) of 30 neighbors. The entropies are
-mean ln f + (psi-free bias of one constant k-th distance) without the tabulated constant C(k, d), which the test adds.
"""
import json

import numpy as np
from scipy.special import digamma, gammaln

rng = np.random.default_rng(41)
m = 30


def entropy_without_constant(x, k):
    n, d = x.shape
    total = 0.0
    for i in range(n):
        offsets = np.delete(x - x[i], i, axis=0)
        distances = np.linalg.norm(offsets, axis=1)
        near = np.argsort(distances, kind="stable")[:m]
        rho = distances[near[k - 1]]
        z = offsets[near] / rho
        w = np.exp(-((z**2).sum(axis=1)) / 2)
        s0, s1 = w.sum(), w @ z
        s2 = (z * w[:, None]).T @ z
        mu, sigma = s1 / s0, s2 / s0 - np.outer(s1, s1) / s0**2
        f = s0 / ((n - 1) * (2 * np.pi) ** (d / 2) * rho**d * np.sqrt(np.linalg.det(sigma)))
        total -= np.log(f * np.exp(-mu @ np.linalg.solve(sigma, mu) / 2))
    log_ball = d / 2 * np.log(np.pi) - gammaln(d / 2 + 1)
    return total / n - d / 2 * np.log(2 * np.pi) + log_ball - digamma(k)


cases = []
for n, dx, dy, k in [(60, 1, 1, 5), (80, 2, 1, 3), (90, 3, 3, 10), (70, 1, 4, 7)]:
    common = rng.normal(size=(n, 1))
    x = (common + rng.normal(size=(n, dx))).round(6)
    y = (common + 0.3 * rng.normal(size=(n, dy))).round(6)
    cases.append({
        "count": n, "dx": dx, "dy": dy, "k": k, "x": x.ravel().tolist(), "y": y.ravel().tolist(),
        "entropies": [entropy_without_constant(a, k) for a in (x, y, np.hstack([x, y]))],
    })
json.dump(cases, open("lnn.json", "w"))
