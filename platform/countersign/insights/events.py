"""What insights ask of themselves, through the outbox so that any worker may do it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ItemsDue:
    """An organisation's items are to be worked out anew."""

    organisation: UUID


@dataclass(frozen=True)
class ExportAsked:
    """Somebody asked for a table as a file."""

    export: UUID
