# SPDX-License-Identifier: MIT
"""benchmark-mi's neural estimators.

    bmi_peer.py MINE|InfoNCE X Y [X Y ...]   estimates at its defaults, a line of JSON each
    bmi_peer.py step CASE                    seconds of a training step, CASE as run.py names it
"""
import json, sys, time
import numpy as np
import bmi

MINE, INFONCE = bmi.estimators.MINEEstimator, bmi.estimators.InfoNCEEstimator


def estimates(kind, files):
    for a, b in zip(files[::2], files[1::2]):
        start, cpu = time.perf_counter(), time.process_time()
        nats = float(kind(verbose=False).estimate(np.load(a), np.load(b)))
        print(json.dumps({"nats": nats, "seconds": time.perf_counter() - start,
                          "cpu": time.process_time() - cpu}), flush=True)


def step_times(case):
    """The difference of a long run and a short one, so that compiling is in neither; least of three."""
    id, *_, hidden = case.split()
    kind, batch, steps = (MINE, 256, 300) if id == "mine" else (INFONCE, 128, 12)
    random = np.random.default_rng(0)
    x = random.standard_normal((5000, 20))
    y = 0.6 * x + 0.8 * random.standard_normal((5000, 20))

    def run(steps):
        start, cpu = time.perf_counter(), time.process_time()
        # A test of 50 rows at the end of both runs: what is left is the steps.
        kind(batch_size=batch, max_n_steps=steps, test_every_n_steps=steps, learning_rate=1e-3,
             hidden_layers=tuple(map(int, hidden.split("-"))), train_test_split=0.99,
             verbose=False).estimate(x, y)
        return time.perf_counter() - start, time.process_time() - cpu

    run(2)
    pairs = [(run(2), run(2 + steps)) for _ in range(3)]
    wall, cpu = (min((long[i] - short[i]) / steps for short, long in pairs) for i in (0, 1))
    print(json.dumps({"wall": wall, "cpu": cpu}))


if sys.argv[1] == "step":
    step_times(sys.argv[2])
else:
    estimates({"MINE": MINE, "InfoNCE": INFONCE}[sys.argv[1]], sys.argv[2:])
