# SPDX-License-Identifier: MIT
"""Whatever holds numbers or labels, as an array that the core borrows."""

from __future__ import annotations

from ctypes import c_int64
from typing import Any, Collection, Tuple

import numpy as np

from . import _library
from ._errors import InputError


def _of_objects(array: np.ndarray, name: str) -> np.ndarray:
    """Objects that all are texts, whole numbers, numbers or flags as an array of that type."""
    items = array.ravel().tolist()
    if items and all(isinstance(item, str) for item in items):
        if any("\0" in item for item in items):
            raise InputError("%s: a label holds a zero character." % name, "malformed")
        return np.array(items, dtype=str).reshape(array.shape)
    is_flag = [isinstance(item, (bool, np.bool_)) for item in items]
    if all(is_flag):
        return array.astype(bool)
    if not any(is_flag):
        if all(isinstance(item, (int, np.integer)) for item in items):
            return np.array(items).reshape(array.shape)
        if all(isinstance(item, (int, float, np.integer, np.floating)) for item in items):
            return array.astype(float)
    if any(isinstance(item, str) for item in items):
        row = next(i for i, item in enumerate(items) if not isinstance(item, str))
        raise InputError(
            "%s: element %d (counted from 0) is %r among texts; name it or remove the row."
            % (name, row, items[row]), "missingValue")
    return array


def contiguous(value: Any, name: str) -> np.ndarray:
    """The value as a C-contiguous array; itself, where it is one.

    A view with strides, column-major order or another byte layout costs one copy.
    """
    if type(value) is not np.ndarray:
        if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
            raise InputError(
                "%s: %d elements are masked; fill them or remove their rows."
                % (name, int(np.ma.count_masked(value))), "missingValue")
        try:
            given, value = value, np.asarray(value)
            if value.dtype.kind in "US" and isinstance(given, (list, tuple)):
                # NumPy has made texts of whatever stood among them.
                value = np.array(given, dtype=object)
        except (ValueError, TypeError, RuntimeError) as error:
            raise InputError("%s: cannot be read as an array: %s" % (name, error)) from error
    if value.dtype.kind == "O":
        value = _of_objects(value, name)
    elif value.dtype.kind == "T":  # NumPy 2's strings of any length
        value = value.astype(str)
    return value if value.flags.c_contiguous else np.ascontiguousarray(value)


def reading(name: str, discrete: Collection[str], continuous: Collection[str]) -> int:
    """How a variable is taken: 0 by its type, 1 as labels, 2 as numbers."""
    if name in discrete and name in continuous:
        raise InputError("%s is given to both discrete and continuous." % name, "invalidOption")
    return 1 if name in discrete else 2 if name in continuous else 0


def names(value: Any, known: Collection[str], option: str) -> Tuple[str, ...]:
    """One name or several, each that of a variable."""
    chosen = (value,) if isinstance(value, str) else tuple(value)
    for name in chosen:
        if name not in known:
            raise InputError(
                "%s names %r; there are %s." % (option, name, ", ".join(known)), "invalidOption")
    return chosen


def borrowed(array: np.ndarray, name: str, reading: int) -> _library.Array:
    """The array as the core's structure; the caller keeps the array alive."""
    dimensions = array.ndim
    return _library.Array(
        name.encode(), array.dtype.str.encode(), array.ctypes.data if array.size else None,
        (c_int64 * dimensions)(*array.shape), dimensions, reading)
