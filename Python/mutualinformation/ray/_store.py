# SPDX-License-Identifier: MIT
"""The two processes of the core beside the driver: the plan and the single writer."""

from __future__ import annotations

import json
import subprocess
import tempfile
import threading
from typing import Any, Dict, Iterator, List

from .._calls import error
from .._errors import MutualInformationError


def complaint(status: int, text: str) -> MutualInformationError:
    """What a process of the core said with its exit status, as an exception that has both."""
    sentence = text[4:] if text.startswith("mi: ") else text
    found = error(status, sentence or "mi ended with status %d." % status, "failed")
    found.status = status if status in (64, 65, 70) else 70  # type: ignore[attr-defined]
    return found


class Process:
    """A process of the core that Ctrl-C does not reach; its sentence becomes our exception."""

    def __init__(self, words: List[str], **pipes: Any):
        self._errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=self._errors, start_new_session=True, **pipes)

    def said(self) -> str:
        """What it wrote to stderr."""
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace").strip()

    def finish(self) -> None:
        """Waits for the end.

        Raises
        ------
        MutualInformationError
            With the sentence of the process, where its status is not 0.
        """
        status = self.process.wait()
        if status != 0:
            raise complaint(status, self.said())


class Plan(Process):
    """The units that a store lacks, read as they are needed."""

    def __init__(self, words: List[str]):
        super().__init__(words, stdin=subprocess.DEVNULL)
        line = self.process.stdout.readline()
        if not line:
            self.finish()
        self.head: Dict[str, Any] = json.loads(line or b'{"planned":0,"present":0,"kinds":{}}')
        self.warnings = self.said()

    def __iter__(self) -> Iterator[bytes]:
        yield from self.process.stdout
        self.finish()


class Writer(Process):
    """One process that commits rows; writing waits where it falls behind."""

    def __init__(self, words: List[str]):
        super().__init__(words, stdin=subprocess.PIPE)
        self.committed = 0
        self.added = 0
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        for line in self.process.stdout:
            answer = json.loads(line)
            self.committed, self.added = answer["committed"], answer["added"]

    def write(self, lines: bytes) -> None:
        """Hands over lines, whole ones."""
        try:
            self.process.stdin.write(lines)
            self.process.stdin.flush()
        except BrokenPipeError:
            self.finish()
            raise

    def close(self) -> None:
        """Has everything committed."""
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self._thread.join()
        self.finish()
