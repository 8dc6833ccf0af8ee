# SPDX-License-Identifier: MIT
"""The core, libMICore, through ctypes: its functions and structures as in mi_core.h.

ctypes releases the GIL for the time of every call and takes it back for callbacks.
"""

from __future__ import annotations

import ctypes
import os
import warnings
from ctypes import POINTER, c_char_p, c_double, c_int32, c_int64, c_uint64, c_void_p
from pathlib import Path

#: MI_CORE_ABI of the header that this file follows.
ABI = 3

PROGRESS = ctypes.CFUNCTYPE(None, c_void_p, c_double, c_char_p)


class Array(ctypes.Structure):
    """mi_array: one variable."""

    _fields_ = [
        ("name", c_char_p), ("type", c_char_p), ("data", c_void_p), ("shape", POINTER(c_int64)),
        ("dimensions", c_int32), ("reading", c_int32),
    ]


class Call(ctypes.Structure):
    """mi_call: how a call runs."""

    _fields_ = [
        ("seed", c_uint64), ("threads", c_int64), ("cancel", POINTER(c_int32)),
        ("watches_interrupt", c_int32), ("progress", PROGRESS), ("context", c_void_p),
        ("answer", POINTER(c_void_p)),
    ]


class Number(ctypes.Structure):
    """mi_number: an estimate without JSON."""

    _fields_ = [
        ("nats", c_double), ("standard_error", c_double), ("n", c_int64), ("dx", c_int64),
        ("dy", c_int64), ("classes", c_int64), ("kind", c_int32), ("warnings", c_int32),
    ]


class View(ctypes.Structure):
    """mi_view: one side of what a registered function is given."""

    _fields_ = [
        ("rows", c_int64), ("columns", c_int64), ("values", POINTER(c_double)),
        ("codes", POINTER(c_int32)), ("classes", c_int64),
    ]


class Reply(ctypes.Structure):
    """mi_reply: what a registered function answers."""

    _fields_ = [("nats", c_double), ("standard_error", c_double)]


FUNCTION = ctypes.CFUNCTYPE(
    c_int32, c_void_p, POINTER(View), POINTER(View), POINTER(c_int32), c_char_p, c_uint64,
    POINTER(Reply))

_SIGNATURES = {
    "mi_core_abi": (c_int32, []),
    "mi_core_version": (c_char_p, []),
    "mi_core_kernels": (c_char_p, []),
    "mi_core_kernel_warning": (c_char_p, []),
    "mi_core_open": (c_void_p, []),
    "mi_core_close": (None, [c_void_p]),
    "mi_answer_status": (c_int32, [c_void_p]),
    "mi_answer_code": (c_char_p, [c_void_p]),
    "mi_answer_text": (c_char_p, [c_void_p]),
    "mi_answer_numbers": (c_void_p, [c_void_p, POINTER(c_int64)]),
    "mi_answer_free": (None, [c_void_p]),
    "mi_core_list": (c_void_p, [c_void_p]),
    "mi_core_estimate": (c_void_p, [
        c_void_p, c_char_p, c_char_p, POINTER(Array), POINTER(Array), POINTER(Array),
        POINTER(Array), c_int64, c_char_p, POINTER(Call), POINTER(Number)]),
    "mi_core_estimate_with": (c_void_p, [
        c_void_p, c_char_p, c_char_p, POINTER(Array), POINTER(Array), POINTER(Array),
        POINTER(Array), c_char_p, POINTER(Call), POINTER(Number)]),
    "mi_core_describe": (c_void_p, [POINTER(Array), POINTER(Array)]),
    "mi_core_pairwise": (c_void_p, [
        c_void_p, c_char_p, c_char_p, POINTER(Array), POINTER(Array), POINTER(Call)]),
    "mi_core_lags": (c_void_p, [
        c_void_p, c_char_p, c_char_p, POINTER(Array), POINTER(Array), POINTER(Array), c_char_p,
        POINTER(Call)]),
    "mi_core_transfer": (c_void_p, [
        c_void_p, c_char_p, c_char_p, POINTER(Array), POINTER(Array), POINTER(Array),
        POINTER(Array), c_char_p, POINTER(Call)]),
    "mi_core_score": (c_void_p, [c_void_p, c_char_p, POINTER(Call)]),
    "mi_core_check": (c_void_p, [
        c_void_p, POINTER(Array), c_int64, POINTER(Array), POINTER(Array), POINTER(Array),
        POINTER(Array), c_char_p, POINTER(Call)]),
    "mi_core_distill": (c_void_p, [
        c_void_p, POINTER(Array), c_int64, POINTER(Array), POINTER(Array), POINTER(Array),
        c_char_p, POINTER(Call)]),
    "mi_core_bench": (c_void_p, [c_void_p, c_char_p, POINTER(Call)]),
    "mi_core_bench_report": (c_void_p, [c_char_p]),
    "mi_core_store": (c_void_p, [c_char_p]),
    "mi_core_trials": (c_void_p, [c_char_p]),
    "mi_fail": (None, [c_char_p, c_char_p]),
    "mi_core_register": (c_void_p, [c_void_p, c_char_p, FUNCTION, c_void_p]),
    "mi_core_unregister": (c_void_p, [c_void_p, c_char_p]),
    "mi_core_load_plugin": (c_void_p, [c_void_p, c_char_p, c_char_p, c_char_p]),
}


def _candidates() -> list[Path]:
    """Where the library may be: named by the environment, in the wheel, or built in the tree."""
    here = Path(__file__).resolve().parent
    return [here / "lib" / "libMICore.so", here.parents[1] / ".build" / "release" / "libMICore.so"]


def _load() -> ctypes.CDLL:
    named = os.environ.get("MI_CORE_LIBRARY")
    paths = [Path(named)] if named else _candidates()
    path = next((path for path in paths if path.exists()), None)
    if path is None:
        raise ImportError(
            "libMICore.so is not there; looked for %s. In a source tree build it with "
            "swift build -c release --product MICore." % ", ".join(map(str, paths)))
    library = ctypes.CDLL(str(path))
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
    found = library.mi_core_abi()
    if found != ABI:
        raise ImportError("%s has ABI %d; this package needs %d." % (path, found, ABI))
    return library


library = _load()
core = library.mi_core_open()
version = library.mi_core_version().decode()
#: The numeric kernels at work: "avx512", "avx2", "fma" or "baseline".
kernels = library.mi_core_kernels().decode()
if _warning := library.mi_core_kernel_warning().decode():
    warnings.warn(_warning, RuntimeWarning, stacklevel=2)
