# SPDX-License-Identifier: MIT
"""Golden values of the baselines, from their formulas in NumPy; run here: python make.py

LogME is maximized over alpha and beta by a general optimizer on the explicit evidence, H-score by
explicit covariances and a pseudo-inverse, TransRate by slogdet, LEEP and NCE by loops over cells.
"""

import json

import numpy as np
from scipy.optimize import minimize
from scipy.stats import multivariate_normal


def log_me(features, target):
    n, d = features.shape

    def negative(logs):
        alpha, beta = np.exp(logs)
        # The labels are jointly normal with covariance F F' / alpha + I / beta.
        covariance = features @ features.T / alpha + np.eye(n) / beta
        return -multivariate_normal(np.zeros(n), covariance).logpdf(target) / n

    starts = [minimize(negative, start, method="Nelder-Mead",
                       options={"xatol": 1e-10, "fatol": 1e-13, "maxiter": 4000}) for start in ([0, 0], [2, 2], [-2, 3])]
    return -min(found.fun for found in starts)


def h_score(features, labels):
    between = np.zeros_like(features)
    for code in np.unique(labels):
        between[labels == code] = features[labels == code].mean(axis=0)
    return float(np.trace(np.linalg.pinv(np.cov(features, rowvar=False)) @ np.cov(between, rowvar=False)))


def rate(z, epsilon=1e-4):
    return 0.5 * np.linalg.slogdet(np.eye(z.shape[1]) + z.T @ z / (len(z) * epsilon))[1]


def trans_rate(features, labels):
    z = features - features.mean(axis=0)
    return float(rate(z) - np.mean([rate(z[labels == code]) for code in np.unique(labels)]))


def leep(theta, labels):
    total = 0.0
    for i in range(len(labels)):
        likelihood = 0.0
        for z in range(theta.shape[1]):
            joint = sum(theta[k, z] for k in range(len(labels)) if labels[k] == labels[i]) / len(labels)
            likelihood += joint / (theta[:, z].sum() / len(labels)) * theta[i, z]
        total += np.log(likelihood)
    return total / len(labels)


def nce(source, labels):
    total = 0.0
    for z in np.unique(source):
        for y in np.unique(labels):
            both = np.mean((source == z) & (labels == y))
            if both > 0:
                total += both * np.log(both / np.mean(source == z))
    return float(total)


def main():
    rng = np.random.default_rng(20)
    n, d, classes = 60, 3, 3
    labels = np.array([0] * 30 + [1] * 20 + [2] * 10)
    features = rng.normal(size=(n, d)) + np.array([[0, 0, 0], [1.5, 0, 0], [0, 1, 0.5]])[labels]
    logits = rng.normal(size=(n, 4))
    logits[np.arange(n), labels] += 1.5
    theta = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    source = theta.argmax(axis=1)
    numbers = features @ np.array([0.5, -1, 0]) + 0.3 * rng.normal(size=n)
    golden = {
        "features": features.ravel().tolist(), "dimension": d, "labels": labels.tolist(),
        "numbers": numbers.tolist(), "theta": theta.ravel().tolist(), "sources": theta.shape[1],
        "source": source.tolist(),
        "logMEClasses": float(np.mean([log_me(features, (labels == code).astype(float)) for code in range(classes)])),
        "logMENumbers": float(log_me(features, numbers)),
        "hScore": h_score(features, labels), "transRate": trans_rate(features, labels),
        "leep": float(leep(theta, labels)), "nce": nce(source, labels),
    }
    with open("baselines.json", "w") as file:
        json.dump(golden, file)
    print({key: value for key, value in golden.items() if not isinstance(value, list)})


if __name__ == "__main__":
    main()
