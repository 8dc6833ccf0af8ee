# SPDX-License-Identifier: MIT
"""What goes along to the nodes: the core with its libraries, plugins, files of data."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, Dict, Optional

from .. import _command
from .._errors import InputError


class Luggage:
    """A folder that becomes the working directory of every worker.

    Parameters
    ----------
    core : str, optional
        The path of `mi` as every node has it, for example on a shared file system; nothing of it is
        sent then. Without it the command of the installed wheel goes along with its libraries. The
        command of a source tree stands on libraries of its machine and is not sent.
    """

    def __init__(self, core: Optional[str] = None):
        found = _command.program()
        if found is None:
            raise InputError("mi: the command is not part of this installation.", "missingFile")
        self.program = str(found)
        self._folder: Optional[tempfile.TemporaryDirectory[str]] = None
        self._count = 0
        self._environment: Dict[str, str] = {}
        found_plugins = [
            "./" + self.add(path) for path in os.environ.get("MI_PLUGIN_PATH", "").split(":")
            if path and Path(path).exists()]
        if found_plugins:
            self._environment["MI_PLUGIN_PATH"] = ":".join(found_plugins)
        if core is not None or found.parent.name != "bin":
            self.remote_program = core or self.program
            return
        self.remote_program = "mutualinformation/bin/mi"
        target = self.folder / "mutualinformation" / "bin"
        target.mkdir(parents=True)
        shutil.copy(found, target / "mi")
        for libraries in found.parents[2].glob("swift_mutual_information.libs"):
            shutil.copytree(libraries, self.folder / libraries.name)

    @property
    def folder(self) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="mi-ray-")
        return Path(self._folder.name)

    def add(self, path: str) -> str:
        """Takes a file or folder along; its name on the nodes."""
        self._count += 1
        name = Path("carried") / str(self._count) / Path(path).resolve().name
        target = self.folder / name
        target.parent.mkdir(parents=True)
        try:
            if Path(path).is_dir():
                shutil.copytree(path, target)
            else:
                shutil.copy(path, target)
        except OSError as found:
            raise InputError("%s cannot be sent: %s." % (path, found), "missingFile") from found
        return str(name)

    def plugin(self, text: str) -> str:
        """Takes a plugin along: a file, a folder, or the files that a command names."""
        if Path(text).exists():
            return "./" + self.add(text)
        name, equals, command = text.partition("=")
        if not equals:
            name, command = "", text
        words = [self.add(word) if Path(word).is_file() else word for word in command.split(" ")]
        return name + equals + " ".join(words)

    def runtime_env(self) -> Dict[str, Any]:
        """For ``ray.init``."""
        found: Dict[str, Any] = {}
        if self._folder is not None:
            found["working_dir"] = self._folder.name
        if self._environment:
            found["env_vars"] = self._environment
        return found
