"""Times ksg-1 (k = 3) of this package and of its peers on the same arrays, in turn.

    python run.py --mi ../../.build/release/mi                 # the whole grid, one thread
    python run.py --mi ... --threads 2 --n 100000 --d 1 2 5    # part of it, two threads

Each tool lives in a process of its own, pinned to the first core (the first two for --threads 2).
Round after round every tool makes one call, so that noise of the machine falls on all alike; what
counts is the median over the rounds. On one thread a peer's time is its processor time, which a busy
machine does not lengthen, ours is time on the clock: the ratio can only err against us. Only the estimate call is timed: for `mi` the `seconds` of its JSON,
with the whole process as a second figure. A call beyond the cap ends that tool's part in the
cell; a tool whose call took more than --once seconds is not called again (the column `calls` says so).
Values are compared: tools of one definition must agree to 1e-9 (BallTree, whose borders round, to 1e-6).
"""
import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
SINGLE = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")}


def worker(tool, x, y, k, threads):
    """Serves calls: a line in, a line of JSON out."""
    from peers import PEERS

    x, y = np.load(x), np.load(y)
    PEERS[tool](x[:200], y[:200], k, threads)  # imports and compilation are not timed
    print(json.dumps({"ready": True}), flush=True)
    for _ in sys.stdin:
        start, cpu = time.perf_counter(), time.process_time()
        value = PEERS[tool](x, y, k, threads)
        cpu = time.process_time() - cpu
        print(json.dumps({"seconds": time.perf_counter() - start, "cpu": cpu, "nats": value}), flush=True)


class Peer:
    def __init__(self, tool, files, args):
        self.name, self.args, self.dead = tool, args, None
        command = pinned(args) + [sys.executable, os.path.abspath(__file__), "--worker", tool, *files, str(args.threads)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=os.environ | SINGLE)
        if not self.read(120):
            self.dead = "did not start"

    def read(self, limit):
        """A line of the worker's, or None past the limit."""
        import select

        ready, _, _ = select.select([self.process.stdout], [], [], limit)
        line = self.process.stdout.readline() if ready else ""
        return json.loads(line) if line else None

    def call(self):
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        answer = self.read(self.args.cap)
        if answer is None:
            self.dead = f"over {self.args.cap} s"
            self.close()
        return answer

    def close(self):
        self.process.kill()
        self.process.wait()


class Ours:
    name, dead = "mi", None

    def __init__(self, files, args):
        self.command = pinned(args) + [
            args.mi, "estimate", *files, "-e", "ksg-1", "-p", "k=3", "--threads", str(args.threads), "--json", "--timing"]
        self.cap = args.cap

    def call(self):
        start = time.perf_counter()
        try:
            done = subprocess.run(self.command, capture_output=True, text=True, timeout=self.cap, check=True)
        except subprocess.TimeoutExpired:
            self.dead = f"over {self.cap} s"
            return None
        whole = time.perf_counter() - start
        answer = json.loads(done.stdout)
        return {"seconds": answer["seconds"], "nats": answer["nats"], "whole": whole}

    def close(self):
        pass


def pinned(args):
    return ["taskset", "-c", ",".join(str(core) for core in range(args.threads))]


def data(n, d):
    """d pairs of columns with correlation .6 each."""
    rng = np.random.default_rng([n, d, 66138])
    x = rng.standard_normal((n, d))
    return x, 0.6 * x + 0.8 * rng.standard_normal((n, d))


def cell(n, d, args):
    from peers import ONE_DIMENSION, OTHER_VALUE, PEERS, TOLERANCE, TWO_THREADS

    with tempfile.TemporaryDirectory() as folder:
        files = [os.path.join(folder, name) for name in ("x.npy", "y.npy")]
        for path, array in zip(files, data(n, d)):
            np.save(path, array)
        names = [name for name in args.tools or PEERS
                 if (d == 1 or name not in ONE_DIMENSION) and (args.threads == 1 or name in TWO_THREADS)
                 and name not in args.skipped.get(d, ())]
        tools = [Ours(files, args)] + [Peer(name, files, args) for name in names]
        answers = {tool.name: [] for tool in tools}
        for _ in range(args.reps):
            for tool in tools:
                past = answers[tool.name]
                if tool.dead or (past and past[0].get("cpu", past[0]["seconds"]) > args.once):
                    continue
                answer = tool.call()
                if answer:
                    past.append(answer)
        for tool in tools:
            tool.close()
            if tool.dead and n < max(args.n):
                args.skipped.setdefault(d, set()).add(tool.name)  # larger n will not be faster
    rows = []
    value = answers["mi"][0]["nats"] if answers["mi"] else None
    for tool in tools:
        past = answers[tool.name]
        row = {"n": n, "d": d, "threads": args.threads, "tool": tool.name, "calls": len(past), "seconds": None,
               "clock_seconds": None, "whole_process_seconds": None, "nats": None, "same_value": None, "note": tool.dead or ""}
        if past:
            row["clock_seconds"] = statistics.median(a["seconds"] for a in past)
            cpu = args.threads == 1 and tool.name != "mi"
            row["seconds"] = statistics.median(a["cpu"] if cpu else a["seconds"] for a in past)
            row["nats"] = past[0]["nats"]
            if tool.name == "mi":
                row["whole_process_seconds"] = statistics.median(a["whole"] for a in past)
            elif tool.name not in OTHER_VALUE and value is not None:
                row["same_value"] = abs(row["nats"] - value) < TOLERANCE.get(tool.name, 1e-9)
        rows.append(row)
    return rows


def table(rows):
    lines = ["| n | d + d | mi, s | whole process, s | fastest peer | its s | ratio |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for n, d in dict.fromkeys((row["n"], row["d"]) for row in rows):
        here = [row for row in rows if (row["n"], row["d"]) == (n, d)]
        ours = here[0]
        peers = [row for row in here[1:] if row["seconds"] is not None]
        if ours["seconds"] is None:
            continue
        start = f"| {n:,} | {d} + {d} | {ours['seconds']:.4g} | {ours['whole_process_seconds']:.4g} |"
        if peers:
            best = min(peers, key=lambda row: row["seconds"])
            lines.append(f"{start} {best['tool']} | {best['seconds']:.4g} | {best['seconds'] / ours['seconds']:.1f} |")
        else:
            lines.append(f"{start} none within the cap | | |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mi", default=os.path.join(HERE, "../../.build/release/mi"))
    parser.add_argument("--n", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--d", type=int, nargs="+", default=[1, 2, 3, 5, 10, 20])
    parser.add_argument("--threads", type=int, default=1, choices=[1, 2])
    parser.add_argument("--reps", type=int, default=5)
    parser.add_argument("--cap", type=float, default=240, help="seconds a call may take")
    parser.add_argument("--once", type=float, default=60, help="a tool slower than this is called once")
    parser.add_argument("--tools", nargs="+", help="peers to call; all by default")
    parser.add_argument("--out", default=os.path.join(HERE, "results.csv"))
    args = parser.parse_args()
    args.skipped = {}
    rows = []
    for d in args.d:
        for n in sorted(args.n):
            new = cell(n, d, args)
            rows += new
            for row in new:
                print(row, file=sys.stderr)
            with open(args.out, "w", newline="") as out:
                writer = csv.DictWriter(out, fieldnames=list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
    print(table(rows))
    wrong = [row for row in rows if row["same_value"] is False]
    for row in wrong:
        print(f"VALUE DIFFERS: {row}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] == "--worker":
        worker(sys.argv[2], sys.argv[3], sys.argv[4], 3, int(sys.argv[5]))
    else:
        main()
