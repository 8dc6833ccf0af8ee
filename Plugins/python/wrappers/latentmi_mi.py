#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""latentmi (Gowri et al. 2024, arXiv 2409.02732): KSG on learned low-dimensional latents."""

import math

import numpy
from mi_plugin import Estimate, estimator, integer, missing, serve

try:
    import torch
    from latentmi import lmi
except ImportError:
    missing("latentmi")


@estimator(id="latentmi", version="1", kinds=["continuous-continuous"], minimum_samples=100,
           reference="Gowri et al. 2024, arXiv 2409.02732")
def latent(x, y, seed, latents=integer(8, 1, 64, "latent dimensions of each side"),
           epochs=integer(300, 1, 10_000, "training epochs")):
    """lmi.estimate; its pointwise values are in bits and become nats here."""
    torch.manual_seed(seed % 2**63)
    numpy.random.seed(seed % 2**32)  # draws the rows to train on
    torch.set_num_threads(1)
    pointwise = lmi.estimate(x, y, N_dims=latents, epochs=epochs, quiet=True)[0]
    kept = [float(v) * math.log(2) for v in pointwise if not math.isnan(float(v))]
    return Estimate(sum(kept) / len(kept), diagnostics={"rowsEvaluated": len(kept)},
                    warnings=[("halfOfTheRows", "%d of %d rows were evaluated; the others trained "
                               "the latents." % (len(kept), len(x)))])


serve()
