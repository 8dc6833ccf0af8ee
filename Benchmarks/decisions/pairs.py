# SPDX-License-Identifier: MIT
"""Verdicts for every ordered pair of views of a folder, with the time of the first run and of the one from the cache.

A folder holds labels.npy and view_*.npy, all with the same rows. Each pair is checked by `mi check` at its defaults
(or with the options given after --), first with an empty cache of its own, then again. With --cache FILE all pairs share
that cache: the verdicts are the same, and the time of a first run is not that of a pair alone.
"""

import argparse
import itertools
import json
import pathlib
import subprocess
import tempfile
import time


def run(command):
    start = time.monotonic()
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return result.stdout, time.monotonic() - start


def main():
    here = pathlib.Path(__file__).resolve()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--mi", default=str(here.parents[2] / ".build/release/mi"))
    parser.add_argument("--cache", help="one cache for all pairs")
    parser.add_argument("--only", help="views, separated by commas")
    parser.add_argument("options", nargs="*", help="options of mi check, after --")
    arguments = parser.parse_args()
    views = {path.stem.removeprefix("view_"): path for path in sorted(arguments.folder.glob("view_*.npy"))}
    if arguments.only:
        views = {name: views[name] for name in arguments.only.split(",")}
    print(f"{'teacher':8} {'student':8} {'verdict':13} {'represent':9} {'I(T;S)':>7} {'I(S;Y)':>7} {'gap':>7} {'paired p':>8} "
          f"{'first s':>8} {'again s':>8} equal", flush=True)
    for teacher, student in itertools.permutations(views, 2):
        with tempfile.TemporaryDirectory() as folder:
            command = [arguments.mi, "check", "--teacher", f"{teacher}={views[teacher]}", "--student", str(views[student]),
                       "--labels", str(arguments.folder / "labels.npy"), "--held-out", "--json",
                       "--cache", arguments.cache or folder + "/cache.sqlite", *arguments.options]
            first, seconds = run(command)
            again, later = run(command)
        found = json.loads(first)
        row = found["teachers"][0]
        numbers = [row["teacherStudentNats"], row["studentLabelNats"], row["gapNats"]]
        texts = [f"{number:7.3f}" if number is not None else f"{'-':>7}" for number in numbers]
        pairing = f"{row['pairing']['pValue']:8.3f}" if row["pairing"] else f"{'-':>8}"
        print(f"{teacher:8} {student:8} {row['verdict']:13} {found['representation']:9} {' '.join(texts)} {pairing} "
              f"{seconds:8.1f} {later:8.1f} {first == again}", flush=True)


if __name__ == "__main__":
    main()
