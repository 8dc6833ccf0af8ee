# SPDX-License-Identifier: MIT
"""How far a run is, and what it did, in words."""

from __future__ import annotations

import sys
import time
from typing import Any, Dict


def clock(seconds: float) -> str:
    """``1:02:03`` or ``2:03``."""
    whole = int(seconds + 0.999)
    hours, minutes = whole // 3600, whole // 60 % 60
    return "%d:%02d:%02d" % (hours, minutes, whole % 60) if hours else "%d:%02d" % (
        minutes, whole % 60)


class Line:
    """One line on stderr, in place of the last one; silent where stderr is no terminal."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._width = 0
        self._warned = False
        self._due = 0.0

    def show(self, run: Any) -> None:
        if run.warnings and not self._warned:
            print(run.warnings, file=sys.stderr)
        self._warned = True
        now = time.monotonic()
        if not self._is_terminal or now < self._due:
            return
        self._due = now + 0.5
        left = run.seconds_left
        text = "%d of %d, %d failed, %d cores%s" % (
            run.ran, run.ran + run.costs.count, sum(run.failures.values()), run.slots,
            "" if left is None else ", %s left" % clock(left))
        sys.stderr.write("\r" + text.ljust(self._width))
        sys.stderr.flush()
        self._width = len(text)

    def clear(self) -> None:
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()


def summary(facts: Dict[str, Any], store: str) -> str:
    """What a run did."""
    codes = ", ".join("%s %d" % pair for pair in sorted(facts["failures"].items()))
    return (
        "%d trials: %d run in %.1f s, %d were there, %d failed%s%s\n"
        "%d batches, %d workers died\nmi bench report %s shows them." % (
            facts["planned"], facts["ran"], facts["seconds"], facts["present"],
            sum(facts["failures"].values()), " (%s)" % codes if codes else "",
            "; cancelled, the same command goes on" if facts["cancelled"] else "",
            facts["batches"], facts["deaths"], store))
