# SPDX-License-Identifier: MIT
"""Golden values of the report's tests: SciPy for Wilcoxon and Student, plain Python for Holm.

Run: python make.py  (SciPy 1.17, NumPy 1.26)
"""
import itertools
import json

import numpy as np
from scipy import stats

random = np.random.default_rng(20261123)


def enumerated(differences):
    """The exact two-sided p over all sign flips, ties included: a slow twin of both sides."""
    nonzero = np.array([d for d in differences if d != 0])
    if len(nonzero) == 0:
        return 1.0
    ranks = stats.rankdata(np.abs(nonzero))
    total = ranks.sum()
    found = min(ranks[nonzero > 0].sum(), total - ranks[nonzero > 0].sum())
    sums = [sum(r for r, s in zip(ranks, signs) if s) for signs in
            itertools.product([0, 1], repeat=len(ranks))]
    return min(1.0, 2 * sum(s <= found + 1e-9 for s in sums) / len(sums))


signed_rank = []
for m, shift in [(6, 0.5), (10, 0.3), (25, 0.2), (40, 0.4), (50, 0.0)]:
    d = (random.normal(size=m) + shift).tolist()
    signed_rank.append({"name": f"exact {m}", "differences": d,
                        "p": stats.wilcoxon(d, method="exact").pvalue})
for m, shift in [(51, 0.2), (200, 0.1)]:
    d = (random.normal(size=m) + shift).tolist()
    signed_rank.append({"name": f"normal {m}", "differences": d,
                        "p": stats.wilcoxon(d, method="asymptotic", correction=False).pvalue})
d = np.round(random.normal(size=120) + 0.3, 1).tolist()
signed_rank.append({"name": "normal 120 with ties and zeros", "differences": d,
                    "p": stats.wilcoxon(d, method="asymptotic", correction=False,
                                        zero_method="wilcox").pvalue})
for m in (5, 9, 12):
    d = np.round(random.normal(size=m) + 0.4, 0).tolist()
    signed_rank.append({"name": f"enumerated {m} with ties and zeros", "differences": d,
                        "p": enumerated(d)})

paired = []
for m in (2, 5, 30):
    d = (random.normal(size=m) * 0.1 + 0.05).tolist()
    t = stats.ttest_1samp(d, 0)
    paired.append({"differences": d, "p": t.pvalue, "degrees": float(t.df),
                   "standardError": stats.sem(d)})
welch = []
for m, n in ((2, 3), (5, 8), (20, 4)):
    a, b = random.normal(size=m), random.normal(size=n) * 3 + 1
    t = stats.ttest_ind(a, b, equal_var=False)
    welch.append({"left": a.tolist(), "right": b.tolist(), "p": t.pvalue, "degrees": float(t.df)})


def holm(p):
    order = sorted(range(len(p)), key=lambda i: p[i])
    out = [0.0] * len(p)
    for place, index in enumerate(order):
        out[index] = max(min(1.0, (len(p) - j) * p[order[j]]) for j in range(place + 1))
    return out


holms = [{"p": p, "adjusted": holm(p)} for p in (
    [0.01, 0.04, 0.03, 0.005], [0.5], [0.2, 0.2, 0.2], [0.0, 1.0, 0.02],
    random.uniform(size=20).round(4).tolist(), (random.uniform(size=20) ** 6).tolist())]
# Worked by hand: 5*.01, 4*.02, 3*.03, then the running maximum.
holms.append({"p": [0.01, 0.02, 0.03, 0.04, 0.05], "adjusted": [0.05, 0.08, 0.09, 0.09, 0.09]})

with open("statistics.json", "w") as file:
    json.dump({"signedRank": signed_rank, "paired": paired, "welch": welch, "holm": holms}, file)
