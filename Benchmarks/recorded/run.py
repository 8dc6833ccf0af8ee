# SPDX-License-Identifier: MIT
"""The default of `mi estimate` on recorded data of known information, beside other tools.

    python run.py MI results.csv [--n 300,2000,20000] [--seeds 1,2] [--cases others]
    python run.py table results.csv

needs numpy, scipy and scikit-learn; ennemi if it is there. A number is right within 0.03 nats or three standard
errors: those of `mi`, for every tool, since the others give none.
"""

import csv
import importlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn.feature_selection import mutual_info_classif, mutual_info_regression

try:
    import ennemi
except ImportError:
    ennemi = None


def ours(mi, x, y, folder, *options):
    np.save(folder / "x.npy", x)
    np.save(folder / "y.npy", y)
    done = subprocess.run(
        [mi, "estimate", folder / "x.npy", folder / "y.npy", "--json", "--threads", "1", *options],
        capture_output=True, text=True)
    if done.returncode:
        return None, None, done.stderr.strip()
    found = json.loads(done.stdout)
    return found["nats"], found["standardErrorNats"], found["estimator"]


def theirs(x, y):
    """scikit-learn and ennemi; they take one column a side."""
    if x.ndim > 1 or y.ndim > 1:
        return None, None
    is_class = y.dtype.kind in "iu"
    learn = (mutual_info_classif if is_class else mutual_info_regression)(x[:, None], y, random_state=0)[0]
    other = None
    if ennemi is not None:
        try:
            other = float(ennemi.estimate_mi(y, x, discrete_y=is_class).ravel()[0])
        except Exception:
            other = None
    return learn, other


def lowest_entropy(x, y):
    """The smaller entropy of the values as they are, in nats: ln n where all rows differ."""
    found = []
    for side in (x, y):
        counts = np.unique(side, axis=0, return_counts=True)[1]
        found.append(np.log(len(side)) - (counts * np.log(counts)).sum() / len(side))
    return min(found)


def run(mi, path, sizes, seeds, module):
    cases = importlib.import_module(module).cases
    with tempfile.TemporaryDirectory() as name, open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow("n seed group case truth entropy mi error estimator mixed_ksg sklearn ennemi".split())
        for n in sizes:
            for seed in seeds:
                for group, case, x, y, truth in cases(n, seed):
                    nats, error, estimator = ours(mi, x, y, Path(name))
                    mixed = None
                    if y.dtype.kind == "f":
                        mixed = ours(mi, x, y, Path(name), "-e", "mixed-ksg")[0]
                    learn, other = theirs(x, y)
                    out.writerow([n, seed, group, case, truth, lowest_entropy(x, y), nats, error, estimator, mixed, learn, other])
                    file.flush()


def table(path):
    rows = list(csv.DictReader(open(path)))
    number = lambda text: float(text) if text else None

    def right(row, column):
        value, truth = number(row[column]), float(row["truth"])
        if value is None:
            return None if column != "mi" else False
        reach = max(0.03, 3 * (number(row["error"]) or 0))
        return abs(value - truth) <= reach

    columns = ["mi", "mixed_ksg", "sklearn", "ennemi"]
    print("| n | group | cases | mi estimate | its mean error | mixed-ksg | scikit-learn | ennemi |")
    print("|---|---|---|---|---|---|---|---|")
    groups = list(dict.fromkeys(row["group"] for row in rows)) + ["all"]
    for n in sorted({int(row["n"]) for row in rows}):
        for group in groups:
            part = [r for r in rows if int(r["n"]) == n and group in (r["group"], "all")]
            if not part:
                continue
            cells = []
            for column in columns:
                found = [right(row, column) for row in part]
                found = [one for one in found if one is not None]
                cells.append(f"{sum(found)} of {len(found)}" if found else "-")
            errors = [abs(float(r["mi"]) - float(r["truth"])) for r in part if r["mi"]]
            cells.insert(1, f"{np.mean(errors):.3f}")
            print(f"| {n} | {group} | {len(part)} | " + " | ".join(cells) + " |")
    above = {c: sum(bool(r[c]) and float(r[c]) > float(r["entropy"]) for r in rows) for c in columns}
    print("\nAbove an entropy: " + ", ".join(f"{c} {count}" for c, count in above.items()) + ".")
    print("\n| missed by the default | n | seed | truth | found | its error | estimator |\n|---|---|---|---|---|---|---|")
    for row in rows:
        if not right(row, "mi"):
            found = [f"{float(row[c]):.3f}" if row[c] else "refused" for c in ("truth", "mi", "error")]
            print(f"| {row['case']} | {row['n']} | {row['seed']} | " + " | ".join(found) + f" | {row['estimator']} |")


if __name__ == "__main__":
    options = dict(zip(sys.argv[3::2], sys.argv[4::2]))
    if sys.argv[1] == "table":
        table(sys.argv[2])
    else:
        numbers = lambda text: [int(one) for one in text.split(",")]
        run(sys.argv[1], sys.argv[2], numbers(options.get("--n", "300,2000,20000")), numbers(options.get("--seeds", "1")),
            options.get("--cases", "cases"))
