# SPDX-License-Identifier: MIT
"""One estimate on many rows: seconds and peak memory of ksg-1 (k = 3) on 1 + 1 columns.

    rows.py [--n 100000 1000000 10000000] [--threads 1 2] [--reps 3] [-e ksg-1] [-p k=3 ...]

Appends to rows.csv the median of the seconds that `mi` says and the largest resident set, then fits
log seconds = a + b log n. MI is the binary (default .build/release/mi). The truth is 0.510826 nats.
"""
import argparse, csv, json, math, os, pathlib, statistics, subprocess, tempfile
import numpy as np

HERE = pathlib.Path(__file__).parent
MI = os.environ.get("MI", str(HERE.parent.parent / ".build/release/mi"))


def pair(folder, n):
    random = np.random.default_rng(1)
    x = random.standard_normal(n)
    np.save(f"{folder}/x.npy", x)
    x *= 0.8
    x += 0.6 * random.standard_normal(n)
    np.save(f"{folder}/y.npy", x)


def once(folder, arguments, threads):
    process = subprocess.Popen(
        [MI, "estimate", f"{folder}/x.npy", f"{folder}/y.npy", "--json", "--timing", "--threads",
         str(threads), *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"mi ended with status {status}")
    return json.loads(out), usage.ru_maxrss / 1e6


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, nargs="+", default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--reps", type=int, default=3)
    parser.add_argument("-e", default="ksg-1")
    parser.add_argument("-p", nargs="*", default=["k=3"])
    args = parser.parse_args()
    flags = ["-e", args.e] + [w for p in args.p for w in ("-p", p)]
    path = HERE / "rows.csv"
    if not path.exists():
        path.write_text("estimator,parameters,n,threads,nats,standard_error,seconds,peak_gb\n")
    seconds = {}
    for n in args.n:
        with tempfile.TemporaryDirectory() as folder:
            pair(folder, n)
            for threads in args.threads:
                runs = [once(folder, flags, threads) for _ in range(args.reps)]
                answer = runs[0][0]
                seconds[n, threads] = statistics.median(r[0]["seconds"] for r in runs)
                row = [args.e, " ".join(args.p), n, threads, answer["nats"],
                       answer.get("standardErrorNats"), round(seconds[n, threads], 4),
                       round(max(r[1] for r in runs), 3)]
                with open(path, "a", newline="") as file:
                    csv.writer(file, lineterminator="\n").writerow(row)
                print(*row, flush=True)
    if len(args.n) > 1:
        for threads in args.threads:
            slope, _ = np.polyfit(np.log(args.n), [math.log(seconds[n, threads]) for n in args.n], 1)
            print(f"{threads} threads: seconds grow as n^{slope:.3f}")


if __name__ == "__main__":
    main()
