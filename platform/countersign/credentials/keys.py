"""The keys that sign: made when first needed, sealed with the site's secret, changed by hand."""

from __future__ import annotations

from hashlib import sha256

from cryptography.fernet import InvalidToken, MultiFernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings
from django.db import IntegrityError, transaction

from countersign.common import clock, sealing
from countersign.credentials.models import SigningKey

_ABOUT = b"countersign credential signing key"


def current() -> tuple[SigningKey, Ed25519PrivateKey]:
    """The key to sign with. A key that the site's secret no longer opens is retired; what it
    signed still verifies, and a new one is made."""
    for key in SigningKey.objects.filter(retired_at=None, compromised_at=None):
        opened = _opened(key)
        if opened is not None:
            return key, opened
        retire(key)
    return _make()


def retire(key: SigningKey) -> None:
    """Sign nothing more with it. What it signed stays good."""
    SigningKey.objects.filter(pk=key.pk, retired_at=None).update(retired_at=clock.now())


def give_up(key: SigningKey) -> None:
    """Somebody else may have it: nothing that it signed is good any more."""
    SigningKey.objects.filter(pk=key.pk, compromised_at=None).update(compromised_at=clock.now())


def public(key: SigningKey) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes(key.public))


def trusted(kid: str) -> Ed25519PublicKey | None:
    """The public half of one of our own keys; None for strangers' and compromised ones."""
    key = SigningKey.objects.filter(pk=kid, compromised_at=None).first()
    return public(key) if key else None


def _make() -> tuple[SigningKey, Ed25519PrivateKey]:
    private = Ed25519PrivateKey.generate()
    raw = private.public_key().public_bytes_raw()
    key = SigningKey(
        kid="key-" + sha256(raw).hexdigest()[:16],
        public=raw,
        sealed=_box().encrypt(private.private_bytes_raw()),
    )
    try:
        with transaction.atomic():
            key.save(force_insert=True)
    except IntegrityError:  # pragma: no cover - 64 bits of a hash of a fresh key
        return _make()
    return key, private


def _opened(key: SigningKey) -> Ed25519PrivateKey | None:
    try:
        return Ed25519PrivateKey.from_private_bytes(_box().decrypt(bytes(key.sealed)))
    except InvalidToken:
        return None


def _box() -> MultiFernet:
    return sealing.box([settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS], about=_ABOUT)
