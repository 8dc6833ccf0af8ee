# SPDX-License-Identifier: MIT
"""Suites of tasks with known truth, and the stores that keep every trial."""

from __future__ import annotations

import json
import os
import tempfile
from ctypes import byref
from typing import Any, Callable, Dict, List, Optional, Sequence, Union

from . import _calls, _library, _pictures

_lib = _library.library


def _trials(store: Any) -> List[Dict[str, Any]]:
    answer = _calls.raise_for(_calls.Answer(_lib.mi_core_trials(_calls.text("store", store))))
    return [json.loads(line) for line in answer.text.splitlines()]


def _completeness(store: Any, stacklevel: int) -> bool:
    """Whether a store has all trials of its studies; a warning says what it lacks."""
    facts = json.loads(_calls.raise_for(_calls.Answer(
        _lib.mi_core_store(_calls.text("store", store)))).text)
    _calls.warn(({"message": "%s: %s" % (store, one)} for one in facts["warnings"]), stacklevel + 1)
    return facts["complete"]


def read_store(path: Union[str, "os.PathLike[str]"]) -> Any:
    """Every trial of a store as a pandas DataFrame.

    Parameters
    ----------
    path : path
        A store that ``mi bench run`` or `bench` made.

    Returns
    -------
    pandas.DataFrame
        A row a trial: estimator, version, parameters (a dict), task, dx, dy, n, seed, truthNats,
        nats, standardErrorNats, seconds, peakMemoryBytes, outcome, error and more. Failed trials
        are rows too, with NaN for nats and the sentence in error. ``attrs["complete"]`` is False,
        and a warning says so, where a run was interrupted before all trials were there.
    """
    import pandas

    frame = pandas.DataFrame(_trials(path))
    frame.attrs["complete"] = _completeness(path, 2)
    return frame


class BenchResult:
    """A run of estimators on a suite.

    Attributes
    ----------
    store : str
        The file that has every trial.
    summary : dict
        planned, present, ran, failures by code, cancelled, complete, seconds.
    """

    def __init__(self, store: str, facts: Dict[str, Any], folder: Any = None):
        self.store = store
        self.summary = facts
        self._folder = folder  # a temporary store lives as long as this object

    def leaderboards(self) -> List[Dict[str, Any]]:
        """A leaderboard for each number of rows, as ``mi bench report --json`` prints it."""
        answer = _calls.raise_for(_calls.Answer(
            _lib.mi_core_bench_report(_calls.text("store", self.store))))
        return json.loads(answer.text)["leaderboards"]

    def to_frame(self) -> Any:
        """Every trial of the store; see `read_store`."""
        return read_store(self.store)

    _HEAD = ("estimator", "n", "rank", "mean |error|", "tasks", "failed", "s")

    def _cells(self) -> List[List[str]]:
        cells = []
        for board in self.leaderboards():
            for line in board["estimators"]:
                error = line["meanAbsoluteErrorNats"]
                cells.append([
                    line["estimator"], str(board["n"]), str(line["rank"]),
                    "-" if error is None else "%.4f" % error, str(line["tasks"]),
                    str(line["failures"]), "%.4f" % line["seconds"]])
        return cells

    def __repr__(self) -> str:
        return _pictures.text_table(self._HEAD, self._cells())

    def _repr_html_(self) -> str:
        return _pictures.html_table(self._HEAD, self._cells())

    def plot(self, ax: Any = None) -> Any:
        """Draws the mean error of each estimator on each task; needs matplotlib and pandas.

        Returns
        -------
        matplotlib.axes.Axes
        """
        ax = _pictures.axes(ax)
        frame = self.to_frame()
        frame["error"] = frame["nats"].astype(float) - frame["truthNats"]
        means = frame.groupby(["task", "estimator"])["error"].mean().unstack()
        for estimator in means.columns:
            ax.plot(means[estimator], range(len(means)), "o", label=estimator, alpha=0.8)
        ax.axvline(0, color="0.6", linewidth=1, zorder=0)
        ax.set_yticks(range(len(means)), means.index, fontsize="small")
        ax.set_xlabel("mean error, nats")
        ax.legend(frameon=False)
        return ax


def bench(
    suite: str = "bmi-v1", estimators: _calls.Estimators = ("ksg-1", "gaussian-copula"), *,
    n: Union[int, Sequence[int]] = 1000, seeds: Union[int, Sequence[int]] = 5,
    tasks: Union[str, Sequence[str]] = (), store: Any = None, deadline: Optional[float] = None,
    retry: bool = False, threads: Optional[int] = None,
    progress: Optional[Callable[[float, str], Any]] = None,
) -> BenchResult:
    """Runs estimators on a suite of tasks and keeps every trial.

    Parameters
    ----------
    suite : str, default "bmi-v1"
        A built-in suite; ``mi bench tasks`` lists them.
    estimators : str, sequence or mapping
        As in `score`.
    n : int or sequence of int, default 1000
        Rows in each sample.
    seeds : int or sequence of int, default 5
        A count (5 is 0 to 4) or the seeds.
    tasks : str or sequence of str
        Only tasks whose id matches, with ``*`` for any text.
    store : path, optional
        The file that keeps the trials; trials it has are not run again. Without it they are kept
        as long as the result is.
    deadline : float, optional
        The longest an estimate may take, in seconds.
    retry : bool, default False
        Run trials again that failed before.
    threads, progress
        As in `estimate`; each estimate has one thread.

    Returns
    -------
    BenchResult

    Raises
    ------
    Interrupted
        On Ctrl-C, with the trials done of all: a store that was named keeps them, and the same call
        runs the rest.

    Examples
    --------
    >>> import mutualinformation as mi
    >>> found = mi.bench("bmi-v1", "gaussian", tasks="1v1-normal-0.75", n=100, seeds=2)
    >>> len(found.to_frame())
    2
    """
    running = _calls.Running(0, threads, progress)
    sizes = [n] if not isinstance(n, (list, tuple, range)) else list(n)
    chosen = list(seeds) if isinstance(seeds, (list, tuple, range)) else list(
        range(_calls.whole("seeds", seeds, 1, 10**7)))
    folder = tempfile.TemporaryDirectory(prefix="mutualinformation-") if store is None else None
    path = os.path.join(folder.name, "store.sqlite") if folder else store
    answer = running.run(
        _lib.mi_core_bench,
        _library.core,
        _calls.options(
            suite=str(suite), tasks=[tasks] if isinstance(tasks, str) else list(tasks),
            estimators=_calls.choices(estimators),
            sizes=[_calls.whole("n", size, 2, 10**8) for size in sizes],
            seeds=[_calls.whole("seeds", seed, 0, 2**62) for seed in chosen],
            store=_calls.text("store", path).decode(),
            deadline=None if deadline is None else _calls.real("deadline", deadline),
            retry=bool(retry), isTemporary=folder is not None),
        byref(running.call))
    return BenchResult(str(path), json.loads(answer.text), folder)
