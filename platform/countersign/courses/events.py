"""What courses announce."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReleaseMade:
    """A new release of the curriculum: its primary key and its number."""

    release: int
    number: int
