# SPDX-License-Identifier: MIT
"""The command ``mi-ray``."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
from typing import Any, Callable, Dict, List, Optional

from .._errors import MutualInformationError
from ._bench import bench_job, bench_options
from ._beyond import check_job, check_words, study_job, study_options, study_report
from ._carry import Luggage
from ._engine import Job, Run
from ._progress import Line, summary


def connect(address: Optional[str], runtime_env: Dict[str, Any]) -> Any:
    """The module ray, connected."""
    if (address or os.environ.get("RAY_ADDRESS", "")).startswith("ray://"):
        sys.exit("mi-ray: Ray Client (ray://) does not stream results. Run mi-ray on a machine of "
                 "the cluster with --address auto, or as a job: ray job submit -- mi-ray run ...")
    try:
        import ray
    except ImportError:
        sys.exit("mi-ray: Ray is not installed; pip install 'swift-mutual-information[ray]'.")
    try:
        ray.init(
            address=address, runtime_env=runtime_env, log_to_driver=False,
            logging_level="ERROR", configure_logging=True)
    except (ConnectionError, ValueError, RuntimeError) as found:
        sys.exit("mi-ray: no connection to Ray at %s: %s. (A cluster that asks for a token needs "
                 "RAY_AUTH_MODE=token here.)" % (address or "this machine", found))
    return ray


def options() -> argparse.ArgumentParser:
    """What every subcommand takes."""
    shared = argparse.ArgumentParser(add_help=False)
    group = shared.add_argument_group("Ray")
    group.add_argument(
        "--address", help="of the cluster, for example auto or head:6379 (default: "
        "RAY_ADDRESS, else a cluster of this machine for the time of the run)")
    group.add_argument("--core", help="the path of mi on every node; without it, it is sent")
    group.add_argument("--batch", type=float, metavar="SECONDS", help="of work in a batch")
    group.add_argument("--json", action="store_true", help="print one JSON object")
    parser = argparse.ArgumentParser(
        prog="mi-ray", description="Past one machine: mi on a Ray cluster, the same rows.",
        epilog="docs/scaling.md has the figures, docs/engines.md how it works.")
    commands = parser.add_subparsers(dest="command", required=True)
    bench_options(commands.add_parser(
        "run", parents=[shared], allow_abbrev=False, help="mi bench run on the cluster",
        description="The trials of mi bench run that the store lacks; all else as there."))
    commands.add_parser(
        "check", parents=[shared], allow_abbrev=False, help="mi check, calibrated on the cluster",
        description="The trials of the scorecards on the cluster, into the cache of mi check; then "
        "mi check itself, here. Takes the options of mi check.")
    distill = commands.add_parser("distill", help="mi distill study on the cluster")
    study_options(distill.add_subparsers(dest="what", required=True).add_parser(
        "study", parents=[shared], allow_abbrev=False, description="Every student with all its "
        "teachers on the cluster, then the report. Takes the options of mi distill study."))
    return parser


#: The signals that asked to stop.
asked: List[int] = []


def listen() -> Callable[[], bool]:
    """Makes the first Ctrl-C a request to stop; the second one ends the process."""
    def stop(number: int, _frame: Any) -> None:
        if asked:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        asked.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    return lambda: bool(asked)


def status_of_stop() -> int:
    """The exit status of a run that a signal stopped, as a shell gives it."""
    return 128 + (asked[0] if asked else signal.SIGINT)


def execute(
    arguments: argparse.Namespace, job: Job, luggage: Luggage, rounds: bool = False
) -> Dict[str, Any]:
    """Runs a job, in `rounds` until its plan is empty; what it did."""
    ray = connect(arguments.address, luggage.runtime_env())
    line, stopped, ran, seconds = Line(), listen(), 0, 0.0
    try:
        while True:
            facts = Run(ray, job, arguments.batch, line.show, stopped).finish()
            last = not facts["ran"] or facts["cancelled"] or facts["failures"].get("lost")
            ran, seconds = ran + facts["ran"], seconds + facts["seconds"]
            if last or not rounds:
                return {**facts, "ran": ran, "seconds": seconds}
    finally:
        line.clear()
        ray.shutdown()


def take_standard_output() -> int:
    """Keeps stdout for the answer alone: what Ray prints there goes to stderr from now on."""
    sys.stdout.flush()
    answers = os.dup(1)
    os.dup2(2, 1)
    return answers


def bench(arguments: argparse.Namespace, luggage: Luggage, answers: int) -> int:
    """``mi-ray run``; its exit status."""
    facts = execute(arguments, bench_job(arguments, luggage), luggage)
    if arguments.json:
        facts = {"schema": "mi.bench.run/1", "store": arguments.store, **facts}
        text = json.dumps(facts, indent=2, sort_keys=True)
    else:
        text = summary(facts, arguments.store)
    os.write(answers, (text + "\n").encode())
    return status_of_stop() if facts["cancelled"] else 0


def beyond(
    arguments: argparse.Namespace, rest: List[str], luggage: Luggage, answers: int
) -> int:
    """``mi-ray check`` and ``mi-ray distill study``: the work there, the answer here."""
    if arguments.command == "check":
        job, last = check_job(rest, luggage), check_words(rest, luggage)
    else:
        job, last = study_job(arguments, rest, luggage), study_report(arguments, rest, luggage)
    facts = execute(arguments, job, luggage, rounds=arguments.command == "check")
    lost = facts["failures"].get("lost", 0)
    print("mi-ray: %d units of work in %.1f s on the cluster%s" % (
        facts["ran"] - lost, facts["seconds"], ", %d are left" % lost if lost else ""),
        file=sys.stderr)
    if facts["cancelled"]:
        return status_of_stop()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the core now
    return subprocess.call(last + (["--json"] if arguments.json else []), stdout=answers)


def main(words: Optional[List[str]] = None) -> None:
    """Runs the command and ends with the exit status of `mi`."""
    parser = options()
    arguments, rest = parser.parse_known_args(words)
    if rest and arguments.command == "run":
        parser.error("unrecognized arguments: %s" % " ".join(rest))
    answers = take_standard_output()
    try:
        luggage = Luggage(arguments.core)
        if arguments.command == "run":
            sys.exit(bench(arguments, luggage, answers))
        sys.exit(beyond(arguments, rest, luggage, answers))
    except MutualInformationError as found:
        print("mi-ray: %s" % found, file=sys.stderr)
        sys.exit(getattr(found, "status", 65 if isinstance(found, ValueError) else 70))
