# SPDX-License-Identifier: MIT
"""Two series: information at each lag, and transfer entropy."""

from __future__ import annotations

import json
from ctypes import byref
from typing import Any, Callable, Collection, Dict, List, Optional, Tuple, Union

import numpy as np

from . import _arrays, _calls, _library, _missing, _pictures
from ._errors import InputError


class LagsResult:
    """The information of two series at each lag.

    Attributes
    ----------
    facts : dict
        All that ``mi lags --json`` prints, but the files.
    lags : numpy.ndarray
        The lags in rows; above 0, x comes first.
    nats : numpy.ndarray
        The information at each lag, in nats.
    pointwise : numpy.ndarray or None
        The contribution of each row of x to the peak in nats, NaN where it has none.
    """

    def __init__(self, facts: Dict[str, Any], pointwise: Optional[np.ndarray]):
        self.facts = facts
        self.pointwise = pointwise
        self.lags = np.array([one["lag"] for one in facts["lags"]])
        self.nats = np.array([one["nats"] for one in facts["lags"]])

    @property
    def peak(self) -> Dict[str, Any]:
        """The lag with the largest number: ``lag``, ``nats``, ``standardErrorNats``, ``pValue``."""
        return self.facts["peak"]

    @property
    def p_value(self) -> Optional[float]:
        """The p-value of the peak over all lags, where a test was asked for."""
        test = self.facts["independence"]
        return None if test is None else test["pValue"]

    def rows(self) -> List[Dict[str, Any]]:
        """A row for each lag."""
        return [
            {"lag": one["lag"], "nats": one["nats"], "standard_error": one["standardErrorNats"],
             "p_value": one["pValue"]}
            for one in self.facts["lags"]]

    def to_frame(self) -> Any:
        """A pandas DataFrame, a row for each lag: lag, nats, standard_error, p_value."""
        import pandas

        return pandas.DataFrame(self.rows())

    def to_dict(self) -> Dict[str, Any]:
        """All that ``mi lags --json`` prints, but the files."""
        return self.facts

    def plot(self, ax: Any = None) -> Any:
        """Draws the numbers over the lags, with what surrogates stay below; needs matplotlib.

        Returns
        -------
        matplotlib.axes.Axes
        """
        ax = _pictures.axes(ax)
        errors = np.array([one["standardErrorNats"] or 0.0 for one in self.facts["lags"]])
        line, = ax.plot(self.lags, self.nats, marker=".")
        ax.fill_between(
            self.lags, self.nats - errors, self.nats + errors, alpha=0.25, color=line.get_color(),
            linewidth=0)
        ax.axvline(self.peak["lag"], color="0.6", linewidth=0.8, zorder=0)
        threshold = self.facts["thresholdNats"]
        if threshold is not None:
            ax.axhline(threshold, color="0.4", linestyle="--", linewidth=1,
                       label="95 % of surrogates, over all lags")
            ax.legend(frameon=False)
        ax.set_xlabel("lag in rows (above 0: x first)")
        ax.set_ylabel("I(x at t; y at t + lag), nats")
        return ax

    def _cells(self) -> List[List[str]]:
        def shown(value: Optional[float]) -> str:
            return "-" if value is None else "%.4f" % value

        return [
            [str(row["lag"]), shown(row["nats"]), shown(row["standard_error"]),
             shown(row["p_value"])] for row in self.rows()]

    _HEAD = ("lag", "nats", "+-", "p")

    def __repr__(self) -> str:
        end = "" if self.p_value is None else ", p = %.4f over all lags" % self.p_value
        return "%s\npeak at lag %d: %.4f nats%s" % (
            _pictures.text_table(self._HEAD, self._cells()), self.peak["lag"], self.peak["nats"],
            end)

    def _repr_html_(self) -> str:
        return _pictures.html_table(self._HEAD, self._cells(), [repr(self).splitlines()[-1]])


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


def _whole_rows(
    rule: str, groups: Any, trials: bool, given: Dict[str, Any],
) -> Tuple[Dict[str, Any], Any, Optional[Dict[str, Any]]]:
    """The series without the rows that miss a value; a gap ends a trial, as in the command."""
    whole = _missing.handled_rows(rule, {**given, **({} if groups is None else {"groups": groups})})
    if whole.record is None:
        return given, groups, None
    if trials:
        raise InputError(
            "--missing drop leaves out whole trials of trials x time; pass whole trials.",
            "invalidOption")
    kept = np.flatnonzero(~np.logical_or.reduce(
        [_missing._without_value(value) for value in given.values()]
        + ([] if groups is None else [_missing._without_value(groups)])))
    breaks = np.diff(kept) != 1
    variables = dict(whole.variables)
    own = variables.pop("groups", None)
    if own is not None:
        own = np.asarray(own)
        breaks = breaks | (own[1:] != own[:-1])
    return variables, np.concatenate([[0], np.cumsum(breaks)]), whole.record


class _Series:
    """The arrays of one call, borrowed by the core as long as this object lives."""

    def __init__(
        self, rule: str, groups: Any, trials: bool, discrete: Union[str, Collection[str]],
        continuous: Union[str, Collection[str]], given: Dict[str, Any],
    ):
        discrete = _arrays.names(discrete, tuple(given), "discrete") if discrete else ()
        continuous = _arrays.names(continuous, tuple(given), "continuous") if continuous else ()
        present = {name: value for name, value in given.items() if value is not None}
        variables, groups, self.record = _whole_rows(rule, groups, trials, present)
        self.kept: List[np.ndarray] = []
        self._of: Dict[str, Any] = {}
        for name, value in variables.items():
            self._lend(name, value, _arrays.reading(name, discrete, continuous))
        if groups is not None:
            self._lend("groups", groups, 1)

    def _lend(self, name: str, value: Any, reading: int) -> None:
        array = _arrays.contiguous(value, name)
        self.kept.append(array)
        self._of[name] = _arrays.borrowed(array, name, reading)

    def __getitem__(self, name: str) -> Any:
        return byref(self._of[name]) if name in self._of else None


def _name(estimator: str) -> Optional[bytes]:
    return None if estimator == "auto" else _calls.text("estimator", estimator)


def _count(name: str, value: Any) -> Optional[int]:
    """A whole number, or None for "auto"."""
    if isinstance(value, str) and value == "auto":
        return None
    return _calls.whole(name, value, -10**6, 10**6)


def _surrogates(value: Optional[str]) -> Optional[str]:
    return None if value is None else _calls.text("surrogates", value).decode()


def _facts(answer: _calls.Answer, series: _Series) -> Dict[str, Any]:
    facts = json.loads(answer.text)
    del facts["variables"]
    facts["missing"] = series.record
    _calls.warn(facts["warnings"], 3)
    return facts


def lags(
    x: Any, y: Any, max_lag: int, *, min_lag: Optional[int] = None, estimator: str = "auto",
    groups: Any = None, trials: bool = False, permutations: int = 0,
    surrogates: Optional[str] = None, discrete: Union[str, Collection[str]] = (),
    continuous: Union[str, Collection[str]] = (), missing: str = "refuse", seed: int = 0,
    threads: Optional[int] = None, progress: Optional[Callable[[float, str], Any]] = None,
    **parameters: Any,
) -> LagsResult:
    """The mutual information of two series at each lag, I(x_t; y_{t + lag}).

    Parameters
    ----------
    x, y : array_like, shape (n,) or (n, d)
        Two series, a row for each moment; with ``trials`` of shape (trials, time).
    max_lag, min_lag : int
        The lags in rows, from ``min_lag`` (default ``-max_lag``) on; above 0, x comes first. All lags
        have the same rows of x, so that their numbers can be compared.
    estimator : str, default "auto"
        ``"auto"`` is ksg-1 on standardized columns, ross where one series is labels, discrete where
        both are.
    groups : array_like, shape (n,), optional
        The trial or recording of each row: nothing is paired across their borders.
    trials : bool, default False
        The arrays are trials x time.
    permutations : int, default 0
        Surrogates of the test of the peak, which is of the largest number over all lags.
    surrogates : {"shift", "block", "shuffle"}, optional
        How they rearrange y: moved by a random lag, unless told otherwise.
    missing : {"refuse", "drop"}, default "refuse"
        Rows without a value are an error, or are left out; each gap then ends a trial.
    discrete, continuous, seed, threads, progress
        As in `estimate`.
    **parameters
        The estimator's own, such as ``k=5`` or ``theiler=10``.

    Returns
    -------
    LagsResult
        ``to_frame()`` has a row for each lag, ``plot()`` draws them.

    Examples
    --------
    >>> import numpy as np, mutualinformation as mi
    >>> x = np.random.default_rng(0).normal(size=1000)
    >>> y = np.roll(x, 3) + 0.5 * np.random.default_rng(1).normal(size=1000)
    >>> mi.lags(x, y, 5).peak["lag"]
    3
    """
    running = _calls.Running(seed, threads, progress)
    series = _Series(missing, groups, trials, discrete, continuous, {"x": x, "y": y})
    options = _calls.options(
        maxLag=_calls.whole("max_lag", max_lag, -10**6, 10**6),
        minLag=None if min_lag is None else _calls.whole("min_lag", min_lag, -10**6, 10**6),
        permutations=_calls.whole("permutations", permutations, 0, 10**9),
        surrogates=_surrogates(surrogates), trials=bool(trials))
    answer = running.run(
        _library.library.mi_core_lags, _library.core, _name(estimator),
        _calls.parameters(parameters), series["x"], series["y"], series["groups"], options,
        byref(running.call))
    return LagsResult(_facts(answer, series), answer.numbers())


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
    series = _Series(
        missing, groups, trials, discrete, continuous,
        {"source": source, "target": target, "given": given})
    options = _calls.options(
        lag=_count("lag", lag), history=_count("history", history),
        sourceHistory=_count("source_history", source_history),
        maxLag=_calls.whole("max_lag", max_lag, -10**6, 10**6),
        maxHistory=_calls.whole("max_history", max_history, -10**6, 10**6),
        step=_calls.whole("step", step, -10**6, 10**6),
        givenLag=None if given_lag is None else _calls.whole(
            "given_lag", given_lag, -10**6, 10**6),
        givenHistory=_calls.whole("given_history", given_history, -10**6, 10**6),
        permutations=_calls.whole("permutations", permutations, 0, 10**9),
        surrogates=_surrogates(surrogates), correctBias=bool(correct_bias), trials=bool(trials))
    answer = running.run(
        _library.library.mi_core_transfer, _library.core, _name(estimator),
        _calls.parameters(parameters), series["source"], series["target"], series["given"],
        series["groups"], options, byref(running.call))
    return TransferResult(_facts(answer, series), answer.numbers())
