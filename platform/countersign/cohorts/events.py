"""What cohorts announce."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class PersonInvited:
    """Somebody is invited by e-mail. The message is sent by who hears of it."""

    invitation: UUID
