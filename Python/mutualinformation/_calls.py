# SPDX-License-Identifier: MIT
"""One call into the core: what it is given, and what its answer becomes."""

from __future__ import annotations

import ctypes
import json
import numbers
import os
import warnings
from ctypes import byref, c_int32, c_int64
from typing import Any, Callable, Dict, Iterable, List, Mapping, Optional, Sequence, Union

import numpy as np

from . import _library
from ._errors import (
    EstimateWarning, EstimationError, InputError, Interrupted, MutualInformationError)

_lib = _library.library

#: What names estimators: an id, ids, or ids with their parameters.
Estimators = Union[str, Sequence[Any], Mapping[str, Mapping[str, Any]], None]


def all_cores() -> int:
    """The cores that this process may use."""
    try:
        return max(len(os.sched_getaffinity(0)), 1)
    except AttributeError:  # not on Linux
        return os.cpu_count() or 1


_cores = all_cores()


class Answer:
    """An answer of the core, freed with this object."""

    __slots__ = ("handle",)

    def __init__(self, handle: int):
        self.handle = handle

    def __del__(self, free=_lib.mi_answer_free):
        free(self.handle)

    @property
    def text(self) -> str:
        """The JSON of a result, or the sentence of an error."""
        return _lib.mi_answer_text(self.handle).decode()

    def numbers(self) -> Optional[np.ndarray]:
        """A copy of the numbers, where there are any."""
        count = c_int64()
        address = _lib.mi_answer_numbers(self.handle, byref(count))
        if not address:
            return None
        view = (ctypes.c_double * count.value).from_address(address)
        return np.ctypeslib.as_array(view).copy()


class Running:
    """The structure of one call, with the functions of Python that it may call.

    An exception in such a function interrupts the call and is raised when it has returned. So does
    SIGINT, whichever thread the call was made on.
    """

    def __init__(
        self, seed: Any, threads: Any, progress: Optional[Callable[[float, str], Any]] = None
    ):
        self.cancel = c_int32(0)
        self.error: Optional[BaseException] = None
        self.call = _library.Call(
            whole("seed", seed, 0, 2**64 - 1),
            _cores if threads is None else whole("threads", threads, 1, 4096),
            ctypes.pointer(self.cancel), 1)
        if progress is not None:
            self._progress = _library.PROGRESS(self._tell(progress))
            self.call.progress = self._progress

    def _tell(self, progress: Callable[[float, str], Any]):
        def tell(_context, share, line):
            try:
                progress(share, line.decode())
            except BaseException as error:  # noqa: B902: raised by finish
                self.stop(error)

        return tell

    def stop(self, error: BaseException) -> None:
        """Interrupts the call; `error` is raised when it has returned."""
        self.error = self.error or error
        self.cancel.value = 1

    def run(self, function: Callable[..., int], *arguments: Any) -> Answer:
        """Calls the core: its answer, or the exception that it stands for."""
        slot = ctypes.c_void_p()
        self.call.answer = ctypes.pointer(slot)
        try:
            answer = Answer(function(*arguments))
        except KeyboardInterrupt:
            # Raised as the core returned, in place of the handle, which the core has put here too;
            # its sentence says what was done until then.
            if slot.value is None:
                raise
            raise_for(Answer(slot.value))
            raise
        if self.error is not None and not isinstance(self.error, KeyboardInterrupt):
            raise self.error
        return raise_for(answer)


def raise_for(answer: Answer) -> Answer:
    """Raises what an answer without a result stands for."""
    status = _lib.mi_answer_status(answer.handle)
    if status == 0:
        return answer
    sentence = answer.text
    code = _lib.mi_answer_code(answer.handle).decode()
    if code == "interrupted":
        raise Interrupted(sentence) from None
    raise error(status, sentence, code) from None


def error(status: int, sentence: str, code: str) -> MutualInformationError:
    """The exception of an exit status."""
    return (InputError if status in (64, 65) else EstimationError)(
        sentence, code, status)


def whole(name: str, value: Any, low: int, high: int) -> int:
    """A whole number in a range."""
    is_whole = isinstance(value, numbers.Integral) and not isinstance(value, (bool, np.bool_))
    if not is_whole or not low <= int(value) <= high:
        raise InputError(
            "%s is %r; it needs a whole number from %d to %d." % (name, value, low, high),
            "invalidOption")
    return int(value)


def real(name: str, value: Any) -> float:
    """A finite number."""
    if isinstance(value, numbers.Real) and np.isfinite(float(value)):
        return float(value)
    raise InputError("%s is %r; it needs a finite number." % (name, value), "invalidOption")


def reals(name: str, value: Any) -> List[float]:
    """One finite number or several."""
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        value = [value]
    return [real(name, one) for one in value]


def text(name: str, value: Any) -> bytes:
    """A text for C."""
    if not isinstance(value, (str, os.PathLike)):
        raise InputError("%s is %r; it needs a text." % (name, value), "invalidOption")
    encoded = os.fspath(value).encode()
    if b"\0" in encoded:
        raise InputError("%s holds a zero character." % name, "invalidOption")
    return encoded


def parameter(name: str, value: Any) -> str:
    """The value of a parameter as the command takes it."""
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, numbers.Real):
        return repr(float(value))
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple, np.ndarray)):
        return ",".join(parameter(name, item) for item in value)
    return repr(value)


def parameters(values: Mapping[str, Any]) -> bytes:
    """Parameters as the lines that the core takes."""
    lines = ["%s=%s" % (name, parameter(name, value)) for name, value in values.items()]
    for line in lines:
        if "\n" in line or "\0" in line:
            raise InputError(
                "Parameter %s has a line break or a zero in it." % line.split("=")[0],
                "invalidParameter")
    return "\n".join(lines).encode()


def choices(estimators: Estimators) -> List[Dict[str, Any]]:
    """Estimators with their parameters, as options have them."""
    if estimators is None:
        return []
    if isinstance(estimators, str):
        estimators = [estimators]
    pairs: Iterable[Any] = (
        estimators.items() if isinstance(estimators, Mapping) else estimators)
    chosen = []
    for pair in pairs:
        name, values = (pair, {}) if isinstance(pair, str) else pair
        text("estimators", name)
        chosen.append({
            "id": name,
            "parameters": {key: parameter(key, value) for key, value in dict(values).items()}})
    return chosen


def options(**values: Any) -> bytes:
    """Options as JSON."""
    try:
        return json.dumps(values, allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        raise InputError("The options cannot be written: %s." % error, "invalidOption") from error


def warn(found: Iterable[Mapping[str, Any]], stacklevel: int) -> None:
    """Tells warnings of the core, each once."""
    for message in dict.fromkeys(warning["message"] for warning in found):
        warnings.warn(message, EstimateWarning, stacklevel=stacklevel + 1)
