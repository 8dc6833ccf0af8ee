# SPDX-License-Identifier: MIT
"""Golden values of `discrete` and `binning`: python make.py, in this folder.

Needs numpy, scipy, scikit-learn and infomeasure. Every entropy is written out over all cells, from the papers,
not over counts of counts as in Swift. NSB is integrated over xi itself where Swift integrates over
ln beta.
"""

import json

import infomeasure
import numpy as np
from scipy import interpolate, optimize, special, stats
from sklearn.metrics import mutual_info_score
from sklearn.metrics.cluster import contingency_matrix, expected_mutual_information

rng = np.random.default_rng(20261123)


def plug_in(counts, alphabet):
    p = counts / counts.sum()
    return -np.sum(p * np.log(p))


def miller_madow(counts, alphabet):
    return plug_in(counts, alphabet) + (len(counts) - 1) / (2 * counts.sum())


def jackknife(counts, alphabet):
    n = counts.sum()
    without = 0.0
    for i, c in enumerate(counts):
        rest = counts.copy()
        rest[i] -= 1
        without += c * plug_in(rest[rest > 0], alphabet)
    return n * plug_in(counts, alphabet) - (n - 1) / n * without


def grassberger(counts, alphabet):
    n = counts.sum()
    g = special.psi(counts) + 0.5 * (-1.0) ** counts * (
        special.psi((counts + 1) / 2) - special.psi(counts / 2)
    )
    return np.log(n) - np.sum(counts * g) / n


def chao_shen(counts, alphabet):
    n = counts.sum()
    once = np.sum(counts == 1)
    if once == n:
        once = n - 1
    q = (1 - once / n) * counts / n
    return -np.sum(q * np.log(q) / (1 - (1 - q) ** n))


def shrinkage(counts, alphabet):
    n = counts.sum()
    p = np.concatenate([counts, np.zeros(alphabet - len(counts))]) / n
    target = np.full(alphabet, 1 / alphabet)
    below = (n - 1) * np.sum((target - p) ** 2)
    intensity = 1.0 if below == 0 else min(1.0, max(0.0, (1 - np.sum(p**2)) / below))
    p = intensity * target + (1 - intensity) * p
    p = p[p > 0]
    return -np.sum(p * np.log(p))


def nsb(counts, alphabet):
    """Integrated over u = xi / ln K in (0, 1) by tanh-sinh, as in the paper: no Jacobian needed."""
    n = counts.sum()
    cells = np.concatenate([counts, np.zeros(alphabet - len(counts))])

    def xi(log_beta):
        beta = np.exp(log_beta)
        return special.psi(alphabet * beta + 1) - special.psi(beta + 1)

    def at(target):
        return np.exp(optimize.brentq(lambda t: xi(t) - target, -60, 40, xtol=1e-14))

    def log_likelihood(beta):
        occupied = counts[:, None] if np.ndim(beta) else counts
        return (
            np.sum(special.gammaln(occupied + beta) - special.gammaln(beta), axis=0)
            - special.gammaln(n + alphabet * beta)
            + special.gammaln(alphabet * beta)
        )

    def mean(beta):
        mass = n + alphabet * beta
        return special.psi(mass + 1) - np.sum((cells + beta) / mass * special.psi(cells + beta + 1))

    s = np.linspace(-3.2, 3.2, 2561)
    u = 0.5 * (1 + np.tanh(0.5 * np.pi * np.sinh(s)))
    du = 0.25 * np.pi * np.cosh(s) / np.cosh(0.5 * np.pi * np.sinh(s)) ** 2
    keep = (u > 1e-13) & (u < 1 - 1e-10)
    betas = np.array([at(value * np.log(alphabet)) for value in u[keep]])
    logs = np.array([log_likelihood(beta) for beta in betas])
    weights = du[keep] * np.exp(logs - logs.max())
    return np.sum(weights * np.array([mean(beta) for beta in betas])) / np.sum(weights)


ENTROPIES = {
    "none": plug_in,
    "miller-madow": miller_madow,
    "jackknife": jackknife,
    "grassberger": grassberger,
    "chao-shen": chao_shen,
    "shrinkage": shrinkage,
    "nsb": nsb,
}

entropies = []
for counts, alphabet in [
    ([3, 1], 2),
    ([1, 1, 1, 1], 16),
    ([5, 5, 5, 5], 4),
    ([7, 3, 2, 1, 1], 8),
    ([40, 30, 20, 10], 4),
    ([40, 30, 20, 10], 100),
    ([12, 9, 5, 3, 2, 2, 1, 1, 1, 1, 1, 1], 50),
    (np.bincount(rng.zipf(1.7, 400).clip(0, 300)), 300),
    (np.bincount(rng.integers(0, 50, 2000)), 50),
]:
    counts = np.array([c for c in counts if c > 0])
    nats = {name: float(f(counts, alphabet)) for name, f in ENTROPIES.items()}
    entropies.append({"counts": counts.tolist(), "alphabet": alphabet, "nats": nats})
    # A second opinion where the definitions agree: infomeasure takes the alphabet as what it sees,
    # has Grassberger's formula of 1988, and its NSB integrates beta from 0 to ln K, where the paper
    # integrates xi.
    same = {"none": "discrete", "miller-madow": "miller_madow", "chao-shen": "chao_shen"}
    if alphabet == len(counts):
        same["shrinkage"] = "shrink"
    rows = np.repeat(np.arange(len(counts)), counts)
    for ours, theirs in same.items():
        second = infomeasure.entropy(rows, approach=theirs, base="e")
        assert abs(second - nats[ours]) < 1e-12

discrete = []
for n, kx, ky, strength in [(12, 2, 3, 0.5), (60, 4, 4, 0.8), (500, 7, 5, 0.3), (300, 40, 30, 0.0)]:
    x = rng.integers(0, kx, n)
    y = np.where(rng.random(n) < strength, x % ky, rng.integers(0, ky, n))
    table = contingency_matrix(x, y, sparse=True)
    p = contingency_matrix(x, y) / n
    inside = p > 0
    ratio = np.zeros_like(p)
    ratio[inside] = np.log((p / np.outer(p.sum(1), p.sum(0)))[inside])
    plug = mutual_info_score(x, y)
    discrete.append(
        {
            "x": x.tolist(),
            "y": y.tolist(),
            "nats": plug,
            "shuffledNats": float(expected_mutual_information(table, n)),
            "standardErrorNats": float(np.sqrt((np.sum(p * ratio**2) - plug**2) / n)),
        }
    )


def equal_width(column, bins):
    edges = np.histogram_bin_edges(column, bins)
    return np.minimum(np.searchsorted(edges, column, side="right") - 1, bins - 1)


def equal_mass(column, bins):
    """Bins of equal mass by ranks: of a run of ties all go where the run's first row goes."""
    n = len(column)
    order = np.sort(column)
    first = np.searchsorted(order, column, side="left")
    # The cut before rank floor(i n / bins) moves down to the first row of the tied run at that rank.
    cuts = sorted({int(np.searchsorted(order, order[i * n // bins])) for i in range(1, bins)} - {0})
    return np.searchsorted(cuts, first, side="right")


def cells(columns):
    return np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)[1].ravel()


binned = []
for n, dx, dy, bins, kind in [
    (200, 1, 1, 8, "normal"),
    (200, 1, 1, 10, "integers"),
    (150, 2, 1, 5, "normal"),
    (100, 3, 4, 3, "normal"),
    (150, 1, 1, 6, "heavy"),
    (120, 1, 1, 7, "ties"),
]:
    shared = rng.normal(size=(n, 1))
    x = shared + rng.normal(size=(n, dx))
    y = shared + rng.normal(size=(n, dy))
    if kind == "integers":
        x, y = np.round(2 * x), np.round(2 * y)
    if kind == "heavy":
        x = np.exp(3 * x)
    if kind == "ties":
        x, y = np.maximum(x, 0), np.minimum(y, 0.5)
    labels = rng.integers(0, 3, n) + (shared[:, 0] > 0)
    record = {"kind": kind, "bins": bins, "dx": dx, "dy": dy, "labels": labels.tolist()}
    record["x"], record["y"] = x.ravel().tolist(), y.ravel().tolist()
    for name, rule in [("equal-width", equal_width), ("equal-mass", equal_mass)]:
        cx = cells([rule(x[:, j], bins) for j in range(dx)])
        cy = cells([rule(y[:, j], bins) for j in range(dy)])
        record[name] = mutual_info_score(cx, cy)
        record[name + "-labels"] = mutual_info_score(cx, labels)
    if dx == dy == 1:
        grid = np.histogram2d(x[:, 0], y[:, 0], bins)[0]
        assert abs(mutual_info_score(None, None, contingency=grid) - record["equal-width"]) < 1e-13
    binned.append(record)


def bspline(x, y, order, bins):
    knots = np.clip(np.arange(bins + order) - order + 1, 0, bins - order + 1).astype(float)

    def weights(column):
        z = (column - column.min()) / (column.max() - column.min()) * (bins - order + 1)
        basis = [
            np.nan_to_num(interpolate.BSpline.basis_element(knots[i : i + order + 1], False)(z))
            if order > 1
            else ((knots[i] <= z) & (z < knots[i + 1])).astype(float)
            for i in range(bins)
        ]
        # The intervals are open on the right; the largest value belongs to the last function.
        table = np.stack(basis, axis=1)
        table[z == bins - order + 1] = np.eye(bins)[-1]
        assert np.allclose(table.sum(1), 1, atol=1e-12)
        return table

    a, b = weights(x), weights(y)
    p = a.T @ b / len(x)
    inside = p > 0
    return np.sum(p[inside] * np.log(p[inside] / np.outer(a.mean(0), b.mean(0))[inside]))


def darbellay_vajda(x, y):
    """Straight from the definition, with masks over all rows at every step."""
    n = len(x)
    u, v = stats.rankdata(x, "min") - 1, stats.rankdata(y, "min") - 1
    critical = stats.chi2.ppf(0.95, 3)

    def part(a, b, c, d, whole):
        in_x, in_y = (a <= u) & (u < b), (c <= v) & (v < d)
        found = np.sum(in_x & in_y)
        if found == 0:
            return 0.0
        leaf = found / n * np.log(found * n / (in_x.sum() * in_y.sum()))
        if b - a == 1 or d - c == 1:
            return leaf
        mx, my = (a + b) // 2, (c + d) // 2
        quarters = [(i, j, k, l) for i, j in [(a, mx), (mx, b)] for k, l in [(c, my), (my, d)]]
        statistic = 0.0
        for i, j, k, l in quarters:
            qx, qy = (i <= u) & (u < j), (k <= v) & (v < l)
            expected = found * qx.sum() * qy.sum() / (in_x.sum() * in_y.sum())
            if expected > 0:
                statistic += (np.sum(qx & qy) - expected) ** 2 / expected
        if not whole and statistic <= critical:
            return leaf
        return sum(part(*quarter, False) for quarter in quarters)

    return part(0, n, 0, n, True)


pairs = []
for n, kind in [(300, "normal"), (97, "strong"), (200, "circle"), (150, "ties"), (64, "equal")]:
    x, y = rng.normal(size=(2, n))
    if kind == "normal":
        y = 0.7 * x + y
    if kind == "strong":
        y = x + 0.05 * y
    if kind == "circle":
        angle = rng.uniform(0, 2 * np.pi, n)
        x, y = np.cos(angle) + 0.05 * x, np.sin(angle) + 0.05 * y
    if kind == "ties":
        x, y = np.round(x), np.round(x + y, 1)
    if kind == "equal":
        y = x
    splines = [[k, m, float(bspline(x, y, k, m))] for k, m in [(1, 8), (2, 5), (3, 10), (4, 4)]]
    pairs.append(
        {
            "kind": kind,
            "x": x.tolist(),
            "y": y.tolist(),
            "bspline": splines,
            "darbellayVajda": float(darbellay_vajda(x, y)),
        }
    )

with open("golden.json", "w") as file:
    json.dump(
        {"entropies": entropies, "discrete": discrete, "binned": binned, "pairs": pairs}, file
    )
