# SPDX-License-Identifier: MIT
"""Several Python threads at once."""

import threading
import time

import numpy as np

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
