# SPDX-License-Identifier: MIT
"""Writes HDF5 files by h5py and anndata, and expected-hdf5.json with what is in them.

Run with h5py, anndata, SciPy and pandas: python make_hdf5.py. matlab.mat has the layout that
MATLAB 7.3 writes (a header of 512 bytes, columns first, MATLAB_class), made by h5py.
"""
import json
import pathlib

import anndata
import h5py
import numpy as np
import pandas as pd
import scipy.sparse as sp

here = pathlib.Path(__file__).parent
expected = []


def add(spec, array, reading=None):
    array = np.asarray(array)
    row = {"file": spec, "shape": list(array.shape)}
    if array.dtype.kind == "f":
        row["values"] = [float(v) for v in array.astype(np.float64).ravel()]
    else:
        names, codes = np.unique(array.ravel(), return_inverse=True)
        if array.dtype.kind == "b":
            names = names.astype(int)
        row["names"] = [str(n) for n in names]
        row["codes"] = codes.tolist()
    if reading:
        row["reading"] = reading
    expected.append(row)


rng = np.random.default_rng(0)
x = rng.normal(size=(6, 3))
with h5py.File(here / "arrays.h5", "w") as f:
    f["x"] = x
    f.create_dataset("deep/er/f4", data=x.astype("f4"), chunks=(2, 2), compression="gzip", shuffle=True)
    f["deep/big"] = x.astype(">f8")
    f["half"] = x.astype("f2")
    f["u1"] = np.array([3, 255, 3, 0], dtype="u1")
    f["i8"] = np.array([-2**62, 5, 5, 2**62])
    f["u8"] = np.array([2**64 - 1, 5, 5, 2**63], dtype="u8")
    f["bool"] = np.array([True, False, True])
    f["column"] = np.array([[4], [2], [4]], dtype="i4")
    f["text"] = np.array(["b", "ä", "b"], dtype=h5py.string_dtype())
    f["fixed"] = np.array([b"left", b"right", b"left"])
    f["with:colon"] = x[:, 0]
    f["scalar"] = 3.0
    f["cube"] = np.zeros((2, 3, 4))
    f["none"] = np.zeros((0, 3))
    f["complex"] = np.array([1j, 2])
    f["nan"] = np.array([1.0, np.nan, 2.0])
    f.create_dataset("lzf", data=x, chunks=(2, 2), compression="lzf")
    f.create_dataset("claim", shape=(1 << 40, 8), chunks=(64, 8), dtype="f8")
add("arrays.h5:/x", x, "float64 array taken as continuous, 6 x 3")
add("arrays.h5:x", x)
add("arrays.h5:/x:#2", x[:, [1]], "float64 array, 1 column (#2), taken as continuous, 6 x 1")
add("arrays.h5:/x:#3,#1", x[:, [2, 0]])
add("arrays.h5:/x:#2..", x[:, 1:])
add("arrays.h5:/deep/er/f4", x.astype("f4"))
add("arrays.h5:deep/big", x)
add("arrays.h5:/half", x.astype("f2"), "float16 array taken as continuous, 6 x 3")
for name in ("u1", "i8", "u8", "column"):
    add("arrays.h5:/" + name, h5py.File(here / "arrays.h5")[name][:])
add("arrays.h5:/bool", np.array([True, False, True]), "bool array taken as labels, 2 classes")
add("arrays.h5:/text", np.array(["b", "ä", "b"]), "string array taken as labels, 2 classes")
add("arrays.h5:/fixed", np.array(["left", "right", "left"]))
add("arrays.h5:/with:colon", x[:, 0])

with h5py.File(here / "one.hdf5", "w") as f:
    f["only/one"] = x
add("one.hdf5", x)

counts = rng.poisson(0.7, size=(6, 4)).astype("f4")
genes = ["CD3E", "CD19", "A,B", "GNLY"]
cells = pd.DataFrame(
    {"type": pd.Categorical(["T", "B", "T", "NK", "B", "T"]), "depth": np.arange(6.0) / 2,
     "batch": pd.Categorical([10, 9, 10, 9, 9, 10]), "gap": pd.Categorical(["u", None, "u", "v", "v", "v"])},
    index=["c%d" % i for i in range(6)])
data = anndata.AnnData(
    X=sp.csr_matrix(counts), obs=cells, var=pd.DataFrame(index=genes),
    layers={"dense": x[:, [0, 1, 2, 0]], "columns": sp.csc_matrix(counts * 2)},
    obsm={"X_pca": x})
data.write_h5ad(here / "cells.h5ad")
add("cells.h5ad", counts, "float32 sparse matrix taken as continuous, 6 x 4")
add("cells.h5ad:/X", counts)
add("cells.h5ad:/X:CD19,CD3E", counts[:, [1, 0]],
    "float32 sparse matrix, 2 columns (CD19,CD3E), taken as continuous, 6 x 2")
add("cells.h5ad:/X:A,B", counts[:, [2]])
add("cells.h5ad:/X:CD19..GNLY", counts[:, 1:])
add("cells.h5ad:/layers/columns", counts * 2)
add("cells.h5ad:/layers/dense:GNLY", x[:, [0]])
add("cells.h5ad:/obsm/X_pca", x)
add("cells.h5ad:/obs/depth", np.arange(6.0) / 2)
add("cells.h5ad:/obs/type", np.array(cells["type"].astype(str)),
    "categorical column taken as labels, 3 classes")
add("cells.h5ad:/obs/batch", np.array([10, 9, 10, 9, 9, 10]))

with h5py.File(here / "matlab.mat", "w", userblock_size=512) as f:
    for name, value, kind in (
            ("features", x, "double"), ("y", np.array([[1], [2], [1]], dtype="u1"), "uint8"),
            ("flag", np.array([[1], [0], [1]], dtype="u1"), "logical")):
        f[name] = value.T
        f[name].attrs["MATLAB_class"] = np.bytes_(kind)
    matrix = sp.csc_matrix(counts.astype(float))
    f["sparse/data"], f["sparse/ir"] = matrix.data, matrix.indices.astype("u8")
    f["sparse/jc"] = matrix.indptr.astype("u8")
    f["sparse"].attrs["MATLAB_sparse"] = np.uint64(6)
    f["sparse"].attrs["MATLAB_class"] = np.bytes_("double")
    f["#refs#/a"] = np.zeros((2, 2))
header = b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(124) + b"\x00\x02IM"
with open(here / "matlab.mat", "r+b") as f:
    f.write(header)
add("matlab.mat:features", x)
add("matlab.mat:y", np.array([[1], [2], [1]]))
add("matlab.mat:flag", np.array([[1], [0], [1]]))
add("matlab.mat:sparse", counts.astype(float))

(here / "old.mat").write_bytes(b"MATLAB 5.0 MAT-file, Platform: GLNXA64".ljust(124) + b"\x00\x01IM")
(here / "expected-hdf5.json").write_text(json.dumps(expected, indent=1) + "\n")
