# SPDX-License-Identifier: MIT
"""Recorded pairs of known information: counts, ratings, rounding, grids, atoms, labels.

`cases(n, seed)` draws every case; truths are sums over tables or integrals over a fine grid, of the values as
they are recorded unless the case says that its steps are too fine to matter.
"""

import numpy as np
from scipy import special, stats

NORMAL = stats.norm
GRID = np.linspace(-8.5, 8.5, 17001)
WEIGHT = NORMAL.pdf(GRID) / NORMAL.pdf(GRID).sum()


def table_information(table):
    """The information of a table of probabilities, in nats."""
    p = table / table.sum()
    rows, columns = p.sum(1), p.sum(0)
    return float(
        special.xlogy(p, p).sum() - special.xlogy(rows, rows).sum() - special.xlogy(columns, columns).sum())


def entropy(p):
    return float(-special.xlogy(p, p).sum())


def borders(step, offset=0.0):
    """The borders between the cells of multiples of a step."""
    return (np.arange(np.floor(-8.5 / step) - 1, np.ceil(8.5 / step) + 2) + 0.5) * step + offset


def given_normal(cells, rho):
    """The probability of each cell of u given v on the grid, for a normal pair of correlation rho."""
    cut = NORMAL.cdf((cells[None, :] - rho * GRID[:, None]) / np.sqrt(1 - rho * rho))
    ends = np.zeros((len(GRID), 1))
    return np.diff(np.concatenate([ends, cut, ends + 1], 1), axis=1)


def cells_and_number(cells, rho):
    """u known by its cell, v as it is."""
    k = given_normal(cells, rho)
    p = WEIGHT @ k
    k, p = k[:, p > 1e-14], p[p > 1e-14]
    return float((WEIGHT[:, None] * (special.xlogy(k, k) - k * np.log(p))).sum())


def cells_and_cells(first, second, rho):
    """Both sides known by their cells."""
    k = given_normal(first, rho)
    table = np.zeros((len(second) + 1, k.shape[1]))
    np.add.at(table, np.searchsorted(second, GRID), WEIGHT[:, None] * k)
    return table_information(table)


def thinned(mean, share):
    """Poisson counts and the part of them that is kept."""
    k = np.arange(int(mean + 12 * np.sqrt(mean) + 20))
    table = np.zeros((len(k), len(k)))
    for a in k:
        table[a, :a + 1] = stats.poisson.pmf(a, mean) * stats.binom.pmf(np.arange(a + 1), a, share)
    return table_information(table)


def shared_rate(shape, mean, most=140):
    """Two Poisson counts of one gamma rate."""
    nodes, weights = np.polynomial.legendre.leggauss(400)
    rates = stats.gamma.ppf((nodes + 1) / 2, shape, scale=mean / shape)
    p = stats.poisson.pmf(np.arange(most)[None], rates[:, None])
    return table_information((p * weights[:, None] / 2).T @ p)


def censored(rho, floor):
    """max(u, floor) and v."""
    below, share = NORMAL.cdf((floor - rho * GRID) / np.sqrt(1 - rho * rho)), NORMAL.cdf(floor)
    density = NORMAL.pdf(GRID) * below / share
    at_floor = -special.xlogy(density, density).sum() * (GRID[1] - GRID[0])
    whole = 0.5 * np.log(2 * np.pi * np.e)
    return whole - share * at_floor - (1 - share) * (whole + 0.5 * np.log(1 - rho * rho))


def sine(noise):
    """x uniform on a period, y its sine with normal noise."""
    x = (np.arange(4000) + 0.5) / 4000
    y = np.linspace(-1 - 8 * noise, 1 + 8 * noise, 6001)
    density = NORMAL.pdf(y[None], np.sin(2 * np.pi * x)[:, None], noise).mean(0)
    return float(
        -special.xlogy(density, density).sum() * (y[1] - y[0]) - 0.5 * np.log(2 * np.pi * np.e * noise * noise))


def shifted(shift):
    """A coin, and a normal that moves with it."""
    y = np.linspace(-9, 9 + shift, 20001)
    a, b = NORMAL.pdf(y), NORMAL.pdf(y - shift)
    mean = 0.5 * (a + b)
    return float(0.5 * (special.xlogy(a, a / mean) + special.xlogy(b, b / mean)).sum() * (y[1] - y[0]))


def rounded_classes(means, step):
    cells = borders(step)
    rows = [np.diff(np.concatenate([[0], NORMAL.cdf(cells - m), [1]])) for m in means]
    return table_information(np.stack(rows) / len(means))


def counted_classes(means):
    return table_information(np.stack([stats.poisson.pmf(np.arange(200), m) for m in means]) / len(means))


def normal_pair(n, random, rho):
    u = random.standard_normal(n)
    return u, rho * u + np.sqrt(1 - rho * rho) * random.standard_normal(n)


def to_step(values, step):
    return np.round(values / step) * step


def cases(n, seed):
    """(group, name, x, y, information in nats) of every case."""
    r = np.random.default_rng([seed, n])
    out = []

    def add(group, name, x, y, truth):
        out.append((group, name, np.asarray(x), np.asarray(y), float(truth)))

    for mean, share in ((2.0, 0.5), (8.0, 0.7), (40.0, 0.3)):
        a = r.poisson(mean, n)
        add("counts", f"Poisson {mean:g}, thinned to {share:g}", a.astype(float),
            r.binomial(a, share).astype(float), thinned(mean, share))
    for shape, mean in ((2.0, 3.0), (0.5, 2.0), (4.0, 15.0)):
        rate = r.gamma(shape, mean / shape, n)
        add("counts", f"negative binomial, shape {shape:g}, mean {mean:g}", r.poisson(rate).astype(float),
            r.poisson(rate).astype(float), shared_rate(shape, mean))
    for rho in (0.0, 0.5, 0.9):
        for step in (0.01, 0.1, 0.25, 0.5, 1.0, 2.0):
            u, v = normal_pair(n, r, rho)
            add("rounded", f"normal {rho:g}, both to {step:g} sd", to_step(u, step), to_step(v, step),
                cells_and_cells(borders(step), borders(step), rho))
            u, v = normal_pair(n, r, rho)
            add("rounded", f"normal {rho:g}, x to {step:g} sd", to_step(u, step), v,
                cells_and_number(borders(step), rho))
    u, v = normal_pair(n, r, 0.7)
    add("rounded", "prices in cents", np.round(np.exp(3 + 0.5 * u), 2), np.round(np.exp(2 + 0.8 * v), 2),
        -0.5 * np.log(1 - 0.49))
    u, v = normal_pair(n, r, 0.7)
    add("rounded", "half degrees Celsius as Fahrenheit", to_step(u * 8 + 15, 0.5) * 1.8 + 32, v,
        cells_and_number(borders(0.5 / 8, -15 / 8 + np.floor(15 * 2) / 2 / 8), 0.7))
    u, v = normal_pair(n, r, 0.6)
    add("rounded", "one decimal in float32", np.round(u, 1).astype(np.float32),
        np.round(v, 1).astype(np.float32), cells_and_cells(borders(0.1), borders(0.1), 0.6))
    for floor, rho in ((0.0, 0.6), (-1.0, 0.8), (1.0, 0.0), (0.5, 0.7)):
        u, v = normal_pair(n, r, rho)
        add("atoms", f"normal {rho:g}, x censored at {floor:g}", np.maximum(u, floor), v, censored(rho, floor))
    u, z = r.standard_normal(n), r.random(n) < 0.4
    add("atoms", "zeros in both, independent", np.where(z, 0, np.exp(u)),
        np.where(r.random(n) < 0.3, 0, np.exp(r.standard_normal(n))), 0)
    (u, v), z = normal_pair(n, r, 0.8), r.random(n) < 0.4
    add("atoms", "zeros together, else log-normal 0.8", np.where(z, 0, np.exp(u)), np.where(z, 0, np.exp(v)),
        entropy(np.array([0.4, 0.6])) - 0.3 * np.log(1 - 0.64))
    d = r.integers(0, 7, n)
    add("few values", "weekday and a normal, independent", d.astype(float), r.standard_normal(n), 0)
    add("few values", "weekday and its noisy copy", d.astype(float),
        np.where(r.random(n) < 0.3, r.integers(0, 7, n), d).astype(float),
        table_information(0.3 / 49 * np.ones((7, 7)) + 0.1 * np.eye(7)))
    c = r.integers(0, 3, n)
    add("labels", "three classes, Poisson 2, 5, 9", r.poisson(np.array([2, 5, 9])[c]).astype(float), c,
        counted_classes([2, 5, 9]))
    c = r.integers(0, 2, n)
    add("labels", "two classes, normals to 0.2", to_step(r.standard_normal(n) + c, 0.2), c,
        rounded_classes([0, 1], 0.2))
    c = r.integers(0, 5, n)
    add("labels", "five classes, whole numbers, independent", np.round(20 * r.standard_normal(n) + 100), c, 0)
    add("grids", "even grid and its sine", np.arange(n) / n,
        np.sin(2 * np.pi * np.arange(n) / n) + 0.3 * r.standard_normal(n), sine(0.3))
    add("grids", "even grid and a normal", np.arange(n).astype(float), r.standard_normal(n), 0)
    add("grids", "even grid and a coin", np.arange(n).astype(float), r.integers(0, 2, n), 0)
    b = r.integers(0, 2, n).astype(float)
    add("few values", "flag and a shifted normal", b, r.standard_normal(n) + 1.5 * b, shifted(1.5))
    b = r.integers(0, 2, n).astype(float)
    add("few values", "flag and its noisy copy", b, np.where(r.random(n) < 0.1, 1 - b, b),
        np.log(2) - entropy(np.array([0.1, 0.9])))
    cuts = np.array([-1.2, -0.4, 0.4, 1.2])
    u, v = normal_pair(n, r, 0.7)
    add("few values", "rating and a normal", np.searchsorted(cuts, u) + 1.0, v, cells_and_number(cuts, 0.7))
    u, v = normal_pair(n, r, 0.8)
    add("few values", "two ratings", np.searchsorted(cuts, u) + 1.0, np.searchsorted(cuts, v) + 1.0,
        cells_and_cells(cuts, cuts, 0.8))
    u, v = normal_pair(n, r, 0.6)
    add("grids", "twentieths of a decade", 10 ** np.round(u * 0.5, 1), 10 ** np.round(v * 0.5, 1),
        cells_and_cells(borders(0.2), borders(0.2), 0.6))
    angle = r.random(n) * 360
    add("grids", "whole degrees and a cosine", np.round(angle) % 360,
        np.cos(np.deg2rad(angle)) + 0.3 * r.standard_normal(n), sine(0.3))
    (u, v), w = normal_pair(n, r, 0.6), r.standard_normal(n)
    add("columns", "rounded column and noise", np.c_[to_step(u, 0.5), w], v, cells_and_number(borders(0.5), 0.6))
    k = r.poisson(3, n)
    add("columns", "count and noise, thinned count", np.c_[k.astype(float), w],
        r.binomial(k, 0.6).astype(float), thinned(3.0, 0.6))
    (u, v), (s, t) = normal_pair(n, r, 0.5), normal_pair(n, r, 0.5)
    add("columns", "2 + 2 columns to one decimal", np.c_[np.round(u, 1), np.round(s, 1)],
        np.c_[np.round(v, 1), np.round(t, 1)], 2 * cells_and_cells(borders(0.1), borders(0.1), 0.5))
    c = r.integers(0, 3, n)
    add("columns", "two whole numbers and classes, independent", np.round(10 * r.standard_normal((n, 2))), c, 0)
    add("rounded", "waiting times in tenths, independent", np.round(r.exponential(1, n), 1),
        np.round(r.exponential(2, n), 1), 0)
    u, v = normal_pair(n, r, 0.5)
    add("rounded", "age in years, a value to one decimal", np.round(50 + 12 * u), np.round(5 + v, 1),
        cells_and_cells(borders(1 / 12, -50 / 12 + np.floor(50) / 12), borders(0.1), 0.5))
    u, v = normal_pair(n, r, 0.85)
    add("continuous", "normal 0.85", u, v, -0.5 * np.log(1 - 0.85**2))
    u, v = normal_pair(n, r, 0.0)
    add("continuous", "independent normals", u, v, 0)
    u, v = normal_pair(n, r, 0.6)
    large = np.exp(u + 2)
    add("grids", "tenths below 10, whole numbers above", np.where(large < 10, np.round(large, 1), np.round(large)),
        v, -0.5 * np.log(1 - 0.36))
    return out
