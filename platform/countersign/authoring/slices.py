"""A part of a YAML file as text: the lines of some top-level keys, comments above them included.

It works on files that YAML can't read as well, so that a broken part can be put right alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import yaml

_KEY = re.compile(r"^([A-Za-z_][A-Za-z0-9_]*)[ \t]*:")


@dataclass(frozen=True, kw_only=True)
class Block:
    """The lines of one top-level key. ``key`` is empty for what stands before the first."""

    key: str
    text: str


def blocks(text: str) -> list[Block]:
    """The whole file in blocks; put together again they are the file."""
    found: list[Block] = []
    key, held = "", ""
    lead = ""  # comments and empty lines that belong to the key below them
    for line in text.splitlines(keepends=True):
        match = _KEY.match(line)
        if match:
            if held:
                found.append(Block(key=key, text=held))
            key, held, lead = match[1], lead + line, ""
        elif line.startswith("#") or (lead and not line.strip()):
            lead += line
        else:
            held, lead = held + lead + line, ""
    return [*found, Block(key=key, text=held + lead)] if held or lead else found


def cut(text: str, keys: Collection[str]) -> str:
    """The lines of these keys, in the file's order."""
    return "".join(block.text for block in blocks(text) if block.key in keys)


def paste(text: str, keys: Collection[str], new: str) -> str:
    """The file with ``new`` in place of these keys' lines: each key where it stood, keys that are
    new after the last of them, or at the end of a file that had none."""
    fresh: dict[str, str] = {}
    for block in blocks(new):
        fresh[block.key] = fresh.get(block.key, "") + _ended(block.text)
    made: list[str] = []
    after = None  # where new keys go
    for block in blocks(text):
        if block.key not in keys:
            made.append(_ended(block.text))
            continue
        if block.key in fresh:
            made.append(fresh.pop(block.key))
        after = len(made)
    after = len(made) if after is None else after
    return "".join([*made[:after], *fresh.values(), *made[after:]])


def _ended(text: str) -> str:
    return text if text.endswith("\n") or not text else f"{text}\n"


def with_value(text: str, key: str, value: Any) -> str:
    """The file with another value for a top-level key; comments above the key stay."""
    held = cut(text, [key])
    lead = "".join(
        line for line in _before_the_key(held.splitlines(keepends=True)) if line.startswith("#")
    )
    written = yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False, width=1000)
    return paste(text, [key], lead + written)


def _before_the_key(lines: list[str]) -> Iterable[str]:
    for line in lines:
        if _KEY.match(line):
            return
        yield line


def line_of_slice(text: str, keys: Collection[str]) -> int:
    """The line of the file, from 1, where the first of these keys' blocks begins; 0 without."""
    line = 1
    for block in blocks(text):
        if block.key in keys:
            return line
        line += block.text.count("\n")
    return 0
