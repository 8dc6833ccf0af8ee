# SPDX-License-Identifier: MIT
"""The scripts of a Slurm array, with the variables that Slurm sets."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from mutualinformation import _command

SCRIPTS = Path(__file__).resolve().parents[2] / "Examples" / "slurm"
PROGRAM = str(_command.program())
STUDY = ["bmi-v1", "-e", "gaussian", "-n", "300", "--seeds", "2"]
pytestmark = pytest.mark.skipif(not SCRIPTS.exists(), reason="the scripts are part of the tree")


def start(script, *words, **variables):
    # As far as a test can tell, no variable of a real job is left.
    clean = {key: value for key, value in os.environ.items() if not key.startswith("SLURM_")}
    return subprocess.Popen(
        ["bash", str(SCRIPTS / script), *map(str, words)], stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, env={**clean, "MI": PROGRAM, **variables})


def element(number, of, *words):
    return start("bench.sbatch", *words, SLURM_ARRAY_TASK_ID=str(number),
                 SLURM_ARRAY_TASK_COUNT=str(of), SLURM_ARRAY_TASK_MIN="1", SLURM_CPUS_PER_TASK="2")


def finish(process):
    out, _ = process.communicate(timeout=120)
    return process.returncode, out


def rows(store):
    text = subprocess.run([PROGRAM, "bench", "export", str(store), "--format", "jsonl"],
                          check=True, capture_output=True, text=True).stdout
    found = [json.loads(line) for line in text.splitlines()]
    for row in found:
        for name in ("seconds", "peakMemoryBytes", "host", "created"):
            del row[name]
    return found


def test_an_array_and_its_merge_are_the_study(tmp_path):
    folder = tmp_path / "study"
    for number in (1, 2, 3):
        status, out = finish(element(number, 3, folder, *STUDY))
        assert status == 0 and "0 were there" in out, out
    status, out = finish(start("merge.sbatch", folder))
    assert status == 0, out
    subprocess.run([PROGRAM, "bench", "run", *STUDY, "--store", str(tmp_path / "one.sqlite")],
                   check=True, stdout=subprocess.DEVNULL)
    assert rows(folder / "all.sqlite") == rows(tmp_path / "one.sqlite")
    status, out = finish(element(2, 3, folder, *STUDY))
    assert status == 0 and ": 0 run" in out, out


def test_the_signal_before_the_end_of_the_time_keeps_what_was_done(tmp_path):
    folder = tmp_path / "study"
    words = [folder, "bmi-v1", "-e", "ksg-1", "-n", "3000", "--seeds", "50"]
    process = element(1, 1, *words)
    time.sleep(4)
    process.send_signal(signal.SIGTERM)
    status, out = finish(process)
    assert status == 143 and "Interrupted after" in out, out
    kept = len(rows(folder / "1-of-1.sqlite"))
    assert 0 < kept < 2000
    process = element(1, 1, *words)
    time.sleep(1)
    process.send_signal(signal.SIGTERM)
    status, out = finish(process)
    assert status == 143 and "%d were there" % kept in out, out


def test_without_an_array_a_sentence_says_so(tmp_path):
    status, out = finish(start("bench.sbatch", tmp_path, *STUDY))
    assert status != 0 and "sbatch --array=1-N" in out
    status, out = finish(start("bench.sbatch", tmp_path, *STUDY, SLURM_ARRAY_TASK_ID="0",
                               SLURM_ARRAY_TASK_COUNT="2", SLURM_ARRAY_TASK_MIN="0"))
    assert status == 64 and "the array must be 1-N" in out
