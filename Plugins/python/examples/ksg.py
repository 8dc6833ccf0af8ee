#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""KSG-1 (Kraskov, Stoegbauer, Grassberger 2004, doi:10.1103/PhysRevE.69.066138), O(n^2)."""

import numpy

from mi_plugin import Estimate, Refusal, check_cancelled, estimator, integer, serve

EULER = 0.5772156649015328606


@estimator(
    id="ksg-python", version="1", kinds=["continuous-continuous"], minimum_samples=5,
    deterministic=True, reference="Kraskov et al. 2004, doi:10.1103/PhysRevE.69.066138",
    invariances=["swap", "rowOrder", "shift", "jointScale"], groups="unaffected")
def ksg(x, y, seed, k=integer(3, 1, 1000, "nearest neighbors")):
    """psi(k) + psi(n) - mean psi(nx + 1) + psi(ny + 1), with maximum norms."""
    n = len(x)
    if k >= n:
        raise Refusal("tooFewSamples", "%d rows do not have %d neighbors" % (n, k))
    for side, columns in (("x", x), ("y", y)):
        for column in numpy.flatnonzero(numpy.ptp(columns, axis=0) == 0):
            raise Refusal("constantColumn", "Column %d of %s is constant." % (column, side))
    # psi of a whole number m is -EULER + 1 + 1/2 + ... + 1/(m - 1); psi[0] is never used
    psi = numpy.concatenate(([0, 0], numpy.cumsum(1 / numpy.arange(1.0, n)))) - EULER
    total, tied = 0.0, 0
    for i in range(n):
        if i % 1000 == 0:
            check_cancelled()
        dx = numpy.abs(x - x[i]).max(axis=1)
        dy = numpy.abs(y - y[i]).max(axis=1)
        joint = numpy.maximum(dx, dy)
        joint[i] = numpy.inf
        radius = numpy.partition(joint, k - 1)[k - 1]
        tied += radius == 0
        dx[i] = dy[i] = numpy.inf
        # strictly inside: the k-th neighbor itself lies on the border in one of the two
        total += psi[(dx < radius).sum() + 1] + psi[(dy < radius).sum() + 1]
    return Estimate(psi[k] + psi[n] - total / n, warnings=[] if tied == 0 else [
        ("ties", "%d rows have %d equal ones; the estimate is too high." % (tied, k))])


if __name__ == "__main__":
    serve()
