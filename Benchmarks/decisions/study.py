# SPDX-License-Identifier: MIT
"""Wrong verdicts, undecided ones and the coverage of the interval over thousands of cases of known gap.

    swift build -c release --product decision-study
    python3 study.py run study.csv [--repetitions 20] [--rows 200,1000,5000] [--columns 1,5,16] [--classes 2,10]
    python3 study.py table study.csv

Cases: Gaussian class-conditional teacher and student of d columns each, C equal classes, gaps I(T;S) - I(S;Y) of
-0.2, -0.1, 0, 0.1, 0.2 and 0.5 nats (the decision tasks of the package). A verdict is wrong when it says the opposite of
the sign; at a gap of exactly 0 only `distill` is wrong, since then distillation does not help. The naive rule compares
the plain numbers of ksg-1 and ross by `>`. The interval is that of one teacher at alpha 0.05: 90 %.
"""

import argparse
import collections
import csv
import math
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve()


def wrong(verdict, truth):
    return verdict == "distill" if truth <= 0 else verdict == "doNotDistill"


def rate(rows, hit):
    """A share in percent with its standard error.

    The six gaps of a seed share the student's rows and err together, so seeds are the units; the error is at least that of
    half a hit.
    """
    if not rows:
        return "-"
    p = sum(map(hit, rows)) / len(rows)
    seeds = collections.defaultdict(float)
    for r in rows:
        seeds[r["n"], r["d"], r["classes"], r["seed"]] += hit(r) - p
    m = len(seeds)
    square = m / max(m - 1, 1) * sum(v * v for v in seeds.values())
    return f"{100 * p:.1f} ± {100 * math.sqrt(max(square, 0.25)) / len(rows):.1f}"


def summary(rows):
    intervals = [r for r in rows if r["low"]]
    return [str(len(rows)), rate(rows, lambda r: wrong(r["verdict"], r["truth"])),
            rate([r for r in rows if r["naive"]], lambda r: wrong(r["naive"], r["truth"])),
            rate(rows, lambda r: r["verdict"] == "undecided"),
            rate(intervals, lambda r: float(r["low"]) <= r["truth"] <= float(r["high"])),
            rate(rows, lambda r: not r["low"])]


def table(path):
    rows = list(csv.DictReader(open(path)))
    for r in rows:
        r["truth"] = float(r["truth"])
    heads = ["cases", "wrong %", "naive wrong %", "undecided %", "covered %", "no interval %"]

    def block(title, key):
        groups = collections.defaultdict(list)
        for r in rows:
            groups[key(r)].append(r)
        print(f"\n| {title} | " + " | ".join(heads) + " |\n|" + " --- |" * (len(heads) + 1))
        for name in sorted(groups):
            print(f"| {', '.join(str(v) for v in name)} | " + " | ".join(summary(groups[name])) + " |")

    block("all", lambda r: ("all",))
    if "hearing" in rows[0]:
        block("hearing, n, d", lambda r: (r["hearing"], int(r["n"]), int(r["d"])))
    block("n, d, C", lambda r: (int(r["n"]), int(r["d"]), int(r["classes"])))
    block("true gap", lambda r: (r["truth"],))
    block("n, true gap", lambda r: (int(r["n"]), r["truth"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["run", "table"])
    parser.add_argument("path")
    parser.add_argument("--repetitions", type=int, default=20)
    parser.add_argument("--rows", default="200,1000,5000")
    parser.add_argument("--columns", default="1,5,16")
    parser.add_argument("--classes", default="2,10")
    parser.add_argument("--threads", default="2")
    parser.add_argument("--study", default=str(HERE.parents[2] / ".build/release/decision-study"))
    a = parser.parse_args()
    if a.what == "run":
        subprocess.run([a.study, a.path, str(a.repetitions), a.rows, a.columns, a.classes, a.threads], check=True)
    table(a.path)


if __name__ == "__main__":
    main()
