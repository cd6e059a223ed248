"""The numbered prompts: ``prompts/<name>/vN.md``. Once released they are never edited.

``prompts.lock`` holds the hash of each. A change is a new number.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDER = Path(__file__).with_name("prompts")
LOCK = Path(__file__).with_name("prompts.lock")


@dataclass(frozen=True)
class Prompt:
    """A released prompt. ``name`` is “feedback/v1”, ``digest`` its hash."""

    name: str
    text: str
    digest: str


class PromptChanged(Exception):
    """A prompt isn't what its lock says; feedback made with it couldn't be told apart."""


@cache
def prompt(name: str) -> Prompt:
    """The prompt of this name and number. Raises PromptChanged."""
    text = (FOLDER / f"{name}.md").read_text("utf-8")
    digest = _digest(text)
    if locked().get(name) != digest:
        raise PromptChanged(name)
    return Prompt(name, text, digest)


def locked() -> dict[str, str]:
    """The hash of each released prompt."""
    lines = LOCK.read_text("utf-8").splitlines() if LOCK.exists() else []
    return dict(line.split()[:2] for line in lines if line and not line.startswith("#"))


def present() -> dict[str, str]:
    """The hash of each prompt as it stands in its file."""
    return {
        f"{file.parent.name}/{file.stem}": _digest(file.read_text("utf-8"))
        for file in sorted(FOLDER.glob("*/v*.md"))
    }


def faults() -> list[str]:
    """What doesn't agree between the files and the lock, in words."""
    held, here = locked(), present()
    changed = [name for name in held if name in here and here[name] != held[name]]
    return [
        *(f"{name} was changed after its release; write a new number." for name in changed),
        *(f"{name} is locked and gone." for name in held if name not in here),
        *(f"{name} isn't locked: manage.py prompts --lock." for name in here if name not in held),
    ]


def lock_new() -> list[str]:
    """Lock what is new; what is locked stays as it is. Answers the new names."""
    held, here = locked(), present()
    new = [name for name in here if name not in held]
    lines = [f"{name} {digest}" for name, digest in sorted({**here, **held}.items())]
    head = "# Released prompts and their hashes. manage.py prompts --lock adds new ones.\n"
    LOCK.write_text(head + "\n".join(lines) + "\n", "utf-8")
    return new


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def set_off(label: str, text: str) -> str:
    """Somebody's text as one JSON string between lines with a word that they can't know.

    The word follows from our secret and the text, so that the same text is the same question.
    """
    key = settings.SECRET_KEY.encode()
    word = hmac.new(key, f"{label}\n{text}".encode(errors="replace"), hashlib.sha256).hexdigest()[
        :24
    ]
    return f"{label} {word}\n{json.dumps(text)}\n{word}"
