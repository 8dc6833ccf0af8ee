# SPDX-License-Identifier: MIT
"""`mi-ray run` on several raylets of one machine gives the rows of `mi bench run`."""

import json
import os
import signal
import subprocess
import sys

import pytest

pytest.importorskip("ray", reason="Ray is not installed; make test-ray sets it up")

from .conftest import (  # noqa: E402
    ENVIRONMENT, PACKAGE, PROGRAM, count, finish, interrupt, local, rows, run, start, wait_for_rows)

STUDY = ["bmi-v1", "-e", "gaussian", "-e", "ksg-1", "-n", "300,1000"]
#: 480 trials of about 20 ms: a run that can be stopped in the middle.
LONG = ["bmi-v1", "-e", "ksg-1", "-n", "3000", "--seeds", "12", "--batch", "1"]


#: A Gaussian of two columns, as a plugin that prints one number.
GAUSSIAN = r"""
awk -F, -v d=$2 'NR>1 {x=$1; y=$(d+1); n++; a+=x; b+=y; c+=x*x; e+=y*y; f+=x*y}
  END {r=(f-a*b/n)/sqrt((c-a*a/n)*(e-b*b/n)); printf "%.17g\n", -0.5*log(1-r*r)}' $1
"""


def test_rows_are_those_of_the_local_runner_and_a_second_run_finds_them(raylets, tmp_path):
    far, near = tmp_path / "far.sqlite", tmp_path / "near.sqlite"
    local(*STUDY, "--seeds", 2, "--store", near)
    facts = run(raylets, *STUDY, "--seeds", 1, "--store", far)
    assert facts["ran"] == 160 and facts["present"] == 0
    facts = run(raylets, *STUDY, "--seeds", 2, "--store", far)
    assert facts["ran"] == 160 and facts["present"] == 160 and facts["deaths"] == 0
    assert rows(far) == rows(near)
    assert run(raylets, *STUDY, "--seeds", 2, "--store", far)["ran"] == 0


def test_limits_of_time_and_memory_are_rows(raylets, tmp_path):
    store = tmp_path / "late.sqlite"
    facts = run(raylets, "bmi-v1", "--task", "1v1-normal*", "-e", "mine", "-e", "gaussian", "-n",
                5000, "--seeds", 1, "--deadline", "200ms", "--store", store)
    assert facts["failures"] == {"deadline": 1} and facts["ran"] == 2
    facts = run(raylets, "bmi-v1", "--task", "multinormal-dense-50*", "-e", "gaussian", "-n", 100000,
                "--seeds", 1, "--memory", "60MB", "--store", store)
    assert facts["failures"] == {"memoryLimit": 1} and facts["ran"] == 1


def test_suites_and_plugins_go_along(raylets, tmp_path):
    suite = tmp_path / "mine.json"
    suite.write_text("""{ "name": "mine", "tasks": [ { "id": "plain", "distribution": "gaussian",
        "parameters": { "dx": 1, "dy": 1, "nats": 0.5 } } ] }""")
    (tmp_path / "answer.sh").write_text(GAUSSIAN)
    words = [str(suite), "-e", "awk", "-n", "50", "--seeds", "3"]
    plugin = ["--plugin", "awk=sh %s {csv} {dx}" % (tmp_path / "answer.sh")]
    far = tmp_path / "far.sqlite"
    assert run(raylets, *words, *plugin, "--store", far)["failures"] == {}
    local(*words, *plugin, "--store", tmp_path / "near.sqlite")
    assert rows(far) == rows(tmp_path / "near.sqlite") and len(rows(far)) == 3


@pytest.mark.parametrize(("ending", "code"), [
    ("kill -9 $$", "pluginCrashed"),
    # The worker that Ray started: the first parent of that name.
    ("""p=$$
while ! grep -qa '^ray::' /proc/$p/cmdline; do p=$(ps -o ppid= -p $p | tr -d ' '); done
kill -9 $p; sleep 5""", "lost"),
])
def test_a_poison_trial_is_tried_twice_and_harms_nobody(raylets, tmp_path, ending, code):
    tries, poison = tmp_path / "tries", tmp_path / "poison.sh"
    # The quick checks of a plugin have other numbers of rows.
    poison.write_text(
        "if [ $(wc -l < $1) = 78 ]; then echo x >> %s; %s; fi\n" % (tries, ending) + GAUSSIAN)
    store = tmp_path / "poison.sqlite"
    facts = run(
        raylets, "gaussian", "--task", "gaussian-1-1-0.5", "-e", "poison", "-n", "50,60,77,90",
        "--seeds", 1, "--store", store, "--plugin", "poison=sh %s {csv} {dx}" % poison)
    assert facts["failures"] == {code: 1} and facts["ran"] == 4
    found = rows(store)
    assert [row["outcome"] for row in found if row["n"] != 77] == ["estimate"] * 3
    failed, = [row for row in found if row["n"] == 77]
    assert failed["outcome"] == code and failed["error"]
    assert len(tries.read_text().split()) >= 2
    if code == "lost":
        assert "died twice" in failed["error"]


def test_ctrl_c_keeps_what_came_and_the_same_command_goes_on(raylets, tmp_path):
    store = tmp_path / "stopped.sqlite"
    process = start(raylets, *LONG, "--store", store, "--json")
    before = wait_for_rows(store, process, 20)
    interrupt(process)
    status, facts, errors = finish(process)
    assert status == 130 and facts["cancelled"], errors
    kept = count(store)
    assert before <= kept == facts["ran"] < 480
    assert run(raylets, *LONG, "--store", store)["present"] == kept
    assert count(store) == 480


def test_a_killed_driver_resumes(raylets, tmp_path):
    store = tmp_path / "killed.sqlite"
    process = start(raylets, *LONG, "--store", store, "--json")
    before = wait_for_rows(store, process, 20)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    kept = count(store)
    assert before <= kept < 480
    facts = run(raylets, *LONG, "--store", store)
    assert facts["present"] >= kept and facts["present"] + facts["ran"] == 480
    assert count(store) == 480


@pytest.mark.parametrize(("words", "status", "sentence"), [
    (["bmi-v9", "-e", "gaussian"], 64, "There is no suite"),
    (["bmi-v1", "-e", "gausian"], 64, "Did you mean gaussian"),
    (["absent.json", "-e", "gaussian"], 65, "absent.json"),
    (["bmi-v1", "-e", "gaussian", "--memory", "much"], 65, "--memory is much"),
])
def test_wrong_use_is_a_sentence(raylets, tmp_path, words, status, sentence):
    process = start(raylets, *words, "--store", tmp_path / "s.sqlite")
    found, _, errors = finish(process)
    assert found == status and sentence in errors and "Traceback" not in errors


def test_a_core_that_cannot_start_is_a_sentence_and_no_rows(raylets, tmp_path):
    broken = tmp_path / "mi"
    broken.write_text("#!/bin/sh\necho 'libc.so.6: version GLIBC_9 not found' >&2\nexit 1\n")
    broken.chmod(0o755)
    store = tmp_path / "s.sqlite"
    process = start(raylets, "bmi-v1", "-e", "gaussian", "--store", store, "--core", broken)
    status, _, errors = finish(process)
    assert status == 70 and "GLIBC_9 not found" in errors and "Traceback" not in errors
    assert rows(store) == []


def test_more_memory_than_any_node_has_is_a_sentence(raylets, tmp_path):
    process = start(raylets, "bmi-v1", "-e", "gaussian", "--memory", "90TB", "--store",
                    tmp_path / "s.sqlite")
    status, _, errors = finish(process)
    assert status == 70 and "No node has 92160.0 GB" in errors


def test_plugins_of_the_search_path_go_along(raylets, tmp_path, monkeypatch):
    folder = tmp_path / "plugins" / "awk"
    folder.mkdir(parents=True)
    (folder / "gaussian.sh").write_text(GAUSSIAN)
    (folder / "plugin.json").write_text(json.dumps({
        "schema": "mi.plugin/1", "name": "awk", "command": "sh {folder}/gaussian.sh {csv} {dx}",
        "estimators": [{"id": "awk", "kinds": ["continuous-continuous"]}]}))
    monkeypatch.setitem(ENVIRONMENT, "MI_PLUGIN_PATH", str(tmp_path / "plugins"))
    facts = run(raylets, "gaussian", "--task", "gaussian-1-1-0.5", "-e", "awk", "-n", 50,
                "--seeds", 2, "--store", tmp_path / "s.sqlite")
    assert facts["failures"] == {} and facts["ran"] == 2


def test_a_check_calibrated_there_is_the_check(raylets, tmp_path):
    import numpy

    random = numpy.random.default_rng(3)
    student = random.normal(size=(200, 1))
    numpy.save(tmp_path / "s.npy", student)
    numpy.save(tmp_path / "t.npy", student + random.normal(size=(200, 1)))
    numpy.save(tmp_path / "y.npy", (student[:, 0] + random.normal(size=200) > 0).astype(int))
    words = ["--teacher", "t=t.npy", "--student", "s.npy", "--labels", "y.npy", "--represent",
             "raw", "--replicates", "6", "--subsamples", "10", "-e", "gaussian", "-e",
             "gaussian-label", "--held-out", "--no-timing", "--json"]
    here = subprocess.run([str(PROGRAM), "check", *words, "--no-cache"], check=True,
                          capture_output=True, text=True, cwd=tmp_path)
    there = start(raylets, *words, "--cache", "cache.sqlite", command=["check"], cwd=tmp_path)
    out, errors = there.communicate(timeout=120)
    assert there.returncode == 0 and out == here.stdout
    assert "units of work in" in errors and " 0 units" not in errors


def test_a_study_distilled_there_is_the_study(raylets, tmp_path):
    import numpy

    random = numpy.random.default_rng(4)
    views = tmp_path / "views"
    views.mkdir()
    cause = random.normal(size=(160, 1))
    for name in ("a", "b", "c"):
        numpy.save(views / ("view_%s.npy" % name), cause + random.normal(size=(160, 2)))
    numpy.save(views / "labels.npy", (cause[:, 0] > 0).astype(int))
    words = ["--splits", "5", "--weight", "0.5", "--temperature", "1", "--represent", "none"]
    here = subprocess.run([str(PROGRAM), "distill", "study", str(views), *words, "--json"],
                          check=True, capture_output=True, text=True)
    there = start(raylets, views, *words, "--store", tmp_path / "s.sqlite", "--json",
                  command=["distill", "study"])
    out, errors = there.communicate(timeout=120)
    assert there.returncode == 0 and out == here.stdout
    assert "mi-ray: 3 units of work" in errors


def test_without_ray_a_sentence_says_what_to_install(tmp_path):
    code = ("import sys; sys.modules['ray'] = None; "
            "from mutualinformation.ray._main import main; main()")
    found = subprocess.run(
        [sys.executable, "-c", code, "run", "bmi-v1", "-e", "gaussian", "--store",
         str(tmp_path / "s")], capture_output=True, text=True, env=ENVIRONMENT, cwd=PACKAGE)
    assert found.returncode == 1
    assert "pip install 'swift-mutual-information[ray]'" in found.stderr
