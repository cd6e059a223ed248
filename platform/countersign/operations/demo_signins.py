"""The sign-ins of the demo, kept so that every start can show them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """One person of the demo: ``does`` says in a few words what this person sees."""

    name: str
    does: str
    email: str
    password: str


def remember(signins: Iterable[SignIn]) -> None:
    """Keep these sign-ins, readable by the owner of the folder alone."""
    lines = [json.dumps(asdict(signin)) + "\n" for signin in signins]
    handle = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.writelines(lines)


def remembered() -> list[SignIn]:
    """The sign-ins of the demo; none when there is no demo."""
    if not _file().exists():
        return []
    return [SignIn(**json.loads(line)) for line in _file().read_text("utf-8").splitlines()]


def _file() -> Path:
    folder: Path = settings.VAR
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / "demo-signins"
