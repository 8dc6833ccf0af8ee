# SPDX-License-Identifier: MIT
"""Label information by cross-fitted logistic regression, by scikit-learn: makes classifier.json.

    python make.py        (numpy, scikit-learn)

500 rows of two views of the digits example (Examples/digits, CC BY 4.0, Duin), 8 columns each. The
folds, the choice of ridge and the solver are scikit-learn's own, so the package's number differs by
the luck of the folds: the golden value is the mean over 4 foldings and has their spread beside it.
"""
import json
import pathlib
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegressionCV
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).parent
digits = here.parents[3] / "Examples" / "digits"
labels = np.load(digits / "labels.npy").astype(int)
rows = np.random.default_rng(1).permutation(len(labels))[:500]


def information(x, y, seed):
    shares = np.bincount(y) / len(y)
    scores = np.zeros(len(y))
    for train, test in StratifiedKFold(5, shuffle=True, random_state=seed).split(x, y):
        model = make_pipeline(
            StandardScaler(),
            LogisticRegressionCV(
                Cs=np.logspace(-3, 1, 5), cv=4, scoring="neg_log_loss", max_iter=200))
        model.fit(x[train], y[train])
        q = model.predict_log_proba(x[test])
        scores[test] = q[np.arange(len(test)), y[test]]
    pointwise = scores - np.log(shares[y])
    return pointwise.mean(), pointwise.std(ddof=1) / np.sqrt(len(y))


result = []
for name, columns in (("fou", 8), ("kar", 8)):
    x = np.load(digits / f"{name}.npy").astype(float)[rows][:, :columns].round(4)
    y = labels[rows]
    found = [information(x, y, seed) for seed in range(4)]
    nats = [f[0] for f in found]
    result.append({
        "name": name, "dimension": columns, "x": x.ravel().tolist(), "labels": y.tolist(),
        "nats": float(np.mean(nats)), "spread": float(np.std(nats, ddof=1)),
        "standardError": float(np.mean([f[1] for f in found])),
    })
    print(name, result[-1]["nats"], result[-1]["spread"], result[-1]["standardError"], flush=True)
(here / "classifier.json").write_text(json.dumps(result))
