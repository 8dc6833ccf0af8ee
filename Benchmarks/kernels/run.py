#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Matrix products that the estimators need: the package's kernels beside BLAS libraries.

    python3 Benchmarks/kernels/run.py            prints the table and writes products.csv

OpenBLAS is the system's, once as it chooses its kernels and once for each core type. BLIS and
libxsmm are taken where MI_BLIS and MI_XSMM name their libraries (README.md says how to get them).
"""
import csv
import ctypes.util
import os
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
KERNELS = HERE.parents[1] / "Sources" / "CKernels"
LEVELS = ("baseline", "fma", "avx2", "avx512")
CORES = ("", "Prescott", "Haswell", "SkylakeX")


def build(folder):
    program = folder / "products"
    clang = os.environ.get("CC", "clang")
    subprocess.run(
        [clang, "-O2", "-I", KERNELS / "include", HERE / "products.c", *sorted(KERNELS.glob("*.c")),
         "-lm", "-ldl", "-o", program], check=True)
    return program


def candidates():
    for level in LEVELS:
        yield "own " + level, ["own"], {"MI_KERNELS": level}
    openblas = ctypes.util.find_library("openblas")
    if openblas:
        for core in CORES:
            variables = {"OPENBLAS_CORETYPE": core} if core else {}
            yield "OpenBLAS " + (core or "as found"), ["blas", openblas], variables
    if "MI_BLIS" in os.environ:
        yield "BLIS", ["blas", os.environ["MI_BLIS"]], {"BLIS_NUM_THREADS": "1"}
    if "MI_XSMM" in os.environ:
        yield "libxsmm", ["xsmm", os.environ["MI_XSMM"]], {}


def main():
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        program = build(pathlib.Path(folder))
        for name, arguments, variables in candidates():
            done = subprocess.run(
                [program, *arguments], env={**os.environ, **variables}, text=True,
                capture_output=True)
            if done.returncode:
                print("%s: left out: %s" % (name, done.stderr.strip()))
                continue
            note = done.stderr.strip()
            print(name, "(%s)" % note if note else "")
            for line in done.stdout.splitlines():
                shape, single, double, bits = line.split(",")
                rows.append((name, shape, float(single), float(double), bits))
    with open(HERE / "products.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("candidate", "shape", "float32", "float64", "hash"))
        writer.writerows(rows)
    names = list(dict.fromkeys(row[0] for row in rows))
    print("\nGflop/s, float32 / float64\n\n| shape | %s |" % " | ".join(names))
    print("|---|" + "---|" * len(names))
    for shape in dict.fromkeys(row[1] for row in rows):
        cells = {row[0]: "%.0f / %.0f" % row[2:4] for row in rows if row[1] == shape}
        print("| %s | %s |" % (shape, " | ".join(cells.get(name, "") for name in names)))
    hashes = {}
    for name, shape, _, _, bits in rows:
        if name.startswith("own ") and name != "own baseline":
            hashes.setdefault(shape, set()).add(bits)
    same = all(len(found) == 1 for found in hashes.values())
    print("\nThe own levels with FMA give %s." % ("the same bits" if same else "DIFFERENT BITS"))


if __name__ == "__main__":
    main()
