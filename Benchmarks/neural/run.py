# SPDX-License-Identifier: MIT
"""The neural estimators against plain PyTorch and benchmark-mi, on the same files, in turn.

    run.py step                          seconds of a training step   -> step.csv
    run.py accuracy [--data gaussian] [--seeds 0,1,2] [--tools mine,...] [--samples 5000]  -> accuracy.csv
    run.py lmi [--seeds 0] [--tools lmi,pca-ksg,cca-ksg]              -> lmi.csv

tables.py prints what README.md shows; data.py makes the pairs (gaussian, half_cube, crossed). A tool is an estimator of
ours, with parameters as in mine+baseline=none, or one of torch, bmi-MINE, bmi-InfoNCE.

Environment: MI (the binary, default .build/release/mi), TORCH and JAX (the Pythons with torch and
with jax==0.4.30 benchmark-mi==0.1.3; default /opt/pv-torch/bin/python, /opt/pv-jax/bin/python).
Rows are appended; those that a CSV file already has are not run again.
"""
import argparse, csv, json, math, os, pathlib, resource, subprocess, tempfile, time
import data

HERE = pathlib.Path(__file__).parent
MI = os.environ.get("MI", str(HERE.parent.parent / ".build/release/mi"))
TORCH = os.environ.get("TORCH", "/opt/pv-torch/bin/python")
JAX = os.environ.get("JAX", "/opt/pv-jax/bin/python")
OURS = ["mine", "dv", "nwj", "infonce", "smile", "js", "dime"]
PEERS = {"torch": [TORCH, str(HERE / "torch_mine.py"), "estimate", "1"],
         "bmi-MINE": [JAX, str(HERE / "bmi_peer.py"), "MINE"],
         "bmi-InfoNCE": [JAX, str(HERE / "bmi_peer.py"), "InfoNCE"]}
CELLS = {"gaussian": [(d, truth) for d in (1, 5, 20) for truth in (0, 0.5, 1, 2, 5)],
         "half_cube": [(1, 1), (1, 5), (5, 1), (5, 2), (5, 5), (20, 1), (20, 2), (20, 5)],
         "crossed": [(1, 0.5), (1, 1), (1, 2), (2, 1), (2, 2), (5, 1), (5, 2)]}


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
    x, y = data.gaussian(folder, 20, 1, 5000, 0)
    cases = {
        "mine 16-8": ("mine", "hidden=16,8", "batch=256", 4000),
        "mine 128-128": ("mine", "hidden=128,128", "batch=256", 400),
        "mine 256-256": ("mine", "hidden=256,256", "batch=256", 150),
        "infonce joint 256-256": ("infonce", "hidden=256,256", "batch=128", 12),
        "infonce separable 256-256-32": ("infonce", "hidden=256,256", "batch=128", 150),
    }
    path = HERE / "step.csv"
    done = known(path, ["case", "tool", "threads", "wall", "cpu", "-"])
    for name, (id, hidden, batch, steps) in cases.items():
        fixed = [hidden, batch, "folds=1", "patience=10000000", "checkEvery=10000000",
                 "evaluationNegatives=1", "baseline=none"]
        if "joint" in name:
            fixed += ["critic=joint", "negatives=127"]

        def mine():
            short, c1 = ours(id, x, y, f"steps={steps // 10}", *fixed)
            long, c2 = ours(id, x, y, f"steps={steps + steps // 10}", *fixed)
            return {"wall": (long["seconds"] - short["seconds"]) / steps, "cpu": (c2 - c1) / steps}

        def peer(command, threads):
            found = json.loads(call(["taskset", "-c", f"0-{threads - 1}", *command])[0])
            return found.get(name, found)

        tools = {("ours", 1): mine}
        for t in counts:
            tools["torch", t] = lambda t=t: peer(
                [TORCH, str(HERE / "torch_mine.py"), "step", str(t), name], t)
            if "separable" not in name:  # benchmark-mi has no such critic
                tools["bmi", t] = lambda t=t: peer([JAX, str(HERE / "bmi_peer.py"), "step", name], t)
        tools = {k: f for k, f in tools.items() if (name, k[0], str(k[1])) not in done}
        # In turn, three times round; the least counts.
        rounds = [{k: f() for k, f in tools.items()} for _ in range(3)]
        for (tool, threads) in tools:
            least = [min(r[tool, threads][k] for r in rounds) for k in ("wall", "cpu")]
            append(path, [name, tool, threads, *least, ""])


def known(path, fields):
    if not path.exists():
        path.write_text(",".join(fields) + "\n")
    return {tuple(r[:-3]) for r in csv.reader(open(path))}


def append(path, row):
    with open(path, "a", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(row)
    print(*row, flush=True)


def accuracy(folder, kind, seeds, tools, n):
    path = HERE / "accuracy.csv"
    done = known(path, ["tool", "data", "d", "truth", "n", "seed", "nats", "seconds", "cpu"])
    make = getattr(data, kind)
    for seed in seeds:
        for tool in tools:
            keys = [(tool, kind, str(d), str(truth), str(n), str(seed)) for d, truth in CELLS[kind]]
            keys = [k for k in keys if k not in done]
            if not keys:
                continue
            pairs = [make(folder, int(d), float(truth), n, seed) for _, _, d, truth, *_ in keys]
            for key, result in zip(keys, estimates(tool, pairs, seed)):
                append(path, [*key, result["nats"], round(result["seconds"], 3), round(result["cpu"], 3)])


def estimates(tool, pairs, seed):
    """A peer does all pairs in one process, so its start and imports are not counted; ours are."""
    if tool in PEERS:
        command = [*PEERS[tool], *(path for pair in pairs for path in pair)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            yield from map(json.loads, process.stdout)
    else:
        id, *parameters = tool.split("+")
        for pair in pairs:
            result, cpu = ours(id, *pair, *parameters, threads=2, seed=seed)
            yield {**result, "cpu": cpu}


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
                    files = files or data.latent(folder, columns, shared, bits, n, seed)
                    id, *parameters = tool.split("+")
                    result, cpu = ours(id, *files, *parameters, threads=2, seed=seed)
                    append(path, [*key, result["nats"] / math.log(2), round(result["seconds"], 3),
                                  round(cpu, 3)])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["step", "accuracy", "lmi"])
    parser.add_argument("--threads", default="1,2", help="of the peers, in step")
    parser.add_argument("--data", choices=CELLS, default="gaussian", help="in accuracy")
    parser.add_argument("--seeds", default="0")
    parser.add_argument("--tools", default="")
    parser.add_argument("--samples", type=int, default=5000, help="n, in accuracy")
    args = parser.parse_args()
    seeds = [int(s) for s in args.seeds.split(",")]
    tools = args.tools.split(",") if args.tools else None
    with tempfile.TemporaryDirectory() as folder:
        if args.what == "step":
            step(folder, [int(t) for t in args.threads.split(",")])
        elif args.what == "accuracy":
            accuracy(folder, args.data, seeds, tools or [*OURS, *PEERS], args.samples)
        else:
            lmi(folder, seeds, tools or ["lmi", "cca-ksg", "pca-ksg"])
