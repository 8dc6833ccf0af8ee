# SPDX-License-Identifier: MIT
"""The constants of `lnn`: python lnn_constants.py [DRAWS] > LocalLikelihoodConstants.swift's table

Gao, Oh and Viswanath 2016 ("Breaking the bandwidth barrier", arXiv:1609.02208), theorem 1: around a point of
any smooth density the neighbors, scaled by their density, are a Poisson process, so the estimator's bias is one
number for each k, dimension d and number m of neighbors used. With arrivals G_1 < G_2 < ... of unit rate and
directions uniform on the sphere, neighbor j stands at (G_j / G_k)^(1/d) u_j in units of the k-th distance.
Printed is

    C = E[ ln S0 - ln det(Sigma) / 2 - mu' Sigma^-1 mu / 2 ]

with S0, mu and Sigma the mass, mean and covariance of the m neighbors under the weights exp(-r^2 / 2), and
behind it its standard error. Needs numpy; 1,000,000 draws take some minutes.
"""
import sys

import numpy as np

draws = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
m, ks, batch = 30, range(3, 11), 20_000
for d in range(1, 7):
    rng = np.random.default_rng(1000 + d)
    sums, squares = np.zeros(len(ks)), np.zeros(len(ks))
    for _ in range(draws // batch):
        arrivals = rng.exponential(size=(batch, m)).cumsum(axis=1)
        directions = rng.normal(size=(batch, m, d))
        directions /= np.linalg.norm(directions, axis=2, keepdims=True)
        for slot, k in enumerate(ks):
            radii = (arrivals / arrivals[:, k - 1 : k]) ** (1 / d)
            z = radii[:, :, None] * directions
            w = np.exp(-radii**2 / 2)
            s0 = w.sum(axis=1)
            mu = np.einsum("bm,bmd->bd", w, z) / s0[:, None]
            sigma = np.einsum("bm,bmd,bme->bde", w, z, z) / s0[:, None, None]
            sigma -= mu[:, :, None] * mu[:, None, :]
            distance = np.einsum("bd,bd->b", mu, np.linalg.solve(sigma, mu[:, :, None])[:, :, 0])
            c = np.log(s0) - np.linalg.slogdet(sigma)[1] / 2 - distance / 2
            sums[slot] += c.sum()
            squares[slot] += (c**2).sum()
    n = draws // batch * batch
    mean = sums / n
    error = np.sqrt((squares / n - mean**2) / n)
    print(f"    [{', '.join(f'{v:.5f}' for v in mean)}],  // d = {d}, +- {error.max():.5f}", flush=True)
