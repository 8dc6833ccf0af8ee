# SPDX-License-Identifier: MIT
"""Will distillation from a teacher help this student?"""

from __future__ import annotations

import json
from ctypes import byref
from typing import Any, Callable, Collection, Dict, List, Mapping, Optional, Union

from . import _calls, _library, _pictures
from ._errors import InputError
from ._views import Views


def _number(value: Optional[float], decimals: int = 3) -> str:
    return "-" if value is None else "%.*f" % (decimals, value)


class CheckResult:
    """The decision for each teacher, with everything it rests on; all in nats.

    Attributes
    ----------
    verdict : dict of str
        ``"distill"``, ``"doNotDistill"`` or ``"undecided"`` for each teacher by name.
    ranking : list of str
        The teachers by falling gap.
    teachers : list of dict
        Gap, interval, probability and warnings for each teacher.
    admissions : list of dict
        Each estimator for each pair: admitted, or refused with the rule, number and threshold.
    scorecards : list of dict
        How the estimators did on known truth at the data's own size, dimensions and classes.
    """

    def __init__(self, facts: Dict[str, Any]):
        self._facts = facts
        self.teachers: List[Dict[str, Any]] = facts["teachers"]
        self.verdict: Dict[str, str] = {one["name"]: one["verdict"] for one in self.teachers}
        self.ranking: List[str] = facts["ranking"]
        self.admissions: List[Dict[str, Any]] = facts["admissions"]
        self.scorecards: List[Dict[str, Any]] = facts["scorecards"]

    def to_dict(self) -> Dict[str, Any]:
        """All that ``mi check --json`` prints."""
        return self._facts

    @property
    def warnings(self) -> List[Dict[str, str]]:
        """What must be known before a verdict is believed: code and message."""
        found = list(self._facts["warnings"])
        return found + [warning for one in self.teachers for warning in one["warnings"]]

    def to_frame(self) -> Any:
        """A pandas DataFrame, a row a teacher; numbers in nats, the index is the teacher."""
        import pandas

        rows = []
        for one in self.teachers:
            low, high = _interval(one)
            rows.append({
                "teacher": one["name"], "verdict": one["verdict"],
                "probabilityGapPositive": one["probabilityGapPositive"],
                "teacherStudentNats": _pictures.nats(one["teacherStudentNats"]),
                "studentLabelNats": _pictures.nats(one["studentLabelNats"]),
                "gapNats": _pictures.nats(one["gapNats"]), "gapLow": low, "gapHigh": high,
                "rowsNeeded": one["rowsNeeded"]})
        return pandas.DataFrame(rows).set_index("teacher")

    _HEAD = ("teacher", "verdict", "P(gap > 0)", "I(T;S)", "I(S;Y)", "gap", "interval")

    def _cells(self) -> List[List[str]]:
        cells = []
        for one in self.teachers:
            low, high = _interval(one)
            cells.append([
                one["name"], one["verdict"], _number(one["probabilityGapPositive"]),
                _number(_pictures.nats(one["teacherStudentNats"])),
                _number(_pictures.nats(one["studentLabelNats"])),
                _number(_pictures.nats(one["gapNats"])),
                "-" if low is None else "[%.3f, %.3f]" % (low, high)])
        return cells

    def __repr__(self) -> str:
        return _pictures.text_table(self._HEAD, self._cells())

    def _repr_html_(self) -> str:
        notes = ["Distill when I(teacher; student) > I(student; labels); nats, calibrated."]
        notes += [
            "%s for %s: refused. %s" % (one["estimator"], one["pair"], check["reason"])
            for one in self.admissions if not one["admitted"]
            for check in [next(check for check in one["checks"] if not check["passed"])]]
        notes += list(dict.fromkeys("Warning: " + one["message"] for one in self.warnings))
        return _pictures.html_table(self._HEAD, self._cells(), notes)

    def plot(self, ax: Any = None) -> Any:
        """Draws each teacher's gap I(T; S) - I(S; Y) with its interval; needs matplotlib.

        Returns
        -------
        matplotlib.axes.Axes
        """
        ax = _pictures.axes(ax)
        colors = {"distill": "tab:green", "doNotDistill": "tab:red", "undecided": "0.5"}
        shown = list(reversed(self.teachers))
        for row, one in enumerate(shown):
            gap = _pictures.nats(one["gapNats"])
            if gap is None:
                ax.annotate("no estimator admitted", (0, row), xytext=(6, -3),
                            textcoords="offset points", color="0.5")
                continue
            low, high = _interval(one)
            ax.errorbar(
                gap, row, xerr=[[gap - low], [high - gap]], marker="o", capsize=4,
                color=colors.get(one["verdict"], "0.5"))
            ax.annotate(one["verdict"], (gap, row), xytext=(0, 9), textcoords="offset points",
                        ha="center", color=colors.get(one["verdict"], "0.5"))
        ax.axvline(0, color="0.6", linewidth=1, zorder=0)
        ax.set_yticks(range(len(shown)), [one["name"] for one in shown])
        ax.set_ylim(-0.6, len(shown) - 0.4)
        ax.margins(x=0.2)
        ax.set_xlabel("gap I(teacher; student) - I(student; labels), nats")
        return ax


def _interval(one: Mapping[str, Any]) -> Any:
    """The ends of the gap's interval, or two Nones."""
    interval = one["gapInterval"]
    if interval is None:
        return None, None
    ends = interval.values() if isinstance(interval, dict) else interval
    low, high = sorted(_pictures.nats(end) for end in ends)
    return low, high


def check(
    teachers: Any, student: Any, labels: Any, *, estimators: _calls.Estimators = None,
    represent: str = "auto", joint: bool = False, groups: Any = None, train_rows: Any = None,
    held_out: bool = False, alpha: float = 0.05, budget: Optional[float] = None,
    replicates: int = 20, subsamples: int = 40, order: str = "unknown",
    contrast: str = "on", lag: Union[int, str, None] = None, max_lag: int = 10, missing: str = "refuse",
    discrete: Union[str, Collection[str]] = (),
    continuous: Union[str, Collection[str]] = (), seed: int = 0, threads: Optional[int] = None,
    progress: Optional[Callable[[float, str], Any]] = None,
) -> CheckResult:
    """Decides for each teacher whether distilling from it into the student will help.

    It does when I(teacher; student) > I(student; labels) (Xie, Xu and Sanguinetti,
    arXiv:2510.13182). Both sides are estimated by estimators that were first scored against known
    truth at this data's own size, dimensions and classes; one that fails there is refused.

    Parameters
    ----------
    teachers : mapping of str to array_like, or array_like
        Teacher representations by name, each of shape (n, d) with its own d.
    student : array_like, shape (n, d)
        The student's representation of the same n items in the same order.
    labels : array_like, shape (n,)
        Integers or texts are classes, floating numbers a regression target.
    estimators : str, sequence or mapping, optional
        As in `score`; without it a panel, one of each family.
    represent : str, default "auto"
        What of a view is compared: ``"raw"``, its columns; ``"pca=K"``, its first K principal
        components; ``"logits"``, what a classifier that never saw a row says of its class;
        ``"auto"``, raw where an estimator is admitted for every pair and logits otherwise.
    joint : bool, default False
        All teachers side by side as one more candidate.
    groups : array_like, shape (n,), optional
        The group of each row, such as its speaker: groups stay together.
    train_rows : array_like, optional
        Rows that a network was trained on: their numbers from 0, or a flag for each row.
    held_out : bool, default False
        Your word that no row was used in training the networks.
    alpha : float, default 0.05
        The probability of a wrong verdict in the whole check, between 0 and 0.5.
    budget : float, optional
        Seconds for estimators: cheap ones first, until all is settled.
    replicates : int, default 20
        Synthetic samples at each level of a scorecard.
    subsamples : int, default 40
        Subsamples of half the rows behind the interval.
    order : {"unknown", "time"}, default "unknown"
        What is known of the order of rows: ``"time"`` keeps blocks of rows together in subsamples
        and folds.
    contrast : {"on", "off"}, default "on"
        The gap as I(student; teacher | labels) - I(student; labels | teacher) where the views are
        continuous, or always as the difference of two informations.
    lag : int or "auto", optional
        Rows in time: the student's row t goes with each teacher's row t - lag. ``"auto"`` finds the lag of
        the largest information from ``-max_lag`` to ``max_lag``, and a warning says which and why.
    max_lag : int, default 10
        The largest lag that ``"auto"`` tries.
    missing : {"refuse", "drop"}, default "refuse"
        What is done where a variable has no value: an error, or the rows are left out of all
        variables, which ``to_dict()["missing"]`` counts. Not with `train_rows`, which counts rows.
    discrete, continuous : str or collection of str
        Variables taken as labels or as numbers whatever their type: a teacher's name,
        ``"student"`` or ``"labels"``. Without it one column of few values, as a rating or a flag, is
        taken as classes, and a warning says so.
    seed, threads, progress
        As in `estimate`.

    Returns
    -------
    CheckResult

    Examples
    --------
    >>> import warnings, numpy as np, mutualinformation as mi
    >>> rng = np.random.default_rng(0)
    >>> labels, scene = rng.integers(0, 3, 400), rng.normal(size=400)
    >>> student = np.column_stack([scene + 0.5 * rng.normal(size=400), (labels == 0) + rng.normal(size=400)])
    >>> near = np.column_stack([scene + 0.3 * rng.normal(size=400), rng.normal(size=400)])
    >>> decision = mi.check({"near": near}, student, labels, held_out=True, replicates=5, subsamples=10)
    >>> decision.verdict
    {'near': 'distill'}
    """
    running = _calls.Running(seed, threads, progress)
    if missing != "refuse" and train_rows is not None:
        raise InputError(
            "missing='drop' changes the numbers of rows, which train_rows names; pass whole rows.",
            "invalidOption")
    views = Views(teachers, student, labels, groups, missing, discrete, continuous)
    answer = running.run(
        _library.library.mi_core_check, _library.core, *views.arguments,
        views.rows("train_rows", train_rows, 0),
        _calls.options(
            estimators=_calls.choices(estimators), represent=str(represent),
            joint=bool(joint), order=str(order), contrast=str(contrast),
            lag=None if lag is None else str(lag),
            maxLag=_calls.whole("max_lag", max_lag, -10**6, 10**6),
            budget=None if budget is None else _calls.real("budget", budget),
            heldOut=bool(held_out), alpha=_calls.real("alpha", alpha),
            replicates=_calls.whole("replicates", replicates, 5, 10**6),
            subsamples=_calls.whole("subsamples", subsamples, 10, 10**6)),
        byref(running.call))
    facts = json.loads(answer.text)
    if views.record is not None:
        facts["missing"] = views.record
    result = CheckResult(facts)
    _calls.warn(result.warnings, 2)
    return result
