# SPDX-License-Identifier: MIT
"""The driver: plan, batches on Ray, one writer."""

from __future__ import annotations

import collections
import json
import time
from typing import Any, Callable, Dict, List, NamedTuple, Optional

from .._errors import EstimationError
from . import _worker
from ._batches import Batches, Costs, Unit
from ._store import Plan, Writer, complaint

#: Seconds of work in a batch; on many cores more, so that the driver keeps up (docs/scaling.md).
BATCH_SECONDS = 5.0
#: Seconds of a core's work that pay for one batch of the driver's time, for each core.
SECONDS_A_SLOT = 0.01
#: Seconds that rows wait for others on their node, for each core, and at least a tenth of a batch.
FLUSH_A_SLOT = 0.003
#: Workers that may die before the first row comes: more, and the cluster is to blame.
HOPELESS = 20
#: Batches sent for each core: one runs, one waits.
AHEAD = 2


class Failed(EstimationError):
    """The run cannot go on: what a worker or Ray said."""


class Job(NamedTuple):
    """What is run: the commands of the core, here and on the nodes."""

    plan: List[str]
    work: List[str]
    commit: List[str]
    #: Whether a unit that ended its workers is a row of the store.
    records_lost: bool = True
    #: Bytes that Ray is to keep free for each core.
    memory: Optional[int] = None


class Run:
    """One run of a job; `finish` gives what it did."""

    def __init__(
        self, ray: Any, job: Job, seconds: Optional[float] = None,
        progress: Callable[["Run"], Any] = lambda run: None,
        stopped: Callable[[], bool] = lambda: False,
    ):
        self._ray, self._job, self._asked = ray, job, seconds
        self._progress, self._stopped = progress, stopped
        self._running: Dict[Any, Dict[int, Unit]] = {}  # a batch's units without result
        self._started = self._looked = time.monotonic()
        self.ran, self.failures = 0, collections.Counter()
        self.batches, self.deaths, self.cancelled = 0, 0, False
        self._slots = 0
        ray.cloudpickle.register_pickle_by_value(_worker)
        options: Dict[str, Any] = {"num_cpus": 1, "max_retries": 0, "num_returns": "streaming"}
        if job.memory:
            options["memory"] = job.memory
            largest = max(node["Resources"].get("memory", 0) for node in ray.nodes())
            if largest < job.memory:
                raise Failed(
                    "No node has %.1f GB for a trial; the largest has %.1f GB." % (
                        job.memory / 2**30, largest / 2**30), "failed")
        self._remote = ray.remote(**options)(_worker.run_batch)

    @property
    def slots(self) -> int:
        """Cores of the cluster, which may grow and shrink."""
        now = time.monotonic()
        if not self._slots or now - self._looked > 5:
            self._slots = max(int(self._ray.cluster_resources().get("CPU", 1)), 1)
            self._looked = now
        return self._slots

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    @property
    def seconds_left(self) -> Optional[float]:
        return self.costs.seconds / self.slots if self.ran else None

    def finish(self) -> Dict[str, Any]:
        """Runs what the store lacks.

        Returns
        -------
        dict
            planned, present, ran, failures by code, cancelled, seconds; batches, deaths of workers.
        """
        plan = Plan(self._job.plan)
        self.warnings = plan.warnings
        self.costs = Costs(plan.head["kinds"])
        target = self._asked or max(BATCH_SECONDS, SECONDS_A_SLOT * self.slots)
        self._batches = Batches(plan, self.costs, target)
        self._target = target
        # A plan may choose the store, as that of a check does: the cache.
        store = plan.head.get("store")
        self._writer = Writer(self._job.commit + (["--store", store] if store else []))
        try:
            self._loop()
        finally:
            # Whatever happened, the rows that came are kept.
            plan.process.kill()
            self._writer.close()
        return {
            "planned": plan.head["planned"], "present": plan.head["present"], "ran": self.ran,
            "failures": dict(self.failures), "cancelled": self.cancelled,
            "complete": not self.costs.count, "seconds": self.seconds,
            "batches": self.batches, "deaths": self.deaths, "added": self._writer.added}

    def _loop(self) -> None:
        while True:
            if self._stopped():
                self.cancelled = self.costs.count > 0
                self._collect(0)
                return
            while len(self._running) < AHEAD * self.slots:
                batch = self._batches.form(self.slots)
                if not batch:
                    break
                self._send(batch)
            if not self._running:
                return
            self._collect(0.25)
            self._progress(self)

    def _send(self, batch: List[Unit]) -> None:
        # A batch that takes four times its time gives back what it did not begin.
        words = self._job.work + ["--for", "%gs" % max(4 * self._target, 1)]
        flush = max(self._target / 10, FLUSH_A_SLOT * self.slots)
        stream = self._remote.remote(words, _worker.pack([unit.line for unit in batch]), flush)
        self._running[stream] = {unit.id: unit for unit in batch}
        self.batches += 1

    def _collect(self, timeout: float) -> None:
        streams = list(self._running)
        if not streams:
            return
        ready, _ = self._ray.wait(streams, num_returns=len(streams), timeout=0)
        if not ready and timeout > 0:
            ready, _ = self._ray.wait(streams, num_returns=1, timeout=timeout)
        for stream in ready:
            self._take(stream)

    def _take(self, stream: Any) -> None:
        left = self._running[stream]
        raised = self._ray.exceptions
        try:
            first, second = self._ray.get(next(stream))
        except (raised.RayTaskError, raised.RuntimeEnvSetupError) as found:
            raise Failed("A worker failed: %s" % found, "failed") from found
        except StopIteration:
            self._end(stream, left, 0, "")
        except raised.RayError as found:
            of_node = not isinstance(found, (raised.WorkerCrashedError, raised.OutOfMemoryError))
            self._died(stream, left, str(found).splitlines()[0], of_node)
        else:
            if isinstance(first, list):
                self._keep(left, first, second)
            else:
                self._end(stream, left, first, second)

    def _keep(self, left: Dict[int, Unit], done: List[Any], rows: bytes) -> None:
        self._writer.write(b"".join(_worker.unpack(rows)))
        for number, wall, failure in done:
            self.costs.learn(left.pop(number), wall)
            self.ran += 1
            if failure:
                self.failures[failure] += 1

    def _end(self, stream: Any, left: Dict[int, Unit], status: int, errors: str) -> None:
        if 0 < status < 128:  # it cannot start, or the plan is wrong: it would say the same again
            raise complaint(status, errors)
        if status != 0:
            self._died(stream, left, "the core died of signal %d" % (abs(status) % 128), False)
            return
        del self._running[stream]
        self._batches.give_back(left.values())

    def _died(self, stream: Any, left: Dict[int, Unit], reason: str, of_node: bool) -> None:
        del self._running[stream]
        self.deaths += 1
        if self.ran == 0 and self.deaths >= HOPELESS:
            raise Failed("%d workers died and none answered: %s" % (self.deaths, reason), "failed")
        if not left:
            return
        lost = self._batches.died(list(left.values()), of_node)
        if lost is None:
            return
        self.costs.drop(lost)
        self.ran += 1
        self.failures["lost"] += 1
        if self._job.records_lost:
            unit = json.loads(lost.line)
            what = "nodes were lost" if of_node else "worker died twice"
            sentence = "This trial's %s: %s." % (what, reason.rstrip("."))
            line = {"id": lost.id, "lost": sentence, "unit": unit["unit"]}
            self._writer.write(json.dumps(line).encode() + b"\n")


def run(job: Job, ray: Any, **options: Any) -> Dict[str, Any]:
    """Runs a job on the cluster that `ray` is connected to; see `Run`."""
    return Run(ray, job, **options).finish()
