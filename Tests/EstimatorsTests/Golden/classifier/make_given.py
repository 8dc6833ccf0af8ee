# SPDX-License-Identifier: MIT
"""What one view says of a label beyond another, and of numbers: makes given.json.

    python make_given.py        (numpy, scipy, scikit-learn; after make.py)

`labels`: I(kar; digit | fou) on the rows of classifier.json, the difference of two cross-fitted
log losses of scikit-learn's logistic regression. `numbers`: I(fou; first two columns of kar), the
cross-fitted log-likelihood ratio of scikit-learn's ridge regression to the Gaussian of all rows, on
normal scores. Folds are scikit-learn's own: the values are means over 4 foldings.
"""
import json
import pathlib
import warnings

import numpy as np
from scipy.stats import multivariate_normal, norm, rankdata
from sklearn.linear_model import LogisticRegressionCV, RidgeCV
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).parent
fou, kar = json.loads((here / "classifier.json").read_text())
y = np.array(fou["labels"])
fou, kar = (np.array(view["x"]).reshape(len(y), -1) for view in (fou, kar))


def log_loss(x, seed):
    scores = np.zeros(len(y))
    for train, test in StratifiedKFold(5, shuffle=True, random_state=seed).split(x, y):
        model = make_pipeline(
            StandardScaler(),
            LogisticRegressionCV(
                Cs=np.logspace(-3, 1, 5), cv=4, scoring="neg_log_loss", max_iter=200))
        model.fit(x[train], y[train])
        scores[test] = model.predict_log_proba(x[test])[np.arange(len(test)), y[test]]
    return scores


def regression(x, t, seed):
    t = np.column_stack([norm.ppf(rankdata(c) / (len(c) + 1)) for c in t.T])
    scores = np.zeros(len(t))
    for train, test in KFold(5, shuffle=True, random_state=seed).split(x):
        model = make_pipeline(StandardScaler(), RidgeCV(np.logspace(-3, 3, 13))).fit(x[train], t[train])
        residuals = t[train] - model.predict(x[train])
        freedom = len(train) - x.shape[1] - 1
        density = multivariate_normal(cov=residuals.T @ residuals / freedom)
        scores[test] = density.logpdf(t[test] - model.predict(x[test]))
    return scores - multivariate_normal(t.mean(0), np.cov(t, rowvar=False, ddof=0)).logpdf(t)


def summary(runs):
    error = np.mean([r.std(ddof=1) / np.sqrt(len(r)) for r in runs])
    return {"nats": float(np.mean(runs)), "standardError": float(error)}


both = np.hstack([fou, kar])
result = {
    "labels": summary([log_loss(both, s) - log_loss(fou, s) for s in range(4)]),
    "numbers": summary([regression(fou, kar[:, :2], s) for s in range(4)]),
}
print(result)
(here / "given.json").write_text(json.dumps(result))
