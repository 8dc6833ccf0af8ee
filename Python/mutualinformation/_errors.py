# SPDX-License-Identifier: MIT
"""What can go wrong, and what a reader must know of a number."""

from __future__ import annotations

from typing import Optional


class MutualInformationError(Exception):
    """Why there is no result: one sentence of the core.

    Attributes
    ----------
    code : str
        A stable name of the kind of failure, such as ``"nonFinite"`` or ``"tooFewSamples"``.
    status : int
        The exit status of ``mi`` for it: 64 wrong usage, 65 bad data, 70 an estimator failed.
    """

    def __init__(self, message: str, code: str = "failed", status: Optional[int] = None):
        super().__init__(message)
        self.code = code
        wrong_usage = code in ("invalidOption", "invalidParameter")
        self.status = status or (64 if wrong_usage else self._status)

    _status = 70

    def __reduce__(self):
        return type(self), (str(self), self.code, self.status)


class InputError(MutualInformationError, ValueError):
    """The data or an argument cannot be used; the sentence has the found and the needed value."""

    _status = 65


class EstimationError(MutualInformationError, RuntimeError):
    """An estimator failed on data that it accepts."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C: one sentence with what was done until then, and what of it is kept.

    Attributes
    ----------
    code : str
        ``"interrupted"``.
    """

    code = "interrupted"


class EstimateWarning(UserWarning):
    """What must be known before a number is believed, such as ties or a ceiling."""
