#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a run on a cluster costs: the figures of docs/scaling.md.

    python run.py overhead    trials on two cores, by the local runner and by mi-ray
    python run.py commit      1e6 rows through the single writer
    python run.py driver      1e6 rows through the whole driver, the workers' time left out
    python run.py wait        one turn of the driver's loop against the batches in flight
    python run.py all

Needs Ray and the tree built with `swift build -c release --product mi` and `--product MICore`. Prints
one line of JSON for each measurement. Run it where nothing else runs.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Python"))
MI = str(ROOT / ".build" / "release" / "mi")

#: Trials of about 1, 10 and 100 ms, and how many of them.
KINDS = [
    ("gaussian, n 1000", ["bmi-v1", "--task", "1v1-normal-0.75", "-e", "gaussian", "-n", "1000"], 20000),
    ("ksg-1, n 1000, 1+1", ["bmi-v1", "--task", "1v1-normal-0.75", "-e", "ksg-1", "-n", "1000"], 15000),
    ("ksg-1, n 10000, 1+1", ["bmi-v1", "--task", "1v1-normal-0.75", "-e", "ksg-1", "-n", "10000"], 3000),
    ("ksg-1, n 14000, 5+5", ["bmi-v1", "--task", "multinormal-dense-5-5-0.5", "-e", "ksg-1",
                             "-n", "14000"], 500),
]


def tell(**facts):
    print(json.dumps(facts), flush=True)


def connected(cores=2):
    import ray

    ray.init(num_cpus=cores, object_store_memory=100 * 2**20, include_dashboard=False,
             log_to_driver=False, logging_level="ERROR")
    return ray


def local(words, store, *more):
    out = subprocess.run(
        [MI, "bench", "run", *words, "--store", store, "--threads", "2", "--json", *more],
        check=True, capture_output=True).stdout
    return json.loads(out)["seconds"]


def overhead(scale):
    from mutualinformation.ray._engine import Job, Run

    ray = connected()
    for name, words, count in KINDS:
        seeds = ["--seeds", str(max(int(count * scale), 20))]
        with tempfile.TemporaryDirectory() as folder:
            job = lambda store: Job(  # noqa: E731
                [MI, "bench", "plan", *words, *seeds, "--store", store],
                [MI, "bench", "trials", *words],
                [MI, "bench", "commit", "--store", store])
            # The first run starts Ray's workers and is not counted.
            Run(ray, job(folder + "/warm")).finish()
            took = {"in process": [], "isolated": [], "ray": []}
            for turn in range(3):
                took["in process"].append(local([*words, *seeds], "%s/p%d" % (folder, turn)))
                took["isolated"].append(
                    local([*words, *seeds], "%s/i%d" % (folder, turn), "--isolate"))
                # Local stores are made; the cluster's runner reads a plan and commits as well.
                facts = Run(ray, job("%s/r%d" % (folder, turn))).finish()
                took["ray"].append(facts["seconds"])
        n = int(seeds[1])
        best = {key: sorted(values)[1] for key, values in took.items()}
        tell(what="overhead", kind=name, trials=n, batches=facts["batches"],
             ms_per_trial_per_core={k: round(2000 * v / n, 4) for k, v in best.items()},
             over_isolated=round(best["ray"] / best["isolated"] - 1, 4),
             over_in_process=round(best["ray"] / best["in process"] - 1, 4))
    ray.shutdown()


def prepared(folder, count):
    """A plan's lines and their rows, made by the core once and repeated with other seeds."""
    words = ["bmi-v1", "-e", "gaussian", "-e", "ksg-1", "-n", "1000", "--seeds", "5"]
    store = folder + "/s.sqlite"
    plan = subprocess.run([MI, "bench", "plan", *words, "--store", store], check=True,
                          capture_output=True).stdout.splitlines(keepends=True)[1:]
    rows = subprocess.run([MI, "bench", "trials", *words], input=b"".join(plan), check=True,
                          capture_output=True).stdout.splitlines(keepends=True)
    lines, made = [], []
    for number in range(count):
        line, row = plan[number % len(plan)], rows[number % len(rows)]
        seed = b'"seed":%d' % (number // len(plan) * 5 + json.loads(row)["trial"]["key"]["seed"])
        for text, target in ((line, lines), (row, made)):
            head, _, tail = text.partition(b'"seed":')
            target.append(b'{"id":%d' % number + (
                head + seed + tail.lstrip(b"0123456789"))[text.index(b","):])
    return store, lines, made


def commit(scale):
    count = int(1e6 * scale)
    with tempfile.TemporaryDirectory() as folder:
        store, lines, rows = prepared(folder, count)
        data = b"".join(rows)
        before = time.perf_counter()
        out = subprocess.run([MI, "bench", "commit", "--store", store], input=data, check=True,
                             capture_output=True).stdout.splitlines()
        seconds = time.perf_counter() - before
        from mutualinformation.ray import _worker

        batch = slice(0, 5000)
        tell(what="commit", rows=json.loads(out[-1])["added"], seconds=round(seconds, 2),
             rows_per_second=round(count / seconds), bytes_a_row=round(len(data) / count, 1),
             store_bytes_a_row=round(Path(store).stat().st_size / count, 1),
             line_bytes=round(len(b"".join(lines)) / count, 1),
             wire_bytes_line=round(len(_worker.pack(lines[batch])) / len(lines[batch]), 1),
             wire_bytes_row=round(len(_worker.pack(rows[batch])) / len(rows[batch]), 1))


def driver(scale):
    from mutualinformation.ray import _engine, _worker

    count = int(1e6 * scale)
    for batch in (5000, 500, 50):
        rows_in_all = max(int(count * batch / 5000), 5000)
        with tempfile.TemporaryDirectory() as folder:
            store, lines, rows = prepared(folder, rows_in_all)
            head = {"planned": rows_in_all, "present": 0,
                    "kinds": {kind: {"count": rows_in_all // 2, "seconds": rows_in_all * 0.001}
                              for kind in ("0/1000", "1/1000")}}
            plan = folder + "/plan"
            Path(plan).write_bytes(json.dumps(head).encode() + b"\n" + b"".join(lines))
            ray = connected()

            # As the worker, but the rows are there: a thousandth of a second each is claimed.
            def answer(words, data, flush):
                import json
                import zlib

                units = zlib.decompress(data).splitlines()
                first = json.loads(units[0])["id"]
                made = words[0][first:first + len(units)]
                yield [(first + i, 0.002, None) for i in range(len(units))], zlib.compress(
                    b"".join(made), 1)
                yield 0, ""

            handle = ray.put(rows)
            run = _engine.Run(ray, _engine.Job(
                ["cat", plan], [], [MI, "bench", "commit", "--store", store]), batch * 0.002)
            remote = ray.remote(num_cpus=1, max_retries=0, num_returns="streaming")(
                lambda rows, data, flush: answer([rows], data, flush))
            run._remote = type("Fake", (), {
                "remote": staticmethod(lambda words, data, flush: remote.remote(handle, data, flush))})
            cpu = time.process_time()
            facts = run.finish()
            cpu = time.process_time() - cpu
            ray.shutdown()
            tell(what="driver", rows=facts["added"], rows_a_batch=batch, batches=facts["batches"],
                 seconds=round(facts["seconds"], 2),
                 rows_per_second=round(rows_in_all / facts["seconds"]),
                 batches_per_second=round(facts["batches"] / facts["seconds"], 1),
                 driver_cpu_us_a_row=round(1e6 * cpu / rows_in_all, 2),
                 driver_cpu_ms_a_batch=round(1e3 * cpu / facts["batches"], 3))


def wait(scale):
    ray = connected()

    @ray.remote(num_cpus=1, num_returns="streaming", resources={"none": 1})
    def never():
        yield 0

    streams = []
    for count in (100, 1000, 10000, 20000):
        before = time.perf_counter()
        more = [never.remote() for _ in range(count - len(streams))]
        submit = (time.perf_counter() - before) / len(more)
        streams += more
        times = []
        for _ in range(5):
            before = time.perf_counter()
            ray.wait(streams, num_returns=len(streams), timeout=0)
            times.append(time.perf_counter() - before)
        tell(what="wait", in_flight=count, ms_a_turn=round(1e3 * sorted(times)[2], 2),
             ms_a_submit=round(1e3 * submit, 3))
    ray.shutdown()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["overhead", "commit", "driver", "wait", "all"])
    parser.add_argument("--scale", type=float, default=1.0, help="a share of the work")
    arguments = parser.parse_args()
    every = {"overhead": overhead, "commit": commit, "driver": driver, "wait": wait}
    for name, measure in every.items():
        if arguments.what in (name, "all"):
            measure(arguments.scale)


if __name__ == "__main__":
    main()
