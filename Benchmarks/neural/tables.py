# SPDX-License-Identifier: MIT
"""The tables of README.md, from the CSV files beside it: python tables.py"""
import csv, math, pathlib
import numpy as np

HERE = pathlib.Path(__file__).parent
PEERS = ["torch", "bmi-MINE", "bmi-InfoNCE"]


def read(name):
    return list(csv.DictReader(open(HERE / name)))


def print_table(head, rows):
    print("\n| " + " | ".join(head) + " |\n|" + " --- |" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")


def steps():
    """Milliseconds, and how many times ours."""
    rows = {(r["case"], r["tool"], r["threads"]): 1000 * float(r["wall"]) for r in read("step.csv")}
    columns = list(dict.fromkeys(k[1:] for k in rows))
    body = []
    for case in dict.fromkeys(k[0] for k in rows):
        own = rows[case, "ours", "1"]
        body.append([case] + [f"{v:.3g} ({v / own:.1f})" if (v := rows.get((case, *c))) else ""
                              for c in columns])
    print_table(["critic"] + [f"{tool}, {t}" for tool, t in columns], body)


class Accuracy:
    """Estimates by (data, n, tool, d, truth) and seed."""

    def __init__(self, rows):
        self.found = {}
        for r in rows:
            key = (r["data"], int(r["n"]), r["tool"], int(r["d"]), float(r["truth"]))
            self.found.setdefault(key, {})[r["seed"]] = float(r["nats"])

    def tables(self):
        return list(dict.fromkeys(k[:2] for k in self.found))

    def tools(self, data, n):
        return list(dict.fromkeys(k[2] for k in self.found if k[:2] == (data, n)))

    def cells(self, data, n):
        return sorted({k[3:] for k in self.found if k[:2] == (data, n)})

    def seeds(self, data, n, tool):
        counts = [len(v) for k, v in self.found.items() if k[:3] == (data, n, tool)]
        return f"{max(counts)}" if min(counts) == max(counts) else f"{min(counts)}-{max(counts)}"

    def show(self, data, n):
        tools, cells = self.tools(data, n), self.cells(data, n)
        print(f"\n{data}, n = {n}: RMSE (mean); beside the tool the seeds of a cell")
        body = []
        for d, truth in cells:
            found = [self.found.get((data, n, tool, d, truth)) for tool in tools]
            body.append([f"{d}, {truth:g}"] + [f"{rmse(v, truth):.3f} ({mean(v):.2f})" if v else ""
                                             for v in found])
        print_table(["d, truth"] + [f"{t}, {self.seeds(data, n, t)}" for t in tools], body)
        for peer in set(PEERS) & set(tools):
            wins = [(tool, *self.lower(data, n, tool, peer)) for tool in tools if tool not in PEERS]
            print(f"cells with a lower RMSE than {peer}: "
                  + ", ".join(f"{t} {w} of {k}" for t, w, k in wins))
        nulls = [(tool, d, self.found.get((data, n, tool, d, 0.0))) for tool in tools
                 for d in sorted({d for d, truth in cells if truth == 0})]
        print("truth 0, mean and standard error: " + "; ".join(
            f"{tool} {d} {mean(v):.5f} {error(v):.5f}" for tool, d, v in nulls if v and len(v) > 1))

    def lower(self, data, n, tool, peer):
        """In how many cells, of those with both, `tool` has the lower RMSE on the seeds of both."""
        wins, cells = 0, 0
        for d, truth in self.cells(data, n):
            a, b = (self.found.get((data, n, t, d, truth), {}) for t in (tool, peer))
            seeds = a.keys() & b.keys()
            if seeds:
                cells += 1
                wins += rmse({s: a[s] for s in seeds}, truth) < rmse({s: b[s] for s in seeds}, truth)
        return wins, cells


def mean(found):
    return np.mean(list(found.values()))


def error(found):
    return np.std(list(found.values()), ddof=1) / math.sqrt(len(found))


def rmse(found, truth):
    return math.sqrt(np.mean([(v - truth) ** 2 for v in found.values()]))


def seconds(rows):
    kinds = dict.fromkeys((r["n"], r["tool"]) for r in rows)
    print("\nmean processor seconds of an estimate: " + "; ".join(
        f"n {n} {tool} "
        f"{np.mean([float(r['cpu']) for r in rows if (r['n'], r['tool']) == (n, tool)]):.1f}"
        for n, tool in kinds))


def latent():
    rows, body = read("lmi.csv"), []
    for tool in dict.fromkeys(r["tool"] for r in rows):
        for shared in ("1", "5"):
            v = [r for r in rows if r["tool"] == tool and r["shared"] == shared]
            if not v:
                continue
            off = [abs(float(r["estimate_bits"]) - float(r["bits"])) for r in v]
            by_seed = [np.mean([e for e, r in zip(off, v) if r["seed"] == s]) for s in {r["seed"] for r in v}]
            means = [np.mean([float(r["estimate_bits"]) for r in v if r["bits"] == b])
                     for b in ("0", "0.5", "1", "1.5", "2")]
            spread = np.std(by_seed, ddof=1) / math.sqrt(len(by_seed)) if len(by_seed) > 1 else math.nan
            body.append([f"{tool}, {shared}", str(len(by_seed)), f"{np.mean(off):.3f} ± {spread:.3f}",
                         " ".join(f"{m:.2f}" for m in means),
                         f"{np.mean([float(r['cpu']) for r in v]):.1f}"])
    print_table(["estimator, shared", "seeds", "MAE bits", "estimates at 0, 0.5, 1, 1.5, 2 bits", "CPU s"],
                body)


if __name__ == "__main__":
    steps()
    rows = read("accuracy.csv")
    accuracy = Accuracy(rows)
    for data, n in accuracy.tables():
        accuracy.show(data, n)
    seconds(rows)
    latent()
