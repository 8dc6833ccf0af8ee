# SPDX-License-Identifier: MIT
"""One number: the mutual information of two variables."""

from __future__ import annotations

import html
import json
import math
from ctypes import byref
from typing import Any, Callable, Collection, Dict, List, Optional, Tuple, Union

import numpy as np

from . import _arrays, _calls, _library, _missing, _pictures
from ._errors import InputError

_KINDS = ("estimate", "lowerBound", "upperBound")
_SIDES = ("x", "y", "given")


class Estimate:
    """An estimate of mutual information; ``float(estimate)`` is its number of nats.

    Attributes
    ----------
    nats : float
        The estimate in nats, never clamped at zero.
    standard_error : float or None
        Its standard error in nats, where the estimator knows one.
    kind : str
        ``"estimate"``, ``"lowerBound"`` or ``"upperBound"``.
    n, dx, dy : int
        Rows, and columns of either side (1 for labels).
    classes : int or None
        The number of classes of the labels.
    """

    __slots__ = ("nats", "standard_error", "kind", "n", "dx", "dy", "classes", "_answer", "_facts",
        "_missing")

    def __init__(
        self, number: _library.Number, answer: _calls.Answer,
        missing: Optional[Dict[str, Any]] = None,
    ):
        self._missing = missing
        self.nats: float = number.nats
        error = number.standard_error
        self.standard_error: Optional[float] = None if math.isnan(error) else error
        self.kind: str = _KINDS[number.kind]
        self.n: int = number.n
        self.dx: int = number.dx
        self.dy: int = number.dy
        self.classes: Optional[int] = None if number.classes < 0 else number.classes
        self._answer = answer
        self._facts: Optional[Dict[str, Any]] = None

    def __float__(self) -> float:
        return self.nats

    @property
    def bits(self) -> float:
        """The estimate in bits."""
        return self.nats / math.log(2)

    def to_dict(self) -> Dict[str, Any]:
        """All that ``mi estimate --json`` prints, but the files."""
        if self._facts is None:
            self._facts = json.loads(self._answer.text)
            del self._facts["variables"]
            self._facts["missing"] = self._missing
        return self._facts

    @property
    def estimator(self) -> str:
        """The id of the estimator that ran."""
        return self.to_dict()["estimator"]

    @property
    def parameters(self) -> Dict[str, Any]:
        """Every parameter's value, defaults among them."""
        return self.to_dict()["parameters"]

    @property
    def diagnostics(self) -> Dict[str, Any]:
        """Named facts about the run."""
        return self.to_dict()["diagnostics"]

    @property
    def warnings(self) -> List[Dict[str, str]]:
        """What must be known before the number is believed: code and message."""
        return self.to_dict()["warnings"]

    @property
    def assumptions(self) -> List[str]:
        """What was done because of how the values were recorded, a sentence each."""
        return self.to_dict()["assumptions"]

    @property
    def independence(self) -> Optional[Dict[str, Any]]:
        """The permutation test, where one was asked for; ``["pValue"]`` is its p-value."""
        return self.to_dict()["independence"]

    @property
    def normalized(self) -> Dict[str, Dict[str, Any]]:
        """The number on the scales asked for, by name: ``value``, ``low`` and ``high`` (95 %)."""
        return {one["scale"]: one for one in self.to_dict()["normalized"]}

    @property
    def pointwise(self) -> Optional[np.ndarray]:
        """The contribution of each row in nats, shape (n,), where there is one; a new array."""
        return self._answer.numbers()

    def plot(self, ax: Any = None) -> Any:
        """Draws the estimate with 1.96 standard errors, over the contributions of the rows where the
        estimator gives them; needs matplotlib.

        Returns
        -------
        matplotlib.axes.Axes
        """
        ax = _pictures.axes(ax)
        rows = self.pointwise
        if rows is not None:
            ax.hist(rows, bins="auto", color="0.85")
            ax.set_ylabel("rows")
        error = self.standard_error
        if error is not None:
            ax.axvspan(self.nats - 1.96 * error, self.nats + 1.96 * error, color="tab:blue", alpha=0.25)
        ax.axvline(self.nats, color="tab:blue")
        ax.axvline(0, color="0.6", linewidth=1, zorder=0)
        ax.set_xlabel("%s of I(x; y), nats" % ("lower bound" if self.kind == "lowerBound" else self.kind))
        ax.set_title("%.4f nats, %s" % (self.nats, self.estimator), fontsize="medium")
        return ax

    def __reduce__(self) -> Tuple[Any, ...]:
        return _stored, (self.to_dict(), self.pointwise)

    def __repr__(self) -> str:
        error = "" if self.standard_error is None else " +- %.4f" % self.standard_error
        return "Estimate(%.6f nats%s, %s, n=%d, dx=%d, dy=%d)" % (
            self.nats, error, self.estimator, self.n, self.dx, self.dy)

    def _repr_html_(self) -> str:
        rows = [("I(x; y)", repr(self)[9:-1].split(",")[0]), ("estimator", self.estimator)]
        rows += [(key, value) for key, value in self.parameters.items()]
        rows += [("warning", warning["message"]) for warning in self.warnings]
        return "<table>%s</table>" % "".join(
            "<tr><th>%s</th><td style='text-align:left'>%s</td></tr>"
            % (html.escape(str(key)), html.escape(str(value))) for key, value in rows)


class _StoredAnswer:
    """The answer of an estimate that came out of a pickle."""

    def __init__(self, pointwise: Optional[np.ndarray]):
        self._pointwise = pointwise

    def numbers(self) -> Optional[np.ndarray]:
        return None if self._pointwise is None else self._pointwise.copy()


def _stored(facts: Dict[str, Any], pointwise: Optional[np.ndarray]) -> Estimate:
    estimate = Estimate.__new__(Estimate)
    for name in ("nats", "kind", "n", "dx", "dy", "classes"):
        setattr(estimate, name, facts[name])
    estimate.standard_error = facts["standardErrorNats"]
    estimate._facts = facts
    estimate._missing = facts.get("missing")
    estimate._answer = _StoredAnswer(pointwise)  # type: ignore[assignment]
    return estimate


def estimate(
    x: Any, y: Any, estimator: str = "auto", given: Any = None, *, groups: Any = None,
    discrete: Union[str, Collection[str]] = (), continuous: Union[str, Collection[str]] = (),
    permutations: int = 0, surrogates: Optional[str] = None,
    normalize: Union[str, Collection[str]] = (), missing: str = "refuse", seed: int = 0,
    threads: Optional[int] = None,
    progress: Optional[Callable[[float, str], Any]] = None, **parameters: Any,
) -> Estimate:
    """Mutual information of two variables, I(x; y).

    Parameters
    ----------
    x, y : array_like, shape (n,) or (n, d)
        The same n rows of two variables: arrays, DataFrames, tensors on the CPU, lists. Floating
        numbers are continuous, integers, flags and texts are labels. C-contiguous float64 and
        int32 arrays are read where they lie; anything else is copied once.
    estimator : str, default "auto"
        An id of `estimators`, also behind wrappers as in ``"rank+ksg-1"``. ``"auto"`` follows the
        kinds of the data and how they were recorded, as `describe` shows: auto for two continuous
        variables (ksg-1 below 40 rows), ross for one and labels, discrete for labels against
        labels; few values are taken as labels, rounded numbers spread over their steps, repeated
        values beside others taken apart. ``assumptions`` of the result says what was done.
    given : array_like, shape (n,) or (n, d), optional
        A third variable: the estimate is I(x; y | given).
    groups : array_like, shape (n,), optional
        The group of each row, such as its speaker: an estimator that trains keeps a group together,
        and a test shuffles whole groups.
    discrete, continuous : str or collection of str
        Of ``"x"``, ``"y"`` and ``"given"``, those taken as labels, or as numbers, whatever their
        type.
    permutations : int, default 0
        Test independence with this many permutations; 0 makes no test.
    surrogates : {"shuffle", "shift", "block", "local"}, optional
        How the test rearranges rows: shuffled; for rows in time moved by a random lag, or in blocks. With
        ``given`` the test is of independence given it, and rows near in it trade places ("local").
    normalize : str or collection of str, optional
        Scales that the number is also wanted on, with intervals: ``"entropy-y"`` is I / H(y) of labels,
        ``"min-entropy"`` I / min(H(x), H(y)), ``"correlation"`` sqrt(1 - exp(-2 I)); see ``normalized``.
    missing : {"refuse", "drop"}, default "refuse"
        What is done where a variable has no value (NaN, None, pandas.NA, masked): an error, or the
        rows are left out of all variables, which ``to_dict()["missing"]`` counts.
    seed : int, default 0
        The seed of everything random: the same seed gives the same bits.
    threads : int, optional
        Threads at work (default: all cores); they never change the result.
    progress : callable, optional
        Called with the share of the work done, 0 to 1, and a line.
    **parameters
        The estimator's own, such as ``k=5`` or ``k=[3, 5, 10]``; see ``estimators()[id]``.

    Returns
    -------
    Estimate
        The number in nats, with what was found on the way.

    Raises
    ------
    ValueError
        Bad data or arguments, with the core's sentence.
    EstimationError
        The estimator failed on data that it accepts.

    Examples
    --------
    >>> import numpy as np, mutualinformation as mi
    >>> rng = np.random.default_rng(0)
    >>> x = rng.normal(size=(1000, 2))
    >>> mi.estimate(x, x + rng.normal(size=x.shape), "ksg-1", k=5).n
    1000
    """
    running = _calls.Running(seed, threads, progress)
    if discrete:
        discrete = _arrays.names(discrete, _SIDES, "discrete")
    if continuous:
        continuous = _arrays.names(continuous, _SIDES, "continuous")
    x, y, given, groups, record = _missing.handled(
        missing, x=x, y=y, given=given, groups=groups)
    kept = [_arrays.contiguous(x, "x"), _arrays.contiguous(y, "y")]
    sides = [
        _arrays.borrowed(array, name, _arrays.reading(name, discrete, continuous))
        for name, array in zip(_SIDES, kept)]
    third = None
    if given is not None:
        kept.append(_arrays.contiguous(given, "given"))
        third = byref(_arrays.borrowed(
            kept[2], "given", _arrays.reading("given", discrete, continuous)))
    units = None
    if groups is not None:
        kept.append(_arrays.contiguous(groups, "groups"))
        units = byref(_arrays.borrowed(kept[-1], "groups", 1))
    name = None if estimator == "auto" else _calls.text("estimator", estimator)
    permutations = _calls.whole("permutations", permutations, 0, 10**9)
    number = _library.Number()
    how = None if surrogates is None else _calls.text("surrogates", surrogates)
    scales = [normalize] if isinstance(normalize, str) else list(normalize)
    arrays = (
        _library.core, name, _calls.parameters(parameters), byref(sides[0]), byref(sides[1]),
        third, units)
    if scales:
        options = _calls.options(
            permutations=permutations, surrogates=None if how is None else how.decode(),
            normalize=[_calls.text("normalize", scale).decode() for scale in scales])
        answer = running.run(
            _library.library.mi_core_estimate_with, *arrays, options, byref(running.call),
            byref(number))
    else:
        answer = running.run(
            _library.library.mi_core_estimate, *arrays, permutations, how, byref(running.call),
            byref(number))
    result = Estimate(number, answer, record)
    if number.warnings:
        _calls.warn(result.warnings, 2)
    return result
