# SPDX-License-Identifier: MIT
"""Golden values of the Gaussian estimators, from NumPy, SciPy and scikit-learn: python make.py

Every formula is written out here once more, with determinants from numpy.linalg.slogdet.
"""
import json
import numpy as np
from scipy import integrate
from scipy.special import digamma
from scipy.stats import f as f_distribution, norm, rankdata
from sklearn.covariance import LedoitWolf

rng = np.random.default_rng(7)


def logdet(rows):
    return np.linalg.slogdet(np.atleast_2d(np.cov(rows, rowvar=False)))[1]


def expected_error(n, d):
    j = np.arange(1, d + 1)
    return digamma((n - j) / 2).sum() + d * np.log(2 / (n - 1))


def gaussian(x, y):
    n, dx, dy = len(x), x.shape[1], y.shape[1]
    z = np.hstack([x, y])
    plug_in = (logdet(x) + logdet(y) - logdet(z)) / 2
    bias = (expected_error(n, dx) + expected_error(n, dy) - expected_error(n, dx + dy)) / 2
    return plug_in, plug_in - bias


def canonical_correlations(x, y):
    q, r = (np.linalg.qr(a - a.mean(0))[0] for a in (x, y))
    return np.linalg.svd(q.T @ r, compute_uv=False)


def wilks_p_value(x, y):
    """Rao's F approximation, by Wilks' lambda from the canonical correlations."""
    n, p, q = len(x), x.shape[1], y.shape[1]
    wilks = np.prod(1 - canonical_correlations(x, y) ** 2)
    s = np.sqrt((p**2 * q**2 - 4) / (p**2 + q**2 - 5)) if p**2 + q**2 > 5 else 1
    df2 = (n - 1.5 - (p + q) / 2) * s - p * q / 2 + 1
    root = wilks ** (1 / s)
    return f_distribution.sf((1 - root) / root * df2 / (p * q), p * q, df2)


def ledoit_wolf(x, y):
    z = np.hstack([x, y])
    fit = LedoitWolf().fit((z - z.mean(0)) / z.std(0, ddof=1))
    c, d = fit.covariance_, x.shape[1]
    ld = lambda m: np.linalg.slogdet(m)[1]
    return fit.shrinkage_, (ld(c[:d, :d]) + ld(c[d:, d:]) - ld(c)) / 2


def scores(x):
    return np.column_stack([norm.ppf(rankdata(c) / (len(c) + 1)) for c in x.T])


def labelled(x, y):
    n, d = x.shape
    plug_in, corrected = logdet(x) / 2, (logdet(x) - expected_error(n, d)) / 2
    for c in np.unique(y):
        rows = x[y == c]
        share = len(rows) / n
        plug_in -= share * logdet(rows) / 2
        corrected -= share * (logdet(rows) - expected_error(len(rows), d)) / 2
    return plug_in, corrected


def pair(n, dx, dy, decimals=None, offset=0.0):
    common = rng.normal(size=(n, 2))
    x = common @ rng.normal(size=(2, dx)) + rng.normal(size=(n, dx)) + offset
    y = common @ rng.normal(size=(2, dy)) + 0.7 * rng.normal(size=(n, dy))
    if decimals is not None:
        x, y = x.round(decimals), y.round(decimals)
    return x, y


cases = []
for n, dx, dy, decimals, offset in [(80, 1, 1, None, 0), (80, 3, 2, None, 1e4), (60, 4, 5, 1, 0), (9, 3, 4, None, 0)]:
    x, y = pair(n, dx, dy, decimals, offset)
    plug_in, corrected = gaussian(x, y)
    intensity, shrunk = ledoit_wolf(x, y)
    copula_plug_in, copula = gaussian(scores(x), scores(y))
    cases.append({
        "n": n, "dx": dx, "dy": dy, "x": x.ravel().tolist(), "y": y.ravel().tolist(),
        "plugIn": plug_in, "corrected": corrected,
        "canonicalCorrelations": canonical_correlations(x, y).tolist(),
        "pValue": wilks_p_value(x, y), "intensity": intensity, "shrunk": shrunk,
        "copulaPlugIn": copula_plug_in, "copula": copula,
    })

x, y = pair(12, 10, 8)
intensity, shrunk = ledoit_wolf(x, y)
wide = {"n": 12, "dx": 10, "dy": 8, "x": x.ravel().tolist(), "y": y.ravel().tolist(),
        "intensity": intensity, "shrunk": shrunk}

labels = rng.choice(3, size=90, p=[0.2, 0.3, 0.5])
x = rng.normal(size=(90, 4)) * (1 + 0.3 * labels[:, None]) + labels[:, None] * [1, 0.5, 0, -0.2]
plug_in, corrected = labelled(x, labels)
copula_plug_in, copula = labelled(scores(x), labels)
label_case = {"x": x.ravel().tolist(), "labels": labels.tolist(), "dx": 4, "plugIn": plug_in,
              "corrected": corrected, "copulaPlugIn": copula_plug_in, "copula": copula}

# Two classes of equal share at -mean and +mean, both of variance 1: the information by quadrature.
mixtures = []
for mean in [0.0, 0.5, 1.0, 2.0, 4.0]:
    density = lambda t: (norm.pdf(t - mean) + norm.pdf(t + mean)) / 2
    entropy = integrate.quad(lambda t: -density(t) * np.log(density(t)), -12 - mean, 12 + mean,
                             points=[-mean, 0, mean], limit=400)[0]
    mixtures.append({"mean": mean, "nats": entropy - 0.5 * np.log(2 * np.pi * np.e)})

json.dump({"cases": cases, "wide": wide, "labels": label_case, "mixtures": mixtures},
          open("gaussian.json", "w"), indent=0)
