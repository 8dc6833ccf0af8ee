# SPDX-License-Identifier: MIT
"""Two series: their information at each lag."""

from __future__ import annotations

from ctypes import byref
from typing import Any, Callable, Collection, Dict, List, Optional, Union

import numpy as np

from . import _calls, _library, _pictures, _series


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
    series = _series.Series(missing, groups, trials, discrete, continuous, {"x": x, "y": y})
    options = _calls.options(
        maxLag=_calls.whole("max_lag", max_lag, -10**6, 10**6),
        minLag=None if min_lag is None else _calls.whole("min_lag", min_lag, -10**6, 10**6),
        permutations=_calls.whole("permutations", permutations, 0, 10**9),
        surrogates=_series.surrogates(surrogates), trials=bool(trials))
    answer = running.run(
        _library.library.mi_core_lags, _library.core, _series.name(estimator),
        _calls.parameters(parameters), series["x"], series["y"], series["groups"], options,
        byref(running.call))
    return LagsResult(_series.facts(answer, series), answer.numbers())
