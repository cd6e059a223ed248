"""What tests change around a program, done over in its process: see ``world``."""

from __future__ import annotations

import importlib
import os
import random
from collections.abc import Callable
from typing import Any


class Surroundings:
    """``read`` turns a wire value into the value."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        self._read = read
        self.patched: dict[tuple[str, str, str], tuple[Any, list[Any]]] = {}
        self.verbs: dict[str, Callable[..., dict[str, Any]]] = {
            "seed": self.seed,
            "folder": self.enter_folder,
            "environment": self.take_environment,
            "patch": self.patch,
            "restore": self.restore,
        }

    def seed(self, wire: Any) -> dict[str, Any]:
        random.seed(self._read(wire))
        return {"value": None}

    def enter_folder(self, folder: str) -> dict[str, Any]:
        os.chdir(folder)
        return {"value": None}

    def take_environment(self, environment: dict[str, str]) -> dict[str, Any]:
        os.environ.clear()
        os.environ.update(environment)
        return {"value": None}

    def patch(self, module: str, kind: str, name: str, wire: list[Any]) -> dict[str, Any]:
        place = _place(module, kind)
        key = (module, kind, name)
        if key not in self.patched:
            self.patched[key] = (place, [vars(place)[name]] if name in vars(place) else [])
        if wire:
            value = self._read(wire[0])
            setattr(place, name, staticmethod(value) if kind and callable(value) else value)
        else:
            delattr(place, name)
        return {"value": None}

    def restore(self, module: str, kind: str, name: str) -> dict[str, Any]:
        place, original = self.patched.pop((module, kind, name))
        if original:
            setattr(place, name, original[0])
        else:
            delattr(place, name)
        return {"value": None}


def _place(module: str, kind: str) -> Any:
    """The module, or the class in it, whose names the tests patch."""
    place = importlib.import_module(module)
    for part in filter(None, kind.split(".")):
        place = getattr(place, part)
    return place
