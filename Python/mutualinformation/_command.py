# SPDX-License-Identifier: MIT
"""The command `mi` that comes with the package."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Optional


def program() -> Optional[Path]:
    """The path of the command: in the wheel, or built in the tree."""
    here = Path(__file__).resolve().parent
    paths = [here / "bin" / "mi", here.parents[1] / ".build" / "release" / "mi"]
    return next((path for path in paths if path.exists()), None)


def main() -> None:
    """Becomes the command."""
    path = program()
    if path is None:
        sys.exit("mi: the command is not part of this installation.")
    os.execv(str(path), ["mi", *sys.argv[1:]])
