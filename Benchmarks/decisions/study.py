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


def rate(hits, count):
    """A share in percent with its standard error."""
    if count == 0:
        return "-"
    p = hits / count
    return f"{100 * p:.1f} ± {100 * math.sqrt(max(p * (1 - p), 0.25 / count) / count):.1f}"


def summary(rows):
    n = len(rows)
    intervals = [r for r in rows if r["low"]]
    covered = sum(float(r["low"]) <= r["truth"] <= float(r["high"]) for r in intervals)
    naive = [r for r in rows if r["naive"]]
    return [str(n), rate(sum(wrong(r["verdict"], r["truth"]) for r in rows), n),
            rate(sum(wrong(r["naive"], r["truth"]) for r in naive), len(naive)),
            rate(sum(r["verdict"] == "undecided" for r in rows), n),
            rate(covered, len(intervals)), rate(n - len(intervals), n)]


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
