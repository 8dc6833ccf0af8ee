# SPDX-License-Identifier: MIT
"""A function of Python as an estimator, and plugins."""

from __future__ import annotations

import inspect
import json
import math
import numbers
import threading
from typing import Any, Callable, Dict, List, Optional, overload, Sequence, Tuple, TypeVar, Union

import numpy as np

from . import _calls, _command, _library
from ._errors import InputError

_lib = _library.library
#: Callbacks by id; one that was replaced stays, as a call that began before may still use it.
_kept: List[Any] = []
_lock = threading.Lock()


def _parameter(name: str, default: Any) -> Dict[str, Any]:
    """The description of one parameter: its type is that of its default."""
    if isinstance(default, bool):
        kind = "flag"
    elif isinstance(default, numbers.Integral):
        kind, default = "integer", int(default)
    elif isinstance(default, numbers.Real):
        kind, default = "number", float(default)
    else:
        raise InputError(
            "Parameter %s has the default %r; it needs a number or a bool." % (name, default),
            "invalidParameter")
    described: Dict[str, Any] = {"name": name, "type": kind, "default": default}
    if kind == "integer" and default < 0:
        described["minimum"] = -(2.0**53)
    return described


#: Arguments of a function that are no parameters of the estimator.
_GIVEN = ("seed", "groups")


def _parameters(function: Callable[..., Any]) -> Tuple[List[Dict[str, Any]], List[str]]:
    """The function's parameters after x and y, and what else it takes: seed, groups."""
    arguments = list(inspect.signature(function).parameters.values())
    if len(arguments) < 2:
        raise InputError("The function needs two arguments, x and y.", "invalidOption")
    rest = [
        one for one in arguments[2:]
        if one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)]
    for one in rest:
        if one.name not in _GIVEN and one.default is one.empty:
            raise InputError(
                "Parameter %s of the function has no default." % one.name, "invalidOption")
    return (
        [_parameter(one.name, one.default) for one in rest if one.name not in _GIVEN],
        [one.name for one in rest if one.name in _GIVEN])


def _array(view: _library.View) -> np.ndarray:
    """A copy of one side: float64 of shape (n, d), or int32 codes of shape (n,)."""
    if view.codes:
        return np.ctypeslib.as_array(view.codes, (view.rows,)).copy()
    return np.ctypeslib.as_array(view.values, (view.rows, view.columns)).copy()


def _answer(result: Any) -> Tuple[float, float]:
    """Nats and standard error of what a function returned."""
    error = getattr(result, "standard_error", None)
    if isinstance(result, tuple) and len(result) == 2:
        result, error = result
    return float(result), math.nan if error is None else float(error)


def _callback(name: str, function: Callable[..., Any], takes: List[str]) -> Any:
    def call(_context, x, y, groups, parameters, seed, reply):
        try:
            values = json.loads(parameters)
            if "seed" in takes:
                values["seed"] = seed
            if "groups" in takes:
                values["groups"] = np.ctypeslib.as_array(
                    groups, (x[0].rows,)).copy() if groups else None
            nats, error = _answer(function(_array(x[0]), _array(y[0]), **values))
            reply[0].nats, reply[0].standard_error = nats, error
            return 0
        except KeyboardInterrupt:
            _lib.mi_fail(b"cancelled", b"The estimate was cancelled.")
        except BaseException as error:  # noqa: B902: whatever it is becomes a failure of the core
            sentence = "Estimator %s raised %s: %s" % (name, type(error).__name__, error)
            _lib.mi_fail(b"failed", sentence.encode("utf-8", "replace").replace(b"\0", b" "))
        return 1

    return _library.FUNCTION(call)


_Function = TypeVar("_Function", bound=Callable[..., Any])


@overload
def register(
    id: str, function: None = None, *, version: str = "1",
    kinds: Union[str, Sequence[str]] = ..., summary: Optional[str] = None, reference: str = "",
    minimum_samples: int = 4, maximum_dimension: Optional[int] = None, deterministic: bool = True,
    kind: str = "estimate", invariances: Sequence[str] = (), resampling: Sequence[str] = ...,
    groups: Optional[str] = None, replace: bool = False,
) -> Callable[[_Function], _Function]: ...


@overload
def register(
    id: str, function: _Function, *, version: str = "1",
    kinds: Union[str, Sequence[str]] = ..., summary: Optional[str] = None, reference: str = "",
    minimum_samples: int = 4, maximum_dimension: Optional[int] = None, deterministic: bool = True,
    kind: str = "estimate", invariances: Sequence[str] = (), resampling: Sequence[str] = ...,
    groups: Optional[str] = None, replace: bool = False,
) -> _Function: ...


def register(
    id: str, function: Optional[Callable[..., Any]] = None, *, version: str = "1",
    kinds: Union[str, Sequence[str]] = ("continuous-continuous",), summary: Optional[str] = None,
    reference: str = "", minimum_samples: int = 4, maximum_dimension: Optional[int] = None,
    deterministic: bool = True, kind: str = "estimate", invariances: Sequence[str] = (),
    resampling: Sequence[str] = ("subsampling",), groups: Optional[str] = None,
    replace: bool = False,
) -> Any:
    """Makes a Python function an estimator beside the built-in ones, in this process.

    It then counts in `estimate`, `score`, `check`, `bench` and `pairwise` under its id. It runs
    with the GIL held, so several threads take turns; an exception is a failure with its sentence.
    A function in a file can instead run isolated, as a plugin: see `load_plugin`.

    Parameters
    ----------
    id : str
        Lower case, digits and hyphens.
    function : callable ``(x, y, *, seed, groups, **parameters) -> float``
        Given copies of the two sides, float64 of shape (n, d) or int32 class codes of shape (n,);
        returns nats, a pair of nats and standard error, or anything with ``float`` and
        ``standard_error``. `seed` and `groups`, an int32 array or None, are passed where the function
        has arguments of these names; others, with a default, are its parameters, of the type of the
        default. Without it, a decorator is returned.
    version : str, default "1"
        Raise it whenever the same request may give another number: stores tell results apart by it.
    kinds : str or sequence of str
        Of ``"continuous-continuous"``, ``"continuous-labels"`` and ``"labels-labels"``.
    summary, reference : str, optional
        One line of what it is (default: the first of its docstring), and its paper.
    minimum_samples, maximum_dimension : int, optional
        The fewest rows and the most columns of both sides together that it takes.
    deterministic : bool, default True
        Whether the seed does not matter.
    kind : {"estimate", "lowerBound", "upperBound"}
        What its numbers are.
    invariances, resampling : sequence of str
        As in ``mi list --json``.
    groups : {"refused", "unaffected", "kept"}, optional
        What it does where rows come in groups: it keeps them together where it trains on some rows and
        scores others (default for a function that has the argument `groups`); its number does not
        depend on them; or they are refused (default for other functions).
    replace : bool, default False
        Replace a function registered under the same id.

    Returns
    -------
    callable
        The function.

    Examples
    --------
    >>> import numpy as np, mutualinformation as mi
    >>> @mi.register("correlation", replace=True)
    ... def correlation(x, y):
    ...     "Gaussian information of the first columns."
    ...     return -0.5 * np.log1p(-np.corrcoef(x[:, 0], y[:, 0])[0, 1] ** 2)
    >>> mi.score("correlation", n=200, replicates=5).failures
    []
    """
    if function is None:
        return lambda function: register(
            id, function, version=version, kinds=kinds, summary=summary, reference=reference,
            minimum_samples=minimum_samples, maximum_dimension=maximum_dimension,
            deterministic=deterministic, kind=kind, invariances=invariances,
            resampling=resampling, groups=groups, replace=replace)
    parameters, takes = _parameters(function)
    if groups not in (None, "refused", "unaffected", "kept"):
        raise InputError(
            "groups is %r; it needs 'refused', 'unaffected' or 'kept'." % (groups,), "invalidOption")
    if groups == "kept" and "groups" not in takes:
        raise InputError(
            "groups is 'kept'; it needs a function with the argument groups.", "invalidOption")
    lines = (summary or inspect.getdoc(function) or id).strip().splitlines()
    description = {
        "id": id, "version": str(version), "summary": lines[0] if lines else id,
        "reference": reference, "kinds": [kinds] if isinstance(kinds, str) else list(kinds),
        "minimumSamples": minimum_samples, "deterministic": bool(deterministic),
        "estimateKind": kind, "invariances": list(invariances), "resampling": list(resampling),
        "groups": groups or ("kept" if "groups" in takes else "refused"),
        "parameters": parameters}
    if maximum_dimension is not None:
        description["maximumDimension"] = maximum_dimension
    callback = _callback(id, function, takes)
    with _lock:
        if replace:
            _calls.Answer(_lib.mi_core_unregister(_library.core, _calls.text("id", id)))
        _calls.raise_for(_calls.Answer(_lib.mi_core_register(
            _library.core, _calls.options(**description), callback, None)))
        _kept.append(callback)
    return function


def unregister(id: str) -> None:
    """Removes an estimator that `register` added.

    Parameters
    ----------
    id : str
        Its id.
    """
    _calls.raise_for(_calls.Answer(
        _lib.mi_core_unregister(_library.core, _calls.text("id", id))))


def load_plugin(
    path: str, *, trust: bool = False, deadline: float = 600.0, memory: int = 8192,
    processes: Optional[int] = None,
) -> List[str]:
    """Adds the estimators of a plugin, which run in processes of their own.

    Parameters
    ----------
    path : str
        A folder, a library, a program, or ``'command {csv} {dx} {dy}'``, as after ``mi --plugin``.
    trust : bool, default False
        Use files that other users may change.
    deadline : float, default 600
        Seconds for each estimate.
    memory : int, default 8192
        Megabytes that each process may use; 0 sets no limit.
    processes : int, optional
        Processes at once (default: all cores).

    Returns
    -------
    list of str
        The ids that were added.
    """
    host = _command.program()
    answer = _calls.raise_for(_calls.Answer(_lib.mi_core_load_plugin(
        _library.core, _calls.text("path", path), str(host).encode() if host else None,
        _calls.options(
            trust=bool(trust), deadline=_calls.real("deadline", deadline),
            memory=_calls.whole("memory", memory, 0, 2**30),
            processes=processes or _calls.all_cores()))))
    return json.loads(answer.text)
