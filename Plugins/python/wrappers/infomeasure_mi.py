#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""infomeasure's mutual_information: KSG, and discrete with its bias corrections."""

import numpy

from mi_plugin import Estimate, Refusal, choice, estimator, integer, missing, serve

try:
    import infomeasure
except ImportError:
    missing("infomeasure")


@estimator(id="infomeasure-ksg", version="1", kinds=["continuous-continuous"], minimum_samples=6,
           reference="Kraskov et al. 2004, doi:10.1103/PhysRevE.69.066138",
           invariances=["rowOrder"])
def ksg(x, y, seed, k=integer(4, 1, 1000, "nearest neighbors")):
    """mutual_information(approach="ksg"), without its unseeded noise."""
    for columns in (x, y):
        if (numpy.ptp(columns, axis=0) == 0).any():
            raise Refusal("constantColumn", "A column has one value in every row.")
    value = infomeasure.mutual_information(x, y, approach="ksg", k=k, noise_level=0, base="e")
    tied = len(x) - len(numpy.unique(numpy.hstack([x, y]), axis=0))
    return Estimate(value, warnings=[] if tied == 0 else [
        ("ties", "%d rows repeat others; KSG reads that as dependence." % tied)])


@estimator(id="infomeasure-discrete", version="1", kinds=["labels-labels"], minimum_samples=4,
           deterministic=True, invariances=["swap", "rowOrder"],
           reference="Miller 1955; Chao, Shen 2003, doi:10.1023/A:1026096204727")
def discrete(x, y, seed, correction=choice("discrete", ["discrete", "miller_madow", "chao_shen",
                                                        "shrink"], "of the entropies")):
    """mutual_information of class codes."""
    return infomeasure.mutual_information(numpy.asarray(x), numpy.asarray(y), approach=correction,
                                          base="e")


serve()
