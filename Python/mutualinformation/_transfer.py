# SPDX-License-Identifier: MIT
"""Two series: what the past of one tells about the other."""

from __future__ import annotations

from ctypes import byref
from typing import Any, Callable, Collection, Dict, Optional, Union

import numpy as np

from . import _calls, _library, _pictures, _series
from ._errors import InputError


class TransferResult:
    """Transfer entropy; ``float(result)`` is its number of nats.

    Attributes
    ----------
    facts : dict
        All that ``mi transfer --json`` prints, but the files.
    nats : float
        The transfer entropy in nats.
    corrected : float or None
        It less the mean of the surrogates, where ``correct_bias`` asked for that.
    lag, history, source_history : int
        As given, or as chosen.
    pointwise : numpy.ndarray or None
        The contribution of each row of the target in nats (local transfer entropy), NaN where a row lacks a
        past.
    """

    def __init__(self, facts: Dict[str, Any], pointwise: Optional[np.ndarray]):
        self.facts = facts
        self.pointwise = pointwise
        self.nats: float = facts["nats"]
        self.standard_error: Optional[float] = facts["standardErrorNats"]
        self.corrected: Optional[float] = facts["correctedNats"]
        self.lag: int = facts["lag"]
        self.history: int = facts["history"]
        self.source_history: int = facts["sourceHistory"]

    def __float__(self) -> float:
        return self.nats

    @property
    def p_value(self) -> Optional[float]:
        """The p-value of no transfer, where a test was asked for."""
        test = self.facts["independence"]
        return None if test is None else test["pValue"]

    def to_dict(self) -> Dict[str, Any]:
        """All that ``mi transfer --json`` prints, but the files."""
        return self.facts

    def to_frame(self) -> Any:
        """A pandas DataFrame of one row, so that results of many pairs can be joined."""
        import pandas

        return pandas.DataFrame([{
            "nats": self.nats, "standard_error": self.standard_error, "p_value": self.p_value,
            "corrected": self.corrected, "lag": self.lag, "history": self.history,
            "source_history": self.source_history, "n": self.facts["n"],
            "estimator": self.facts["estimator"]}])

    def plot(self, *series: Any, ax: Any = None) -> Any:
        """Draws the contribution of each row over time, under the series given; needs matplotlib.

        Parameters
        ----------
        *series : array_like, shape (n,)
            What is drawn above it, such as source and target.
        ax : matplotlib.axes.Axes, optional
            Where the contributions are drawn; then no series.

        Returns
        -------
        matplotlib.axes.Axes
            That of the contributions.
        """
        if self.pointwise is None:
            raise InputError("%s has no pointwise values to draw." % self.facts["estimator"])
        if ax is not None and series:
            raise InputError("plot draws series on axes of its own; leave out ax or the series.")
        if series:
            import matplotlib.pyplot as pyplot

            figure, rows = pyplot.subplots(
                len(series) + 1, 1, sharex=True, layout="constrained",
                figsize=(6.4, 1.6 * (len(series) + 1)))
            for place, one in enumerate(series):
                rows[place].plot(np.asarray(one), linewidth=0.8)
                rows[place].set_ylabel(("source", "target")[place] if len(series) == 2 else "")
            ax = rows[-1]
        ax = _pictures.axes(ax)
        ax.plot(self.pointwise, linewidth=0.8)
        ax.axhline(self.nats, color="0.4", linestyle="--", linewidth=1)
        ax.set_xlabel("row")
        ax.set_ylabel("transfer, nats")
        return ax

    def __repr__(self) -> str:
        error = "" if self.standard_error is None else " +- %.4f" % self.standard_error
        test = "" if self.p_value is None else ", p=%.4f" % self.p_value
        return "Transfer(%.6f nats%s%s, lag=%d, history=%d, %s, n=%d)" % (
            self.nats, error, test, self.lag, self.history, self.facts["estimator"],
            self.facts["n"])


def transfer(
    source: Any, target: Any, *, lag: Union[int, str] = 1, history: Union[int, str] = 1,
    source_history: Union[int, str] = 1, given: Any = None, given_lag: Optional[int] = None,
    given_history: int = 1, max_lag: int = 10, max_history: int = 5, step: int = 1,
    estimator: str = "auto", groups: Any = None, trials: bool = False, permutations: int = 0,
    surrogates: Optional[str] = None, correct_bias: bool = False,
    discrete: Union[str, Collection[str]] = (), continuous: Union[str, Collection[str]] = (),
    missing: str = "refuse", seed: int = 0, threads: Optional[int] = None,
    progress: Optional[Callable[[float, str], Any]] = None, **parameters: Any,
) -> TransferResult:
    """Transfer entropy: what the past of the source tells about the target beyond the target's own past.

    I(y_t; x_{t-lag}, ... | y_{t-1}, ..., z_{t-given_lag}, ...) of source x, target y and what is given z.

    Parameters
    ----------
    source, target : array_like, shape (n,) or (n, d)
        Two series, a row for each moment; with ``trials`` of shape (trials, time).
    lag : int or "auto", default 1
        Rows from the source to the target; "auto" takes the lag from 1 to ``max_lag`` with the largest
        transfer, and the test is then of the largest over all lags.
    history, source_history : int or "auto", default 1
        Past values of the target, and values of the source; "auto" takes the shortest up to
        ``max_history`` that predicts the series as well as any.
    given : array_like, shape (n,) or (n, d), optional
        What is known already: a common driver, other sources.
    given_lag : int, optional
        Rows from it to the target (default: the lag of the source).
    given_history : int, default 1
        Values of it.
    step : int, default 1
        Rows from one past value to the one before it.
    estimator : str, default "auto"
        ``"auto"`` is ksg-1 on standardized columns, discrete for labels, classifier for one of each.
    permutations : int, default 0
        Surrogates of the source for a test of no transfer.
    surrogates : {"shift", "block", "shuffle", "local"}, optional
        How they rearrange it: moved by a random lag, unless told otherwise; ``"local"`` exchanges rows at
        which the target's past (and what is given) is alike.
    correct_bias : bool, default False
        Whether ``corrected`` has the number less the mean of the surrogates.
    groups, trials, missing, discrete, continuous, seed, threads, progress, **parameters
        As in `lags`; the variables are ``"source"``, ``"target"`` and ``"given"``.

    Returns
    -------
    TransferResult
        ``pointwise`` has the local transfer entropy, ``plot(source, target)`` draws it beside the data.

    Examples
    --------
    >>> import numpy as np, mutualinformation as mi
    >>> rng = np.random.default_rng(0)
    >>> x = rng.normal(size=2000)
    >>> y = 0.8 * np.roll(x, 1) + 0.6 * rng.normal(size=2000)
    >>> mi.transfer(x, y).nats > 10 * abs(mi.transfer(y, x).nats)
    True
    """
    running = _calls.Running(seed, threads, progress)
    series = _series.Series(
        missing, groups, trials, discrete, continuous,
        {"source": source, "target": target, "given": given})
    options = _calls.options(
        lag=_series.count("lag", lag), history=_series.count("history", history),
        sourceHistory=_series.count("source_history", source_history),
        maxLag=_calls.whole("max_lag", max_lag, -10**6, 10**6),
        maxHistory=_calls.whole("max_history", max_history, -10**6, 10**6),
        step=_calls.whole("step", step, -10**6, 10**6),
        givenLag=None if given_lag is None else _calls.whole(
            "given_lag", given_lag, -10**6, 10**6),
        givenHistory=_calls.whole("given_history", given_history, -10**6, 10**6),
        permutations=_calls.whole("permutations", permutations, 0, 10**9),
        surrogates=_series.surrogates(surrogates), correctBias=bool(correct_bias), trials=bool(trials))
    answer = running.run(
        _library.library.mi_core_transfer, _library.core, _series.name(estimator),
        _calls.parameters(parameters), series["source"], series["target"], series["given"],
        series["groups"], options, byref(running.call))
    return TransferResult(_series.facts(answer, series), answer.numbers())
