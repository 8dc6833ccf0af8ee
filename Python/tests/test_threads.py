# SPDX-License-Identifier: MIT
"""Several Python threads at once, and Ctrl-C."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import numpy as np
import pytest

import mutualinformation as mi


def test_eight_threads_get_the_numbers_of_one():
    rng = np.random.default_rng(3)
    x = rng.normal(size=(60, 2))
    y = x + rng.normal(size=(60, 2))
    labels = (x[:, 0] > 0).astype(np.int32)
    mi.register("threads-test", lambda x, y: float(x[0, 0] * y[0, 0]), replace=True)

    def call(index):
        kind = index % 10
        rows = slice(index % 17, None)
        try:
            if kind == 0:
                return mi.estimate(x[rows], y[:7]).nats
            if kind == 1:
                return mi.pairwise(x[rows], labels[rows]).tolist()
            if kind == 2:
                return mi.estimate(x[rows], y[rows], "threads-test").nats
            if kind == 3:
                return mi.estimate(labels[rows], labels[rows]).to_dict()["nats"]
            name = ("gaussian", "ksg-1", "ksg-2", "gaussian-copula", "binning", "weighted-kl")
            return mi.estimate(
                x[rows], y[rows], name[kind - 4], threads=1 + index % 3, seed=index).nats
        except ValueError as error:
            return str(error)

    expected = [call(index) for index in range(1000)]
    found = [None] * 8

    def work(place):
        found[place] = [call(index) for index in range(1000)]

    threads = [threading.Thread(target=work, args=(place,)) for place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(one == expected for one in found)


def test_the_gil_is_released():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(3000, 20))
    counted = [0]
    running = [True]

    def count():
        while running[0]:
            counted[0] += 1
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    time.sleep(0.02)
    before = counted[0]
    mi.estimate(x, x + rng.normal(size=x.shape), "ksg-1", threads=1)
    during = counted[0] - before
    running[0] = False
    thread.join()
    assert during >= 3


INTERRUPTED = """
    import sys, time
    sys.path.insert(0, {path!r})
    import numpy as np, mutualinformation as mi
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200000, 6))
    def slow(x, y):
        time.sleep(0.05)
        return 0.0
    mi.register("slow", slow)
    print("ready", flush=True)
    try:
        {call}
        print("done")
    except KeyboardInterrupt:
        print("interrupted", flush=True)
    print(mi.estimate(x[:50], x[50:100], "gaussian").n)
"""


@pytest.mark.parametrize("call", [
    "mi.estimate(x, x + rng.normal(size=x.shape), 'ksg-1')",
    "mi.pairwise(rng.normal(size=(20000, 100)))",
    "mi.score('slow', n=50, replicates=10000)",
    "mi.bench('bmi-v1', 'slow', n=50, seeds=1000)",
    "mi.check({'t': x[:4000]}, x[:4000] + 1, (x[:4000, 0] > 0), replicates=500)",
])
def test_ctrl_c(call):
    code = textwrap.dedent(INTERRUPTED).format(
        path=str(Path(mi.__file__).resolve().parents[1]), call=call)
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    time.sleep(1.0)
    start = time.monotonic()
    os.kill(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert output == "interrupted\n50\n"
    assert time.monotonic() - start < 20


def test_an_exception_in_progress_cancels():
    class Stop(Exception):
        pass

    def progress(share, line):
        raise Stop(line)

    rng = np.random.default_rng(0)
    with pytest.raises(Stop):
        mi.score("ksg-1", n=200, replicates=50, progress=progress)
    seen = []
    mi.pairwise(rng.normal(size=(50, 4)), progress=lambda share, line: seen.append(share))
    assert max(seen) == 1.0
