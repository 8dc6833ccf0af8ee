# SPDX-License-Identifier: MIT
"""Golden values of `coherence`: python make.py, in this folder. Needs numpy and scipy.

The squared coherence is SciPy's, of series less their means; the bias is as in the doc comment of the estimator.
"""

import json

import numpy as np
from scipy import signal
from scipy.special import digamma

rng = np.random.default_rng(17)


def taper(name, length):
    return np.sin(np.pi * (np.arange(length) + 0.5) / length) ** 2 if name == "hann" else np.ones(length)


def rate(x, y, length, overlap, name):
    w = taper(name, length)
    hop = round(length * (1 - overlap))
    x, y = x - x.mean(), y - y.mean()
    _, c = signal.coherence(
        x, y, window=w, nperseg=length, noverlap=length - hop, detrend=False, nfft=length
    )
    g = -0.5 * np.log(1 - c)
    count = (len(x) - length) // hop + 1
    inflation = 1.0
    for j in range(1, count):
        if j * hop < length:
            shared = np.sum(w[j * hop :] * w[: length - j * hop]) / np.sum(w**2)
            inflation += 2 * (1 - j / count) * shared**2
    k = count / inflation
    b = np.full(len(g), 0.5 / (k - 1))
    b[-1] = 0.5 * (digamma(k / 2) - digamma((k - 1) / 2))
    b[0] = 0.5 * (digamma((k - 1) / 2) - digamma((k - 2) / 2))
    mean = lambda v: float((v[0] + v[-1] + 2 * v[1:-1].sum()) / length)
    return {"segments": count, "effective": k, "plugIn": mean(g), "nats": mean(g) - mean(b)}


n = 700
x = signal.lfilter([1], [1, -0.7], rng.normal(size=n))
y = np.concatenate([np.zeros(2), x[:-2]]) + 0.8 * rng.normal(size=n) + 3
values = []
for length, overlap, name in ((32, 0.5, "hann"), (50, 0.0, "none"), (64, 0.75, "hann"), (24, 0.25, "none")):
    values.append({"segment": length, "overlap": overlap, "taper": name, **rate(x, y, length, overlap, name)})
json.dump({"x": x.tolist(), "y": y.tolist(), "values": values}, open("spectral.json", "w"))
print(values)
