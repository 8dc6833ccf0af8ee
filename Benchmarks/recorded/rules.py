# SPDX-License-Identifier: MIT
"""What the rules of the default were chosen by: recorded families that run.py does not have.

    python rules.py MI

For x of four shapes and y of three dependences on it, both rounded, or x alone, at five steps (in standard
deviations): the error of `discrete` (or `ross`) on the values as labels, of `auto` and of `ksg-1` on values spread
over their cells. eH is exp of the entropy, beside the number of values.
"""

import itertools
import json
import subprocess
import sys
import tempfile

import numpy as np
from scipy import special, stats

NORMAL = stats.norm
SHAPES = {
    "normal": lambda u: NORMAL.ppf(u),
    "bimodal": lambda u: np.where(
        u < 0.5, NORMAL.ppf(np.clip(2 * u, 1e-12, 1 - 1e-12), -2, 0.6),
        NORMAL.ppf(np.clip(2 * u - 1, 1e-12, 1 - 1e-12), 2, 0.6)),
    "uniform": lambda u: (2 * u - 1) * np.sqrt(3),
    "exponential": lambda u: -np.log1p(-u),
}
CURVES = {"linear": lambda x: 0.7 * x, "square": lambda x: 0.6 * x * x, "strong": lambda x: 2.5 * x}


def truth(shape, curve, step_x, step_y):
    """By 40,000 equally likely x; a step of 0 for y is a fine grid."""
    u = (np.arange(40000) + 0.5) / 40000
    x = SHAPES[shape](u)
    y = CURVES[curve](x)
    cell = np.round(x / step_x).astype(int)
    cell -= cell.min()
    low, high = y.min() - 6, y.max() + 6
    ends = (
        (np.arange(np.floor(low / step_y) - 1, np.ceil(high / step_y) + 2) + 0.5) * step_y
        if step_y else np.linspace(low, high, 1500))
    table = np.zeros((cell.max() + 1, len(ends) - 1))
    for i in range(0, 40000, 4000):
        part = slice(i, i + 4000)
        np.add.at(table, cell[part], np.diff(NORMAL.cdf(ends[None] - y[part, None]), axis=1) / 40000)
    rows, columns = table.sum(1), table.sum(0)
    return float(
        special.xlogy(table, table).sum() - special.xlogy(rows, rows).sum() - special.xlogy(columns, columns).sum())


def main(mi):
    folder = tempfile.mkdtemp()

    def estimate(x, y, *options):
        np.save(folder + "/x.npy", x)
        np.save(folder + "/y.npy", y)
        done = subprocess.run(
            [mi, "estimate", folder + "/x.npy", folder + "/y.npy", "--json", *options], capture_output=True, text=True)
        return json.loads(done.stdout)["nats"] if done.returncode == 0 else float("nan")

    def values(v):
        _, counts = np.unique(v, return_counts=True)
        p = counts / counts.sum()
        return "%5.1f/%3d" % (np.exp(-(p * np.log(p)).sum()), len(counts))

    for n, shape, curve, step in itertools.product((300, 2000), SHAPES, CURVES, (0.1, 0.25, 0.5, 1.0, 2.0)):
        random = np.random.default_rng(5)
        whole_x = SHAPES[shape](random.random(n))
        whole_y = CURVES[curve](whole_x) + random.standard_normal(n)
        step_x, step_y = step * whole_x.std(), step * whole_y.std()
        x, y = np.round(whole_x / step_x) * step_x, np.round(whole_y / step_y) * step_y
        spread = lambda v, s: v + s * (random.random(n) - 0.5)
        codes = lambda v: np.unique(v, return_inverse=True)[1]
        both, one = truth(shape, curve, step_x, step_y), truth(shape, curve, step_x, 0)
        x2, y2 = spread(x, step_x), spread(y, step_y)
        found = [
            estimate(codes(x), codes(y), "-e", "discrete"), estimate(x2, y2, "-e", "auto"), estimate(x2, y2, "-e", "ksg-1")]
        alone = [
            estimate(codes(x), whole_y, "-e", "ross"), estimate(x2, whole_y, "-e", "auto"), estimate(x2, whole_y, "-e", "ksg-1")]
        print(
            f"{n:5d} {shape:11s} {curve:6s} {step:4.2f} eH {values(x)} {values(y)} | both {both:.3f}",
            *(f"{a} {b - both:+.3f}" for a, b in zip(("discrete", "auto", "ksg-1"), found)), f"| x alone {one:.3f}",
            *(f"{a} {b - one:+.3f}" for a, b in zip(("ross", "auto", "ksg-1"), alone)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
