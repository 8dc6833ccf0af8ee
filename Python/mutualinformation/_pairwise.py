# SPDX-License-Identifier: MIT
"""All pairs of columns at once."""

from __future__ import annotations

import json
from ctypes import byref
from typing import Any, Callable, Dict, List, Mapping, Optional

import numpy as np

from . import _arrays, _calls, _library, _missing


def _pair(item: Mapping[str, Any]) -> str:
    """A pair in words."""
    other = "y" if item.get("y") is None else "column %d" % item["y"]
    return "Column %d and %s" % (item["x"], other)


def _warn(found: List[Dict[str, Any]]) -> None:
    """Tells one pair's warning of each kind, and how many pairs have it."""
    by_code: Dict[str, List[str]] = {}
    for item in found:
        for warning in item["warnings"]:
            by_code.setdefault(warning["code"], []).append(
                "%s: %s" % (_pair(item), warning["message"]))
    for messages in by_code.values():
        more = "" if len(messages) == 1 else " (and %d more pairs)" % (len(messages) - 1)
        _calls.warn([{"message": messages[0] + more}], 3)


def _framed(values: np.ndarray, table: Any) -> Any:
    """Numbers under the names of a table's columns, by its own library."""
    columns = getattr(table, "columns", None)
    names = range(len(values)) if columns is None else list(columns)
    if type(table).__module__.split(".")[0] == "polars":
        import polars

        if values.ndim == 1:
            return polars.DataFrame({"column": names, "nats": values})
        return polars.DataFrame({"column": names, **dict(zip(names, values))})
    import pandas

    if values.ndim == 1:
        return pandas.Series(values, index=names, name="nats")
    return pandas.DataFrame(values, index=names, columns=names)


def pairwise(
    X: Any, y: Any = None, estimator: str = "auto", *, discrete_target: Optional[bool] = None,
    errors: str = "raise", missing: str = "refuse", frame: bool = False, seed: int = 0,
    threads: Optional[int] = None, progress: Optional[Callable[[float, str], Any]] = None,
    **parameters: Any,
) -> Any:
    """Mutual information of every pair of columns, or of every column with a target.

    Each number has the same bits as `estimate` of the two columns by the same estimator, the lower
    index first. What can be done once for a column (checks, scaling, sorting) is shared by its pairs.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Continuous columns; integers are taken as numbers here.
    y : array_like, shape (n,) or (n, m), optional
        The target: integers, flags and texts are labels, floating numbers are continuous.
    estimator : str, default "auto"
        ``"auto"`` is ksg-1, or ross for labels, on standardized columns; columns of few values are
        taken as labels, and those with repeated values beside others taken apart, as `estimate` does.
    discrete_target : bool, optional
        Takes y as labels, or as numbers, whatever its type.
    errors : {"raise", "nan"}, default "raise"
        What a pair without an estimate does: the first one raises, or all become NaN.
    missing : {"refuse", "drop"}, default "refuse"
        What is done where a value is missing: an error, or the row is left out of all pairs, so that
        all have the same rows.
    frame : bool, default False
        The numbers as a DataFrame, or as a Series where there is a target, under the names of the
        columns: of polars where X is one of polars, else of pandas.
    seed, threads, progress
        As in `estimate`; pairs are shared among the threads.
    **parameters
        The estimator's own, such as ``k=3``.

    Returns
    -------
    numpy.ndarray, shape (d, d) or (d,), or a DataFrame
        Nats. The matrix is symmetric with NaN on its diagonal: the information of a continuous
        variable with itself is infinite.

    Examples
    --------
    >>> import numpy as np, mutualinformation as mi
    >>> rng = np.random.default_rng(0)
    >>> a = rng.normal(size=300)
    >>> table = np.column_stack([a, a + rng.normal(size=300), rng.normal(size=300)])
    >>> found = mi.pairwise(table, estimator="ksg-1")
    >>> bool(found[0, 1] > 0.2 > found[0, 2])
    True
    """
    if errors not in ("raise", "nan"):
        raise ValueError("errors is %r; it needs 'raise' or 'nan'." % (errors,))
    running = _calls.Running(seed, threads, progress)
    given = X
    X, y, _ = _missing.handled(missing, X=X, y=y)
    table = _arrays.contiguous(X, "X")
    kept = [table]
    target = None
    if y is not None:
        kept.append(_arrays.contiguous(y, "y"))
        reading = 0 if discrete_target is None else 1 if discrete_target else 2
        target = byref(_arrays.borrowed(kept[1], "y", reading))
    name = None if estimator == "auto" else _calls.text("estimator", estimator)
    answer = running.run(
        _library.library.mi_core_pairwise,
        _library.core, name, _calls.parameters(parameters),
        byref(_arrays.borrowed(table, "X", 2)), target, byref(running.call))
    values = answer.numbers()
    assert values is not None
    facts = json.loads(answer.text)
    if facts["failures"] and errors == "raise":
        failure = facts["failures"][0]
        raise _calls.error(
            failure.get("status", 65), "%s: %s" % (_pair(failure), failure["error"]), failure["code"])
    _warn(facts["warnings"])
    columns = table.shape[1] if table.ndim == 2 else 1
    shaped: np.ndarray = values.reshape(columns, columns) if y is None else values
    return _framed(shaped, given) if frame else shaped
