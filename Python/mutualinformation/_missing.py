# SPDX-License-Identifier: MIT
"""Rows without a value."""

from __future__ import annotations

from typing import Any, Dict, NamedTuple, Optional, Tuple

import numpy as np

from ._errors import InputError


def _without_value(value: Any) -> np.ndarray:
    """Whether each row of a variable misses a value."""
    if isinstance(value, np.ma.MaskedArray):
        mask = np.ma.getmaskarray(value)
        value = value.data
    else:
        mask = None
    if _is_polars(value):
        import polars

        frame = value.to_frame() if isinstance(value, polars.Series) else value
        gone = np.zeros(frame.height, bool)
        for column in frame.get_columns():
            gone |= column.is_null().to_numpy()
            if column.dtype.is_float():
                gone |= column.is_nan().fill_null(True).to_numpy()
            elif column.dtype == polars.String:
                gone |= (column.str.strip_chars() == "").fill_null(True).to_numpy()
        return gone
    if hasattr(value, "isna"):  # pandas, also with nullable types
        found = np.asarray(value.isna())
    else:
        array = np.asarray(value)
        if array.dtype.kind in "fc":
            found = np.isnan(array)
        elif array.dtype.kind == "O":
            found = np.frompyfunc(_is_missing, 1, 1)(array).astype(bool)
        elif array.dtype.kind in "US":
            found = np.char.strip(array.astype(str)) == ""
        else:
            found = np.zeros(array.shape, bool)
    if mask is not None:
        found = found | mask
    return np.asarray(found.reshape(len(found), -1).any(axis=1))


def _is_polars(value: Any) -> bool:
    return type(value).__module__.split(".")[0] == "polars"


def _is_missing(item: Any) -> bool:
    if item is None or (isinstance(item, str) and not item.strip()):
        return True
    try:
        return bool(item != item)
    except (TypeError, ValueError):  # pandas.NA has no truth
        return True


def _rows(value: Any, keep: np.ndarray) -> Any:
    """The rows of a variable that are kept, as numbers where all are."""
    if _is_polars(value):
        return value.filter(keep).to_numpy()
    if hasattr(value, "loc"):
        value = value[keep]
        if hasattr(value, "infer_objects"):
            value = value.infer_objects()
        try:
            return value.to_numpy()
        except (TypeError, ValueError):
            return np.asarray(value)
    if isinstance(value, np.ma.MaskedArray):
        return value.data[keep]
    return np.asarray(value)[keep]


class WholeRows(NamedTuple):
    """Variables without the rows that any of them misses, and what was left out."""

    variables: Dict[str, Any]
    record: Optional[Dict[str, Any]]
    #: The numbers of the rows kept; None where all are.
    kept: Optional[np.ndarray] = None


def handled(rule: str, **variables: Any) -> Tuple[Any, ...]:
    """As `handled_rows`, for variables that may be None and stay so: their values, then the record."""
    given = {name: value for name, value in variables.items() if value is not None}
    whole = handled_rows(rule, given)
    return (*(whole.variables.get(name) for name in variables), whole.record)


def handled_rows(rule: str, given: Dict[str, Any]) -> WholeRows:
    """The variables without the rows that any misses.

    With the rule "refuse" nothing is looked at: what is missing is refused where it is read.
    """
    if rule not in ("refuse", "drop"):
        raise InputError("missing is %r; it needs 'refuse' or 'drop'." % (rule,), "invalidOption")
    if rule == "refuse":
        return WholeRows(given, None)
    masks = {name: _without_value(value) for name, value in given.items()}
    lengths = {len(mask) for mask in masks.values()}
    if len(lengths) != 1:
        return WholeRows(given, None)
    missing = np.logical_or.reduce(list(masks.values()))
    dropped, rows = int(missing.sum()), len(missing)
    if dropped == 0:
        return WholeRows(given, None)
    if 2 * dropped > rows:
        raise InputError(
            "%d of %d rows miss a value of some variable; missing='drop' needs at least half of the "
            "rows whole." % (dropped, rows), "missingValue")
    record: Dict[str, Any] = {
        "rule": "drop", "rows": rows, "dropped": dropped,
        "byVariable": {name.strip("\0"): int(mask.sum()) for name, mask in masks.items()}}
    return WholeRows(
        {name: _rows(value, ~missing) for name, value in given.items()}, record,
        np.flatnonzero(~missing))
