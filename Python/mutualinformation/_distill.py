# SPDX-License-Identifier: MIT
"""Does distillation help? Run it, and compare with what `check` said."""

from __future__ import annotations

import json
from ctypes import byref
from typing import Any, Callable, Collection, Dict, List, Optional, Sequence, Union

from . import _calls, _library, _pictures
from ._views import Views


class DistillResult:
    """What each teacher did to the student, beside the verdict; all as ``mi distill --json``.

    Attributes
    ----------
    effect : dict of str
        ``"helps"``, ``"softens"``, ``"hurts"`` or ``"unclear"`` for each teacher by name.
    verdict : dict
        The verdict of `check` for each teacher by name; None where none was asked for.
    teachers : list of dict
        Gain, interval, weight, temperature, outcome and prediction for each teacher.
    student : dict
        The student alone: quality, rows, and the gains of the baselines.
    """

    def __init__(self, facts: Dict[str, Any]):
        self._facts = facts
        self.teachers: List[Dict[str, Any]] = facts["teachers"]
        self.student: Dict[str, Any] = facts["student"]
        self.effect: Dict[str, str] = {one["name"]: one["effect"] for one in self.teachers}
        self.verdict: Dict[str, Optional[str]] = {
            one["name"]: one["verdict"] for one in self.teachers}

    def to_dict(self) -> Dict[str, Any]:
        """All that ``mi distill --json`` prints."""
        return self._facts

    def to_frame(self) -> Any:
        """A pandas DataFrame, a row a teacher; the index is the teacher."""
        import pandas

        return pandas.DataFrame([{
            "teacher": one["name"], "effect": one["effect"], "gain": one["gain"],
            "gainLow": one["gainInterval"][0], "gainHigh": one["gainInterval"][1],
            "verdict": one["verdict"]} for one in self.teachers]).set_index("teacher")

    def plot(self, ax: Any = None) -> Any:
        """Draws what each teacher gained the student with its interval, and says the verdict; needs
        matplotlib.

        Returns
        -------
        matplotlib.axes.Axes
        """
        ax = _pictures.axes(ax)
        colors = {"helps": "tab:green", "hurts": "tab:red"}
        shown = list(reversed(self.teachers))
        for row, one in enumerate(shown):
            low, high = one["gainInterval"]
            color = colors.get(one["effect"], "0.5")
            ax.errorbar(one["gain"], row, xerr=[[one["gain"] - low], [high - one["gain"]]], marker="o",
                        capsize=4, color=color)
            said = one["effect"] + ("" if one["verdict"] is None else "; verdict " + one["verdict"])
            ax.annotate(said, (one["gain"], row), xytext=(0, 9), textcoords="offset points",
                        ha="center", color=color)
        ax.axvline(0, color="0.6", linewidth=1, zorder=0)
        ax.set_yticks(range(len(shown)), [one["name"] for one in shown])
        ax.set_ylim(-0.6, len(shown) - 0.4)
        ax.margins(x=0.2)
        ax.set_xlabel("gain of the student by distillation")
        return ax

    _HEAD = ("teacher", "effect", "gain", "interval", "verdict")

    def _cells(self) -> List[List[str]]:
        return [
            [one["name"], one["effect"], "%.4f" % one["gain"],
             "[%.4f, %.4f]" % tuple(one["gainInterval"]), one["verdict"] or "-"]
            for one in self.teachers]

    def __repr__(self) -> str:
        return _pictures.text_table(self._HEAD, self._cells())

    def _repr_html_(self) -> str:
        return _pictures.html_table(self._HEAD, self._cells())


def distill(
    teachers: Any, student: Any, labels: Any, *, groups: Any = None, splits: int = 30,
    test_share: float = 0.25, teacher_rows: Optional[int] = None,
    student_rows: Optional[int] = None, weight: Union[float, Sequence[float]] = (0.2, 0.5, 0.8),
    temperature: Union[float, Sequence[float]] = (1.0, 4.0), teacher_model: str = "linear",
    student_model: str = "linear", alpha: float = 0.05, represent: str = "model-logits",
    estimators: _calls.Estimators = None, missing: str = "refuse",
    discrete: Union[str, Collection[str]] = (),
    continuous: Union[str, Collection[str]] = (), seed: int = 0, threads: Optional[int] = None,
    progress: Optional[Callable[[float, str], Any]] = None,
) -> DistillResult:
    """Distills each teacher into the student over many random splits, and asks `check` before.

    Parameters
    ----------
    teachers, student, labels, groups, discrete, continuous
        As in `check`; no split parts a group.
    splits : int, default 30
        Random splits into training and test rows.
    test_share : float, default 0.25
        The share of rows that are tested on.
    teacher_rows, student_rows : int, optional
        Rows that the teacher and the student learn from (default: all that are not tested on).
    weight, temperature : float or sequence of float
        Weights of the teacher in the student's loss, above 0 and up to 1, and temperatures.
    teacher_model, student_model : str, default "linear"
        ``"linear"``, or ``"mlp=64x32"``.
    alpha : float, default 0.05
        The one-sided level of a gain or loss.
    represent : str, default "model-logits"
        What `check` looks at: ``"model-logits"``, what these models say of rows that they did not see,
        ``"model-logits,pca=K"``, ``"none"`` for no verdict, or as in `check`.
    estimators, missing
        As in `check`.
    seed, threads, progress
        As in `estimate`.

    Returns
    -------
    DistillResult

    Examples
    --------
    >>> import numpy as np, mutualinformation as mi
    >>> rng = np.random.default_rng(0)
    >>> labels = rng.integers(0, 2, 200)
    >>> student = labels[:, None] + rng.normal(size=(200, 2))
    >>> teacher = labels[:, None] + 0.5 * rng.normal(size=(200, 2))
    >>> found = mi.distill({"teacher": teacher}, student, labels, splits=5, represent="none")
    >>> sorted(found.effect)
    ['teacher']
    """
    running = _calls.Running(seed, threads, progress)
    views = Views(teachers, student, labels, groups, missing, discrete, continuous)
    answer = running.run(
        _library.library.mi_core_distill, _library.core, *views.arguments,
        _calls.options(
            splits=_calls.whole("splits", splits, 5, 10**6),
            testShare=_calls.real("test_share", test_share),
            teacherRows=None if teacher_rows is None else _calls.whole(
                "teacher_rows", teacher_rows, 1, 10**8),
            studentRows=None if student_rows is None else _calls.whole(
                "student_rows", student_rows, 1, 10**8),
            weights=_calls.reals("weight", weight),
            temperatures=_calls.reals("temperature", temperature),
            teacherModel=str(teacher_model), studentModel=str(student_model),
            alpha=_calls.real("alpha", alpha), represent=str(represent),
            estimators=_calls.choices(estimators)),
        byref(running.call))
    facts = json.loads(answer.text)
    if views.record is not None:
        facts["missing"] = views.record
    return DistillResult(facts)
