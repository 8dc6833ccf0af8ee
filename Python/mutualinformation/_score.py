# SPDX-License-Identifier: MIT
"""Estimators against known truth."""

from __future__ import annotations

import json
from ctypes import byref
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple, Union

from . import _calls, _library, _pictures


class ScoreResult:
    """How estimators did where the truth is known; all in nats.

    Attributes
    ----------
    scorecards : list of dict
        A scorecard an estimator, as ``mi score --json`` prints it.
    failures : list of dict
        Estimators without a scorecard, and why.
    """

    def __init__(self, facts: Dict[str, Any]):
        self.scorecards: List[Dict[str, Any]] = facts["scorecards"]
        self.failures: List[Dict[str, str]] = facts["failures"]

    def rows(self) -> List[Dict[str, Any]]:
        """A dict for each estimator and level."""
        rows = []
        for card in self.scorecards:
            for level in card["levels"]:
                row = {"estimator": card["estimator"], "version": card["version"]}
                row.update(level, truth=_pictures.nats(level["truth"]))
                row["failures"] = sum(level["failures"].values())
                rows.append(row)
        return rows

    def to_frame(self) -> Any:
        """A pandas DataFrame, a row for each estimator and level."""
        import pandas

        return pandas.DataFrame(self.rows())

    def _cells(self) -> List[List[str]]:
        return [
            [row["estimator"]] + ["%.3f" % row[key] for key in ("truth", "mean", "bias", "sd")]
            + ["%.3f +- %.3f" % (row["rmse"], row["rmseError"]), str(row["failures"])]
            for row in self.rows()]

    _HEAD = ("estimator", "truth", "mean", "bias", "sd", "rmse", "failed")

    def __repr__(self) -> str:
        return _pictures.text_table(self._HEAD, self._cells())

    def _repr_html_(self) -> str:
        failures = ["%(estimator)s: %(error)s" % failure for failure in self.failures]
        return _pictures.html_table(self._HEAD, self._cells(), failures)

    def plot(self, ax: Any = None) -> Any:
        """Draws bias against truth with the standard deviation; needs matplotlib.

        Returns
        -------
        matplotlib.axes.Axes
        """
        ax = _pictures.axes(ax)
        for index, card in enumerate(self.scorecards):
            truth = [_pictures.nats(level["truth"]) for level in card["levels"]]
            ax.errorbar(
                truth, [level["bias"] for level in card["levels"]],
                yerr=[level["sd"] for level in card["levels"]], marker="o", capsize=3,
                label=card["estimator"])
        ax.axhline(0, color="0.6", linewidth=1, zorder=0)
        ax.set_xlabel("true mutual information, nats")
        ax.set_ylabel("bias +- standard deviation, nats")
        ax.legend(frameon=False)
        return ax


def score(
    estimators: _calls.Estimators = None, *, n: int = 1000,
    dims: Union[int, Tuple[int, int]] = (1, 1), classes: int = 4,
    mi: Sequence[float] = (0.0, 0.5, 1.0, 2.0), replicates: int = 20, timing: bool = True,
    seed: int = 0, threads: Optional[int] = None,
    progress: Optional[Callable[[float, str], Any]] = None,
) -> ScoreResult:
    """Scores estimators on samples whose mutual information is known exactly.

    Parameters
    ----------
    estimators : str, sequence or mapping, optional
        An id, ids, ``(id, {parameter: value})`` pairs, or a mapping from ids to parameters;
        without it every estimator that needs no random numbers.
    n : int, default 1000
        Rows in each sample.
    dims : int or (int, int), default (1, 1)
        Columns of x and y; with labels only the first counts.
    classes : int, default 4
        Classes of the labels, for estimators that take labels.
    mi : sequence of float, default (0, 0.5, 1, 2)
        Levels of true mutual information in nats.
    replicates : int, default 20
        Independent samples at each level.
    timing : bool, default True
        Whether to keep measured seconds; without them equal results are equal.
    seed, threads, progress
        As in `estimate`.

    Returns
    -------
    ScoreResult

    Examples
    --------
    >>> import mutualinformation as mi
    >>> found = mi.score(["gaussian", "ksg-1"], n=200, dims=5, mi=[0, 2], replicates=5)
    >>> [card["estimator"] for card in found.scorecards]
    ['gaussian', 'ksg-1']
    >>> found.rows()[3]["bias"] < -0.5      # ksg-1, 5 + 5 columns, 2 nats: too low by far
    True
    """
    running = _calls.Running(seed, threads, progress)
    dx, dy = (dims, dims) if not isinstance(dims, (tuple, list)) else tuple(dims)[:2]
    answer = running.run(
        _library.library.mi_core_score,
        _library.core,
        _calls.options(
            estimators=_calls.choices(estimators), n=_calls.whole("n", n, 2, 10**8),
            dx=_calls.whole("dx", dx, 1, 2000), dy=_calls.whole("dy", dy, 1, 2000),
            classes=_calls.whole("classes", classes, 2, 10**5),
            levels=sorted({_calls.real("mi", level) for level in mi}),
            replicates=_calls.whole("replicates", replicates, 2, 10**6), timing=bool(timing)),
        byref(running.call))
    return ScoreResult(json.loads(answer.text))
