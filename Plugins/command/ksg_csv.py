#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The one-liner tier: reads a CSV with the header X0..., Y0... and prints one number, in nats.

    mi estimate x.npy y.npy -e ksg-csv --plugin 'python3 ksg_csv.py {csv} {dx} {dy}'

KSG-1 (Kraskov et al. 2004, doi:10.1103/PhysRevE.69.066138) with k = 3; no package is needed.
"""
import csv
import sys

path, dx, dy = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open(path, newline="") as file:
    rows = [[float(cell) for cell in row] for row in list(csv.reader(file))[1:]]
n, k = len(rows), 3

psi = [0.0, -0.5772156649015328606]
for m in range(1, n):
    psi.append(psi[-1] + 1 / m)

total = 0.0
for i, p in enumerate(rows):
    in_x = [max(abs(p[c] - q[c]) for c in range(dx)) for q in rows]
    in_y = [max(abs(p[c] - q[c]) for c in range(dx, dx + dy)) for q in rows]
    joint = sorted(max(in_x[j], in_y[j]) for j in range(n) if j != i)
    radius = joint[k - 1]
    # strictly inside; the point itself is at distance 0 and is not counted
    nx = sum(d < radius for d in in_x) - (radius > 0)
    ny = sum(d < radius for d in in_y) - (radius > 0)
    total += psi[nx + 1] + psi[ny + 1]
print(repr(psi[k] + psi[n] - total / n))
