# SPDX-License-Identifier: MIT
"""What an estimator is: the decorator, and the types of parameters."""

import inspect

#: Every decorated estimator, in the order of definition: id -> (description, function, whether it takes groups).
REGISTERED = {}


class Parameter:
    """One parameter: its type, with the values allowed, its default and one line of meaning."""

    def __init__(self, type, default, meaning="", minimum=None, maximum=None, choices=None):
        self.fields = {"type": type, "default": default, "meaning": meaning}
        for name, value in (("minimum", minimum), ("maximum", maximum), ("choices", choices)):
            if value is not None:
                self.fields[name] = value


def integer(default, minimum=0, maximum=None, meaning=""):
    """A whole number."""
    return Parameter("integer", default, meaning, minimum, maximum)


def number(default, minimum=None, maximum=None, meaning=""):
    """A number."""
    return Parameter("number", float(default), meaning, minimum, maximum)


def choice(default, choices, meaning=""):
    """One of some words."""
    return Parameter("choice", default, meaning, choices=list(choices))


def flag(default, meaning=""):
    """True or false."""
    return Parameter("flag", bool(default), meaning)


def _parameter(name, default):
    if isinstance(default, Parameter):
        return dict(default.fields, name=name)
    if isinstance(default, bool):
        kind = flag(default)
    elif isinstance(default, int):
        kind = integer(default)
    elif isinstance(default, float):
        kind = number(default)
    else:
        raise TypeError("parameter %s needs a default that is a number, a bool, or one of "
                        "mi_plugin.integer, number, choice and flag" % name)
    return dict(kind.fields, name=name)


def estimator(id, version="1", kinds=("continuous-continuous",), summary=None, reference="",
              minimum_samples=4, maximum_dimension=None, deterministic=False, kind="estimate",
              invariances=(), resampling=("subsampling",), groups=None):
    """Registers a function `(x, y, seed, **parameters) -> float | Estimate`.

    A function with an argument `groups` is given the group of each row, an int32 array, or None; it
    keeps the rows of a group together where it trains on some rows and scores others. For one whose
    number does not depend on groups say `groups="unaffected"`; others are refused data in groups.

    Other parameters are the function's own, after `seed`, with their defaults: `k=3`, or
    `k=integer(3, 1, 1000, "neighbors")` with a range.
    """

    def register(function):
        names = list(inspect.signature(function).parameters.values())
        if [p.name for p in names[:3]] != ["x", "y", "seed"]:
            raise TypeError("%s needs the arguments (x, y, seed, ...)" % function.__name__)
        if id in REGISTERED:
            raise ValueError("two estimators are called %s" % id)
        takes_groups = any(p.name == "groups" for p in names[3:])
        if groups == "kept" and not takes_groups:
            raise TypeError("%s needs the argument groups to keep them" % function.__name__)
        lines = (summary or inspect.getdoc(function) or id).splitlines()
        description = {
            "id": id, "version": str(version), "summary": lines[0], "reference": reference,
            "kinds": [kinds] if isinstance(kinds, str) else list(kinds),
            "minimumSamples": minimum_samples, "deterministic": deterministic,
            "estimateKind": kind, "invariances": list(invariances),
            "resampling": list(resampling),
            "groups": groups or ("kept" if takes_groups else "refused"),
            "parameters": [_parameter(p.name, p.default) for p in names[3:] if p.name != "groups"],
        }
        if maximum_dimension is not None:
            description["maximumDimension"] = maximum_dimension
        REGISTERED[id] = (description, function, takes_groups)
        return function

    return register
