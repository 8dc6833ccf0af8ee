#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""ennemi's estimate_mi: KSG and, for labels, Ross, one column a side (Laarne et al. 2021)."""

import numpy

from mi_plugin import Refusal, estimator, integer, missing, serve

try:
    import ennemi
except ImportError:
    missing("ennemi")


def column(values, name):
    if values.ndim == 2 and values.shape[1] != 1:
        raise Refusal("dimensionOutOfRange", "ennemi takes one column of %s." % name)
    values = numpy.asarray(values).reshape(len(values))
    if values.dtype.kind == "f" and numpy.ptp(values) == 0:
        raise Refusal("constantColumn", "%s is %g in every row." % (name, values[0]))
    return values


@estimator(id="ennemi", version="1", kinds=["continuous-continuous"], minimum_samples=5,
           maximum_dimension=2, deterministic=True, invariances=["rowOrder"],
           reference="Laarne, Zaidan, Nieminen 2021, doi:10.1016/j.softx.2021.100686")
def regression(x, y, seed, k=integer(3, 1, 1000, "nearest neighbors")):
    """estimate_mi: KSG-1 after scaling to unit variance."""
    return float(ennemi.estimate_mi(column(y, "y"), column(x, "x"), k=k)[0, 0])


@estimator(id="ennemi-labels", version="1", kinds=["continuous-labels"], minimum_samples=10,
           maximum_dimension=2, deterministic=True,
           reference="Ross 2014, doi:10.1371/journal.pone.0087357")
def classes(x, y, seed, k=integer(3, 1, 1000, "nearest neighbors")):
    """estimate_mi with discrete_y: Ross's estimator."""
    if x.ndim == 1:
        x, y = y, x
    return float(ennemi.estimate_mi(column(y, "y"), column(x, "x"), k=k, discrete_y=True)[0, 0])


serve()
