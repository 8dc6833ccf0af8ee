# SPDX-License-Identifier: MIT
"""Estimators of mutual information in Python, as plugins of the command `mi`.

    from mi_plugin import estimator, serve

    @estimator(id="correlation", version="1", kinds=["continuous-continuous"], deterministic=True)
    def correlation(x, y, seed):
        "-1/2 ln(1 - r^2) of the first columns."
        r = numpy.corrcoef(x[:, 0], y[:, 0])[0, 1]
        return -0.5 * numpy.log(1 - r * r)

    serve()

`x` and `y` are float64 arrays of n rows and d columns, or `Labels`: an int32 array of n class codes
with `.names`. The number is in nats and never clamped at 0. What is printed goes to stderr.
"""

from ._describe import Parameter, choice, estimator, flag, integer, number
from ._estimate import Cancelled, Estimate, Labels, Refusal, check_cancelled, missing, progress
from ._serve import serve

__all__ = [
    "Cancelled", "Estimate", "Labels", "Parameter", "Refusal", "check_cancelled", "choice",
    "estimator", "flag", "integer", "missing", "number", "progress", "serve",
]
__version__ = "1.0.0"
