"""What tests' processes have made of test files, by what is in the files."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping

_MOST_KEPT = 8 << 20  # characters
_MOST_SENT = 128 * 1024


class Rewritten:
    """Code of test files, newest last; the oldest is dropped when there is too much of it.

    It is marshalled, so it is only ever given to a tests' process, never read here.
    """

    def __init__(self) -> None:
        self._codes: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._size = 0

    def known(self, suite: Mapping[str, str]) -> dict[str, str]:
        """The code of those of these files that have any, as much as fits into one order."""
        found: dict[str, str] = {}
        room = _MOST_SENT
        for name, text in suite.items():
            code = self._codes.get(_key(name, text))
            if code is not None and len(code) <= room:
                room -= len(code)
                found[name] = code
        return found

    def keep(self, name: str, text: str, *, code: str) -> None:
        key = _key(name, text)
        if key in self._codes or len(code) > _MOST_SENT:
            return
        self._codes[key] = code
        self._size += len(code)
        while self._size > _MOST_KEPT:
            _, dropped = self._codes.popitem(last=False)
            self._size -= len(dropped)


def _key(name: str, text: str) -> tuple[str, str]:
    return name, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
