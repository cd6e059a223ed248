"""``import solution`` in a test: a module whose every name lives in the learner's process."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Mapping, Sequence
from typing import Any

from grader.sandbox.base import MISSING_FUNCTION
from grader.sandbox.inside.peer import Peer
from grader.sandbox.inside.proxies import RemoteClass
from grader.sandbox.inside.remote_errors import WORDS

_OF_ITS_OWN = frozenset({"__all__", "__version__", "__author__", "__license__"})


class RemoteModule(types.ModuleType):
    """One of the learner's files."""

    def __init__(self, name: str, *, peer: Peer, file: str) -> None:
        super().__init__(name)
        self.__dict__.update(_peer=peer, _learner_file=file, __file__=file)

    def __getattr__(self, name: str) -> Any:
        module = self.__dict__.get("_module")
        if module is None or (name.startswith("__") and name not in _OF_ITS_OWN):
            raise AttributeError(name)
        if name == "__all__":
            return [public for public in dir(module) if not public.startswith("_")]
        return self._fetched(module, name)

    def _fetched(self, module: Any, name: str) -> Any:
        try:
            fetched = self._peer.do("get", module, name)
        except AttributeError:
            raise _missing(name, file=self.__dict__["_learner_file"]) from None
        if type(fetched) is RemoteClass:
            fetched.called_by(name)
        return fetched

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("__") or isinstance(value, RemoteModule):
            super().__setattr__(name, value)
        else:
            self._peer.do("set", self.__dict__["_module"], name, value)

    def __delattr__(self, name: str) -> None:
        self._peer.do("delete", self.__dict__["_module"], name)

    def __dir__(self) -> list[str]:
        return dir(self.__dict__["_module"])


MISSED: list[dict[str, Any]] = []
"""Names that the tests wanted and the program does not have, in words."""


def _missing(name: str, *, file: str) -> AttributeError:
    words = {
        "name": MISSING_FUNCTION,
        "bases": [],
        "message": f"There is nothing named {name} in {file}.",
        "file": file,
        "line": 0,
        "traceback": "",
    }
    MISSED.append(words)
    problem = AttributeError(words["message"])
    setattr(problem, WORDS, words)
    return problem


def _module_name(file: str) -> str:
    """``shop.cart`` for ``shop/cart.py``, ``shop`` for ``shop/__init__.py``."""
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the learner's modules, before any of the tests' own."""

    def __init__(self, peer: Peer, *, files: Sequence[str]) -> None:
        self.peer = peer
        self.files: Mapping[str, str] = {_module_name(file): file for file in files}
        self.folders = {name.rpartition(".")[0] for name in self.files} - {"", *self.files}

    def find_spec(
        self, name: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name not in self.files and name not in self.folders:
            return None
        is_package = name in self.folders or self.files[name].endswith("__init__.py")
        return importlib.machinery.ModuleSpec(name, self, is_package=is_package)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        if spec.name in self.folders:
            return None
        return RemoteModule(spec.name, peer=self.peer, file=self.files[spec.name])

    def exec_module(self, module: types.ModuleType) -> None:
        if module.__name__ in self.files:
            theirs = self.peer.module(self.files[module.__name__])
            module.__dict__.update(_module=theirs, __doc__=self.peer.do("get", theirs, "__doc__"))

    def install(self) -> None:
        sys.meta_path.insert(0, self)
