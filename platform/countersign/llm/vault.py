"""Organisations' model keys at rest: sealed, and useless with any other address.

The vault's own key is LLM_VAULT_KEY, or a file that is made beside the database at first use. It
is no part of what graders know.
"""

from __future__ import annotations

import hashlib
import os
import secrets

from cryptography.fernet import InvalidToken, MultiFernet
from django.conf import settings

from countersign.common import sealing


class VaultClosed(Exception):
    """This key can't be opened here: another vault key sealed it, or another address is asked."""


def sealed(key: str, *, bound_to: str) -> bytes:
    """The key, encrypted for this base URL alone."""
    return _box(bound_to).encrypt(key.encode())


def opened(token: bytes, *, bound_to: str) -> str:
    """The key. Raises VaultClosed; an empty token is no key."""
    if not token:
        return ""
    try:
        return _box(bound_to).decrypt(token).decode()
    except InvalidToken as fault:
        raise VaultClosed("The stored key doesn't open for this address.") from fault


def _box(bound_to: str) -> MultiFernet:
    about = b"countersign model key for " + hashlib.sha256(bound_to.encode()).digest()
    return sealing.box(_secrets(), about=about)


def _secrets() -> list[str]:
    """The vault's key first, then older ones that still open."""
    given: list[str] = settings.LLM_VAULT_KEYS
    return given or [_kept_here()]


def _kept_here() -> str:
    file = settings.VAR / "vault-key"
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept: str = file.read_text("ascii").strip()
        return kept
    made = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w") as new:
        new.write(made)
    return made
