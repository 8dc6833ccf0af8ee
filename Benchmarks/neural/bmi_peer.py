# SPDX-License-Identifier: MIT
"""benchmark-mi's neural estimators at their defaults: bmi_peer.py MINE|InfoNCE X Y [X Y ...]"""
import json, sys, time
import numpy as np
import bmi

kind = {"MINE": bmi.estimators.MINEEstimator, "InfoNCE": bmi.estimators.InfoNCEEstimator}[sys.argv[1]]
for a, b in zip(sys.argv[2::2], sys.argv[3::2]):
    start, cpu = time.perf_counter(), time.process_time()
    nats = float(kind(verbose=False).estimate(np.load(a), np.load(b)))
    print(json.dumps({"nats": nats, "seconds": time.perf_counter() - start,
                      "cpu": time.process_time() - cpu}), flush=True)
