"""What the run on one machine keeps in its folder, and where.

Settings read it, so that every command of a checkout that `up` has run in finds the same secret
key and the same broker. Knows no Django.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

BROKER = "broker"


def folder(root: Path) -> Path:
    """Where a checkout keeps what it makes: COUNTERSIGN_VAR, else `var/`."""
    return Path(os.environ.get("COUNTERSIGN_VAR", root / "var"))


def prepare(var: Path) -> None:
    """Before settings are read: words for a person at a terminal, and a key."""
    os.environ.setdefault("LOG_JSON", "false")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    if not {"SECRET_KEY", "SECRET_KEY_FILE"} & os.environ.keys():
        make_secret_key(var)


def secret_key(var: Path) -> str:
    """The key that `make_secret_key` left here, or nothing."""
    file = var / "secret-key"
    return file.read_text("ascii").strip() if file.exists() else ""


def make_secret_key(var: Path) -> None:
    """Make a key once, readable by its owner alone; sessions outlive a restart with it."""
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(var / "secret-key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))


def broker_url(var: Path) -> str:
    """Where the embedded broker listens, unless that path is too long for a socket."""
    return f"redis+socket://{var / BROKER / 'valkey.sock'}"
