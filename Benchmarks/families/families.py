#!/usr/bin/env python3
"""The default estimate on families of known information that are in no published suite.

    python3 Benchmarks/families/families.py --mi .build/release/mi [--mi OTHER] [-n 200,1000,5000] [--seeds 3] [-o out.csv]

Needs NumPy and SciPy. A row a trial: binary, family, n, seed, truth, estimate, standard error (nats). Prints, for each
binary and n, the mean absolute error and the share of intervals of 1.96 standard errors that hold the truth. No estimator
is fitted to these families; a change of `auto` is judged by them and by the 40 tasks together.
"""
import argparse
import csv
import json
import pathlib
import subprocess
import tempfile

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from scipy import stats

LARGE = 300_000  # rows of the Monte Carlo truths: an error of about 0.002 nats


def gaussian(nats, d=1):
    rho = np.sqrt(1 - np.exp(-2 * nats / d))

    def draw(n, rng):
        x = rng.standard_normal((n, d))
        return x, rho * x + np.sqrt(1 - rho**2) * rng.standard_normal((n, d))

    return draw, nats


def mapped(family, f):
    return (lambda n, rng: tuple(f(v) for v in family[0](n, rng))), family[1]


def embedded(family, columns, seed=None):
    """The family beside columns of noise; with a seed, each side is rotated."""

    def draw(n, rng):
        sides = []
        for k, side in enumerate(family[0](n, rng)):
            side = np.hstack([side, rng.standard_normal((n, columns - side.shape[1]))])
            if seed is not None:
                turn = np.random.default_rng([seed, k]).standard_normal((columns, columns))
                side = side @ np.linalg.qr(turn)[0]
            sides.append(side)
        return tuple(sides)

    return draw, family[1]


def curve(f, half_width):
    """x uniform on (-1, 1), y = f(x) + uniform noise: h(y) - ln(2 half_width), h(y) on a grid."""

    def draw(n, rng):
        x = rng.uniform(-1, 1, (n, 1))
        return x, f(x) + rng.uniform(-half_width, half_width, (n, 1))

    values = np.sort(f(np.linspace(-1, 1, 400_001)))
    grid = np.linspace(values[0] - half_width, values[-1] + half_width, 4001)
    counts = np.searchsorted(values, grid + half_width) - np.searchsorted(values, grid - half_width)
    p = counts[counts > 0] / len(values) / (2 * half_width)
    return draw, -(p * np.log(p)).sum() * (grid[1] - grid[0]) - np.log(2 * half_width)


def clayton(theta):
    def draw(n, rng):
        u, w = rng.uniform(size=(n, 1)), rng.uniform(size=(n, 1))
        return u, (u**-theta * (w ** (-theta / (1 + theta)) - 1) + 1) ** (-1 / theta)

    u, v = draw(LARGE, np.random.default_rng(1))
    terms = np.log1p(theta) - (1 + theta) * np.log(u * v)
    return draw, float((terms - (2 + 1 / theta) * np.log(u**-theta + v**-theta - 1)).mean())


def centers(points, sd):
    """Two columns around points of the plane, independent within each."""
    points = np.asarray(points)

    def draw(n, rng):
        z = points[rng.integers(0, len(points), n)] + sd * rng.standard_normal((n, 2))
        return z[:, :1], z[:, 1:]

    terms = []
    rng = np.random.default_rng(2)
    for _ in range(30):
        x, y = draw(LARGE // 30, rng)
        a = np.exp(-((x - points[:, 0]) ** 2) / 2 / sd**2)
        b = np.exp(-((y - points[:, 1]) ** 2) / 2 / sd**2)
        terms.append(np.log((a * b).mean(1) / a.mean(1) / b.mean(1)))
    return draw, float(np.concatenate(terms).mean())


def circle(k, radius):
    angle = 2 * np.pi * np.arange(k) / k
    return radius * np.c_[np.cos(angle), np.sin(angle)]


def product():
    """y = x1 x2 + noise of sd 1/2; p(y) is a mixture of normals over x1, by Gauss-Hermite."""

    def draw(n, rng):
        x = rng.standard_normal((n, 2))
        return x, x[:, :1] * x[:, 1:] + 0.5 * rng.standard_normal((n, 1))

    nodes, weights = hermegauss(200)
    variance = nodes**2 + 0.25
    y = np.linspace(-15, 15, 6001)
    p = (weights / weights.sum() * stats.norm.pdf(y[:, None], scale=np.sqrt(variance))).sum(1)
    p = p[p > 0]
    return draw, -(p * np.log(p)).sum() * (y[1] - y[0]) - 0.5 * np.log(2 * np.pi * np.e * 0.25)


def student(rho, nu):
    normal = gaussian(-0.5 * np.log(1 - rho**2))[0]

    def draw(n, rng):
        x, y = normal(n, rng)
        scale = np.sqrt(nu / rng.chisquare(nu, (n, 1)))
        return x * scale, y * scale

    x, y = draw(LARGE, np.random.default_rng(5))
    joint = stats.multivariate_t.logpdf(np.hstack([x, y]), shape=[[1, rho], [rho, 1]], df=nu)
    return draw, float((joint - stats.t.logpdf(x[:, 0], nu) - stats.t.logpdf(y[:, 0], nu)).mean())


def families():
    ring = centers(circle(720, 1), 0.15)
    bent = mapped(clayton(2.0), lambda u: stats.norm.ppf(np.clip(u, 1e-12, 1 - 1e-12)))
    return {
        **{f"gaussian {nats}": gaussian(nats) for nats in (0, 0.1, 0.5, 1.5, 3, 4, 5)},
        "gaussian 4, exponentials": mapped(gaussian(4), np.exp),
        "gaussian 5, 5 + 5": gaussian(5, 5), "independent 5 + 5": gaussian(0, 5),
        "clusters 3": centers(circle(3, 2), 1), "clusters 5": centers(circle(5, 4), 1),
        "clayton 2": clayton(2.0), "clayton 8": clayton(8.0),
        "clayton 2, rotated 5 + 5": embedded(bent, 5, seed=1),
        "product": product(), "product, 6 + 6": embedded(product(), 6),
        "sine": curve(lambda t: np.sin(2 * np.pi * t), 0.3), "parabola": curve(np.square, 0.2),
        "absolute value": curve(np.abs, 0.05), "line": curve(lambda t: t, 0.02),
        "student 0.6, 3": student(0.6, 3), "student 0.99, 2": student(0.99, 2),
        "student 0.999, 5": student(0.999, 5),
        "ring": ring, "ring, rotated 5 + 5": embedded(ring, 5, seed=2),
    }


def estimate(mi, folder, x, y, seed):
    for name, side in (("x", x), ("y", y)):
        np.save(folder / f"{name}.npy", side)
    found = subprocess.run(
        [mi, "estimate", folder / "x.npy", folder / "y.npy", "--json", "--threads", "1", "--seed", str(seed)],
        capture_output=True, text=True)
    if found.returncode:
        return np.nan, np.nan
    answer = json.loads(found.stdout)
    return answer["nats"], answer["standardErrorNats"] or 0.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mi", action="append", required=True)
    parser.add_argument("-n", default="200,1000,5000")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("-o", default="families.csv")
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for n in map(int, options.n.split(",")):
            for name, (draw, truth) in families().items():
                for seed in range(options.seeds):
                    x, y = draw(n, np.random.default_rng([n, seed, *name.encode()]))
                    for mi in options.mi:
                        rows.append((mi, name, n, seed, truth, *estimate(mi, pathlib.Path(folder), x, y, seed)))
            for mi in options.mi:
                part = np.array([row[4:] for row in rows if row[0] == mi and row[2] == n])
                ended = part[np.isfinite(part[:, 1])]
                error = np.abs(ended[:, 1] - ended[:, 0])
                print(f"{mi}  n {n}: mean absolute error {error.mean():.4f}, intervals that hold "
                      f"{(error <= 1.96 * ended[:, 2]).mean():.3f}, failed {len(part) - len(ended)}", flush=True)
    with open(options.o, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow("mi family n seed truth nats standard_error".split())
        writer.writerows(rows)


main()
