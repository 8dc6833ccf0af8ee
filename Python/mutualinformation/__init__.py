# SPDX-License-Identifier: MIT
"""Mutual information, judged before it is used.

`estimate` gives the mutual information of two variables, `score` tells how far an estimator is off
where the truth is known, `check` decides whether a student can learn from a teacher modality,
`distill` distills it and shows whether that was right,
`bench` compares estimators on suites, `pairwise` does whole tables, `lags` and `transfer` are for
series, and `register` makes a Python
function one of the estimators. Everything is in nats.
"""

from ._bench import BenchResult, bench, read_store
from ._check import CheckResult, check
from ._describe import Description, describe
from ._distill import DistillResult, distill
from ._errors import (
    EstimateWarning, EstimationError, InputError, Interrupted, MutualInformationError)
from ._estimate import Estimate, estimate
from ._estimators import Estimators, estimators
from ._lags import LagsResult, lags
from ._library import kernels
from ._library import version as __version__
from ._pairwise import pairwise
from ._register import load_plugin, register, unregister
from ._score import ScoreResult, score
from ._transfer import TransferResult, transfer

__all__ = [
    "BenchResult", "CheckResult", "Description", "DistillResult", "Estimate", "EstimateWarning", "EstimationError",
    "Estimators", "InputError", "Interrupted", "LagsResult", "MutualInformationError", "ScoreResult",
    "TransferResult", "__version__", "bench", "check", "describe", "distill", "estimate", "estimators", "kernels",
    "lags", "load_plugin", "pairwise", "read_store", "register", "score", "transfer", "unregister",
]
