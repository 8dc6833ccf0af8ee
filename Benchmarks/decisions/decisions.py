"""How often `mi check` is wrong where the truth is known.

Draws triples (teacher, student, labels) whose gap I(T;S) - I(S;Y) has a known sign, runs the command on
each, and counts verdicts. A verdict is wrong when it says the opposite of the sign; `undecided` is never wrong.

    python3 decisions.py [--mi PATH] [--repetitions 200] [--rows 300] [--case NAME]...

Cases, all with n rows and d = 2 columns for teacher and student:
  independent   teacher independent of the student, four classes that the student tells apart a little:
                gap = -I(S;Y) < 0, so `distill` is wrong
  nothing       teacher, student and labels all independent: gap = 0, so every verdict is wrong
  positive      jointly Gaussian, I(T;S) = 0.8, continuous labels with I(S;Y) = 0.3 nats
  negative      jointly Gaussian, I(T;S) = 0.3, I(S;Y) = 0.8 nats
  zero          jointly Gaussian, both 0.5 nats: every verdict is wrong
"""

import argparse
import collections
import json
import math
import pathlib
import subprocess
import sys
import tempfile

import numpy as np


def correlated(source, nats, rng):
    """A column whose mutual information with the standard normal column `source` is `nats`."""
    rho = math.sqrt(1 - math.exp(-2 * nats))
    return rho * source + math.sqrt(1 - rho * rho) * rng.standard_normal(source.shape)


def gaussian(teacher_nats, label_nats):
    def draw(n, rng):
        student = rng.standard_normal((n, 2))
        # Each of the two columns carries half of I(T;S); the labels follow the sum of the columns.
        teacher = correlated(student, teacher_nats / 2, rng)
        labels = correlated(student.sum(axis=1) / math.sqrt(2), label_nats, rng)
        return teacher, student, labels
    return draw


def independent(n, rng):
    labels = rng.integers(0, 4, n)
    corners = np.array([[0, 0], [1.2, 0], [0, 1.2], [1.2, 1.2]])
    return rng.standard_normal((n, 2)), corners[labels] + rng.standard_normal((n, 2)), labels


def nothing(n, rng):
    return rng.standard_normal((n, 2)), rng.standard_normal((n, 2)), rng.integers(0, 4, n)


CASES = {
    "independent": (independent, {"distill"}),
    "nothing": (nothing, {"distill", "doNotDistill"}),
    "positive": (gaussian(0.8, 0.3), {"doNotDistill"}),
    "negative": (gaussian(0.3, 0.8), {"distill"}),
    "zero": (gaussian(0.5, 0.5), {"distill", "doNotDistill"}),
}


def verdict(command, folder, arrays, seed):
    names = ["t.npy", "s.npy", "y.npy"]
    for name, array in zip(names, arrays):
        np.save(folder / name, array)
    teacher, student, labels = (str(folder / name) for name in names)
    run = subprocess.run(
        [command, "check", "--teacher", "t=" + teacher, "--student", student, "--labels", labels, "--held-out",
         "--represent", "raw", "--no-cache", "--json", "--seed", str(seed)], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"mi check failed with {run.returncode}: {run.stderr}")
    return json.loads(run.stdout)["teachers"][0]["verdict"]


def main():
    here = pathlib.Path(__file__).resolve()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mi", default=str(here.parents[2] / ".build/release/mi"))
    parser.add_argument("--repetitions", type=int, default=200)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--case", action="append", choices=list(CASES))
    arguments = parser.parse_args()
    print(f"{'case':12} {'n':>5} {'runs':>5} {'distill':>8} {'doNot':>6} {'undecided':>10} {'wrong':>7} {'s.e.':>6}")
    for name in arguments.case or CASES:
        draw, wrong = CASES[name]
        counts = collections.Counter()
        with tempfile.TemporaryDirectory() as folder:
            for repetition in range(arguments.repetitions):
                rng = np.random.default_rng([7, list(CASES).index(name), repetition])
                arrays = draw(arguments.rows, rng)
                counts[verdict(arguments.mi, pathlib.Path(folder), arrays, repetition)] += 1
        runs = arguments.repetitions
        share = sum(counts[word] for word in wrong) / runs
        error = math.sqrt(share * (1 - share) / runs)
        print(f"{name:12} {arguments.rows:5} {runs:5} {counts['distill']:8} {counts['doNotDistill']:6} "
              f"{counts['undecided']:10} {share:7.3f} {error:6.3f}", flush=True)


if __name__ == "__main__":
    main()
