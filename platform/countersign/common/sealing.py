"""Secrets at rest: encrypted under a key derived from the site's secret for one purpose alone."""

from __future__ import annotations

import base64
from collections.abc import Iterable

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def box(secrets: Iterable[str], *, about: bytes) -> MultiFernet:
    """Seals with the first secret and opens with any, so that a secret can be changed.

    ``about`` names the purpose: what is sealed for one doesn't open for another (RFC 5869, info).
    Its ``decrypt`` raises cryptography.fernet.InvalidToken.
    """
    return MultiFernet([Fernet(_derived(secret, about)) for secret in secrets])


def _derived(secret: str, about: bytes) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=about).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
