#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""scikit-learn's mutual_info_regression (KSG) and mutual_info_classif (Ross), one column of x."""

from mi_plugin import Refusal, estimator, integer, missing, serve

try:
    from sklearn.feature_selection import mutual_info_classif, mutual_info_regression
except ImportError:
    missing("scikit-learn")

CLAMPED = ("clamped", "scikit-learn returns 0 where its estimate is negative.")


def one_column(x, y):
    """The numeric side, one column, and the other."""
    if x.ndim == 1:
        x, y = y, x
    if x.shape[1] != 1:
        raise Refusal("dimensionOutOfRange", "scikit-learn takes one column of x; it got %d."
                      % x.shape[1])
    return x, y


def varied(*columns):
    for column in columns:
        if (column == column[0]).all():
            raise Refusal("constantColumn", "A column is %g in every row." % column.ravel()[0])


@estimator(id="sklearn-regression", version="1", kinds=["continuous-continuous"],
           minimum_samples=4, maximum_dimension=2, invariances=["rowOrder"],
           reference="Kraskov et al. 2004, doi:10.1103/PhysRevE.69.066138; Pedregosa et al. 2011")
def regression(x, y, seed, k=integer(3, 1, 1000, "nearest neighbors")):
    """mutual_info_regression: KSG-1 after scaling to unit variance and a jitter, clamped at 0."""
    from mi_plugin import Estimate
    x, y = one_column(x, y)
    varied(x, y)
    value = mutual_info_regression(x, y[:, 0], n_neighbors=k, random_state=seed % 2**32)[0]
    return Estimate(value, warnings=[CLAMPED] if value == 0 else [])


@estimator(id="sklearn-classif", version="1", kinds=["continuous-labels"], minimum_samples=10,
           maximum_dimension=2, reference="Ross 2014, doi:10.1371/journal.pone.0087357")
def classif(x, y, seed, k=integer(3, 1, 1000, "nearest neighbors")):
    """mutual_info_classif: Ross's estimator, clamped at 0."""
    from mi_plugin import Estimate
    x, y = one_column(x, y)
    varied(x)
    value = mutual_info_classif(x, y, n_neighbors=k, random_state=seed % 2**32)[0]
    return Estimate(value, warnings=[CLAMPED] if value == 0 else [])


serve()
