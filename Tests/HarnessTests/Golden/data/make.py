# SPDX-License-Identifier: MIT
"""Writes the files that the readers are tested against, and expected.json with what is in them.

Run with NumPy 1.26, pandas and safetensors: python make.py. All is written by those libraries.
"""
import csv
import io
import json
import pathlib
import zipfile

import numpy as np
import pandas as pd
from safetensors.numpy import save_file

here = pathlib.Path(__file__).parent
expected = []


def add(file, array):
    row = {"file": file, "shape": list(array.shape)}
    if array.dtype.kind == "f":
        row["values"] = [float(v) for v in array.astype(np.float64).ravel()]
    else:
        names, codes = np.unique(array.ravel(), return_inverse=True)
        if array.dtype.kind == "b":
            names = names.astype(int)
        if array.dtype.kind == "S":
            names = [n.decode() for n in names]
        row["names"] = [str(n) for n in names]
        row["codes"] = codes.tolist()
    expected.append(row)


matrix = np.array([[0.5, -1.25, 3.0], [65504.0, 6.103515625e-05, -5.960464477539063e-08],
                   [0.0999755859375, -0.0, 1e3], [2.0, 7.5, -0.333251953125]])
for size in (2, 4, 8):
    for endian in "<>":
        for order in "CF":
            name = f"f{size}-{'little' if endian == '<' else 'big'}-{order}.npy"
            array = np.array(matrix, dtype=f"{endian}f{size}", order=order)
            np.save(here / name, array)
            add(name, array)
np.save(here / "f8-one-dimension.npy", np.array([1 / 3, np.pi, 5e-324, 1.7976931348623157e308]))
add("f8-one-dimension.npy", np.array([1 / 3, np.pi, 5e-324, 1.7976931348623157e308]))

for kind in "iu":
    for size in (1, 2, 4, 8):
        info = np.iinfo(f"{kind}{size}")
        for endian in "<>" if size > 1 else "|":
            array = np.array([info.max, 3, info.min, 3, 100, info.max], dtype=f"{endian}{kind}{size}")
            name = f"{kind}{size}-{ {'<': 'little', '>': 'big', '|': 'byte'}[endian] }.npy"
            np.save(here / name, array)
            add(name, array)
array = np.array([[10], [9], [-2], [9]], dtype=np.int32)
np.save(here / "i4-column.npy", array)
add("i4-column.npy", array)
array = np.array([True, False, True, True])
np.save(here / "bool.npy", array)
add("bool.npy", array)
texts = np.array(["zebra", "a", "Ärger", "数", "a", "😀 x"])
for endian in "<>":
    name = f"unicode-{'little' if endian == '<' else 'big'}.npy"
    np.save(here / name, texts.astype(texts.dtype.newbyteorder(endian)))
    add(name, texts)
array = np.array([b"dog", b"a", b"elephant", b"a"])
np.save(here / "bytes.npy", array)
add("bytes.npy", array)

for version in ((1, 0), (2, 0), (3, 0)):
    name = f"version-{version[0]}.npy"
    with open(here / name, "wb") as f:
        np.lib.format.write_array(f, matrix, version=version)
    add(name, matrix)

# Archives: stored, compressed, and streamed (sizes only in the central directory).
views = {"x": matrix, "labels": np.array([1, 0, 1, 1]), "constant": np.zeros((400, 2))}
np.savez(here / "stored.npz", **views)
np.savez_compressed(here / "compressed.npz", **views)
np.savez_compressed(here / "single.npz", only=matrix)
for file in ("stored.npz", "compressed.npz"):
    for key, array in views.items():
        add(f"{file}:{key}", array)
add("single.npz", matrix)


class Pipe(io.RawIOBase):
    """A file that cannot seek, so that zipfile writes data descriptors."""

    def __init__(self, target):
        self.target = target

    def writable(self):
        return True

    def write(self, data):
        return self.target.write(data)


with open(here / "streamed.npz", "wb") as f:
    np.savez_compressed(Pipe(f), x=matrix)
add("streamed.npz:x", matrix)

# zip64 end record and fields, which are otherwise only in files of more than 4 GB.
zipfile.ZIP64_LIMIT = 50
zipfile.ZIP_FILECOUNT_LIMIT = 0
np.savez_compressed(here / "zip64.npz", x=matrix, y=matrix[:, :2])
add("zip64.npz:x", matrix)
add("zip64.npz:y", matrix[:, :2])

# What must be refused.
np.save(here / "object.npy", np.array([{"a": 1}, None], dtype=object), allow_pickle=True)
np.save(here / "complex.npy", np.array([1j, 2.0]))
np.save(here / "longdouble.npy", np.zeros(2, dtype=np.longdouble))
np.save(here / "structured.npy", np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]))
np.save(here / "datetime.npy", np.array(["2020-01-01"], dtype="M8[D]"))
np.save(here / "void.npy", np.zeros(2, dtype="V4"))
np.save(here / "cube.npy", np.zeros((2, 3, 4)))
np.save(here / "scalar.npy", np.float64(1))
np.save(here / "no-rows.npy", np.zeros((0, 3)))
np.save(here / "nan.npy", np.array([[1.0, 2.0], [3.0, np.nan]], dtype=np.float32))
np.save(here / "infinite.npy", np.array([1.0, -np.inf]))
np.save(here / "integer-matrix.npy", np.arange(6).reshape(3, 2))
np.save(here / "empty-label.npy", np.array(["a", "", "b"]))

# Tables, by pandas.
table = pd.DataFrame({
    "height": [1.5, -2.0, 3.25e-3, 4e10],
    "count": [3, 10, 3, -1],
    "weight, kg": [70.0, 80.5, 60.25, 55.0],
    "name": ["plain", "comma, inside", 'a "quoted" word', "two\nlines"],
})
table.to_csv(here / "table.csv", index=False)
table.to_csv(here / "quoted-crlf.csv", index=False, quoting=csv.QUOTE_ALL, lineterminator="\r\n",
             encoding="utf-8-sig")
table.to_csv(here / "table.tsv", index=False, sep="\t")
table[["height", "count"]].to_csv(here / "numbers.csv", index=False)
table.to_csv(here / "index.csv")
(table[["height"]].assign(gap=[1.0, np.nan, 2.0, 3.0])).to_csv(here / "gap.csv", index=False)
for file in ("table.csv", "quoted-crlf.csv", "table.tsv"):
    add(f"{file}:height", table["height"].to_numpy())
    add(f"{file}:count", table["count"].to_numpy())
    add(f"{file}:name", table["name"].to_numpy(dtype=str))
    add(f"{file}:weight, kg", table["weight, kg"].to_numpy())
    add(f"{file}:height,count", table[["height", "count"]].to_numpy(dtype=float))
add("numbers.csv", table[["height", "count"]].to_numpy(dtype=float))

tensors = {"wide": matrix, "single": matrix.astype(np.float32), "half": matrix.astype(np.float16),
           "labels": np.array([5, 2, 5], dtype=np.int64), "small": np.array([1, 255], dtype=np.uint8)}
save_file(tensors, here / "tensors.safetensors")
for key, array in tensors.items():
    add(f"tensors.safetensors:{key}", array)

(here / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, separators=(",", ":")))
