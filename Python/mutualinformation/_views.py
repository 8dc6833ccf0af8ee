# SPDX-License-Identifier: MIT
"""The teachers, the student and the labels of `check` and `distill`, as the core borrows them."""

from __future__ import annotations

from ctypes import byref
from typing import Any, Collection, Dict, List, Mapping, Optional, Tuple, Union

from . import _arrays, _calls, _library, _missing
from ._errors import InputError

_GROUPS = "\0groups"


class Views:
    """The variables, alive as long as this object.

    Attributes
    ----------
    arguments : tuple
        Teachers, their count, student, labels and groups, as the core takes them.
    record : dict or None
        The rows that were left out because they miss a value.
    """

    def __init__(
        self, teachers: Any, student: Any, labels: Any, groups: Any, missing: str,
        discrete: Union[str, Collection[str]], continuous: Union[str, Collection[str]],
    ):
        views = dict(teachers) if isinstance(teachers, Mapping) else {"teacher": teachers}
        if not views:
            raise InputError("teachers is empty; it needs at least one.", "invalidOption")
        for name in views:
            _calls.text("teachers", name)
        given = [*views.items(), ("student", student), ("labels", labels)]
        known = [name for name, _ in given]
        discrete = _arrays.names(discrete, known, "discrete")
        continuous = _arrays.names(continuous, known, "continuous")
        # Names of teachers are the caller's, so they are not passed as names of arguments.
        whole = _missing.handled_rows(
            missing, {**dict(given), **({} if groups is None else {_GROUPS: groups})})
        self.record: Optional[Dict[str, Any]] = whole.record
        self._kept: List[Any] = [
            _arrays.contiguous(whole.variables.get(name, value), name) for name, value in given]
        arrays = [
            _arrays.borrowed(array, name, _arrays.reading(name, discrete, continuous))
            for array, (name, _) in zip(self._kept, given)]
        count = len(views)
        self.arguments: Tuple[Any, ...] = (
            (_library.Array * count)(*arrays[:count]), count, byref(arrays[count]),
            byref(arrays[count + 1]), self.rows("groups", whole.variables.get(_GROUPS), 1))

    def rows(self, name: str, value: Any, reading: int) -> Any:
        """A number for each row, or of rows; None where there is none."""
        if value is None:
            return None
        self._kept.append(_arrays.contiguous(value, name))
        return byref(_arrays.borrowed(self._kept[-1], name, reading))
