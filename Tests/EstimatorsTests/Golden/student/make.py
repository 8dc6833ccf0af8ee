# SPDX-License-Identifier: MIT
"""Information of Student pairs from scipy's entropies of multivariate_t: makes student.json."""
import json
import pathlib

import numpy as np
from scipy.stats import multivariate_t

cases = []
for d, rho, nu in [(1, 0.0, 1), (1, 0.7, 2), (2, 0.3, 2), (3, 0.5, 3), (5, 0.4, 2)]:
    shape = np.block([[np.eye(d), rho * np.eye(d)], [rho * np.eye(d), np.eye(d)]])
    side = multivariate_t(shape=np.eye(d), df=nu).entropy()
    both = multivariate_t(shape=shape, df=nu).entropy()
    cases.append({"d": d, "rho": rho, "nu": nu, "nats": float(2 * side - both)})
(pathlib.Path(__file__).parent / "student.json").write_text(json.dumps(cases, indent=1) + "\n")
