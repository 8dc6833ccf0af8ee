# SPDX-License-Identifier: MIT
"""Golden values of the shared numerics, from mpmath, NumPy and SciPy: python make.py"""
import json
import mpmath
import numpy as np
import scipy.stats

mpmath.mp.dps = 40
rng = np.random.default_rng(20)

points = [1e-3, 0.1, 0.5, 1, 1.4616321449683623, 1.5, 2, 3.25, 10, 24.5, 100, 1e3 + 0.5, 1e5, 3e6]
probabilities = [1e-300, 1e-12, 1e-5, 0.02, 0.075, 0.3, 0.4999, 0.5, 0.61, 0.92, 0.9999, 1 - 2**-40]
quantiles = [float(mpmath.sqrt(2) * mpmath.erfinv(2 * mpmath.mpf(p) - 1)) if p > 1e-200 else
             float(mpmath.findroot(lambda z: mpmath.log(mpmath.ncdf(z)) - mpmath.log(mpmath.mpf(p)), -37))
             for p in probabilities]
a = rng.normal(size=(40, 7)) @ rng.normal(size=(7, 7))
m = np.cov(a, rowvar=False)
b = rng.normal(size=(7, 3))
tied = np.round(rng.normal(size=60), 1)
json.dump({
    "points": points,
    "digamma": [float(mpmath.digamma(mpmath.mpf(x))) for x in points],
    "trigamma": [float(mpmath.psi(1, mpmath.mpf(x))) for x in points],
    "logGamma": [float(mpmath.loggamma(mpmath.mpf(x))) for x in points],
    "probabilities": probabilities,
    "quantiles": quantiles,
    "z": [-37.0, -8.0, -1.5, 0.0, 0.3, 2.0, 6.0],
    "normalCDF": [float(mpmath.ncdf(z)) for z in map(mpmath.mpf, [-37.0, -8.0, -1.5, 0.0, 0.3, 2.0, 6.0])],
    "samples": a.ravel().tolist(),
    "means": a.mean(axis=0).tolist(),
    "covariance": m.ravel().tolist(),
    "cholesky": np.linalg.cholesky(m).ravel().tolist(),
    "logDeterminant": float(np.linalg.slogdet(m)[1]),
    "rightSide": b.ravel().tolist(),
    "solution": np.linalg.solve(m, b).ravel().tolist(),
    "product": (a @ b).ravel().tolist(),
    "eigenvalues": np.linalg.eigvalsh(m).tolist(),
    "singularValues": np.linalg.svd(a, compute_uv=False).tolist(),
    "tied": tied.tolist(),
    "ranks": scipy.stats.rankdata(tied).tolist(),
    "scores": scipy.stats.norm.ppf(scipy.stats.rankdata(tied) / 61).tolist(),
}, open("numerics.json", "w"), indent=0)
