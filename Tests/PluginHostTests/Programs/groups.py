# SPDX-License-Identifier: MIT
"""Plugins whose number tells which groups they were given, and one that knows no groups."""

from mi_plugin import estimator, serve


@estimator(id="groups-python", deterministic=True)
def telling(x, y, seed, groups=None):
    if groups is None:
        return -1.0
    return sum(1e-6 * (i + 1) * int(group) for i, group in enumerate(groups))


@estimator(id="groups-unknown", deterministic=True)
def unknown(x, y, seed):
    return -1.0


serve()
