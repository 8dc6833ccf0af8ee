# SPDX-License-Identifier: MIT
"""Units of work, formed into batches of about equal time."""

from __future__ import annotations

import collections
import json
from typing import Any, Deque, Dict, Iterable, List, NamedTuple, Optional

#: How often a unit may end its worker before it is given up.
TRIES = 2
#: How often the node under a unit may be lost before that is the unit's fault.
NODE_LOSSES = 10


class Unit(NamedTuple):
    """A line of a plan."""

    id: int
    kind: str
    seconds: float
    line: bytes


def parsed(line: bytes) -> Unit:
    """A unit from its line."""
    value = json.loads(line)
    return Unit(value["id"], value["kind"], value["seconds"], line)


class Costs:
    """What units of each kind take, learned while they run."""

    def __init__(self, kinds: Dict[str, Dict[str, float]]):
        self._left = {kind: [facts["count"], facts["seconds"]] for kind, facts in kinds.items()}
        self._seen: Dict[str, List[float]] = {}  # kind: seconds, expected seconds
        self._all = [0.0, 0.0]

    def ratio(self, kind: str) -> float:
        """How much longer than expected units of this kind take."""
        wall, expected = self._seen.get(kind, self._all)
        return wall / expected if expected > 0 else 1.0

    def expect(self, unit: Unit) -> float:
        return unit.seconds * self.ratio(unit.kind)

    def learn(self, unit: Unit, wall: float) -> None:
        for sums in (self._seen.setdefault(unit.kind, [0.0, 0.0]), self._all):
            sums[0] += wall
            sums[1] += unit.seconds
        self.drop(unit)

    def drop(self, unit: Unit) -> None:
        left = self._left.setdefault(unit.kind, [0, 0.0])
        left[0] -= 1
        left[1] -= unit.seconds

    @property
    def count(self) -> int:
        """Units that have no result yet."""
        return sum(int(left[0]) for left in self._left.values())

    @property
    def seconds(self) -> float:
        """Seconds of one core that they should take."""
        return sum(
            max(seconds, 0.0) * self.ratio(kind)
            for kind, (count, seconds) in self._left.items() if count > 0)


class Batches:
    """What is to be run, in the order of the plan; what comes back goes first."""

    def __init__(self, plan: Iterable[bytes], costs: Costs, seconds: float):
        self._plan = map(parsed, plan)
        self._next: Optional[Unit] = None
        self._whole: Deque[List[Unit]] = collections.deque()
        self._back: Deque[Unit] = collections.deque()
        self._deaths: Dict[int, int] = collections.Counter()
        self._node_losses: Dict[int, int] = collections.Counter()
        self.costs = costs
        self.seconds = seconds

    def _take(self) -> Optional[Unit]:
        return self._back.popleft() if self._back else next(self._plan, None)

    def form(self, slots: int) -> List[Unit]:
        """The next batch, empty at the end.

        Its time is what was asked for, and less near the end, so that all cores end together.
        """
        if self._whole:
            return self._whole.popleft()
        target = min(self.seconds, max(self.costs.seconds / (3 * slots), self.seconds / 20))
        batch: List[Unit] = []
        expected = 0.0
        while expected < target:
            unit = self._take()
            if unit is None:
                break
            batch.append(unit)
            expected += self.costs.expect(unit)
        return batch

    def give_back(self, units: Iterable[Unit]) -> None:
        """Units that a worker did not begin."""
        self._back.extend(units)

    def died(self, units: List[Unit], of_node: bool) -> Optional[Unit]:
        """Splits what a dead worker left; a unit that was alone too often is given up: returned.

        The worker's last rows may have died with it, so that any of the units may be the one.
        """
        if len(units) > 1:
            half = len(units) // 2
            self._whole.extend((units[:half], units[half:]))
            return None
        unit = units[0]
        counts, limit = (
            (self._node_losses, NODE_LOSSES) if of_node else (self._deaths, TRIES))
        counts[unit.id] += 1
        if counts[unit.id] >= limit:
            return unit
        self._whole.append([unit])
        return None
