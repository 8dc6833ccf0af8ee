# SPDX-License-Identifier: MIT
"""Columns of scikit-learn's data sets against their targets: the default of `mi estimate` beside mutual_info_*.

    python datasets.py MI > datasets.csv

There is no truth to compare with: a difference of more than max(0.03 nats, three standard errors) is marked.
"""

import csv
import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn import datasets
from sklearn.feature_selection import mutual_info_classif, mutual_info_regression

from run import ours

LOADERS = ("iris", "wine", "breast_cancer", "diabetes", "linnerud")


def main(mi):
    out = csv.writer(sys.stdout)
    out.writerow("data column values target mi error estimator sklearn differs".split())
    with tempfile.TemporaryDirectory() as folder:
        for name in LOADERS:
            data = getattr(datasets, "load_" + name)()
            y = data.target if data.target.ndim == 1 else data.target[:, 0]
            is_class = y.dtype.kind in "iu"
            learned = (mutual_info_classif if is_class else mutual_info_regression)
            theirs = np.mean([learned(data.data, y, random_state=seed) for seed in range(5)], axis=0)
            for column, other in enumerate(theirs):
                x = data.data[:, column]
                nats, error, estimator = ours(mi, x, y, Path(folder))
                differs = nats is None or abs(nats - other) > max(0.03, 3 * (error or 0))
                out.writerow([
                    name, data.feature_names[column], len(np.unique(x)), "classes" if is_class else "numbers",
                    nats, error, estimator, other, "yes" if differs else ""])


if __name__ == "__main__":
    main(sys.argv[1])
