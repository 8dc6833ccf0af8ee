# SPDX-License-Identifier: MIT
"""Mixtures of Gaussians by scikit-learn, and their information by quadrature: makes mixture.json.

    python make.py        (numpy, scipy, scikit-learn)

`meanLogRatio` is the mean over the rows of ln p(x, y) / (p(x) p(y)) under scikit-learn's own fit with as
many components as were drawn from; `nats` is the information of the density that was drawn from.
"""
import json
import pathlib

import numpy as np
from scipy.special import logsumexp
from scipy.stats import multivariate_normal, norm
from sklearn.mixture import GaussianMixture

rng = np.random.default_rng(11)
shapes = {
    "two": ([0.5, 0.5], [[-2, -2], [2, 2]], [[[1, 0], [0, 1]]] * 2),
    "cross": ([0.5, 0.5], [[0, 0], [0, 0]], [[[1, 0.95], [0.95, 1]], [[1, -0.95], [-0.95, 1]]]),
    "square": ([0.25] * 4, [[3, 0], [0, 3], [-3, 0], [0, -3]], [[[0.5, 0], [0, 0.5]]] * 4),
}


def log_ratio(points, weights, means, covariances):
    joint = logsumexp(
        [np.log(w) + multivariate_normal.logpdf(points, m, c)
         for w, m, c in zip(weights, means, covariances)], axis=0)
    sides = [
        logsumexp(
            [np.log(w) + norm.logpdf(points[:, j], m[j], np.sqrt(c[j][j]))
             for w, m, c in zip(weights, np.array(means), np.array(covariances))], axis=0)
        for j in range(2)]
    return joint - sides[0] - sides[1], joint


result = []
for name, (weights, means, covariances) in shapes.items():
    axis = np.linspace(-9, 9, 1501)
    grid = np.stack(np.meshgrid(axis, axis, indexing="ij"), -1).reshape(-1, 2)
    ratio, joint = log_ratio(grid, weights, means, covariances)
    nats = float((np.exp(joint) * ratio).sum() * (axis[1] - axis[0]) ** 2)
    n = 800
    component = rng.choice(len(weights), size=n, p=weights)
    rows = np.array([rng.multivariate_normal(means[c], covariances[c]) for c in component]).round(4)
    z = (rows - rows.mean(0)) / rows.std(0, ddof=1)
    fit = GaussianMixture(len(weights), n_init=20, tol=1e-8, max_iter=5000, random_state=0).fit(z)
    found, _ = log_ratio(z, fit.weights_, fit.means_, fit.covariances_)
    result.append({
        "name": name, "components": len(weights), "nats": nats,
        "meanLogRatio": float(found.mean()), "x": rows[:, 0].tolist(), "y": rows[:, 1].tolist()})
    print(name, nats, found.mean())
(pathlib.Path(__file__).parent / "mixture.json").write_text(json.dumps(result))
