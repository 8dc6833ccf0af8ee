# SPDX-License-Identifier: MIT
"""What an estimator is given and what it gives."""

import sys

import numpy


class Labels(numpy.ndarray):
    """An int32 array of class codes 0 ... C - 1; `names` has the names of the classes."""

    def __new__(cls, codes, names):
        labels = numpy.asarray(codes, dtype=numpy.int32).view(cls)
        labels.names = list(names)
        return labels

    def __array_finalize__(self, other):
        self.names = getattr(other, "names", [])


class Estimate:
    """A number of nats with what is known about it."""

    def __init__(self, nats, kind=None, standard_error=None, pointwise=None, diagnostics=None,
                 warnings=()):
        self.nats = nats
        self.kind = kind
        self.standard_error = standard_error
        self.pointwise = pointwise
        self.diagnostics = diagnostics or {}
        #: pairs of a stable code and one sentence
        self.warnings = list(warnings)


class Refusal(Exception):
    """Data that cannot be used: a code such as `constantColumn`, and one sentence."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Cancelled(Exception):
    """The host asked to stop."""


#: The call that is being answered; set by `serve`.
_current = None


def progress(share):
    """Tells the share of the work done, 0 to 1, and raises `Cancelled` if asked to stop."""
    if _current is not None:
        _current.tell(share)
    check_cancelled()


def check_cancelled():
    """Raises `Cancelled` if the host asked to stop; long work asks at least once a second."""
    if _current is not None and _current.is_cancelled():
        raise Cancelled()


def missing(package, pip=None):
    """Ends the plugin with the pip line that would bring a missing package."""
    sys.exit("This plugin needs the package %s: python3 -m pip install %s"
             % (package, pip or package))
