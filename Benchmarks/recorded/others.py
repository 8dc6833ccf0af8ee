# SPDX-License-Identifier: MIT
"""Recorded pairs that were written after the rules of the default were fixed, and never chosen by.

`cases(n, seed)` as in cases.py, with truths of their own making: a hidden number h takes 8,000 equally likely
values, each side given h is a row of probabilities, and the information is that of the table summed over h. Numbers
that are not rounded are cut to 600 cells, which loses less than 0.001 nats.
"""

import numpy as np
from scipy import special, stats

NORMAL = stats.norm
HIDDEN = 8000
UNIT = (np.arange(HIDDEN) + 0.5) / HIDDEN
H = NORMAL.ppf(UNIT)


def information(table):
    p = table / table.sum()
    return float(special.xlogy(p, p / (p.sum(1, keepdims=True) * p.sum(0, keepdims=True) + 1e-300)).sum())


def cells(edges, mean, sd=1.0):
    """A row for each mean: the probability of each cell between the edges, ends open."""
    inside = NORMAL.cdf((np.asarray(edges)[None] - np.asarray(mean, float)[:, None]) / sd)
    zeros = np.zeros((len(inside), 1))
    return np.diff(np.concatenate([zeros, inside, zeros + 1], 1), axis=1)


def fine(mean, sd=1.0):
    """A number that is not rounded: normal about each mean."""
    return cells(np.linspace(np.min(mean) - 5 * sd, np.max(mean) + 5 * sd, 600), mean, sd)


def from_value(x, given, weight=None):
    """The information of a function of h, by its values, and of what `given` says of each h."""
    codes = np.unique(x, return_inverse=True)[1]
    table = np.zeros((codes.max() + 1, given.shape[1]))
    np.add.at(table, codes, given if weight is None else given * weight[:, None])
    return information(table)


def from_all(given):
    """The information of h itself."""
    return from_value(np.arange(len(given)), given)


def uneven_price(price):
    """9.99, 10.49, ... below 20, whole numbers less a cent below 100, fives above."""
    return np.where(
        price < 20, np.round(price * 2) / 2 - 0.01,
        np.where(price < 100, np.round(price) - 0.01, np.round(price / 5) * 5))


def cases(n, seed):
    """(group, name, x, y, information in nats) of every case."""
    r = np.random.default_rng([seed, n, 77])
    z = r.standard_normal
    out = []

    def add(group, name, x, y, truth):
        out.append((group, name, np.asarray(x), np.asarray(y), float(truth)))

    def given_normal(group, name, rho, record_x, record_y=None):
        """u recorded, v of correlation rho with u as it is or recorded, too."""
        u = z(n)
        v = rho * u + np.sqrt(1 - rho * rho) * z(n)
        noise = np.sqrt(1 - rho * rho)
        if record_y is None:
            add(group, name, record_x(u), v, from_value(record_x(H), fine(rho * H, noise)))
            return
        small = NORMAL.ppf((np.arange(2000) + 0.5) / 2000)
        values, codes = np.unique(record_x(H), return_inverse=True)
        table = np.zeros((len(values), HIDDEN))
        ends = NORMAL.ppf(np.arange(1, HIDDEN) / HIDDEN)
        np.add.at(table, np.searchsorted(values, record_x(small)), cells(ends, rho * small, noise))
        out_y = np.unique(record_y(H), return_inverse=True)[1]
        joint = np.zeros((len(values), out_y.max() + 1))
        np.add.at(joint.T, out_y, table.T)
        add(group, name, record_x(u), record_y(v), information(joint))

    # Counts.
    k = np.arange(80)
    both = stats.binom.pmf(np.arange(11)[None], 10, stats.beta.ppf(UNIT, 2, 2)[:, None])
    p = r.beta(2, 2, n)
    add("counts", "two binomials of 10, one beta chance", r.binomial(10, p).astype(float),
        r.binomial(10, p).astype(float), information(both.T @ both))
    v = z(n)
    add("counts", "Poisson of rate exp(1 + 0.8 v), v", r.poisson(np.exp(1 + 0.8 * v)).astype(float), v,
        from_all(stats.poisson.pmf(np.arange(400)[None], np.exp(1 + 0.8 * H)[:, None])))
    v = z(n)
    add("counts", "Poisson of rate 100 exp(0.2 v), v", r.poisson(100 * np.exp(0.2 * v)).astype(float), v,
        from_all(stats.poisson.pmf(np.arange(600)[None], 100 * np.exp(0.2 * H)[:, None])))
    a, b = r.poisson(4, n), r.poisson(2, n)
    skellam = np.zeros((k.size, 2 * k.size))
    for one in k:
        skellam[one, one - k + k.size] = stats.poisson.pmf(one, 4) * stats.poisson.pmf(k, 2)
    add("counts", "a difference of counts, its first", (a - b).astype(float), a.astype(float), information(skellam))
    zero = r.random(n) < 0.5
    a, b = np.where(zero, 0, r.poisson(3, n)), np.where(zero, 0, r.poisson(6, n))
    p0, p1 = stats.poisson.pmf(k, 3), stats.poisson.pmf(k, 6)
    table = 0.5 * np.outer(p0, p1)
    table[0, 0] += 0.5
    add("counts", "zero-inflated counts, zeros together", a.astype(float), b.astype(float), information(table))
    g = r.geometric(0.3, n)
    kk = np.arange(1, 90)
    table = stats.geom.pmf(kk, 0.3)[:, None] * stats.binom.pmf(np.arange(90)[None], kk[:, None], 0.8)
    add("counts", "geometric, 80 % kept", g.astype(float), r.binomial(g, 0.8).astype(float), information(table))
    c = r.integers(0, 3, n)
    means = np.array([3, 6, 12])
    add("counts", "whole minutes of waiting, three classes", np.ceil(r.exponential(means[c])), c,
        information(np.stack([np.diff(stats.expon.cdf(np.arange(300), scale=m)) for m in means])))
    add("counts", "counts, heavy tail, independent", np.minimum(r.zipf(2.0, n), 10**6).astype(float),
        np.minimum(r.zipf(2.5, n), 10**6).astype(float), 0)

    # Few values.
    cut = stats.norm.ppf([0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.28, 0.4, 0.6, 0.8])
    given_normal("few values", "skewed 0 to 10, a normal", 0.6, lambda u: np.searchsorted(cut, u).astype(float))
    top = stats.norm.ppf([0.01, 0.02, 0.05, 0.15])
    given_normal("few values", "five stars, most of them 5, a normal", 0.5,
                 lambda u: np.searchsorted(top, u) + 1.0)
    given_normal("few values", "a rare flag and a rating", 0.7, lambda u: (u > 1.6).astype(float),
                 lambda v: np.searchsorted([-1, 0, 1], v) + 1.0)
    d = r.integers(0, 3, n).astype(float)
    add("few values", "x mod 2 of three values", d, d % 2, stats.entropy([2 / 3, 1 / 3]))
    add("few values", "two flags, independent", (r.random(n) < 0.1).astype(float), (r.random(n) < 0.5).astype(float), 0)
    hour = r.integers(0, 24, n)
    add("few values", "hour and a daily curve", hour.astype(float), np.cos(hour * np.pi / 12) + 0.5 * z(n),
        from_all(fine(np.cos(np.arange(24) * np.pi / 12), 0.5)))

    # Rounded.
    given_normal("rounded", "float32 of two decimals", 0.75, lambda u: np.round(u, 2).astype(np.float32),
                 lambda v: np.round(v, 2).astype(np.float32))
    given_normal("rounded", "256 grey levels", -0.5, lambda u: np.clip(np.round(u * 40 + 128), 0, 255) / 255)
    given_normal("rounded", "kilograms to 0.1 in pounds", 0.4, lambda u: np.round(70 + 12 * u, 1) * 2.20462,
                 lambda v: np.round(170 + 9 * v))
    given_normal("rounded", "half degrees F in C to one decimal", 0.8,
                 lambda u: np.round((np.round((60 + 9 * u) * 2) / 2 - 32) / 1.8, 1))
    given_normal("rounded", "uneven prices", 0.65, lambda u: uneven_price(np.exp(3.2 + 0.9 * u)))
    given_normal("rounded", "uneven prices, ratings in halves", 0.65, lambda u: uneven_price(np.exp(3.2 + 0.9 * u)),
                 lambda v: np.clip(np.round((3.5 + v) * 2) / 2, 0.5, 5))
    given_normal("rounded", "three digits of a log-normal", 0.7,
                 lambda u: np.round(np.exp(2 * u) / 10 ** np.floor(2 * u / np.log(10)), 2)
                 * 10 ** np.floor(2 * u / np.log(10)))
    given_normal("rounded", "one decimal of a log10, 0.9", 0.9, lambda u: np.round(u / 2 + 3, 1),
                 lambda v: np.round(v / 2, 1))
    add("rounded", "Student 3 to 0.1, independent", np.round(r.standard_t(3, n), 1), np.round(r.standard_t(3, n), 1), 0)
    add("rounded", "uniform to 0.01, independent", np.round(r.random(n), 2), np.round(r.random(n), 2), 0)
    u = r.random(n)
    add("rounded", "uniform to 0.01, its noisy copy to 0.01", np.round(u, 2), np.round(u + 0.1 * z(n), 2),
        from_value(np.round(UNIT, 2), cells(np.arange(-0.5, 1.5, 0.01) + 0.005, UNIT, 0.1)))
    u = z(n)
    coarse = r.random(n) < 0.5
    income = np.exp(10.4 + 0.6 * u)
    heaps = np.where(coarse, np.round(income / 5000) * 5000, np.round(income / 1000) * 1000)
    v = 0.6 * u + 0.8 * z(n)
    hidden = np.exp(10.4 + 0.6 * H)
    half = np.concatenate([np.round(hidden / 5000) * 5000, np.round(hidden / 1000) * 1000])
    add("rounded", "incomes heaped at 5,000", heaps, v,
        from_value(half, np.concatenate([fine(0.6 * H, 0.8)] * 2)))
    c = r.integers(0, 2, n)
    age = np.round(r.uniform(18, 90, n))
    chance = special.expit((np.arange(18, 91) - 55) / 8)
    weight = np.r_[0.5, np.ones(71), 0.5] / 72
    add("rounded", "age in years, a risk of two classes", age, (r.random(n) < special.expit((age - 55) / 8)).astype(int),
        information(weight[:, None] * np.c_[chance, 1 - chance]))
    c = r.integers(0, 10, n)
    add("rounded", "ten classes, a number to 0.1", np.round(0.5 * c + z(n), 1), c,
        information(cells(np.arange(-6, 11, 0.1) + 0.05, 0.5 * np.arange(10))))
    c = r.integers(0, 3, n)
    add("rounded", "ADC of 1,024 levels, three classes", np.clip(np.round(512 + 150 * z(n) + 120 * c), 0, 1023), c,
        information(cells(np.arange(0.5, 1023), 512 + 120 * np.arange(3), 150)))
    add("rounded", "years 1900 to 2020, four classes, independent", r.integers(1900, 2021, n).astype(float),
        r.integers(0, 4, n), 0)
    wins, games = r.integers(0, 31, n), r.integers(31, 60, n)
    add("rounded", "ratios of counts and a normal, independent", wins / games, z(n), 0)

    # Grids and circles.
    grid = np.linspace(-1, 1, n)
    add("grids", "linspace and its square", grid, grid**2 + 0.2 * z(n), from_all(fine((2 * UNIT - 1) ** 2, 0.2)))
    add("grids", "logspace and its logarithm", np.logspace(-3, 3, n), np.linspace(-1, 1, n) + 0.5 * z(n),
        from_all(fine(2 * UNIT - 1, 0.5)))
    add("grids", "two shuffled aranges", r.permutation(n).astype(float), r.permutation(n).astype(float), 0)
    day = r.integers(0, 1095, n)
    season = np.sin(2 * np.pi * np.arange(1095) / 365)
    add("grids", "days of three years and a season", day.astype(float), season[day] + 0.5 * z(n),
        from_all(fine(season, 0.5)))
    angle = r.random(n) * 360
    turn = np.round(angle) % 360
    back = np.round(angle + 25 * z(n)) % 360
    kernel = np.zeros(360)
    np.add.at(kernel, np.arange(-300, 301) % 360, np.diff(NORMAL.cdf((np.arange(-300, 302) - 0.5) / np.hypot(25, 0.29))))
    add("grids", "headings in whole degrees, noisy copy", turn, back, np.log(360) - stats.entropy(kernel))
    side = int(np.ceil(np.sqrt(n)))
    pixels = np.stack(np.meshgrid(np.arange(side), np.arange(side)), -1).reshape(-1, 2)[:n].astype(float)
    bright = 2 * np.exp(-(((pixels / side - 0.5) ** 2).sum(1)) * 12)
    add("columns", "pixels of a square and a spot", pixels, bright + 0.5 * z(n), from_all(fine(bright[np.arange(min(n, HIDDEN)) * n // min(n, HIDDEN)], 0.5)))

    # Atoms.
    given_normal("atoms", "per cent, capped at 0 and 100", 0.7, lambda u: np.clip(np.round(60 + 40 * u), 0, 100))
    given_normal("atoms", "normal 0.8, both floors at 0", 0.8, lambda u: np.maximum(u, 0), lambda v: np.maximum(v, 0))
    given_normal("atoms", "normal 0.6, y capped at 0.5", 0.6, lambda u: u, lambda v: np.minimum(v, 0.5))
    v = z(n)
    wet = v + z(n) > 0
    amount = np.exp(0.5 * v + 0.7 * z(n))
    edges = np.log(np.arange(1, 200) * 0.2 + 0.1)
    rain = cells(edges, 0.5 * H, 0.7) * NORMAL.cdf(H)[:, None]
    add("atoms", "rain in steps of 0.2, a normal", np.where(wet, np.maximum(np.round(amount / 0.2), 1) * 0.2, 0), v,
        from_all(np.c_[NORMAL.cdf(-H), rain]))
    c = r.integers(0, 2, n)
    spent = np.where(r.random(n) < np.array([0.7, 0.3])[c], 0, np.exp(z(n) + 0.8 * c))
    paid = cells(np.linspace(-6, 7, 600), np.array([0, 0.8]))
    add("atoms", "nothing or an amount, two classes", spent, c,
        information(np.c_[[0.7, 0.3], np.array([0.3, 0.7])[:, None] * paid]))
    add("atoms", "default -999 in 5 %, a normal, independent", np.where(r.random(n) < 0.05, -999, z(n)), z(n), 0)

    # Several columns.
    stars, w = r.integers(1, 6, n), z(n)
    mean = (0.5 * np.arange(1, 6)[:, None] + 0.7 * NORMAL.ppf((np.arange(1600) + 0.5) / 1600)[None]).ravel()
    add("columns", "rating and a number, their sum", np.c_[stars, w], 0.5 * stars + 0.7 * w + z(n), from_all(fine(mean)))
    amount = np.where(r.random(n) < 0.5, 0, r.exponential(1, n))
    some = np.concatenate([np.zeros(40), stats.expon.ppf((np.arange(40) + 0.5) / 40)])
    mean = (some[:, None] + 0.5 * NORMAL.ppf((np.arange(100) + 0.5) / 100)[None]).ravel()
    add("columns", "zeros or an amount, and a number, their sum", np.c_[amount, w], amount + 0.5 * w + 0.7 * z(n),
        from_all(fine(mean, 0.7)))
    count, score = r.poisson(4, n), np.round(z(n), 1)
    k, s = np.arange(25), np.arange(-45, 46) / 10
    ps = np.diff(NORMAL.cdf(np.r_[s - 0.05, 4.55]))
    yes = special.expit(0.8 * (k[:, None] - 4) + s[None])
    joint = stats.poisson.pmf(k, 4)[:, None] * ps[None]
    add("columns", "count and one decimal, two classes", np.c_[count.astype(float), score],
        (r.random(n) < special.expit(0.8 * (count - 4) + score)).astype(int),
        information(np.c_[(joint * yes).ravel(), (joint * (1 - yes)).ravel()]))
    add("columns", "three recorded columns and a count, independent",
        np.c_[np.round(z(n), 1), r.integers(0, 100, n), r.poisson(5, n)].astype(float), r.poisson(5, n).astype(float), 0)
    add("columns", "flag, rating and number, independent of a number",
        np.c_[r.integers(0, 2, n), r.integers(1, 6, n), z(n)].astype(float), z(n), 0)
    return out
