# SPDX-License-Identifier: MIT
"""Golden values of `weighted-kl`: python make.py, in this folder. Needs numpy and scipy.

The weights are the least-squares solution of the conditions by the pseudo-inverse, the distances are taken over all
pairs of rows.
"""

import json

import numpy as np
from scipy.special import digamma, gammaln

rng = np.random.default_rng(13)


def weights(k, d):
    support = np.array([j * k // d for j in range(1, d + 1)])
    rows = [np.ones(d)]
    for l in range(1, d // 4 + 1):
        rows.append(np.exp(gammaln(support + 2 * l / d) - gammaln(support)))
    a = np.array(rows)
    scaled = a / np.linalg.norm(a, axis=1, keepdims=True)
    b = np.zeros(len(rows))
    b[0] = 1 / np.linalg.norm(a[0])
    return support, np.linalg.pinv(scaled, rcond=1e-14) @ b


def entropy(z, k):
    n, d = z.shape
    support, w = weights(k, d)
    rho = np.sort(np.abs(z[:, None] - z[None]).max(axis=2), axis=1)[:, support]
    return float(np.mean((w * (d * np.log(2 * rho) + np.log(n - 1) - digamma(support))).sum(axis=1)))


def standardize(a):
    return (a - a.mean(axis=0)) / a.std(axis=0, ddof=1)


out = {"weights": [], "cases": []}
for k, d in ((5, 1), (7, 2), (10, 3), (12, 4), (20, 5), (16, 8), (40, 12)):
    support, w = weights(k, d)
    out["weights"].append({"k": k, "d": d, "neighbors": support.tolist(), "weights": w.tolist()})
for dx, dy, n, k in ((1, 1, 100, 5), (2, 1, 100, 9), (3, 2, 120, 12), (4, 4, 100, 20)):
    z = rng.normal(size=(n, 1))
    x = z + rng.normal(size=(n, dx))
    y = 3 * z + rng.normal(size=(n, dy))
    for scale in ("none", "standardize"):
        a, b = (x, y) if scale == "none" else (standardize(x), standardize(y))
        h = [entropy(a, k), entropy(b, k), entropy(np.hstack([a, b]), k)]
        out["cases"].append(
            {
                "count": n, "dx": dx, "dy": dy, "k": k, "scale": scale, "entropies": h,
                "x": x.ravel().tolist(), "y": y.ravel().tolist(),
            }
        )
json.dump(out, open("entropy.json", "w"))
