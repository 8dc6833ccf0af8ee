# SPDX-License-Identifier: MIT
"""Mutual information in scikit-learn's form; needs scikit-learn 1.6 or newer.

Examples
--------
>>> from sklearn.feature_selection import SelectKBest
>>> from mutualinformation.sklearn import mutual_info_score_func
>>> selector = SelectKBest(mutual_info_score_func, k=3)
"""

from __future__ import annotations

from typing import Any, Dict, Optional

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.feature_selection import SelectorMixin
from sklearn.utils.multiclass import type_of_target
from sklearn.utils.validation import check_array, check_is_fitted, validate_data

from . import _estimate, _pairwise

__all__ = ["MutualInformation", "MutualInformationSelector", "mutual_info_score_func"]


def _is_discrete(y: np.ndarray, wanted: Any) -> bool:
    """Whether y is labels: as wanted, or by scikit-learn's own rule for targets."""
    if wanted != "auto":
        return bool(wanted)
    return y.dtype.kind not in "f" or not type_of_target(y).startswith("continuous")


def _neighbors(estimator: str, parameters: Any) -> Dict[str, Any]:
    """The parameters, with a jitter for the neighbor estimators where none is set."""
    parameters = dict(parameters or {})
    if estimator in ("auto", "ross", "ksg-1", "ksg-2"):
        parameters.setdefault("jitter", 1e-10)
    return parameters


def mutual_info_score_func(
    X: Any, y: Any, *, estimator: str = "auto", discrete_target: Any = "auto", seed: int = 0,
    threads: Optional[int] = None, **parameters: Any,
) -> np.ndarray:
    """Mutual information of every column with the target, for ``SelectKBest(score_func=...)``.

    Parameters
    ----------
    X : array_like or sparse matrix, shape (n, d)
        Continuous columns; a sparse matrix is made dense, which costs a copy.
    y : array_like, shape (n,)
        The target.
    estimator : str, default "auto"
        ``"auto"`` is ross for labels and ksg-1 for numbers.
    discrete_target : {"auto"} or bool, default "auto"
        Whether y is labels; ``"auto"`` asks scikit-learn's ``type_of_target``.
    seed, threads, **parameters
        As in `mutualinformation.pairwise`, such as ``k=3``.

    Notes
    -----
    ross, ksg-1 and ksg-2 get ``jitter=1e-10`` unless you set it: noise of 1e-10 standard deviations,
    without which repeated values read as strong dependence. scikit-learn's functions do the same.

    Returns
    -------
    numpy.ndarray, shape (d,)
        Nats, not clamped at zero; exactly 0 for a column with one value, which tells nothing.
    """
    X = check_array(X, accept_sparse=True, dtype=np.float64, order="C")
    X = X.toarray() if hasattr(X, "toarray") else X
    y = np.asarray(y)
    parameters = _neighbors(estimator, parameters)
    scores = np.zeros(X.shape[1])
    varies = np.flatnonzero((X != X[:1]).any(axis=0))
    if len(varies):
        columns = X if len(varies) == X.shape[1] else X[:, varies]
        scores[varies] = _pairwise.pairwise(
            columns, y, estimator, discrete_target=_is_discrete(y, discrete_target), seed=seed,
            threads=threads, **parameters)
    return scores


class MutualInformationSelector(SelectorMixin, BaseEstimator):
    """Keeps the columns that tell most about the target, each by itself.

    Parameters
    ----------
    n_features : int, default 10
        How many to keep; all where there are fewer.
    threshold : float, optional
        Instead, keep every column with more nats than this.
    estimator : str, default "auto"
        As in `mutual_info_score_func`.
    discrete_target : {"auto"} or bool, default "auto"
        As in `mutual_info_score_func`.
    parameters : dict, optional
        The estimator's own, such as ``{"k": 5}``.
    seed : int, default 0
        The seed of everything random.
    threads : int, optional
        Threads at work (default: all cores).

    Attributes
    ----------
    scores_ : numpy.ndarray, shape (d,)
        Nats of each column.
    """

    def __init__(
        self, n_features=10, *, threshold=None, estimator="auto", discrete_target="auto",
        parameters=None, seed=0, threads=None,
    ):
        self.n_features = n_features
        self.threshold = threshold
        self.estimator = estimator
        self.discrete_target = discrete_target
        self.parameters = parameters
        self.seed = seed
        self.threads = threads

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.target_tags.required = True
        return tags

    def fit(self, X, y):
        """Scores the columns of X.

        Parameters
        ----------
        X : array_like, shape (n, d)
            Continuous columns.
        y : array_like, shape (n,)
            The target.

        Returns
        -------
        MutualInformationSelector
            Itself.
        """
        X, y = validate_data(self, X, y, dtype=np.float64, order="C", ensure_min_samples=2)
        self.scores_ = mutual_info_score_func(
            X, y, estimator=self.estimator, discrete_target=self.discrete_target, seed=self.seed,
            threads=self.threads, **(self.parameters or {}))
        return self

    def _get_support_mask(self):
        check_is_fitted(self)
        if self.threshold is not None:
            return self.scores_ > self.threshold
        mask = np.zeros(len(self.scores_), dtype=bool)
        best = np.argsort(-self.scores_, kind="stable")
        mask[best[:max(int(self.n_features), 0)]] = True
        return mask


class MutualInformation(BaseEstimator):
    """The information between all columns of X together and the target.

    Parameters
    ----------
    k : int or sequence of int, default 3
        Neighbors, where the estimator takes them.
    estimator : str, default "auto"
        ``"auto"`` is ross for labels and ksg-1 for numbers.
    discrete_target : {"auto"} or bool, default "auto"
        As in `mutual_info_score_func`.
    parameters : dict, optional
        More parameters of the estimator.
    seed : int, default 0
        The seed of everything random.
    threads : int, optional
        Threads at work (default: all cores).

    Attributes
    ----------
    information_ : float
        I(X; y) in nats.
    standard_error_ : float or None
        Its standard error in nats, where the estimator knows one.
    estimate_ : mutualinformation.Estimate
        The whole estimate.
    """

    def __init__(
        self, k=3, *, estimator="auto", discrete_target="auto", parameters=None, seed=0,
        threads=None,
    ):
        self.k = k
        self.estimator = estimator
        self.discrete_target = discrete_target
        self.parameters = parameters
        self.seed = seed
        self.threads = threads

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.target_tags.required = True
        return tags

    def fit(self, X, y):
        """Estimates I(X; y).

        Parameters
        ----------
        X : array_like, shape (n, d)
            Continuous columns.
        y : array_like, shape (n,)
            The target.

        Returns
        -------
        MutualInformation
            Itself.
        """
        X, y = validate_data(self, X, y, dtype=np.float64, order="C", ensure_min_samples=2)
        discrete = _is_discrete(y, self.discrete_target)
        name = self.estimator
        parameters = _neighbors(name, self.parameters)
        if name == "auto":
            name = "ross" if discrete else "ksg-1"
        if name.split("+")[-1] in ("ross", "ksg-1", "ksg-2", "mixed-ksg"):
            parameters.setdefault("k", self.k)
        self.estimate_ = _estimate.estimate(
            X, y, name, discrete=("y",) if discrete else (),
            continuous=() if discrete else ("y",), seed=self.seed, threads=self.threads,
            **parameters)
        self.information_ = self.estimate_.nats
        self.standard_error_ = self.estimate_.standard_error
        return self
