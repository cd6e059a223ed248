"""Codes that people read to each other: CS-XXXX-XXXX, without letters that look like digits."""

from __future__ import annotations

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
_SHAPE = re.compile(rf"CS-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


def new_code() -> str:
    """A code that nobody can guess: 40 random bits."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"CS-{letters[:4]}-{letters[4:]}"


def read_code(typed: str) -> str | None:
    """The code that was meant, forgiving spaces, case, missing hyphens and I, L, O for 1, 1, 0."""
    bare = re.sub(r"[\s–—-]", "", typed[:40].upper())
    if len(bare) == 10 and bare.startswith("CS"):
        bare = bare[2:]
    bare = bare.translate(str.maketrans("ILO", "110"))
    code = f"CS-{bare[:4]}-{bare[4:]}"
    return code if _SHAPE.fullmatch(code) else None
