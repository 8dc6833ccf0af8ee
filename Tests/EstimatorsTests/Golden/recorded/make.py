# SPDX-License-Identifier: MIT
"""Mutual information of normal pairs that were rounded, by quadrature over cells: python make.py

The table of probabilities of the rounded pair: over each cell of x the density of x times the
probability of each cell of y given x, by 40 points of Gauss and Legendre."""
import json
import pathlib
import numpy as np
from scipy.stats import norm


def information(rho, dx, dy):
    scale = np.sqrt(1 - rho**2)
    cells_x, cells_y = (np.arange(-int(8 / d), int(8 / d) + 1) for d in (dx, dy))
    points, weights = np.polynomial.legendre.leggauss(40)
    low, high = (cells_y - 0.5) * dy, (cells_y + 0.5) * dy
    table = np.zeros((len(cells_x), len(cells_y)))
    for row, cell in enumerate(cells_x):
        x = cell * dx + points * dx / 2
        given = norm.cdf((high - rho * x[:, None]) / scale) - norm.cdf((low - rho * x[:, None]) / scale)
        table[row] = ((norm.pdf(x) * weights * dx / 2)[:, None] * given).sum(axis=0)
    table /= table.sum()
    independent = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True)
    seen = table > 0
    return float((table[seen] * np.log(table[seen] / independent[seen])).sum())


cases = [
    {"rho": rho, "dx": dx, "dy": dy, "recorded": information(rho, dx, dy)}
    for rho in (0.3, 0.6, 0.9)
    for dx, dy in ((0.1, 0.1), (0.5, 0.5), (0.7, 0.7), (0.7, 0.2))]
path = pathlib.Path(__file__).with_name("rounded_normal.json")
path.write_text(json.dumps(cases, indent=1) + "\n")
