# SPDX-License-Identifier: MIT
"""``mi-ray check`` and ``mi-ray distill study``: what they become.

Both do their work on the cluster and then run the command itself here, which finds the work done.
"""

from __future__ import annotations

import argparse
from typing import List

from ._carry import Luggage
from ._engine import Job

#: Options that `mi distill study` has and its parts have not.
ONLY_STUDY = ("report", "cache")


def check_words(rest: List[str], luggage: Luggage) -> List[str]:
    """The check itself."""
    return [luggage.program, "check", *rest]


def check_job(rest: List[str], luggage: Luggage) -> Job:
    """The trials of scorecards; they need no data, and the plan names the cache."""
    return Job(
        plan=check_words(rest, luggage) + ["--plan"],
        work=[luggage.remote_program, "bench", "calibrate"],
        commit=[luggage.program, "bench", "commit"], records_lost=False)


def study_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options that are not the same here and there."""
    parser.add_argument("folder", help="the folder of views, sent along")
    parser.add_argument("--store", required=True, help="the store; made where there is none")
    parser.add_argument("--groups", help="labels of groups that no split may part, sent along")
    for name in ONLY_STUDY:
        parser.add_argument("--" + name, help="as in mi distill study")
    parser.add_argument("--no-cache", action="store_true", help="as in mi distill study")


def _with_groups(words: List[str], groups: str) -> List[str]:
    return words + (["--groups", groups] if groups else [])


def study_job(arguments: argparse.Namespace, rest: List[str], luggage: Luggage) -> Job:
    """Students with their teachers; the data go along."""
    groups = luggage.add(arguments.groups) if arguments.groups else ""
    there = [luggage.remote_program, "distill", "pairs", luggage.add(arguments.folder), *rest]
    here = [luggage.program, "distill", "plan", arguments.folder, *rest]
    return Job(
        plan=_with_groups(here, arguments.groups) + ["--store", arguments.store],
        work=_with_groups(there, groups) + ["--threads", "1"],
        commit=[luggage.program, "bench", "commit", "--store", arguments.store],
        records_lost=False)


def study_report(arguments: argparse.Namespace, rest: List[str], luggage: Luggage) -> List[str]:
    """The study itself, which finds its pairs in the store."""
    words = [luggage.program, "distill", "study", arguments.folder, *rest,
             "--store", arguments.store]
    for name in ONLY_STUDY:
        value = getattr(arguments, name)
        words += ["--" + name, value] if value else []
    words += ["--no-cache"] if arguments.no_cache else []
    return _with_groups(words, arguments.groups)
