# SPDX-License-Identifier: MIT
"""Golden values of `kde`: python make.py, in this folder. Needs numpy and scipy.

Leave-one-out kernel sums over all pairs of rows, without a grid: what `kde` tends to as its cells shrink. On the
copula scale the kernel of each axis has the images at -u and 2 - u. Botev's rule is written out with cosine sums of
the rows themselves, not of binned counts.
"""

import json

import numpy as np
from scipy import optimize, special, stats

rng = np.random.default_rng(7)


def ranks(a):
    return stats.rankdata(a)


def coordinates(a, scale):
    n = len(a)
    if scale == "copula":
        return (ranks(a) - 0.5) / n
    if scale == "normal-scores":
        return special.ndtri(ranks(a) / (n + 1))
    return (a - a.mean()) / a.std(ddof=1)


def axis_kernel(u, h, scale):
    k = np.exp(-0.5 * ((u[:, None] - u[None]) / h) ** 2)
    if scale == "copula":
        for image in (-u, 2 - u):
            k += np.exp(-0.5 * ((u[:, None] - image[None]) / h) ** 2)
    return k


def mi(x, y, h, scale):
    n = len(x)
    kx = np.prod([axis_kernel(coordinates(c, scale), h, scale) for c in x.T], axis=0)
    ky = np.prod([axis_kernel(coordinates(c, scale), h, scale) for c in y.T], axis=0)
    off = 1 - np.eye(n)
    sx, sy, sxy = [(k * off).sum(1) for k in (kx, ky, kx * ky)]
    return float(np.mean(np.log((n - 1) * sxy / (sx * sy))))


def silverman(n, d, scale):
    sd = np.sqrt(1 / 12) if scale == "copula" else 1.0
    return sd * (4 / ((d + 2) * n)) ** (1 / (d + 4))


def botev(u, v, frequencies):
    """The fixed point t = h^2 for rows on the unit square."""
    n = len(u)
    k = np.arange(frequencies)
    cx = np.cos(np.pi * np.outer(k, u))
    cy = np.cos(np.pi * np.outer(k, v))
    b = (cx @ cy.T) / n
    w = np.where(k == 0, 1.0, 2.0)
    e = b**2 * np.outer(w, w)

    def psi(s, t):
        damp = np.exp(-(np.pi**2) * k**2 * t)
        fx, fy = damp * (np.pi * k) ** (2.0 * s[0]), damp * (np.pi * k) ** (2.0 * s[1])
        return (-1) ** sum(s) * fx @ e @ fy

    def moment(s):
        return (-1) ** s * special.factorial2(2 * s - 1) / np.sqrt(2 * np.pi) if s else 1 / np.sqrt(2 * np.pi)

    def staged(s, t):
        if sum(s) <= 4:
            above = staged((s[0] + 1, s[1]), t) + staged((s[0], s[1] + 1), t)
            c = (1 + 0.5 ** (sum(s) + 1)) / 3
            t = (-2 * c * moment(s[0]) * moment(s[1]) / (n * above)) ** (1 / (2 + sum(s)))
        return psi(s, t)

    def gap(log_t):
        t = np.exp(log_t)
        total = staged((0, 2), t) + staged((2, 0), t) + 2 * staged((1, 1), t)
        return log_t - np.log((2 * np.pi * n * total) ** (-1 / 3))

    grid = np.linspace(np.log((0.25 / frequencies) ** 2), np.log(0.09), 200)
    signs = [gap(g) for g in grid]
    i = next(i for i in range(len(grid) - 1) if signs[i] < 0 <= signs[i + 1])
    return float(np.exp(optimize.brentq(gap, grid[i], grid[i + 1], xtol=1e-12)))


cases = []
for dx, dy, n in ((1, 1, 60), (1, 1, 150), (2, 1, 80), (1, 2, 80)):
    z = rng.normal(size=(n, 1))
    x = z + 0.7 * rng.normal(size=(n, dx))
    y = z + 0.7 * rng.normal(size=(n, dy))
    case = {"dx": dx, "dy": dy, "x": x.ravel().tolist(), "y": y.ravel().tolist(), "values": []}
    for scale in ("copula", "normal-scores", "standard"):
        h = silverman(n, dx + dy, scale)
        case["values"].append({"scale": scale, "bandwidth": h, "nats": mi(x, y, h, scale)})
    cases.append(case)

bimodal = np.concatenate([rng.normal(0.3, 0.03, 200), rng.normal(0.7, 0.05, 100)])
other = np.clip(bimodal + 0.1 * rng.normal(size=300), 0.001, 0.999)
json.dump(
    {
        "cases": cases,
        "botev": {"u": bimodal.tolist(), "v": other.tolist(), "bandwidth": botev(bimodal, other, 256) ** 0.5},
    },
    open("kernel.json", "w"),
)
print([c["values"] for c in cases], botev(bimodal, other, 256) ** 0.5)
