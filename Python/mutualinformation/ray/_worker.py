# SPDX-License-Identifier: MIT
"""What runs on a node: one batch, by the core that came along.

This module needs Python alone and travels by value, so that a node needs nothing but Ray.
"""

import json
import os
import subprocess
import tempfile
import threading
import time
import zlib


def pack(lines):
    """Lines as compressed bytes: they repeat each other, so that a tenth is left."""
    return zlib.compress(b"".join(lines), 1)


def unpack(data):
    return zlib.decompress(data).splitlines(keepends=True)


def start(words, errors):
    """The core, in a folder that the runtime environment unpacked or that the node has."""
    program = os.path.abspath(words[0]) if os.path.exists(words[0]) else words[0]
    if os.path.exists(program) and not os.access(program, os.X_OK):
        os.chmod(program, 0o755)  # a package loses its modes on the way
    return subprocess.Popen(
        [program, *words[1:]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)


def feed(process, data):
    try:
        process.stdin.write(zlib.decompress(data))
        process.stdin.close()
    except OSError:  # it ended before it read everything: its status tells why
        pass


class Rows:
    """The rows that came since the last sending."""

    def __init__(self):
        self.clear()

    def clear(self):
        self.lines, self.done = [], []

    def add(self, line):
        row = json.loads(line)
        self.lines.append(line)
        self.done.append((row["id"], row["wall"], row.get("failure")))


def run_batch(words, data, flush):
    """Runs the lines in `data`; yields ``(done, rows)`` as they come, ``(status, errors)`` last.

    Rows wait up to `flush` seconds for others: what a dying worker takes with it. `done` is a list
    of (id, seconds, code of the failure or None), `rows` the packed lines.
    """
    import select

    with tempfile.TemporaryFile() as errors:
        process = start(words, errors)
        threading.Thread(target=feed, args=(process, data), daemon=True).start()
        rows, pending, due = Rows(), b"", time.monotonic() + flush
        try:
            while True:
                wait = max(due - time.monotonic(), 0)
                if select.select([process.stdout], [], [], wait)[0]:
                    read = os.read(process.stdout.fileno(), 1 << 18)
                    if not read:
                        break
                    *whole, pending = (pending + read).split(b"\n")
                    for line in whole:
                        rows.add(line + b"\n")
                if time.monotonic() >= due:
                    due = time.monotonic() + flush
                    if rows.done:
                        yield rows.done, pack(rows.lines)
                        rows.clear()
            if rows.done:
                yield rows.done, pack(rows.lines)
            status = process.wait()
        finally:
            process.kill()
        errors.seek(0)
        yield status, errors.read()[-2000:].decode(errors="replace").strip()
