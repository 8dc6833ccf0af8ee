# SPDX-License-Identifier: MIT
"""``mi-ray run``: the options of ``mi bench run``, and what they become."""

from __future__ import annotations

import argparse
import re
from typing import Any, List

from .._errors import InputError
from ._carry import Luggage
from ._engine import Job

#: Options of the study, which plan and work share: name, short name, repeatable, help.
STUDY = [
    ("estimator", "-e", True, "an estimator's id"),
    ("parameter", "-p", True, "name=value or ID:name=value"),
    ("task", None, True, "only tasks whose id matches, with * for any text"),
    ("n", "-n", False, "rows in each sample, with commas (1000)"),
    ("seeds", None, False, "a count, a range (10-19) or a list (3,7) (5)"),
    ("shard", None, False, "part i of N, as i/N"),
    ("plugin-deadline", None, False, "seconds a plugin has for each estimate"),
    ("plugin-memory", None, False, "megabytes each plugin process may use"),
]
FLAGS = [("trust", "use plugins whose files other users may change"),
         ("in-process", "load binary plugins into the trial's process")]


def bench_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options of ``mi bench run``."""
    parser.add_argument("suite", help="a built-in suite or a .json file with one")
    for name, short, repeatable, text in STUDY:
        names = ["--" + name] + ([short] if short else [])
        parser.add_argument(
            *names, help=text, metavar="TEXT", action="append" if repeatable else "store")
    for name, text in FLAGS:
        parser.add_argument("--" + name, action="store_true", help=text)
    parser.add_argument(
        "--plugin", action="append", default=[], metavar="PATH", help="a plugin, sent along")
    parser.add_argument("--store", required=True, help="the store; made where there is none")
    parser.add_argument("--deadline", help="the longest an estimate may take: 500ms, 60s, 5m")
    parser.add_argument("--memory", help="the most resident memory of a trial: 512MB, 2GB")
    parser.add_argument(
        "--retry", action="store_true", help="run trials again that failed before")


def study_words(arguments: argparse.Namespace) -> List[str]:
    """The study as words for the core."""
    words: List[str] = []
    for name, _short, repeatable, _text in STUDY:
        value = getattr(arguments, name.replace("-", "_"))
        for one in (value or []) if repeatable else [value] if value is not None else []:
            words += ["--" + name, one]
    for name, _text in FLAGS:
        if getattr(arguments, name.replace("-", "_")):
            words.append("--" + name)
    return words


def byte_count(text: str) -> int:
    """``512MB`` in bytes, as the core reads it."""
    match = re.fullmatch(r"([\d.]+)\s*([KMGT]?)B?", text, re.IGNORECASE)
    if match is None:
        raise InputError("--memory is %s; it needs a size such as 512MB." % text, "invalidOption")
    return int(float(match[1]) * 1024 ** " KMGT".index(match[2].upper() or " "))


def bench_job(arguments: argparse.Namespace, luggage: Luggage) -> Job:
    """The commands of a run."""
    words = study_words(arguments)
    here: List[Any] = [luggage.program, "bench"]
    there: List[Any] = [luggage.remote_program, "bench"]
    suite = arguments.suite
    sent = luggage.add(suite) if suite.endswith(".json") else suite
    plugins = [word for path in arguments.plugin for word in ("--plugin", path)]
    carried = [word for path in arguments.plugin for word in ("--plugin", luggage.plugin(path))]
    limits: List[str] = []
    for name in ("deadline", "memory"):
        value = getattr(arguments, name)
        limits += ["--" + name, value] if value is not None else []
    return Job(
        plan=here + ["plan", suite, *words, *plugins, "--store", arguments.store]
        + (["--retry"] if arguments.retry else []),
        # What was trusted here is trusted there: the nodes have copies of these very files.
        work=there + ["trials", sent, *words, *carried, *limits]
        + (["--trust"] if carried and "--trust" not in words else []),
        commit=here + ["commit", "--store", arguments.store],
        memory=None if arguments.memory is None else byte_count(arguments.memory))
