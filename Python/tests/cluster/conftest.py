# SPDX-License-Identifier: MIT
"""A Ray cluster of several raylets on this machine, and `mi-ray` in a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mutualinformation import _command

PROGRAM = _command.program()
PACKAGE = Path(_command.__file__).resolve().parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(PACKAGE), "RAY_DEDUP_LOGS": "0"}
MEMORY = 80 * 1024 * 1024


class Raylets:
    """A head without cores, and nodes of one core each."""

    def __init__(self, nodes=2):
        from ray.cluster_utils import Cluster

        self.cluster = Cluster(initialize_head=True, head_node_args={
            "num_cpus": 0, "object_store_memory": MEMORY, "include_dashboard": False})
        self.address = self.cluster.address
        for _ in range(nodes):
            self.add()

    def add(self):
        return self.cluster.add_node(num_cpus=1, object_store_memory=MEMORY)

    def pid(self, node):
        """The process of a node's raylet."""
        return node.all_processes["raylet"][0].process.pid

    def workers(self):
        """The processes that run our batches now."""
        raylets = {self.pid(node) for node in self.cluster.worker_nodes}
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_bytes()
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if command.startswith(b"ray::run_batch") and parent in raylets:
                found.append(int(folder.name))
        return found

    def lose(self, node):
        """Ends a node without a farewell, and brings another."""
        self.cluster.remove_node(node, allow_graceful=False)
        self.add()


@pytest.fixture(scope="module")
def raylets():
    found = Raylets()
    yield found
    found.cluster.shutdown()


def start(raylets, *words, command=("run",), cwd=None):
    """Starts `mi-ray run`, or another command."""
    code = "from mutualinformation.ray._main import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *command, *map(str, words), "--address", raylets.address],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT,
        start_new_session=True, cwd=cwd)


def finish(process, timeout=300):
    """The status, the JSON object and the errors of a process that was started with --json."""
    try:
        out, errors = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        out, errors = process.communicate()
        raise AssertionError("mi-ray did not end: %s %s" % (out, errors))
    return process.returncode, json.loads(out) if out.startswith("{") else out, errors


def run(raylets, *words, status=0):
    found, facts, errors = finish(start(raylets, *words, "--json"))
    assert found == status, errors
    return facts


def local(*words):
    """Runs `mi bench run` isolated, as the rows to compare with."""
    subprocess.run(
        [str(PROGRAM), "bench", "run", *map(str, words), "--isolate"], check=True,
        stdout=subprocess.DEVNULL)


def rows(store):
    """The rows of a store without the columns that time and place decide."""
    text = subprocess.run(
        [str(PROGRAM), "bench", "export", str(store), "--format", "jsonl"], check=True,
        capture_output=True, text=True).stdout
    found = []
    for line in text.splitlines():
        row = json.loads(line)
        for name in ("seconds", "peakMemoryBytes", "host", "created"):
            del row[name]
        found.append(row)
    return found


def count(store):
    """The rows of a store that may be in the making."""
    if not Path(store).exists():
        return 0
    found = subprocess.run(
        [str(PROGRAM), "bench", "export", str(store), "--format", "jsonl"], capture_output=True)
    return found.stdout.count(b"\n")


def wait_for_rows(store, process, least=1, seconds=90):
    """Waits until a run is in the middle."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        found = count(store)
        if found >= least:
            return found
        time.sleep(0.2)
    raise AssertionError("no rows came: %s" % (process.communicate()[1],))


def interrupt(process):
    process.send_signal(signal.SIGINT)
