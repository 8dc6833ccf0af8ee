# SPDX-License-Identifier: MIT
"""The inputs of parity.json through the command, the C interface and Python: one behavior.

Each gives the same numbers, to the last bit, or the same sentence and exit status.
"""

import ctypes
import json
import os
import subprocess
import warnings
from ctypes import byref
from pathlib import Path

import numpy as np
import pytest

import mutualinformation as mi
from mutualinformation import _arrays, _calls, _command, _library

CASES = json.loads((Path(__file__).parent / "parity.json").read_text())["cases"]
LIB, CORE = _library.library, _library.core
N = 120


def arrays():
    rng = np.random.default_rng(11)
    normal = rng.normal(size=(N, 2))
    one = rng.normal(size=N)
    near = one + 0.5 * rng.normal(size=N)
    classes = (normal[:, 0] + 0.3 * rng.normal(size=N) > 0).astype(np.int64)
    holed, infinite = one.copy(), one.copy()
    holed[7], infinite[3] = np.nan, np.inf
    return {
        "normal": normal, "related": normal + 0.5 * rng.normal(size=(N, 2)), "one": one,
        "near": near, "other": rng.normal(size=N) + 0.5 * one, "classes": classes,
        "words": np.array(["dog", "cat", "bird"])[rng.integers(0, 3, N)],
        "few values": rng.integers(0, 4, N).astype(float), "rounded": np.round(one, 1),
        "constant": np.full(N, 2.0), "one class": np.zeros(N, np.int64),
        "tens": np.arange(N) // 10, "uneven": np.repeat(np.arange(5), [10, 15, 25, 30, 40]),
        "half": near[:60], "half classes": classes[:60], "three": rng.normal(size=(N, 3)),
        "bytes": classes.astype("u1"), "single precision": one.astype("f4"),
        "big endian": near.astype(">f8"), "identifiers": np.arange(N) * 7 + 10**9,
        "not a number": holed, "infinite": infinite, "complex": one + 1j,
        "cube": np.zeros((2, 3, 4)), "empty": np.zeros(0), "short": one[:30],
        "wide": np.concatenate([one, normal[:, 0]]).reshape(6, 40),
        "wide near": np.concatenate([near, normal[:, 0] + one]).reshape(6, 40),
        "short near": near[:30]}


ARRAYS = arrays()
#: Options of a check and a distillation that the command and Python call by other names.
DASHED = ("replicates", "subsamples", "alpha", "represent", "budget", "order", "contrast", "lag", "max_lag",
          "splits", "test_share", "teacher_model", "student_model", "teacher_rows", "student_rows")

#: Options of lags and transfer.
SERIES = ("max_lag", "min_lag", "lag", "history", "source_history", "max_history", "step", "given_lag",
          "given_history")


class Files:
    """The arrays as files."""

    def __init__(self, folder):
        self.folder = folder
        for name, array in ARRAYS.items():
            np.save(self.path(name), array)

    def path(self, name):
        return str(self.folder / (name.replace(" ", "-") + ".npy"))


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return Files(tmp_path_factory.mktemp("parity"))


# The command

def words(case, files, store):
    """The arguments of `mi`."""
    verb = case["verb"]
    found = [verb, "--json"] if verb != "bench" else ["bench", "run", "--json"]
    if verb in ("estimate", "score", "lags", "transfer"):
        found.append("--no-timing")
    if verb in ("estimate", "pairwise", "lags", "transfer"):
        found += [files.path(case[key]) for key in ("x", "y", "source", "target") if key in case]
        found += ["-e", case["estimator"]] if "estimator" in case else []
        for key in ("given", "groups"):
            found += ["--" + key, files.path(case[key])] if key in case else []
    for name, value in case.get("parameters", {}).items():
        found += ["-p", "%s=%s" % (name, value)]
    for key in ("permutations", "surrogates", "seed", "threads", "n", "classes"):
        if key in case and verb != "bench":
            found.append("--%s=%s" % (key, case[key]))
    for key in ("discrete", "continuous", "normalize"):
        found += ["--%s=%s" % (key, name) for name in case.get(key, [])]
    found += ["--%s=%s" % (key.replace("_", "-"), case[key]) for key in SERIES if key in case]
    found += ["--" + key.replace("_", "-") for key in ("trials", "correct_bias") if case.get(key)]
    found += ["--estimator=" + name for name in case.get("estimators", [])]
    if verb == "score":
        found += ["--dims=%dx%d" % tuple(case["dims"])] if "dims" in case else []
        found += ["--mi=" + ",".join(map(str, case["mi"]))] if "mi" in case else []
        found += ["--replicates=%d" % case["replicates"]] if "replicates" in case else []
    if verb in ("check", "distill"):
        found += ["--no-cache", "--student", files.path("normal"), "--labels", files.path("classes")]
        for name, value in case["teachers"].items():
            found += ["--teacher", "%s=%s" % (name, files.path(value))]
        found += ["--groups", files.path(case["groups"])] if "groups" in case else []
        found += ["--%s=%s" % (key.replace("_", "-"), case[key]) for key in DASHED if key in case]
        for key in ("weight", "temperature"):
            found += ["--%s=%s" % (key, ",".join(map(str, case[key])))] if key in case else []
        found += ["--joint"] if case.get("joint") else []
        found += ["--held-out"] if case.get("held_out") else []
    if verb == "bench":
        found += [case["suite"], "--store", store, "-n", ",".join(map(str, case["n"])),
                  "--seeds", str(case["seeds"])]
        found += ["--task=" + task for task in case.get("tasks", [])]
        found += ["--deadline=%ss" % case["deadline"]] if "deadline" in case else []
    return found


def by_command(case, files, store):
    program = os.environ.get("MI_COMMAND") or _command.program()
    if program is None:
        pytest.skip("the command mi is not built")
    found = subprocess.run(
        [str(program), *words(case, files, store)], capture_output=True, text=True, timeout=300,
        cwd=files.folder)
    if found.returncode == 0:
        return 0, json.loads(found.stdout)
    lines = [line[4:] for line in found.stderr.splitlines() if line.startswith("mi: ")]
    sentence = lines[-1] if lines else found.stderr
    # The command calls a variable by its file.
    used = {key: case[key] for key in ("x", "y", "source", "target", "given", "groups")
            if key in case}
    if case["verb"] == "pairwise":
        used["X"] = used.pop("x")
    for key, name in [*used.items(), *case.get("teachers", {}).items()]:
        sentence = sentence.replace(files.path(name), key)
    return found.returncode, sentence


# C

class Borrowed:
    """Arrays as C has them, alive as long as this object."""

    def __init__(self):
        self.kept = []

    def __call__(self, name, key, reading=0):
        array = np.ascontiguousarray(ARRAYS[name])
        self.kept.append(array)
        return _arrays.borrowed(array, key, reading)


def choices(case):
    """The estimators, each with those of the parameters that it has, as the command deals them."""
    known = mi.estimators()
    given = case.get("parameters", {})
    dealt = []
    for name in case.get("estimators", []):
        has = {one["name"] for one in (known.get(name) or {}).get("parameters", [])}
        dealt.append((name, {key: value for key, value in given.items() if key in has}))
    if given and not any(values for _, values in dealt):
        dealt = [(name, given) for name, _ in dealt]
    return dealt


def options_of(case, store):
    """The options of a call in JSON, with the defaults of the command."""
    estimators = [{"id": name, "parameters": values} for name, values in choices(case)]
    if case["verb"] == "score":
        dims = case.get("dims", [1, 1])
        return dict(
            estimators=estimators, n=case.get("n", 1000), dx=dims[0], dy=dims[1],
            classes=case.get("classes", 4), levels=[float(one) for one in case.get(
                "mi", [0, 0.5, 1, 2])],
            replicates=case.get("replicates", 20), timing=False)
    if case["verb"] in ("lags", "transfer"):
        def count(key, default):
            return None if case.get(key) == "auto" else case.get(key, default)

        shared = dict(
            permutations=case.get("permutations", 0), surrogates=case.get("surrogates"),
            trials=case.get("trials", False))
        if case["verb"] == "lags":
            return dict(maxLag=case["max_lag"], minLag=case.get("min_lag"), **shared)
        return dict(
            lag=count("lag", 1), history=count("history", 1),
            sourceHistory=count("source_history", 1), maxLag=case.get("max_lag", 10),
            maxHistory=case.get("max_history", 5), step=case.get("step", 1),
            givenLag=case.get("given_lag"), givenHistory=case.get("given_history", 1),
            correctBias=case.get("correct_bias", False), **shared)
    if case["verb"] == "check":
        return dict(
            estimators=estimators, represent=case.get("represent", "auto"),
            heldOut=case.get("held_out", False), alpha=case.get("alpha", 0.05),
            replicates=case.get("replicates", 20), subsamples=case.get("subsamples", 40),
            joint=case.get("joint", False), budget=case.get("budget"), order=case.get("order"),
            contrast=case.get("contrast"), lag=case.get("lag") and str(case["lag"]), maxLag=case.get("max_lag"))
    if case["verb"] == "distill":
        return dict(
            splits=case.get("splits", 30), testShare=case.get("test_share", 0.25),
            teacherRows=None, studentRows=None, weights=case.get("weight", [0.2, 0.5, 0.8]),
            temperatures=case.get("temperature", [1, 4]),
            teacherModel=case.get("teacher_model", "linear"),
            studentModel=case.get("student_model", "linear"), alpha=case.get("alpha", 0.05),
            represent=case.get("represent", "model-logits"), estimators=estimators)
    return dict(
        suite=case["suite"], tasks=case.get("tasks", []), estimators=estimators, sizes=case["n"],
        seeds=list(range(case["seeds"])), store=store, deadline=case.get("deadline"), retry=False)


def by_c(case, files, store):
    verb, lend = case["verb"], Borrowed()
    call = _library.Call(case.get("seed", 0), case.get("threads", 2), None, 0)
    options = json.dumps(options_of(case, store)).encode() if verb not in (
        "estimate", "pairwise") else None

    def reading(key):
        return 1 if key in case.get("discrete", []) else 2 if key in case.get(
            "continuous", []) else 0

    def optional(key, fixed=None):
        return byref(lend(case[key], key, reading(key) if fixed is None else fixed)) if (
            key in case) else None

    parameters = "\n".join("%s=%s" % pair for pair in case.get("parameters", {}).items()).encode()
    name = case.get("estimator")
    name = None if name is None else name.encode()
    if verb == "estimate":
        surrogates = case.get("surrogates")
        if "normalize" in case:
            options = json.dumps(dict(
                permutations=case.get("permutations", 0), surrogates=surrogates,
                normalize=case["normalize"])).encode()
        handle = LIB.mi_core_estimate_with(
            CORE, name, parameters, optional("x"), optional("y"), optional("given"),
            optional("groups", 1), options, byref(call), byref(_library.Number())
        ) if "normalize" in case else LIB.mi_core_estimate(
            CORE, name, parameters, optional("x"), optional("y"), optional("given"),
            optional("groups", 1), case.get("permutations", 0),
            surrogates and surrogates.encode(), byref(call), byref(_library.Number()))
    elif verb == "pairwise":
        handle = LIB.mi_core_pairwise(
            CORE, name, parameters, byref(lend(case["x"], "X", 2)), optional("y"), byref(call))
    elif verb == "lags":
        handle = LIB.mi_core_lags(
            CORE, name, parameters, optional("x"), optional("y"), optional("groups", 1), options,
            byref(call))
    elif verb == "transfer":
        handle = LIB.mi_core_transfer(
            CORE, name, parameters, optional("source"), optional("target"), optional("given"),
            optional("groups", 1), options, byref(call))
    elif verb == "score":
        handle = LIB.mi_core_score(CORE, options, byref(call))
    elif verb == "bench":
        handle = LIB.mi_core_bench(CORE, options, byref(call))
    else:
        teachers = [lend(value, key) for key, value in case["teachers"].items()]
        views = ((_library.Array * len(teachers))(*teachers), len(teachers),
                 byref(lend("normal", "student")), byref(lend("classes", "labels")),
                 optional("groups", 1))
        handle = (
            LIB.mi_core_check(CORE, *views, None, options, byref(call)) if verb == "check"
            else LIB.mi_core_distill(CORE, *views, options, byref(call)))
    answer = _calls.Answer(handle)
    status = LIB.mi_answer_status(handle)
    if status != 0:
        return status, answer.text
    facts = json.loads(answer.text)
    if verb == "pairwise":
        facts["numbers"] = answer.numbers().tolist()
    return 0, facts


# Python

def by_python(case, files, store):
    verb = case["verb"]
    keys = {
        "estimate": ("permutations", "surrogates", "seed", "threads", "discrete", "continuous",
                     "normalize"),
        "pairwise": ("seed", "threads"),
        "lags": SERIES + ("permutations", "surrogates", "seed", "threads", "trials", "discrete",
                          "continuous"),
        "transfer": SERIES + ("permutations", "surrogates", "seed", "threads", "trials", "discrete",
                              "continuous", "correct_bias"),
        "score": ("n", "dims", "classes", "mi", "replicates", "seed", "threads"),
        "bench": ("n", "seeds", "tasks", "deadline"),
    }.get(verb, DASHED + ("weight", "temperature", "joint", "held_out"))
    given = {key: case[key] for key in keys if key in case}
    for key in ("given", "groups"):
        if key in case:
            given[key] = ARRAYS[case[key]]
    try:
        if verb in ("estimate", "pairwise", "lags", "transfer"):
            given.update(case.get("parameters", {}))
            if "estimator" in case:
                given["estimator"] = case["estimator"]
            if verb == "estimate":
                return 0, mi.estimate(ARRAYS[case["x"]], ARRAYS[case["y"]], **given).to_dict()
            if verb == "lags":
                return 0, mi.lags(ARRAYS[case["x"]], ARRAYS[case["y"]], **given).to_dict()
            if verb == "transfer":
                return 0, mi.transfer(
                    ARRAYS[case["source"]], ARRAYS[case["target"]], **given).to_dict()
            y = ARRAYS[case["y"]] if "y" in case else None
            return 0, {"numbers": mi.pairwise(ARRAYS[case["x"]], y, **given).ravel().tolist()}
        if verb == "score":
            found = mi.score(choices(case), timing=False, **given)
            return 0, {"scorecards": found.scorecards, "failures": found.failures}
        if verb == "bench":
            found = mi.bench(case["suite"], choices(case), store=store, **given)
            return 0, {"ran": found.summary["ran"], "complete": found.summary["complete"]}
        function = mi.check if verb == "check" else mi.distill
        teachers = {key: ARRAYS[value] for key, value in case["teachers"].items()}
        return 0, function(
            teachers, ARRAYS["normal"], ARRAYS["classes"],
            estimators=choices(case) or None, **given).to_dict()
    except mi.MutualInformationError as error:
        return error.status, str(error)


#: What differs by nature: where the data are.
PLACES = ("variables", "missing", "store", "seconds", "recordings")


def bare(facts):
    return {key: value for key, value in facts.items() if key not in PLACES}


def rows(store):
    keys = ("estimator", "version", "task", "n", "seed", "nats", "parameters")
    return [[row[key] for key in keys] for row in mi._bench._trials(store)]


def name_of(case):
    shown = {key: value for key, value in case.items() if key not in ("status", "says")}
    return " ".join(str(value) for value in shown.values())


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_three_ways_are_one(case, files, tmp_path):
    stores = [str(tmp_path / ("%d.sqlite" % number)) for number in range(3)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        command, core, python = (
            way(case, files, store)
            for way, store in zip((by_command, by_c, by_python), stores))
    statuses = (command[0], core[0], python[0])
    assert statuses == (case.get("status", 0),) * 3, (command[1], core[1], python[1])
    if case.get("status"):
        assert command[1] == core[1] == python[1]
        assert case.get("says", "") in command[1]
        return
    if case["verb"] == "pairwise":
        numbers = np.array(core[1]["numbers"])
        assert np.array_equal(numbers, np.array(python[1]["numbers"]), equal_nan=True)
        assert bare(core[1])["failures"] == command[1]["failures"]
        columns = ARRAYS[case["x"]].shape[1]
        for pair in command[1]["pairs"]:
            place = pair["x"] if pair["y"] is None else pair["x"] * columns + pair["y"]
            assert pair["nats"] == numbers[place]
        return
    if case["verb"] == "bench":
        assert rows(stores[0]) == rows(stores[1]) == rows(stores[2]) != []
        assert command[1]["complete"] and core[1]["complete"] and python[1]["complete"]
        return
    assert bare(command[1]) == bare(core[1])
    shown = bare(python[1])
    assert shown == {key: core[1][key] for key in shown} and shown


def test_logits_are_one_word():
    """`distill` with represent="logits" decides on the numbers of `check`; its own are model-logits."""
    estimators = ["gaussian-copula", "gaussian-label"]
    arguments = ({"t": ARRAYS["related"]}, ARRAYS["normal"], ARRAYS["classes"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        check = mi.check(*arguments, estimators=estimators, represent="logits").to_dict()
        found = {
            represent: mi.distill(
                *arguments, estimators=estimators, represent=represent, splits=5, weight=0.5,
                temperature=1).teachers[0]["prediction"]["decision"]
            for represent in ("logits", "model-logits")}
    gap = check["teachers"][0]["gapNats"]
    assert gap is not None and found["logits"]["gap"] == gap
    assert found["model-logits"]["gap"] != gap
