# SPDX-License-Identifier: MIT
"""The arrays and options of the calls on series."""

from __future__ import annotations

import json
from ctypes import byref
from typing import Any, Collection, Dict, List, Optional, Tuple, Union

import numpy as np

from . import _arrays, _calls, _missing
from ._errors import InputError


def _whole_rows(
    rule: str, groups: Any, trials: bool, given: Dict[str, Any],
) -> Tuple[Dict[str, Any], Any, Optional[Dict[str, Any]]]:
    """The series without the rows that miss a value; a gap ends a trial, as in the command."""
    whole = _missing.handled_rows(rule, {**given, **({} if groups is None else {"groups": groups})})
    if whole.kept is None:
        return given, groups, None
    if trials:
        raise InputError(
            "--missing drop leaves out whole trials of trials x time; pass whole trials.",
            "invalidOption")
    breaks = np.diff(whole.kept) != 1
    variables = dict(whole.variables)
    own = variables.pop("groups", None)
    if own is not None:
        own = np.asarray(own)
        breaks = breaks | (own[1:] != own[:-1])
    return variables, np.concatenate([[0], np.cumsum(breaks)]), whole.record


class Series:
    """The arrays of one call, borrowed by the core as long as this object lives."""

    def __init__(
        self, rule: str, groups: Any, trials: bool, discrete: Union[str, Collection[str]],
        continuous: Union[str, Collection[str]], given: Dict[str, Any],
    ):
        discrete = _arrays.names(discrete, tuple(given), "discrete") if discrete else ()
        continuous = _arrays.names(continuous, tuple(given), "continuous") if continuous else ()
        present = {name: value for name, value in given.items() if value is not None}
        variables, groups, self.record = _whole_rows(rule, groups, trials, present)
        self.kept: List[np.ndarray] = []
        self._of: Dict[str, Any] = {}
        for name, value in variables.items():
            self._lend(name, value, _arrays.reading(name, discrete, continuous))
        if groups is not None:
            self._lend("groups", groups, 1)

    def _lend(self, name: str, value: Any, reading: int) -> None:
        array = _arrays.contiguous(value, name)
        self.kept.append(array)
        self._of[name] = _arrays.borrowed(array, name, reading)

    def __getitem__(self, name: str) -> Any:
        return byref(self._of[name]) if name in self._of else None


def name(estimator: str) -> Optional[bytes]:
    return None if estimator == "auto" else _calls.text("estimator", estimator)


def count(name: str, value: Any) -> Optional[int]:
    """A whole number, or None for "auto"."""
    if isinstance(value, str) and value == "auto":
        return None
    return _calls.whole(name, value, -10**6, 10**6)


def surrogates(value: Optional[str]) -> Optional[str]:
    return None if value is None else _calls.text("surrogates", value).decode()


def facts(answer: _calls.Answer, series: Series) -> Dict[str, Any]:
    found: Dict[str, Any] = json.loads(answer.text)
    del found["variables"]
    found["missing"] = series.record
    _calls.warn(found["warnings"], 3)
    return found
