#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""benchmark-mi (Czyz et al. 2023, arXiv 2306.11078): KSG, CCA, InfoNCE and MINE."""

from mi_plugin import estimator, integer, missing, serve

try:
    import bmi
except ImportError:
    missing("bmi", "benchmark-mi")

CZYZ = "Czyz et al. 2023, arXiv 2306.11078"
NUMBERS = ["continuous-continuous"]


@estimator(id="bmi-ksg", version="1", kinds=NUMBERS, minimum_samples=15, reference=CZYZ)
def ksg(x, y, seed, k=integer(10, 1, 1000, "nearest neighbors")):
    """KSGEnsembleFirstEstimator of one k, after standardization."""
    return bmi.estimators.KSGEnsembleFirstEstimator(neighborhoods=(k,)).estimate(x, y)


@estimator(id="bmi-cca", version="1", kinds=NUMBERS, minimum_samples=10, deterministic=True,
           reference=CZYZ)
def cca(x, y, seed):
    """CCAMutualInformationEstimator."""
    return bmi.estimators.CCAMutualInformationEstimator().estimate(x, y)


@estimator(id="bmi-infonce", version="1", kinds=NUMBERS, minimum_samples=512, kind="lowerBound",
           reference="van den Oord et al. 2018, arXiv 1807.03748")
def infonce(x, y, seed, steps=integer(10_000, 1, 1_000_000, "training steps")):
    """InfoNCEEstimator."""
    return bmi.estimators.InfoNCEEstimator(max_n_steps=steps, seed=seed % 2**31, verbose=False
                                           ).estimate(x, y)


@estimator(id="bmi-mine", version="1", kinds=NUMBERS, minimum_samples=512, kind="lowerBound",
           reference="Belghazi et al. 2018, arXiv 1801.04062")
def mine(x, y, seed, steps=integer(10_000, 1, 1_000_000, "training steps")):
    """MINEEstimator."""
    return bmi.estimators.MINEEstimator(max_n_steps=steps, seed=seed % 2**31, verbose=False
                                        ).estimate(x, y)


serve()
