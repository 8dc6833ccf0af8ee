# SPDX-License-Identifier: MIT
"""Were the verdicts right on the MFH Gaussian test bed, where distillation was really done?

    swift build -c release --product mi
    python3 mfh.py run mfh.csv [--seeds 200] [--rows 1000,300]
    python3 mfh.py table mfh.csv

A drawing is a training set of 200 rows of the published test bed (`mi distill mfh`), a linear teacher and a linear student.
`mi check` sees the logits of both on held-out rows, one column each, and the label. A rule is right where it foretells the
sign of the exact change of the student's accuracy by distillation at weight w. Rules: `check`, the verdict, where it is not
`undecided`; `exact`, the larger of the exact informations (the plain hypothesis with perfect knowledge); `plain`, the larger
of the plain numbers of ksg-1 and ross. Standard errors take the seeds as units: a seed's student is the same at every overlap.
"""

import argparse
import collections
import csv
import json
import math
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve()
WEIGHTS = ["0.2", "1", "5"]


def run(path, command, seeds, rows):
    with open(path, "w") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["rows", "overlap", "seed", "verdict", "gap", "low", "high", "exact", "plain"]
                     + ["gain" + w for w in WEIGHTS])
        for n in rows:
            text = subprocess.run(
                [command, "distill", "mfh", "--verdicts", "--json", "--seeds", str(seeds), "-n", str(n),
                 "--weight", ",".join(WEIGHTS)], check=True, capture_output=True, text=True).stdout
            for v in json.loads(text)["verdicts"]:
                numbers = [v.get("gap"), *(v.get("interval") or [None, None]), v["exactGap"], v.get("plainGap"), *v["gains"]]
                out.writerow([n, v["overlap"], v["seed"], v["verdict"]]
                             + ["" if x is None else f"{x:.5f}" for x in numbers])


def says(rule, row):
    if rule == "check":
        return {"distill": True, "doNotDistill": False}.get(row["verdict"])
    return float(row[rule]) > 0 if row[rule] else None


def accuracy(rule, gain, rows):
    """Percent right among decided, with its error over seeds, and percent abstained."""
    seeds = collections.defaultdict(lambda: [0, 0])
    for row in rows:
        said = says(rule, row)
        if said is not None:
            seeds[row["seed"]][0] += said == (float(row[gain]) > 0)
            seeds[row["seed"]][1] += 1
    right, decided = (sum(s[i] for s in seeds.values()) for i in (0, 1))
    if decided == 0:
        return "-", 100.0
    p, m = right / decided, len(seeds)
    error = math.sqrt(m / (m - 1) * sum((r - p * d) ** 2 for r, d in seeds.values())) / decided
    return f"{100 * p:.1f} ± {100 * error:.1f}", 100 * (1 - decided / len(rows))


def table(path):
    rows = list(csv.DictReader(open(path)))
    for n in sorted({int(r["rows"]) for r in rows}, reverse=True):
        some = [r for r in rows if int(r["rows"]) == n]
        print(f"\n{n} held-out rows, {len(some)} drawings\n")
        print("| weight | helped % | check right % | undecided % | right if it says distill % | right if doNotDistill % "
              "| exact right % | plain right % |\n|" + " --- |" * 8)
        for w in WEIGHTS:
            gain = "gain" + w
            right, abstained = accuracy("check", gain, some)
            parts = [accuracy("check", gain, [r for r in some if r["verdict"] == v])[0] for v in ("distill", "doNotDistill")]
            helped = 100 * sum(float(r[gain]) > 0 for r in some) / len(some)
            print(f"| {w} | {helped:.1f} | {right} | {abstained:.1f} | {' | '.join(parts)} "
                  f"| {accuracy('exact', gain, some)[0]} | {accuracy('plain', gain, some)[0]} |")
        wrong = [r for r in some if says("check", r) is not None and says("check", r) != (float(r["exact"]) > 0)]
        held = [r for r in some if r["low"]]
        covered = sum(float(r["low"]) <= float(r["exact"]) <= float(r["high"]) for r in held)
        print(f"\nAgainst the sign of the exact gap: {len(wrong)} of {len(some)} verdicts wrong; the interval holds the exact "
              f"gap in {100 * covered / len(held):.1f} %.")
    print("\n| rows, gamma | undecided % | " + " | ".join(f"helped, check right at {w} %" for w in WEIGHTS) + " |\n|"
          + " --- |" * (2 + len(WEIGHTS)))
    for n in sorted({int(r["rows"]) for r in rows}, reverse=True):
        for o in range(11):
            some = [r for r in rows if int(r["rows"]) == n and int(r["overlap"]) == o]
            cells = [f"{100 * sum(float(r['gain' + w]) > 0 for r in some) / len(some):.0f}, "
                     f"{accuracy('check', 'gain' + w, some)[0]}" for w in WEIGHTS]
            print(f"| {n}, {o / (20 - o):.2f} | {accuracy('check', 'gain1', some)[1]:.1f} | {' | '.join(cells)} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["run", "table"])
    parser.add_argument("path")
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--rows", default="1000,300")
    parser.add_argument("--mi", default=str(HERE.parents[2] / ".build/release/mi"))
    a = parser.parse_args()
    if a.what == "run":
        run(a.path, a.mi, a.seeds, [int(n) for n in a.rows.split(",")])
    table(a.path)


if __name__ == "__main__":
    main()
