# SPDX-License-Identifier: MIT
"""The neural estimators against plain PyTorch and benchmark-mi, on the same files, in turn.

    run.py step                          seconds of a training step   -> step.csv
    run.py accuracy [--seeds 0,1,2] [--tools mine,...] [--samples 5000]  -> accuracy.csv (appended)
    run.py peers [--seeds 0,1,2] [--tools torch,...] [--samples 5000]    the same of the peers, 15 cells a process
    run.py lmi [--seeds 0] [--tools lmi,pca-ksg,cca-ksg]              -> lmi.csv (appended)
    run.py table                         the tables of README.md, from the CSV files

Environment: MI (the binary, default .build/release/mi), TORCH and JAX (the Pythons with torch and
with jax==0.4.30 benchmark-mi==0.1.3; default /opt/pv-torch/bin/python, /opt/pv-jax/bin/python).
Rows that a CSV file already has are not run again.
"""
import argparse, csv, json, math, os, pathlib, resource, subprocess, sys, tempfile, time
import numpy as np

HERE = pathlib.Path(__file__).parent
MI = os.environ.get("MI", str(HERE.parent.parent / ".build/release/mi"))
TORCH = os.environ.get("TORCH", "/opt/pv-torch/bin/python")
JAX = os.environ.get("JAX", "/opt/pv-jax/bin/python")
OURS = ["mine", "dv", "nwj", "infonce", "smile", "js", "dime"]
DIMENSIONS, TRUTHS = (1, 5, 20), (0, 0.5, 1, 2, 5)


def gaussian(folder, d, nats, n, seed):
    """Correlated pairs of columns with the truth spread evenly over them."""
    rho = math.sqrt(1 - math.exp(-2 * nats / d))
    random = np.random.default_rng([seed, d, round(10 * nats)])
    x = random.standard_normal((n, d))
    y = rho * x + math.sqrt(1 - rho * rho) * random.standard_normal((n, d))
    return save(folder, x, y, f"{d}_{nats}_{n}_{seed}")


def latent(folder, columns, shared, bits, n, seed):
    """Shared pairs copied over half of the columns, the other half noise (Gowri et al. 2024)."""
    rho = math.sqrt(1 - 2 ** (-2 * bits / shared))
    random = np.random.default_rng([seed, shared, round(10 * bits)])
    a = random.standard_normal((n, shared))
    b = rho * a + math.sqrt(1 - rho * rho) * random.standard_normal((n, shared))
    half = columns // 2
    copies = np.arange(half) % shared
    noise = lambda: random.standard_normal((n, columns - half))
    return save(folder, np.hstack([a[:, copies], noise()]), np.hstack([b[:, copies], noise()]),
                f"latent_{columns}_{shared}_{bits}_{n}_{seed}")


def save(folder, x, y, name):
    paths = [f"{folder}/x_{name}.npy", f"{folder}/y_{name}.npy"]
    np.save(paths[0], x)
    np.save(paths[1], y)
    return paths


def call(command, **environment):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        return None, done.stderr.strip()[-200:], 0
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout, time.perf_counter() - start, cpu


def ours(id, x, y, *parameters, threads=1, seed=0):
    flags = [w for p in parameters for w in ("-p", p)]
    out, seconds, cpu = call([MI, "estimate", x, y, "-e", id, "--json", "--threads", str(threads),
                              "--seed", str(seed), *flags])
    return (json.loads(out), cpu) if out else ({"nats": math.nan, "seconds": math.nan, "why": seconds}, 0)


def step(folder, counts):
    x, y = gaussian(folder, 20, 1, 5000, 0)
    cases = {
        "mine 16-8": ("mine", "hidden=16,8", "batch=256", 2000),
        "mine 128-128": ("mine", "hidden=128,128", "batch=256", 200),
        "mine 256-256": ("mine", "hidden=256,256", "batch=256", 80),
        "infonce joint 256-256": ("infonce", "hidden=256,256", "batch=128", 10),
        "infonce separable 256-256-32": ("infonce", "hidden=256,256", "batch=128", 100),
    }
    path = HERE / "step.csv"
    done = {r[0] for r in csv.reader(open(path))} if path.exists() else set()
    if not done:
        path.write_text(",".join(["case", "ours_wall", "ours_cpu"] + [
            f"torch{t}_{k}" for t in counts for k in ("wall", "cpu")]) + "\n")
    for name, (id, hidden, batch, steps) in cases.items():
        if name in done:
            continue
        peers = {t: json.loads(call([TORCH, str(HERE / "torch_mine.py"), "step", str(t), name])[0])
                 for t in counts}
        fixed = [hidden, batch, "folds=1", "patience=10000000", "checkEvery=10000000",
                 "evaluationNegatives=1", "baseline=none"]
        if "joint" in name:
            fixed += ["critic=joint", "negatives=127"]
        best = {"wall": math.inf, "cpu": math.inf}
        for _ in range(3):
            short, c1 = ours(id, x, y, f"steps={steps // 10}", *fixed)
            long, c2 = ours(id, x, y, f"steps={steps + steps // 10}", *fixed)
            best["wall"] = min(best["wall"], (long["seconds"] - short["seconds"]) / steps)
            best["cpu"] = min(best["cpu"], (c2 - c1) / steps)
        append(path, [name, best["wall"], best["cpu"]]
               + [peers[t][name][k] for t in counts for k in ("wall", "cpu")])


def known(path, fields):
    if not path.exists():
        path.write_text(",".join(fields) + "\n")
    return {tuple(r[:-3]) for r in csv.reader(open(path))}


def append(path, row):
    with open(path, "a", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(row)
    print(*row, flush=True)


def accuracy(folder, seeds, tools, n=5000):
    path = HERE / "accuracy.csv"
    done = known(path, ["tool", "d", "truth", "n", "seed", "nats", "seconds", "cpu"])
    for seed in seeds:
        for d in DIMENSIONS:
            for truth in TRUTHS:
                files = None
                for tool in tools:
                    key = (tool, str(d), str(truth), str(n), str(seed))
                    if key in done:
                        continue
                    files = files or gaussian(folder, d, truth, n, seed)
                    id, *parameters = tool.split("+")
                    result, cpu = ours(id, *files, *parameters, threads=2, seed=seed)
                    append(path, [*key, result["nats"], round(result["seconds"], 3), round(cpu, 3)])


PEERS = {"torch": [TORCH, str(HERE / "torch_mine.py"), "estimate", "1"],
         "bmi-MINE": [JAX, str(HERE / "bmi_peer.py"), "MINE"],
         "bmi-InfoNCE": [JAX, str(HERE / "bmi_peer.py"), "InfoNCE"]}


def peers(folder, seeds, tools, n):
    """One process of a peer does the cells of a seed, so its start and imports are not counted."""
    path = HERE / "accuracy.csv"
    done = known(path, ["tool", "d", "truth", "n", "seed", "nats", "seconds", "cpu"])
    for seed in seeds:
        for tool in tools:
            keys = [(tool, str(d), str(t), str(n), str(seed)) for d in DIMENSIONS for t in TRUTHS]
            keys = [k for k in keys if k not in done]
            if not keys:
                continue
            files = [f for _, d, t, *_ in keys for f in gaussian(folder, int(d), float(t), n, seed)]
            process = subprocess.Popen([*PEERS[tool], *files], stdout=subprocess.PIPE, text=True)
            for key, line in zip(keys, process.stdout):
                result = json.loads(line)
                append(path, [*key, result["nats"], round(result["seconds"], 3),
                              round(result["cpu"], 3)])
            process.wait()


def lmi(folder, seeds, tools, n=2000, columns=1000):
    path = HERE / "lmi.csv"
    done = known(path, ["tool", "columns", "shared", "bits", "n", "seed", "estimate_bits", "seconds", "cpu"])
    for seed in seeds:
        for shared in (1, 5):
            for bits in (0, 0.5, 1, 1.5, 2):
                files = None
                for tool in tools:
                    key = (tool, str(columns), str(shared), str(bits), str(n), str(seed))
                    if key in done:
                        continue
                    files = files or latent(folder, columns, shared, bits, n, seed)
                    id, *parameters = tool.split("+")
                    result, cpu = ours(id, *files, *parameters, threads=2, seed=seed)
                    append(path, [*key, result["nats"] / math.log(2), round(result["seconds"], 3),
                                  round(cpu, 3)])


def values(rows, tool, d, truth, n):
    return {r["seed"]: float(r["nats"]) for r in rows if r["tool"] == tool and r["d"] == str(d)
            and r["truth"] == str(truth) and r["n"] == str(n)}


def rmse(estimates, truth):
    return math.sqrt(np.mean([(a - truth) ** 2 for a in estimates]))


def cell(found, truth):
    """RMSE (mean ± standard error, runs)"""
    v = list(found.values())
    if not v:
        return ""
    spread = f" ± {np.std(v, ddof=1) / math.sqrt(len(v)):.3f}" if len(v) > 1 else ""
    return f"{rmse(v, truth):.3f} ({np.mean(v):.2f}{spread}, {len(v)})"


def lower(rows, tool, peer, n):
    """In how many cells, of those with both, ours has the lower RMSE on the seeds of both."""
    wins, cells = 0, 0
    for d in DIMENSIONS:
        for truth in TRUTHS:
            a, b = values(rows, tool, d, truth, n), values(rows, peer, d, truth, n)
            seeds = a.keys() & b.keys()
            if seeds:
                cells += 1
                wins += rmse([a[s] for s in seeds], truth) < rmse([b[s] for s in seeds], truth)
    return wins, cells


def table():
    rows = list(csv.DictReader(open(HERE / "accuracy.csv")))
    tools = list(dict.fromkeys(r["tool"] for r in rows))
    for n in sorted({int(r["n"]) for r in rows}):
        print(f"\nn = {n}\n\n| d, truth | " + " | ".join(tools) + " |\n|" + " --- |" * (len(tools) + 1))
        for d in DIMENSIONS:
            for truth in TRUTHS:
                cells = [cell(values(rows, tool, d, truth, n), truth) for tool in tools]
                print(f"| {d}, {truth} | " + " | ".join(cells) + " |")
        for peer in ("torch", "bmi-MINE", "bmi-InfoNCE"):
            wins = {tool: lower(rows, tool, peer, n) for tool in tools if tool in OURS}
            print(f"cells with a lower RMSE than {peer}: "
                  + ", ".join(f"{t} {w} of {k}" for t, (w, k) in wins.items() if k))
    print("\nruns and mean seconds (wall, CPU): " + "; ".join(
        f"{t} {len(v)} runs {np.mean([float(r['seconds']) for r in v]):.1f}, "
        f"{np.mean([float(r['cpu']) for r in v]):.1f}"
        for t in tools for v in [[r for r in rows if r["tool"] == t]]))
    rows = list(csv.DictReader(open(HERE / "lmi.csv")))
    print("\n| estimator, shared | MAE bits | estimates at 0, 0.5, 1, 1.5, 2 bits | s |\n| --- | --- | --- | --- |")
    for tool in dict.fromkeys(r["tool"] for r in rows):
        for shared in ("1", "5"):
            v = [r for r in rows if r["tool"] == tool and r["shared"] == shared]
            if not v:
                continue
            mae = np.mean([abs(float(r["estimate_bits"]) - float(r["bits"])) for r in v])
            means = [np.mean([float(r["estimate_bits"]) for r in v if r["bits"] == b])
                     for b in ("0", "0.5", "1", "1.5", "2")]
            print(f"| {tool}, {shared} | {mae:.3f} | " + " ".join(f"{m:.2f}" for m in means)
                  + f" | {np.mean([float(r['seconds']) for r in v]):.1f} |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["step", "accuracy", "peers", "lmi", "table"])
    parser.add_argument("--threads", default="1,2", help="of PyTorch, in step")
    parser.add_argument("--seeds", default="0")
    parser.add_argument("--tools", default="")
    parser.add_argument("--samples", type=int, default=5000, help="n, in accuracy")
    args = parser.parse_args()
    seeds = [int(s) for s in args.seeds.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        if args.what == "step":
            step(folder, [int(t) for t in args.threads.split(",")])
        elif args.what == "accuracy":
            accuracy(folder, seeds, args.tools.split(",") if args.tools else OURS, args.samples)
        elif args.what == "peers":
            peers(folder, seeds, args.tools.split(",") if args.tools else list(PEERS), args.samples)
        elif args.what == "lmi":
            lmi(folder, seeds, args.tools.split(",") if args.tools else ["lmi", "cca-ksg", "pca-ksg"])
        else:
            table()
