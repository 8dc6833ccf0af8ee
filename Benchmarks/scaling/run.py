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
PLAIN = ["bmi-v1", "--task", "1v1-normal-0.75"]
KINDS = [
    ("gaussian, n 1000", [*PLAIN, "-e", "gaussian", "-n", "1000"], 20000),
    ("ksg-1, n 1000, 1+1", [*PLAIN, "-e", "ksg-1", "-n", "1000"], 15000),
    ("ksg-1, n 10000, 1+1", [*PLAIN, "-e", "ksg-1", "-n", "10000"], 3000),
    ("ksg-1, n 14000, 5+5",
     ["bmi-v1", "--task", "multinormal-dense-5-5-0.5", "-e", "ksg-1", "-n", "14000"], 500),
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


def overhead(scale, kinds=KINDS):
    from mutualinformation.ray._engine import Job, Run

    ray = connected()
    for name, words, count in kinds:
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


def answer(path, width, parts, data):
    """As the worker, but the rows are there: two milliseconds are claimed for each."""
    import json
    import zlib

    units = zlib.decompress(data).splitlines()
    first, count = json.loads(units[0])["id"], len(units)
    with open(path, "rb") as file:
        file.seek(first * width)
        for part in range(parts):
            some = range(count * part // parts, count * (part + 1) // parts)
            made = zlib.compress(file.read(len(some) * width), 1)
            yield [(first + i, 0.002, None) for i in some], made
    yield 0, ""


class Ready:
    """A remote function whose answers are there."""

    def __init__(self, function, *facts):
        self.function, self.facts = function, facts

    def remote(self, _words, data, _flush):
        return self.function.remote(*self.facts, data)


def driver(scale):
    from mutualinformation.ray import _engine

    for batch, parts in ((5000, 1), (500, 1), (500, 10), (50, 1)):
        count = max(int(1e6 * scale * batch / 5000), 5000)
        with tempfile.TemporaryDirectory() as folder:
            store, lines, rows = prepared(folder, count)
            width = max(map(len, rows))
            path, plan = Path(folder, "rows"), Path(folder, "plan")
            path.write_bytes(b"".join(row[:-1].ljust(width - 1) + b"\n" for row in rows))
            kind = {"count": count // 2, "seconds": count * 0.001}
            head = {"planned": count, "present": 0, "kinds": {"0/1000": kind, "1/1000": kind}}
            plan.write_bytes(json.dumps(head).encode() + b"\n" + b"".join(lines))
            del rows, lines
            ray = connected()
            remote = ray.remote(num_cpus=1, max_retries=0, num_returns="streaming")(answer)
            run = _engine.Run(ray, _engine.Job(
                ["cat", str(plan)], [], [MI, "bench", "commit", "--store", store]), batch * 0.002)

            run._remote = Ready(remote, str(path), width, parts)
            cpu = time.process_time()
            facts = run.finish()
            cpu = time.process_time() - cpu
            ray.shutdown()
            tell(what="driver", rows=facts["added"], rows_a_batch=batch, messages_a_batch=parts,
                 batches=facts["batches"],
                 seconds=round(facts["seconds"], 2),
                 rows_per_second=round(count / facts["seconds"]),
                 batches_per_second=round(facts["batches"] / facts["seconds"], 1),
                 driver_cpu_us_a_row=round(1e6 * cpu / count, 2),
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
    parser.add_argument("--kind", type=int, help="of overhead, one kind of trial alone: 0 to 3")
    arguments = parser.parse_args()
    every = {"overhead": overhead, "commit": commit, "driver": driver, "wait": wait}
    for name, measure in every.items():
        if arguments.what in (name, "all"):
            if name == "overhead" and arguments.kind is not None:
                measure(arguments.scale, KINDS[arguments.kind:arguments.kind + 1])
            else:
                measure(arguments.scale)


if __name__ == "__main__":
    main()
