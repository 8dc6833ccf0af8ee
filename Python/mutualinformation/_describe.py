# SPDX-License-Identifier: MIT
"""How data were recorded."""

from __future__ import annotations

import json
from ctypes import byref
from typing import Any, Collection, Dict, List, Optional, Union

from . import _arrays, _calls, _library, _missing, _pictures


class Description:
    """How the columns of one or two variables were recorded.

    Attributes
    ----------
    facts : dict
        What ``mi describe --json`` prints: ``sides`` with a profile of every column, and ``choice``.
    """

    _HEAD = ("side", "column", "kind", "values", "tied", "step", "from", "to", "entropy")

    def __init__(self, facts: Dict[str, Any]):
        self.facts = facts

    @property
    def estimator(self) -> Optional[str]:
        """What `estimate` would run on the pair; None for one variable."""
        choice = self.facts["choice"]
        return None if choice is None else choice["estimator"]

    @property
    def assumptions(self) -> List[str]:
        """What `estimate` would do because of how the values were recorded."""
        choice = self.facts["choice"]
        return [] if choice is None else choice["assumptions"]

    def to_frame(self) -> Any:
        """A pandas DataFrame, a row for each column of the data."""
        import pandas

        rows = []
        for side in self.facts["sides"]:
            if side["profiles"] is None:
                rows.append({
                    "side": side["name"], "kind": "labels", "distinct": len(side["classSizes"])})
            for column, profile in enumerate(side["profiles"] or []):
                rows.append({"side": side["name"], "column": column, **profile})
        return pandas.DataFrame(rows)

    def plot(self, ax: Any = None) -> Any:
        """Draws the share of rows of each column that have their value in common with another row,
        in the color of what the column is; needs matplotlib.

        Returns
        -------
        matplotlib.axes.Axes
        """
        ax = _pictures.axes(ax)
        bars = []
        for side in self.facts["sides"]:
            if side["profiles"] is None:
                bars.append((side["name"], "labels", 1.0))
            for column, profile in enumerate(side["profiles"] or []):
                bars.append(("%s %d" % (side["name"], column), profile["kind"], profile["tiedShare"]))
        kinds = list(dict.fromkeys(kind for _, kind, _ in bars))
        for index, kind in enumerate(kinds):
            rows = [row for row, bar in enumerate(bars) if bar[1] == kind]
            ax.barh(rows, [100 * bars[row][2] for row in rows], color="C%d" % index, label=kind)
        ax.set_yticks(range(len(bars)), [bar[0] for bar in bars])
        ax.invert_yaxis()
        ax.set_xlim(0, 100)
        ax.set_xlabel("rows whose value another row has, %")
        ax.legend(frameon=False)
        return ax

    def _cells(self) -> List[List[str]]:
        cells = []
        for side in self.facts["sides"]:
            if side["profiles"] is None:
                count = str(len(side["classSizes"]))
                cells.append([side["name"], "-", "labels", count, "-", "-", "-", "-", "-"])
            for column, profile in enumerate(side["profiles"] or []):
                step = profile.get("step")
                cells.append([
                    side["name"], str(column), profile["kind"], str(profile["distinct"]),
                    "%.1f %%" % (100 * profile["tiedShare"]), "-" if step is None else "%g" % step,
                    "%g" % profile["minimum"], "%g" % profile["maximum"],
                    "%.2f" % profile["entropyNats"]])
        return cells

    def __repr__(self) -> str:
        lines = [_pictures.text_table(self._HEAD, self._cells())]
        if self.estimator is not None:
            lines.append("estimate runs %s" % self.estimator)
            lines += ["  " + line for line in self.assumptions]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return _pictures.html_table(self._HEAD, self._cells())


def describe(
    x: Any, y: Any = None, *, discrete: Union[str, Collection[str]] = (),
    continuous: Union[str, Collection[str]] = (), missing: str = "drop",
) -> Description:
    """How the values of one or two variables were recorded, and what `estimate` would do.

    Parameters
    ----------
    x, y : array_like, shape (n,) or (n, d)
        As in `estimate`; y may be left out.
    discrete, continuous : str or collection of str
        As in `estimate`.
    missing : {"drop", "refuse"}, default "drop"
        Rows without a value are left out, which ``facts["missing"]`` counts, or are an error.

    Returns
    -------
    Description
        For each column: continuous, recorded (rounded, counted or on a grid), fewValues, atoms (one
        value beside many others) or constant.

    Examples
    --------
    >>> import numpy as np, mutualinformation as mi
    >>> mi.describe(np.round(np.random.default_rng(0).normal(size=500), 1)).facts["sides"][0][
    ...     "profiles"][0]["kind"]
    'recorded'
    """
    if discrete:
        discrete = _arrays.names(discrete, ("x", "y"), "discrete")
    if continuous:
        continuous = _arrays.names(continuous, ("x", "y"), "continuous")
    x, y, record = _missing.handled(missing, x=x, y=y)
    kept = [_arrays.contiguous(x, "x")]
    sides: List[Any] = [byref(_arrays.borrowed(kept[0], "x", _arrays.reading("x", discrete, continuous)))]
    if y is not None:
        kept.append(_arrays.contiguous(y, "y"))
        sides.append(byref(
            _arrays.borrowed(kept[1], "y", _arrays.reading("y", discrete, continuous))))
    else:
        sides.append(None)
    answer = _calls.raise_for(_calls.Answer(_library.library.mi_core_describe(*sides)))
    return Description({**json.loads(answer.text), "missing": record})
