"""Lists, dictionaries and the like that tests and program both hold.

Each process has one of its own, and the two are kept alike: with everything it says, a side tells
what has become of its. So a list that a program hands out twice is one list to the tests as well,
and a change is seen whoever makes it, however the call ends.

In a frame a container is its number alone, ``{"twin": 3}``; what is in it stands beside, as
``[number, kind, parts, how it is made]``, whenever the other side doesn't know. So containers may
hold one another as they like. Numbers of the tests are below zero, those of the program above.
"""

from __future__ import annotations

import sys
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import is_
from typing import Any

from grader.sandbox.codec import CHANGEABLE, Unreadable

Wire = Any
Parts = tuple[Any, ...]

LINE_LIMIT = 1 << 20
"""Bytes of one frame between tests and program."""

_KINDS: dict[str, type] = {kind.__name__: kind for kind in CHANGEABLE}
_MAPPINGS = (dict, Counter, OrderedDict, defaultdict)
_OURS_ALONE = 2  # references to what nobody but a Twin holds: its own and the question's


@dataclass(slots=True)
class _Twin:
    """A container of this side, with its parts as the other side knows them; None: not yet."""

    thing: Any
    known: Parts | None = None

    def is_news(self) -> bool:
        if self.known is None:
            return True
        now = _parts(self.thing)
        if type(self.thing) is bytearray:
            return now != self.known
        return len(now) != len(self.known) or not all(map(is_, now, self.known))


class Twins:
    """This side's containers, by number.

    ``write`` and ``read`` turn parts into wire values and back. ``step`` is 1 or -1, the sign of
    the numbers given here.
    """

    def __init__(
        self, *, write: Callable[[object], Wire], read: Callable[[Wire], Any], step: int
    ) -> None:
        self._write = write
        self._read = read
        self._step = step
        self._last = 0
        self._twins: dict[int, _Twin] = {}
        self._numbers: dict[int, int] = {}
        self._telling: list[int] = []
        self._given_up: list[int] = []
        self._taking = False

    def reference(self, thing: object) -> Wire:
        """How a container stands in a frame."""
        number = self._numbers.get(id(thing))
        if number is None:
            self._last += self._step
            number = self._last
            self._keep(number, thing)
            self._telling.append(number)
        return {"twin": number}

    def twin(self, number: int) -> Any:
        """This side's container. Raises KeyError if there is none of that number."""
        return self._twins[number].thing

    def news(self, *, give_up: bool = False) -> list[Any]:
        """What the other side has to know before it reads on: containers, and given up numbers.

        With ``give_up`` what nobody here holds any more is forgotten, on both sides: not while
        something that was told is still being read. Raises Unencodable if a part of a container
        can't cross; then, and if the news isn't sent after all, ``take_back``.
        """
        if self._taking:
            return []
        if give_up:
            self._give_up()
        self._telling = [number for number, twin in self._twins.items() if twin.is_news()]
        told = [self._told(number) for number in self._telling]  # grows by what is met within
        given_up, self._given_up = self._given_up, []
        return [told, given_up] if told or given_up else []

    def take_back(self) -> None:
        """The last news can't be told: nobody knows any more what it was about."""
        for number in self._telling:
            self._forget(number)
            self._given_up.append(number)

    def take(self, news: Sequence[Any]) -> None:
        """Make this side's containers what the other's are. Raises Unreadable and what else
        comes of a damaged frame."""
        if not news:
            return
        told, given_up = news
        before, self._taking = self._taking, True
        try:
            places = [self._place(number, kind, how) for number, kind, _, how in told]
            for twin, (_, _, parts, _) in zip(places, told, strict=True):
                _fill(twin.thing, tuple(self._read(parts)))
                twin.known = _parts(twin.thing)
        finally:
            self._taking = before
        for number in given_up:
            self._forget(number)

    def _told(self, number: int) -> Wire:
        twin = self._twins[number]
        parts = _parts(twin.thing)
        wire = [number, type(twin.thing).__name__, self._written(parts), self._how(twin.thing)]
        twin.known = parts
        return wire

    def _written(self, parts: Parts) -> Wire:
        return self._write(parts)["tuple"]

    def _how(self, thing: Any) -> Wire:
        """What else is needed to make such a container."""
        if type(thing) is deque:
            return thing.maxlen
        return self._written((thing.default_factory,)) if type(thing) is defaultdict else None

    def _place(self, number: Any, kind: Any, how: Wire) -> _Twin:
        if type(number) is not int:
            raise Unreadable("not the number of a container")
        if number not in self._twins:
            if number * self._step >= 0:
                raise Unreadable("a container that nobody gave away")
            self._keep(number, self._made(kind, how)).known = ()
        twin = self._twins[number]
        if type(twin.thing) is not _KINDS[kind]:
            raise Unreadable("a container of another kind")
        return twin

    def _made(self, kind: str, how: Wire) -> Any:
        if kind == "deque":
            return deque(maxlen=how)
        return defaultdict(*self._read(how)) if kind == "defaultdict" else _KINDS[kind]()

    def _keep(self, number: int, thing: object) -> _Twin:
        twin = self._twins[number] = _Twin(thing)
        self._numbers[id(thing)] = number
        return twin

    def _forget(self, number: int) -> None:
        twin = self._twins.pop(number, None)
        if twin is not None:
            del self._numbers[id(twin.thing)]

    def _give_up(self) -> None:
        for number, twin in list(self._twins.items()):
            if sys.getrefcount(twin.thing) <= _OURS_ALONE and not twin.is_news():
                self._forget(number)
                self._given_up.append(number)


def _parts(thing: Any) -> Parts:
    """What is in a container, flat: of a mapping first all keys, then all values."""
    if type(thing) in _MAPPINGS:
        return (*thing, *thing.values())
    return (bytes(thing),) if type(thing) is bytearray else tuple(thing)


def _fill(thing: Any, parts: Parts) -> None:
    """Put these parts in. What iterates over the container meanwhile goes on where that can be."""
    kind = type(thing)
    if kind in _MAPPINGS:
        _fill_mapping(thing, *_halves(parts))
    elif kind is list:
        thing[:] = parts
    elif kind is bytearray:
        thing[:] = _bytes(parts)
    else:
        thing.clear()
        thing.update(parts) if kind is set else thing.extend(parts)


def _fill_mapping(thing: Any, keys: Parts, values: Parts) -> None:
    if tuple(thing) != keys:
        thing.clear()
    for key, value in zip(keys, values, strict=True):
        thing[key] = value


def _halves(parts: Parts) -> tuple[Parts, Parts]:
    half = len(parts) // 2
    return parts[:half], parts[half:]


def _bytes(parts: Parts) -> bytes:
    (whole,) = parts
    if type(whole) is not bytes:
        raise Unreadable("not bytes")
    return whole
