"""What tests change around the program, so that it finds the same in its own process: the current
folder, the environment, the seed of chance, and patched names of the standard library."""

from __future__ import annotations

import os
import random
import sys
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

if TYPE_CHECKING:
    from grader.sandbox.inside.peer import Peer

_ASKED_ANYWAY = {
    ("builtins", "input"), ("sys", "stdin"), ("sys", "stdout"), ("sys", "stderr"),
    ("sys", "modules"), ("sys", "path"), ("sys", "meta_path"),
}  # fmt: skip
"""These are looked up here each time the program uses them, or are ours alone."""


class World:
    """Notices changes cheaply and tells the learner's process before its next turn."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer
        self._folder = os.getcwd()  # noqa: PTH109
        self._raw = dict(_environment())
        self._told = _shared(self._raw)
        self._waiting: list[list[Any]] = []
        self._originals: dict[tuple[str, str, str], object] = {}
        self._telling = False

    def watch(self) -> None:
        """From now on, note what the usual ways of patching and seeding do."""
        random.seed = self._noting(random.seed)
        _after(mock._patch, "__enter__", self._note_mock)
        _around(
            mock._patch, "__exit__", lambda patch: [(patch.target, patch.attribute)], self._back
        )
        for name in ("setattr", "delattr"):
            _after(pytest.MonkeyPatch, name, self._note_last)
        _around(
            pytest.MonkeyPatch,
            "undo",
            lambda patching: [entry[:2] for entry in patching._setattr],
            self._back,
        )

    def bring_up_to_date(self) -> None:
        """Called before each request; tells what has changed since the last."""
        if self._telling:
            return
        self._telling = True
        try:
            self._note_surroundings()
            while self._waiting:
                self.peer.tell(self._waiting.pop(0))
        finally:
            self._telling = False

    def _note_surroundings(self) -> None:
        if _environment() != self._raw:
            self._raw = dict(_environment())
            shared = _shared(self._raw)
            if shared != self._told:
                self._told = shared
                self._waiting.append(["environment", shared])
        folder = os.getcwd()  # noqa: PTH109
        if folder != self._folder:
            self._folder = folder
            self._waiting.append(["folder", folder])

    def _noting(self, seed: Callable[..., None]) -> Callable[..., None]:
        def noted(a: Any = None, version: int = 2) -> None:
            seed(a, version)
            if a is None or type(a) in (int, float, str, bytes):
                self._waiting.append(["seed", self.peer.copied(a)])

        return noted

    def _note_mock(self, patch: Any) -> None:
        self._note(patch.target, patch.attribute, patch.temp_original)

    def _note_last(self, patching: pytest.MonkeyPatch) -> None:
        if patching._setattr:
            self._note(*patching._setattr[-1])

    def _note(self, target: Any, name: str, original: object) -> None:
        """Do over there what has been done to a name of the library here."""
        place = _place(target)
        if place is not None and (place[0], name) not in _ASKED_ANYWAY:
            self._originals.setdefault((*place, name), original)
            self._tell_of(target, (*place, name))

    def _tell_of(self, target: Any, key: tuple[str, str, str]) -> None:
        now = vars(target).get(key[2], _ABSENT)
        wire = [] if now is _ABSENT else [self.peer.copied(now)]
        self._waiting.append(["patch", *key, wire])

    def _back(self, places: list[tuple[Any, str]]) -> None:
        for target, name in places:
            place = _place(target)
            key = (*place, name) if place is not None else ("", "", name)
            if key not in self._originals:
                continue
            if vars(target).get(name, _ABSENT) is self._originals[key]:
                del self._originals[key]
                self._waiting.append(["restore", *key])
            else:
                self._tell_of(target, key)


_ABSENT = object()


def _environment() -> dict[bytes, bytes]:
    return os.environ._data  # type: ignore[attr-defined, no-any-return]


def _shared(raw: dict[bytes, bytes]) -> dict[str, str]:
    """Without what is the test runner's own."""
    return {
        os.fsdecode(name): os.fsdecode(value)
        for name, value in raw.items()
        if not name.startswith((b"PYTEST_", b"TMPDIR"))
    }


def _place(target: Any) -> tuple[str, str] | None:
    """The module and the class in it, if it is the library's."""
    if type(target) is types.ModuleType and target.__name__ in sys.stdlib_module_names:
        return target.__name__, ""
    if type(target) is type and target.__module__ in sys.stdlib_module_names:
        return target.__module__, target.__qualname__
    return None


def _after(kind: Any, name: str, look: Callable[[Any], None]) -> None:
    real = getattr(kind, name)

    def wrapped(self: Any, *args: Any, **kwargs: Any) -> Any:
        done = real(self, *args, **kwargs)
        look(self)
        return done

    setattr(kind, name, wrapped)


def _around(
    kind: Any, name: str, note: Callable[[Any], list[Any]], look: Callable[[list[Any]], None]
) -> None:
    real = getattr(kind, name)

    def wrapped(self: Any, *args: Any, **kwargs: Any) -> Any:
        noted = note(self)
        done = real(self, *args, **kwargs)
        look(noted)
        return done

    setattr(kind, name, wrapped)
