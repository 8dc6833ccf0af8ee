#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An estimator that does nothing: what is left of a call's time is the door."""
from mi_plugin import estimator, serve


@estimator(id="empty-python", minimum_samples=1, deterministic=True)
def empty(x, y, seed):
    """Nothing."""
    return 0.25


serve()
