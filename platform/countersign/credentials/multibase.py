"""Base58 with the ``z`` prefix of multibase, as Multikey and Data Integrity proofs are written."""

from __future__ import annotations

_DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519 = b"\xed\x01"  # the multicodec of an Ed25519 public key


class NotMultibase(ValueError):
    """The text isn't base58 with its prefix."""


def encoded(raw: bytes) -> str:
    number = int.from_bytes(raw, "big")
    digits = ""
    while number:
        number, rest = divmod(number, 58)
        digits = _DIGITS[rest] + digits
    zeros = len(raw) - len(raw.lstrip(b"\0"))
    return "z" + _DIGITS[0] * zeros + digits


def decoded(text: str, *, length: int) -> bytes:
    """The bytes. Raises NotMultibase unless there are exactly ``length`` of them."""
    if not text.startswith("z") or len(text) > 2 * length + 1:
        raise NotMultibase
    number = 0
    for digit in text[1:]:
        place = _DIGITS.find(digit)
        if place < 0:
            raise NotMultibase
        number = number * 58 + place
    try:
        return number.to_bytes(length, "big")
    except OverflowError:
        raise NotMultibase from None


def multikey(public: bytes) -> str:
    return encoded(ED25519 + public)
