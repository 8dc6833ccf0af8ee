# SPDX-License-Identifier: MIT
"""Workers and whole raylets killed at random moments: nothing is lost, nothing is there twice.

Two kills of each kind; ten with MI_SLOW_TESTS=1, over a study of some minutes.
"""

import os
import random
import time

import pytest

pytest.importorskip("ray", reason="Ray is not installed; make test-ray sets it up")

from .conftest import Raylets, count, finish, local, rows, start, wait_for_rows  # noqa: E402

KILLS = 10 if os.environ.get("MI_SLOW_TESTS") == "1" else 2
SEEDS = 8 * KILLS
STUDY = ["bmi-v1", "-e", "ksg-1", "-n", "3000", "--seeds", SEEDS]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The rows of the local runner."""
    store = tmp_path_factory.mktemp("near") / "whole.sqlite"
    local(*STUDY, "--store", store)
    return rows(store)


def kill_worker(raylets):
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for worker in random.sample(found := raylets.workers(), len(found)):
            try:
                os.kill(worker, 9)
            except ProcessLookupError:
                continue
            return
        time.sleep(0.05)
    raise AssertionError("no worker was at work")


def kill_raylet(raylets):
    raylets.lose(random.choice(sorted(raylets.cluster.worker_nodes, key=raylets.pid)))


@pytest.mark.parametrize("kill", [kill_worker, kill_raylet])
def test_killing_loses_nothing_and_doubles_nothing(kill, whole, tmp_path):
    raylets = Raylets()
    try:
        store = tmp_path / "chaos.sqlite"
        process = start(raylets, *STUDY, "--store", store, "--batch", 2, "--json")
        wait_for_rows(store, process)
        killed = []
        for _ in range(KILLS):
            time.sleep(random.uniform(0, 3))
            if process.poll() is not None:
                break
            killed.append(count(store))
            kill(raylets)
        status, facts, errors = finish(process, 900)
        print("%s: %d of %d, at rows %s of %d; %s" % (
            kill.__name__, len(killed), KILLS, killed, len(whole), facts))
        assert status == 0, errors
        assert len(killed) == KILLS, "the run ended before all kills"
        assert facts["failures"] == {} and facts["ran"] == len(whole)
        assert rows(store) == whole
    finally:
        raylets.cluster.shutdown()
