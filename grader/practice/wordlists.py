"""Lists of words, written as sentences are."""

from __future__ import annotations


def words_in(text: str) -> frozenset[str]:
    """The words that stand between spaces."""
    return frozenset(text.split())
