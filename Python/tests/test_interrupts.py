# SPDX-License-Identifier: MIT
"""Ctrl-C in every call that takes time: KeyboardInterrupt within seconds, and no part as a whole."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest

import mutualinformation as mi

#: Seconds from the signal to the exception; each estimator asks at least once a second.
LIMIT = 8.0

PROGRAM = """
import json, os, signal, sys, threading, time
sys.path.insert(0, {path!r})
import numpy as np, mutualinformation as mi
rng = np.random.default_rng(0)
x = rng.normal(size=(200000, 6))
y = x + rng.normal(size=x.shape)
small = x[:200, :1].copy()
near = small + 0.1 * rng.normal(size=small.shape)
classes = (x[:, 0] > 0).astype(np.int32)

def slow(x, y):
    time.sleep(0.05)
    return 0.25

def swallowing(x, y):
    try:
        time.sleep(0.05)
    except KeyboardInterrupt:
        return -1.0
    return 0.25

def translating(x, y):
    try:
        time.sleep(0.05)
    except KeyboardInterrupt:
        raise ValueError("interrupted, and told otherwise")
    return 0.25

def related(x, y):
    time.sleep(0.05)
    return float(abs(np.corrcoef(x[:, 0], y[:, 0])[0, 1]))

def sleeper(x, y):
    # On the core's second thread, where Python raises nothing: the core waits for it.
    time.sleep(1.0)
    return 0.25

for function in (slow, swallowing, translating, related, sleeper):
    mi.register(function.__name__, function)

def told(error):
    print(json.dumps([type(error).__name__, getattr(error, "code", None), str(error)]), flush=True)

print("ready", flush=True)
try:
    {call}
    print(json.dumps(["done", None, ""]), flush=True)
except KeyboardInterrupt as error:
    # A second one that comes too late for the core is not for the lines below.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    told(error)
{after}
# The interpreter and the core are as they were.
print(mi.estimate(x[:50], x[50:100], "gaussian").n, flush=True)
"""


def run(call, signals=1, wait=1.5, after=""):
    """The exception that the call ended with, its code and sentence, and what was printed later."""
    path = str(Path(mi.__file__).resolve().parents[1])
    code = PROGRAM.format(path=path, call=textwrap.indent(call, "    ").lstrip(), after=after)
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    time.sleep(wait)
    assert process.poll() is None
    start = time.monotonic()
    for number in range(signals):
        if number:
            time.sleep(0.2)
        os.kill(process.pid, signal.SIGINT)
    line = process.stdout.readline()
    seconds = time.monotonic() - start
    rest = process.stdout.read()
    assert process.wait() == 0 and line
    assert seconds < LIMIT, "%s: %.1f s" % (call, seconds)
    assert rest.endswith("50\n"), rest
    return json.loads(line), rest[:-3]


#: A call of each kind, what it counts, and whether its total is known.
CALLS = {
    "estimate": ("mi.estimate(x, y, 'ksg-1')", "0 of 1 estimates"),
    "estimate, default": ("mi.estimate(x, y)", "0 of 1 estimates"),
    "estimate, trained": (
        "mi.estimate(x[:5000], y[:5000], 'mine', steps=10**6, patience=10**6)", "0 of 1 estimates"),
    "estimate, classifier": ("mi.estimate(x, classes, 'classifier', folds=50)", "0 of 1 estimates"),
    "estimate, given": (
        "mi.estimate(x, y, 'ksg-1', given=x[::-1].copy())", "0 of 1 estimates"),
    "permutations": (
        "mi.estimate(small, near, 'gaussian', permutations=10**9)", "of 1000000000 permutations"),
    "permutations, slow": (
        "mi.estimate(small, near, 'related', permutations=10**6)", "of 1000000 permutations"),
    "permutations, surrogates": (
        "mi.estimate(small, near, 'gaussian', permutations=10**9, surrogates='shift')",
        "of 1000000000 permutations"),
    "pairwise": ("mi.pairwise(rng.normal(size=(20000, 100)))", "of 4950 pairs"),
    "pairwise, target": ("mi.pairwise(np.tile(x, 4), classes, 'classifier', folds=20)", "of 24 pairs"),
    "pairwise, registered": (
        "mi.pairwise(rng.normal(size=(50, 60)), estimator='slow')", "of 1770 pairs"),
    "score": ("mi.score('ksg-1', n=2000, replicates=10**5)", "of 400000 trials"),
    "score, registered": ("mi.score('slow', n=50, replicates=10**4)", "of 40000 trials"),
    "bench": ("mi.bench('bmi-v1', 'ksg-1', n=2000, seeds=200)", "of 8000 trials"),
    "bench, registered": ("mi.bench('bmi-v1', 'slow', n=50, seeds=1000)", "of 40000 trials"),
    "check": (
        "mi.check({'t': x[:4000]}, y[:4000], classes[:4000], replicates=500, represent='raw')",
        "estimates"),
    "check, logits": (
        "mi.check({'t': x}, y, classes, replicates=500, represent='logits')", "estimates"),
    "check, registered": (
        "mi.check({'t': x[:100]}, y[:100], classes[:100], estimators='slow', replicates=5000)",
        "estimates"),
    "swallowing": ("mi.score('swallowing', n=50, replicates=10**4)", "of 40000 trials"),
    "translating": ("mi.score('translating', n=50, replicates=10**4)", "of 40000 trials"),
    "one thread": ("mi.score('slow', n=50, replicates=10**4, threads=1)", "of 40000 trials"),
}


@pytest.mark.parametrize("name", CALLS)
def test_every_call(name):
    call, counts = CALLS[name]
    (kind, code, sentence), _ = run(call)
    assert (kind, code) == ("Interrupted", "interrupted"), sentence
    assert sentence.startswith("Interrupted after ") and counts in sentence, sentence


@pytest.mark.parametrize("call", [
    "mi.score('sleeper', n=50, replicates=10**4, threads=2)",
    "mi.bench('bmi-v1', 'sleeper', n=50, seeds=1000, threads=2)",
])
def test_a_second_ctrl_c_while_the_core_stops(call):
    (kind, _, sentence), _ = run(call, signals=2, wait=2.3)
    assert kind == "Interrupted", sentence


@pytest.mark.parametrize("call", [CALLS["score, registered"][0], CALLS["pairwise"][0]])
def test_calls_on_other_threads(call):
    """The main thread has Python's own exception, the call on the other thread ends with its own."""
    threaded = """
def work():
    try:
        %s
    except KeyboardInterrupt as error:
        told(error)

thread = threading.Thread(target=work)
thread.start()
while thread.is_alive():
    time.sleep(0.05)
""" % call
    (kind, _, _), rest = run(threaded, after="while thread.is_alive(): time.sleep(0.05)")
    found = [kind] + [json.loads(line)[0] for line in rest.splitlines()]
    assert sorted(found) == ["Interrupted", "KeyboardInterrupt"]


def test_a_handler_that_does_not_raise():
    """A program that only notes the signal still has no part as a whole."""
    call = "import signal; signal.signal(signal.SIGINT, lambda *_: None)\n" + CALLS["score"][0]
    (kind, _, _), _ = run(call)
    assert kind == "Interrupted"


def test_a_plugin(tmp_path):
    program = tmp_path / "slow.sh"
    program.write_text("sleep 30\necho 0.1\n")
    call = ("mi.load_plugin('slow-plugin=sh %s {csv}', trust=True)\n"
            "mi.estimate(small, near, 'slow-plugin')" % program)
    (kind, _, sentence), _ = run(call)
    assert kind == "Interrupted", sentence


@pytest.mark.parametrize("estimator", ["gaussian", "swallowing", "translating"])
@pytest.mark.parametrize("threads", [1, 2])
def test_a_store_keeps_what_was_done_and_never_looks_whole(tmp_path, estimator, threads):
    pytest.importorskip("pandas")
    store = tmp_path / "stopped.sqlite"
    size = 20000 if estimator == "gaussian" else 50
    call = "mi.bench('bmi-v1', %r, tasks='1v1-*', n=%d, seeds=60, store=%r, threads=%d)" % (
        estimator, size, str(store), threads)
    (kind, _, sentence), _ = run(call)
    assert kind == "Interrupted"
    with pytest.warns(mi.EstimateWarning, match="This store has"):
        frame = mi.read_store(store)
    assert frame.attrs["complete"] is False
    total = int(sentence.split(" of ")[1].split()[0])
    assert sentence.startswith("Interrupted after %d of %d trials; " % (len(frame), total))
    assert str(store) in sentence and 0 < len(frame) < total
    # An interrupt that a function consumed has left no row, neither a number nor a failure.
    assert set(frame["outcome"]) == {"estimate"}
    if estimator != "gaussian":
        assert set(frame["nats"]) == {0.25}
        return
    result = mi.bench(
        "bmi-v1", estimator, tasks="1v1-*", n=size, seeds=60, store=store, threads=threads)
    assert result.summary["complete"] and result.summary["present"] == len(frame)
    assert mi.read_store(store).attrs["complete"] is True


def test_the_store_of_a_killed_run_does_not_look_whole(tmp_path):
    pytest.importorskip("pandas")
    store = tmp_path / "killed.sqlite"
    path = str(Path(mi.__file__).resolve().parents[1])
    code = PROGRAM.format(
        path=path, after="",
        call="mi.bench('bmi-v1', 'ksg-1', n=2000, seeds=200, store=%r)" % str(store))
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    time.sleep(2.0)
    process.kill()
    process.communicate()
    with pytest.warns(mi.EstimateWarning, match="of the 8000 trials"):
        assert mi.read_store(store).attrs["complete"] is False


def test_an_exception_in_progress_cancels():
    class Stop(Exception):
        pass

    def progress(share, line):
        raise Stop(line)

    rng = np.random.default_rng(0)
    with pytest.raises(Stop):
        mi.score("ksg-1", n=200, replicates=50, progress=progress)
    seen = []
    mi.pairwise(rng.normal(size=(50, 4)), progress=lambda share, line: seen.append(share))
    assert max(seen) == 1.0
