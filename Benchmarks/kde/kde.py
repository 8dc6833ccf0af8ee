"""The kernel density alone: this package's grid against KDEpy's FFTKDE, one million pairs on 512 x 512.

    swift build -c release --product kde-density
    python3 kde.py [--rows 1000000] [--cells 512] [--repetitions 7]

Needs numpy and KDEpy. Both spread the rows linearly over the same grid points and convolve by FFT with a Gaussian kernel of
the same bandwidth, one thread each; repetitions alternate between the two, and the best of each counts, as other
work on the machine only adds time. The two densities are compared at every point before any time is believed.
"""

import argparse
import pathlib
import subprocess
import tempfile
import time

import numpy as np
from KDEpy import FFTKDE

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--rows", type=int, default=1_000_000)
parser.add_argument("--cells", type=int, default=512)
parser.add_argument("--repetitions", type=int, default=7)
here = pathlib.Path(__file__).resolve()
parser.add_argument("--program", default=str(here.parents[2] / ".build/release/kde-density"))
arguments = parser.parse_args()

rng = np.random.default_rng(1)
x = rng.normal(size=(arguments.rows, 2))
x[:, 1] = 0.6 * x[:, 0] + 0.8 * x[:, 1]
length, bandwidth = 14.0, arguments.rows ** (-1 / 6)
# The centers of the cells, the first coordinate slowest, as KDEpy wants them.
centers = (np.arange(arguments.cells) + 0.5) * length / arguments.cells - length / 2
points = np.stack(np.meshgrid(centers, centers, indexing="ij"), -1).reshape(-1, 2)

with tempfile.TemporaryDirectory() as folder:
    pairs, out = pathlib.Path(folder, "pairs.f64"), pathlib.Path(folder, "density.f64")
    pairs.write_bytes(np.ascontiguousarray(x.T).tobytes())
    command = [arguments.program, pairs, bandwidth, arguments.cells, length, 2, out]
    ours, theirs = [], []
    for _ in range(arguments.repetitions):
        printed = subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True).stdout
        ours += [float(line) for line in printed.split()]
        start = time.perf_counter()
        density = FFTKDE(kernel="gaussian", bw=bandwidth).fit(x).evaluate(points)
        theirs.append(1000 * (time.perf_counter() - start))
    found = np.fromfile(out)

print(f"largest difference, of the peak: {np.abs(found - density).max() / density.max():.1e}")
print(f"this package: best {min(ours):.1f} ms, median {np.median(ours):.1f} ms")
print(f"KDEpy FFTKDE: best {min(theirs):.1f} ms, median {np.median(theirs):.1f} ms")
print(f"ratio of the best: {min(theirs) / min(ours):.2f}; of the medians: {np.median(theirs) / np.median(ours):.2f}")
